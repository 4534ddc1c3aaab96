//! The clients that `#[soap_service]` makes, without a socket.

mod faults;
mod foreign;
mod jobs;
mod messages;

use std::sync::{Arc, Mutex};

use soap_runtime::client::{Answer, Message, Sending, Transport};
use soap_runtime::{Fault, Service, soap_service};

/// Adds, and greets.
#[soap_service(namespace = "urn:desk", name = "FrontDesk")]
trait Desk {
    /// Adds two numbers.
    #[operation(outputs(sum))]
    fn add(&self, a: f64, b: f64) -> Result<f64, Fault>;

    /// Says hello.
    #[operation]
    async fn greet(&self, name: String, #[soap(default = "Hello".to_owned())] first_word: String) -> String;

    /// Not for callers.
    fn double(&self, number: f64) -> f64 {
        2.0 * number
    }
}

/// A service that has a clock, whatever that is.
struct MyDesk<C>(C);

#[soap_service]
impl<C: Fn() -> f64 + Send + Sync + 'static> Desk for MyDesk<C> {
    fn add(&self, a: f64, b: f64) -> Result<f64, Fault> {
        if a.is_nan() { Err(Fault::client("that is no number")) } else { Ok(self.double(a) / 2.0 + b + (self.0)()) }
    }

    async fn greet(&self, name: String, first_word: String) -> String {
        format!("{first_word}, {name}!")
    }
}

/// Answers always the same, and keeps what it was asked.
#[derive(Clone)]
struct Canned {
    answer: Answer,
    asked: Arc<Mutex<Vec<Message>>>,
}

impl Canned {
    fn answering(status: u16, body: &str) -> Self {
        let content_type = Some("text/xml; charset=utf-8".to_owned());
        Self { answer: Answer::new(status, content_type, body.to_owned()), asked: Arc::default() }
    }

    /// The last message, as text.
    fn asked(&self) -> (String, Message) {
        let message = self.asked.lock().expect("nobody panics with it").last().expect("it was asked").clone();
        (String::from_utf8(message.body.to_vec()).expect("it is UTF-8"), message)
    }
}

impl Transport for Canned {
    fn send(&self, message: Message) -> Sending<'_> {
        self.asked.lock().expect("nobody panics with it").push(message);
        Box::pin(async { Ok(self.answer.clone()) })
    }

    fn address(&self) -> &str {
        "http://there/"
    }
}

/// Around what stands in a Body of SOAP 1.1, with other prefixes than ours.
fn envelope(inside: &str) -> String {
    let envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    format!("<?xml version='1.0'?><S:Envelope xmlns:S='{envelope}'>{inside}</S:Envelope>")
}

#[tokio::test]
async fn a_client_has_a_method_for_each_operation_of_the_trait() {
    let service = Service::new(MyDesk(|| 0.5)).expect("the description is sound");
    assert_eq!((service.description().name, &*service.description().path), ("FrontDesk", "/Desk"));
    assert_eq!(service.description().docs, "Adds, and greets.");
    let client = DeskClient::over(service);
    let sum: f64 = client.add(1.0, 2.0).await.expect("it adds");
    assert_eq!(sum, 3.5);
    let error = client.clone().add(f64::NAN, 1.0).await.expect_err("that is no number");
    assert_eq!(error.to_string(), "that is no number (Client)");
    let shown = "Client { service: \"FrontDesk\", address: \"FrontDesk\", version: Soap11, .. }";
    assert_eq!(format!("{client:?}"), shown);
}

#[tokio::test]
async fn what_has_a_default_may_be_left_out() {
    let client = DeskClient::over(Service::new(MyDesk(|| 0.0)).expect("the description is sound"));
    assert_eq!(client.greet("Ada", None).await.expect("it greets"), "Hello, Ada!");
    assert_eq!(client.greet("Ada".to_owned(), Some("Bye".to_owned())).await.expect("it greets"), "Bye, Ada!");
    assert_eq!(client.greet("", String::new()).await.expect("empty is a value"), ", !");
}

#[tokio::test]
async fn requests_are_qualified_and_say_what_the_wsdl_says() {
    let canned = Canned::answering(200, &envelope("<S:Body><greetResponse/></S:Body>"));
    let client = DeskClient::over(canned.clone());
    let error = client.greet("<Ada>", None).await.expect_err("there is no output");
    let expected = "the answer cannot be understood: `greetResponse`: the output `greetResult` is missing (line 1, \
                    column 94)";
    assert_eq!(error.to_string(), expected);
    let (text, message) = canned.asked();
    assert_eq!(message.action, "urn:desk:greet");
    let expected = "<?xml version='1.0' encoding='UTF-8'?>\n\
                    <soap11env:Envelope xmlns:soap11env=\"http://schemas.xmlsoap.org/soap/envelope/\" \
                    xmlns:tns=\"urn:desk\"><soap11env:Body><tns:greet><tns:name>&lt;Ada&gt;</tns:name></tns:greet>\
                    </soap11env:Body></soap11env:Envelope>";
    assert_eq!(text, expected);
}

#[tokio::test]
async fn what_cannot_be_sent_is_not() {
    let canned = Canned::answering(200, "");
    let error = DeskClient::over(canned.clone()).greet("\u{1}", None).await.expect_err("XML cannot carry it");
    assert!(error.to_string().starts_with("the arguments cannot be sent: `name` holds U+0001"), "{error}");
    assert!(canned.asked.lock().expect("nobody panics with it").is_empty());
}
