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

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;

use super::id::JobKey;

/// The most that is read of a page or a result, in bytes.
pub(crate) const LONGEST: u64 = 16 << 20;
/// How far from its end a log is looked at, in bytes.
const TAIL: u64 = 8 << 10;
/// The longest line of a log that is shown, in characters.
const LINE: usize = 300;

/// Where the folders of all jobs are.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Below `data_dir`, which is made if it is not there.
    pub(crate) fn below(data_dir: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(data_dir)?;
        let root = data_dir.canonicalize()?.join("jobs");
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
        Folder { path: self.root.join(key.to_string()) }
    }

    /// The keys of all folders there are.
    pub(crate) fn keys(&self) -> io::Result<Vec<JobKey>> {
        let names = fs::read_dir(&self.root)?.collect::<io::Result<Vec<_>>>()?;
        Ok(names.iter().filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect())
    }
}

/// The folder of one job.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(crate) fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it, or finds that it is there and nobody else's.
    pub(crate) fn make(&self) -> io::Result<()> {
        make_own_folder(&self.path)
    }

    /// Removes it with all it holds; links in it are removed, not followed.
    pub(crate) fn remove(&self) -> io::Result<()> {
        absent_is_none(fs::remove_dir_all(&self.path)).map(drop)
    }

    /// What a file holds, if it is there; no more than `longest` bytes of it.
    pub(crate) fn read(&self, name: &str, longest: u64) -> io::Result<Option<String>> {
        let Some(file) = self.open(name)? else { return Ok(None) };
        let mut content = Vec::new();
        file.take(longest).read_to_end(&mut content)?;
        Ok(Some(String::from_utf8(content).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into())))
    }

    /// What tells whether a file was written since; nothing if there is no plain file of that name.
    pub(crate) fn stamp(&self, name: &str) -> Option<Stamp> {
        let metadata = fs::symlink_metadata(self.path.join(name)).ok().filter(Metadata::is_file)?;
        Some(Stamp {
            inode: metadata.ino(),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        })
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> io::Result<()> {
        let unfinished = self.path.join(format!(".{name}.{}", std::process::id()));
        // One that is left over from a crash, or that somebody put there.
        absent_is_none(fs::remove_file(&unfinished))?;
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        let written = file.write_all(content.as_ref()).and_then(|()| fs::rename(&unfinished, self.path.join(name)));
        written.inspect_err(|_| {
            let _ = fs::remove_file(&unfinished);
        })
    }

    pub(crate) fn remove_file(&self, name: &str) -> io::Result<()> {
        absent_is_none(fs::remove_file(self.path.join(name))).map(drop)
    }

    /// Removes what an attempt before this one has told.
    pub(crate) fn clear_reports(&self) -> io::Result<()> {
        ["progress", "status.html", "status.txt", "result.txt"].iter().try_for_each(|name| self.remove_file(name))
    }

    /// The file to append to; it is made if it is not there.
    pub(crate) fn appending(&self, name: &str) -> io::Result<File> {
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        let options = OpenOptions::new().append(true).create(true).mode(0o600).custom_flags(flags.bits()).clone();
        plain(options.open(self.path.join(name))?)
    }

    pub(crate) fn append_line(&self, name: &str, line: &str) -> io::Result<()> {
        // In one piece, or what others write at the same time would come in between.
        self.appending(name)?.write_all(format!("{line}\n").as_bytes())
    }

    /// The last lines that are not blank, oldest first, long ones cut.
    pub(crate) fn last_lines(&self, name: &str, most: usize) -> io::Result<Vec<String>> {
        let Some(mut file) = self.open(name)? else { return Ok(Vec::new()) };
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut end = Vec::new();
        file.take(TAIL).read_to_end(&mut end)?;
        let end = String::from_utf8_lossy(&end);
        let lines: Vec<&str> = end.lines().filter(|line| !line.trim().is_empty()).collect();
        Ok(lines[lines.len().saturating_sub(most)..].iter().map(|line| cut(line)).collect())
    }

    fn open(&self, name: &str) -> io::Result<Option<File>> {
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        let file = OpenOptions::new().read(true).custom_flags(flags.bits()).open(self.path.join(name));
        absent_is_none(file)?.map(plain).transpose()
    }
}

