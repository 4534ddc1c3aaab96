//! What bindings and port types say, a rule at a time.

use super::render::render;
use super::{read, wsdl};

const SCHEMA: &str = r#"<w:types><x:schema targetNamespace="urn:t">
    <x:element name="go"><x:complexType><x:sequence><x:element name="a" type="x:int"/></x:sequence></x:complexType></x:element>
    <x:element name="goResponse"><x:complexType/></x:element>
    <x:element name="text" type="x:string"/><x:element name="head" type="x:string"/></x:schema></w:types>"#;

/// A WSDL of one operation `go`, in one port.
struct One<'a> {
    /// Of the message of the request.
    parts: &'a str,
    operation: &'a str,
    binding: &'a str,
    input: &'a str,
    output: &'a str,
}

impl Default for One<'_> {
    fn default() -> Self {
        Self {
            parts: r#"<w:part name="parameters" element="t:go"/>"#,
            operation: r#"<w:input message="t:in"/><w:output message="t:out"/>"#,
            binding: r#"<s:binding transport="http://schemas.xmlsoap.org/soap/http"/>"#,
            input: r#"<s:body use="literal"/>"#,
            output: r#"<s:body use="literal"/>"#,
        }
    }
}

impl One<'_> {
    fn document(&self) -> String {
        let Self { parts, operation, binding, input, output } = self;
        wsdl(&format!(
            r#"{SCHEMA}<w:message name="in">{parts}</w:message><w:message name="out"><w:part name="parameters" element="t:goResponse"/></w:message>
            <w:message name="heads"><w:part name="h" element="t:head"/></w:message>
            <w:portType name="P"><w:operation name="go">{operation}</w:operation></w:portType>
            <w:binding name="B" type="t:P">{binding}<w:operation name="go"><s:operation soapAction="urn:go"/>
                <w:input>{input}</w:input><w:output>{output}</w:output></w:operation></w:binding>
            <w:service name="S"><w:port name="Port" binding="t:B"><s:address location=" http://h/ "/></w:port></w:service>"#
        ))
    }

    /// What is said of the operation.
    #[track_caller]
    fn assert_reads(&self, expected: &[&str]) {
        let document = self.document();
        let definitions = read(&[("a.wsdl", &document)]).unwrap_or_else(|error| panic!("{error}"));
        let text = render(&definitions).replace("{urn:t}", "t:");
        let operation = text.lines().skip(3).take_while(|line| line.starts_with("    ")).map(str::trim);
        assert_eq!(operation.collect::<Vec<_>>(), expected, "\n{text}");
    }
}

const ANSWER: &str = "out wrapped t:goResponse";
const GO: &str = "operation go action \"urn:go\"";

#[test]
fn a_sequence_of_elements_is_shown_as_arguments() {
    One::default().assert_reads(&[GO, "in wrapped t:go", "a: int", ANSWER]);
    One { parts: r#"<w:part name="anything" element="t:text"/>"#, ..One::default() }.assert_reads(&[
        GO,
        "in bare",
        "t:text: string",
        ANSWER,
    ]);
    One { parts: "", ..One::default() }.assert_reads(&[GO, "in empty", ANSWER]);
}

