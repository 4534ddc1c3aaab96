//! SOAP webservices from plain Rust methods.

pub mod describe;
mod dispatch;
mod envelope;
mod fault;
mod service;
mod types;
mod xml;

#[doc(hidden)]
pub mod __private;

pub use describe::DescriptionError;
pub use dispatch::{Reply, Request, Service};
pub use envelope::Version;
pub use fault::{Fault, FaultCode};
pub use service::{Outputs, SoapFault, SoapService};
pub use types::{Nillable, Occurs, Schema, ServiceId, SessionToken, SoapType, Status, WithOffset};
pub use xml::{Element, Limits, Position, ReadError, ReadErrorKind, WriteError, Writer};
