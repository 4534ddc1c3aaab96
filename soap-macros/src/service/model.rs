//! What a service is to the macro: names, texts and types, each with its place in the source.

use syn::{Expr, Ident, LitStr, Path, ReturnType, Type};

use crate::naming::Name;

/// A service, from the block and the keys of `#[soap_service]`.
pub(crate) struct Service {
    pub(crate) self_type: Type,
    pub(crate) name: Name,
    pub(crate) namespace: Name,
    pub(crate) path: Name,
    pub(crate) naming: Naming,
    pub(crate) docs: String,
    /// In the order of the methods.
    pub(crate) operations: Vec<Operation>,
}

/// The runtime's `Naming`.
#[derive(Clone, Copy, Default)]
pub(crate) enum Naming {
    #[default]
    Standard,
    FlaskSpyne,
    Spyne,
}

/// A method marked `#[operation]`.
pub(crate) struct Operation {
    pub(crate) ident: Ident,
    pub(crate) name: Name,
    pub(crate) docs: String,
    pub(crate) execution: Execution,
    pub(crate) parameters: Vec<Parameter>,
    /// The names in `outputs(…)`.
    pub(crate) outputs: Vec<Name>,
    pub(crate) returns: ReturnType,
}

/// How the runtime calls the method.
#[derive(Clone, Copy)]
pub(crate) enum Execution {
    Async,
    Blocking,
}

/// A parameter behind `&self`.
pub(crate) struct Parameter {
    pub(crate) name: Name,
    pub(crate) docs: String,
    pub(crate) ty: Type,
    pub(crate) default: Option<Default>,
    /// The wider type of XML Schema that the WSDL says.
    pub(crate) published_as: Option<LitStr>,
}

/// What an argument is when it is left out.
pub(crate) enum Default {
    /// `#[soap(default)]`, with the word itself.
    OfType(Path),
    /// `#[soap(default = …)]`.
    Value(Expr),
}
