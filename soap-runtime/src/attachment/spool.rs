//! Taking in bytes of which nobody knows how many will come.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use super::Attachment;

/// Takes in one attachment after the other: each in memory at first, and on the disk once it is too long.
///
/// All are ranges of one file: with a file for each, one message could take all that the server may
/// open. It has no name from the start (`O_TMPFILE`), or loses it at once: nobody else can open it, and
/// nothing of it is left behind, also by a process that is killed. It lies in the system's temporary
/// folder, where `TMPDIR` is.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    file: Option<Arc<File>>,
    /// Where the file ends.
    end: u64,
    current: Current,
}

/// The attachment that is being taken in.
#[derive(Debug)]
enum Current {
    Memory(Vec<u8>),
    /// From here to the end of the file.
    File(Arc<File>, u64),
}

impl Default for Current {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Spool {
    /// Takes in some more; `room` is how many bytes the attachment may have in memory.
    pub(crate) fn write(&mut self, bytes: &[u8], room: usize) -> io::Result<()> {
        if let Current::Memory(memory) = &mut self.current {
            if memory.len() + bytes.len() <= room {
                memory.extend_from_slice(bytes);
                return Ok(());
            }
            let (begun, start) = (std::mem::take(memory), self.end);
            let file = self.file()?;
            self.append(&file, &begun)?;
            self.current = Current::File(file, start);
        }
        match &self.current {
            Current::File(file, _) => self.append(&Arc::clone(file), bytes),
            Current::Memory(_) => Ok(()),
        }
    }

    /// All that was taken in since the last.
    pub(crate) fn finish(&mut self) -> Attachment {
        match std::mem::take(&mut self.current) {
            Current::Memory(memory) => memory.into(),
            Current::File(file, start) => Attachment::stored(file, start, self.end - start),
        }
    }

    fn append(&mut self, file: &File, bytes: &[u8]) -> io::Result<()> {
        file.write_all_at(bytes, self.end)?;
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn file(&mut self) -> io::Result<Arc<File>> {
        if let Some(file) = &self.file {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(tempfile::tempfile()?);
        self.file = Some(Arc::clone(&file));
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_memory_goes_to_the_disk_and_comes_back() {
        let mut spool = Spool::default();
        let lengths = [0, 1, 4, 5, 100, 2, 7];
        let attachments: Vec<_> = lengths
            .iter()
            .map(|&pieces| {
                (0..pieces).try_for_each(|piece| spool.write(&[piece; 25], 100)).expect("there is room");
                spool.finish()
            })
            .collect();
        for (pieces, attachment) in lengths.into_iter().zip(attachments) {
            let expected: Vec<u8> = (0..pieces).flat_map(|piece| [piece; 25]).collect();
            assert_eq!(attachment.in_memory().is_some(), pieces <= 4, "{pieces}");
            assert_eq!(attachment.len(), expected.len() as u64);
            assert_eq!(attachment.bytes().expect("it is there"), expected);
        }
    }
}
