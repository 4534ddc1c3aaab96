//! What the macros' expansions may name. No part of the public interface: it changes without notice.

pub use std::sync::Arc;

pub use crate::describe::{FaultDescription, Naming, Part};
pub use crate::service::{
    Definition, OnFailure, argument, asynchronous, blocking, blocking_handle, fault_from, handle, outputs, same_outputs,
};
