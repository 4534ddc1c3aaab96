//! Whole modules, compared with reviewed ones in `tests/generated/golden/`, where they are compiled and called.
//!
//! `UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden` writes them anew.

use std::path::{Path, PathBuf};

use super::{Source, source};
use crate::wsdl::documents::{Document, Documents};
use crate::wsdl::read::definitions;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn generated(wsdl: &str) -> Result<Source, String> {
    let path = tests().join(wsdl);
    let documents = Documents::from_file(&path).map_err(|error| error.to_string())?;
    let definitions = definitions(&documents).map_err(|error| error.to_string())?;
    source(&definitions, &path.file_name().unwrap_or_default().to_string_lossy())
}

#[test]
fn modules_are_the_golden_ones() {
    for (wsdl, golden) in [
        ("wsdl/reference/waiter.wsdl", "waiter"),
        ("wsdl/reference/calculator.wsdl", "calculator"),
        ("generated/wsdl/auth.wsdl", "auth"),
        ("generated/wsdl/gss.wsdl", "gss"),
        ("generated/wsdl/mixed.wsdl", "mixed"),
        ("generated/wsdl/odd.wsdl", "odd"),
        ("generated/wsdl/rpc.wsdl", "rpc"),
        ("wsdl/golden/kitchen_sink_legacy.wsdl", "legacy"),
        ("wsdl/foreign/gsoap/library.wsdl", "gsoap_library"),
        ("wsdl/foreign/jaxws/library.wsdl", "jaxws_library"),
        ("wsdl/foreign/spyne/library.wsdl", "spyne_library"),
    ] {
        let Source { text, warnings } = generated(wsdl).unwrap_or_else(|problem| panic!("{wsdl}: {problem}"));
        let warnings: String = warnings.iter().map(|warning| format!("// warning: {warning}\n")).collect();
        assert_golden(&format!("{golden}.rs"), &(warnings + &text));
    }
}

fn assert_golden(file: &str, actual: &str) {
    let path = tests().join("generated/golden").join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let command = "UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden";
    assert_eq!(actual, golden, "{file} differs; {command}");
}

/// A WSDL with one operation, whose argument is of the type `T0`.
fn with_types(types: &str) -> String {
    let element = |name: &str, ty: &str| {
        format!(
            r#"<x:element name="{name}"><x:complexType><x:sequence><x:element name="a" type="{ty}"/></x:sequence></x:complexType></x:element>"#
        )
    };
    let elements = element("o", "t:T0") + &element("oResponse", "x:int");
    format!(
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
            xmlns:t="urn:t" xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">
        <types><x:schema targetNamespace="urn:t">{types}{elements}</x:schema></types>
        <message name="i"><part name="p" element="t:o"/></message>
        <message name="r"><part name="p" element="t:oResponse"/></message>
        <portType name="P"><operation name="o"><input message="t:i"/><output message="t:r"/></operation></portType>
        <binding name="B" type="t:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
          <operation name="o"><s:operation soapAction=""/><input><s:body use="literal"/></input>
          <output><s:body use="literal"/></output></operation></binding>
        <service name="S"><port name="P" binding="t:B"><s:address location="http://h/"/></port></service></definitions>"#
    )
}

fn of_types(types: &str) -> String {
    let location = "http://h/a".parse().expect("it is a URL");
    let documents = Documents::new(Document::new("a.wsdl", location, with_types(types)));
    let definitions = definitions(&documents).expect("it is a WSDL");
    source(&definitions, "a.wsdl").unwrap_or_else(|problem| panic!("{problem}")).text
}

#[test]
fn a_long_row_of_types_fits_on_the_stack() {
    let mut row: String = (0..2000)
        .map(|at| {
            let next = at + 1;
            format!(r#"<x:complexType name="T{at}"><x:sequence><x:element name="a" type="t:T{next}"/></x:sequence></x:complexType>"#)
        })
        .collect();
    row += r#"<x:complexType name="T2000"/>"#;
    assert!(of_types(&row).contains("pub struct T1999 {"));
}

#[test]
fn many_values_of_one_name_have_numbers() {
    let values: String = (1..=2000).map(|count| format!(r#"<x:enumeration value="{}"/>"#, "+".repeat(count))).collect();
    let of = of_types(&format!(
        r#"<x:simpleType name="T0"><x:restriction base="x:string">{values}</x:restriction></x:simpleType>"#
    ));
    assert!(of.contains("\n    Value2000,"), "{of}");
}
