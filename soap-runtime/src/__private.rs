//! What the macros' expansions may name. No part of the public interface: it changes without notice.

pub use std::sync::Arc;
pub use std::time::Duration;

pub use inventory;

pub use crate::__register as register;
#[cfg(feature = "cli")]
pub use crate::cli::main as cli;
pub use crate::describe::registry::Registered;

/// What a client's method gives for an operation that returns `R`.
pub type Called<R, const N: usize, const M: usize> = Result<<R as Return<N, M>>::Answer, CallError>;

/// The same for an operation that tells of an execution of a job which returns `R`.
pub type Told<R, const N: usize> = Result<Progress<JobOutputs<R, N>>, CallError>;

/// The outputs of a job which returns `R`.
pub type JobOutputs<R, const N: usize> = <R as Return<N>>::Outputs;

pub use crate::__soap_client as client;
pub use crate::client::{CallError, Progress};
pub use crate::describe::{
    ComplexType, Content, FaultDescription, NamedType, Naming, Part, Particle, TypeDefinition, TypeKind,
};
pub use crate::service::{
    Answered, Definition, Given, Level, OnFailure, Output, Return, argument, asynchronous, blocking, blocking_handle,
    detail, detail_of, fault_from, handle, named, no_reply, outputs, outputs_and_headers, registered, same_outputs,
};
pub use crate::types::{
    AttributeValue, Choice, Defaulted, DescendsFrom, Extension, Facets, Indirect, Read, Restrict, RestrictItem,
    abstract_type, choice, choice_type, choose, choose_flag, chosen, derived, elements, extension_type, member,
    named_type, newtype, no_word, particles_type, read_fields, read_fields_by, struct_type, text_type, variant, words,
    write_derived_attributes, write_extension, write_field_attributes, write_variant,
};
pub use crate::xml::Rules;
