//! What the macros' expansions may name. No part of the public interface: it changes without notice.

pub use std::sync::Arc;

pub use crate::describe::{
    ComplexType, Content, FaultDescription, NamedType, Naming, Part, Particle, TypeDefinition, TypeKind,
};
pub use crate::service::{
    Definition, Level, OnFailure, argument, asynchronous, blocking, blocking_handle, fault_from, fault_of, handle,
    named, no_reply, outputs, outputs_and_headers, same_outputs, with_detail_of,
};
pub use crate::types::{field, read_fields};
pub use crate::xml::Rules;