/// What changes when a file is written or replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    inode: u64,
    length: u64,
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

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn folder() -> (tempfile::TempDir, Folder) {
        let data_dir = tempfile::tempdir().expect("a temporary folder");
        let folder = Folders::below(data_dir.path()).expect("it can be made").of(JobKey::of("Waiter", "../x"));
        folder.make().expect("it can be made");
        (data_dir, folder)
    }

    #[test]
    fn files_are_written_whole_and_for_their_owner_only() {
        let (_data_dir, folder) = folder();
        assert_eq!(folder.read("progress", 10).expect("readable"), None);
        folder.write("progress", "one").expect("written");
        let first = folder.stamp("progress");
        folder.write("progress", "other").expect("written");
        assert_ne!(folder.stamp("progress"), first);
        assert_eq!(folder.read("progress", 10).expect("readable").as_deref(), Some("other"));
        assert_eq!(folder.read("progress", 3).expect("readable").as_deref(), Some("oth"));
        for path in [folder.path().to_owned(), folder.path().join("progress")] {
            assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o077, 0);
        }
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
    }

    #[test]
    fn links_are_not_followed_in_or_out() {
        let (data_dir, folder) = folder();
        let secret = data_dir.path().join("secret");
        fs::write(&secret, "secret").expect("written");
        for name in ["status.html", "progress", "log.txt"] {
            symlink(&secret, folder.path().join(name)).expect("linked");
        }
        assert!(folder.read("status.html", 10).is_err());
        assert!(folder.last_lines("log.txt", 3).is_err());
        assert_eq!(folder.stamp("status.html"), None);
        assert!(folder.append_line("log.txt", "x").is_err());
        folder.write("progress", "ours").expect("the link is replaced");
        assert_eq!(folder.read("progress", 10).expect("readable").as_deref(), Some("ours"));
        assert_eq!(fs::read_to_string(&secret).expect("readable"), "secret");
        folder.remove().expect("removed");
        assert!(secret.exists() && !folder.path().exists());
    }

    #[test]
    fn what_is_no_file_holds_nobody_up() {
        let (_data_dir, folder) = folder();
        nix::unistd::mkfifo(&folder.path().join("status.html"), nix::sys::stat::Mode::S_IRWXU).expect("made");
        assert!(folder.read("status.html", 10).is_err());
        fs::create_dir(folder.path().join("status.txt")).expect("made");
        assert!(folder.read("status.txt", 10).is_err());
    }

    #[test]
    fn a_folder_that_somebody_else_put_there_is_refused() {
        let data_dir = tempfile::tempdir().expect("a temporary folder");
        let folders = Folders::below(data_dir.path()).expect("it can be made");
        let (linked, open) = (folders.of(JobKey::of("a", "1")), folders.of(JobKey::of("a", "2")));
        symlink("/tmp", linked.path()).expect("linked");
        assert!(linked.make().is_err());
        fs::create_dir(open.path()).expect("made");
        fs::set_permissions(open.path(), fs::Permissions::from_mode(0o777)).expect("opened");
        assert!(open.make().is_err());
    }

    #[test]
    fn folders_that_are_there_are_found_and_none_are_made() {
        let outer = tempfile::tempdir().expect("a temporary folder");
        let data_dir = outer.path().join("data");
        assert!(Folders::existing_below(&data_dir).expect("nothing is wrong").is_none());
        assert!(!data_dir.exists());
        fs::create_dir(&data_dir).expect("made");
        assert!(Folders::existing_below(&data_dir).expect("nothing is wrong").is_none());
        let (key, made) = (JobKey::of("a", "1"), Folders::below(&data_dir).expect("it can be made"));
        let found = Folders::existing_below(&data_dir).expect("nothing is wrong").expect("it is there");
        assert_eq!(found.of(key).path(), made.of(key).path());
        fs::remove_dir(data_dir.join("jobs")).expect("it is empty");
        symlink("/tmp", data_dir.join("jobs")).expect("linked");
        assert!(Folders::existing_below(&data_dir).is_err());
    }

    #[test]
    fn the_end_of_a_long_log_is_found() {
        let (_data_dir, folder) = folder();
        assert!(folder.last_lines("log.txt", 3).expect("no log yet").is_empty());
        (0..10_000).for_each(|line| folder.append_line("log.txt", &format!("line {line}\n")).expect("appended"));
        assert_eq!(folder.last_lines("log.txt", 2).expect("readable"), ["line 9998", "line 9999"]);
        folder.append_line("log.txt", &"x".repeat(100_000)).expect("appended");
        assert_eq!(folder.last_lines("log.txt", 2).expect("readable"), ["x".repeat(LINE) + "…"]);
    }
}
