//! The reader and the encodings as tables, and with whatever comes.

mod any_input;
mod encodings;
mod fragments;
mod limits;
mod names;
mod well_formed;

use bytes::Bytes;

use super::{Document, Element, Event, Limits, ReadError, Reader};

/// What the reader meets, as text: `<a` for a start, the text itself in brackets, `>` for an end.
fn events(body: impl Into<Bytes>) -> Result<String, String> {
    read(body, None, Limits::default()).map_err(|error| error.to_string())
}

fn read(body: impl Into<Bytes>, charset: Option<&str>, limits: Limits) -> Result<String, ReadError> {
    let mut document = Document::new(body.into(), charset)?;
    let mut reader = document.reader(limits)?;
    let mut seen = String::new();
    let mut in_text = false;
    loop {
        let event = reader.next()?;
        // How text is cut into pieces is no concern of those who read it.
        if in_text && !matches!(event, Event::Text(_) | Event::Char(_)) {
            seen.push(']');
            in_text = false;
        }
        match event {
            Event::Start => seen.extend(["<", reader.name()]),
            Event::Text(text) if text.is_empty() => {}
            Event::Text(text) => {
                seen.extend([if in_text { "" } else { "[" }, &text]);
                in_text = true;
            }
            Event::Char(c) => {
                seen.extend([if in_text { "" } else { "[" }, c.encode_utf8(&mut [0; 4])]);
                in_text = true;
            }
            Event::End => seen.push('>'),
            Event::Eof => return Ok(seen),
        }
    }
}

/// That each document is read as these events.
fn assert_reads(cases: &[(&str, &str)]) {
    for (xml, expected) in cases {
        assert_eq!(events(xml.to_string()).as_deref(), Ok(*expected), "{xml:?}");
    }
}

/// That each document is refused with words that hold the other, the place among them.
fn assert_refuses(cases: &[(&str, &str)]) {
    for (xml, words) in cases {
        match events(xml.to_string()) {
            Ok(events) => panic!("{xml:?} was read as {events}"),
            Err(error) => assert!(error.contains(words), "{xml:?}: {error}"),
        }
    }
}

/// What `look` says of the root element.
fn of_root<T>(xml: &str, look: impl FnOnce(Element<'_, '_>) -> T) -> T {
    let mut document = Document::new(Bytes::copy_from_slice(xml.as_bytes()), None).expect("it is text");
    let mut reader: Reader<'_> = document.reader(Limits::default()).expect("it is text");
    assert_eq!(reader.next(), Ok(Event::Start), "{xml}");
    look(Element::of(&mut reader))
}
