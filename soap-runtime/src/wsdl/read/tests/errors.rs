//! What is wrong is said with its place, and what to do.

use super::{read, schema, wsdl};

#[test]
fn errors_name_the_place_and_the_mend() {
    let element = |content: &str| schema(&format!("\n\n  {content}"));
    for (document, said) in [
        ("<a>\n <b></a>".to_owned(), "a.wsdl:2:5: the document is not well-formed: expected 'b' tag, not 'a'"),
        (String::new(), "a.wsdl:1:1: the document is not well-formed"),
        ("<!DOCTYPE html><html/>".to_owned(), "a.wsdl is no WSDL: it has a DOCTYPE"),
        ("<html/>".to_owned(), "a.wsdl is no WSDL: it is a page; try its address with `?wsdl`"),
        ("<description xmlns='http://www.w3.org/ns/wsdl'/>".to_owned(), "a.wsdl is no WSDL: it is WSDL 2.0"),
        ("<schema xmlns='http://www.w3.org/2001/XMLSchema'/>".to_owned(), "a.wsdl is no WSDL: it is a schema"),
        ("<definitions/>".to_owned(), "a.wsdl is no WSDL: its root is `definitions`, not `definitions` of http:"),
        (element("<x:element/>"), "a.wsdl:6:3: `element` has no attribute `name`"),
        (element("<x:element name='a' type='t:B'/>"), "a.wsdl:6:3: there is no type `{urn:t}B`; is its name misspelt"),
        (element("<x:element name='a' type='x:Int'/>"), "a.wsdl:6:3: there is no built-in type"),
        (element("<x:element name='a' type='q:B'/>"), "a.wsdl:6:3: the prefix `q` of `q:B` is not declared"),
        (element("<x:simpleType name='a'/>"), "a.wsdl:6:3: `simpleType` has none of `restriction`"),
        (
            element("<x:complexType name='a'><x:sequence minOccurs='many'/></x:complexType>"),
            "a.wsdl:6:27: `minOccurs` is `many`, which is no number",
        ),
        (
            wsdl("<w:binding name='B' type='t:P'/><w:service name='S'>\n<w:port name='P' binding='t:C'/></w:service>"),
            "a.wsdl:5:1: there is no binding `{urn:t}C`",
        ),
        (
            wsdl(
                "<w:binding name='B' type='t:P'><s:binding/></w:binding><w:service name='S'><w:port name='P' binding='t:B'/></w:service>",
            ),
            "a.wsdl:4:65: there is no portType `{urn:t}P`",
        ),
    ] {
        let error = read(&[("a.wsdl", &document)]).expect_err(&document).to_string();
        assert!(error.starts_with(said), "{said}\n{error}");
    }
}
