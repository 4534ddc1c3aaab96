//! A fragment means outside of its document what it means inside, for a reader that is not ours.

use proptest::prelude::*;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::xml::{Fragment, Limits, Writer, read_root, unescaped};

/// Elements with prefixes and default namespaces that come and go.
fn tree() -> impl Strategy<Value = String> {
    let text = r#"(&lt;|&amp;|&#13;|[ -%'-;=?-~é😀]){0,8}"#;
    let declarations = prop_oneof![
        Just(""),
        Just(" xmlns=''"),
        Just(" xmlns='urn:d'"),
        Just(" xmlns='urn:e' xmlns:q='urn:r'"),
        Just(" xmlns:p='urn:x'"),
    ];
    let name = prop_oneof![Just("a"), Just("b"), Just("p:a"), Just("q:a"), Just("q:größe")];
    let value = r#"(&quot;|&#10;|&#9;|&lt;|[ !#-%'-;=?-~]){0,6}"#;
    let attribute = (prop_oneof![Just("x"), Just("p:x"), Just("q:x")], value);
    let attribute = prop::option::of(attribute)
        .prop_map(|one| one.map(|(name, value)| format!(" {name}=\"{value}\"")).unwrap_or_default());
    let tag = (name, declarations, attribute).prop_map(|(name, one, other)| (name, format!("{one}{other}")));
    text.prop_recursive(5, 40, 4, move |inner| {
        (tag.clone(), prop::collection::vec(inner, 0..4), text)
            .prop_map(|((name, rest), inner, text)| format!("<{name}{rest}>{}</{name}>{text}", inner.concat()))
    })
}

/// Names with their namespaces, attributes, and texts, whatever the prefixes are.
fn meaning(xml: &str) -> String {
    let document = format!("<v>{xml}</v>");
    let mut reader = NsReader::from_str(&document);
    let mut out = String::new();
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Start(tag) => out.push_str(&start(&reader, &tag)),
            Event::Empty(tag) => out.push_str(&(start(&reader, &tag) + "</>")),
            Event::End(_) => out.push_str("</>"),
            Event::Text(text) => out.push_str(&text),
            Event::GeneralRef(entity) => out.push_str(&format!("&{};", &*entity)),
            Event::Eof => return unescaped(&out),
            other => panic!("{other:?} has no place in it"),
        }
    }
}

fn start(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> String {
    let uri = |resolved: ResolveResult<'_>| match resolved {
        ResolveResult::Bound(uri) => unescaped(str::from_utf8(uri.0.as_ref()).expect("it is text")),
        _ => String::new(),
    };
    let (namespace, local) = reader.resolver().resolve_element(tag.name());
    let mut out = format!("<{{{}}}{:?}", uri(namespace), local);
    for attribute in tag.attributes().map(|attribute| attribute.expect("it is well-formed")) {
        if !attribute.key.0.starts_with("xmlns") {
            let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
            out.push_str(&format!(" {{{}}}{local:?}={:?}", uri(namespace), attribute.value));
        }
    }
    out.push('>');
    out
}

fn in_scope(xml: &str) -> String {
    format!("<w xmlns='urn:d' xmlns:p='urn:p' xmlns:q='urn:q'>{xml}</w>")
}

proptest! {
    #[test]
    fn a_fragment_means_the_same_outside_of_its_document(tree in tree()) {
        let fragment = read_root(in_scope(&tree), Limits::default(), |root| root.fragment());
        let fragment = fragment.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let inside = meaning(&in_scope(&tree));
        // What stands around it there.
        let inside = inside.split_once('>').expect("it begins with a tag").1;
        let inside = inside.split_once('>').expect("and another").1;
        let outside = meaning(&fragment.content);
        prop_assert_eq!(inside.strip_suffix("</></>"), outside.split_once('>').expect("it begins with a tag").1.strip_suffix("</>"));
        // Nor does it change when it is read once more, alone or in a message of ours.
        let again = Fragment::parse(&fragment.content, Limits::default());
        prop_assert_eq!(again.map(|again| again.content), Ok(fragment.content.clone()));
        let mut writer = Writer::with_capacity(0);
        writer.element_with("v", |tag| fragment.write_attributes(tag), |writer| writer.raw(&fragment.content));
        let message = writer.finish().expect("XML can carry it").replacen("<tns:v", "<tns:v xmlns:tns='tns'", 1);
        let read = read_root(message, Limits::default(), |root| root.fragment());
        prop_assert_eq!(read, Ok(fragment));
    }
}
