//! Several faults of one operation, with typed details, subcodes, languages and an actor.

use soap_runtime::{Fault, SoapFault, soap_service};

use super::{Message, call, inside, serve};

#[derive(Debug, thiserror::Error, SoapFault)]
#[soap(client)]
enum OrderError {
    /// How many there are.
    #[error("there are only {0}")]
    #[soap(subcode = "OutOfStock")]
    Left(u32),
    #[error("the list has gaps")]
    Gaps(Vec<i32>),
    #[error("{name} is unknown")]
    #[soap(name = "UnknownName", subcode = "NoSuchName")]
    Unknown { name: String },
    #[error("closed")]
    #[soap(server)]
    Closed,
}

#[derive(Debug, thiserror::Error, SoapFault)]
#[error("too much: {0}")]
#[soap(client, name = "TooMuch")]
struct TooMuch(f64);

struct Shop;

#[soap_service(path = "/S", namespace = "urn:s", soap12)]
impl Shop {
    #[operation]
    async fn order(&self, what: String) -> Result<(), OrderError> {
        Err(match what.as_str() {
            "screws" => OrderError::Left(3),
            "list" => OrderError::Gaps(vec![1, 4]),
            "closed" => OrderError::Closed,
            _ => OrderError::Unknown { name: what },
        })
    }

    #[operation]
    fn pay(&self, sum: f64) -> Result<(), TooMuch> {
        Err(TooMuch(sum))
    }

    #[operation]
    async fn complain(&self) -> Result<(), Fault> {
        Err(Fault::client("nobody listens")
            .with_subcode("Deaf")
            .with_nested_subcode("Today")
            .with_reason("de", "niemand hört zu")
            .with_actor("urn:shop:desk"))
    }
}

#[test]
fn each_fault_has_its_own_detail() {
    let server = serve(Shop);
    let cases = [
        ("screws", "Client.OutOfStock", "<tns:Left>3</tns:Left>"),
        ("list", "Client", "<tns:Gaps><tns:item>1</tns:item><tns:item>4</tns:item></tns:Gaps>"),
        ("nails", "Client.NoSuchName", "<tns:UnknownName><tns:name>nails</tns:name></tns:UnknownName>"),
        ("closed", "Server", "<tns:Closed></tns:Closed>"),
    ];
    for (what, code, detail) in cases {
        let body = format!("<order><what>{what}</what></order>");
        let answer = call(&server, &body);
        answer.fault(code);
        assert_eq!(inside(&answer, "detail"), detail);
        let answer = Message { header: "", body: &body, action: "" }.post12(&server);
        assert_eq!(inside(&answer, "soap12env:Detail"), detail);
    }
    let answer = call(&server, "<pay><sum>9.5</sum></pay>");
    assert_eq!(answer.fault("Client"), "too much: 9.5");
    assert_eq!(inside(&answer, "detail"), "<tns:TooMuch>9.5</tns:TooMuch>");
}

#[test]
fn soap_12_says_all_of_a_fault_in_its_own_words() {
    let server = serve(Shop);
    let answer = Message { header: "", body: "<complain/>", action: "" }.post12(&server);
    assert_eq!(answer.status, 400);
    assert_eq!(
        inside(&answer, "soap12env:Code"),
        "<soap12env:Value>soap12env:Sender</soap12env:Value><soap12env:Subcode><soap12env:Value>tns:Deaf\
         </soap12env:Value><soap12env:Subcode><soap12env:Value>tns:Today</soap12env:Value></soap12env:Subcode>\
         </soap12env:Subcode>"
    );
    assert_eq!(
        inside(&answer, "soap12env:Reason"),
        "<soap12env:Text xml:lang=\"en\">nobody listens</soap12env:Text>\
         <soap12env:Text xml:lang=\"de\">niemand hört zu</soap12env:Text>"
    );
    assert_eq!(inside(&answer, "soap12env:Role"), "urn:shop:desk");

    let answer = call(&server, "<complain/>");
    assert!(answer.body.contains("<faultcode>soap11env:Client.Deaf.Today</faultcode>"), "{answer:?}");
    assert!(answer.body.contains("<faultstring xml:lang=\"en\">nobody listens</faultstring>"), "{answer:?}");
    assert_eq!(inside(&answer, "faultactor"), "urn:shop:desk");
}

#[test]
fn every_fault_is_declared_with_the_type_of_its_detail() {
    let wsdl = serve(Shop).get("/S?wsdl").body;
    for expected in [
        "<xs:element name=\"Left\" type=\"xs:unsignedInt\">",
        "<xs:element name=\"Gaps\" type=\"tns:IntArray\"/>",
        "<xs:element name=\"TooMuch\" type=\"xs:double\"/>",
        "<wsdl:fault name=\"UnknownName\" message=\"tns:UnknownNameFault\"/>",
        "<soap12:fault name=\"Closed\" use=\"literal\"/>",
    ] {
        assert!(wsdl.contains(expected), "{expected} is not in\n{wsdl}");
    }
}
