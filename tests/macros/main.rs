//! Services that the macros make, called without a socket.

mod client;
mod extensions;
mod headers;
mod in_process;
mod jobs;
mod one_way;
mod types;
mod waiting;

use std::sync::Mutex;

use soap_runtime::{
    Fault, FaultCode, Limits, Request, Service, ServiceId, SessionToken, SoapFault, SoapOutput, Status, Version,
    soap_service,
};

/// Outputs that two methods share.
#[derive(SoapOutput)]
struct Progress {
    /// The page.
    status_base64: Status,
    #[soap(name = "result")]
    outcome: Option<String>,
}

#[derive(Debug, thiserror::Error, SoapFault)]
#[soap(client)]
enum DeskError {
    /// Nobody of that name works here.
    #[error("there is no `{name}`; ask for one of {}", colleagues.join(", "))]
    Unknown {
        name: String,
        #[soap(name = "colleague")]
        colleagues: Vec<String>,
        #[soap(skip)]
        secret: u8,
    },
    #[error("closed")]
    #[soap(name = "OutOfHours")]
    Closed,
    #[error("the book is lost")]
    #[soap(server)]
    Lost(
        #[soap(skip)]
        #[source]
        std::io::Error,
    ),
}

#[derive(Default)]
struct Desk {
    told: Mutex<Vec<String>>,
}

/// Knows who works here.
///
/// Ask it.
#[soap_service(path = "/house/Desk", namespace = "urn:desk", name = "FrontDesk", naming = "flask-spyne")]
impl Desk {
    /// Greets somebody.
    #[operation(outputs(greeting))]
    async fn greet(
        &self,
        /// Who is there.
        name: String,
        #[soap(default = "Hello".to_owned())] first_word: String,
        #[soap(default, name = "mark")] end: String,
    ) -> String {
        format!("{first_word}, {name}{end}")
    }

    /// How long to wait.
    #[operation(outputs(seconds))]
    fn wait(&self, #[soap(default = 300, xsd = "integer")] seconds_to_wait: u32) -> u32 {
        seconds_to_wait
    }

    #[operation(outputs(first, second))]
    fn halves(&self, r#type: String) -> (String, Vec<String>) {
        let (first, second) = r#type.split_at(r#type.len() / 2);
        (first.to_owned(), vec![second.to_owned(), "rest".to_owned()])
    }

    #[operation]
    fn echo(&self, text: Option<String>) -> Option<String> {
        text
    }

    #[operation]
    fn get_service_status(&self, service_id: ServiceId, _session_token: SessionToken) -> Progress {
        Progress { status_base64: Status::Completed, outcome: Some(service_id.as_str().to_owned()) }
    }

    #[operation(name = "tell")]
    async fn hear(&self, message: String) {
        self.told.lock().expect("no test panics with the lock").push(message);
    }

    #[operation(outputs(told))]
    async fn told(&self) -> Vec<String> {
        self.told_so_far()
    }

    #[operation(outputs(room))]
    async fn find(&self, name: String) -> Result<String, DeskError> {
        match name.as_str() {
            "Ada" => Ok("17".to_owned()),
            "night" => Err(DeskError::Closed),
            "fire" => Err(DeskError::Lost(std::io::Error::other("ash"))),
            _ => Err(DeskError::Unknown { name, colleagues: vec!["Ada".to_owned(), "Bo".to_owned()], secret: 7 }),
        }
    }

    fn told_so_far(&self) -> Vec<String> {
        self.told.lock().expect("no test panics with the lock").clone()
    }
}

fn desk() -> Service {
    Service::new(Desk::default()).expect("the description is sound")
}

