//! Calling SOAP services: how a message gets there, and what comes back.

#[cfg(all(feature = "client", feature = "reading"))]
mod documents;
#[cfg(feature = "cli")]
pub(crate) mod dynamic;
mod error;
#[cfg(feature = "client")]
mod http;
mod reply;
mod transport;

#[cfg(all(feature = "client", feature = "reading"))]
#[allow(unused_imports)]
pub(crate) use documents::{describe, documents};
pub use error::{CallError, ReceivedFault};
#[cfg(feature = "client")]
pub use http::{Http, HttpOptions};
#[allow(unused_imports)]
pub(crate) use reply::open_reply;
pub use transport::{Answer, Message, Sending, Transport};
