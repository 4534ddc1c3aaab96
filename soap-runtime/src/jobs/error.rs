//! Why a job's method cannot go on.

use std::io;
use std::process::ExitStatus;

/// Why a job cannot go on: what the methods of [`Job`](crate::Job) fail with.
///
/// It is a [`SoapFault`](crate::SoapFault), so a method may return it as it is, and it becomes a
/// [`Fault`](crate::Fault) by `?`. An error enum of your own takes it in with `#[from]`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// `abortService` was called, or the job has run for too long. Return it, and free what you hold.
    #[error("it was aborted")]
    Aborted,
    /// A program could not be started.
    #[error("`{program}` cannot be started: {source}")]
    NotStarted {
        /// Its name.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// A program ended otherwise than with exit code 0.
    #[error("`{program}` ended with {status}{}", last_words(log))]
    ProgramFailed {
        /// Its name.
        program: String,
        /// Its exit code, or the signal that killed it.
        status: ExitStatus,
        /// The last lines of the job's log.
        log: Vec<String>,
    },
    /// What the method says itself; made by [`JobError::failed`].
    #[error("{0}")]
    Failed(String),
    /// A file cannot be read or written: one of the job's own, or one that the method opens and hands on with `?`.
    #[error("a file cannot be read or written: {0}")]
    Files(#[from] io::Error),
    /// The thread of [`Job::blocking`](crate::Job::blocking) panicked.
    #[error("the blocking part panicked: {0}")]
    Panicked(String),
}

impl JobError {
    /// For a reason of the method's own: the user reads it.
    ///
    /// ```
    /// use soap_runtime::{Fault, JobError};
    ///
    /// let fault = Fault::from(JobError::failed("the model has no faces"));
    /// assert_eq!(fault.message(), "the model has no faces");
    /// ```
    pub fn failed(reason: impl Into<String>) -> Self {
        Self::Failed(reason.into())
    }
}

fn last_words(log: &[String]) -> String {
    if log.is_empty() { String::new() } else { format!("; its log ends with `{}`", log.join("; ")) }
}
