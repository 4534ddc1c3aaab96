//! The folder of one job: the channel between a method that runs elsewhere and the server.
//!
//! | file | written by | content |
//! | --- | --- | --- |
//! | `request.xml` | the server | the arguments |
//! | `token` | the server | the session token, as long as somebody may need it |
//! | `messages.txt` | the server | what `notifyService` brought, a line each |
//! | `progress` | the method | how far it is, and what it does |
//! | `status.html` | the method, or its program | a page of its own |
//! | `status.txt` | its program | one number, 0 to 100 |
//! | `notifications.txt` | the method, for its program | the messages, a line each |
//! | `result.txt` | its program | the result |
//! | `log.txt` | whoever runs | what it prints |
//! | `attempt-1/` | the process of that attempt | see `attempt` |
//!
//! Whatever lies in it may have been put there by somebody else: no link is followed, nothing but a
//! plain file is read, and only so much of it. Files are written under a new name and renamed, so
//! that nobody meets half of one.

#[cfg(test)]
mod tests;

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use nix::errno::Errno;
use nix::fcntl::{AtFlags, OFlag, open, openat, renameat};
use nix::sys::stat::{FileStat, Mode, SFlag, fstatat, mkdirat};
use nix::unistd::{UnlinkatFlags, unlinkat};

use super::id::JobKey;

/// The most that is read of a page or a result, in bytes.
pub(crate) const LONGEST: u64 = 16 << 20;
/// How far from its end a log is looked at, in bytes.
const TAIL: u64 = 8 << 10;
/// The longest line of a log that is shown, in characters.
const LINE: usize = 300;

/// The mode of a file.
const OWNERS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);

/// Where the folders of all jobs are.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Below `data_dir`, which is made if it is not there.
    pub(crate) fn below(data_dir: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(data_dir)?;
        refuse_strangers(&std::path::absolute(data_dir)?)?;
        let data_dir = data_dir.canonicalize()?;
        refuse_strangers(&data_dir)?;
        let root = data_dir.join("jobs");
        make_own_folder(&root)?;
        Ok(Self { root })
    }

    /// The same where they are already; nothing is made, and nothing said if they are not there.
    pub(crate) fn existing_below(data_dir: &Path) -> io::Result<Option<Self>> {
        let Some(data_dir) = absent_is_none(data_dir.canonicalize())? else { return Ok(None) };
        let root = data_dir.join("jobs");
        match absent_is_none(fs::symlink_metadata(&root))? {
            None => Ok(None),
            // Not asked is whose it is: the operator may be another user than the service.
            Some(found) if found.is_dir() => Ok(Some(Self { root })),
            Some(_) => Err(io::Error::other(format!("{} is no folder", root.display()))),
        }
    }

    pub(crate) fn of(&self, key: JobKey) -> Folder {
        Folder::at(self.root.join(key.to_string()))
    }

    /// The keys of all folders there are.
    pub(crate) fn keys(&self) -> io::Result<Vec<JobKey>> {
        let names = fs::read_dir(&self.root)?.collect::<io::Result<Vec<_>>>()?;
        Ok(names.iter().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect())
    }
}

/// The folder of one job, or one in it.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The one that it lies in, if that is a job's as well.
    outer: Option<Box<Self>>,
}

