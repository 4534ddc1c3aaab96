//! A service for the tests of jobs: its methods do what jobs do in the wild, as a program that is
//! started, killed and started again.
//!
//! Everything is set from outside, as for any program. Beside `Lab` there are two services that tell
//! of failures in the other two ways.

mod linger;
mod policies;
mod tally;

use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use soap_runtime::{App, BlockingJob, ExitCode, Job, JobError, SoapFault, soap_service};

struct Lab;

/// Why a job of the lab has no result.
#[derive(Debug, thiserror::Error, SoapFault)]
enum LabError {
    /// What was asked for is not to be had.
    #[error("there is no `{part}`")]
    #[soap(client)]
    Refused {
        /// What was asked for.
        part: String,
    },
    /// The job cannot go on.
    #[error("{0}")]
    Stopped(
        #[soap(skip)]
        #[from]
        JobError,
    ),
}

impl From<io::Error> for LabError {
    fn from(error: io::Error) -> Self {
        Self::Stopped(error.into())
    }
}

/// Does what jobs do in the wild.
#[soap_service(path = "/lab/Lab", namespace = "tns")]
impl Lab {
    /// Does nothing for a while, and says how far it is.
    #[job(name = "startNap", outputs(result))]
    async fn nap(&self, job: Job, #[soap(default = 0)] milliseconds: u32) -> Result<String, JobError> {
        nap(&job, milliseconds).await?;
        Ok("rested".to_owned())
    }

    /// Says who it is and what it was given: serviceID, session token and attempt.
    #[job(name = "startWho", outputs(result))]
    async fn who(&self, job: Job, #[soap(default = 0)] milliseconds: u32) -> Result<String, JobError> {
        nap(&job, milliseconds).await?;
        Ok(format!("{}|{}|{}", job.service_id().as_str(), job.session_token().expose(), job.attempt()))
    }

    /// Panics, after a while.
    #[job(name = "startPanic", outputs(result))]
    async fn panic(&self, job: Job, #[soap(default = 0)] milliseconds: u32) -> Result<String, JobError> {
        nap(&job, milliseconds).await?;
        panic!("the lab blew up")
    }

    /// Runs a program that says something and ends with this code.
    #[job(name = "startExit", outputs(result))]
    async fn exit(&self, job: Job, code: u8) -> Result<String, JobError> {
        script(&job, &format!("echo its first words; echo its last words >&2; exit {code}")).await
    }

    /// Ends the process that it runs in with this code, as a library may that knows no errors.
    #[job(name = "startQuit", outputs(result))]
    async fn quit(&self, _job: Job, code: u8) -> String {
        std::process::exit(code.into())
    }

    /// Runs a program that fills its standard error.
    #[job(name = "startFlood", outputs(result))]
    async fn flood(&self, job: Job, megabytes: u32) -> Result<String, JobError> {
        let line = "all work and no play makes a dull log ".repeat(3);
        script(&job, &format!("yes '{line}' | head -c {megabytes}M >&2; echo >&2; echo flooded > result.txt")).await
    }

    /// Runs a script, with the lab's own program as `$LAB`.
    #[job(name = "startScript", outputs(result))]
    async fn script(&self, job: Job, script: String) -> Result<String, JobError> {
        self::script(&job, &script).await
    }

    /// The same, and it may begin again.
    #[job(name = "startScriptAgain", outputs(result), requeue)]
    async fn script_again(&self, job: Job, script: String) -> Result<String, JobError> {
        self::script(&job, &script).await
    }

    /// Runs a program that does not exist.
    #[job(name = "startNothing", outputs(result))]
    async fn nothing(&self, job: Job) -> Result<String, JobError> {
        Ok(job.run(Command::new("/nowhere/no-such-program")).await?.unwrap_or_default())
    }

    /// Starts processes in all ways that there are, each of them with `mark` in its command line, and
    /// waits; or, if told so, ends and leaves them.
    #[job(name = "startFork", outputs(result))]
    async fn fork(&self, job: Job, mark: String, #[soap(default = true)] waits: bool) -> Result<String, LabError> {
        linger::fork(&mark)?;
        if waits {
            job.cancelled().await;
            return Err(JobError::Aborted.into());
        }
        Ok("left".to_owned())
    }

