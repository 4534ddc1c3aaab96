//! Texts as XML writes them, and back.

use std::borrow::Cow;

use super::chars::{find_illegal, is_xml_char};

/// The text that a reader gets of `xml`, which has no tags.
pub(crate) fn unescaped(xml: &str) -> String {
    // What was not escaped when it should have been is text already.
    quick_xml::escape::unescape(xml).map_or_else(|_| xml.to_owned(), Cow::into_owned)
}

/// Appends `text` to `out` so that it is read back unchanged: in an attribute, quotes and white
/// space are escaped as well.
pub(crate) fn escape_into(out: &mut String, text: &str, in_attribute: bool) {
    let mut rest = text;
    while let Some(at) = find_special(rest, in_attribute) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            _ => "&#13;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Like [`escape_into`], for text that has to go out whatever it holds: a character that XML cannot
/// carry becomes U+FFFD.
pub(crate) fn escape_replacing_into(out: &mut String, text: &str, in_attribute: bool) {
    match find_illegal(text) {
        None => escape_into(out, text, in_attribute),
        Some(_) => escape_into(out, &text.replace(|c| !is_xml_char(c), "\u{FFFD}"), in_attribute),
    }
}

fn find_special(text: &str, in_attribute: bool) -> Option<usize> {
    const BLOCK: usize = 64;
    let special = |byte: u8| {
        let everywhere = (byte == b'<') | (byte == b'>') | (byte == b'&') | (byte == b'\r');
        everywhere | (in_attribute & ((byte == b'"') | (byte == b'\t') | (byte == b'\n')))
    };
    // Block by block without a branch for each byte, so that it is vectorised.
    let holds_one = |block: &[u8]| block.iter().fold(false, |found, &byte| found | special(byte));
    let block = text.as_bytes().chunks(BLOCK).position(holds_one)? * BLOCK;
    text.as_bytes()[block..].iter().position(|&byte| special(byte)).map(|at| block + at)
}
