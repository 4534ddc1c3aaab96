//! What is well-formed, and what of it SOAP allows.

use super::*;

#[test]
fn elements_and_text_are_read_as_they_stand() {
    assert_reads(&[
        ("<a/>", "<a>"),
        ("<a></a\n>", "<a>"),
        ("<a x='1' y=\"2\" />", "<a>"),
        ("<?xml version='1.0' encoding='UTF-8'?>\n<a/>\n", "<a>"),
        ("\n<!-- - --><a> b <c/>d</a><!---->", "<a[ b ]<c>[d]>"),
        ("<größe>é😀</größe>", "<größe[é😀]>"),
    ]);
}

#[test]
fn text_is_joined_from_all_its_forms() {
    assert_reads(&[
        ("<a>&lt;&gt;&amp;&apos;&quot;</a>", "<a[<>&'\"]>"),
        ("<a>&#65;&#x41;&#x1F600;&#13;</a>", "<a[AA😀\r]>"),
        ("<a>x<!-- no -->y<![CDATA[<&>]]>z</a>", "<a[xy<&>z]>"),
        ("<a><![CDATA[]]></a>", "<a>"),
        ("<a>1\r\n2\r3\n4</a>", "<a[1\n2\n3\n4]>"),
        ("<a><![CDATA[1\r\n2]]></a>", "<a[1\n2]>"),
        ("<a>&amp;lt;</a>", "<a[&lt;]>"),
    ]);
}

#[test]
fn tags_have_to_match() {
    assert_refuses(&[
        ("<a><b></a></b>", "`</a>` closes `<b>` (line 1, column 7)"),
        ("<a>\n  <b>\n</a>", "`</a>` closes `<b>` (line 3, column 1)"),
        ("<a></A>", "`</A>` closes `<a>`"),
        ("<x:a xmlns:x='u'></a>", "`</a>` closes `<x:a>`"),
        ("</a>", "`</a>` closes nothing (line 1, column 1)"),
        ("<a/></a>", "`</a>` closes nothing (line 1, column 5)"),
        ("<a><b>", "the document ends inside `<b>` (line 1, column 7)"),
        ("<a", "(line 1, column "),
        ("<a>text</a", "(line 1, column "),
        ("<a>\n<![CDATA[x</a>", "(line 2, column "),
        ("<a>\n<!-- x</a>", "(line 2, column "),
    ]);
}

#[test]
fn there_is_one_root_and_nothing_beside_it() {
    assert_refuses(&[
        ("", "there is no XML element in it (line 1, column 1)"),
        (" \n", "there is no XML element in it (line 2, column 1)"),
        ("<!-- -->", "there is no XML element in it"),
        ("<a/><b/>", "there is a second root element (line 1, column 5)"),
        ("<a></a>\n<a></a>", "there is a second root element (line 2, column 1)"),
        ("x<a/>", "text outside of the root element (line 1, column 1)"),
        ("<a/>\n x", "text outside of the root element"),
        ("<a/>&amp;", "an entity outside of the root element"),
        ("<a/><![CDATA[ ]]>", "character data outside of the root element"),
        ("{\"json\": true}", "text outside of the root element (line 1, column 1)"),
    ]);
}

#[test]
fn what_soap_forbids_is_refused_wherever_it_stands() {
    let doctype = "a SOAP message must not hold a DOCTYPE (SOAP 1.1 §3)";
    let instruction = "a SOAP message must not hold processing instructions (SOAP 1.1 §3)";
    assert_refuses(&[
        ("<!DOCTYPE a><a/>", doctype),
        ("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", doctype),
        ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", doctype),
        ("<?php echo 1; ?><a/>", instruction),
        ("<a><?x?></a>", instruction),
        ("<a/><?x?>", instruction),
        (" <?xml version='1.0'?><a/>", "an XML declaration is only allowed at the very start"),
        ("<a><?xml version='1.0'?></a>", "an XML declaration is only allowed at the very start"),
    ]);
}

#[test]
fn entities_are_the_five_of_xml_and_characters() {
    assert_refuses(&[
        ("<a>&nbsp;</a>", "unknown entity `&nbsp;` (line 1, column 4)"),
        ("<a>\n&x;</a>", "unknown entity `&x;` (line 2, column 1)"),
        ("<a>&#0;</a>", "`&#0;` "),
        ("<a>&#1;</a>", "`&#1;` is U+0001, which XML does not allow"),
        ("<a>&#xFFFE;</a>", "is U+FFFE, which XML does not allow"),
        ("<a>&#xD800;</a>", "`&#xD800;` is no character"),
        ("<a>&#x110000;</a>", "`&#x110000;` is no character"),
        ("<a>&#99999999999999999999;</a>", "is no character"),
        ("<a>&#x;</a>", "`&#x;` is no character"),
        ("<a>&#;</a>", "`&#;` is no character"),
        ("<a>&;</a>", "`&;`"),
        ("<a>& b</a>", "(line 1, column "),
        ("<a>&amp</a>", "(line 1, column "),
        ("<a b='&nbsp;'/>", "in attribute `b`: "),
        ("<a b='&#1;'/>", "attribute `b` "),
        ("<a b='&'/>", "in attribute `b`: "),
    ]);
}

#[test]
fn characters_that_xml_does_not_allow_are_named_with_their_place() {
    assert_refuses(&[
        ("<a>\n\0</a>", "U+0000 is no character that XML allows (XML 1.0 §2.2) (line 2, column 1)"),
        ("<a>é\u{1B}[31m</a>", "U+001B is no character that XML allows (XML 1.0 §2.2) (line 1, column 5)"),
        ("<a>\u{FFFF}</a>", "U+FFFF is no character that XML allows"),
    ]);
}

#[test]
fn tags_and_attributes_have_a_form() {
    assert_refuses(&[
        ("<1a/>", "`1a` is no name of an element (line 1, column 1)"),
        ("< a/>", "is no name of an element"),
        ("<>", "`` is no name of an element"),
        ("<a b/>", "in a tag: "),
        ("<a b=c/>", "in a tag: "),
        ("<a b='1' b='2'/>", "in a tag: "),
        ("<a 1b='2'/>", "`1b` is no name of an attribute"),
        ("<a b='<'/>", "`<` inside a tag: a quote or a `>` is missing"),
        ("<a><b c='1</b></a>", "(line 1, column "),
    ]);
}

#[test]
fn what_stands_behind_a_long_text_keeps_its_place() {
    let long = |line: &str| line.repeat(400_000 / line.len());
    for (text, end, next) in [(long("x"), (1, 400_007), (1, 400_011)), (long("x\n"), (200_001, 1), (200_001, 5))] {
        for (broken, (line, column)) in
            [(format!("<a><b>{text}</c></a>"), end), (format!("<a><b>{text}</b></c>"), next)]
        {
            let error = events(broken).expect_err("it closes another element");
            assert!(error.ends_with(&format!("(line {line}, column {column})")), "{error}");
        }
    }
    // Between elements as well.
    let error = events(format!("<a>{}<1/></a>", long("\n"))).expect_err("it is no name");
    assert!(error.ends_with("(line 400001, column 1)"), "{error}");
}
