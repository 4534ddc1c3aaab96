//! Headers as arguments and as outputs of an operation.

use soap_runtime::{Fault, MustUnderstand, SoapType, WithHeaders, soap_service};

use super::{BODY, HEADER, Message, call, inside, serve};
use crate::server::Server;

struct Counter;

/// In a namespace of its own: the element is the service's all the same.
#[derive(SoapType)]
#[soap(namespace = "urn:users")]
struct User {
    #[soap(attribute)]
    id: u32,
    name: String,
}

#[soap_service(path = "/S", namespace = "urn:s", soap12)]
impl Counter {
    /// Adds, and tells who asked.
    #[operation(outputs(sum), headers(session, trace))]
    async fn add(
        &self,
        /// Who asks.
        #[soap(header)]
        session: u32,
        #[soap(header)] trace: Option<String>,
        #[soap(header, default = 3)] tries: i32,
        #[soap(header, name = "tag")] tags: Vec<String>,
        a: i32,
        session_token: Option<String>,
    ) -> WithHeaders<String, (MustUnderstand<u32>, Option<String>)> {
        WithHeaders::new(format!("{a} {tries} {tags:?} {session_token:?}"), (MustUnderstand(session), trace))
    }

    #[operation(outputs(greeting), headers(user))]
    fn greet(
        &self,
        #[soap(header)] user: User,
        #[soap(header, min = 1)] times: Option<u32>,
    ) -> Result<WithHeaders<String, User>, Fault> {
        match times {
            Some(9..) => Err(Fault::client("too often")),
            _ => Ok(WithHeaders::new(format!("Hello, {}!", user.name), User { id: user.id + 1, name: user.name })),
        }
    }

    #[operation(outputs(a))]
    fn plain(&self, a: i32) -> i32 {
        a
    }
}

const ADD: &str = "<add><a>1</a><session>not the header</session></add>";

fn add(server: &Server, header: &str) -> crate::server::Answer {
    Message { header, body: ADD, action: "" }.post(server)
}

#[test]
fn headers_are_arguments_and_outputs() {
    let server = serve(Counter);
    let header = "<trace>t&amp;1</trace><session s:mustUnderstand=\"1\">7</session><tries>2</tries>\
                  <tag><item>a</item><item>b</item></tag>";
    let answer = add(&server, header);
    assert_eq!(inside(&answer, "tns:sum"), "1 2 [\"a\", \"b\"] None");
    let expected = "<tns:session soap11env:mustUnderstand=\"1\">7</tns:session><tns:trace>t&amp;1</tns:trace>";
    assert_eq!(inside(&answer, HEADER), expected);

    let answer = Message { header: "<session>7</session>", body: ADD, action: "" }.post12(&server);
    assert_eq!(inside(&answer, "tns:sum"), "1 3 [] None");
    let expected = "<tns:session soap12env:mustUnderstand=\"1\">7</tns:session><tns:trace \
                    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
    assert_eq!(inside(&answer, "soap12env:Header"), expected);
}

#[test]
fn a_header_that_is_missing_or_wrong_is_named_with_its_place() {
    let server = serve(Counter);
    let cases = [
        ("<trace>t</trace>", "the header `session` is missing"),
        ("", "the header `session` is missing"),
        ("<session xmlns=\"urn:other\">7</session>", "the header `session` is missing"),
        ("<session s:actor=\"urn:x\">7</session>", "the header `session` is missing"),
        ("<session>7</session>\n <session>7</session>", "`session`: is there twice, and may be there once"),
        (
            "<session>seven</session>",
            "`session`: `seven` is no xs:unsignedInt: a whole number from 0 to 4294967295 (line 1, column 89)",
        ),
        (
            "<session>7</session><tag>\n<item><b/></item></tag>",
            "`tag.item[0]`: expected a value, found the element `<b>`",
        ),
    ];
    for (header, problem) in cases {
        let message = add(&server, header).fault("Client.ValidationError");
        assert!(message.contains(problem), "{message}");
    }
}

