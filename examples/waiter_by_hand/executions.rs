//! The executions of the waiter: start, ask, abort. How old ones are taken up and cleared away is in
//! [`upkeep`](super::upkeep).
//!
//! Each has a [`Folder`] of its own, named after a hash of its serviceID, and nothing of it is kept
//! in memory: what the files say is true for every server that looks at them, one that was killed
//! and started again included.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use sha2::{Digest, Sha256};

use super::folder::Folder;
use super::wait;

/// How long an abort waits for the processes to be gone. The workflow manager gives a call ten
/// seconds.
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// What a folder is called until it is complete.
pub(crate) const CLAIM: &str = ".claim-";

/// How far an execution is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// It runs, and has done so many percent.
    Running(u8),
    /// It has ended with this result.
    Finished(String),
}

/// Why there is no [`Progress`] to tell.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExecutionError {
    /// There is no such execution.
    #[error("it was never started here, or has been cleared away")]
    Unknown,
    /// The same serviceID was started before, to do something else.
    #[error("it was started before with secondsToWait {0}; start another one under a serviceID of its own")]
    OtherInputs(u32),
    /// It was aborted.
    #[error("it was aborted")]
    Aborted,
    /// Its program is gone and has left no result.
    #[error("it ended without a result: {0}")]
    Failed(String),
    /// Its processes do not go away.
    #[error("its processes are still there {} seconds after they were killed", PATIENCE.as_secs())]
    Unkillable,
    /// The files of the execution could not be read or written.
    #[error("its files cannot be read or written")]
    Files(#[from] io::Error),
}

/// Makes the command line of the program that waits so many seconds and reports to a folder.
type Program = fn(&Path, u32) -> io::Result<Command>;

/// All executions whose folders lie below one folder.
#[derive(Debug)]
pub(crate) struct Executions {
    pub(crate) root: PathBuf,
    program: Program,
}

impl Executions {
    pub(crate) fn new(root: impl Into<PathBuf>, program: Program) -> Self {
        Self { root: root.into(), program }
    }

    /// Starts an execution, or finds the one that was started with the same inputs before.
    pub(crate) fn start(&self, service_id: &str, seconds: u32) -> Result<Progress, ExecutionError> {
        let folder = self.folder(service_id);
        if folder.requested_seconds()?.is_none() && self.claim_and_run(&folder, service_id, seconds)? {
            return self.progress(service_id);
        }
        match folder.requested_seconds()? {
            Some(before) if before != seconds => Err(ExecutionError::OtherInputs(before)),
            _ => self.progress(service_id),
        }
    }

    /// How far an execution is.
    pub(crate) fn progress(&self, service_id: &str) -> Result<Progress, ExecutionError> {
        let folder = self.folder(service_id);
        // Asked before the result is looked for: a program that was gone by then has left one, or
        // never will.
        let alive = is_alive(&folder)?;
        if folder.is_aborted()? {
            return Err(ExecutionError::Aborted);
        }
        match folder.result()? {
            Some(result) => Ok(Progress::Finished(result)),
            // The percentage of a program that is about to end may be a hundred already.
            None if alive => Ok(Progress::Running(folder.percent()?.min(99))),
            None => Err(ExecutionError::Failed(reason(&folder)?)),
        }
    }

    /// Ends an execution, with everything that it started. What has ended already is left as it is.
    pub(crate) fn abort(&self, service_id: &str) -> Result<(), ExecutionError> {
        let folder = self.folder(service_id);
        if !is_alive(&folder)? || folder.result()?.is_some() {
            return Ok(());
        }
        // Marked before it is killed, so that a server that dies in between finishes the work when it
        // starts again, and nobody takes the killed one for a failure.
        folder.mark_aborted()?;
        kill(&folder)
    }

