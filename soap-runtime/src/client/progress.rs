//! Jobs from their caller's side: what the answers say of an execution, and waiting until it is completed.

use std::time::Duration;

use super::reply::{open_answer, pass_over};
use super::typed::answered;
use super::{Answer, CallError, Client};
use crate::describe::OperationDescription;
use crate::service::{Given, Output, Outputs, Return};
use crate::types::{ServiceId, SessionToken, SoapType, Status};

/// What the answer to the start of a job and to `getServiceStatus` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress<O> {
    /// It goes on; the page says how far it is, in plain text or HTML.
    Page(String),
    /// It goes on, and the last page still holds.
    Unchanged,
    /// It has ended with these outputs.
    Completed(O),
}

impl Client {
    /// Calls an operation that answers how far an execution is.
    ///
    /// # Errors
    /// As [`Client::call`]; a fault also says that the execution has failed.
    #[doc(hidden)]
    pub async fn progress<R: Return<N>, const N: usize>(
        &self,
        operation: &'static str,
        arguments: impl Given,
    ) -> Result<Progress<R::Outputs>, CallError> {
        let operation = self.operation(operation);
        let answer = self.send(operation, arguments, ()).await?;
        match self.status_in(operation, &answer)? {
            Status::Page(page) => Ok(Progress::Page(page)),
            Status::Unchanged => Ok(Progress::Unchanged),
            Status::Completed => self.outputs_in::<R, N>(operation, &answer).map(Progress::Completed),
        }
    }

    /// The first output alone: until it says COMPLETED, the others only hold a place.
    fn status_in(&self, operation: &OperationDescription, answer: &Answer) -> Result<Status, CallError> {
        open_answer(answer, self.address(), pass_over, |_, content| {
            let mut answered = answered(operation, content);
            let mut status = Output::of(&operation.output[0], Status::absent);
            answered.read(&mut [&mut status])?;
            status.take(&answered)
        })
    }

    fn outputs_in<R: Return<N>, const N: usize>(
        &self,
        operation: &OperationDescription,
        answer: &Answer,
    ) -> Result<R::Outputs, CallError> {
        open_answer(answer, self.address(), pass_over, |_, content| {
            R::Outputs::read(&operation.output[1..], &mut answered(operation, content))
        })
    }

    /// Asks how far an execution is.
    ///
    /// # Errors
    /// As [`Client::progress`].
    #[doc(hidden)]
    pub async fn status<R: Return<N>, const N: usize>(
        &self,
        service_id: impl Into<ServiceId>,
        session_token: impl Into<SessionToken>,
    ) -> Result<Progress<R::Outputs>, CallError> {
        let asked = (Some(service_id.into()), Some(session_token.into()));
        self.progress::<R, N>("getServiceStatus", asked).await
    }

    /// Asks how far an execution is, again and again, until it is completed.
    ///
    /// # Errors
    /// As [`Client::progress`].
    #[doc(hidden)]
    pub async fn wait_for<R: Return<N>, const N: usize>(
        &self,
        mut answer: Progress<R::Outputs>,
        service_id: impl Into<ServiceId>,
        session_token: impl Into<SessionToken>,
        every: Duration,
        mut page: impl FnMut(&str),
    ) -> Result<R::Outputs, CallError> {
        let (service_id, session_token) = (service_id.into(), session_token.into());
        loop {
            match answer {
                Progress::Completed(outputs) => return Ok(outputs),
                Progress::Page(text) => page(&text),
                Progress::Unchanged => {}
            }
            tokio::time::sleep(every).await;
            answer = self.status::<R, N>(service_id.clone(), session_token.clone()).await?;
        }
    }

    /// Ends an execution; whether nothing of it is left.
    ///
    /// # Errors
    /// As [`Client::call`].
    #[doc(hidden)]
    pub async fn abort(
        &self,
        service_id: impl Into<ServiceId>,
        session_token: impl Into<SessionToken>,
    ) -> Result<bool, CallError> {
        let asked = (Some(service_id.into()), Some(session_token.into()));
        self.call::<bool, 1, 0>("abortService", asked, ()).await
    }

    /// Hands a message to an execution.
    ///
    /// # Errors
    /// As [`Client::call`].
    #[doc(hidden)]
    pub async fn notify(
        &self,
        service_id: impl Into<ServiceId>,
        session_token: impl Into<SessionToken>,
        message: impl Into<String>,
    ) -> Result<String, CallError> {
        let asked = (Some(service_id.into()), Some(session_token.into()), Some(message.into()));
        self.call::<String, 1, 0>("notifyService", asked, ()).await
    }
}
