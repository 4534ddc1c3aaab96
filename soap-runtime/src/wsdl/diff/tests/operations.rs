//! Services, ports and operations, with the samples that the golden files are of.

use super::{Parts, addresses, assert_lines, diff, read};
use crate::describe::Naming;
use crate::wsdl::{Wsdl, samples};

fn shop() -> String {
    let (inputs, outputs) =
        ("<xs:element name=\"what\" type=\"xs:string\"/>", "<xs:element name=\"price\" type=\"xs:int\"/>");
    Parts { inputs, outputs, types: "" }.wsdl()
}

#[track_caller]
fn assert_change(replace: &[(&str, &str)], expected: &[&str]) {
    let old = shop();
    let new = replace.iter().fold(old.clone(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not there");
        text.replace(from, to)
    });
    assert_lines(&old, &new, expected);
}

#[test]
fn of_the_service() {
    assert_change(
        &[("wsdl:service name=\"Shop\"", "wsdl:service name=\"Store\"")],
        &["! the service is now called Store"],
    );
    assert_change(&[("wsdl:port name=\"Shop\"", "wsdl:port name=\"Door\"")], &["! the port Shop is now called Door"]);
    assert_change(
        &[("portType name=\"Shop\"", "portType name=\"Sells\""), ("type=\"tns:Shop\"", "type=\"tns:Sells\"")],
        &["its port type is now called Sells (was Shop), which changes no message"],
    );
    assert_change(
        &[("schemas.xmlsoap.org/wsdl/soap/", "schemas.xmlsoap.org/wsdl/soap12/")],
        &["! the port Shop now speaks SOAP 1.2 (was SOAP 1.1)"],
    );
    // Everything moves with it, the action as well.
    assert_change(
        &[("urn:shop", "urn:store")],
        &["! its namespace is now urn:store (was urn:shop), and so are those of its messages"],
    );
    // What no caller sees: the name of the binding, of messages, of their parts.
    assert_change(
        &[
            ("binding=\"tns:Shop\"", "binding=\"tns:B\""),
            ("binding name=\"Shop\"", "binding name=\"B\""),
            ("message name=\"order\"", "message name=\"M\""),
            ("message=\"tns:order\"", "message=\"tns:M\""),
            ("name=\"parameters\"", "name=\"p\""),
        ],
        &[],
    );
}

#[test]
fn of_an_operation() {
    assert_change(
        &[("soapAction=\"urn:shop:order\"", "soapAction=\"\"")],
        &["! its soapAction is now empty (was urn:shop:order)"],
    );
    assert_change(
        &[
            ("<wsdl:output message=\"tns:orderResponse\"/>", ""),
            ("<wsdl:output><soap:body use=\"literal\"/></wsdl:output>", ""),
        ],
        &["! it no longer answers: it is one-way now"],
    );
    assert_change(
        &[
            ("element name=\"orderResponse\"", "element name=\"ordered\""),
            ("element=\"tns:orderResponse\"", "element=\"tns:ordered\""),
        ],
        &["! its answer is now the element ordered (was orderResponse)"],
    );
    assert_change(
        &[("<wsdl:input message", "<wsdl:documentation>Buys.</wsdl:documentation><wsdl:input message")],
        &["its documentation has changed"],
    );
    // With its elements and its action: one line.
    assert_change(
        &[
            ("operation name=\"order\"", "operation name=\"buy\""),
            ("element name=\"order", "element name=\"buy"),
            ("element=\"tns:order", "element=\"tns:buy"),
            ("urn:shop:order", "urn:shop:buy"),
        ],
        &["! the operation is now called buy"],
    );
    // With other inputs it is another one.
    assert_change(
        &[
            ("operation name=\"order\"", "operation name=\"buy\""),
            ("element name=\"order", "element name=\"buy"),
            ("element=\"tns:order", "element=\"tns:buy"),
            ("urn:shop:order", "urn:shop:buy"),
            ("name=\"what\"", "name=\"which\""),
        ],
        &["! the operation is gone", "the operation is new"],
    );
}

#[test]
fn docs_of_all_parts_are_one_line() {
    let docs = "<xs:annotation><xs:documentation>A text.</xs:documentation></xs:annotation>";
    let with = |name: &str, ty: &str| format!("<xs:element name=\"{name}\" type=\"xs:{ty}\">{docs}</xs:element>");
    assert_change(
        &[
            ("<xs:element name=\"what\" type=\"xs:string\"/>", &with("what", "string")),
            ("<xs:element name=\"price\" type=\"xs:int\"/>", &with("price", "int")),
        ],
        &["its documentation has changed"],
    );
}

#[test]
fn rpc_is_another_style() {
    let old = Wsdl::new(&samples::courier_in_rpc()).at("");
    let new = old.replace("style=\"rpc\"", "style=\"document\"");
    assert_ne!(old, new);
    let sentences: Vec<_> = diff(&read(&old), &read(&new)).into_iter().map(|change| change.sentence).collect();
    assert!(!sentences.is_empty());
}

#[test]
fn ports_come_and_go() {
    let mut service = samples::courier(Naming::Standard);
    let both = Wsdl::new(&service).at("");
    service.soap12 = false;
    let one = Wsdl::new(&service).at("");
    let port = format!("the port {}Soap12Port (SOAP 1.2) is", service.name);
    assert_lines(&one, &both, &[&format!("{port} new")]);
    assert_lines(&both, &one, &[&format!("! {port} gone")]);
}

#[test]
fn operations_come_and_go() {
    let mut service = samples::mesher(Naming::Standard);
    let more = Wsdl::new(&service).at("");
    let gone = service.operations.pop().expect("it has some");
    let fewer = Wsdl::new(&service).at("");
    assert_lines(&more, &fewer, &["! the operation is gone"]);
    assert_lines(&fewer, &more, &["the operation is new"]);
    let changes = diff(&read(&more), &read(&fewer));
    assert_eq!(changes[0].to_string(), format!("{}.{}: the operation is gone", service.name, gone.name));
}

#[test]
fn addresses_are_told_apart() {
    let (old, new) = (shop(), shop().replace("http://localhost/shop", "https://example.org/shop"));
    assert_lines(&old, &new, &[]);
    let changes = addresses(&read(&old), &read(&new));
    let lines: Vec<_> = changes.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["Shop: the port Shop is now at https://example.org/shop (was at http://localhost/shop)"]);
    assert_eq!(addresses(&read(&old), &read(&old)), []);
}
