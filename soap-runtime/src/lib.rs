//! SOAP webservices from plain Rust methods.
//!
//! [`soap_service`] makes the methods of an `impl` block a service, [`App`] a program that serves it.
//! A service of one's own server is a [`Service`]: [`router`] gives an axum router, [`Service::call`]
//! does without HTTP. [`SoapType`] is what arguments and outputs are.
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `pages` | yes | HTML pages: the documentation of each service, and the list of services |
//! | `decimal` | | `rust_decimal::Decimal` as `xs:decimal` |
//! | `num-bigint` | | `num_bigint::BigInt` and `BigUint` as `xs:integer` and `xs:nonNegativeInteger` |

mod app;
pub mod describe;
mod dispatch;
mod envelope;
mod fault;
mod http;
#[cfg(feature = "pages")]
mod pages;
mod service;
mod types;
mod wsdl;
mod xml;

#[doc(hidden)]
pub mod __private;

pub use app::App;
pub use describe::DescriptionError;
pub use dispatch::{Reply, Request, Service};
pub use envelope::Version;
pub use fault::{Fault, FaultCode};
pub use http::{HttpSettings, PublicUrl, RouteError, router};
pub use service::{Outputs, SoapFault, SoapService};
pub use std::process::ExitCode;
pub use types::{Nillable, Occurs, Schema, ServiceId, SessionToken, SoapType, Status, WithOffset};
pub use wsdl::Wsdl;
pub use xml::{Element, Limits, Position, ReadError, ReadErrorKind, WriteError, Writer};

#[doc = include_str!("docs/soap_service.md")]
pub use soap_macros::soap_service;

#[doc = include_str!("docs/soap_output.md")]
pub use soap_macros::SoapOutput;

#[doc = include_str!("docs/soap_fault.md")]
pub use soap_macros::SoapFault;

/// Compiles the program in the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
