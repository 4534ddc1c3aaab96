//! Taking one very long text out of a document without a second copy of it.
//!
//! A 64 MiB string argument is nearly the whole document. Instead of copying it into the `String`
//! that the method gets, the document's own buffer *becomes* that string: what stands before and
//! after the text is copied out, a few hundred bytes, and the reader is told where the text was.

use std::ops::Range;

use quick_xml::events::{BytesRef, Event as Token};

use super::Position;
use super::reader::resolve;

/// Documents below this are not worth a second look.
const WORTHWHILE: usize = 256 * 1024;

/// A text that was taken out of a document.
#[derive(Debug)]
pub(super) struct Lifted {
    /// Where in the remaining document it belongs.
    pub(super) offset: usize,
    /// Taken by the reader when it comes past.
    pub(super) text: Option<String>,
    /// The reader has gone on from there.
    pub(super) passed: bool,
    /// How many lines it went over, for positions behind it.
    pub(super) lines: usize,
    /// How many characters its last line had.
    pub(super) last_line: usize,
}

impl Lifted {
    /// The same for a reader that does not come as far as the text.
    pub(super) fn without_text(&self) -> Self {
        Self { text: None, passed: false, ..*self }
    }
}

/// Takes the text out of `document` that is longer than all the rest, if there is one.
///
/// On anything odd the document is left alone: the reader finds the error, and names its place.
pub(super) fn lift(mut document: String) -> (String, Option<Lifted>) {
    let Some(range) = longest_text(&document) else { return (document, None) };
    let raw = &document[range.clone()];
    let lines = memchr::memchr_iter(b'\n', raw.as_bytes()).count();
    let last_line = raw[raw.rfind('\n').map_or(0, |at| at + 1)..].chars().count();
    let rest = [&document[..range.start], &document[range.end..]].concat();
    document.truncate(range.end);
    document.drain(..range.start);
    let lifted =
        Lifted { offset: range.start, text: Some(unescape_in_place(document)), passed: false, lines, last_line };
    (rest, Some(lifted))
}

/// The run of plain text and entities that makes up more than half of `document`.
fn longest_text(document: &str) -> Option<Range<usize>> {
    if document.len() < WORTHWHILE {
        return None;
    }
    let mut tokens = quick_xml::Reader::from_str(document);
    tokens.config_mut().check_end_names = false;
    let mut run: Option<Range<usize>> = None;
    loop {
        let start = usize::try_from(tokens.buffer_position()).ok()?;
        let token = tokens.read_event().ok()?;
        let end = usize::try_from(tokens.buffer_position()).ok()?;
        match token {
            Token::Text(_) => {}
            Token::GeneralRef(entity) if resolve(&entity).is_ok() => {}
            Token::Start(_) | Token::Empty(_) | Token::End(_) => match run.take() {
                Some(run) if run.len() > document.len() / 2 => return Some(run),
                _ => continue,
            },
            Token::Decl(_) if run.is_none() => continue,
            // A text with comments or CDATA in it is put together by the reader, which also knows that
            // a declaration cannot stand in it.
            _ => return None,
        }
        run = Some(run.map_or(start..end, |run| run.start..end));
    }
}

/// Resolves entities and normalises line ends (XML 1.0 §2.11); the result is never longer.
fn unescape_in_place(text: String) -> String {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return text;
    }
    let mut bytes = text.into_bytes();
    let (mut read, mut write) = (0, 0);
    while let Some(plain) = memchr::memchr2(b'&', b'\r', &bytes[read..]) {
        bytes.copy_within(read..read + plain, write);
        write += plain;
        read += plain;
        let (taken, replacement) = replacement(&bytes[read..]);
        read += taken;
        write += replacement.encode_utf8(&mut bytes[write..]).len();
    }
    let rest = bytes.len() - read;
    bytes.copy_within(read.., write);
    bytes.truncate(write + rest);
    String::from_utf8(bytes).expect("whole characters were moved and replaced")
}

/// How many bytes at the start of `bytes` to replace, and by what, which is never longer.
fn replacement(bytes: &[u8]) -> (usize, char) {
    match bytes {
        [b'\r', b'\n', ..] => (2, '\n'),
        [b'\r', ..] => (1, '\n'),
        _ => {
            let end = memchr::memchr(b';', bytes).expect("the tokenizer saw the end of the entity");
            let name = str::from_utf8(&bytes[1..end]).expect("the document is UTF-8");
            (end + 1, resolve(&BytesRef::new(name)).expect("the entity was resolved before"))
        }
    }
}

/// Lines and columns at the end of `before`.
pub(super) fn position_in(before: &str, lifted: Option<&Lifted>) -> Position {
    let mut line = 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let mut column = 1 + before[line_start..].chars().count();
    // At the very place where the text was stands what followed it, once the text is read.
    let is_behind = |lifted: &&Lifted| lifted.offset < before.len() + usize::from(lifted.passed);
    if let Some(lifted) = lifted.filter(is_behind) {
        line += lifted.lines;
        if lifted.offset >= line_start {
            let counted_from = if lifted.lines > 0 { lifted.offset } else { line_start };
            column = 1 + before[counted_from..].chars().count() + lifted.last_line;
        }
    }
    Position { line, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buffer_itself_becomes_the_text() {
        let long = "0123456789".repeat(100_000);
        let document = format!("<?xml version='1.0'?><a>\n<b>x</b><c>{long}</c></a>");
        let address = document.as_ptr();
        let (rest, lifted) = lift(document);
        let lifted = lifted.expect("it is longer than the rest");
        assert_eq!(rest, "<?xml version='1.0'?><a>\n<b>x</b><c></c></a>");
        assert_eq!(&rest[lifted.offset..], "</c></a>");
        let text = lifted.text.expect("nobody took it");
        assert_eq!(text, long);
        assert_eq!(text.as_ptr(), address);
    }

    #[test]
    fn entities_and_line_ends_are_resolved_in_place() {
        let raw = "a&lt;b\r\nc\rd&#x1F600;&amp;amp;é".repeat(20_000);
        let expected = "a<b\nc\nd😀&amp;é".repeat(20_000);
        let (_, lifted) = lift(format!("<a>{raw}</a>"));
        assert_eq!(lifted.and_then(|lifted| lifted.text), Some(expected));
    }

    #[test]
    fn short_or_odd_documents_are_left_alone() {
        let long = "x".repeat(WORTHWHILE);
        for document in [
            "<a>text</a>".to_owned(),
            format!("<a>{long}<!-- -->{long}</a>"),
            format!("<a>{long}&unknown;</a>"),
            format!("<a>{long}"),
            format!("<a>{long}<?xml version='1.0'?>{long}</a>"),
            format!("<a><b>{long}</b><c>{long}</c><d>{long}</d></a>"),
        ] {
            let (rest, lifted) = lift(document.clone());
            assert!(lifted.is_none());
            assert_eq!(rest, document);
        }
    }
}
