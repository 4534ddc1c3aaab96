//! From the bytes of a request to a document in memory: its encoding, and nothing twice.

use std::borrow::Cow;

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesDecl, BytesStart};

use super::chars::find_illegal;
use super::lift::{Lifted, lift};
use super::reader::{Reader, cut, position_in};
use super::{Limits, ReadError, ReadErrorKind};

/// How far into a document its XML declaration may reach.
const DECLARATION: usize = 256;

/// A document in memory, in UTF-8 and free of characters that XML forbids.
#[derive(Debug)]
pub(crate) struct Document {
    content: Content,
    lifted: Option<Lifted>,
}

#[derive(Debug)]
enum Content {
    /// As it came, and found to be UTF-8.
    Bytes(Bytes),
    Text(String),
}

impl Document {
    /// `charset` is what HTTP says. A byte order mark wins over it, and it wins over the XML
    /// declaration (RFC 7303 §3).
    pub(crate) fn new(body: Bytes, charset: Option<&str>) -> Result<Self, ReadError> {
        let content = decode(body, charset)?;
        if let Some((at, c)) = find_illegal(content.text()) {
            let message = format!("U+{:04X} is no character that XML allows (XML 1.0 §2.2)", c as u32);
            return Err(syntax(message, &content.text()[..at]));
        }
        Ok(match content.is_long() {
            true => {
                let (text, lifted) = lift(content.into_string());
                Self { content: Content::Text(text), lifted }
            }
            false => Self { content, lifted: None },
        })
    }

    /// A reader from the start. Long text that was set aside goes to the first one.
    pub(crate) fn reader(&mut self, limits: Limits) -> Reader<'_> {
        Reader::new(self.content.text(), self.lifted.take(), limits)
    }
}

impl Content {
    fn text(&self) -> &str {
        match self {
            Self::Bytes(bytes) => str::from_utf8(bytes).expect("checked when it was decoded"),
            Self::Text(text) => text,
        }
    }

    fn is_long(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.len() > LONG,
            Self::Text(text) => text.len() > LONG,
        }
    }

    fn into_string(self) -> String {
        match self {
            // The same buffer, when nobody else holds it.
            Self::Bytes(bytes) => String::from_utf8(bytes.into()).expect("checked when it was decoded"),
            Self::Text(text) => text,
        }
    }
}

/// From here on it is worth to look for one long text.
const LONG: usize = 256 * 1024;

fn decode(mut body: Bytes, charset: Option<&str>) -> Result<Content, ReadError> {
    let encoding = match Encoding::for_bom(&body) {
        Some((encoding, length)) => {
            let _bom = body.split_to(length);
            encoding
        }
        None => declared_encoding(&body, charset)?,
    };
    if encoding == UTF_8 {
        return match str::from_utf8(&body) {
            Ok(_) => Ok(Content::Bytes(body)),
            Err(error) => {
                let before = String::from_utf8_lossy(&body[..error.valid_up_to()]);
                Err(syntax(format!("byte 0x{:02X} is not UTF-8", body[error.valid_up_to()]), &before))
            }
        };
    }
    match encoding.decode_without_bom_handling_and_without_replacement(&body) {
        Some(text) => Ok(Content::Text(text.into_owned())),
        None => Err(syntax(format!("the body is not in {}, which it claims to be", encoding.name()), "")),
    }
}

/// Whether text in `charset` can be read at all.
pub(crate) fn knows_charset(charset: &str) -> bool {
    Encoding::for_label(charset.as_bytes()).is_some()
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
    let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
    // A label of UTF-16 over bytes that showed no sign of it.
    Ok(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
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
