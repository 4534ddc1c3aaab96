//! One operation at one port, ready to be called.

use serde_json::{Map, Value};

use super::decode::Decoder;
use super::encode::{ArgumentError, Encoder};
use super::shape::{Field, Shape};
use crate::client::{Answer, CallError, Message, Transport, open_reply};
use crate::wsdl::model::{Body, Definitions, Element, Operation, Port};

/// Arguments or outputs by name.
pub(crate) type Record = Map<String, Value>;

/// An operation as one port speaks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'d> {
    pub(crate) definitions: &'d Definitions,
    pub(crate) port: &'d Port,
    pub(crate) operation: &'d Operation,
}

impl<'d> Call<'d> {
    pub(crate) fn new(definitions: &'d Definitions, port: &'d Port, operation: &'d Operation) -> Self {
        Self { definitions, port, operation }
    }

    /// The same port's operation `name`.
    pub(crate) fn of(definitions: &'d Definitions, port: &'d Port, name: &str) -> Option<Self> {
        let operation = port.operations.iter().find(|operation| operation.name == name)?;
        Some(Self::new(definitions, port, operation))
    }

    /// The arguments in the Body, and those that travel as headers.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &'d Element> + Clone + use<'d> {
        let input = &self.operation.input;
        let parts = input.body.parts();
        let is_new = move |header: &&Element| parts.iter().all(|part| part.name.local != header.name.local);
        parts.iter().chain(input.headers.iter().filter(is_new))
    }

    /// What the operation gives back.
    pub(crate) fn outputs(&self) -> &'d [Element] {
        self.operation.output.as_ref().map_or(&[], |output| output.body.parts())
    }

    /// Whether it takes an argument of that name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        self.inputs().any(|input| input.name.local == name)
    }

    /// Whether it has an output of that name.
    pub(crate) fn gives(&self, name: &str) -> bool {
        self.outputs().iter().any(|output| output.name.local == name)
    }

    /// What can stand at the top of the arguments.
    pub(crate) fn arguments(&self) -> Vec<Field<'d>> {
        let fields: Vec<_> = self.inputs().map(Field::of).collect();
        match self.bare_structure() {
            // The one argument's own parts, so that nobody has to repeat its name before each.
            Some(structure) => fields.into_iter().chain(structure).collect(),
            None => fields,
        }
    }

    fn bare_structure(&self) -> Option<Vec<Field<'d>>> {
        let Body::Bare(element) = &self.operation.input.body else { return None };
        match Shape::of(self.definitions, &element.ty) {
            Shape::Structure(structure) => Some(structure.fields()),
            Shape::Simple(_) | Shape::Any => None,
        }
    }

    /// The request with these arguments.
    ///
    /// # Errors
    /// The first argument that does not fit, and why.
    pub(crate) fn prepare(&self, arguments: &Record) -> Result<Message, ArgumentError> {
        let wrapped = self.with_name_of_bare(arguments);
        let arguments = wrapped.as_ref().unwrap_or(arguments);
        let envelope = Encoder::new(self.definitions).envelope(self.port.version, &self.operation.input, arguments)?;
        Ok(Message::new(self.port.version, self.operation.action.clone(), envelope))
    }

    /// `{"article": …}` as `{"line": {"article": …}}`, if the whole message is one structure `line`.
    fn with_name_of_bare(&self, arguments: &Record) -> Option<Record> {
        let Body::Bare(element) = &self.operation.input.body else { return None };
        self.bare_structure()?;
        if arguments.contains_key(&element.name.local) {
            return None;
        }
        let is_header = |name: &str| self.operation.input.headers.iter().any(|header| header.name.local == name);
        let (mut record, inner): (Record, Record) =
            arguments.clone().into_iter().partition(|(name, _)| is_header(name));
        record.insert(element.name.local.clone(), Value::Object(inner));
        Some(record)
    }

    /// The outputs that `answer` has; `address` is for errors.
    ///
    /// # Errors
    /// The fault that it says, or that it cannot be understood.
    pub(crate) fn decode(&self, answer: &Answer, address: &str) -> Result<Record, CallError> {
        let Some(output) = &self.operation.output else {
            // No answer is wanted; whoever answers all the same has something to say.
            let is_good = (200..300).contains(&answer.status);
            return match open_reply(answer, address, |_| Ok(Record::new())) {
                Err(CallError::NoSoap { .. } | CallError::Unreadable(_)) if is_good => Ok(Record::new()),
                said => said,
            };
        };
        let decoder = Decoder::new(self.definitions);
        open_reply(answer, address, |element| match element {
            None => Ok(Record::new()),
            Some(element) => decoder.body(&output.body, element),
        })
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// As [`Call::prepare`], [`Transport::send`] and [`Call::decode`].
    pub(crate) async fn send(&self, transport: &dyn Transport, arguments: &Record) -> Result<Record, SendError> {
        let message = self.prepare(arguments)?;
        let answer = transport.send(message).await?;
        Ok(self.decode(&answer, transport.address())?)
    }
}

/// Why a call gave no outputs.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    #[error(transparent)]
    Argument(#[from] ArgumentError),
    #[error(transparent)]
    Call(#[from] CallError),
}
