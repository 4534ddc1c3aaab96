//! Messages over HTTP and HTTPS; the only module that knows reqwest.

use std::error::Error;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, CONTENT_TYPE};

use super::{Answer, CallError, Message, Sending, Transport};
use crate::envelope::Version;

/// How messages are sent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpOptions {
    /// How long a whole exchange may take; 30 s, as for the workflow manager.
    pub timeout: Duration,
    /// The longest answer, in bytes, unpacked; 256 MiB.
    pub max_answer: usize,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), max_answer: 256 << 20 }
    }
}

/// What a GET gave.
#[cfg(feature = "reading")]
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Where it was in the end, after redirects.
    pub(crate) url: url::Url,
    pub(crate) answer: Answer,
}

/// The way to one endpoint.
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    address: String,
    options: HttpOptions,
}

impl Http {
    /// The way to the endpoint at `address`.
    ///
    /// # Errors
    /// If that is no URL, or has another scheme than `http` and `https`.
    pub fn new(address: impl Into<String>, options: HttpOptions) -> Result<Self, CallError> {
        let address = address.into();
        let unreachable = |reason: String| CallError::Unreachable { address: address.clone(), reason };
        match url::Url::parse(&address) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => {}
            Ok(url) => return Err(unreachable(format!("`{}` is neither http nor https", url.scheme()))),
            Err(error) => return Err(unreachable(format!("it is no URL: {error}"))),
        }
        let client = client(options.timeout).map_err(|error| unreachable(causes(&error)))?;
        Ok(Self { client, address, options })
    }

    /// What a GET of the address gives: a WSDL, a schema.
    #[cfg(feature = "reading")]
    pub(crate) async fn get(&self) -> Result<Fetched, CallError> {
        let response = self
            .client
            .get(&self.address)
            .timeout(self.options.timeout)
            .send()
            .await
            .map_err(|error| self.failed(&error))?;
        let url = response.url().clone();
        Ok(Fetched { url, answer: self.read(response).await? })
    }

    /// The way to another endpoint, with the same connections.
    #[cfg(feature = "reading")]
    pub(crate) fn to(&self, url: &url::Url, timeout: Duration) -> Self {
        let options = HttpOptions { timeout, ..self.options.clone() };
        Self { client: self.client.clone(), address: url.to_string(), options }
    }

    /// What a HEAD of the address gives: the same without the body.
    #[cfg(feature = "cli")]
    pub(crate) async fn head(&self) -> Result<Answer, CallError> {
        self.answer(self.client.head(&self.address)).await
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Result<Answer, CallError> {
        self.read(request.send().await.map_err(|error| self.failed(&error))?).await
    }

    async fn read(&self, mut response: reqwest::Response) -> Result<Answer, CallError> {
        let status = response.status().as_u16();
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.map(str::to_owned);
        let mut body = BytesMut::new();
        while let Some(more) = response.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() + more.len() > self.options.max_answer {
                return Err(CallError::TooLong { address: self.address.clone(), most: self.options.max_answer });
            }
            body.extend_from_slice(&more);
        }
        Ok(Answer { status, content_type, body: Bytes::from(body) })
    }

    fn failed(&self, error: &reqwest::Error) -> CallError {
        let address = self.address.clone();
        match error.is_timeout() {
            true => CallError::Timeout { address, after: self.options.timeout },
            false => CallError::Unreachable { address, reason: causes(error) },
        }
    }
}

fn client(timeout: Duration) -> reqwest::Result<reqwest::Client> {
    // It may be there already; whoever was first has chosen.
    let _there_already = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().timeout(timeout).user_agent(concat!("soap-runtime/", env!("CARGO_PKG_VERSION"))).build()
}

/// The innermost cause: those around it repeat the address.
fn causes(error: &(dyn Error + 'static)) -> String {
    std::iter::successors(Some(error), |&error| error.source()).last().map_or_else(String::new, ToString::to_string)
}

impl Transport for Http {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let Message { version, action, body } = message;
            let request = self.client.post(&self.address).body(body);
            let request = match version {
                Version::Soap11 => {
                    request.header(CONTENT_TYPE, version.content_type()).header("SOAPAction", format!("\"{action}\""))
                }
                Version::Soap12 if action.is_empty() => request.header(CONTENT_TYPE, version.content_type()),
                Version::Soap12 => {
                    request.header(CONTENT_TYPE, format!("{}; action=\"{action}\"", version.content_type()))
                }
            };
            self.answer(request.header(ACCEPT, "text/xml, application/soap+xml")).await
        })
    }

    fn address(&self) -> &str {
        &self.address
    }
}
