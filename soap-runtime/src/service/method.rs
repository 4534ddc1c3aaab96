//! A method of the service as a closure over its arguments: `async`, or blocking on a thread.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::work::Work;

/// A method of the service `S` that takes `V` and returns `R`.
pub trait Method<S, V, R>: Send + Sync + 'static {
    /// The work of one call, its result made into `T` by `finish`.
    fn work<T: Send + 'static>(
        &self,
        service: Arc<S>,
        values: V,
        finish: impl FnOnce(R) -> T + Send + 'static,
    ) -> Work<T>;
}

/// An `async` method. It runs on the event loop and must not block.
pub fn asynchronous<S, V, F, Fut>(method: F) -> Asynchronous<F, Fut>
where
    F: Fn(Arc<S>, V) -> Fut,
    Fut: Future,
{
    Asynchronous { method, future: PhantomData }
}

/// A plain method. It runs on a thread of its own and may compute or block as long as it likes.
pub fn blocking<S, V, R, F: Fn(Arc<S>, V) -> R>(method: F) -> Blocking<F> {
    Blocking { method: Arc::new(method) }
}

#[doc(hidden)]
pub struct Asynchronous<F, Fut> {
    method: F,
    future: PhantomData<fn() -> Fut>,
}

#[doc(hidden)]
pub struct Blocking<F> {
    method: Arc<F>,
}

impl<S, V, R, F, Fut> Method<S, V, R> for Asynchronous<F, Fut>
where
    S: Send + Sync + 'static,
    R: 'static,
    F: Fn(Arc<S>, V) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = R> + Send + 'static,
{
    fn work<T: Send + 'static>(
        &self,
        service: Arc<S>,
        values: V,
        finish: impl FnOnce(R) -> T + Send + 'static,
    ) -> Work<T> {
        let future = (self.method)(service, values);
        Work::Async(Box::pin(async move { finish(future.await) }))
    }
}

impl<S, V, R, F> Method<S, V, R> for Blocking<F>
where
    S: Send + Sync + 'static,
    V: Send + 'static,
    F: Fn(Arc<S>, V) -> R + Send + Sync + 'static,
{
    fn work<T: Send + 'static>(
        &self,
        service: Arc<S>,
        values: V,
        finish: impl FnOnce(R) -> T + Send + 'static,
    ) -> Work<T> {
        let method = Arc::clone(&self.method);
        Work::Blocking(Box::new(move || finish(method(service, values))))
    }
}
