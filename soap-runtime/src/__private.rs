//! What the macros' expansions may name. No part of the public interface: it changes without notice.

pub use std::sync::Arc;

pub use crate::describe::{
    ComplexType, Content, FaultDescription, NamedType, Naming, Part, Particle, TypeDefinition, TypeKind,
};
pub use crate::service::{
    Definition, OnFailure, argument, asynchronous, blocking, blocking_handle, fault_from, handle, outputs, same_outputs,
};
pub use crate::types::{Facets, Restrict, RestrictItem, field, read_fields};
pub use crate::xml::Rules;
