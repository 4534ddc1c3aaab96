//! A message and its parts, taken in as they come.

use std::collections::HashMap;
use std::io;

use bytes::Bytes;

use super::MediaType;
use super::base64::{Decoder, NoBase64};
use super::multipart::{Headers, MultipartError, Parser, Sink};
use crate::attachment::{Attachment, Parts, Spool};

/// A longer part is kept on the disk.
const LONGEST_IN_MEMORY: usize = 64 << 10;

/// Each is an entry in a table.
const MOST_PARTS: usize = 1000;

/// How much is taken in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackageLimits {
    /// The longest message; also how much of its parts is held in memory.
    pub(crate) message: usize,
    /// All parts beside it.
    pub(crate) parts: u64,
    /// How many bytes the parts of all calls that are going on may have on the disk.
    pub(crate) on_disk: u64,
}

/// Why a package is not taken in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PackageError {
    #[error("the multipart body cannot be read: {0}")]
    Multipart(#[from] MultipartError),
    #[error("the message is larger than {0} bytes, the limit here")]
    LongMessage(usize),
    #[error("the attachments are larger than {0} bytes, the limit here")]
    LongParts(u64),
    #[error("there are more than {MOST_PARTS} parts")]
    ManyParts,
    #[error("there is no part `{0}`, which `start` of the Content-Type names")]
    NoStart(String),
    #[error("two parts have the Content-ID `{0}`")]
    SameId(String),
    #[error("a part has the Content-Transfer-Encoding `{0}`; send `binary`")]
    Encoding(String),
    #[error("a part says to be base64 and is none")]
    NoBase64,
    #[error("an attachment cannot be kept: {0}")]
    Disk(#[from] io::Error),
}

impl From<NoBase64> for PackageError {
    fn from(NoBase64: NoBase64) -> Self {
        Self::NoBase64
    }
}

/// A package that is being read.
pub(crate) struct Package {
    parser: Parser,
    taken: Taken,
}

/// A package that was read.
#[derive(Debug)]
pub(crate) struct Unpacked {
    /// The message.
    pub(crate) message: Bytes,
    /// What the headers of its part say.
    pub(crate) media_type: MediaType,
    /// What came beside it.
    pub(crate) parts: Parts,
}

struct Taken {
    /// The Content-ID of the message; nothing if it is the first part (RFC 2387 §3.2).
    start: Option<String>,
    limits: PackageLimits,
    message: Option<(Vec<u8>, MediaType)>,
    parts: HashMap<String, Attachment>,
    current: Current,
    spool: Spool,
    decoder: Option<Decoder>,
    /// How many parts have begun.
    count: usize,
    /// How many bytes of parts came.
    length: u64,
    /// How many of them are in memory.
    in_memory: usize,
}

/// The part that is being read.
enum Current {
    Message(Vec<u8>, MediaType),
    Part {
        id: String,
        content_type: Option<String>,
    },
    /// Nobody can name it.
    Nameless,
}

impl Package {
    /// `media_type` is the Content-Type of the whole.
    pub(crate) fn new(media_type: &MediaType, limits: PackageLimits) -> Result<Self, PackageError> {
        let parser = Parser::new(media_type.parameter("boundary").unwrap_or_default())?;
        let taken = Taken {
            start: media_type.parameter("start").map(|start| content_id(start).to_owned()),
            limits,
            message: None,
            parts: HashMap::new(),
            current: Current::Nameless,
            spool: Spool::new(limits.on_disk),
            decoder: None,
            count: 0,
            length: 0,
            in_memory: 0,
        };
        Ok(Self { parser, taken })
    }

    /// Takes in the next piece of the body. Writes to the disk.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), PackageError> {
        self.parser.push(bytes, &mut self.taken)
    }

    /// The body has ended.
    pub(crate) fn finish(self) -> Result<Unpacked, PackageError> {
        self.parser.finish()?;
        let Taken { start, limits, message, parts, .. } = self.taken;
        let (message, media_type) =
            message.ok_or_else(|| PackageError::NoStart(crate::xml::cut(&start.unwrap_or_default())))?;
        let parts = Parts::new(parts, limits.message);
        Ok(Unpacked { message: message.into(), media_type, parts })
    }
}

impl Sink for Taken {
    type Error = PackageError;

    fn begin(&mut self, headers: Headers) -> Result<(), PackageError> {
        self.count += 1;
        if self.count > MOST_PARTS {
            return Err(PackageError::ManyParts);
        }
        let encoding = headers.get("content-transfer-encoding").unwrap_or("binary").to_ascii_lowercase();
        self.decoder = match encoding.as_str() {
            "binary" | "8bit" | "7bit" => None,
            "base64" => Some(Decoder::default()),
            _ => return Err(PackageError::Encoding(crate::xml::cut(&encoding))),
        };
        let (id, content_type) = (headers.get("content-id").map(content_id), headers.get("content-type"));
        let is_message = self.message.is_none() && self.start.as_deref().is_none_or(|start| id == Some(start));
        self.current = match id {
            _ if is_message => Current::Message(Vec::new(), MediaType::parse(content_type.unwrap_or_default())),
            Some(id) if self.parts.contains_key(id) => return Err(PackageError::SameId(crate::xml::cut(id))),
            Some(id) => Current::Part { id: id.to_owned(), content_type: content_type.map(str::to_owned) },
            None => Current::Nameless,
        };
        Ok(())
    }

    fn content(&mut self, bytes: &[u8]) -> Result<(), PackageError> {
        match &mut self.decoder {
            None => self.keep(bytes),
            Some(decoder) => {
                let decoded = decoder.decode(bytes)?;
                self.keep(&decoded)
            }
        }
    }

    fn end(&mut self) -> Result<(), PackageError> {
        self.decoder.take().map_or(Ok(()), |decoder| decoder.finish())?;
        match std::mem::replace(&mut self.current, Current::Nameless) {
            Current::Message(message, media_type) => self.message = Some((message, media_type)),
            Current::Part { id, content_type } => {
                let part = self.spool.finish();
                self.in_memory += part.in_memory().map_or(0, Bytes::len);
                let part = content_type.map_or(part.clone(), |content_type| part.with_content_type(content_type));
                self.parts.insert(id, part);
            }
            Current::Nameless => {}
        }
        Ok(())
    }
}

impl Taken {
    fn keep(&mut self, bytes: &[u8]) -> Result<(), PackageError> {
        if let Current::Message(message, _) = &mut self.current {
            if bytes.len() > self.limits.message - message.len() {
                return Err(PackageError::LongMessage(self.limits.message));
            }
            message.extend_from_slice(bytes);
            return Ok(());
        }
        self.length += bytes.len() as u64;
        if self.length > self.limits.parts {
            return Err(PackageError::LongParts(self.limits.parts));
        }
        if let Current::Part { .. } = self.current {
            let room = LONGEST_IN_MEMORY.min(self.limits.message.saturating_sub(self.in_memory));
            self.spool.write(bytes, room)?;
        }
        Ok(())
    }
}

/// A Content-ID without the brackets that it should have.
fn content_id(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text)
}
