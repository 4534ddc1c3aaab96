//! What is put together from several documents.

use super::render::render;
use super::{read, wsdl};
use crate::wsdl::read::WsdlError;

const XSD: &str = r#"xmlns:x="http://www.w3.org/2001/XMLSchema""#;

fn xsd(namespace: &str, content: &str) -> String {
    format!(r#"<x:schema {XSD} xmlns:o="urn:o" {namespace}>{content}</x:schema>"#)
}

#[test]
fn schemas_are_imported_and_included_through_each_other() {
    let main = wsdl(
        r#"<w:types><x:schema targetNamespace="urn:t"><x:import namespace="urn:o" schemaLocation="sub/o.xsd"/><x:include schemaLocation="plain.xsd"/></x:schema></w:types>"#,
    );
    // It includes a schema without a namespace, which goes by its own, and imports itself.
    let other = xsd(
        r#"targetNamespace="urn:o""#,
        r#"<x:include schemaLocation="../plain.xsd#there"/><x:import namespace="urn:o" schemaLocation="o.xsd"/><x:complexType name="Other"><x:sequence><x:element name="a" type="o:Plain"/></x:sequence></x:complexType>"#,
    );
    let plain = xsd(
        "",
        r#"<x:simpleType name="Plain"><x:restriction base="Base"/></x:simpleType><x:simpleType name="Base"><x:restriction base="x:int"/></x:simpleType>"#,
    );
    let read = read(&[("a.wsdl", &main), ("sub/o.xsd", &other), ("plain.xsd", &plain)]).expect("all is there");
    let names: Vec<String> = read.types.keys().map(ToString::to_string).collect();
    assert_eq!(names, ["{urn:o}Base", "{urn:o}Other", "{urn:o}Plain", "{urn:t}Base", "{urn:t}Plain"]);
    assert!(render(&read).contains("type {urn:o}Plain restricts {urn:o}Base"), "{}", render(&read));
}

#[test]
fn wsdls_are_imported_with_their_services() {
    let main = wsdl(r#"<w:import namespace="urn:t" location="b.wsdl"/><w:service name="First"/>"#);
    let binding = wsdl(
        r#"<w:import namespace="urn:t" location="a.wsdl"/><w:import namespace="urn:x" location="x.xsd"/><w:portType name="P"/>
        <w:binding name="B" type="t:P"><s:binding/></w:binding><w:service name="Second"><w:port name="Q" binding="t:B"/></w:service>"#,
    );
    let schema = xsd(r#"targetNamespace="urn:x""#, r#"<x:complexType name="X"/>"#);
    let read = read(&[("a.wsdl", &main), ("b.wsdl", &binding), ("x.xsd", &schema)]).expect("all is there");
    let services: Vec<&str> = read.services.iter().map(|service| &*service.name.local).collect();
    assert_eq!(services, ["First", "Second"]);
    assert_eq!(read.services[1].ports[0].port_type.to_string(), "{urn:t}P");
    assert_eq!(read.types.len(), 1);
}

#[test]
fn schemas_that_everybody_knows_are_not_asked_for() {
    let main = wsdl(
        r#"<w:types><x:schema targetNamespace="urn:t">
            <x:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>
            <x:import namespace="http://schemas.xmlsoap.org/soap/encoding/" schemaLocation="http://schemas.xmlsoap.org/soap/encoding/"/>
            <x:import namespace="http://www.w3.org/2005/05/xmlmime" schemaLocation="http://www.w3.org/2005/05/xmlmime"/>
            <x:complexType name="T" xmlns:m="http://www.w3.org/2005/05/xmlmime"><x:sequence><x:element name="a" type="m:base64Binary"/></x:sequence>
                <x:attribute ref="xml:space"/><x:attribute ref="m:contentType"/></x:complexType></x:schema></w:types>"#,
    );
    let read = read(&[("a.wsdl", &main)]).expect("nothing is missing");
    assert!(render(&read).contains("a: base64Binary"), "{}", render(&read));
}

#[test]
fn an_import_that_is_not_there_is_named_with_what_to_do() {
    let main = wsdl("\n<w:import namespace=\"urn:t\" location=\"http://h/b.wsdl\"/>");
    let error = read(&[("a.wsdl", &main)]).expect_err("it is missing");
    assert!(matches!(error, WsdlError::NotBeside { .. }));
    let said = error.to_string();
    assert!(said.starts_with("a.wsdl:5:1: `http://h/b.wsdl` is imported"), "{said}");
    assert!(said.contains("soap save URL -o FOLDER"), "{said}");
}
