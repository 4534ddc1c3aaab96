//! The methods marked `#[job]`, found by the names that are recorded.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span};

use super::job::Job;
use super::state::{Ending, Failure};
use crate::fault::{Fault, FaultCode};
use crate::work::{Work, said};

/// What is run in place of a method that could be found again by its name.
pub(crate) type Closure = Box<dyn FnOnce(Job) -> Pin<Box<dyn Future<Output = Result<String, Fault>> + Send>> + Send>;

/// The jobs of one service.
pub(crate) trait JobMethods: Send + Sync {
    /// What runs the job that `operation` starts, with arguments that are read from `request`.
    fn work(&self, operation: &str, job: Job, request: &str) -> Result<Work<Result<String, Fault>>, Fault>;

    /// Whether it may begin again when an attempt was lost.
    fn may_requeue(&self, operation: &str) -> bool;
}

/// The services of a program that have jobs, by name.
#[derive(Default)]
pub(crate) struct Methods {
    /// They hold their jobs, so these must not hold them.
    services: Mutex<HashMap<&'static str, Weak<dyn JobMethods>>>,
}

impl Methods {
    pub(crate) fn add(&self, service: &'static str, methods: Weak<dyn JobMethods>) {
        self.services.lock().unwrap_or_else(PoisonError::into_inner).insert(service, methods);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.services.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    pub(crate) fn of(&self, service: &str) -> Option<Arc<dyn JobMethods>> {
        self.services.lock().unwrap_or_else(PoisonError::into_inner).get(service)?.upgrade()
    }
}

/// A method that runs.
pub(crate) struct Running {
    task: JoinHandle<Result<String, Fault>>,
    /// Of the task, and of the thread that it may wait for: that goes on when the task is aborted.
    tracker: TaskTracker,
}

/// Runs the method of a job, on the event loop or on a thread, whichever it is for.
pub(crate) fn spawn(
    methods: Arc<dyn JobMethods>,
    method: Arc<str>,
    job: Job,
    request: Arc<str>,
    span: Span,
) -> Running {
    let tracker = TaskTracker::new();
    let threads = tracker.clone();
    let run = async move {
        // Types of the author's own may panic while they are read: in this task that harms nobody else.
        match methods.work(&method, job, &request)? {
            Work::Async(work) => work.await,
            Work::Blocking(work) => {
                let span = Span::current();
                let joined = threads.spawn_blocking(move || span.in_scope(work)).await;
                joined.unwrap_or_else(|error| match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => Err(Fault::server("the server is shutting down")),
                })
            }
        }
    };
    Running { task: tracker.spawn(run.instrument(span)), tracker }
}

impl Running {
    pub(crate) fn of(work: impl Future<Output = Result<String, Fault>> + Send + 'static) -> Self {
        let tracker = TaskTracker::new();
        Self { task: tracker.spawn(work), tracker }
    }

    /// How it ended. To be asked once.
    pub(crate) async fn ended(&mut self) -> Ending {
        match (&mut self.task).await {
            Ok(Ok(outputs)) => Ending::Completed(outputs),
            Ok(Err(fault)) => Ending::Failed(Failure::from(&fault)),
            Err(error) => Ending::Failed(match error.try_into_panic() {
                Ok(panic) => Failure::new(format!("the method panicked: {}", said(&*panic))),
                Err(_) => Failure::new("the server was stopped while it ran"),
            }),
        }
    }

    /// Drops what it has left to do when it waits the next time.
    pub(crate) fn abort(&self) {
        self.task.abort();
    }

    /// Ready when nothing of it runs any more.
    pub(crate) async fn gone(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }
}

impl From<&Fault> for Failure {
    fn from(fault: &Fault) -> Self {
        if let Some(cause) = fault.log() {
            // As a field, for a message may repeat what a caller sent.
            tracing::warn!(cause, fault = fault.message_for_log(), "a job failed");
        }
        let code = if fault.code() == FaultCode::Client { FaultCode::Client } else { FaultCode::Server };
        Self { code, reason: fault.message().to_owned(), detail: fault.detail().map(str::to_owned) }
    }
}
