//! The kitchen sink's operations called without a service: its description is a golden file.

mod any_value;
mod mistakes;

use bytes::Bytes;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Value, json};

use super::{Call, Record};
use crate::client::{Answer, CallError};
use crate::wsdl::documents::Documents;
use crate::wsdl::model::{Body, Definitions, Port};

fn kitchen_sink() -> Definitions {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/wsdl/golden/kitchen_sink.wsdl");
    let documents = Documents::from_file(path).expect("the file is there");
    crate::wsdl::read::definitions(&documents).expect("a WSDL")
}

fn port(definitions: &Definitions) -> &Port {
    definitions.ports().next().expect("a port").1
}

fn record(value: Value) -> Record {
    match value {
        Value::Object(record) => record,
        other => panic!("{other} is no object"),
    }
}

fn request(call: &Call<'_>, arguments: &Record) -> String {
    let message = call.prepare(arguments).unwrap_or_else(|error| panic!("{error}: {arguments:?}"));
    String::from_utf8(message.body.to_vec()).expect("it is in UTF-8")
}

/// The outputs of a service that sends back what came.
fn echoed(call: &Call<'_>, arguments: &Record) -> Result<Record, CallError> {
    let name = |body: &Body| body.element().expect("an element").local.clone();
    let asked = name(&call.operation.input.body);
    let answered = name(&call.operation.output.as_ref().expect("an answer").body);
    let envelope = request(call, arguments)
        .replace(&format!("<tns:{asked}>"), &format!("<tns:{answered}>"))
        .replace(&format!("</tns:{asked}>"), &format!("</tns:{answered}>"));
    call.decode(&Answer::new(200, None, envelope), "http://test")
}

fn reply(call: &Call<'_>, body: &str) -> Result<Value, CallError> {
    let envelope =
        format!("<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{body}</e:Body></e:Envelope>");
    call.decode(&Answer::new(200, None, Bytes::from(envelope)), "http://test").map(Value::Object)
}

#[test]
fn requests_keep_the_order_and_the_namespaces_of_the_schema() {
    let definitions = kitchen_sink();
    let call = Call::of(&definitions, port(&definitions), "echoOrder").expect("it is there");
    let order = json!({ "order": {
        "card": "123456789012", "orderedOn": "2026-01-31", "@number": "7", "remarks": {},
        "customer": { "city": "B", "street": "A & <C>" },
        "lines": [{ "article": "tea", "count": 2, "price": { "@currency": "EUR", "#text": "1.50" } }],
    } });
    let expected = "<tns:echoOrder><tns:order number=\"7\"><tns:orderedOn>2026-01-31</tns:orderedOn>\
        <tns:customer><n1:street>A &amp; &lt;C&gt;</n1:street><n1:city>B</n1:city></tns:customer>\
        <tns:lines><tns:article>tea</tns:article><tns:count>2</tns:count>\
        <tns:price currency=\"EUR\">1.50</tns:price></tns:lines>\
        <tns:card>123456789012</tns:card><tns:remarks></tns:remarks></tns:order></tns:echoOrder>";
    let request = request(&call, &record(order));
    assert!(request.contains(expected), "{request}");
    assert!(request.contains("xmlns:tns=\"urn:kitchen\" xmlns:n1=\"urn:kitchen:people\""), "{request}");
}

#[test]
fn replies_are_read_as_they_come() {
    let definitions = kitchen_sink();
    let of = |name| Call::of(&definitions, port(&definitions), name).expect("it is there");
    for (operation, body, outputs) in [
        ("echoInt", "<r><value>+007</value></r>", json!({ "value": 7 })),
        ("echoInt", "<x:r xmlns:x='urn:x'><x:value>UNSET</x:value></x:r>", json!({ "value": "UNSET" })),
        ("echoInt", "<r/>", json!({})),
        ("echoInt", "", json!({})),
        ("echoInt", "<r><new>1</new><value> 2 </value><new>3</new></r>", json!({ "value": 2, "new": ["1", "3"] })),
        ("echoInt", "<r><value><odd/></value></r>", json!({ "value": { "#xml": "<odd/>" } })),
        ("echoBoolean", "<r><value>1</value></r>", json!({ "value": true })),
        ("echoDouble", "<r><value>-INF</value></r>", json!({ "value": "-INF" })),
        ("echoString", "<r><value> a\nb </value></r>", json!({ "value": " a\nb " })),
        ("echoStrings", "<r><values>a</values></r>", json!({ "values": ["a"] })),
        ("echoStrings", "<r/>", json!({ "values": [] })),
        (
            "echoNillable",
            "<r><value xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='1'/></r>",
            json!({ "value": null }),
        ),
        ("echoXml", "<r><xml>a &lt; b</xml></r>", json!({ "xml": "a < b" })),
        ("echoXml", "<r><xml><a x=\"1\"/></xml></r>", json!({ "xml": { "#xml": "<a x=\"1\"/>" } })),
    ] {
        assert_eq!(reply(&of(operation), body).map_err(|error| error.to_string()), Ok(outputs), "{body}");
    }
    let long = "123456789012345678901234567890.10";
    let outputs = reply(&of("echoDecimal"), &format!("<r><value>{long}</value></r>")).expect("a number");
    assert_eq!(outputs.to_string(), format!("{{\"value\":{long}}}"));
}

#[test]
fn faults_are_errors() {
    let definitions = kitchen_sink();
    let call = Call::of(&definitions, port(&definitions), "echoInt").expect("it is there");
    let fault = "<e:Fault><faultcode>e:Client</faultcode><faultstring>no</faultstring></e:Fault>";
    assert!(matches!(reply(&call, fault), Err(CallError::Fault(fault)) if fault.message == "no"));
    let call = Call::of(&definitions, port(&definitions), "tell").expect("it is there");
    assert!(call.decode(&Answer::new(202, None, ""), "http://test").is_ok_and(|outputs| outputs.is_empty()));
    assert!(call.decode(&Answer::new(200, None, "<html>thanks"), "http://test").is_ok());
    assert!(matches!(reply(&call, fault), Err(CallError::Fault(fault)) if fault.message == "no"));
    for body in ["no", ""] {
        let failed = call.decode(&Answer::new(500, None, body), "http://test");
        assert!(matches!(failed, Err(CallError::NoSoap { status: 500, .. })));
    }
}

#[test]
fn what_is_one_structure_can_be_given_by_its_parts() {
    let definitions = kitchen_sink();
    let call = Call::of(&definitions, port(&definitions), "echoArray").expect("it is there");
    let list = request(&call, &record(json!({ "values": [1, 2] })));
    assert_eq!(list, request(&call, &record(json!({ "values": { "item": ["1", 2] } }))));
}

/// Of all types of the kitchen sink.
#[test]
fn what_is_sent_comes_back() {
    let definitions = kitchen_sink();
    let mut count = 0;
    for operation in &port(&definitions).operations {
        let call = Call::new(&definitions, port(&definitions), operation);
        let names = call.inputs().map(|input| &input.name.local).collect::<Vec<_>>();
        if names.is_empty() || !call.outputs().iter().map(|output| &output.name.local).eq(names) {
            continue;
        }
        count += 1;
        let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
        let ran = runner.run(&any_value::arguments(&call), |arguments| {
            let echoed = echoed(&call, &arguments).map_err(|error| TestCaseError::fail(error.to_string()))?;
            proptest::prop_assert_eq!(Value::Object(echoed), Value::Object(arguments));
            Ok(())
        });
        ran.unwrap_or_else(|error| panic!("{}: {error}", operation.name));
    }
    assert!(count > 30, "only {count} operations send back what comes");
}