impl Folder {
    pub(crate) fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), outer: None }
    }

    /// One in this one.
    pub(crate) fn inner(&self, name: &str) -> Self {
        Self { path: self.path.join(name), outer: Some(Box::new(self.clone())) }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it, or finds that it is there and nobody else's.
    pub(crate) fn make(&self) -> io::Result<()> {
        make_own_folder(&self.path)
    }

    /// Makes it in the one that it lies in; `false` if there is something of its name already.
    pub(crate) fn make_new(&self) -> io::Result<bool> {
        let (outer, name) = self.place()?;
        match mkdirat(outer, name, Mode::S_IRWXU) {
            Ok(()) => Ok(true),
            Err(Errno::EEXIST) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Puts a file in its place, so that nobody makes it any more; `false` if something else is there.
    pub(crate) fn keep_from_being_made(&self) -> io::Result<bool> {
        let (outer, name) = self.place()?;
        match openat(&outer, name, OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_CLOEXEC, OWNERS) {
            Ok(_) => Ok(true),
            Err(Errno::EEXIST) => Ok(is_plain(&fstatat(&outer, name, AtFlags::AT_SYMLINK_NOFOLLOW)?)),
            Err(error) => Err(error.into()),
        }
    }

    /// The folder of the job that it lies in, open, and its name there.
    fn place(&self) -> io::Result<(OwnedFd, &OsStr)> {
        match (&self.outer, self.path.file_name()) {
            (Some(outer), Some(name)) => Ok((outer.open_itself()?, name)),
            _ => Err(io::Error::other("it lies in no folder of a job")),
        }
    }

    /// Whether it is there, and is a folder.
    pub(crate) fn exists(&self) -> bool {
        self.open_itself().is_ok()
    }

    /// Removes it with all it holds; links in it are removed, not followed.
    pub(crate) fn remove(&self) -> io::Result<()> {
        absent_is_none(fs::remove_dir_all(&self.path)).map(drop)
    }

    /// What a file holds, if it is there; no more than `longest` bytes of it.
    pub(crate) fn read(&self, name: &str, longest: u64) -> io::Result<Option<String>> {
        let Some(file) = self.reading(name)? else { return Ok(None) };
        let mut content = Vec::new();
        file.take(longest).read_to_end(&mut content)?;
        Ok(Some(String::from_utf8(content).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())))
    }

    /// What tells whether a file was written since; nothing if there is no plain file of that name.
    pub(crate) fn stamp(&self, name: &str) -> Option<Stamp> {
        let found = fstatat(self.open_itself().ok()?, name, AtFlags::AT_SYMLINK_NOFOLLOW).ok()?;
        is_plain(&found).then_some(Stamp {
            inode: found.st_ino,
            length: found.st_size,
            modified: (found.st_mtime, found.st_mtime_nsec),
        })
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<()> {
        /// For the threads of this process may write at the same time.
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let unfinished = format!(".{name}.{}.{number}", std::process::id());
        let folder = self.open_itself()?;
        // One that is left over from a crash, or that somebody put there.
        remove_in(&folder, &unfinished)?;
        let new = OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL;
        let mut file = open_in(&folder, &unfinished, new)?;
        let written = file.write_all(content.as_ref());
        let written = written.and_then(|()| Ok(renameat(&folder, &*unfinished, &folder, name)?));
        written.inspect_err(|_| {
            let _ = remove_in(&folder, &unfinished);
        })
    }

    pub(crate) fn remove_file(&self, name: &str) -> io::Result<()> {
        match absent_is_none(self.open_itself())? {
            Some(folder) => remove_in(&folder, name),
            None => Ok(()),
        }
    }

    /// Removes what an attempt before this one has told.
    pub(crate) fn clear_reports(&self) -> io::Result<()> {
        ["progress", "status.html", "status.txt", "result.txt"].iter().try_for_each(|name| self.remove_file(name))
    }

    /// The file to append to; it is made if it is not there.
    pub(crate) fn appending(&self, name: &str) -> io::Result<File> {
        plain(open_in(&self.open_itself()?, name, OFlag::O_WRONLY | OFlag::O_APPEND | OFlag::O_CREAT)?)
    }

    pub(crate) fn append_line(&self, name: &str, line: &str) -> io::Result<()> {
        // In one piece, or what others write at the same time would come in between.
        self.appending(name)?.write_all(format!("{line}\n").as_bytes())
    }

    /// The last lines that are not blank, oldest first, long ones cut.
    pub(crate) fn last_lines(&self, name: &str, most: usize) -> io::Result<Vec<String>> {
        let Some(mut file) = self.reading(name)? else { return Ok(Vec::new()) };
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut end = Vec::new();
        file.take(TAIL).read_to_end(&mut end)?;
        let end = String::from_utf8_lossy(&end);
        let lines: Vec<&str> = end.lines().filter(|line| !line.trim().is_empty()).collect();
        Ok(lines[lines.len().saturating_sub(most)..].iter().map(|line| cut(line)).collect())
    }

    fn reading(&self, name: &str) -> io::Result<Option<File>> {
        let Some(folder) = absent_is_none(self.open_itself())? else { return Ok(None) };
        absent_is_none(open_in(&folder, name, OFlag::O_RDONLY))?.map(plain).transpose()
    }

    /// The folder itself: its files are found in this one, whatever takes its place meanwhile. What is
    /// a link, or lies behind one, is no folder.
    fn open_itself(&self) -> io::Result<OwnedFd> {
        let flags = OFlag::O_DIRECTORY | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
        let opened = match &self.outer {
            Some(_) => self.place().map(|(outer, name)| openat(outer, name, flags, Mode::empty()))?,
            None => open(&self.path, flags, Mode::empty()),
        };
        opened.map_err(|error| match error {
            Errno::ENOTDIR | Errno::ELOOP => io::Error::other(format!("{} is no folder", self.path.display())),
            other => other.into(),
        })
    }
}

/// No link is followed, and nobody waits for what is no file.
fn open_in(folder: &OwnedFd, name: &str, flags: OFlag) -> io::Result<File> {
    let always = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
    Ok(openat(folder, name, flags | always, OWNERS)?.into())
}

fn is_plain(file: &FileStat) -> bool {
    SFlag::from_bits_truncate(file.st_mode) & SFlag::S_IFMT == SFlag::S_IFREG
}

fn remove_in(folder: &OwnedFd, name: &str) -> io::Result<()> {
    absent_is_none(unlinkat(folder, name, UnlinkatFlags::NoRemoveDir).map_err(io::Error::from)).map(drop)
}

/// What changes when a file is written or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    inode: u64,
    length: i64,
    modified: (i64, i64),
}

impl Stamp {
    /// Which of two was written later.
    pub(crate) fn is_newer_than(&self, other: Option<Self>) -> bool {
        other.is_none_or(|other| self.modified > other.modified)
    }
}

/// Whether something was not written for want of room.
pub(crate) fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

fn plain(file: File) -> io::Result<File> {
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("is no plain file")),
    }
}

