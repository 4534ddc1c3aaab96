//! A router that is asked within the program: all that a server does but for the sockets.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use tower_service::Service as _;

use super::{HttpSettings, RouteError, router};
use crate::client::{Answer, Message};
use crate::dispatch::Service;
use crate::envelope::Version;

/// Services, published to whoever has this.
pub(crate) struct InProcess {
    router: Router,
}

impl InProcess {
    /// As [`router`].
    pub(crate) fn new(services: Vec<Service>, settings: HttpSettings) -> Result<Self, RouteError> {
        Ok(Self { router: router(services, settings)? })
    }

    /// Sends a message to what is at `path`, in the form that a client of its version gives it.
    ///
    /// # Errors
    /// Why there is no answer, for people.
    pub(crate) async fn post(&self, path: &str, message: Message) -> Result<Answer, String> {
        let Message { version, action, body } = message;
        let content_type = version.content_type();
        // A body of unknown length would be refused, as one without is.
        let request = Request::builder().method(Method::POST).header(header::CONTENT_LENGTH, body.len());
        let request = match version {
            Version::Soap11 => {
                request.header(header::CONTENT_TYPE, content_type).header("SOAPAction", format!("\"{action}\""))
            }
            Version::Soap12 if action.is_empty() => request.header(header::CONTENT_TYPE, content_type),
            Version::Soap12 => request.header(header::CONTENT_TYPE, format!("{content_type}; action=\"{action}\"")),
        };
        self.answer(request.uri(path).header(header::HOST, "localhost").body(Body::from(body))).await
    }

    /// What a browser would get.
    ///
    /// # Errors
    /// As [`InProcess::post`].
    pub(crate) async fn get(&self, path: &str) -> Result<Answer, String> {
        self.answer(Request::builder().uri(path).header(header::HOST, "localhost").body(Body::empty())).await
    }

    async fn answer(&self, request: Result<Request, axum::http::Error>) -> Result<Answer, String> {
        let request = request.map_err(|error| format!("it cannot be sent: {error}"))?;
        // A router is always ready, and never fails.
        let Ok(response) = self.router.clone().call(request).await;
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(|error| format!("the answer breaks off: {error}"))?;
        Ok(Answer::new(head.status.as_u16(), content_type(&head.headers), body))
    }
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok().map(str::to_owned)
}
