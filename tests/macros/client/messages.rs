//! Clients of services whose messages look otherwise.

use std::sync::Mutex;

use soap_runtime::{
    AnyXml, Attachment, Fault, MustUnderstand, Service, SoapOutput, SoapType, WithHeaders, soap_service,
};

use super::{Canned, envelope};

#[derive(Clone, Debug, PartialEq, SoapType)]
struct Parcel {
    number: u64,
    #[soap(default)]
    labels: Vec<String>,
}

#[derive(Debug, PartialEq, SoapOutput)]
struct Place {
    shelf: u32,
    #[soap(name = "Note", max_length = 5)]
    note: Option<String>,
    parcels: Vec<Parcel>,
}

#[derive(Default)]
struct Courier {
    forgotten: Mutex<Vec<u64>>,
}

#[soap_service(namespace = "urn:courier", client)]
impl Courier {
    #[operation(outputs(number), headers(session, trace))]
    async fn send(
        &self,
        #[soap(header)] session: String,
        address: String,
        #[soap(header)] trace: Option<String>,
        #[soap(header, default = 3)] tries: u8,
    ) -> Result<WithHeaders<u64, (MustUnderstand<String>, Option<String>)>, Fault> {
        Ok(WithHeaders::new(address.len() as u64 + u64::from(tries), (MustUnderstand(session), trace)))
    }

    #[operation]
    fn place(&self, #[soap(max = 9)] shelf: u32, note: Option<String>, parcels: Vec<Parcel>) -> Place {
        Place { shelf, note, parcels }
    }

    #[operation(outputs(first, second))]
    fn halves(&self, text: String) -> (String, Option<String>) {
        let (first, second) = text.split_at(text.len() / 2);
        (first.to_owned(), (!second.is_empty()).then(|| second.to_owned()))
    }

    #[operation(bare, request = "ParcelQuery", response = "Answer")]
    fn track(&self, parcel: Parcel) -> Parcel {
        Parcel { number: parcel.number + 1, ..parcel }
    }

    #[operation(bare)]
    fn list(&self, #[soap(default = vec![1])] numbers: Vec<u64>) -> Vec<u64> {
        numbers
    }

    #[operation(bare)]
    async fn ping(&self) {}

    #[operation]
    async fn nothing(&self) {}

    #[operation(one_way)]
    fn forget(&self, number: u64) {
        self.forgotten.lock().expect("nobody panics with it").push(number);
    }

    #[operation]
    fn forgotten(&self) -> Vec<u64> {
        self.forgotten.lock().expect("nobody panics with it").clone()
    }

    #[operation(outputs(file))]
    fn copy(&self, file: Attachment) -> Attachment {
        file
    }
}

struct Legacy;

#[soap_service(namespace = "urn:legacy", style = "rpc", client)]
impl Legacy {
    #[operation(outputs(sum, numbers))]
    fn add(&self, numbers: Vec<i64>, #[soap(default = 5)] more: i64) -> (i64, Vec<i64>) {
        (numbers.iter().sum::<i64>() + more, numbers)
    }
}

fn courier() -> CourierClient {
    CourierClient::over(Service::new(Courier::default()).expect("it is sound"))
}

#[tokio::test]
async fn headers_go_there_and_back() {
    for client in [courier(), courier().soap12()] {
        let answer = client.send("anna", "shelf", Some("t".to_owned()), None).await.expect("it is sent");
        let expected = (MustUnderstand("anna".to_owned()), Some("t".to_owned()));
        assert_eq!((answer.outputs(), answer.headers()), (&8, &expected));
        let (number, (_, trace)) = client.send("anna", "", None, 1).await.expect("it is sent").into_parts();
        assert_eq!((number, trace), (1, None));
    }
}

#[tokio::test]
async fn outputs_may_be_fields_and_tuples() {
    let parcel = Parcel { number: 7, labels: vec!["a".to_owned(), "b".to_owned()] };
    let place = courier().place(3, Some("top".to_owned()), vec![parcel.clone(), parcel.clone()]).await;
    let expected = Place { shelf: 3, note: Some("top".to_owned()), parcels: vec![parcel.clone(), parcel] };
    assert_eq!(place.expect("it answers"), expected);
    let texts = [
        courier().place(3, "top", vec![]).await,
        courier().place(3, "top".to_owned(), vec![]).await,
        courier().place(3, &"top".to_owned(), vec![]).await,
    ];
    for place in texts {
        assert_eq!(place.expect("it answers").note.as_deref(), Some("top"));
    }
    assert_eq!(courier().place(3, None, vec![]).await.expect("it answers").note, None);
    let halves = courier().halves("abcd").await.expect("it answers");
    assert_eq!(halves, ("ab".to_owned(), Some("cd".to_owned())));
    assert_eq!(courier().halves("").await.expect("it answers"), (String::new(), None));
}

