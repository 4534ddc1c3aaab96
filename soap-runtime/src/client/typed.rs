//! The client that `#[soap_service]` makes: typed calls over a transport.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::reply::{Content, no_soap, open_answer, pass_over};
use super::{Answer, CallError, Message, Transport};
use crate::describe::{Body, OperationDescription, Part, ServiceDescription};
use crate::envelope::{Version, write_request};
use crate::service::{Answered, Given, Level, Outputs, ReplyHeaders, Return, SoapService, level_of};
use crate::types::AnyXml;
use crate::wsdl::soap_action;
use crate::xml::{Element, WriteError, Writer};

/// A client that `#[soap_service]` has made, whatever its service.
pub trait ServiceClient: Sized {
    /// The client whose messages are carried by `transport`.
    fn over(transport: impl Transport) -> Self;
}

/// What calls a service whose description is known: the inside of the clients that `#[soap_service]` makes.
#[derive(Clone)]
pub struct Client {
    service: Arc<ServiceDescription>,
    transport: Arc<dyn Transport>,
    version: Version,
    headers: Vec<AnyXml>,
}

impl fmt::Debug for Client {
    // Headers may hold passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.service.name)
            .field("address", &self.transport.address())
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the service `S`.
    #[doc(hidden)]
    pub fn of<S: SoapService>(transport: impl Transport) -> Self {
        let service = Arc::new(S::definition().description);
        Self { service, transport: Arc::new(transport), version: Version::Soap11, headers: Vec::new() }
    }

    /// The same in SOAP 1.2.
    #[must_use]
    pub fn soap12(self) -> Self {
        Self { version: Version::Soap12, ..self }
    }

    /// The same, which sends `header` with every request: whole elements, such as the UsernameToken of WS-Security.
    #[must_use]
    pub fn with_header(mut self, header: AnyXml) -> Self {
        self.headers.push(header);
        self
    }

    /// Calls an operation.
    ///
    /// # Errors
    /// If it cannot be called, answers with a fault, or with what cannot be understood.
    #[doc(hidden)]
    pub async fn call<R, const N: usize, const M: usize>(
        &self,
        operation: &'static str,
        arguments: impl Given,
        headers: impl Given,
    ) -> Result<R::Answer, CallError>
    where
        R: Return<N, M>,
    {
        let operation = self.operation(operation);
        let answer = self.send(operation, arguments, headers).await?;
        if answer.body.is_empty() && is_good(&answer) && operation.output.is_empty() && M == 0 {
            // There is nothing to say, and some services say it like this.
            return self.read::<R, N, M>(operation, &Answer::new(answer.status, None, NOTHING));
        }
        self.read::<R, N, M>(operation, &answer)
    }

    /// Calls an operation that has no reply; returns once the message has come.
    ///
    /// # Errors
    /// As [`Client::call`].
    #[doc(hidden)]
    pub async fn tell(
        &self,
        operation: &'static str,
        arguments: impl Given,
        headers: impl Given,
    ) -> Result<(), CallError> {
        let answer = self.send(self.operation(operation), arguments, headers).await?;
        match answer.body.is_empty() {
            true if is_good(&answer) => Ok(()),
            true => Err(no_soap(&answer, self.address())),
            // It may be a fault.
            false => open_answer(&answer, self.address(), pass_over, |_, _| Ok(())),
        }
    }

    pub(super) fn operation(&self, name: &'static str) -> &OperationDescription {
        let found = self.service.operations.iter().find(|operation| operation.name == name);
        found.expect("the macro makes methods for the operations that it describes")
    }

    pub(super) fn address(&self) -> &str {
        self.transport.address()
    }

    /// Sends a request. What it holds is gone before the answer is waited for.
    pub(super) async fn send(
        &self,
        operation: &OperationDescription,
        arguments: impl Given,
        headers: impl Given,
    ) -> Result<Answer, CallError> {
        let body = self.request(operation, &arguments, &headers)?;
        drop((arguments, headers));
        let message = Message::new(self.version, soap_action(&self.service, operation), body);
        self.transport.send(message).await
    }

    fn request(
        &self,
        operation: &OperationDescription,
        arguments: &impl Given,
        headers: &impl Given,
    ) -> Result<String, WriteError> {
        let write_headers = |writer: &mut Writer| {
            self.headers.iter().for_each(|header| writer.raw(header.as_str()));
            headers.write(Level::Header, &operation.input_headers, writer);
        };
        let (element, level) = (&*operation.request, level_of(operation.body));
        let parts = called(operation, &operation.input, element);
        let write_body = |writer: &mut Writer| match operation.body {
            Body::Wrapped => writer.element(element, |writer| arguments.write(level, &parts, writer)),
            Body::Bare => arguments.write(level, &parts, writer),
            Body::Rpc => writer.element(element, |writer| {
                writer.within(Some(""), |writer| arguments.write(level, &parts, writer));
            }),
        };
        let size_hint = arguments.size_hint() + 2 * element.len() + 16;
        write_request(self.version, &self.service, size_hint, write_headers, write_body)
    }

    fn read<R, const N: usize, const M: usize>(
        &self,
        operation: &OperationDescription,
        answer: &Answer,
    ) -> Result<R::Answer, CallError>
    where
        R: Return<N, M>,
    {
        let names = &operation.output_headers;
        let read_header =
            |header: Element<'_, '_>| R::Headers::read(names, &mut Answered::header(header, &self.service.namespace));
        open_answer(answer, self.address(), read_header, |headers, content| {
            let mut answered = answered(operation, content);
            let headers = match headers {
                Some(headers) => headers,
                None => answered.without_header(|nothing| R::Headers::read(names, nothing))?,
            };
            Ok(R::answer(R::Outputs::read(&output_parts(operation), &mut answered)?, headers))
        })
    }
}

/// What the outputs are read from.
pub(super) fn answered<'r, 'a>(
    operation: &OperationDescription,
    content: Content<'r, 'a>,
) -> Answered<'r, 'a, 'static> {
    match content {
        Content::Nothing(body) => Answered::nothing(body),
        Content::Element(element) => Answered::body(element, operation.body),
    }
}

/// As they are called in the answer.
fn output_parts(operation: &OperationDescription) -> Cow<'_, [Part]> {
    called(operation, &operation.output, &operation.response)
}

/// `parts` of an operation; the one of a bare Body has the name of the message.
fn called<'p>(operation: &OperationDescription, parts: &'p [Part], element: &str) -> Cow<'p, [Part]> {
    match operation.body {
        Body::Bare => parts.iter().map(|part| Part { name: element.to_owned().into(), ..part.clone() }).collect(),
        Body::Wrapped | Body::Rpc => Cow::Borrowed(parts),
    }
}

fn is_good(answer: &Answer) -> bool {
    (200..300).contains(&answer.status)
}

/// What an answer says that is empty.
const NOTHING: &str = "<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'><Body/></Envelope>";
