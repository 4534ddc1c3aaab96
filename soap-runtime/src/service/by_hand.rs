//! Jobs by hand: for authors who write `getServiceStatus` and its like themselves.

use std::future::Future;
use std::sync::Arc;

use super::SoapFault;
use super::policy::failed;
use crate::fault::Fault;
use crate::jobs::{Asked, Closure, Ending, Job, Jobs, Shown, Standing, Start};
use crate::origin::Trace;
use crate::types::{ServiceId, SessionToken, SoapType, Status};
use crate::xml::{Limits, Writer, read_root};

/// The element that the value of a job by hand is kept in.
const VALUE: &str = "value";

impl Jobs {
    /// Records an execution and runs `work` for it, as a task of this server; then says how it
    /// stands, as [`Jobs::status`].
    ///
    /// The same `service_id` again is answered from the execution that there is, if `arguments` are
    /// the same text. A closure cannot be found again by another process: an execution that was lost
    /// with its server has failed, and says so.
    ///
    /// ```
    /// # use std::time::Duration;
    /// use soap_runtime::{App, Fault, Job, JobError, Jobs, ServiceId, SessionToken, Status, soap_service};
    ///
    /// struct Waiter {
    ///     jobs: Jobs,
    /// }
    ///
    /// #[soap_service]
    /// impl Waiter {
    ///     #[operation(outputs(status_base64, result))]
    ///     async fn start_waiter(
    ///         &self,
    ///         service_id: ServiceId,
    ///         session_token: SessionToken,
    ///         seconds: u32,
    ///     ) -> Result<(Status, String), Fault> {
    ///         let work = move |job: Job| async move {
    ///             job.sleep(Duration::from_secs(seconds.into())).await?;
    ///             Ok::<_, JobError>("FINISHED".to_owned())
    ///         };
    ///         let (status, result) = self.jobs.start(&service_id, &session_token, &seconds.to_string(), work).await?;
    ///         Ok((status, result.unwrap_or("UNSET".to_owned())))
    ///     }
    ///
    ///     #[operation(outputs(status_base64, result))]
    ///     async fn get_service_status(
    ///         &self,
    ///         service_id: ServiceId,
    ///         session_token: SessionToken,
    ///     ) -> Result<(Status, String), Fault> {
    ///         let (status, result) = self.jobs.status(&service_id, &session_token).await?;
    ///         Ok((status, result.unwrap_or("UNSET".to_owned())))
    ///     }
    /// }
    ///
    /// let app = App::new();
    /// let jobs = app.jobs().of("Waiter");
    /// let app = app.service(Waiter { jobs });
    /// # drop(app);
    /// ```
    ///
    /// # Errors
    /// If it cannot be recorded, or the `service_id` was used for something else.
    pub async fn start<T, E, F>(
        &self,
        service_id: &ServiceId,
        session_token: &SessionToken,
        arguments: &str,
        work: impl FnOnce(Job) -> F + Send + 'static,
    ) -> Result<(Status, Option<T>), Fault>
    where
        T: SoapType,
        E: SoapFault,
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let closure: Closure = Box::new(move |job| {
            let running = work(job);
            Box::pin(async move { written(&running.await.map_err(E::into_fault)?) })
        });
        let start = Start {
            service: Arc::clone(self.service()),
            method: "",
            service_id: service_id.clone(),
            token: session_token.clone(),
            request: arguments.to_owned(),
            closure: Some(closure),
            trace: Trace::current(),
        };
        told(service_id, self.core()?.start(start).await?)
    }

    /// How an execution stands: a page and no value, or `COMPLETED` and the value that it ended with.
    ///
    /// # Errors
    /// A client fault if there is no such execution, or it belongs to another token; the reason, if it
    /// has failed or was aborted.
    pub async fn status<T: SoapType>(
        &self,
        service_id: &ServiceId,
        session_token: &SessionToken,
    ) -> Result<(Status, Option<T>), Fault> {
        told(service_id, self.core()?.status(self.asked(service_id, session_token)).await?)
    }

    /// Ends an execution with all that it started; whether nothing of it is left. One that has ended
    /// stays as it is.
    ///
    /// # Errors
    /// If there is no such execution, or it belongs to another token.
    pub async fn abort(&self, service_id: &ServiceId, session_token: &SessionToken) -> Result<bool, Fault> {
        self.core()?.abort(self.asked(service_id, session_token)).await
    }

    /// Hands a message to an execution.
    ///
    /// # Errors
    /// If there is no such execution, it belongs to another token, has ended, or takes no more.
    pub async fn notify(
        &self,
        service_id: &ServiceId,
        session_token: &SessionToken,
        message: impl Into<String>,
    ) -> Result<(), Fault> {
        self.core()?.notify(self.asked(service_id, session_token), message.into()).await
    }

    fn asked<'a>(&'a self, service_id: &'a ServiceId, token: &'a SessionToken) -> Asked<'a> {
        Asked { service: self.service(), service_id, token }
    }
}

fn written<T: SoapType>(value: &T) -> Result<String, Fault> {
    let mut writer = Writer::with_capacity(value.size_hint() + 2 * VALUE.len() + 16);
    value.write_as(VALUE, &mut writer);
    writer.finish().map_err(|error| Fault::server(format!("the result cannot be kept: {error}")))
}

fn told<T: SoapType>(service_id: &ServiceId, standing: Standing) -> Result<(Status, Option<T>), Fault> {
    match standing {
        Standing::Live(Shown::Unchanged) => Ok((Status::Unchanged, None)),
        Standing::Live(Shown::Page(page)) => Ok((Status::from_base64(&page), None)),
        Standing::Ended { ending: Ending::Completed(outputs), .. } => {
            let unreadable = |error: String| Fault::server("the result cannot be read").with_log(error);
            Ok((Status::Completed, Some(value(&outputs).map_err(unreadable)?)))
        }
        Standing::Ended { ending, .. } => Err(failed(service_id, &ending)),
    }
}

/// The first of the outputs.
fn value<T: SoapType>(outputs: &str) -> Result<T, String> {
    let document = format!("<outputs xmlns:tns=\"urn:job\">{outputs}</outputs>");
    let read = read_root(document, Limits::default(), |mut outputs| {
        let mut value = None;
        while let Some(child) = outputs.next_child()? {
            T::read_into(&mut value, child)?;
        }
        Ok(value.or_else(T::absent))
    });
    read.map_err(|error| error.to_string())?.ok_or_else(|| "there is none".to_owned())
}
