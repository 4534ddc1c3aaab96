//! Services, ports and operations, with the samples that the golden files are of.

use super::{Parts, addresses, assert_lines, diff, lines, read};
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
    assert_lines(&old, &replaced(&old, replace), expected);
}

fn replaced(text: &str, replace: &[(&str, &str)]) -> String {
    replace.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is not there");
        text.replace(from, to)
    })
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
    let document = Wsdl::new(&samples::courier(Naming::Standard)).at("");
    let rpc = Wsdl::new(&samples::courier_in_rpc()).at("");
    let line = "! it is now in the style rpc (was document), which changes its messages";
    let found = lines(&document, &rpc);
    assert!(found.iter().any(|found| found == line), "{found:#?}");
    // All else about these operations goes with it.
    assert!(!found.iter().any(|found| found.contains("namespace") || found.contains("element")), "{found:#?}");
    assert_eq!(lines(&rpc, &rpc), [""; 0]);
}

/// The same service with a block before the request, and one before the answer.
fn with_headers() -> [(&'static str, &'static str); 4] {
    [
        ("<xs:element name=\"order\">", "<xs:element name=\"Token\" type=\"xs:string\"/><xs:element name=\"order\">"),
        (
            "<wsdl:portType",
            "<wsdl:message name=\"Token\"><wsdl:part name=\"t\" element=\"tns:Token\"/></wsdl:message><wsdl:portType",
        ),
        (
            "literal\"/></wsdl:input>",
            "literal\"/><soap:header message=\"tns:Token\" part=\"t\" use=\"literal\"/></wsdl:input>",
        ),
        (
            "literal\"/></wsdl:output>",
            "literal\"/><soap:header message=\"tns:Token\" part=\"t\" use=\"literal\"/></wsdl:output>",
        ),
    ]
}

#[test]
fn header_blocks() {
    let added = ["! the header Token of its request is new", "the header Token of its answer is new"];
    assert_change(&with_headers(), &added);
    let (without, with) = (shop(), replaced(&shop(), &with_headers()));
    let gone = ["! the header Token of its request is gone", "! the header Token of its answer is gone"];
    assert_lines(&with, &without, &gone);
    let retyped = replaced(&with, &[("name=\"Token\" type=\"xs:string\"", "name=\"Token\" type=\"xs:date\"")]);
    let words = "is now a date (xs:date), and was a text (xs:string)";
    let [request, answer] = ["request", "answer"].map(|of| format!("! the header Token of its {of} {words}"));
    assert_lines(&with, &retyped, &[&request, &answer]);
}

#[test]
fn declared_faults() {
    let fault = [
        (
            "<xs:element name=\"order\">",
            "<xs:element name=\"SoldOut\" type=\"tns:SoldOut\"/><xs:complexType name=\"SoldOut\"><xs:sequence>\
             <xs:element name=\"until\" type=\"xs:date\"/></xs:sequence></xs:complexType><xs:element name=\"order\">",
        ),
        (
            "<wsdl:portType",
            "<wsdl:message name=\"SoldOut\"><wsdl:part name=\"f\" element=\"tns:SoldOut\"/></wsdl:message><wsdl:portType",
        ),
        (
            "<wsdl:output message=\"tns:orderResponse\"/>",
            "<wsdl:output message=\"tns:orderResponse\"/><wsdl:fault name=\"SoldOut\" message=\"tns:SoldOut\"/>",
        ),
        (
            "</wsdl:output>\n",
            "</wsdl:output><wsdl:fault name=\"SoldOut\"><soap:fault name=\"SoldOut\" use=\"literal\"/></wsdl:fault>\n",
        ),
    ];
    assert_change(&fault, &["it declares the fault SoldOut"]);
    let with = replaced(&shop(), &fault);
    assert_lines(&with, &shop(), &["it no longer declares the fault SoldOut"]);
    let optional =
        replaced(&with, &[("name=\"until\" type=\"xs:date\"", "name=\"until\" type=\"xs:date\" minOccurs=\"0\"")]);
    assert_lines(&with, &optional, &["! the part until of the fault SoldOut may now be left out"]);
    assert_lines(&optional, &with, &["the part until of the fault SoldOut may no longer be left out"]);
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
