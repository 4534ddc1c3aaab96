//! For the tests of types: values go through real documents, as they do in a request.

use std::fmt::Debug;

use super::SoapType;
use crate::xml::{Document, Element, Event, Limits, ReadError, Rules, Writer, escape_into};

/// The value of `<v>…</v>` elements as they stand in `xml`, or what is wrong with them.
pub(super) fn read_elements<T: SoapType>(xml: &str) -> Result<T, String> {
    read_by(xml, |value, child| T::read_into(value, child))
}

/// The same, whose texts keep to rules.
pub(super) fn read_restricted<T: SoapType>(xml: &str, rules: &'static dyn Rules) -> Result<T, String> {
    read_by(xml, |value, child| T::read_into(value, child.restricted(rules)))
}

fn read_by<T: SoapType>(
    xml: &str,
    read_into: impl Fn(&mut Option<T>, Element<'_, '_>) -> Result<(), ReadError>,
) -> Result<T, String> {
    let document = format!("<r xmlns:tns='tns' xmlns:xsi='{}'>{xml}</r>", crate::xml::XSI);
    let read = try_read(document, read_into).map_err(|error| error.to_string())?;
    read.or_else(T::absent).ok_or_else(|| "absent".to_owned())
}

fn try_read<T>(
    document: String,
    read_into: impl Fn(&mut Option<T>, Element<'_, '_>) -> Result<(), ReadError>,
) -> Result<Option<T>, ReadError> {
    let mut document = Document::new(document.into(), None)?;
    let mut reader = document.reader(Limits::default())?;
    assert_eq!(reader.next()?, Event::Start);
    let mut root = Element::of(&mut reader);
    let mut value = None;
    while let Some(child) = root.next_child()? {
        read_into(&mut value, child)?;
    }
    assert_eq!(reader.next()?, Event::Eof);
    Ok(value)
}

/// The value of one element that holds `text`.
pub(super) fn read<T: SoapType>(text: &str) -> Result<T, String> {
    let mut xml = "<v>".to_owned();
    escape_into(&mut xml, text, false);
    xml.push_str("</v>");
    read_elements(&xml)
}

/// What stands in the element of `value`.
pub(super) fn written<T: SoapType>(value: &T) -> String {
    let mut writer = Writer::with_capacity(0);
    value.write(&mut writer);
    writer.finish().expect("XML can carry it")
}

/// The elements of `value`, with the name `v`.
pub(super) fn write_elements<T: SoapType>(value: &T) -> String {
    let mut writer = Writer::with_capacity(0);
    value.write_as("v", &mut writer);
    writer.finish().expect("XML can carry it")
}

/// What comes out when `value` is written and read.
pub(super) fn round_trip<T: SoapType>(value: &T) -> T {
    let xml = write_elements(value);
    read_elements(&xml).unwrap_or_else(|error| panic!("{xml}: {error}"))
}

/// That each text is read as its value, with white space around it as well.
pub(super) fn assert_reads<T: SoapType + PartialEq + Debug + Clone>(cases: &[(&str, T)]) {
    for (text, value) in cases {
        assert_eq!(read(text).as_ref(), Ok(value), "{text:?}");
        assert_eq!(read(&format!(" \t\r\n{text}\n ")).as_ref(), Ok(value), "{text:?} in white space");
    }
}

/// That each text is refused with words that hold the other.
pub(super) fn assert_refuses<T: SoapType + Debug>(cases: &[(&str, &str)]) {
    for (text, words) in cases {
        match read::<T>(text) {
            Ok(value) => panic!("{text:?} was read as {value:?}"),
            Err(error) => assert!(error.contains(words), "{text:?}: {error}"),
        }
    }
}

/// That each value is written as the text.
pub(super) fn assert_writes<T: SoapType>(cases: &[(T, &str)]) {
    for (value, text) in cases {
        assert_eq!(written(value), *text);
    }
}
