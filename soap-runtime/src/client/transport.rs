//! What carries messages: HTTP, or nothing at all where the service is in the same program.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use super::CallError;
use crate::envelope::Version;

/// A request on its way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Message {
    /// The version of SOAP that it is in.
    pub version: Version,
    /// `soapAction`, without quotes.
    pub action: String,
    /// The envelope, in UTF-8.
    pub body: Bytes,
}

impl Message {
    /// A request.
    pub fn new(version: Version, action: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self { version, action: action.into(), body: body.into() }
    }
}

/// What came back, fault or not.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer {
    /// The status of HTTP, or what it would be.
    pub status: u16,
    /// The media type with its parameters, if it was said.
    pub content_type: Option<String>,
    /// The envelope; empty where there is none.
    pub body: Bytes,
}

impl Answer {
    /// An answer.
    pub fn new(status: u16, content_type: Option<String>, body: impl Into<Bytes>) -> Self {
        Self { status, content_type, body: body.into() }
    }

    /// What the media type says about the encoding.
    pub(crate) fn charset(&self) -> Option<&str> {
        let parameters = self.content_type.as_deref()?.split(';').skip(1);
        parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
            name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
        })
    }
}

/// A message under way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Answer, CallError>> + Send + 'a>>;

/// Carries messages to one service.
pub trait Transport: Send + Sync + 'static {
    /// Sends `message` and waits for the answer. A fault is an answer; an error is what keeps one from
    /// coming.
    fn send(&self, message: Message) -> Sending<'_>;

    /// Where the messages go, for errors.
    fn address(&self) -> &str;
}

/// One that several clients share.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, message: Message) -> Sending<'_> {
        (**self).send(message)
    }

    fn address(&self) -> &str {
        (**self).address()
    }
}
