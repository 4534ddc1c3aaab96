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