    /// Writes down when it begins and ends, and sees whether another one runs at the same time.
    #[job(name = "startTally", outputs(result))]
    async fn tally(&self, job: Job, file: String, #[soap(default = 0)] milliseconds: u32) -> Result<String, LabError> {
        tally(&job, &file, milliseconds).await
    }

    /// The same, and it may begin again.
    #[job(name = "startTallyAgain", outputs(result), requeue)]
    async fn tally_again(
        &self,
        job: Job,
        file: String,
        #[soap(default = 0)] milliseconds: u32,
    ) -> Result<String, LabError> {
        tally(&job, &file, milliseconds).await
    }

    /// Shows a page of its own for a while.
    #[job(name = "startPage", outputs(result))]
    async fn page(&self, job: Job, page: String, #[soap(default = 0)] milliseconds: u32) -> Result<String, JobError> {
        job.page(page).await?;
        job.sleep(Duration::from_millis(milliseconds.into())).await?;
        Ok("shown".to_owned())
    }

    /// Tells how far it is, in words as well, writes them to its log, and stays there until a message comes.
    #[job(name = "startProgress", outputs(result))]
    async fn progress(&self, job: Job, done: f64, total: f64, message: String) -> Result<String, JobError> {
        job.progress_with(done, total, &message).await?;
        job.log(&message)?;
        messages(&job, 1).await
    }

    /// Waits for so many messages, and gives them back.
    #[job(name = "startMessages", outputs(result))]
    async fn messages(&self, job: Job, #[soap(default = 1)] count: u32) -> Result<String, JobError> {
        messages(&job, count).await
    }

    /// Has a result of so many bytes.
    #[job(name = "startBig", outputs(result))]
    async fn big(&self, _job: Job, bytes: u32) -> String {
        "x".repeat(usize::try_from(bytes).unwrap_or(usize::MAX))
    }

    /// Ends with a fault of its own.
    #[job(name = "startRefused", outputs(result))]
    async fn refused(&self, _job: Job, part: String) -> Result<String, LabError> {
        Err(LabError::Refused { part })
    }

    /// Computes, and looks now and then whether it may go on.
    #[job(name = "startCompute", outputs(result))]
    fn compute(&self, job: BlockingJob, milliseconds: u32) -> Result<String, JobError> {
        let (begun, time) = (Instant::now(), Duration::from_millis(milliseconds.into()));
        let mut sum = 0_u64;
        while begun.elapsed() < time {
            sum = (0..10_000).fold(sum, |sum, number| sum.wrapping_mul(31).wrapping_add(number));
            std::hint::black_box(sum);
            job.checkpoint()?;
        }
        Ok("computed".to_owned())
    }

    /// Blocks its thread, and never looks whether it may go on.
    #[job(name = "startBlock", outputs(result))]
    fn block(&self, _job: BlockingJob, milliseconds: u32) -> String {
        std::thread::sleep(Duration::from_millis(milliseconds.into()));
        "blocked".to_owned()
    }

    /// An operation beside the jobs: what it is asked.
    #[operation(outputs(text))]
    async fn echo(&self, text: String) -> String {
        text
    }
}

async fn nap(job: &Job, milliseconds: u32) -> Result<(), JobError> {
    const PARTS: u32 = 10;
    let part = Duration::from_millis(milliseconds.into()) / PARTS;
    for done in 0..PARTS {
        job.progress(done, PARTS).await?;
        job.sleep(part).await?;
    }
    Ok(())
}

async fn script(job: &Job, script: &str) -> Result<String, JobError> {
    let mut command = Command::new("sh");
    command.args(["-c", script]).env("LAB", std::env::current_exe()?);
    Ok(job.run(command).await?.unwrap_or_default().trim_end().to_owned())
}

async fn tally(job: &Job, file: &str, milliseconds: u32) -> Result<String, LabError> {
    let tally = tally::Tally::begin(file, job.attempt())?;
    job.sleep(Duration::from_millis(milliseconds.into())).await?;
    Ok(tally.end()?)
}

async fn messages(job: &Job, count: u32) -> Result<String, JobError> {
    let mut messages = Vec::new();
    while messages.len() < count as usize {
        job.sleep(Duration::from_millis(10)).await?;
        messages.extend(job.messages());
    }
    Ok(messages.join("|"))
}

fn main() -> ExitCode {
    App::new()
        .command(linger::SUBCOMMAND, "Lives for a while: what jobs leave behind", linger::run)
        .service(Lab)
        .service(policies::Pages)
        .service(policies::Completes)
        .run()
}
