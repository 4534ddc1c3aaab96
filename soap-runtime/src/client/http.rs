//! Messages over HTTP and HTTPS; the only module that knows reqwest.

use std::error::Error;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::redirect::Policy;

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

/// As many as browsers follow, about.
#[cfg(feature = "reading")]
const MOST_REDIRECTS: usize = 10;

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
        let response = self.followed(reqwest::Method::GET).await?;
        let url = response.url().clone();
        Ok(Fetched { url, answer: self.read(response).await? })
    }

    /// The answer at the end of all redirects.
    #[cfg(feature = "reading")]
    async fn followed(&self, method: reqwest::Method) -> Result<reqwest::Response, CallError> {
        let mut address = self.address.clone();
        for _ in 0..=MOST_REDIRECTS {
            let request = self.client.request(method.clone(), &address).timeout(self.options.timeout);
            let response = request.send().await.map_err(|error| self.failed(&error))?;
            match redirect_of(&response).filter(|to| matches!(to.scheme(), "http" | "https")) {
                Some(to) => address = to.into(),
                None => return Ok(response),
            }
        }
        let reason = "too many redirects".to_owned();
        Err(CallError::Unreachable { address: self.address.clone(), reason })
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
        self.read(self.followed(reqwest::Method::HEAD).await?).await
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
    reqwest::Client::builder()
        .timeout(timeout)
        // A call holds the login of its user, which whoever is named by an answer has no right to.
        .redirect(Policy::none())
        .user_agent(concat!("soap-runtime/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// Where an answer sends its caller.
fn redirect_of(response: &reqwest::Response) -> Option<url::Url> {
    let location = matches!(response.status().as_u16(), 301..=303 | 307 | 308)
        .then(|| response.headers().get(LOCATION)?.to_str().ok())
        .flatten()?;
    response.url().join(location).ok()
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
            let request = request.header(ACCEPT, "text/xml, application/soap+xml");
            let response = request.send().await.map_err(|error| self.failed(&error))?;
            match redirect_of(&response) {
                Some(to) => Err(CallError::Redirected { address: self.address.clone(), to: to.into() }),
                None => self.read(response).await,
            }
        })
    }

    fn address(&self) -> &str {
        &self.address
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Read, Write};
    use std::net::TcpListener;

    use super::*;

    #[tokio::test]
    async fn calls_are_not_sent_on() {
        let other = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        other.set_nonblocking(true).expect("it can be asked without waiting");
        let elsewhere = format!("http://{}/there", other.local_addr().expect("it has an address"));
        for status in [301, 302, 303, 307, 308] {
            let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
            let address = format!("http://{}/here", listener.local_addr().expect("it has an address"));
            let answer = format!(
                "HTTP/1.1 {status} -\r\nLocation: {elsewhere}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().expect("somebody connects");
                let _some = stream.read(&mut [0; 4096]).expect("a request comes");
                stream.write_all(answer.as_bytes()).expect("the answer goes");
            });
            let http = Http::new(address, HttpOptions::default()).expect("it is a URL");
            let said = http.send(Message::new(Version::Soap11, "", "<secret/>")).await;
            assert!(matches!(said, Err(CallError::Redirected { to, .. }) if to == elsewhere), "{status}");
            server.join().expect("the server has answered");
        }
        assert!(other.accept().is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "nobody was called there");
    }
}
