//! What schemas say, a rule at a time.

use super::render::render;
use super::{read, schema, wsdl};

/// The types and elements of a schema, without the line of the WSDL; the namespace `urn:t` is left out.
#[track_caller]
fn assert_reads(content: &str, expected: &[&str]) {
    assert_document_reads(&schema(content), expected);
}

#[track_caller]
fn assert_document_reads(document: &str, expected: &[&str]) {
    let definitions = read(&[("a.wsdl", document)]).unwrap_or_else(|error| panic!("{error}"));
    let text = render(&definitions).replace("{urn:t}", "t:");
    let lines: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(lines, expected, "\n{}", lines.join("\n"));
}

#[test]
fn local_names_have_the_form_that_is_said() {
    let ty = r#"<x:complexType name="T"><x:sequence>
        <x:element name="a" type="x:int"/><x:element name="b" form="qualified"/><x:element name="c" form="unqualified"/>
        </x:sequence><x:attribute name="d" type="x:int"/><x:attribute name="e" form="qualified" type="x:int"/></x:complexType>"#;
    assert_reads(
        ty,
        &["type t:T", "  sequence", "    a: int", "    t:b: anyType", "    c: anyType", "  @d?: int", "  @t:e?: int"],
    );
    let forms = r#"targetNamespace="urn:t" elementFormDefault="qualified" attributeFormDefault="qualified""#;
    assert_document_reads(
        &wsdl(&format!("<w:types><x:schema {forms}>{ty}</x:schema></w:types>")),
        &[
            "type t:T",
            "  sequence",
            "    t:a: int",
            "    t:b: anyType",
            "    c: anyType",
            "  @t:d?: int",
            "  @t:e?: int",
        ],
    );
}

#[test]
fn occurrence_nil_and_defaults_are_read() {
    assert_reads(
        r#"<x:complexType name="T"><x:sequence minOccurs="0" maxOccurs="2">
            <x:element name="a" minOccurs="0" nillable="true" default="1" type="x:int"/>
            <x:element name="b" maxOccurs="unbounded" nillable="1" fixed="x" type="x:string"/>
            <x:element name="c" minOccurs="2" maxOccurs="99999999999" type="x:string"/>
            <x:element name="d" minOccurs="0" maxOccurs="0" type="x:string"/>
        </x:sequence></x:complexType>"#,
        &[
            "type t:T",
            "  sequence{0,2}",
            "    a?: int nillable = \"1\"",
            "    b+: string nillable = \"x\"",
            "    c{2,4294967295}: string",
        ],
    );
}

#[test]
fn references_and_groups_stand_for_what_they_name() {
    assert_reads(
        r#"<x:element name="e" type="x:int" nillable="true"><x:annotation><x:documentation>Of e.</x:documentation></x:annotation></x:element>
        <x:group name="G"><x:choice><x:element name="a" type="x:int"/><x:element ref="t:e"/></x:choice></x:group>
        <x:attribute name="at" type="x:int" default="7"/>
        <x:attributeGroup name="AG"><x:attribute ref="t:at" use="required"/><x:attributeGroup ref="t:AG2"/></x:attributeGroup>
        <x:attributeGroup name="AG2"><x:attribute name="n"/><x:anyAttribute/></x:attributeGroup>
        <x:complexType name="T"><x:sequence><x:group ref="t:G" minOccurs="0" maxOccurs="unbounded"/>
            <x:element ref="t:e" minOccurs="0"><x:annotation><x:documentation>Here.</x:documentation></x:annotation></x:element>
            </x:sequence><x:attributeGroup ref="t:AG"/><x:attribute ref="xml:lang"/></x:complexType>"#,
        &[
            "type t:T any attribute",
            "  sequence",
            "    choice*",
            "      a: int",
            "      t:e: int nillable  // Of e.",
            "    t:e?: int nillable  // Here.",
            "  @t:at: int = \"7\"",
            "  @n?: anySimpleType",
            "  @{http://www.w3.org/XML/1998/namespace}lang?: language",
            "global t:e: int nillable  // Of e.",
        ],
    );
}

