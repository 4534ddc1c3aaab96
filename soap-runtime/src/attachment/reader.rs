//! Reading an attachment, wherever its bytes are.

use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;

use super::Content;

/// Reads an [`Attachment`](super::Attachment), from memory or from the disk.
///
/// It ends where the attachment did when it was made; a file that has become shorter since is an error.
#[derive(Clone)]
pub struct AttachmentReader {
    content: Content,
    at: u64,
}

impl AttachmentReader {
    pub(super) fn new(content: Content) -> Self {
        Self { content, at: 0 }
    }

    fn length(&self) -> u64 {
        match &self.content {
            Content::Memory(bytes) => bytes.len() as u64,
            Content::File { length, .. } => *length,
        }
    }

    /// How many bytes are ahead.
    fn rest(&self) -> u64 {
        self.length().saturating_sub(self.at)
    }
}

impl Read for AttachmentReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let wanted = into.len().min(usize::try_from(self.rest()).unwrap_or(usize::MAX));
        if wanted == 0 {
            return Ok(0);
        }
        let read = match &self.content {
            Content::Memory(bytes) => {
                let start = self.at as usize;
                into[..wanted].copy_from_slice(&bytes[start..start + wanted]);
                wanted
            }
            // At a place, for all readers of one file share the place that it has itself.
            Content::File { file, start, .. } => file.read_at(&mut into[..wanted], start + self.at)?,
        };
        if read == 0 {
            let message = format!("the file has become shorter: it ends after {} bytes of {}", self.at, self.length());
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, message));
        }
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for AttachmentReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(offset) => self.length().checked_add_signed(offset),
            SeekFrom::Current(offset) => self.at.checked_add_signed(offset),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