#[tokio::test]
async fn the_rules_for_values_are_kept_on_this_side() {
    let canned = Canned::answering(200, "");
    let error = CourierClient::over(canned.clone()).place(10, None, Vec::new()).await.expect_err("it is too high");
    assert_eq!(error.to_string(), "the arguments cannot be sent: `shelf`: is 10, and may be at most 9");
    let reply = "<S:Body><placeResponse><shelf>1</shelf><Note>too long</Note></placeResponse></S:Body>";
    let client = CourierClient::over(Canned::answering(200, &envelope(reply)));
    let error = client.place(1, None, Vec::new()).await.expect_err("the note is too long").to_string();
    assert!(
        error.starts_with("the answer cannot be understood: `Note`: `too long` has 8, and may have at most 5"),
        "{error}"
    );
}

#[tokio::test]
async fn a_bare_message_is_the_value_itself() {
    let parcel = Parcel { number: 7, labels: Vec::new() };
    assert_eq!(courier().track(parcel).await.expect("it answers").number, 8);
    assert_eq!(courier().list(vec![3, 4]).await.expect("it answers"), [3, 4]);
    assert_eq!(courier().list(None).await.expect("it answers"), [1]);
    courier().ping().await.expect("it answers");
    courier().nothing().await.expect("it answers");
}

#[tokio::test]
async fn an_answer_without_outputs_may_be_empty() {
    for status in [200, 202] {
        CourierClient::over(Canned::answering(status, "")).nothing().await.expect("that is an answer");
    }
    let error = CourierClient::over(Canned::answering(500, "")).nothing().await.expect_err("that is none");
    assert_eq!(error.to_string(), "http://there/ answered with HTTP status 500 and no SOAP message");
    let error = CourierClient::over(Canned::answering(200, "")).forgotten().await.expect_err("that is none");
    assert_eq!(error.to_string(), "http://there/ answered with HTTP status 200 and no SOAP message");
}

#[tokio::test]
async fn a_message_in_one_direction_is_only_accepted() {
    let service = Service::new(Courier::default()).expect("it is sound");
    let client = CourierClient::over(service);
    client.forget(7).await.expect("it is accepted");
    while client.forgotten().await.expect("it answers").is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(client.forgotten().await.expect("it answers"), [7]);
    for (status, body, words) in [
        (202, String::new(), None),
        (200, envelope("<S:Body/>"), None),
        (404, String::new(), Some("http://there/ answered with HTTP status 404 and no SOAP message")),
        (500, envelope("<S:Body><S:Fault><faultcode>Server</faultcode></S:Fault></S:Body>"), Some(" (Server)")),
        (200, "<html/>".to_owned(), Some("http://there/ answered with HTTP status 200 and no SOAP message: <html/>")),
    ] {
        let told = CourierClient::over(Canned::answering(status, &body)).forget(1).await;
        assert_eq!(told.map_err(|error| error.to_string()).err().as_deref(), words, "{status} {body}");
    }
}

#[tokio::test]
async fn files_are_in_the_message() {
    let bytes = vec![7_u8; 100_000];
    let file = courier().copy(Attachment::from(bytes.clone())).await.expect("it answers");
    assert_eq!(file.bytes().expect("it is in memory"), bytes);
}

#[tokio::test]
async fn old_contracts_are_spoken_too() {
    let client = LegacyClient::over(Service::new(Legacy).expect("it is sound"));
    assert_eq!(client.add(vec![1, 2], 3).await.expect("it adds"), (6, vec![1, 2]));
    assert_eq!(client.add(Vec::new(), None).await.expect("it adds"), (5, Vec::new()));
    let canned = Canned::answering(200, "");
    LegacyClient::over(canned.clone()).add(vec![1], 2).await.expect_err("there is no answer");
    let (text, _) = canned.asked();
    let body = "<tns:add><numbers><tns:item>1</tns:item></numbers><more>2</more></tns:add>";
    assert!(text.contains(body), "{text}");
}

#[tokio::test]
async fn a_header_of_an_extension_goes_with_every_request() {
    let canned = Canned::answering(200, "");
    let header = AnyXml::parse("<w:Security xmlns:w='urn:w'>secret</w:Security>").expect("it is XML");
    let client = CourierClient::over(canned.clone()).with_header(header).soap12();
    client.ping().await.expect("it answers");
    let (text, message) = canned.asked();
    assert!(text.contains("<soap12env:Header><w:Security xmlns:w=\"urn:w\">secret</w:Security></soap12env:Header>"));
    assert!(text.contains("<soap12env:Body></soap12env:Body>"), "{text}");
    assert_eq!(message.action, "urn:courier:ping");
    assert!(!format!("{client:?}").contains("secret"));
}
