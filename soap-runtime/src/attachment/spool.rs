//! Taking in bytes of which nobody knows how many will come.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Attachment;

/// How many bytes of this process are in spooled files, of all calls that are going on.
static ON_DISK: AtomicU64 = AtomicU64::new(0);

/// A file whose space is given back with the last who holds it.
#[derive(Debug)]
pub(super) struct Stored {
    file: File,
    /// How much of [`ON_DISK`] is its own.
    taken: AtomicU64,
}

impl Stored {
    /// A file whose space is not for us to count.
    pub(super) fn of(file: File) -> Self {
        Self { file, taken: AtomicU64::new(0) }
    }

    /// Takes room for so many bytes more, if all spooled files together have no more than `most` then.
    fn take(&self, bytes: u64, most: u64) -> io::Result<()> {
        let taken = |on_disk: u64| on_disk.checked_add(bytes).filter(|all| *all <= most);
        if ON_DISK.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).is_err() {
            let message = format!("the files of all calls together would have more than {most} bytes");
            return Err(io::Error::new(io::ErrorKind::StorageFull, message));
        }
        self.taken.fetch_add(bytes, Ordering::Relaxed);
        Ok(())
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        ON_DISK.fetch_sub(*self.taken.get_mut(), Ordering::Relaxed);
    }
}

impl Deref for Stored {
    type Target = File;

    fn deref(&self) -> &File {
        &self.file
    }
}

/// Takes in one attachment after the other: each in memory at first, and on the disk once it is too long.
///
/// All are ranges of one file: with a file for each, one message could take all that the server may
/// open. It has no name from the start (`O_TMPFILE`), or loses it at once: nobody else can open it, and
/// nothing of it is left behind, also by a process that is killed. It lies in the system's temporary
/// folder, where `TMPDIR` is.
#[derive(Debug)]
pub(crate) struct Spool {
    /// How many bytes the files of all calls may have together.
    most: u64,
    file: Option<Arc<Stored>>,
    /// Where the file ends.
    end: u64,
    current: Current,
}

/// The attachment that is being taken in.
#[derive(Debug)]
enum Current {
    Memory(Vec<u8>),
    /// From here to the end of the file.
    File(Arc<Stored>, u64),
}

impl Default for Current {
    fn default() -> Self {
        Self::Memory(Vec::new())
    }
}

impl Spool {
    /// A spool that leaves the disk alone once the files of all calls have `most` bytes.
    pub(crate) fn new(most: u64) -> Self {
        Self { most, file: None, end: 0, current: Current::default() }
    }

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

    fn append(&mut self, file: &Stored, bytes: &[u8]) -> io::Result<()> {
        file.take(bytes.len() as u64, self.most)?;
        file.write_all_at(bytes, self.end)?;
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn file(&mut self) -> io::Result<Arc<Stored>> {
        if let Some(file) = &self.file {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(Stored::of(tempfile::tempfile()?));
        self.file = Some(Arc::clone(&file));
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_memory_goes_to_the_disk_and_comes_back() {
        let mut spool = Spool::new(u64::MAX);
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

    #[test]
    fn all_calls_together_take_no_more_than_they_may_and_give_it_back() {
        // Far above what other tests of this process have on the disk at the same time.
        const PIECE: usize = 64 << 20;
        let most = 3 * PIECE as u64 + PIECE as u64 / 2;
        let bytes = vec![0; PIECE];
        let (mut one, mut two, mut three) = (Spool::new(most), Spool::new(most), Spool::new(most));
        one.write(&bytes, 0).expect("there is room");
        two.write(&bytes, 0).expect("there is room");
        let finished = |mut spool: Spool| spool.finish();
        let (one, _two) = (finished(one), finished(two));
        let error = three.write(&bytes, 0).and_then(|()| three.write(&bytes, 0)).expect_err("that is too much");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        let reader = one.reader();
        drop((one, three));
        let mut three = Spool::new(most);
        three.write(&bytes, 0).expect("the third has given back its own");
        three.write(&bytes, 0).expect_err("somebody reads the first one still");
        drop(reader);
        three.write(&bytes, 0).expect("there is room again");
    }
}
