//! The handle for methods that compute or block.

use std::path::Path;
use std::time::Duration;

use super::error::JobError;
use super::job::{Job, fraction};
use super::report::Amount;
use crate::types::{ServiceId, SessionToken};

/// The [`Job`] of a method that is a plain `fn`, or of [`Job::blocking`]: it runs on a thread of its
/// own, and what it calls here waits there.
///
/// A thread cannot be killed. So that the job can be aborted, a long computation reports its
/// progress, or calls [`BlockingJob::checkpoint`] now and then; in a process of its own (`EXECUTOR`
/// is `process`) it is killed if it does not.
///
/// ```
/// use soap_runtime::{BlockingJob, JobError, soap_service};
///
/// struct Mesher;
///
/// #[soap_service]
/// impl Mesher {
///     #[job(name = "startMesher", outputs(elements))]
///     fn mesh(&self, job: BlockingJob, parts: u32) -> Result<u64, JobError> {
///         let mut elements = 0;
///         for part in 0..parts {
///             job.progress_with(part, parts, format!("meshing part {part}"))?;
///             elements += u64::from(part) * 1000;
///         }
///         Ok(elements)
///     }
/// }
/// ```
#[derive(Clone, Debug)]
pub struct BlockingJob {
    job: Job,
}

impl From<Job> for BlockingJob {
    fn from(job: Job) -> Self {
        Self { job }
    }
}

impl BlockingJob {
    /// As [`Job::service_id`].
    pub fn service_id(&self) -> &ServiceId {
        self.job.service_id()
    }

    /// As [`Job::session_token`].
    pub fn session_token(&self) -> &SessionToken {
        self.job.session_token()
    }

    /// As [`Job::attempt`].
    pub fn attempt(&self) -> u32 {
        self.job.attempt()
    }

    /// As [`Job::progress`].
    ///
    /// # Errors
    /// If the job was aborted.
    pub fn progress(&self, done: impl Amount, total: impl Amount) -> Result<(), JobError> {
        self.job.tell(Some(fraction(done, total)), None)
    }

    /// As [`Job::progress_with`].
    ///
    /// # Errors
    /// If the job was aborted.
    pub fn progress_with(
        &self,
        done: impl Amount,
        total: impl Amount,
        message: impl AsRef<str>,
    ) -> Result<(), JobError> {
        self.job.tell(Some(fraction(done, total)), Some(message.as_ref()))
    }

    /// As [`Job::page`].
    ///
    /// # Errors
    /// As [`Job::page`].
    pub fn page(&self, page: impl Into<String>) -> Result<(), JobError> {
        self.job.show(page.into())
    }

    /// As [`Job::sleep`].
    ///
    /// # Errors
    /// Once the job is aborted, at once.
    pub fn sleep(&self, time: Duration) -> Result<(), JobError> {
        self.job.runtime().block_on(self.job.sleep(time))
    }

    /// As [`Job::checkpoint`].
    ///
    /// # Errors
    /// If the job was aborted.
    pub fn checkpoint(&self) -> Result<(), JobError> {
        self.job.checkpoint()
    }

    /// As [`Job::messages`].
    pub fn messages(&self) -> Vec<String> {
        self.job.messages()
    }

    /// As [`Job::folder`].
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn folder(&self) -> Result<&Path, JobError> {
        self.job.folder()
    }

    /// As [`Job::log`].
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn log(&self, line: impl AsRef<str>) -> Result<(), JobError> {
        self.job.log(line)
    }

    /// As [`Job::run`].
    ///
    /// # Errors
    /// As [`Job::run`].
    pub fn run(&self, command: impl Into<tokio::process::Command>) -> Result<Option<String>, JobError> {
        self.job.runtime().block_on(self.job.run(command))
    }
}