#[test]
fn types_of_elements_have_the_name_of_the_element_so_that_circles_end() {
    assert_reads(
        r#"<x:element name="node"><x:complexType><x:sequence><x:element ref="t:node" minOccurs="0"/></x:sequence></x:complexType></x:element>
        <x:element name="T"><x:simpleType><x:restriction base="x:int"/></x:simpleType></x:element>
        <x:complexType name="T"/>"#,
        &[
            "type t:T",
            "type t:TElement restricts int",
            "type t:node",
            "  sequence",
            "    t:node?: t:node",
            "global t:T: t:TElement",
            "global t:node: t:node",
        ],
    );
}

#[test]
fn simple_types_are_restrictions_lists_and_unions() {
    assert_reads(
        r#"<x:simpleType name="E"><x:restriction base="x:string"><x:enumeration value="a"><x:annotation>
                <x:documentation>First.</x:documentation></x:annotation></x:enumeration><x:enumeration value=""/></x:restriction></x:simpleType>
        <x:simpleType name="L"><x:list itemType="t:E"/></x:simpleType>
        <x:simpleType name="M"><x:restriction><x:simpleType><x:list><x:simpleType><x:restriction base="x:int"><x:minInclusive value="1"/>
            </x:restriction></x:simpleType></x:list></x:simpleType><x:maxLength value="3"/></x:restriction></x:simpleType>
        <x:simpleType name="U"><x:union memberTypes="x:int t:E"><x:simpleType><x:restriction base="x:date"/></x:simpleType></x:union></x:simpleType>"#,
        &[
            "type t:E restricts string",
            "  enumeration \"a\"  // First.",
            "  enumeration \"\"",
            "type t:L is a list of t:E",
            "type t:M restricts …",
            "  type is a list of …",
            "    type restricts int",
            "      minInclusive \"1\"",
            "  maxLength \"3\"",
            "type t:U is one of int, t:E, …",
            "  type restricts date",
        ],
    );
}

#[test]
fn complex_content_is_extended_or_said_anew() {
    assert_reads(
        r#"<x:complexType name="B" abstract="true" mixed="true"><x:all><x:element name="a" minOccurs="0" type="x:int"/></x:all>
            <x:attribute name="p"/><x:attribute name="q" type="x:int"/><x:attribute name="r"/></x:complexType>
        <x:complexType name="E"><x:complexContent><x:extension base="t:B"><x:sequence><x:any minOccurs="0" maxOccurs="unbounded"/></x:sequence>
            <x:attribute name="s" type="x:int"/></x:extension></x:complexContent></x:complexType>
        <x:complexType name="R"><x:complexContent><x:restriction base="t:E"><x:sequence><x:element name="a" type="x:int"/></x:sequence>
            <x:attribute name="p" use="prohibited"/><x:attribute name="q" type="x:int" use="required"/></x:restriction></x:complexContent></x:complexType>
        <x:complexType name="A"><x:complexContent><x:restriction base="x:anyType"><x:sequence/></x:restriction></x:complexContent></x:complexType>"#,
        &[
            "type t:A",
            "type t:B abstract mixed",
            "  all",
            "    a?: int",
            "  @p?: anySimpleType",
            "  @q?: int",
            "  @r?: anySimpleType",
            "type t:E extends t:B",
            "  sequence",
            "    any*",
            "  @s?: int",
            "type t:R",
            "  sequence",
            "    a: int",
            "  @r?: anySimpleType",
            "  @s?: int",
            "  @q: int",
        ],
    );
}

#[test]
fn simple_content_is_a_text_with_attributes() {
    assert_reads(
        r#"<x:complexType name="A"><x:simpleContent><x:extension base="x:decimal"><x:attribute name="unit" use="required"/></x:extension></x:simpleContent></x:complexType>
        <x:complexType name="B"><x:simpleContent><x:extension base="t:A"><x:attribute name="at" type="x:date"/></x:extension></x:simpleContent></x:complexType>
        <x:complexType name="C"><x:simpleContent><x:restriction base="t:B"><x:minInclusive value="0"/></x:restriction></x:simpleContent></x:complexType>"#,
        &[
            "type t:A",
            "  text: decimal",
            "  @unit: anySimpleType",
            "type t:B extends t:A",
            "  text: decimal",
            "  @at?: date",
            "type t:C",
            "  text: …",
            "    type restricts decimal",
            "      minInclusive \"0\"",
            "  @unit: anySimpleType",
            "  @at?: date",
        ],
    );
}

