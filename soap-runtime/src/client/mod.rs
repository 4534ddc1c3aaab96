//! Calling SOAP services: how a message gets there, and what comes back.

#[cfg(all(feature = "client", feature = "reading"))]
mod documents;
#[cfg(feature = "cli")]
pub(crate) mod dynamic;
mod error;
#[cfg(feature = "client")]
mod http;
mod in_process;
mod made;
mod optional;
mod progress;
mod reply;
mod transport;
mod typed;

#[cfg(all(feature = "client", feature = "reading"))]
pub(crate) use documents::{describe, documents};
pub use error::{CallError, ReceivedFault};
#[cfg(feature = "client")]
pub use http::{Http, HttpOptions};
pub use optional::Optional;
pub use progress::Progress;
#[cfg(feature = "cli")]
pub(crate) use reply::open_body;
#[cfg(all(feature = "client", feature = "reading"))]
pub(crate) use reply::open_reply;
pub use transport::{Answer, Message, Sending, Transport};
pub use typed::{Client, ServiceClient};
