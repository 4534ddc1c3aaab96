//! What a call or a job runs.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;

/// A future on the event loop, or a closure on a thread that may block.
pub enum Work<R> {
    /// Polled where the request was read, for as long as it does not have to wait.
    Async(Pin<Box<dyn Future<Output = R> + Send>>),
    /// Run on a thread of its own.
    Blocking(Box<dyn FnOnce() -> R + Send>),
}

/// What a panic said.
pub(crate) fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("with something that is no text")
}