#[test]
fn arrays_of_soap_encoding_are_sequences_of_items() {
    assert_reads(
        r#"<x:complexType name="A"><x:complexContent><x:restriction base="e:Array"><x:attribute ref="e:arrayType" w:arrayType="t:P[]"/></x:restriction></x:complexContent></x:complexType>
        <x:complexType name="B"><x:complexContent><x:restriction base="e:Array"><x:sequence><x:element name="n" type="x:int" minOccurs="0" maxOccurs="unbounded"/></x:sequence></x:restriction></x:complexContent></x:complexType>
        <x:complexType name="C"><x:complexContent><x:restriction base="e:Array"><x:attribute ref="e:arrayType" w:arrayType="x:int[][,]"/></x:restriction></x:complexContent></x:complexType>
        <x:complexType name="P"><x:sequence><x:element name="s" type="e:string"/><x:element name="all" type="e:Array"/></x:sequence></x:complexType>"#,
        &[
            "type t:A",
            "  sequence",
            "    item*: t:P nillable",
            "type t:B",
            "  sequence",
            "    n*: int",
            "type t:C",
            "  sequence",
            "    item*: … nillable",
            "      type",
            "        sequence",
            "          item*: int nillable",
            "type t:P",
            "  sequence",
            "    s: string",
            "    all: …",
            "      type",
            "        sequence",
            "          item*: anyType nillable",
        ],
    );
}

#[test]
fn an_element_may_stand_for_another() {
    assert_reads(
        r#"<x:element name="shape" abstract="true" type="t:S"/><x:complexType name="S"/>
        <x:element name="circle" substitutionGroup="t:shape"/>
        <x:element name="square" substitutionGroup="t:shape" type="x:int"/>
        <x:element name="lonely" type="x:int"/>
        <x:complexType name="T"><x:sequence><x:element ref="t:shape" maxOccurs="unbounded"/><x:element ref="t:lonely"/></x:sequence></x:complexType>"#,
        &[
            "type t:S",
            "type t:T",
            "  sequence",
            "    choice+",
            "      t:circle: t:S",
            "      t:square: int",
            "    t:lonely: int",
            "global t:circle: t:S",
            "global t:lonely: int",
            "global t:shape: t:S",
            "global t:square: int",
        ],
    );
}

#[test]
fn groups_in_groups_are_flat_where_that_says_the_same() {
    assert_reads(
        r#"<x:complexType name="T"><x:sequence><x:sequence><x:element name="a" type="x:int"/><x:sequence/></x:sequence><x:choice>
            <x:sequence><x:element name="b" type="x:int"/><x:element name="c" type="x:int"/></x:sequence><x:sequence/></x:choice></x:sequence></x:complexType>
        <x:complexType name="Empty"><x:sequence><x:choice/></x:sequence></x:complexType>"#,
        &[
            "type t:Empty",
            "type t:T",
            "  sequence",
            "    a: int",
            "    choice",
            "      sequence",
            "        b: int",
            "        c: int",
            "      sequence",
        ],
    );
}

#[test]
fn a_data_set_of_dotnet_is_anything() {
    assert_reads(
        r#"<x:complexType name="T"><x:sequence><x:element ref="x:schema"/><x:any/></x:sequence></x:complexType>"#,
        &["type t:T", "  sequence", "    any", "    any"],
    );
}

#[test]
fn names_without_a_prefix_are_looked_for_in_the_schema_too() {
    assert_reads(
        r#"<x:complexType name="T"><x:sequence><x:element name="a" type="U"/></x:sequence></x:complexType><x:complexType name="U"/>"#,
        &["type t:T", "  sequence", "    a: t:U", "type t:U"],
    );
}

#[test]
fn documentation_is_in_english_if_it_can_be() {
    assert_reads(
        r#"<x:complexType name="T"><x:annotation><x:appinfo>No.</x:appinfo><x:documentation xml:lang="de">Ein Typ.</x:documentation>
            <x:documentation xml:lang="en-GB">
                A <b>type</b>,

                with a gap.
            </x:documentation></x:annotation></x:complexType>
        <x:complexType name="U"><x:annotation><x:documentation xml:lang="de">Nur das.</x:documentation></x:annotation></x:complexType>"#,
        &["type t:T  // A type, |  | with a gap.", "type t:U  // Nur das."],
    );
}
