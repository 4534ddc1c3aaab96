//! SOAP webservices from plain Rust methods.
//!
//! [`#[soap_service]`](macro@soap_service) turns the methods of an `impl` block into a webservice:
//! its WSDL, its dispatch, its documentation page. [`App`] makes a program of it, [`router`] a part
//! of another one, and [`Service`] answers messages without any transport.
//!
//! ```no_run
//! use soap_runtime::{App, ExitCode, soap_service};
//!
//! /// Greets people.
//! struct Greeter;
//!
//! #[soap_service]
//! impl Greeter {
//!     /// Says hello.
//!     #[operation(outputs(greeting))]
//!     fn greet(&self, #[soap(default = "world".to_owned())] name: String) -> String {
//!         format!("Hello, {name}!")
//!     }
//! }
//!
//! fn main() -> ExitCode {
//!     App::new().service(Greeter).run()
//! }
//! ```
//!
//! # What methods may take and return
//!
//! Whatever implements [`SoapType`](trait@SoapType): numbers, text, bytes, files, dates and times, structs and
//! enums that [derive it](derive@SoapType), and `Option` and `Vec` of these. A method returns nothing, one value,
//! a tuple with named outputs, a struct with
//! `#[derive(SoapOutput)]`, or a `Result` of one of them whose error derives [`SoapFault`].
//!
//! A parameter may be a header, and a result may have headers beside it, [`WithHeaders`]. Messages can be wrapped or bare,
//! have names of their own, or go one way; a service can speak rpc/literal, and have a port for SOAP 1.2.
//!
//! A method marked `#[job]` is a long-running computation: with it come the operations around an
//! asynchronous execution, which is recorded, survives the server, and can be watched and aborted.
//! Its handle is a [`Job`], or a [`BlockingJob`] in a plain `fn`.
//!
//! An `async fn` runs on the event loop and must not block. A plain `fn` runs on a thread of its own,
//! and may compute or wait as long as it likes. Either goes on to its end once it has begun, whether
//! its caller is still there or not.
//!
//! # Features
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `pages` | yes | HTML pages: the documentation of each service, the list of services, the status of a job |
//! | `decimal` | | `rust_decimal::Decimal` as `xs:decimal` |
//! | `client` | | `client::Http`: calling services over HTTP and HTTPS |
//! | `cli` | | the program `soap`; includes `client` |
//! | `build` | | `build`, for build scripts: WSDL files, contract locks |
//! | `generate` | | clients from WSDLs, for build scripts; includes `build` |
//! | `testing` | | `testing`, for tests: services without a socket, contracts |
//! | `num-bigint` | | `num_bigint::BigInt` and `BigUint` as `xs:integer` and `xs:nonNegativeInteger` |
//!
//! The crates whose types stand in messages are re-exported, so that versions agree.

// docs.rs says then which feature brings what; it needs a nightly compiler, as docs.rs has.
#![cfg_attr(docsrs, feature(doc_cfg))]

// What the macros write names this crate, also where it is used in the crate itself.
#[cfg(feature = "cli")]
extern crate self as soap_runtime;

mod app;
mod attachment;
#[cfg(feature = "build")]
pub mod build;
#[cfg(feature = "cli")]
mod cli;
pub mod client;
pub mod describe;
mod dispatch;
mod envelope;
mod extensions;
mod fault;
mod files;
mod http;
mod jobs;
mod mtom;
mod origin;
#[cfg(feature = "pages")]
mod pages;
mod service;
#[cfg(feature = "testing")]
pub mod testing;
mod times;
mod types;
mod work;
mod wsdl;
mod xml;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "num-bigint")]
pub use num_bigint;
#[cfg(feature = "decimal")]
pub use rust_decimal;
pub use {bytes, jiff, url};

pub use app::App;
pub use attachment::{Attachment, AttachmentReader};
pub use describe::DescriptionError;
pub use dispatch::{Reply, Request, Service};
pub use envelope::{HeaderHandler, Received, Replying, RequestHeaders, Version};
pub use extensions::{Passwords, UsernameToken};
pub use fault::{Fault, FaultCode};
pub use http::{HttpSettings, PublicUrl, RouteError, router};
pub use jobs::{Amount, BlockingJob, Executor, Job, JobError, JobSettings, Jobs, JobsError, Store};
pub use service::{MustUnderstand, Outputs, SoapFault, SoapService, WithHeaders};
pub use std::process::ExitCode;
pub use types::{
    AnyXml, Array, Fields, GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Language, Nillable, NormalizedString,
    Occurs, Schema, ServiceId, SessionToken, SimpleType, SoapType, Status, Token, WithOffset,
};
pub use wsdl::Wsdl;
pub use xml::{Element, Limits, Position, ReadError, ReadErrorKind, StartTag, WriteError, Writer};

/// Takes in the client that a build script has generated with `soap_runtime::build::client("auth.wsdl")` (feature
/// `generate`): the trait, its client, and the types of the service.
///
/// ```ignore (needs the build script)
/// mod auth {
///     soap_runtime::include_client!("auth");
/// }
///
/// let client = auth::AuthManagerClient::connect(auth::ADDRESS)?;
/// let token = client.get_session_token("ada".to_owned(), "secret".to_owned(), "project".to_owned()).await?;
/// ```
///
/// One in each module: names of two could clash.
#[macro_export]
macro_rules! include_client {
    ($stem:literal) => {
        #[allow(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic, rustdoc::all)]
        mod generated {
            include!(concat!(env!("OUT_DIR"), "/", $stem, ".rs"));
        }
        #[allow(unreachable_pub, unused_imports)]
        pub use generated::*;
    };
}

#[doc = include_str!("docs/soap_service.md")]
pub use soap_macros::soap_service;

#[doc = include_str!("docs/soap_output.md")]
pub use soap_macros::SoapOutput;

#[doc = include_str!("docs/soap_fault.md")]
pub use soap_macros::SoapFault;

#[doc = include_str!("docs/soap_type.md")]
pub use soap_macros::SoapType;

// The book is not in the package: .cargo/config.toml of the repository says that it is there.
#[cfg(all(doctest, soap_book, feature = "client", feature = "testing"))]
mod book;
