//! For build scripts: the WSDLs of a program's services as files, made or kept.
//!
//! A build script includes the module that the services are in, and has them written. They are found
//! without being named, for each is registered where it is written.
//!
//! ```no_run
//! // build.rs
//! # #[cfg(any())]
//! #[allow(dead_code)] // it is the program that calls it
//! #[path = "src/service.rs"]
//! mod service;
//!
//! fn main() {
//!     soap_runtime::build::write_wsdl("wsdl");
//! }
//! ```
//!
//! [`lock`] in its place compares the services with files that are committed, and ends the build if one no
//! longer fits.
//!
//! What goes wrong is told to cargo, which shows it and ends the build.

mod cargo;
#[cfg(feature = "generate")]
mod client;
mod lock;
mod wsdl;

#[cfg(feature = "generate")]
pub use client::{Client, client};
pub use lock::lock;
pub use wsdl::{Wsdls, write_wsdl};
