//! The description of a service as plain, comparable data.
//!
//! Made by `#[soap_service]` from the methods, turned into a document by `wsdl` and
//! into a page by `pages`. [`ServiceDescription::check`] finds what the macro could not see.

mod check;
mod facets;
mod messages;
pub(crate) mod registry;
mod types;

use std::borrow::Cow;

pub use check::DescriptionError;

use crate::types::SoapType;
pub use types::DescribedType;
pub(crate) use types::ForeignElement;

pub use crate::types::{ComplexType, Content, Facet, NamedType, Occurs, Part, Particle, TypeDefinition, TypeKind};

/// A service: its names, its operations.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceDescription {
    /// The name in the WSDL, `WaiterService`.
    pub name: &'static str,
    /// The target namespace, also of all messages.
    pub namespace: Cow<'static, str>,
    /// The path of the endpoint below the context root, `/waiter/Waiter`.
    pub path: Cow<'static, str>,
    /// How the parts of the WSDL are named.
    pub naming: Naming,
    /// How operations and their arguments stand in messages.
    pub style: Style,
    /// Whether elements that stand in others have a namespace.
    pub form: Form,
    /// Whether it is described elsewhere, so that nothing that the platform asks of services is asked of it.
    pub is_foreign: bool,
    /// Whether there is a port for SOAP 1.2 in the WSDL beside that for SOAP 1.1.
    pub soap12: bool,
    /// The doc comment.
    pub docs: &'static str,
    /// In the order of the methods.
    pub operations: Vec<OperationDescription>,
}

/// How operations and their arguments stand in messages (WSDL 1.1 §3.3). Always literal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// The Body holds an element of the schema.
    #[default]
    Document,
    /// The Body holds an element with the name of the operation, which holds one without a namespace
    /// for each argument.
    Rpc,
}

/// Whether elements that stand in others are in the namespace of their schema (XML Schema Part 1, §3.3.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// They are.
    #[default]
    Qualified,
    /// They are in none, as those of JAX-WS: only the element in the Body has a namespace.
    Unqualified,
}

/// How the parts of a WSDL are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Naming {
    /// `WaiterPortType`, `WaiterBinding`, `WaiterPort`; message parts named `parameters`, as the
    /// wrapped style of JAX-WS and .NET wants them.
    #[default]
    Standard,
    /// Flask-Spyne's: the service's name for portType, binding and port alike; message parts named
    /// like the operation.
    FlaskSpyne,
    /// Plain Spyne's: `Application` for definitions, portType, binding and port.
    Spyne,
}

/// One operation: a request, a reply, the faults that are declared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationDescription {
    /// The name in the WSDL and on the wire, `startWaiter`.
    pub name: &'static str,
    /// The doc comment.
    pub docs: &'static str,
    /// The arguments, in order.
    pub input: Vec<Part>,
    /// The outputs, in order.
    pub output: Vec<Part>,
    /// What the Body of its messages holds.
    pub body: Body,
    /// The name of the element in the Body of the request.
    pub request: Cow<'static, str>,
    /// The name of the element in the Body of the reply.
    pub response: Cow<'static, str>,
    /// `soapAction`, where it is not what the naming makes of the name.
    pub action: Option<&'static str>,
    /// Whether there is no reply: the caller only hears that the message has come.
    pub is_one_way: bool,
    /// The headers of the request that are arguments as well.
    pub input_headers: Vec<Part>,
    /// The headers of the reply.
    pub output_headers: Vec<Part>,
    /// The faults that are declared.
    pub faults: Vec<FaultDescription>,
}

/// What the Body of the messages of an operation holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Body {
    /// An element that holds the arguments.
    #[default]
    Wrapped,
    /// The one argument itself; nothing, if there is none.
    Bare,
    /// An element that holds the arguments, which are in no namespace.
    Rpc,
}

impl OperationDescription {
    /// An operation without arguments and outputs.
    pub(crate) fn new(name: &'static str, docs: &'static str) -> Self {
        Self {
            name,
            docs,
            input: Vec::new(),
            output: Vec::new(),
            body: Body::default(),
            request: name.into(),
            response: format!("{name}Response").into(),
            action: None,
            is_one_way: false,
            input_headers: Vec::new(),
            output_headers: Vec::new(),
            faults: Vec::new(),
        }
    }
}

/// A fault that an operation declares: the element in its detail.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FaultDescription {
    /// The name of the element, `DivisionByZero`.
    pub name: &'static str,
    /// The doc comment.
    pub docs: &'static str,
    /// The elements that it holds.
    pub parts: Vec<Part>,
    /// What it is itself, if it does not hold elements of its own.
    pub value: Option<Part>,
}

impl FaultDescription {
    /// A fault whose element holds `parts`.
    pub fn new(name: &'static str, docs: &'static str, parts: Vec<Part>) -> Self {
        Self { name, docs, parts, value: None }
    }

    /// A fault whose element is a value of the type `T`.
    pub fn of<T: SoapType>(name: &'static str, docs: &'static str) -> Self {
        let part = Part { schema: T::schema(), occurs: Occurs::ONCE, ..Part::of::<T>(name, docs) };
        Self { name, docs, parts: Vec::new(), value: Some(part) }
    }
}
