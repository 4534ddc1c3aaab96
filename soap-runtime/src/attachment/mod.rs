//! Bytes that may be too many for memory: [`Attachment`], and how one is taken in.
//!
//! Where it stands in a message, and whether it travels inside of it as base64 or beside it, is for
//! `xml`, `types` and `mtom`.

mod message;
mod parts;
mod reader;
mod spool;

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;

pub(crate) use message::{Attached, Message};
pub(crate) use parts::Parts;
pub use reader::AttachmentReader;
pub(crate) use spool::Spool;
use spool::Stored;

/// A file in a message: `xs:base64Binary`, in memory if it is short, else on the disk.
///
/// As an argument it is what came, inside of the message or beside it (MTOM): read it with
/// [`reader`](Self::reader), keep it with [`save`](Self::save), or load it with
/// [`bytes`](Self::bytes). What is on the disk has no name there, and is gone with the last clone.
///
/// As an output it is sent from where it is, in pieces: beside the message to callers that sent or
/// accept MTOM, else inside of it, as base64.
///
/// ```
/// use soap_runtime::{Attachment, soap_service};
///
/// struct Meshes;
///
/// #[soap_service]
/// impl Meshes {
///     /// Keeps a mesh. A plain `fn`, for files are read and written.
///     #[operation(outputs(size))]
///     fn store(&self, mesh: Attachment) -> Result<u64, soap_runtime::Fault> {
///         let kept = mesh.save("/var/lib/meshes/last.stl");
///         kept.map_err(|error| soap_runtime::Fault::server("the mesh cannot be kept").with_log(error.to_string()))?;
///         Ok(mesh.len())
///     }
///
///     /// Gives it back.
///     #[operation(outputs(mesh))]
///     fn fetch(&self) -> Result<Attachment, soap_runtime::Fault> {
///         let mesh = Attachment::from_file("/var/lib/meshes/last.stl");
///         let mesh = mesh.map_err(|_| soap_runtime::Fault::client("no mesh was stored"))?;
///         Ok(mesh.with_content_type("model/stl"))
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Attachment {
    content: Content,
    content_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Memory(Bytes),
    /// A range of a file, which others may be ranges of as well.
    File {
        file: Arc<Stored>,
        start: u64,
        length: u64,
    },
}

impl Attachment {
    /// The file at `path`, which is opened now and read when it is sent. It stays where it is.
    ///
    /// # Errors
    /// If it cannot be opened, or is no regular file.
    pub fn from_file(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::from_open_file(File::open(path)?)
    }

    /// The whole of an open file, wherever it has been read up to: one that `tempfile` made, for
    /// example, and that is gone when it has been sent.
    ///
    /// # Errors
    /// If it is no regular file.
    pub fn from_open_file(file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
        }
        Ok(Self::stored(Arc::new(Stored::of(file)), 0, metadata.len()))
    }

    fn stored(file: Arc<Stored>, start: u64, length: u64) -> Self {
        Self { content: Content::File { file, start, length }, content_type: None }
    }

    /// What kind of file its sender says it is: the media type of its MIME part. Nothing if it came
    /// inside of the message.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Says what kind of file it is. Only callers that get it beside the message are told.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// How many bytes it has.
    pub fn len(&self) -> u64 {
        match &self.content {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::File { length, .. } => *length,
        }
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its bytes, if they are in memory.
    pub(crate) fn in_memory(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Memory(bytes) => Some(bytes),
            Content::File { .. } => None,
        }
    }

    /// All its bytes, however many: [`reader`](Self::reader) takes no more memory than it is given.
    ///
    /// # Errors
    /// If they cannot be read from the disk.
    pub fn bytes(&self) -> io::Result<Bytes> {
        match &self.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::File { .. } => {
                let mut bytes = Vec::new();
                let length = usize::try_from(self.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
                bytes.try_reserve_exact(length).map_err(|_| io::ErrorKind::OutOfMemory)?;
                self.reader().read_to_end(&mut bytes)?;
                Ok(bytes.into())
            }
        }
    }

    /// Reads it from its start. Each reader has a place of its own in it.
    pub fn reader(&self) -> AttachmentReader {
        AttachmentReader::new(self.content.clone())
    }

    /// Writes it to a file at `path`, over what is there.
    ///
    /// # Errors
    /// As those of reading and writing files.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let mut file = File::create(path)?;
        self.copy_to(&mut file)?;
        file.flush()
    }

    pub(crate) fn copy_to(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(bytes) = self.in_memory() {
            return out.write_all(bytes);
        }
        let mut reader = self.reader();
        let mut buffer = vec![0; 256 << 10];
        loop {
            match reader.read(&mut buffer)? {
                0 => return Ok(()),
                length => out.write_all(&buffer[..length])?,
            }
        }
    }
}

impl From<Bytes> for Attachment {
    fn from(bytes: Bytes) -> Self {
        Self { content: Content::Memory(bytes), content_type: None }
    }
}

impl From<Vec<u8>> for Attachment {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Attachment {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for Attachment {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl fmt::Debug for Attachment {
    /// Its size and kind: its bytes may be anything, and many.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.in_memory().is_some() { "in memory" } else { "on the disk" };
        write!(f, "Attachment({} bytes {place}, {:?})", self.len(), self.content_type)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, SeekFrom};

    use super::*;

    fn on_disk(content: &[u8]) -> Attachment {
        let mut file = tempfile::tempfile().expect("there is a temporary folder");
        file.write_all(content).expect("there is room");
        Attachment::from_open_file(file).expect("it is a file")
    }

    #[test]
    fn the_same_is_read_from_memory_and_from_the_disk() {
        let content: Vec<u8> = (0..=255).cycle().take(600_000).collect();
        for attachment in [Attachment::from(content.clone()), on_disk(&content)] {
            assert_eq!(attachment.len(), 600_000, "{attachment:?}");
            assert_eq!(attachment.bytes().expect("it is there"), content);
            let mut twice = [attachment.reader(), attachment.clone().reader()];
            for reader in &mut twice {
                reader.seek(SeekFrom::End(-2)).expect("that is inside");
                let mut end = Vec::new();
                reader.read_to_end(&mut end).expect("it is there");
                assert_eq!(end, &content[599_998..]);
            }
            let folder = tempfile::tempdir().expect("there is a temporary folder");
            attachment.save(folder.path().join("copy")).expect("there is room");
            assert_eq!(std::fs::read(folder.path().join("copy")).expect("it was written"), content);
        }
    }

    #[test]
    fn a_file_of_the_author_stays_and_may_lose_its_name() {
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let path = folder.path().join("mesh");
        std::fs::write(&path, b"mesh").expect("there is room");
        drop(Attachment::from_file(&path).expect("it is there"));
        let attachment = Attachment::from_file(&path).expect("it is still there");
        std::fs::remove_file(&path).expect("it is there");
        assert_eq!(attachment.bytes().expect("it is open"), &b"mesh"[..]);
        assert!(Attachment::from_file(&path).is_err());
        assert!(Attachment::from_file(folder.path()).is_err(), "a folder is no file");
    }

    #[test]
    fn a_file_that_shrank_is_an_error_and_never_padded() {
        let mut file = tempfile::tempfile().expect("there is a temporary folder");
        file.write_all(&[1; 1000]).expect("there is room");
        let attachment = Attachment::from_open_file(file.try_clone().expect("a descriptor")).expect("it is a file");
        file.set_len(10).expect("it is open for writing");
        assert_eq!(attachment.bytes().map_err(|error| error.kind()), Err(io::ErrorKind::UnexpectedEof));
    }
}
