//! The handle that a job's method holds.

use std::fmt;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::process::Command;
use tokio::runtime::Handle;
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;

use super::blocking::BlockingJob;
use super::error::JobError;
use super::executor::process::hand_on;
use super::folder::{Folder, LONGEST, is_full};
use super::live::Live;
use super::messages;
use super::report::{Amount, Told};
use crate::origin::Trace;
use crate::types::{ServiceId, SessionToken};

/// The execution that a job's method computes: tells how far it is, and hears when to end.
///
/// A method marked `#[job]` gets it as its first parameter. Clones are the same job.
///
/// ```
/// use std::time::Duration;
/// use soap_runtime::{Job, JobError, soap_service};
///
/// struct Waiter;
///
/// #[soap_service]
/// impl Waiter {
///     #[job(name = "startWaiter", outputs(result))]
///     async fn wait(&self, job: Job, seconds: u32) -> Result<String, JobError> {
///         for second in 1..=seconds {
///             job.sleep(Duration::from_secs(1)).await?;
///             job.progress(second, seconds).await?;
///         }
///         Ok("FINISHED".to_owned())
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Job {
    inner: Arc<Inner>,
}

struct Inner {
    service_id: ServiceId,
    token: SessionToken,
    attempt: u32,
    folder: Folder,
    cancelled: CancellationToken,
    link: Link,
    /// How many messages were taken.
    taken: AtomicUsize,
    runtime: Handle,
}

/// How the job speaks with the server.
pub(super) enum Link {
    /// It runs in the server.
    Here(Arc<Live>),
    /// It runs in a process of its own, and writes to its folder.
    Elsewhere(Mutex<Reports>),
}

/// What a job in a process of its own has told of itself.
#[derive(Default)]
pub(super) struct Reports {
    told: Told,
    /// Whether that is not written yet.
    is_due: bool,
}

impl Reports {
    /// Writes what is new. What there is no room for goes with what is told next: no job shall fail by
    /// telling how far it is.
    fn tell(&mut self, folder: &Folder, fraction: Option<f64>, message: Option<&str>) {
        let is_new = self.told.take_in(fraction, message);
        if !is_new && !self.is_due {
            return;
        }
        match folder.write("progress", self.told.to_string()) {
            Ok(()) => self.is_due = false,
            Err(error) if !self.is_due => {
                tracing::warn!("the progress cannot be written yet: {error}");
                self.is_due = true;
            }
            Err(_) => {}
        }
    }
}

/// What names a job, for making its handle.
pub(super) struct Named {
    pub(super) service_id: ServiceId,
    pub(super) token: SessionToken,
    pub(super) attempt: u32,
}

impl Job {
    /// To be called within a runtime.
    pub(super) fn new(named: Named, folder: Folder, cancelled: CancellationToken, link: Link) -> Self {
        let Named { service_id, token, attempt } = named;
        let (taken, runtime) = (AtomicUsize::new(0), Handle::current());
        Self { inner: Arc::new(Inner { service_id, token, attempt, folder, cancelled, link, taken, runtime }) }
    }

    /// The name of the execution. It comes from outside: never build a path from it, use
    /// [`Job::folder`].
    pub fn service_id(&self) -> &ServiceId {
        &self.inner.service_id
    }

    /// The login of the user who started it, to hand on to the platform's services.
    pub fn session_token(&self) -> &SessionToken {
        &self.inner.token
    }

    /// Has a program of the job belong to its trace, unless the author says to which.
    pub(super) fn hand_on_trace(&self, command: &mut Command) {
        let is_said = command.as_std().get_envs().any(|(name, _)| name == Trace::VARIABLE);
        // One in a process of its own has it in its environment.
        if let Link::Here(live) = &self.inner.link
            && !is_said
        {
            hand_on(command, live.trace());
        }
    }

    /// The number of this attempt to run the job: 1, and more if it was begun again.
    pub fn attempt(&self) -> u32 {
        self.inner.attempt
    }

    /// Tells that `done` of `total` parts are done, in whatever unit.
    ///
    /// # Errors
    /// If the job was aborted, so that a method that reports is one that ends when it is told to.
    pub async fn progress(&self, done: impl Amount, total: impl Amount) -> Result<(), JobError> {
        self.tell(Some(fraction(done, total)), None)?;
        // A method that computes between two reports gives way to the others here.
        tokio::task::yield_now().await;
        Ok(())
    }

    /// The same, and what is done now, in words for the user. They stay until others are told.
    ///
    /// # Errors
    /// As [`Job::progress`].
    pub async fn progress_with(
        &self,
        done: impl Amount,
        total: impl Amount,
        message: impl AsRef<str>,
    ) -> Result<(), JobError> {
        self.tell(Some(fraction(done, total)), Some(message.as_ref()))?;
        tokio::task::yield_now().await;
        Ok(())
    }

