//! A message and its attachments as what is sent: pieces of text, and files from where they are.

use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use crate::attachment::{Attached, Attachment, AttachmentReader};
use crate::envelope::Version;

/// How much of a file is in memory at once. A multiple of three, so that each piece is base64 by itself.
const PIECE: usize = 192 << 10;

/// What is sent, in order.
#[derive(Debug)]
pub(crate) enum Segment {
    Text(Bytes),
    /// The bytes themselves, as in a part.
    File(Attachment),
    /// The same as base64, as in an element.
    Base64(Attachment),
}

impl Segment {
    /// How many bytes it takes.
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::Text(text) => text.len() as u64,
            Self::File(attachment) => attachment.len(),
            Self::Base64(attachment) => attachment.len().div_ceil(3) * 4,
        }
    }
}

/// The message by itself, attachments inside of it.
pub(crate) fn inline(text: String, attached: Vec<Attached>) -> Vec<Segment> {
    let text = Bytes::from(text);
    let mut segments = Vec::with_capacity(2 * attached.len() + 1);
    let mut done = 0;
    for Attached { at, attachment } in attached {
        segments.extend([Segment::Text(text.slice(done..at)), Segment::Base64(attachment)]);
        done = at;
    }
    segments.push(Segment::Text(text.slice(done..)));
    segments
}

/// The Content-Type of the message with its attachments beside it (MTOM §3.2), and what is sent.
pub(crate) fn package(version: Version, text: String, attached: Vec<Attached>) -> (String, Vec<Segment>) {
    let unique = unique();
    let media_type = match version {
        Version::Soap11 => "text/xml",
        Version::Soap12 => "application/soap+xml",
    };
    let content_type = format!(
        "multipart/related; type=\"application/xop+xml\"; start=\"<0@{unique}>\"; start-info=\"{media_type}\"; \
         boundary=\"{unique}\""
    );
    let text = Bytes::from(text);
    let mut segments = Vec::with_capacity(4 * attached.len() + 3);
    segments.push(Segment::Text(head(
        "--",
        &unique,
        0,
        &format!("application/xop+xml; charset=UTF-8; type=\"{media_type}\""),
    )));
    let mut done = 0;
    for (index, one) in attached.iter().enumerate() {
        let include = format!(
            "<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:{}@{unique}\"/>",
            index + 1
        );
        segments.extend([Segment::Text(text.slice(done..one.at)), Segment::Text(include.into())]);
        done = one.at;
    }
    segments.push(Segment::Text(text.slice(done..)));
    for (index, Attached { attachment, .. }) in attached.into_iter().enumerate() {
        let head = head("\r\n--", &unique, index + 1, content_type_of(&attachment));
        segments.extend([Segment::Text(head), Segment::File(attachment)]);
    }
    segments.push(Segment::Text(format!("\r\n--{unique}--\r\n").into()));
    (content_type, segments)
}

/// The line of the boundary and the headers of a part.
fn head(before: &str, unique: &str, id: usize, content_type: &str) -> Bytes {
    format!(
        "{before}{unique}\r\nContent-Type: {content_type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: \
         <{id}@{unique}>\r\n\r\n"
    )
    .into()
}

/// What an author, or a sender before, says of it, if that can be said in a header.
fn content_type_of(attachment: &Attachment) -> &str {
    let said = attachment.content_type().filter(|text| {
        text.len() <= 200 && text.contains('/') && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
    });
    said.unwrap_or("application/octet-stream")
}

/// A boundary that nobody can have foreseen, so that no file holds it: 128 bits, hashed with a key of
/// this process.
fn unique() -> String {
    let random = || RandomState::new().hash_one(0_u8);
    format!("{:016x}{:016x}", random(), random())
}

/// Segments as pieces of memory, one at a time. Reads from the disk.
pub(crate) struct Pieces {
    segments: std::vec::IntoIter<Segment>,
    /// The file that is being read, and whether it becomes base64.
    open: Option<(AttachmentReader, bool)>,
}

impl Pieces {
    pub(crate) fn new(segments: Vec<Segment>) -> Self {
        Self { segments: segments.into_iter(), open: None }
    }
}

impl Iterator for Pieces {
    type Item = io::Result<Bytes>;

    fn next(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            if let Some((reader, is_base64)) = &mut self.open {
                let mut bytes = Vec::with_capacity(PIECE);
                match reader.take(PIECE as u64).read_to_end(&mut bytes) {
                    Err(error) => return Some(Err(error)),
                    Ok(0) => self.open = None,
                    Ok(_) if *is_base64 => return Some(Ok(STANDARD.encode(bytes).into())),
                    Ok(_) => return Some(Ok(bytes.into())),
                }
            }
            match self.segments.next()? {
                Segment::Text(text) => return Some(Ok(text)),
                Segment::File(attachment) => self.open = Some((attachment.reader(), false)),
                Segment::Base64(attachment) => self.open = Some((attachment.reader(), true)),
            }
        }
    }
}