#[test]
fn a_header_may_be_of_any_type() {
    let server = serve(Counter);
    let greet = |header: &str| Message { header, body: "<greet/>", action: "" }.post(&server);
    let answer = greet("<user id=\"7\"><u:name xmlns:u=\"urn:users\">Ada</u:name></user>");
    assert_eq!(inside(&answer, "tns:greeting"), "Hello, Ada!");
    let user = "<tns:user xmlns:n1=\"urn:users\" id=\"8\"><n1:name>Ada</n1:name></tns:user>";
    assert_eq!(inside(&answer, HEADER), user);

    let cases = [
        ("<user id=\"x\"><name>Ada</name></user>", "`user.@id`: `x` is no xs:unsignedInt"),
        ("<user id=\"7\"/>", "`user`: the element `name` is missing"),
        ("<user id=\"7\"><name>Ada</name></user><times>0</times>", "`times`: is 0, and must be at least 1"),
    ];
    for (header, problem) in cases {
        let message = greet(header).fault("Client.ValidationError");
        assert!(message.contains(problem), "{message}");
    }
    // No header of the reply stands beside a fault.
    let answer = greet("<user id=\"7\"><name>Ada</name></user><times>9</times>");
    assert_eq!(answer.fault("Client"), "too often");
    assert!(!answer.body.contains("Header"), "{answer:?}");
}

#[test]
fn an_operation_understands_its_own_headers_only() {
    let server = serve(Counter);
    let session = "<session s:mustUnderstand=\"1\">7</session>";
    assert_eq!(add(&server, session).status, 200);
    assert_eq!(add(&server, "<session xmlns=\"\" s:mustUnderstand=\"1\">7</session>").status, 200);
    let body = "<plain><a>1</a></plain>";
    let message = Message { header: session, body, action: "" }.post(&server).fault("MustUnderstand");
    assert!(message.contains("`session`") && message.contains("`urn:s`"), "{message}");
    let answer = Message { header: session, body, action: "" }.post12(&server);
    let not_understood = "<soap12env:NotUnderstood qname=\"q:session\" xmlns:q=\"urn:s\"/>";
    assert_eq!(inside(&answer, "soap12env:Header"), not_understood);
    // The headers of another operation do not harm.
    let answer = Message { header: "<session>x</session>", body, action: "" }.post(&server);
    assert_eq!(inside(&answer, BODY), "<tns:plainResponse><tns:a>1</tns:a></tns:plainResponse>");
    assert!(!call(&server, body).body.contains("Header"));
}

#[test]
fn a_very_long_header_is_refused_and_not_cut() {
    let server = serve(Counter);
    let header = format!("<session>7</session><trace>{}</trace>", "x".repeat(300_000));
    let message = add(&server, &header).fault("Client.LimitExceeded");
    assert!(message.contains("a header is longer than all the rest of the message"), "{message}");
    // One that is not longer than the rest is read.
    let long = "x".repeat(100_000);
    let header = format!("<session>7</session><trace>{long}</trace>");
    assert!(add(&server, &header).body.contains(&long));
}

#[test]
fn headers_and_both_ports_stand_in_the_wsdl() {
    let wsdl = serve(Counter).get("/S?wsdl").body;
    for expected in [
        "<xs:element name=\"session\" type=\"xs:unsignedInt\">",
        "<xs:element name=\"tag\" type=\"tns:StringArray\"/>",
        "<soap:header message=\"tns:addHeaders\" part=\"session\" use=\"literal\"/>",
        "<soap12:header message=\"tns:addResponseHeaders\" part=\"trace\" use=\"literal\"/>",
    ] {
        assert!(wsdl.contains(expected), "{expected} is not in\n{wsdl}");
    }
    assert_eq!(wsdl.matches(":address location=\"http://test.example:81/S\"").count(), 2, "{wsdl}");
}
