//! Taking in bytes of which nobody knows how many will come.

use std::fs::File;
use std::io::{self, Write};

use super::Attachment;

/// In memory at first, and on the disk once they are too many.
///
/// The file has no name from the start (`O_TMPFILE`), or loses it at once: nobody else can open it, and
/// nothing of it is left behind, also by a process that is killed. It lies in the system's temporary
/// folder, where `TMPDIR` is.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    memory: Vec<u8>,
    file: Option<File>,
    length: u64,
}

impl Spool {
    /// Takes in some more; `room` is how many bytes it may have in memory.
    pub(crate) fn write(&mut self, bytes: &[u8], room: usize) -> io::Result<()> {
        self.length += bytes.len() as u64;
        if self.file.is_none() {
            if self.memory.len() + bytes.len() <= room {
                self.memory.extend_from_slice(bytes);
                return Ok(());
            }
            let mut file = tempfile::tempfile()?;
            file.write_all(&std::mem::take(&mut self.memory))?;
            self.file = Some(file);
        }
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    /// How many bytes of it are in memory.
    pub(crate) fn in_memory(&self) -> usize {
        self.memory.len()
    }

    /// All that was taken in.
    pub(crate) fn finish(self) -> Attachment {
        match self.file {
            Some(file) => Attachment::stored(file, self.length),
            None => self.memory.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_memory_goes_to_the_disk_and_comes_back() {
        for (pieces, in_memory) in [(0, true), (1, true), (4, true), (5, false), (100, false)] {
            let mut spool = Spool::default();
            let mut expected = Vec::new();
            for piece in 0..pieces {
                let bytes = [piece; 25];
                spool.write(&bytes, 100).expect("there is room");
                expected.extend_from_slice(&bytes);
            }
            let attachment = spool.finish();
            assert_eq!(attachment.in_memory().is_some(), in_memory, "{pieces}");
            assert_eq!(attachment.len(), expected.len() as u64);
            assert_eq!(attachment.bytes().expect("it is there"), expected);
        }
    }
}
