//! The operations on an execution: its start, and what all jobs of a service share.

use std::sync::Arc;

use super::arguments::{Argument, Arguments, Decoded, argument};
use super::definition::{Call, Context, Operation, SoapService};
use super::incoming::Incoming;
use super::level::Level;
use super::policy::Answers;
use crate::describe::Part;
use crate::envelope::{Exchange, ReplyFrame};
use crate::jobs::{Asked, Start};
use crate::types::{ServiceId, SessionToken, SoapType};
use crate::xml::{ReadError, Writer};

pub(super) fn message() -> Argument<String> {
    argument("message", "The message, any text.")
}

/// The arguments that say which execution is meant, and by whom.
pub(super) struct Execution {
    service_id: Argument<ServiceId>,
    token: Argument<SessionToken>,
}

impl Execution {
    pub(super) fn new() -> Self {
        Self {
            service_id: argument("serviceID", "Names the execution; unique for each."),
            token: argument("sessionToken", "The login of the user whose execution it is."),
        }
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        vec![self.service_id.part(Level::Among), self.token.part(Level::Among)]
    }

    /// Reads them, and others beside them.
    fn read<A: Arguments>(
        &self,
        arguments: &A,
        incoming: &mut Incoming<'_, '_>,
    ) -> Result<(ServiceId, SessionToken, Decoded<A::Values>), ReadError> {
        let (mut service_id, mut token) = (self.service_id.slot(), self.token.slot());
        let decoded = arguments.read(incoming, &mut [&mut service_id, &mut token])?;
        Ok((service_id.take(&incoming.request)?, token.take(&incoming.request)?, decoded))
    }
}

pub(super) struct StartOperation<A> {
    pub(super) name: &'static str,
    pub(super) execution: Execution,
    pub(super) arguments: Arc<A>,
    pub(super) answers: Arc<Answers>,
}

impl<S: SoapService, A: Arguments> Operation<S> for StartOperation<A> {
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let (service_id, token, Decoded { values, span }) = self.execution.read(&*self.arguments, &mut incoming)?;
        // As one would write them: a default that was left out is the same as one that was sent.
        let mut writer = Writer::with_capacity(256);
        self.arguments.write(&values, &mut writer);
        let written = writer.finish().map_err(|error| incoming.request.error(error.to_string()))?;
        let answers = Arc::clone(&self.answers);
        let start = Start {
            service: Arc::clone(context.jobs.service()),
            method: self.name,
            service_id: service_id.clone(),
            token,
            request: written,
            closure: None,
            trace: incoming.origin.trace(),
        };
        let jobs = context.jobs.clone();
        let exchange = exchange.clone();
        Ok(Call::awaited(span, async move {
            let standing = jobs.core()?.start(start).await?;
            answers.reply(&exchange, &service_id, standing)
        }))
    }
}

pub(super) struct StatusOperation {
    pub(super) execution: Execution,
    pub(super) answers: Arc<Answers>,
}

impl<S: SoapService> Operation<S> for StatusOperation {
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let (service_id, token, Decoded { span, .. }) = self.execution.read(&(), &mut incoming)?;
        let (jobs, answers) = (context.jobs.clone(), Arc::clone(&self.answers));
        let exchange = exchange.clone();
        Ok(Call::awaited(span, async move {
            let asked = Asked { service: jobs.service(), service_id: &service_id, token: &token };
            let standing = jobs.core()?.status(asked).await?;
            answers.reply(&exchange, &service_id, standing)
        }))
    }
}

pub(super) struct AbortOperation {
    pub(super) execution: Execution,
    pub(super) frame: Arc<ReplyFrame>,
}

impl<S: SoapService> Operation<S> for AbortOperation {
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let (service_id, token, Decoded { span, .. }) = self.execution.read(&(), &mut incoming)?;
        let (jobs, frame) = (context.jobs.clone(), Arc::clone(&self.frame));
        let exchange = exchange.clone();
        Ok(Call::awaited(span, async move {
            let asked = Asked { service: jobs.service(), service_id: &service_id, token: &token };
            let is_gone = jobs.core()?.abort(asked).await?;
            frame.reply(&exchange, 8, |parts, writer| is_gone.write_as(&parts[0].name, writer))
        }))
    }
}

pub(super) struct NotifyOperation {
    pub(super) execution: Execution,
    pub(super) frame: Arc<ReplyFrame>,
}

impl<S: SoapService> Operation<S> for NotifyOperation {
    fn decode(
        &self,
        context: &Context<S>,
        mut incoming: Incoming<'_, '_>,
        exchange: &Exchange,
    ) -> Result<Call, ReadError> {
        let (service_id, token, Decoded { values: (message,), span }) =
            self.execution.read(&(message(),), &mut incoming)?;
        let (jobs, frame) = (context.jobs.clone(), Arc::clone(&self.frame));
        let exchange = exchange.clone();
        Ok(Call::awaited(span, async move {
            let asked = Asked { service: jobs.service(), service_id: &service_id, token: &token };
            jobs.core()?.notify(asked, message).await?;
            frame.reply(&exchange, 8, |parts, writer| writer.element(&parts[0].name, |writer| writer.plain("OK")))
        }))
    }
}
