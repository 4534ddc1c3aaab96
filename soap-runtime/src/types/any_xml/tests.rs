use proptest::prelude::*;

use super::super::testing::{read_elements, round_trip, write_elements};
use super::super::{Array, Nillable};
use super::*;

/// What is read of `<v>…</v>` with declarations around it.
fn content(xml: &str) -> String {
    let value: AnyXml = read_elements(xml).unwrap_or_else(|error| panic!("{xml}: {error}"));
    assert_eq!(round_trip(&value), value, "{xml}");
    assert_eq!(AnyXml::parse(value.as_str()).map(|again| again.to_string()), Ok(value.to_string()), "{xml}");
    value.into_string()
}

#[test]
fn what_is_read_stands_for_itself() {
    for (xml, expected) in [
        ("<v/>", ""),
        ("<v><a/></v>", "<a/>"),
        ("<v><a></a>\n<b>1</b></v>", "<a/>\n<b>1</b>"),
        ("<v xmlns:p='urn:p'><p:a p:b='1'/><p:c/></v>", "<p:a xmlns:p=\"urn:p\" p:b=\"1\"/><p:c xmlns:p=\"urn:p\"/>"),
        ("<v xmlns:p='urn:p'><a xmlns:p='urn:q'><p:b/></a></v>", "<a xmlns:p=\"urn:q\"><p:b/></a>"),
        ("<v xmlns='urn:d'><a><b xmlns=''/></a></v>", "<a xmlns=\"urn:d\"><b xmlns=\"\"/></a>"),
        ("<v xmlns='urn:d'><a xmlns=''/></v>", "<a xmlns=\"\"/>"),
        ("<v xmlns='urn:d'><a xmlns='urn:e'/></v>", "<a xmlns=\"urn:e\"/>"),
        // A prefix may stand in a value.
        ("<v xmlns:p='urn:p'><a b='p:int'/></v>", "<a xmlns:p=\"urn:p\" b=\"p:int\"/>"),
        (
            "<v xmlns:p='urn:p'><a>(p:int)</a><a>p: q</a></v>",
            "<a xmlns:p=\"urn:p\">(p:int)</a><a xmlns:p=\"urn:p\">p: q</a>",
        ),
        ("<v xmlns:p='urn:p'><a>xp:int</a></v>", "<a>xp:int</a>"),
        ("<v xmlns:p='urn:&lt;&quot;'><p:a/></v>", "<p:a xmlns:p=\"urn:&lt;&quot;\"/>"),
        ("<v><a xml:lang='de'/></v>", "<a xml:lang=\"de\"/>"),
        // Text is text, however it was written.
        ("<v><![CDATA[<&>]]>&#65;<!-- c -->&lt;</v>", "&lt;&amp;&gt;A&lt;"),
        ("<v><a b='&#9;&#10;&quot;&apos;&lt;'/>\r\n&#13;</v>", "<a b=\"&#9;&#10;&quot;'&lt;\"/>\n&#13;"),
    ] {
        assert_eq!(content(xml), expected, "{xml}");
    }
}

#[test]
fn attributes_of_the_element_are_kept() {
    let xml = "<v xmlns:p='urn:p' xmlns:xs='urn:xs' xmlns:tns='urn:other' a='\"&#9;' p:b='xs:int' xsi:type='tns:Order' \
               xml:lang='de'>p:x</v>";
    let value: AnyXml = read_elements(xml).expect("it is well-formed");
    assert_eq!(value.attribute("", "a"), Some("\"\t"));
    assert_eq!(value.attribute("urn:p", "b"), Some("xs:int"));
    assert_eq!(value.xsi_type(), Some(("urn:other", "Order")));
    assert_eq!(round_trip(&value), value);
    let written = write_elements(&value);
    for expected in [
        " xmlns:p=\"urn:p\"",
        " xmlns:xs=\"urn:xs\"",
        " xmlns:a2=\"urn:other\"",
        "a1:type=\"a2:Order\"",
        " xml:lang=\"de\"",
        ">p:x<",
    ] {
        assert!(written.contains(expected), "{written} has no {expected}");
    }
    assert_eq!(round_trip(&vec![value.clone(), AnyXml::default()]), vec![value.clone(), AnyXml::default()]);
    assert_eq!(round_trip(&Array(vec![Nillable::Value(value.clone()), Nillable::Nil])).0[0], Nillable::Value(value));
}

#[test]
fn only_what_an_element_can_hold_is_taken() {
    for (xml, words) in [
        ("<a>", "`</v>` closes `<a>`"),
        ("</a>", "`</a>` closes"),
        ("</v><v>", "there is a second root element"),
        ("</v>", "`</v>` closes nothing"),
        ("<a></b>", "`</b>` closes `<a>`"),
        ("<p:a/>", "no declaration for the namespace prefix `p`"),
        ("a & b", ""),
        ("<!DOCTYPE a>", "DOCTYPE"),
        ("<?php ?>", "processing instructions"),
        ("&nbsp;", "unknown entity"),
        ("\0", "U+0000"),
        ("<a", ""),
    ] {
        let error = AnyXml::parse(xml).expect_err(xml).to_string();
        assert!(error.contains(words), "{xml}: {error}");
    }
    assert!(AnyXml::from_text("\u{1}").is_err());
    let error = AnyXml::parse("<a/><p:a/>").expect_err("there is no such prefix").to_string();
    assert!(error.ends_with("(line 1, column 5)"), "{error}");
}

#[test]
fn text_goes_in_and_out() {
    for text in ["", "a < b & c > \"d\"", " \r\n\t", "]]>"] {
        let xml = AnyXml::from_text(text).expect("XML can carry it");
        assert_eq!(xml.to_text().as_deref(), Some(text));
        assert_eq!(round_trip(&xml), xml);
    }
    assert_eq!(AnyXml::parse("a<b/>").expect("it is well-formed").to_text(), None);
    assert_eq!(AnyXml::schema(), Schema::Any);
    assert_eq!(read_elements::<Option<AnyXml>>("<v xsi:nil='true'/>"), Ok(None));
}

#[test]
fn the_limits_hold_in_it() {
    let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
    assert!(AnyXml::parse(&deep).expect_err("it is deep").to_string().contains("nested more than 256 deep"));
    let limits = Limits { text: 10, ..Limits::default() };
    let error = Fragment::parse("<a>0123456789</a>", limits).expect_err("it is long").to_string();
    assert!(error.contains("a fragment of XML is longer than 10 bytes"), "{error}");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(xml in r#"([<>/&;"'=:!\[\]\-? ]|<[ab]|</[ab]>|xmlns|CDATA|[a-c\n]){0,16}|\PC{0,20}"#) {
        if let Ok(value) = AnyXml::parse(&xml) {
            prop_assert_eq!(round_trip(&value), value);
        }
    }
}
