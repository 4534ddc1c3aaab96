//! The description of a service as plain, comparable data.
//!
//! Made by `#[soap_service]` from the methods, turned into a document by `wsdl` and
//! into a page by `pages`. [`ServiceDescription::check`] finds what the macro could not see.

mod check;

use std::borrow::Cow;

pub use check::DescriptionError;

use crate::types::{Occurs, Schema, SoapType};
use crate::xml::Writer;

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
    /// The doc comment.
    pub docs: &'static str,
    /// In the order of the methods.
    pub operations: Vec<OperationDescription>,
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
    /// The headers of the request that are arguments as well.
    pub input_headers: Vec<Part>,
    /// The faults that are declared.
    pub faults: Vec<FaultDescription>,
}

impl OperationDescription {
    /// An operation without arguments and outputs.
    pub(crate) fn new(name: &'static str, docs: &'static str) -> Self {
        Self { name, docs, input: Vec::new(), output: Vec::new(), input_headers: Vec::new(), faults: Vec::new() }
    }
}

/// One argument, output, or field of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part {
    /// The name of its element.
    pub name: Cow<'static, str>,
    /// The doc comment.
    pub docs: &'static str,
    /// Its type.
    pub schema: Schema,
    /// How often it may occur.
    pub occurs: Occurs,
    /// What it is when it is left out, in its lexical form.
    pub default: Option<String>,
    /// Whether an empty element is a value of it: the default then only stands for an absent one.
    pub empty_is_a_value: bool,
    /// A wider built-in type to publish in place of its own, which must derive from it.
    pub published_as: Option<&'static str>,
}

impl Part {
    /// A part of the Rust type `T`.
    pub fn of<T: SoapType>(name: impl Into<Cow<'static, str>>, docs: &'static str) -> Self {
        Self {
            name: name.into(),
            docs,
            schema: T::schema(),
            occurs: T::occurs(),
            default: None,
            empty_is_a_value: T::empty_is_a_value(),
            published_as: None,
        }
    }

    /// The same with a default, which may then be left out, be nil, or be empty.
    #[must_use]
    pub(crate) fn with_default<T: SoapType>(mut self, default: &T) -> Self {
        let mut writer = Writer::with_capacity(default.size_hint());
        default.write(&mut writer);
        self.default = Some(writer.into_text());
        self.occurs = Occurs { min: 0, nillable: true, ..self.occurs };
        self
    }

    /// The default, unless it is a list: XSD has no words for the default of one.
    pub(crate) fn default_of_one(&self) -> Option<&str> {
        self.default.as_deref().filter(|_| self.occurs.max == Some(1))
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
    /// What the element holds.
    pub parts: Vec<Part>,
}

impl FaultDescription {
    /// A fault whose element holds `parts`.
    pub fn new(name: &'static str, docs: &'static str, parts: Vec<Part>) -> Self {
        Self { name, docs, parts }
    }
}