async fn call(service: &Service, version: Version, body: &str) -> soap_runtime::Reply {
    let envelope = match version {
        Version::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
        _ => "http://www.w3.org/2003/05/soap-envelope",
    };
    let body = format!(r#"<e:Envelope xmlns:e="{envelope}" xmlns="urn:desk"><e:Body>{body}</e:Body></e:Envelope>"#);
    service.call(Request { body: body.into(), charset: None, action: None, limits: Limits::default() }).await
}

/// What stands in the body of the answer.
async fn answer(service: &Service, body: &str) -> String {
    answer_or_fault(service, body).await.expect("it answers")
}

async fn answer_or_fault(service: &Service, body: &str) -> Result<String, Fault> {
    let reply = call(service, Version::Soap11, body).await;
    if let Some(fault) = reply.fault {
        return Err(fault);
    }
    let (_, rest) = reply.body.split_once("Body>").expect("an answer has a body");
    Ok(rest.split_once("</soap11env:Body>").expect("a body has an end").0.to_owned())
}

#[tokio::test]
async fn methods_answer_in_every_form_of_outputs() {
    let cases = [
        (
            "<greet><name>Ada</name></greet>",
            "<tns:greetResponse><tns:greeting>Hello, Ada</tns:greeting></tns:greetResponse>",
        ),
        (
            "<greet><mark>!</mark><firstWord>Bye</firstWord><name>Ada</name></greet>",
            "<tns:greetResponse><tns:greeting>Bye, Ada!</tns:greeting></tns:greetResponse>",
        ),
        (
            "<halves><type>abcd</type></halves>",
            "<tns:halvesResponse><tns:first>ab</tns:first><tns:second>cd</tns:second><tns:second>rest</tns:second></tns:halvesResponse>",
        ),
        ("<wait/>", "<tns:waitResponse><tns:seconds>300</tns:seconds></tns:waitResponse>"),
        (
            "<wait><secondsToWait> +7 </secondsToWait></wait>",
            "<tns:waitResponse><tns:seconds>7</tns:seconds></tns:waitResponse>",
        ),
        ("<echo><text>a</text></echo>", "<tns:echoResponse><tns:echoResult>a</tns:echoResult></tns:echoResponse>"),
        ("<echo/>", "<tns:echoResponse></tns:echoResponse>"),
        (
            "<getServiceStatus><serviceID>7</serviceID></getServiceStatus>",
            "<tns:getServiceStatusResponse><tns:status_base64>COMPLETED</tns:status_base64><tns:result>7</tns:result></tns:getServiceStatusResponse>",
        ),
        ("<find><name>Ada</name></find>", "<tns:findResponse><tns:room>17</tns:room></tns:findResponse>"),
    ];
    let desk = desk();
    for (request, expected) in cases {
        assert_eq!(answer(&desk, request).await, expected, "{request}");
    }
}

#[tokio::test]
async fn a_method_may_return_nothing() {
    let desk = desk();
    assert_eq!(answer(&desk, "<tell><message>late</message></tell>").await, "<tns:tellResponse></tns:tellResponse>");
    assert_eq!(answer(&desk, "<told/>").await, "<tns:toldResponse><tns:told>late</tns:told></tns:toldResponse>");
}

#[tokio::test]
async fn faults_carry_their_fields_as_a_typed_detail() {
    let desk = desk();
    let detail = "<tns:Unknown><tns:name>Eve</tns:name><tns:colleague>Ada</tns:colleague><tns:colleague>Bo</tns:colleague></tns:Unknown>";
    let unknown = "<find><name>Eve</name></find>";

    let reply = call(&desk, Version::Soap11, unknown).await;
    let expected = format!(
        "<soap11env:Fault><faultcode>soap11env:Client</faultcode><faultstring>there is no `Eve`; ask for one of Ada, \
         Bo</faultstring><detail>{detail}</detail></soap11env:Fault>"
    );
    assert!(reply.body.contains(&expected), "{}", reply.body);

    let reply = call(&desk, Version::Soap12, unknown).await;
    assert!(reply.body.contains("<soap12env:Value>soap12env:Sender</soap12env:Value>"), "{}", reply.body);
    assert!(reply.body.contains(&format!("<soap12env:Detail>{detail}</soap12env:Detail>")), "{}", reply.body);
}

#[tokio::test]
async fn variants_say_whose_fault_it_is_and_keep_their_sources_inside() {
    let desk = desk();
    let cases = [
        ("night", FaultCode::Client, "closed", "<tns:OutOfHours></tns:OutOfHours>", None),
        ("fire", FaultCode::Server, "the book is lost", "<tns:Lost></tns:Lost>", Some("ash")),
    ];
    for (name, code, message, detail, log) in cases {
        let reply = call(&desk, Version::Soap11, &format!("<find><name>{name}</name></find>")).await;
        let fault = reply.fault.expect("it ends with a fault");
        assert_eq!((fault.code(), fault.message(), fault.log()), (code, message, log));
        assert_eq!(fault.detail(), Some(detail));
        assert!(!reply.body.contains("ash"), "{}", reply.body);
    }
}

#[test]
fn the_description_says_what_the_source_says() {
    let desk = desk();
    let description = desk.description();
    assert_eq!(
        (description.name, &*description.namespace, &*description.path),
        ("FrontDesk", "urn:desk", "/house/Desk"),
    );
    assert_eq!(description.docs, "Knows who works here.\n\nAsk it.");
    let names: Vec<_> = description.operations.iter().map(|operation| operation.name).collect();
    assert_eq!(names, ["greet", "wait", "halves", "echo", "getServiceStatus", "tell", "told", "find"]);

    let greet = &description.operations[0];
    assert_eq!((greet.docs, greet.input[0].docs), ("Greets somebody.", "Who is there."));
    let defaults: Vec<_> = greet.input.iter().map(|part| (&*part.name, part.default.as_deref())).collect();
    assert_eq!(defaults, [("name", None), ("firstWord", Some("Hello")), ("mark", Some(""))]);

    let seconds = &description.operations[1].input[0];
    assert_eq!((seconds.default.as_deref(), seconds.published_as), (Some("300"), Some("integer")));

    let status = &description.operations[4];
    assert_eq!(status.input[1].name, "sessionToken");
    assert_eq!((&*status.output[0].name, status.output[0].docs), ("status_base64", "The page."));

    let faults = &description.operations[7].faults;
    assert_eq!(faults.iter().map(|fault| fault.name).collect::<Vec<_>>(), ["Unknown", "OutOfHours", "Lost"]);
    assert_eq!(faults[0].docs, "Nobody of that name works here.");
    assert_eq!(faults[0].parts.iter().map(|part| &*part.name).collect::<Vec<_>>(), ["name", "colleague"]);
}
