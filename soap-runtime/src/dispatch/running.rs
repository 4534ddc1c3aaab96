//! A method that runs: to its end, and whatever becomes of it.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;

use tokio::task::JoinError;
use tracing::Instrument;

use crate::attachment::Message;
use crate::fault::Fault;
use crate::origin::Trace;
use crate::work::{Work, said};

/// Runs a method to its end, whoever waits for it, and turns a panic into a fault.
pub(super) async fn run(
    work: Work<Result<Message, Fault>>,
    span: &tracing::Span,
    trace: Option<Trace>,
) -> Result<Message, Fault> {
    match traced(work, trace) {
        Work::Async(mut future) => match poll_once(&mut future, span).await {
            Ok(Poll::Ready(result)) => result,
            // It has to wait: from here on it lives in a task, so that the caller may go away.
            Ok(Poll::Pending) => joined(tokio::spawn(future.instrument(span.clone())).await),
            Err(panic) => Err(panicked(&*panic)),
        },
        Work::Blocking(work) => {
            let span = span.clone();
            on_a_thread(move || span.in_scope(work)).await.unwrap_or_else(Err)
        }
    }
}

/// What the method starts is to know the trace. Calls without one, which are most, cost nothing.
fn traced(work: Work<Result<Message, Fault>>, trace: Option<Trace>) -> Work<Result<Message, Fault>> {
    match (work, trace) {
        (work, None) => work,
        (Work::Async(future), Some(trace)) => Work::Async(Box::pin(trace.within(future))),
        (Work::Blocking(work), Some(trace)) => Work::Blocking(Box::new(move || trace.within_blocking(work))),
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

/// Runs `work` on a thread. Until it has begun it goes away with this future: what nobody waits for any more is
/// not to fill the memory of a server whose threads are all taken.
pub(super) async fn on_a_thread<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, Fault> {
    let unbegun = Unbegun(Arc::new(Mutex::new(Some(work))));
    let taken = Unbegun(Arc::clone(&unbegun.0));
    let done = tokio::task::spawn_blocking(move || taken.take().map(|work| work())).await;
    match done {
        Ok(Some(result)) => Ok(result),
        Ok(None) => Err(Fault::server("the server is shutting down")),
        Err(error) => Err(lost(error)),
    }
}

/// Work that has to wait for a thread.
struct Unbegun<W>(Arc<Mutex<Option<W>>>);

impl<W> Unbegun<W> {
    fn take(&self) -> Option<W> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<W> Drop for Unbegun<W> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

fn joined(result: Result<Result<Message, Fault>, JoinError>) -> Result<Message, Fault> {
    result.unwrap_or_else(|error| Err(lost(error)))
}

fn lost(error: JoinError) -> Fault {
    match error.try_into_panic() {
        Ok(panic) => panicked(&*panic),
        Err(_) => Fault::server("the server is shutting down"),
    }
}

pub(super) fn panicked(panic: &(dyn Any + Send)) -> Fault {
    Fault::server("internal error: the method panicked; the log says more")
        .with_log(format!("panicked: {}", said(panic)))
}