    pub(crate) fn create_root(&self) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.root)
    }

    /// The raw serviceID is never part of a path: it comes from outside, and may be `../../etc`.
    fn folder(&self, service_id: &str) -> Folder {
        let mut name = String::with_capacity(64);
        for byte in Sha256::digest(service_id) {
            write!(name, "{byte:02x}").expect("a string takes everything");
        }
        Folder::new(self.root.join(name))
    }

    /// Whether `folder` was free and is now this execution's, with its program running.
    ///
    /// The folder gets its name when its request is written and its log is locked, so that nobody
    /// ever meets one that is half made; renaming does not replace a folder that has something in it,
    /// so that of two who try only one succeeds.
    fn claim_and_run(&self, folder: &Folder, service_id: &str, seconds: u32) -> io::Result<bool> {
        self.create_root()?;
        let owner_only = fs::Permissions::from_mode(0o700);
        let claim = tempfile::Builder::new().prefix(CLAIM).permissions(owner_only).tempdir_in(&self.root)?;
        let unnamed = Folder::new(claim.path());
        unnamed.write_request(service_id, seconds)?;
        let log = unnamed.create_log()?;
        if seconds == 0 {
            // There is nothing to wait for, so there is nothing to run.
            unnamed.write_result(wait::RESULT)?;
            unnamed.write_percent(100)?;
        }
        match fs::rename(claim.path(), folder.path()) {
            Ok(()) => drop(claim.keep()),
            Err(error) if is_taken(&error) => return Ok(false),
            Err(error) => return Err(error),
        }
        if seconds > 0 {
            self.run(folder, seconds, log).inspect_err(|_| {
                // Then there is no execution, and it may be started again.
                let _ = self.remove(folder);
            })?;
        }
        Ok(true)
    }

    /// In a process group of its own, for killing, and so that a Ctrl-C for the server is not for it.
    fn run(&self, folder: &Folder, seconds: u32, log: fs::File) -> io::Result<()> {
        let mut command = (self.program)(folder.path(), seconds)?;
        command.stdin(Stdio::null()).stderr(log.try_clone()?).stdout(log).process_group(0);
        // The thread comes first: a process without one would stay as a zombie.
        let (to_reaper, children) = mpsc::channel();
        let reaper = std::thread::Builder::new().name("reaper".to_owned()).stack_size(64 * 1024);
        let folder = Folder::new(folder.path());
        reaper.spawn(move || children.iter().for_each(|child| reap(child, &folder)))?;
        to_reaper.send(command.spawn()?).map_err(io::Error::other)
    }
}

fn is_taken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists)
}

fn is_alive(folder: &Folder) -> Result<bool, ExecutionError> {
    folder.is_alive().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => ExecutionError::Unknown,
        _ => ExecutionError::Files(error),
    })
}

/// Kills until nobody is left. The program itself says which process group it is, which right after
/// the start it may not have done yet.
pub(crate) fn kill(folder: &Folder) -> Result<(), ExecutionError> {
    let deadline = Instant::now() + PATIENCE;
    while folder.is_alive()? {
        if Instant::now() > deadline {
            return Err(ExecutionError::Unkillable);
        }
        if let Some(group) = folder.process_group()? {
            match killpg(Pid::from_raw(group), Signal::SIGKILL) {
                Ok(()) | Err(Errno::ESRCH) => {}
                Err(error) => return Err(io::Error::from(error).into()),
            }
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    Ok(())
}

/// Waits for the end of a program, and notes an unhappy one.
fn reap(mut child: Child, folder: &Folder) {
    if let Ok(status) = child.wait()
        && !status.success()
    {
        // The folder may have been cleared away meanwhile, and then nobody will ask.
        let _ = folder.append_to_log(&format!("the program ended with {status}"));
    }
}

fn reason(folder: &Folder) -> io::Result<String> {
    let log = folder.end_of_log()?;
    Ok(match folder.process_group()? {
        None if log.is_empty() => "the server was stopped before it could run its program".to_owned(),
        _ => format!("its program is gone; its log ends with `{log}`"),
    })
}

#[cfg(test)]
#[path = "executions/tests.rs"]
mod tests;
