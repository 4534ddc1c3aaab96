//! Whatever comes: the reader ends, and does not panic.

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;

/// Real requests, of several clients.
const ENVELOPES: [&str; 4] = [
    r#"<?xml version="1.0" encoding="UTF-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns0="tns"><SOAP-ENV:Header/>
<SOAP-ENV:Body><ns0:startWaiter><ns0:serviceID>a&lt;b</ns0:serviceID><ns0:sessionToken/><ns0:secondsToWait>3
</ns0:secondsToWait></ns0:startWaiter></SOAP-ENV:Body></SOAP-ENV:Envelope>"#,
    r#"<soap12:Envelope xmlns:soap12="http://www.w3.org/2003/05/soap-envelope"><soap12:Body>
<add xmlns="tns"><a>1E5</a><b xsi:nil='true' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/></add>
</soap12:Body></soap12:Envelope>"#,
    "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><x><![CDATA[<größe>]]><!-- 😀 -->&#x41;</x>\
     </e:Body></e:Envelope>",
    "<a b=\"1\" c='&quot;' xmlns:d=\"u\" d:e=''>\r\n<d:f><d:f/>]]&gt;</d:f></a>",
];

/// What breaks parsers, to be put anywhere.
const PIECES: [&str; 24] = [
    "<",
    ">",
    "&",
    ";",
    "\"",
    "'",
    "/",
    "/>",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml ",
    "?>",
    "<!DOCTYPE ",
    "]",
    ":",
    "=",
    "&#",
    "&amp;",
    " xmlns:x='u'",
    "\u{FEFF}",
    "\0",
];

/// One change to a document.
#[derive(Clone, Debug)]
enum Change {
    Remove(Index, Index),
    Repeat(Index, Index),
    Insert(Index, usize),
    Byte(Index, u8),
}

fn any_change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Remove(from, to)),
        any::<(Index, Index)>().prop_map(|(from, to)| Change::Repeat(from, to)),
        (any::<Index>(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        any::<(Index, u8)>().prop_map(|(at, byte)| Change::Byte(at, byte)),
    ]
}

impl Change {
    fn apply(&self, body: &mut Vec<u8>) {
        let places = body.len() + 1;
        let at = |index: &Index| index.index(places);
        match self {
            Self::Remove(from, to) => drop(body.drain(at(from).min(at(to))..at(from).max(at(to)))),
            Self::Repeat(from, to) => body.extend_from_within(at(from).min(at(to))..at(from).max(at(to))),
            Self::Insert(index, piece) => {
                let at = at(index);
                drop(body.splice(at..at, PIECES[*piece].bytes()));
            }
            Self::Byte(index, new) => {
                if let Some(byte) = body.get_mut(at(index)) {
                    *byte = *new;
                }
            }
        }
    }
}

/// Reads it once by events and once by elements. Both end, for each step takes some of the document.
fn survive(body: &[u8], charset: Option<&str>) {
    let limits = Limits { text: 100, ..Limits::default() };
    let by_events = read(Bytes::copy_from_slice(body), charset, limits);
    if let Ok(mut document) = Document::new(Bytes::copy_from_slice(body), charset) {
        let Ok(mut reader) = document.reader(limits) else { return };
        if reader.next().is_ok() {
            let elements = visit(Element::of(&mut reader));
            // Text between elements is no error for the reader, and is one for who asks for elements.
            assert!(by_events.is_ok() || elements.is_err() || reader_refuses_the_rest(&mut reader));
        }
    }
}

fn reader_refuses_the_rest(reader: &mut Reader<'_>) -> bool {
    loop {
        match reader.next() {
            Ok(Event::Eof) => return false,
            Ok(_) => {}
            Err(_) => return true,
        }
    }
}

fn visit(mut element: Element<'_, '_>) -> Result<(), ReadError> {
    while let Some(child) = element.next_child()? {
        let _ = (child.namespace(), child.is_nil(), child.is_empty(), child.error("x"));
        match child.local_name().len() % 3 {
            0 => child.skip()?,
            1 => drop(child.text()?),
            _ => visit(child)?,
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_bytes_are_survived(body: Vec<u8>, charset in proptest::option::of("utf-16|utf-8|latin1|shift_jis|[a-z]{1,9}")) {
        survive(&body, charset.as_deref());
    }

    #[test]
    fn any_mix_of_pieces_is_survived(pieces in proptest::collection::vec(0..PIECES.len() + 3, 0..40)) {
        let known = |&piece: &usize| *PIECES.get(piece).unwrap_or(&["<a>", "</a>", "a"][piece.max(PIECES.len()) - PIECES.len()]);
        let xml: String = pieces.iter().map(known).collect();
        survive(xml.as_bytes(), None);
        survive(format!("<a>{xml}</a>").as_bytes(), None);
    }

    #[test]
    fn real_requests_with_changes_are_survived(
        which in 0..ENVELOPES.len(),
        changes in proptest::collection::vec(any_change(), 1..6),
        charset in proptest::option::of("utf-16|latin1"),
    ) {
        let mut body = ENVELOPES[which].as_bytes().to_vec();
        changes.iter().for_each(|change| change.apply(&mut body));
        survive(&body, charset.as_deref());
    }

    #[test]
    fn a_document_cut_short_is_refused(which in 0..ENVELOPES.len(), end: Index) {
        let whole = ENVELOPES[which].as_bytes();
        prop_assert!(decode_whole(whole));
        prop_assert!(!decode_whole(&whole[..end.index(whole.len())]));
    }
}

fn decode_whole(body: &[u8]) -> bool {
    read(Bytes::copy_from_slice(body), None, Limits::default()).is_ok()
}
