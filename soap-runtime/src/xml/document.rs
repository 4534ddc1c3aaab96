//! From the bytes of a request to a document in memory: its encoding, and nothing twice.

use std::borrow::Cow;
use std::str::Utf8Error;

use bytes::{Buf, Bytes};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesDecl, BytesStart};

use super::chars::{cut, find_illegal};
use super::element::Element;
use super::lift::{Lifted, lift, position_in};
use super::reader::{Event, Reader};
use super::{Limits, ReadError, ReadErrorKind};

/// How far into a document its XML declaration may reach.
const DECLARATION: usize = 256;

/// A document in memory, in UTF-8 or already made into it.
#[derive(Debug)]
pub(crate) struct Document {
    content: Content,
    lifted: Option<Lifted>,
}

#[derive(Debug)]
enum Content {
    /// Short, and as it came: it is looked at when it is read.
    Bytes(Bytes),
    /// Free of characters that XML forbids.
    Text(String),
}

impl Document {
    /// `charset` is what HTTP says. A byte order mark wins over it, and it wins over the XML
    /// declaration (RFC 7303 §3).
    pub(crate) fn new(mut body: Bytes, charset: Option<&str>) -> Result<Self, ReadError> {
        let encoding = match Encoding::for_bom(&body) {
            Some((encoding, length)) => {
                body.advance(length);
                encoding
            }
            None => declared_encoding(&body, charset)?,
        };
        if encoding == UTF_8 && body.len() <= LONG {
            return Ok(Self { content: Content::Bytes(body), lifted: None });
        }
        let text = text_in(body, encoding)?;
        check_characters(&text)?;
        let (text, lifted) = if text.len() > LONG { lift(text) } else { (text, None) };
        Ok(Self { content: Content::Text(text), lifted })
    }

    /// A reader from the start. Long text that was set aside goes to the first one.
    pub(crate) fn reader(&mut self, limits: Limits) -> Result<Reader<'_>, ReadError> {
        let text = match &self.content {
            Content::Bytes(bytes) => {
                let text = str::from_utf8(bytes).map_err(|error| undecodable(bytes, error))?;
                check_characters(text)?;
                text
            }
            Content::Text(text) => text,
        };
        Ok(Reader::new(text, self.lifted.take(), limits))
    }
}

/// The text of a document in any encoding that is known, for other parsers than this one. `charset` as in
/// [`Document::new`].
#[cfg(feature = "reading")]
pub(crate) fn decode(body: Bytes, charset: Option<&str>) -> Result<String, ReadError> {
    match Encoding::for_bom(&body) {
        Some((encoding, length)) => text_in(body.slice(length..), encoding),
        None => {
            let encoding = declared_encoding(&body, charset)?;
            text_in(body, encoding)
        }
    }
}

fn text_in(body: Bytes, encoding: &'static Encoding) -> Result<String, ReadError> {
    if encoding == UTF_8 { checked_string(body) } else { converted(&body, encoding) }
}

/// Reads the root of a document that this program has written itself.
pub(crate) fn read_root<T>(
    document: String,
    limits: Limits,
    read: impl FnOnce(Element<'_, '_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let mut document = Document::new(document.into(), None)?;
    let mut reader = document.reader(limits)?;
    read(root_of(&mut reader)?)
}

/// The root of the document that the reader has not begun yet.
pub(crate) fn root_of<'r, 'a>(reader: &'r mut Reader<'a>) -> Result<Element<'r, 'a>, ReadError> {
    loop {
        match reader.next()? {
            Event::Start => return Ok(Element::of(reader)),
            Event::Eof => return Err(syntax("there is no element".to_owned(), "")),
            _ => {}
        }
    }
}

/// The same buffer, when nobody else holds it.
fn checked_string(body: Bytes) -> Result<String, ReadError> {
    String::from_utf8(body.into()).map_err(|error| undecodable(error.as_bytes(), error.utf8_error()))
}

fn converted(body: &[u8], encoding: &'static Encoding) -> Result<String, ReadError> {
    match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => Ok(text.into_owned()),
        None => Err(syntax(format!("the body is not in {}, which it claims to be", encoding.name()), "")),
    }
}

fn check_characters(text: &str) -> Result<(), ReadError> {
    // The tokenizer would skip it, and count all that follows from the wrong place.
    if text.starts_with('\u{FEFF}') {
        return Err(syntax("a second byte order mark; one at most may stand at the start".to_owned(), ""));
    }
    match find_illegal(text) {
        None => Ok(()),
        Some((at, c)) => {
            let message = format!("U+{:04X} is no character that XML allows (XML 1.0 §2.2)", c as u32);
            Err(syntax(message, &text[..at]))
        }
    }
}

#[cold]
fn undecodable(body: &[u8], error: Utf8Error) -> ReadError {
    let before = String::from_utf8_lossy(&body[..error.valid_up_to()]);
    syntax(format!("byte 0x{:02X} is not UTF-8", body[error.valid_up_to()]), &before)
}

/// From here on it is worth to look for one long text.
const LONG: usize = 256 * 1024;

/// Whether text in `charset` can be read at all.
pub(crate) fn knows_charset(charset: &str) -> bool {
    encoding_of(charset).is_some()
}

fn encoding_of(charset: &str) -> Option<&'static Encoding> {
    if charset.eq_ignore_ascii_case("utf-8") {
        Some(UTF_8)
    } else {
        Encoding::for_label_no_replacement(charset.as_bytes())
    }
}

fn declared_encoding(body: &[u8], charset: Option<&str>) -> Result<&'static Encoding, ReadError> {
    // What every document that is XML begins with, in the two forms of UTF-16.
    match body {
        [0, b'<', ..] => return Ok(UTF_16BE),
        [b'<', 0, ..] => return Ok(UTF_16LE),
        _ => {}
    }
    let label = match charset {
        Some(charset) => Cow::Borrowed(charset),
        None => match xml_declaration(body) {
            Some(encoding) => Cow::Owned(encoding),
            None => return Ok(UTF_8),
        },
    };
    let unknown = || syntax(format!("unknown charset `{}`; send UTF-8", cut(&label)), "");
    match encoding_of(&label).ok_or_else(unknown)? {
        // A label of UTF-16 over bytes that showed no sign of it.
        encoding if [UTF_16BE, UTF_16LE].contains(&encoding) => Ok(UTF_8),
        encoding => Ok(encoding),
    }
}

/// The `encoding` of `<?xml … ?>`.
fn xml_declaration(body: &[u8]) -> Option<String> {
    let head = body.strip_prefix(b"<?")?;
    let end = memchr::memmem::find(&head[..head.len().min(DECLARATION)], b"?>")?;
    let content = str::from_utf8(&head[..end]).ok().filter(|content| content.starts_with("xml"))?;
    let declaration = BytesDecl::from_start(BytesStart::from_content(content, "xml".len()));
    let encoding = declaration.encoding()?.ok()?;
    Some(encoding.into_owned())
}

fn syntax(message: String, before: &str) -> ReadError {
    ReadError::new(ReadErrorKind::Syntax, message, position_in(before, None))
}
