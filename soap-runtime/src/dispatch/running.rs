//! A method that runs: to its end, and whatever becomes of it.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::Poll;

use tokio::task::JoinError;
use tracing::Instrument;

use crate::attachment::Message;
use crate::fault::Fault;
use crate::work::{Work, said};

/// Runs a method to its end, whoever waits for it, and turns a panic into a fault.
pub(super) async fn run(work: Work<Result<Message, Fault>>, span: &tracing::Span) -> Result<Message, Fault> {
    match work {
        Work::Async(mut future) => match poll_once(&mut future, span).await {
            Ok(Poll::Ready(result)) => result,
            // It has to wait: from here on it lives in a task, so that the caller may go away.
            Ok(Poll::Pending) => joined(tokio::spawn(future.instrument(span.clone())).await),
            Err(panic) => Err(panicked(&*panic)),
        },
        Work::Blocking(work) => {
            let span = span.clone();
            joined(tokio::task::spawn_blocking(move || span.in_scope(work)).await)
        }
    }
}

type MethodFuture = Pin<Box<dyn Future<Output = Result<Message, Fault>> + Send>>;

/// Most methods answer at once: they are spared the detour over a task.
async fn poll_once(
    future: &mut MethodFuture,
    span: &tracing::Span,
) -> Result<Poll<Result<Message, Fault>>, Box<dyn Any + Send>> {
    std::future::poll_fn(|context| {
        let _entered = span.enter();
        // The future is dropped after a panic, so nobody sees what it left half-done.
        Poll::Ready(catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))))
    })
    .await
}

fn joined(result: Result<Result<Message, Fault>, JoinError>) -> Result<Message, Fault> {
    result.unwrap_or_else(|error| Err(lost(error)))
}

pub(super) fn lost(error: JoinError) -> Fault {
    match error.try_into_panic() {
        Ok(panic) => panicked(&*panic),
        Err(_) => Fault::server("the server is shutting down"),
    }
}

pub(super) fn panicked(panic: &(dyn Any + Send)) -> Fault {
    Fault::server("internal error: the method panicked; the log says more")
        .with_log(format!("panicked: {}", said(panic)))
}
