//! The folder of one execution: what its files mean, how they are read and written.
//!
//! | file | written by | content |
//! | --- | --- | --- |
//! | `request.txt` | the service, at the start | the seconds to wait; the serviceID, quoted |
//! | `process.txt` | the program | its process id, which is the id of its process group as well |
//! | `status.txt` | the program | one whole number, 0 to 100 |
//! | `result.txt` | the program, at the end | the result |
//! | `aborted.txt` | the service | that it was told to stop |
//! | `log.txt` | the program | what it prints |
//!
//! Whether the program runs is asked of the log, not of a process id, which may by now belong to
//! somebody else: the program writes to a log on which the service took an exclusive lock, and such
//! a lock lives as long as anything has that opening of the file, the program or what it started.
//! Locks of this kind (`flock`) need a local file system.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How much of a log a fault quotes, from its end.
const QUOTED_LINES: usize = 3;
const QUOTED_CHARACTERS: usize = 300;

/// The folder of one execution.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// How many seconds the execution was asked to wait; `None` if there is no such execution.
    pub(crate) fn requested_seconds(&self) -> io::Result<Option<u32>> {
        let Some(request) = self.read("request.txt")? else { return Ok(None) };
        let seconds = request.lines().next().and_then(|line| line.parse().ok());
        seconds.map(Some).ok_or_else(|| io::Error::other("request.txt does not begin with a number of seconds"))
    }

    pub(crate) fn write_request(&self, service_id: &str, seconds: u32) -> io::Result<()> {
        self.write("request.txt", &format!("{seconds}\n{service_id:?}\n"))
    }

    /// How far the program says that it is; 0 as long as it has said nothing.
    pub(crate) fn percent(&self) -> io::Result<u8> {
        let status = self.read("status.txt")?;
        Ok(status.and_then(|status| status.trim().parse().ok()).unwrap_or(0).min(100))
    }

    pub(crate) fn write_percent(&self, percent: u8) -> io::Result<()> {
        self.write("status.txt", &format!("{percent}\n"))
    }

    pub(crate) fn result(&self) -> io::Result<Option<String>> {
        self.read("result.txt")
    }

    pub(crate) fn write_result(&self, result: &str) -> io::Result<()> {
        self.write("result.txt", result)
    }

    /// The process group of the program, once it has said so. Ids up to 1 are not one: to a signal
    /// they mean this process's own group, or every process there is.
    pub(crate) fn process_group(&self) -> io::Result<Option<i32>> {
        let id = self.read("process.txt")?.and_then(|id| id.trim().parse().ok());
        Ok(id.filter(|id| *id > 1))
    }

    pub(crate) fn write_process(&self, id: u32) -> io::Result<()> {
        self.write("process.txt", &format!("{id}\n"))
    }

    pub(crate) fn is_aborted(&self) -> io::Result<bool> {
        self.0.join("aborted.txt").try_exists()
    }

    pub(crate) fn mark_aborted(&self) -> io::Result<()> {
        self.write("aborted.txt", "")
    }

    /// Creates the log and locks it; see the module for what the lock is for.
    pub(crate) fn create_log(&self) -> io::Result<File> {
        let log = File::options().append(true).create_new(true).open(self.0.join("log.txt"))?;
        log.lock()?;
        Ok(log)
    }

    /// Whether the program, or anything that it started, is still there.
    ///
    /// The lock that is tried is a shared one, so that two who ask do not take each other for the
    /// program.
    pub(crate) fn is_alive(&self) -> io::Result<bool> {
        match File::open(self.0.join("log.txt"))?.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    pub(crate) fn append_to_log(&self, line: &str) -> io::Result<()> {
        writeln!(File::options().append(true).open(self.0.join("log.txt"))?, "{line}")
    }

    /// The last lines of the log, in one line.
    pub(crate) fn end_of_log(&self) -> io::Result<String> {
        let log = fs::read(self.0.join("log.txt"))?;
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().filter(|line| !line.trim().is_empty()).collect();
        let end = lines[lines.len().saturating_sub(QUOTED_LINES)..].join("; ");
        let too_many = end.chars().count().saturating_sub(QUOTED_CHARACTERS);
        Ok(end.chars().skip(too_many).collect())
    }

    /// How long before `now` one of its files last came or was replaced.
    pub(crate) fn age(&self, now: SystemTime) -> io::Result<Duration> {
        let last_change = fs::metadata(&self.0)?.modified()?;
        Ok(now.duration_since(last_change).unwrap_or_default())
    }

    fn read(&self, name: &str) -> io::Result<Option<String>> {
        match fs::read_to_string(self.0.join(name)) {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Under a new name first, so that nobody ever reads half a file.
    fn write(&self, name: &str, content: &str) -> io::Result<()> {
        let unfinished = self.0.join(format!(".{name}"));
        fs::write(&unfinished, content)?;
        fs::rename(unfinished, self.0.join(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty_folder() -> (tempfile::TempDir, Folder) {
        let directory = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(directory.path());
        (directory, folder)
    }

    #[test]
    fn progress_is_zero_until_a_whole_number_has_been_written() {
        let (_directory, folder) = empty_folder();
        assert_eq!(folder.percent().expect("no file"), 0);
        for (status, percent) in [("", 0), ("half", 0), ("7", 7), (" 100\n", 100), ("101", 100), ("-1", 0)] {
            fs::write(folder.path().join("status.txt"), status).expect("a status file");
            assert_eq!(folder.percent().expect("a status file"), percent, "{status:?}");
        }
    }

    #[test]
    fn a_request_keeps_the_seconds_whatever_the_service_id() {
        for service_id in ["a", "../../etc/passwd", "7\n8", "\u{202e}x", &"long".repeat(2500)] {
            let (_directory, folder) = empty_folder();
            assert_eq!(folder.requested_seconds().expect("no file"), None);
            folder.write_request(service_id, 42).expect("written");
            assert_eq!(folder.requested_seconds().expect("a request"), Some(42), "{service_id:?}");
        }
    }

    #[test]
    fn it_is_alive_as_long_as_anybody_holds_its_log() {
        let (_directory, folder) = empty_folder();
        let log = folder.create_log().expect("a log");
        let given_to_a_child = log.try_clone().expect("a second handle");
        drop(log);
        assert!(folder.is_alive().expect("a log"));
        drop(given_to_a_child);
        assert!(!folder.is_alive().expect("a log"));
    }

    #[test]
    fn a_log_is_quoted_from_its_end() {
        let (_directory, folder) = empty_folder();
        drop(folder.create_log().expect("a log"));
        assert_eq!(folder.end_of_log().expect("a log"), "");
        for line in ["one", "", "two", "three", "four"] {
            folder.append_to_log(line).expect("appended");
        }
        assert_eq!(folder.end_of_log().expect("a log"), "two; three; four");
        folder.append_to_log(&"é".repeat(1000)).expect("appended");
        assert_eq!(folder.end_of_log().expect("a log"), "é".repeat(QUOTED_CHARACTERS));
    }
}