    /// Shows a page of the method's own, plain text or HTML, in place of the default one.
    ///
    /// # Errors
    /// If the job was aborted, or the page cannot be written; on a full disk, it is only not shown.
    pub async fn page(&self, page: impl Into<String>) -> Result<(), JobError> {
        self.show(page.into())
    }

    /// Waits.
    ///
    /// # Errors
    /// Once the job is aborted, at once.
    pub async fn sleep(&self, time: Duration) -> Result<(), JobError> {
        tokio::select! {
            biased;
            () = self.cancelled() => Err(JobError::Aborted),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }

    /// Ready once the job is to end: for `tokio::select!`.
    pub async fn cancelled(&self) {
        self.inner.cancelled.cancelled().await;
    }

    /// Whether it may go on, for loops that compute.
    ///
    /// # Errors
    /// If the job was aborted.
    pub fn checkpoint(&self) -> Result<(), JobError> {
        if self.inner.cancelled.is_cancelled() { Err(JobError::Aborted) } else { Ok(()) }
    }

    /// The messages of `notifyService` that came since this was asked last, oldest first.
    pub fn messages(&self) -> Vec<String> {
        let taken = self.inner.taken.load(Ordering::Acquire);
        let new = self.messages_from(taken);
        self.inner.taken.fetch_add(new.len(), Ordering::AcqRel);
        new
    }

    /// The folder of this job, for its files. It is there as long as the execution is known, and
    /// belongs to it alone. What the files in it mean that the framework knows is said in
    /// [`Job::run`].
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn folder(&self) -> Result<&Path, JobError> {
        self.made_folder().map(Folder::path)
    }

    /// Adds a line to the job's log, the end of which the default page shows.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn log(&self, line: impl AsRef<str>) -> Result<(), JobError> {
        Ok(self.made_folder()?.append_line("log.txt", line.as_ref())?)
    }

    /// Runs `work`, which may compute or block, on a thread that is for that.
    ///
    /// # Errors
    /// What `work` ends with, and [`JobError::Panicked`].
    pub async fn blocking<T, E>(&self, work: impl FnOnce(BlockingJob) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<JobError> + Send + 'static,
    {
        let job = BlockingJob::from(self.clone());
        let joined = tokio::task::spawn_blocking(move || work(job)).await;
        joined.unwrap_or_else(|error| Err(panicked(error).into()))
    }

    pub(super) fn tell(&self, fraction: Option<f64>, message: Option<&str>) -> Result<(), JobError> {
        self.checkpoint()?;
        match &self.inner.link {
            Link::Here(live) => live.tell(fraction, message),
            Link::Elsewhere(reports) => {
                let mut reports = reports.lock().unwrap_or_else(PoisonError::into_inner);
                reports.tell(&self.inner.folder, fraction, message);
            }
        }
        Ok(())
    }

    pub(super) fn show(&self, page: String) -> Result<(), JobError> {
        self.checkpoint()?;
        match &self.inner.link {
            Link::Here(live) => live.show(page),
            Link::Elsewhere(_) => match self.inner.folder.write("status.html", page) {
                Err(error) if is_full(&error) => tracing::warn!("a page cannot be written: {error}"),
                written => written?,
            },
        }
        Ok(())
    }

    /// All messages but the first `taken`.
    pub(super) fn messages_from(&self, taken: usize) -> Vec<String> {
        match &self.inner.link {
            Link::Here(live) => live.messages_from(taken),
            Link::Elsewhere(_) => {
                // What cannot be read now can be the next time.
                let all = self.inner.folder.read(messages::FILE, LONGEST).ok().flatten().unwrap_or_default();
                messages::decode(&all).skip(taken).collect()
            }
        }
    }

    /// How many messages [`Job::messages`] has given out.
    pub(super) fn taken(&self) -> usize {
        self.inner.taken.load(Ordering::Acquire)
    }

    pub(super) fn made_folder(&self) -> Result<&Folder, JobError> {
        if let Link::Here(live) = &self.inner.link {
            live.make_folder(&self.inner.folder)?;
        }
        Ok(&self.inner.folder)
    }

    pub(super) fn runtime(&self) -> &Handle {
        &self.inner.runtime
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { service_id, attempt, .. } = &*self.inner;
        f.debug_struct("Job").field("service_id", service_id).field("attempt", attempt).finish_non_exhaustive()
    }
}

/// All of it, if there is nothing to do.
pub(super) fn fraction(done: impl Amount, total: impl Amount) -> f64 {
    let (done, total) = (done.amount(), total.amount());
    if total <= 0.0 { 1.0 } else { done / total }
}

pub(super) fn panicked(error: JoinError) -> JobError {
    match error.try_into_panic() {
        Ok(panic) => JobError::Panicked(crate::work::said(&*panic).to_owned()),
        Err(_) => JobError::Aborted,
    }
}
