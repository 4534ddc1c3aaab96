//! The description of a service as plain, comparable data.
//!
//! Made by `#[soap_service]` from the methods, turned into a document by `wsdl` and
//! into a page by `pages`. [`ServiceDescription::check`] finds what the macro could not see.

mod check;
mod facets;
mod types;

use std::borrow::Cow;

pub use check::DescriptionError;
pub use types::DescribedType;

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
    /// The faults that are declared.
    pub faults: Vec<FaultDescription>,
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
