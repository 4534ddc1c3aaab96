//! Bare and wrapped, empty, one-way, and messages with names of their own.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use soap_runtime::{Fault, SoapOutput, SoapType, soap_service};

use super::{BODY, Message, call, inside, serve};

struct Courier {
    carried: Mutex<Sender<String>>,
}

#[derive(SoapType)]
struct Order {
    #[soap(attribute)]
    urgent: Option<bool>,
    lines: Vec<Line>,
}

#[derive(SoapType)]
struct Line {
    price: f64,
}

#[derive(SoapOutput)]
struct Receipt {
    price: f64,
}

#[soap_service(path = "/S", namespace = "urn:s")]
impl Courier {
    #[operation(bare)]
    async fn weigh(&self, names: Vec<String>) -> Vec<u32> {
        names.iter().map(|name| name.len() as u32).collect()
    }

    #[operation(bare, request = "Parcel", response = "Receipt")]
    fn send(&self, parcel: Option<i32>) -> Receipt {
        Receipt { price: f64::from(parcel.unwrap_or(-1)) }
    }

    #[operation(request = "FindParcel", response = "ParcelFound", outputs(place))]
    async fn find(&self, number: i32) -> Option<String> {
        (number > 0).then(|| format!("shelf {number}"))
    }

    #[operation(bare, request = "Order", response = "Order")]
    fn order(&self, order: Order) -> Order {
        order
    }

    #[operation(bare)]
    async fn ping(&self) {}

    #[operation(bare)]
    async fn reset(&self) {
        self.say("reset");
    }

    #[operation(bare, one_way, name = "carry")]
    async fn carry_off(&self, what: String) -> Result<(), Fault> {
        // The reply does not wait for it.
        tokio::time::sleep(Duration::from_millis(200)).await;
        self.say(&what);
        if what == "stone" { Err(Fault::server("it is too heavy")) } else { Ok(()) }
    }

    #[operation(one_way)]
    fn shout(&self, what: String, _times: i32) {
        self.say(&what);
    }

    fn say(&self, what: &str) {
        // A test that does not listen has heard enough.
        let _ = self.carried.lock().expect("no test panics with the lock").send(what.to_owned());
    }
}

fn courier() -> (Courier, Receiver<String>) {
    let (said, heard) = channel();
    (Courier { carried: Mutex::new(said) }, heard)
}

#[test]
fn the_body_of_a_bare_operation_is_the_argument_itself() {
    let server = serve(courier().0);
    let cases = [
        (
            "<weigh><item>a</item><item>bcd</item></weigh>",
            "<tns:weighResponse><tns:item>1</tns:item><tns:item>3</tns:item></tns:weighResponse>",
        ),
        ("<weigh/>", "<tns:weighResponse></tns:weighResponse>"),
        ("<Parcel>7</Parcel>", "<tns:Receipt>7.0</tns:Receipt>"),
        (
            "<Parcel xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>",
            "<tns:Receipt>-1.0</tns:Receipt>",
        ),
        (
            "<FindParcel><number>4</number></FindParcel>",
            "<tns:ParcelFound><tns:place>shelf 4</tns:place></tns:ParcelFound>",
        ),
        (
            "<Order urgent=\"1\"><lines><price>1</price></lines><lines><price>2</price></lines></Order>",
            "<tns:Order urgent=\"true\"><tns:lines><tns:price>1.0</tns:price></tns:lines><tns:lines><tns:price>2.0\
             </tns:price></tns:lines></tns:Order>",
        ),
        ("<FindParcel><number>0</number></FindParcel>", "<tns:ParcelFound></tns:ParcelFound>"),
    ];
    for (body, expected) in cases {
        assert_eq!(inside(&call(&server, body), BODY), expected, "{body}");
    }
    let message = call(&server, "<Parcel>x</Parcel>").fault("Client.ValidationError");
    assert!(message.starts_with("`Parcel`: `x` is no xs:int"), "{message}");
    let message = call(&server, "<weigh><item>a</item><item><b/></item></weigh>").fault("Client.ValidationError");
    assert!(message.starts_with("`weigh.item[1]`: expected a value"), "{message}");
    let wrong = "<Order><lines><price>1</price></lines><lines><price>x</price></lines></Order>";
    let message = call(&server, wrong).fault("Client.ValidationError");
    assert!(message.starts_with("`Order.lines[1].price`: `x` is no xs:double"), "{message}");
    // The name of the operation is none of an element.
    let message = call(&server, "<find><number>4</number></find>").fault("Client.ResourceNotFound");
    assert!(message.ends_with("weigh, Parcel, FindParcel, Order, carry, shout"), "{message}");
}

#[test]
fn an_empty_body_is_for_the_operation_that_the_action_names() {
    let (courier, heard) = courier();
    let server = serve(courier);
    let reset = Message { header: "", body: "", action: "\"urn:s:reset\"" };
    assert_eq!(inside(&reset.post(&server), BODY), "");
    assert_eq!(heard.recv_timeout(Duration::from_secs(10)).as_deref(), Ok("reset"));
    let ping = Message { header: "", body: " <!-- nothing --> ", action: "urn:s:ping" };
    assert_eq!(inside(&ping.post12(&server), "soap12env:Body"), "");
    assert!(heard.try_recv().is_err());
    for action in ["", "\"\"", "urn:s:find"] {
        let message = Message { header: "", body: "", action }.post(&server).fault("Client.ResourceNotFound");
        assert!(
            message.contains("that of no operation that takes nothing; there are: urn:s:ping, urn:s:reset"),
            "{message}"
        );
    }
    let message = call(&server, "<ping/>").fault("Client.ResourceNotFound");
    assert!(message.contains("no operation `ping`"), "{message}");
}

#[test]
fn a_message_in_one_direction_is_accepted_as_soon_as_it_is_understood() {
    let (courier, heard) = courier();
    let server = serve(courier);
    for what in ["stone", "box"] {
        let answer = call(&server, &format!("<carry>{what}</carry>"));
        assert_eq!((answer.status, &*answer.body), (202, ""), "{answer:?}");
        assert_eq!(answer.header("content-length"), Some("0"));
        assert!(heard.try_recv().is_err(), "the answer has waited for the method");
        // The caller is gone, and it goes on.
        assert_eq!(heard.recv_timeout(Duration::from_secs(10)).as_deref(), Ok(what));
    }
    let answer =
        Message { header: "", body: "<shout><what>a</what><times>1</times></shout>", action: "" }.post12(&server);
    assert_eq!((answer.status, &*answer.body), (202, ""));
    assert_eq!(heard.recv_timeout(Duration::from_secs(10)).as_deref(), Ok("a"));
    // What is not understood is told.
    let answer = call(&server, "<shout><what>a</what></shout>");
    assert_eq!(answer.status, 500);
    assert!(answer.fault("Client.ValidationError").contains("the argument `times` is missing"));
}
