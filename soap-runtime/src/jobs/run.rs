//! A program run inside a job.

use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};

use super::error::JobError;
use super::folder::{Folder, is_full};
use super::job::Job;
use super::messages::{NOTIFICATIONS, as_line};
use super::processes::{Identity, Kin, MARKER, kill_all, mark};

/// The environment variable that tells a program where the job's folder is.
const FOLDER: &str = "JOB_FOLDER";
/// How often messages are looked for.
const LOOK: Duration = Duration::from_millis(200);
/// How long a program has between being asked to end and being killed.
const GRACE: Duration = Duration::from_secs(1);
/// How many lines of the log the fault of a program that failed quotes.
const QUOTED: usize = 5;

impl Job {
    /// Runs a program, and hands back what it left in `result.txt`.
    ///
    /// It runs in [`Job::folder`], unless the command says elsewhere, and finds that folder in
    /// `JOB_FOLDER`. What it prints goes to the job's log. It may talk to the user through files in
    /// the folder, as programs of the platform's HPC service do (contract, "The job directory"):
    ///
    /// | file | written by | meaning |
    /// | --- | --- | --- |
    /// | `status.txt` | the program | how far it is: one number, 0 to 100 |
    /// | `status.html` | the program | a page of its own, replaced as a whole |
    /// | `result.txt` | the program | the result, read once when it has ended |
    /// | `notifications.txt` | the job | a line for each message of `notifyService`; made anew when the program has removed it |
    ///
    /// Those who write a file under another name first, and rename it, never show half of it.
    ///
    /// # Errors
    /// [`JobError::ProgramFailed`] with its exit code and last words, if that is not 0. If the job is
    /// aborted, the program is asked to end (SIGTERM), has a second for it, and is then killed with
    /// all that it started.
    pub async fn run(&self, command: impl Into<Command>) -> Result<Option<String>, JobError> {
        self.checkpoint()?;
        let folder = self.made_folder()?.clone();
        // Those of a program before it, or of an earlier attempt.
        ["status.txt", "result.txt"].iter().try_for_each(|name| folder.remove_file(name))?;
        let mut command = command.into();
        self.hand_on_trace(&mut command);
        let program = name_of(&command);
        let mut program_in_job = Program::start(&mut command, &folder)
            .map_err(|source| JobError::NotStarted { program: program.clone(), source })?;
        let status = self.wait_for(&mut program_in_job, &folder).await?;
        if !status.success() {
            let log = folder.last_lines("log.txt", QUOTED)?;
            return Err(JobError::ProgramFailed { program, status, log });
        }
        Ok(folder.read("result.txt", u64::MAX)?)
    }

    async fn wait_for(&self, program: &mut Program, folder: &Folder) -> Result<ExitStatus, JobError> {
        let mut forwarded = self.taken();
        let mut look = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                status = program.child.wait() => {
                    program.group = None;
                    return Ok(status?);
                }
                () = self.cancelled() => {
                    program.stop(folder).await;
                    return Err(JobError::Aborted);
                }
                _ = look.tick() => {
                    for message in self.messages_from(forwarded) {
                        match folder.append_line(NOTIFICATIONS, &as_line(&message)) {
                            Ok(()) => forwarded += 1,
                            // At the next look there may be.
                            Err(error) if is_full(&error) => break,
                            Err(error) => return Err(error.into()),
                        }
                    }
                }
            }
        }
    }
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.as_std().get_program());
    program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned()
}

/// A program that runs, in a process group of its own. Dropped before it has ended, it is killed.
struct Program {
    child: Child,
    group: Option<Pid>,
    identity: Option<Identity>,
}

impl Program {
    fn start(command: &mut Command, folder: &Folder) -> std::io::Result<Self> {
        let log = folder.appending("log.txt")?;
        if command.as_std().get_current_dir().is_none() {
            command.current_dir(folder.path());
        }
        command.env(FOLDER, folder.path()).env(MARKER, mark(folder.path()));
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        let child = command.spawn()?;
        let pid = child.id().and_then(|id| i32::try_from(id).ok());
        Ok(Self { child, group: pid.map(Pid::from_raw), identity: pid.and_then(Identity::of) })
    }

    /// Asks it to end, and kills it with all that belongs to the job but this process.
    async fn stop(&mut self, folder: &Folder) {
        if let Some(group) = self.group {
            // It may be gone by now.
            let _ = killpg(group, Signal::SIGTERM);
        }
        let ended = tokio::time::timeout(GRACE, self.child.wait()).await;
        let (mark, own) = (mark(folder.path()), self.child.id().and_then(|id| i32::try_from(id).ok()));
        let kin = self.identity.take().map(Kin::Group);
        let kill = move || kill_all(&[mark], kin.as_ref(), own, GRACE);
        // If the thread is lost, so is this process.
        let _ = tokio::task::spawn_blocking(kill).await;
        if ended.is_err() {
            let _ = self.child.wait().await;
        }
        self.group = None;
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Some(group) = self.group {
            let _ = killpg(group, Signal::SIGKILL);
        }
    }
}
