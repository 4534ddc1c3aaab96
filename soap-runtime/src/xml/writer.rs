//! Writing XML straight into one buffer.

use super::WriteError;
use super::chars::{find_illegal, is_xml_char};

/// Writes elements of the service's own namespace, whose prefix is `tns`.
///
/// A character that XML cannot carry is remembered and reported by the one who asked for the
/// document; values need not look for it.
pub struct Writer {
    out: String,
    failed: Option<WriteError>,
}

impl Writer {
    /// With room for `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { out: String::with_capacity(capacity), failed: None }
    }

    /// `<tns:name>`, what `content` writes, `</tns:name>`.
    pub fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.open(name);
        self.out.push('>');
        content(self);
        if let Some(failed) = self.failed.as_mut().filter(|failed| failed.element.is_empty()) {
            name.clone_into(&mut failed.element);
        }
        self.close(name);
    }

    /// An element that says it has no value (XML Schema Part 1, §2.6.2).
    pub fn nil(&mut self, name: &str) {
        self.open(name);
        self.out.push_str(" xmlns:xsi=\"");
        self.out.push_str(super::XSI);
        self.out.push_str("\" xsi:nil=\"true\"/>");
    }

    /// Character data, escaped.
    pub fn text(&mut self, text: &str) {
        if let Some((_, c)) = find_illegal(text) {
            // The element's name is filled in by the one who writes it.
            self.failed.get_or_insert(WriteError { element: String::new(), character: c as u32 });
        }
        escape_into(&mut self.out, text, false);
    }

    /// Character data that has to go out whatever it holds: a character that XML cannot carry becomes
    /// U+FFFD.
    pub(crate) fn replacing_text(&mut self, text: &str) {
        escape_replacing_into(&mut self.out, text, false);
    }

    /// Text that is known to hold nothing to escape: digits, base64, names.
    pub fn plain(&mut self, text: &str) {
        debug_assert!(!text.contains(['<', '&', '>']));
        self.out.push_str(text);
    }

    /// For writers that append themselves, `write!` among them. The same rule as for
    /// [`Writer::plain`] holds.
    pub fn buffer(&mut self) -> &mut String {
        &mut self.out
    }

    /// A piece of XML as it is.
    pub(crate) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// The document.
    ///
    /// # Errors
    /// If a value held a character that XML cannot carry: the first of them.
    pub fn finish(self) -> Result<String, WriteError> {
        match self.failed {
            None => Ok(self.out),
            Some(error) => Err(error),
        }
    }

    /// What was written, where nothing can have failed.
    pub(crate) fn into_xml(self) -> String {
        self.out
    }

    /// What was written, as the text that a reader would get, if it was nothing but text.
    pub(crate) fn into_text(self) -> String {
        match quick_xml::escape::unescape(&self.out) {
            Ok(text) => text.into_owned(),
            // Only what was not escaped when it should have been: it is text already.
            Err(_) => self.out,
        }
    }

    fn open(&mut self, name: &str) {
        self.out.push_str("<tns:");
        self.out.push_str(name);
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</tns:");
        self.out.push_str(name);
        self.out.push('>');
    }
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
