//! How much of a document is looked at.

use super::super::ReadErrorKind;
use super::*;

fn limits(depth: usize, attributes: usize, text: usize) -> Limits {
    Limits { depth, attributes, text }
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(read(nested(256), None, Limits::default()).is_ok());
    for depth in [257, 10_000] {
        let error = read(nested(depth), None, Limits::default()).expect_err("it is too deep");
        assert_eq!(error.kind(), ReadErrorKind::Limit);
        assert_eq!(error.to_string(), "elements are nested more than 256 deep (line 1, column 769)");
    }
    assert!(read("<a><b/></a>", None, limits(1, 1, 1)).is_err());
}

#[test]
fn attributes_are_limited() {
    let wide = |count: usize| {
        let attributes: Vec<String> = (0..count).map(|at| format!("a{at}='{at}'")).collect();
        format!("<a {}/>", attributes.join(" "))
    };
    assert!(read(wide(64), None, Limits::default()).is_ok());
    for count in [65, 100_000] {
        let error = read(wide(count), None, Limits::default()).expect_err("there are too many");
        assert_eq!(error.kind(), ReadErrorKind::Limit);
        assert_eq!(error.to_string(), "an element has more than 64 attributes (line 1, column 1)");
    }
}

#[test]
fn namespace_declarations_in_scope_are_limited() {
    let declarations: String = (0..60).map(|at| format!(" xmlns:p{at}='u'")).collect();
    let nested = |depth: usize| format!("{}{}", format!("<a{declarations}>").repeat(depth), "</a>".repeat(depth));
    assert!(events(nested(4)).is_ok());
    let error = events(nested(5)).expect_err("there are too many");
    assert!(error.starts_with("more than 256 namespace declarations are in scope"), "{error}");
    // Those of siblings are not in scope together.
    assert!(events(format!("<r>{}</r>", format!("<a{declarations}/>").repeat(100))).is_ok());
}

#[test]
fn the_name_of_a_namespace_is_limited() {
    let named = |length: usize| events(format!("<a xmlns='{0}'/><!-- -->", "u".repeat(length)));
    assert!(named(2048).is_ok());
    let error = named(2049).expect_err("it is too long");
    assert_eq!(error, "the name of a namespace is longer than 2048 bytes (line 1, column 1)");
}

#[test]
fn what_fragments_repeat_of_the_document_is_limited() {
    let fragment = |xml: String| of_root(&xml, |root| root.fragment().map(|fragment| fragment.content.len()));
    let (uri, short) = ("u".repeat(2000), "u".repeat(60));
    let elements = |uri: &str, count: usize| format!("<v xmlns='{uri}'>{}</v>", "<a/>".repeat(count));
    assert!(fragment(elements(&short, 100_000)).is_ok_and(|length| length > 6_000_000));
    assert!(fragment(elements(&uri, 500)).is_ok());
    let error = fragment(elements(&uri, 50_000)).expect_err("it would be 100 MB");
    assert_eq!(error.kind(), ReadErrorKind::Limit);
    assert!(error.to_string().contains("repeated in more than"), "{error}");
    // One fragment after the other, each with attributes and nothing else.
    let list = format!("<r xmlns:p='{uri}'>{}</r>", "<v p:a='' b='p:' xsi:type='p:t'/>".repeat(50_000));
    let list = list.replacen("<r", "<r xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'", 1);
    let error = of_root(&list, |mut root| {
        while let Some(child) = root.next_child()? {
            child.fragment()?;
        }
        Ok::<_, ReadError>(())
    });
    assert!(error.is_err_and(|error| error.kind() == ReadErrorKind::Limit));
}

#[test]
fn the_text_of_one_element_is_limited() {
    let text_of = |xml: &str| {
        let mut document = Document::new(xml.to_owned().into(), None).expect("it is text");
        let mut reader = document.reader(limits(8, 8, 10)).expect("it is text");
        reader.next().expect("well-formed");
        let mut root = Element::of(&mut reader);
        let child = root.next_child().expect("well-formed").expect("it is there");
        child.text().map(String::from).map_err(|error| error.to_string())
    };
    assert_eq!(text_of("<r><a>0123456789</a></r>"), Ok("0123456789".to_owned()));
    for long in ["01234567890", "01234<!-- -->567890", "0123456789&amp;", "<![CDATA[01234567890]]>"] {
        let error = text_of(&format!("<r><a>{long}</a></r>")).expect_err("it is too long");
        assert!(error.starts_with("`a` is longer than 10 bytes"), "{error}");
    }
}

#[test]
fn long_text_is_read_like_short_text_and_counts_for_places() {
    let long = "0123456789\n&amp;".repeat(40_000);
    let expected = "0123456789\n&".repeat(40_000);
    assert_eq!(events(format!("<a><b>{long}</b></a>")), Ok(format!("<a<b[{expected}]>>")));
    let error = events(format!("<a><b>{long}xy</b><c></a>")).expect_err("a tag is missing");
    assert_eq!(error, "`</a>` closes `<c>` (line 40001, column 15)");
}
