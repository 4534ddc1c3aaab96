//! Documents that mean harm: they are refused, soon and without a crash.

use std::fmt::Write;
use std::path::Path;

use proptest::prelude::*;

use super::{read, schema, workspace};

#[track_caller]
fn refusal(document: &str) -> String {
    read(&[("a.wsdl", document)]).expect_err("it is refused").to_string()
}

#[test]
fn types_in_circles_are_refused() {
    for content in [
        r#"<x:simpleType name="A"><x:restriction base="t:A"/></x:simpleType>"#,
        r#"<x:simpleType name="A"><x:union memberTypes="x:int t:B"/></x:simpleType><x:simpleType name="B"><x:list itemType="t:A"/></x:simpleType>"#,
        r#"<x:complexType name="A"><x:complexContent><x:extension base="t:B"/></x:complexContent></x:complexType>
           <x:complexType name="B"><x:complexContent><x:extension base="t:A"/></x:complexContent></x:complexType>"#,
        r#"<x:complexType name="A"><x:complexContent><x:restriction base="t:A"/></x:complexContent></x:complexType>"#,
        r#"<x:complexType name="A"><x:simpleContent><x:restriction base="t:A"/></x:simpleContent></x:complexType>"#,
        r#"<x:complexType name="A"><x:simpleContent><x:extension base="t:A"/></x:simpleContent></x:complexType>"#,
        r#"<x:group name="G"><x:sequence><x:group ref="t:G"/><x:group ref="t:G"/></x:sequence></x:group>
           <x:complexType name="A"><x:group ref="t:G"/></x:complexType>"#,
        r#"<x:attributeGroup name="G"><x:attributeGroup ref="t:G"/></x:attributeGroup>
           <x:complexType name="A"><x:attributeGroup ref="t:G"/></x:complexType>"#,
        r#"<x:element name="a" substitutionGroup="t:b"/><x:element name="b" substitutionGroup="t:a"/>"#,
        r#"<x:element name="a" substitutionGroup="t:b" type="x:int"/><x:element name="b" substitutionGroup="t:a" type="x:int"/>
           <x:complexType name="A"><x:sequence><x:element ref="t:a"/></x:sequence></x:complexType>"#,
        r#"<x:element name="a"><x:simpleType><x:restriction base="t:a"/></x:simpleType></x:element>"#,
    ] {
        let said = refusal(&schema(content));
        assert!(
            said.contains("in circles") || said.contains("made of itself") || said.contains("no type"),
            "{content}\n{said}"
        );
    }
}

#[test]
fn long_rows_are_no_deep_ones() {
    let mut content = String::new();
    for index in 0..5000 {
        let next = index + 1;
        let row = [
            format!(r#"<x:simpleType name="S{index}"><x:restriction base="t:S{next}"/></x:simpleType>"#),
            format!(
                r#"<x:complexType name="C{index}"><x:complexContent><x:restriction base="t:C{next}"/></x:complexContent></x:complexType>"#
            ),
        ];
        row.iter().for_each(|line| content.push_str(line));
    }
    content.push_str(
        r#"<x:simpleType name="S5000"><x:restriction base="x:int"/></x:simpleType><x:complexType name="C5000"/>"#,
    );
    assert!(refusal(&schema(&content)).contains("in circles"));
    // Elements that contain each other are types like any others.
    let row: String = (0..5000).map(|index| format!(r#"<x:complexType name="C{index}"><x:sequence><x:element name="a" type="t:C{}"/></x:sequence></x:complexType>"#, (index + 1) % 5000)).collect();
    assert_eq!(read(&[("a.wsdl", &schema(&row))]).expect("it is a long row").types.len(), 5000);
}

#[test]
fn groups_that_double_are_refused() {
    let mut content = r#"<x:complexType name="A"><x:group ref="t:G0"/></x:complexType>"#.to_owned();
    for index in 0..40 {
        let twice = format!(r#"<x:group ref="t:G{}"/>"#, index + 1).repeat(2);
        write!(content, r#"<x:group name="G{index}"><x:choice>{twice}</x:choice></x:group>"#)
            .expect("a string takes it");
    }
    content.push_str(r#"<x:group name="G40"><x:choice><x:element name="a"/></x:choice></x:group>"#);
    assert!(refusal(&schema(&content)).contains("more than 250000 elements"));
}

#[test]
fn deep_nesting_is_refused() {
    let depth = 100_000;
    let nested = format!("{}{}", "<x:sequence>".repeat(depth), "</x:sequence>".repeat(depth));
    assert!(
        refusal(&schema(&format!(r#"<x:complexType name="A">{nested}</x:complexType>"#)))
            .contains("more than 128 deep")
    );
    // Without ends, and behind what looks like tags.
    assert!(refusal(&"<a>".repeat(depth)).contains("more than 128 deep"));
    let quiet = "<!-- <a><a> --><?p <a>?><![CDATA[<a>]]><a b='>' c=\"/>\"/>".repeat(1000);
    assert!(refusal(&format!("<r>{quiet}</r>")).contains("its root is `r`"));
}

#[test]
fn many_attributes_and_namespaces_are_refused() {
    let attributes: String = (0..2000).map(|index| format!(" a{index}=''")).collect();
    assert!(refusal(&format!("<a{attributes}/>")).contains("more than 1024 attributes"));
    assert!(refusal(&format!("<a {}", "=".repeat(1 << 20))).contains("more than 1024 attributes"));
    let declarations: String = (0..1000).map(|index| format!(" xmlns:a{index}='u'")).collect();
    let many = format!("<r{declarations}>{}</r>", "<a/>".repeat(110_000));
    assert!(refusal(&many).contains("too many namespaces"));
}

#[test]
fn entities_are_refused() {
    let laughs = r#"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>"#;
    assert!(refusal(laughs).contains("DOCTYPE"));
    assert!(refusal("<l>&b;</l>").contains("not well-formed"));
}

fn sample() -> String {
    let path = workspace().join("tests/wsdl/foreign/gsoap/library.wsdl");
    std::fs::read_to_string(Path::new(&path)).expect("the file is there")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Pieces of the document are taken out, doubled, or put elsewhere.
    #[test]
    fn mutations_never_panic(cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..80, any::<prop::sample::Index>(), 0_u8..4), 1..8)) {
        let mut text: Vec<char> = sample().chars().collect();
        for (from, length, to, how) in cuts {
            let from = from.index(text.len());
            let end = (from + length).min(text.len());
            let piece: Vec<char> = text[from..end].to_vec();
            if how != 0 {
                text.drain(from..end);
            }
            if how != 1 && !text.is_empty() {
                let to = to.index(text.len());
                text.splice(to..to, piece);
            }
        }
        let text: String = text.into_iter().collect();
        let _read = read(&[("a.wsdl", &text)]);
    }

    /// Names are exchanged for others of the document, so that references lead where they should not.
    #[test]
    fn exchanged_names_never_panic(swaps in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..20)) {
        let sample = sample();
        let mut words: Vec<&str> = sample.split('"').collect();
        for (one, other) in swaps {
            // Every second piece is a value of an attribute.
            let index = |at: prop::sample::Index| (at.index(words.len() / 2) * 2 + 1).min(words.len() - 1);
            let (one, other) = (index(one), index(other));
            words[one] = words[other];
        }
        let _read = read(&[("a.wsdl", &words.join("\""))]);
    }
}
