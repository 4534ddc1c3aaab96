//! The methods marked `#[job]`, found by the names that are recorded.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::task::{JoinError, JoinHandle};
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
pub(crate) type Running = JoinHandle<Result<String, Fault>>;

/// Runs the method of a job, on the event loop or on a thread, whichever it is for.
pub(crate) fn spawn(
    methods: Arc<dyn JobMethods>,
    method: Arc<str>,
    job: Job,
    request: Arc<str>,
    span: Span,
) -> Running {
    let run = async move {
        // Types of the author's own may panic while they are read: in this task that harms nobody else.
        match methods.work(&method, job, &request)? {
            Work::Async(work) => work.await,
            Work::Blocking(work) => {
                let span = Span::current();
                let joined = tokio::task::spawn_blocking(move || span.in_scope(work)).await;
                joined.unwrap_or_else(|error| match error.try_into_panic() {
                    Ok(panic) => std::panic::resume_unwind(panic),
                    Err(_) => Err(Fault::server("the server is shutting down")),
                })
            }
        }
    };
    tokio::spawn(run.instrument(span))
}

/// How the method ended.
pub(crate) fn ending(joined: Result<Result<String, Fault>, JoinError>) -> Ending {
    match joined {
        Ok(Ok(outputs)) => Ending::Completed(outputs),
        Ok(Err(fault)) => Ending::Failed(Failure::from(&fault)),
        Err(error) => Ending::Failed(match error.try_into_panic() {
            Ok(panic) => Failure::new(format!("the method panicked: {}", said(&*panic))),
            Err(_) => Failure::new("the server was stopped while it ran"),
        }),
    }
}

impl From<&Fault> for Failure {
    fn from(fault: &Fault) -> Self {
        if let Some(cause) = fault.log() {
            tracing::warn!(cause, "a job failed: {}", fault.message());
        }
        let code = if fault.code() == FaultCode::Client { FaultCode::Client } else { FaultCode::Server };
        Self { code, reason: fault.message().to_owned(), detail: fault.detail().map(str::to_owned) }
    }
}