fn absent_is_none<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Where anybody can make folders, as in `/tmp`, a stranger may have made this one first, or a link
/// in its place. Elsewhere it is whoever made the folder around it that decides.
fn refuse_strangers(path: &Path) -> io::Result<()> {
    const ROOT: u32 = 0;
    for (path, around) in path.ancestors().zip(path.ancestors().skip(1)) {
        let (found, around) = (fs::symlink_metadata(path)?, fs::metadata(around)?);
        let is_anybodys = |folder: &fs::Metadata| folder.mode() & 0o002 != 0;
        if is_anybodys(&around) && ![ROOT, nix::unistd::geteuid().as_raw()].contains(&found.uid()) {
            let (path, user) = (path.display(), found.uid());
            return Err(io::Error::other(format!("anybody could make {path}, and the user {user} did")));
        }
    }
    Ok(())
}

/// A folder for its owner alone. One that is there already must be a real one, ours, and closed to
/// others, who could have put it there.
fn make_own_folder(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        other => return other,
    }
    let found = fs::symlink_metadata(path)?;
    let problem = if !found.is_dir() {
        "is no folder"
    } else if found.uid() != nix::unistd::geteuid().as_raw() {
        "belongs to another user"
    } else if found.mode() & 0o022 != 0 {
        "can be written to by others"
    } else {
        return Ok(());
    };
    Err(io::Error::other(format!("{} {problem}", path.display())))
}

/// The start of a line, or all of it.
fn cut(line: &str) -> String {
    match line.char_indices().nth(LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
