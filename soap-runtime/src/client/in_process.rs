//! A service of this program as its own transport: messages go to it without a socket.

use super::{Answer, CallError, Message, Sending, Transport};
use crate::dispatch::{Request, Service};
use crate::xml::Limits;

impl Transport for Service {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let Message { action, body, .. } = message;
            let request = Request { body, charset: None, action: Some(&action), limits: Limits::default() };
            let reply = self.call(request).await;
            let (is_fault, is_accepted, version) = (reply.fault.is_some(), reply.is_accepted, reply.version);
            let status = match (is_fault, is_accepted) {
                (true, _) => 500,
                (false, true) => 202,
                (false, false) => 200,
            };
            let unreadable = |error: std::io::Error| CallError::Unreachable {
                address: self.address().to_owned(),
                reason: error.to_string(),
            };
            let body = reply.into_text().map_err(unreadable)?;
            Ok(Answer::new(status, Some(version.content_type().to_owned()), body))
        })
    }

    /// The name of the service: it has no address.
    fn address(&self) -> &str {
        self.description().name
    }
}