#[test]
fn only_what_can_be_named_by_arguments_is_wrapped() {
    for (content, is_wrapped) in [
        (r#"<x:complexType/>"#, true),
        (r#"<x:complexType><x:all><x:element name="a"/><x:element name="b"/></x:all></x:complexType>"#, true),
        (
            r#"<x:complexType><x:complexContent><x:extension base="t:Base"><x:sequence><x:element name="b"/></x:sequence></x:extension></x:complexContent></x:complexType>"#,
            true,
        ),
        (
            r#"<x:complexType><x:complexContent><x:extension base="t:Base"><x:sequence><x:element name="a"/></x:sequence></x:extension></x:complexContent></x:complexType>"#,
            false,
        ),
        (r#"<x:complexType><x:choice><x:element name="a"/></x:choice></x:complexType>"#, false),
        (r#"<x:complexType><x:sequence maxOccurs="2"><x:element name="a"/></x:sequence></x:complexType>"#, false),
        (r#"<x:complexType><x:sequence><x:any/></x:sequence></x:complexType>"#, false),
        (
            r#"<x:complexType><x:sequence><x:element name="a"/></x:sequence><x:attribute name="b"/></x:complexType>"#,
            false,
        ),
        (r#"<x:complexType mixed="true"><x:sequence><x:element name="a"/></x:sequence></x:complexType>"#, false),
        (r#"<x:complexType><x:simpleContent><x:extension base="x:int"/></x:simpleContent></x:complexType>"#, false),
        (r#"<x:simpleType><x:restriction base="x:int"/></x:simpleType>"#, false),
    ] {
        let base = r#"<x:complexType name="Base"><x:sequence><x:element name="a"/></x:sequence></x:complexType>"#;
        let more = format!(r#"{base}<x:element name="more">{content}</x:element><x:element name="head""#);
        let one = One { parts: r#"<w:part name="p" element="t:more"/>"#, ..One::default() };
        let document = one.document().replace(r#"<x:element name="head""#, &more);
        let definitions = read(&[("a.wsdl", &document)]).unwrap_or_else(|error| panic!("{error}"));
        let text = render(&definitions);
        assert_eq!(text.contains("in wrapped"), is_wrapped, "{content}\n{text}");
    }
}

#[test]
fn rpc_has_an_element_for_each_part() {
    One {
        parts: r#"<w:part name="a" type="x:int"/><w:part name="b" type="x:string"><w:documentation>Why.</w:documentation></w:part>"#,
        binding: r#"<s:binding style="rpc"/>"#,
        input: r#"<s:body use="literal" namespace="urn:n"/>"#,
        output: r#"<s:body use="literal" namespace="urn:m" parts=""/>"#,
        ..One::default()
    }
    .assert_reads(&[GO, "in rpc {urn:n}go", "a: int", "b: string  // Why.", "out rpc {urn:m}goResponse"]);
}

#[test]
fn headers_are_apart_from_the_body() {
    let both = r#"<w:part name="parameters" element="t:go"/><w:part name="h" element="t:head"/>"#;
    let headed = [GO, "in header t:head: string", "in wrapped t:go", "a: int", ANSWER];
    for (parts, input) in [
        (both, r#"<s:body use="literal" parts="parameters"/><s:header message="t:in" part="h" use="literal"/>"#),
        (both, r#"<s:header message="t:in" part="h" use="literal"/><s:body use="literal"/>"#),
        (One::default().parts, r#"<s:header message="t:heads" part="h" use="literal"/><s:body use="literal"/>"#),
    ] {
        One { parts, input, ..One::default() }.assert_reads(&headed);
    }
}

#[test]
fn what_cannot_be_called_says_why() {
    for (one, reason) in [
        (One { parts: r#"<w:part name="p" type="x:int"/>"#, ..One::default() }, "has a part `p` with a type"),
        (
            One { parts: r#"<w:part name="p" element="t:go"/><w:part name="q" element="t:head"/>"#, ..One::default() },
            "has 2 parts in one Body",
        ),
        (One { input: r#"<s:body use="encoded"/>"#, ..One::default() }, "is in SOAP encoding"),
        (One { output: r#"<s:body use="encoded"/>"#, ..One::default() }, "is in SOAP encoding"),
        (One { binding: r#"<s:binding style="rpc"/>"#, ..One::default() }, "has a part `parameters` with an element"),
        (
            One { operation: r#"<w:output message="t:out"/><w:input message="t:in"/>"#, ..One::default() },
            "is begun by the service",
        ),
        (
            One {
                input: r#"<m:multipartRelated xmlns:m="http://schemas.xmlsoap.org/wsdl/mime/"><m:part><s:body use="literal"/></m:part><m:part/></m:multipartRelated>"#,
                ..One::default()
            },
            "has attachments beside",
        ),
    ] {
        let document = one.document();
        let definitions = read(&[("a.wsdl", &document)]).unwrap_or_else(|error| panic!("{error}"));
        let operation = &definitions.services[0].ports[0].operations[0];
        let unsupported = operation.unsupported.as_deref().unwrap_or_default();
        assert!(unsupported.starts_with(reason), "{reason}: {unsupported}");
    }
}

#[test]
fn a_message_in_one_part_of_mime_is_a_message() {
    One {
        input: r#"<m:multipartRelated xmlns:m="http://schemas.xmlsoap.org/wsdl/mime/"><m:part><s:body use="literal"/></m:part></m:multipartRelated>"#,
        ..One::default()
    }
    .assert_reads(&[GO, "in wrapped t:go", "a: int", ANSWER]);
}

#[test]
fn faults_that_lead_nowhere_are_no_reason_to_refuse_the_rest() {
    One {
        operation: r#"<w:documentation> Goes. </w:documentation><w:input message="t:in"/>
            <w:fault name="Missing" message="t:nowhere"/><w:fault name="There" message="t:heads"><w:documentation>Oh.</w:documentation></w:fault>"#,
        ..One::default()
    }
    .assert_reads(&[
        &format!("{GO}  // Goes."),
        "in wrapped t:go",
        "a: int",
        "one way",
        "fault Missing",
        "fault There  // Oh.",
        "t:head: string",
    ]);
}

#[test]
fn names_without_a_prefix_are_meant_in_the_document() {
    let document =
        One { operation: r#"<w:input message="in"/>"#, parts: r#"<w:part name="p" element="go"/>"#, ..One::default() };
    document.assert_reads(&[GO, "in wrapped t:go", "a: int", "one way"]);
}

/// The ports of a WSDL with these bindings, one port for each.
#[track_caller]
fn ports(bindings: &[&str]) -> Vec<(String, String)> {
    let port = |index: usize| format!(r#"<w:port name="P{index}" binding="t:B{index}"/>"#);
    let ports: String = (0..bindings.len()).map(port).collect();
    let bind =
        |(index, content): (usize, &&str)| format!(r#"<w:binding name="B{index}" type="t:P">{content}</w:binding>"#);
    let bindings: String = bindings.iter().enumerate().map(bind).collect();
    let document = wsdl(&format!(r#"<w:portType name="P"/>{bindings}<w:service name="S">{ports}</w:service>"#));
    let definitions = read(&[("a.wsdl", &document)]).unwrap_or_else(|error| panic!("{error}"));
    definitions.ports().map(|(_, port)| (port.name.clone(), format!("{:?}", port.version))).collect()
}

#[test]
fn only_soap_over_http_is_kept() {
    let bindings = [
        r#"<s:binding transport="http://schemas.xmlsoap.org/soap/http"/>"#,
        r#"<s12:binding transport="http://schemas.xmlsoap.org/soap/http"/>"#,
        r#"<s12:binding transport="http://www.w3.org/2003/05/soap/bindings/HTTP/"/>"#,
        r#"<s:binding transport="http://schemas.xmlsoap.org/soap/smtp"/>"#,
        r#"<h:binding verb="GET" xmlns:h="http://schemas.xmlsoap.org/wsdl/http/"/>"#,
        "",
    ];
    let expected = [("P0", "Soap11"), ("P1", "Soap12"), ("P2", "Soap12")];
    assert_eq!(ports(&bindings), expected.map(|(name, version)| (name.to_owned(), version.to_owned())));
}

#[test]
fn of_operations_with_one_name_the_first_can_be_called() {
    let operation =
        |name: &str| format!(r#"<w:operation name="go"><w:input name="{name}" message="t:{name}"/></w:operation>"#);
    let bound = |name: &str| {
        format!(
            r#"<w:operation name="go"><s:operation soapAction="{name}"/><w:input name="{name}"><s:body use="literal"/></w:input></w:operation>"#
        )
    };
    let document = wsdl(&format!(
        r#"{SCHEMA}<w:message name="one"><w:part name="p" element="t:go"/></w:message><w:message name="two"><w:part name="p" element="t:text"/></w:message>
        <w:portType name="P">{}{}<w:operation name="unbound"/></w:portType><w:binding name="B" type="t:P"><s:binding/>{}{}</w:binding>
        <w:service name="S"><w:port name="P" binding="t:B"/></w:service>"#,
        operation("one"),
        operation("two"),
        bound("two"),
        bound("one")
    ));
    let definitions = read(&[("a.wsdl", &document)]).unwrap_or_else(|error| panic!("{error}"));
    let operations = &definitions.services[0].ports[0].operations;
    let said: Vec<_> =
        operations.iter().map(|operation| (&*operation.action, operation.unsupported.is_some())).collect();
    assert_eq!(said, [("one", false), ("two", true), ("", true)]);
}
