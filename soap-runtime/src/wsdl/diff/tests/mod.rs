//! Each rule with a pair of small documents, and what must hold of any document.

mod documents;
mod operations;
mod parts;
mod types;

use url::Url;

use super::{Judgement, addresses, diff};
use crate::wsdl::documents::{Document, Documents};
use crate::wsdl::model::Definitions;
use crate::wsdl::read::definitions;

/// What is expected: `!` before what is breaking.
type Expected<'e> = &'e [&'e str];

pub(super) fn read(text: &str) -> Definitions {
    let location = Url::parse("file:///test.wsdl").expect("it is a URL");
    let documents = Documents::new(Document::new("test.wsdl", location, text));
    definitions(&documents).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The lines, without the service and the operation.
pub(super) fn lines(old: &str, new: &str) -> Vec<String> {
    let changes = diff(&read(old), &read(new));
    let mark = |judgement| if judgement == Judgement::Breaking { "! " } else { "" };
    changes.iter().map(|change| format!("{}{}", mark(change.judgement), change.sentence)).collect()
}

#[track_caller]
pub(super) fn assert_lines(old: &str, new: &str, expected: Expected<'_>) {
    assert_eq!(lines(old, old), [""; 0], "{old}");
    assert_eq!(lines(new, new), [""; 0], "{new}");
    assert_eq!(lines(old, new), expected, "from {old}\nto {new}");
}

/// A service with the operation `order`.
#[derive(Clone, Copy)]
pub(super) struct Parts<'p> {
    pub(super) inputs: &'p str,
    pub(super) outputs: &'p str,
    pub(super) types: &'p str,
}

impl Parts<'_> {
    pub(super) fn wsdl(&self) -> String {
        let Self { inputs, outputs, types } = self;
        format!(
            r#"<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:shop"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    targetNamespace="urn:shop">
  <wsdl:types><xs:schema targetNamespace="urn:shop" elementFormDefault="qualified">
    {types}
    <xs:element name="order"><xs:complexType><xs:sequence>{inputs}</xs:sequence></xs:complexType></xs:element>
    <xs:element name="orderResponse"><xs:complexType><xs:sequence>{outputs}</xs:sequence></xs:complexType></xs:element>
  </xs:schema></wsdl:types>
  <wsdl:message name="order"><wsdl:part name="parameters" element="tns:order"/></wsdl:message>
  <wsdl:message name="orderResponse"><wsdl:part name="parameters" element="tns:orderResponse"/></wsdl:message>
  <wsdl:portType name="Shop"><wsdl:operation name="order">
    <wsdl:input message="tns:order"/><wsdl:output message="tns:orderResponse"/>
  </wsdl:operation></wsdl:portType>
  <wsdl:binding name="Shop" type="tns:Shop">
    <soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <wsdl:operation name="order"><soap:operation soapAction="urn:shop:order"/>
      <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
    </wsdl:operation>
  </wsdl:binding>
  <wsdl:service name="Shop"><wsdl:port name="Shop" binding="tns:Shop">
    <soap:address location="http://localhost/shop"/>
  </wsdl:port></wsdl:service>
</wsdl:definitions>"#
        )
    }
}

/// Two forms of something that is sent and comes back: what is said of it as an input, and as an output.
#[track_caller]
pub(super) fn assert_both_ways(types: [&str; 2], parts: [&str; 2], input: Expected<'_>, output: Expected<'_>) {
    let [old, new] = [0, 1].map(|at| Parts { inputs: parts[at], outputs: "", types: types[at] }.wsdl());
    assert_lines(&old, &new, input);
    let [old, new] = [0, 1].map(|at| Parts { inputs: "", outputs: parts[at], types: types[at] }.wsdl());
    assert_lines(&old, &new, output);
}
