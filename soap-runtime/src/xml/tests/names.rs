//! Namespaces, attributes, and the names in errors.

use super::super::XSI;
use super::*;

#[test]
fn prefixes_stand_for_what_the_nearest_element_declares() {
    for (xml, expected) in [
        ("<a/>", ""),
        ("<a xmlns='u'/>", "u"),
        ("<x:a xmlns:x='u'/>", "u"),
        ("<x:a xmlns:x='a&amp;b'/>", "a&b"),
        ("<xml:a/>", "http://www.w3.org/XML/1998/namespace"),
        ("<a xmlns=''/>", ""),
    ] {
        of_root(xml, |root| {
            assert_eq!((root.namespace(), root.local_name()), (expected, "a"), "{xml}");
        });
    }
    of_root("<x:a xmlns:x='u' xmlns='d'><x:b xmlns:x='v'/><x:c/><d xmlns=''/><e/></x:a>", |mut root| {
        for expected in ["v b", "u c", " d", "d e"] {
            let child = root.next_child().expect("it is well-formed").expect("there is one more");
            assert_eq!(format!("{} {}", child.namespace(), child.local_name()), expected);
        }
        assert!(root.next_child().expect("it is well-formed").is_none());
    });
}

#[test]
fn a_prefix_has_to_be_declared_and_a_name_has_one_at_most() {
    let undeclared = "no declaration for the namespace prefix `x`";
    assert_refuses(&[
        ("<x:a/>", "no declaration for the namespace prefix `x` (line 1, column 1)"),
        ("<a>\n <x:b/></a>", "no declaration for the namespace prefix `x` (line 2, column 2)"),
        ("<a x:b='1'/>", undeclared),
        ("<a><b xmlns:x='u'/><x:c/></a>", undeclared),
        ("<a xmlns:x=''/>", "the prefix `x` is declared as nothing"),
        ("<xmlns:a/>", "no declaration for the namespace prefix `xmlns`"),
        ("<a xmlns:xml='u'/>", "the prefix `xml` cannot be declared"),
        ("<a xmlns:xmlns='u'/>", "the prefix `xmlns` cannot be declared"),
        ("<x:y:a xmlns:x='u'/>", "`x:y:a` is no name of an element"),
        ("<x: xmlns:x='u'/>", "`x:` is no name of an element"),
        ("<:a/>", "`:a` is no name of an element"),
        ("<a x:y:b='1' xmlns:x='u'/>", "`x:y:b` is no name of an attribute"),
    ]);
    assert_reads(&[("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='en'/>", "<a>")]);
}

#[test]
fn an_attribute_is_there_once_whatever_its_prefixes() {
    let twice = "the attribute `b` is there twice in one namespace (line 1, column 1)";
    assert_refuses(&[
        ("<a xmlns:x='u' xmlns:y='u' x:b='1' y:b='2'/>", twice),
        ("<a x:b='1' c='2' y:b='2' xmlns:x='u' xmlns:y='u'/>", twice),
    ]);
    assert_reads(&[("<a xmlns:x='u' xmlns:y='v' xmlns='u' x:b='1' y:b='2' x:c='3' b='4'/>", "<a>")]);
}

#[test]
fn attributes_are_found_by_namespace_and_name() {
    of_root("<a b='1' x:b='2' xmlns='u' xmlns:x='u' c=' &lt;\n&#10;'/>", |root| {
        assert_eq!(root.attribute("", "b"), Some("1"));
        assert_eq!(root.attribute("u", "b"), Some("2"));
        assert_eq!(root.attribute("", "c"), Some(" < \n"));
        assert_eq!(root.attribute("", "xmlns"), None);
        assert_eq!(root.attribute("v", "b"), None);
    });
}

#[test]
fn nil_is_an_attribute_of_the_instance_namespace() {
    for (attributes, expected) in [
        (format!("xmlns:i='{XSI}' i:nil='true'"), true),
        (format!("i:nil='1' xmlns:i='{XSI}'"), true),
        (format!("xmlns:i='{XSI}' i:nil='false'"), false),
        (format!("xmlns:i='{XSI}' i:nil='TRUE'"), false),
        ("nil='true'".to_owned(), false),
        ("xmlns:xsi='other' xsi:nil='true'".to_owned(), false),
    ] {
        assert_eq!(of_root(&format!("<a {attributes}/>"), |root| root.is_nil()), expected, "{attributes}");
    }
}

#[test]
fn errors_name_the_way_to_the_element() {
    let error = of_root("<op>\n <order>\n  <x:item xmlns:x='u'>a<b/></x:item></order></op>", |mut root| {
        let mut order = root.next_child().expect("well-formed").expect("the order");
        let item = order.next_child().expect("well-formed").expect("the item");
        item.text().expect_err("it has an element in it").to_string()
    });
    assert_eq!(error, "`order.item`: expected a value, found the element `<b>` (line 3, column 3)");
    let error = of_root("<op><order>text<item/></order></op>", |mut root| {
        let mut order = root.next_child().expect("well-formed").expect("the order");
        order.next_child().err().expect("it has text in it").to_string()
    });
    assert_eq!(error, "`order`: expected elements, found text (line 1, column 5)");
}

#[test]
fn what_is_not_read_of_a_child_is_skipped() {
    of_root("<op><a><b>1</b><b/></a><c>2</c><d/></op>", |mut root| {
        let _a = root.next_child().expect("well-formed").expect("it is there");
        let c = root.next_child().expect("well-formed").expect("it is there");
        assert_eq!(c.local_name(), "c");
        assert!(!c.is_empty());
        let d = root.next_child().expect("well-formed").expect("it is there");
        assert!(d.is_empty());
        d.skip().expect("well-formed");
        assert!(root.next_child().expect("well-formed").is_none());
        assert!(root.next_child().expect("still well-formed").is_none());
    });
}
