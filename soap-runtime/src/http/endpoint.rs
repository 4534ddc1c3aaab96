//! One service at one path: what each HTTP method does there.

use std::sync::Arc;

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::HttpSettings;
use super::address::{Addresses, names_several_hosts};
use super::body::{self, BodyError};
use super::compress::{self, takes_gzip};
use super::download::{self, takes_package};
use super::metrics::{Outcome, ServiceRequests, Timed};
use super::tracing::{origin_of, tell};
use super::upload;
use crate::attachment::Parts;
use crate::dispatch::{self, Reply, Service};
use crate::envelope::Version;
use crate::fault::{Fault, FaultCode};
use crate::mtom::{MediaType, PackageLimits, Unpacked};
use crate::origin::Origin;
use crate::wsdl::Wsdl;
use crate::xml::{cut, knows_charset};

/// The header of SOAP 1.1 §6.1.1; SOAP 1.2 has a parameter of the media type in its place.
const SOAP_ACTION: &str = "soapaction";

/// How many calls may have as many files on the disk as one may; if they have fewer, more calls.
const CALLS: u64 = 16;

pub(super) struct Endpoint {
    service: Service,
    wsdl: Wsdl,
    settings: Arc<HttpSettings>,
    /// Of messages that come with parts.
    limits: PackageLimits,
    addresses: Addresses,
    requests: ServiceRequests,
}

impl Endpoint {
    pub(super) fn new(service: Service, settings: Arc<HttpSettings>, requests: ServiceRequests) -> Self {
        let wsdl = Wsdl::new(service.description());
        let message = settings.max_body;
        // Who takes no files has no use for more than a message, and is not to fill the disk.
        let parts = if service.description().takes_bytes() { settings.max_attachments } else { message as u64 };
        let on_disk = settings.max_attachments.saturating_mul(CALLS);
        let limits = PackageLimits { message, parts: parts.min(settings.max_attachments), on_disk };
        Self { service, wsdl, addresses: Addresses::new(Arc::clone(&settings)), settings, limits, requests }
    }

    pub(super) async fn answer(self: Arc<Self>, request: Request) -> Response {
        let origin = origin_of(request.headers());
        let response = self.respond(request, &origin).await;
        tell(response, origin)
    }

    async fn respond(&self, request: Request, origin: &Origin) -> Response {
        match *request.method() {
            _ if names_several_hosts(request.headers()) => {
                let fault = Fault::client("several Host headers; send one");
                self.refuse(StatusCode::BAD_REQUEST, fault, origin, &mut self.requests.begin())
            }
            Method::POST => self.call(request, origin, &mut self.requests.begin()).await,
            Method::GET | Method::HEAD if asks_for_wsdl(request.uri().query()) => {
                let (wsdl, gzip) = (self.wsdl.at(&self.address(&request)), self.gzip(&request));
                self.with_address(compress::response(content_type(Version::Soap11), wsdl, gzip).await)
            }
            Method::GET | Method::HEAD => {
                let ((content_type, page), gzip) = (self.document(&request), self.gzip(&request));
                self.with_address(compress::response(HeaderValue::from_static(content_type), page, gzip).await)
            }
            ref other => self.refuse_method(other, origin),
        }
    }

    async fn call(&self, request: Request, origin: &Origin, timed: &mut Timed<'_>) -> Response {
        let wants = Wants { gzip: self.gzip(&request), package: takes_package(request.headers()) };
        let headers = request.headers();
        let (content_type, action) = (headers.get(header::CONTENT_TYPE).cloned(), headers.get(SOAP_ACTION).cloned());
        let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
        let action = action.as_ref().and_then(|value| value.to_str().ok()).map(unquoted);
        let action = action.or_else(|| content_type.and_then(|content_type| parameter(content_type, "action")));
        if let Some(content_type) = content_type.filter(|content_type| is_package(content_type)) {
            return self.call_package(request, MediaType::parse(content_type), action, wants, origin, timed).await;
        }
        let charset = content_type.and_then(charset);
        if let Some(message) = content_type.and_then(|content_type| unreadable(content_type, charset)) {
            let fault = Fault::client(message).with_subcode("SoapError");
            return self.refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault, origin, timed);
        }
        match body::read(request, &self.settings).await {
            Ok(body) => {
                let limits = self.settings.limits;
                let request = dispatch::Request { body, charset, action, limits };
                self.answer_message(request, Parts::default(), wants, origin, timed).await
            }
            Err(BodyError { status, fault }) => self.refuse(status, fault, origin, timed),
        }
    }

    /// A message that comes with parts. The answer is packed in the same way.
    async fn call_package(
        &self,
        request: Request,
        media_type: MediaType,
        action: Option<&str>,
        wants: Wants,
        origin: &Origin,
        timed: &mut Timed<'_>,
    ) -> Response {
        let Unpacked { message, media_type: inner, parts } =
            match upload::read(request, &media_type, self.limits, self.settings.read_timeout).await {
                Ok(unpacked) => unpacked,
                Err(BodyError { status, fault }) => return self.refuse(status, fault, origin, timed),
            };
        let is_xop =
            media_type.parameter("type").is_some_and(|name| name.eq_ignore_ascii_case(XOP)) || inner.name == XOP;
        let wants = Wants { package: wants.package || is_xop, ..wants };
        let request = dispatch::Request {
            body: message,
            charset: inner.parameter("charset"),
            action: action.or(inner.parameter("action")),
            limits: self.settings.limits,
        };
        self.answer_message(request, parts, wants, origin, timed).await
    }

    async fn answer_message(
        &self,
        request: dispatch::Request<'_>,
        parts: Parts,
        wants: Wants,
        origin: &Origin,
        timed: &mut Timed<'_>,
    ) -> Response {
        let understood = self.service.understand(request, parts, origin).await;
        timed.operation = understood.operation;
        let reply = self.service.carry_out(understood, origin).await;
        let outcome = Outcome::from(&reply);
        let response = respond(reply, wants).await;
        timed.outcome = outcome;
        response
    }

    fn with_address(&self, mut response: Response) -> Response {
        self.addresses.mark(response.headers_mut());
        response
    }

    /// Whether answers to this request are compressed.
    fn gzip(&self, request: &Request) -> bool {
        self.settings.gzip && takes_gzip(request.headers())
    }

    fn address(&self, request: &Request) -> String {
        self.addresses.of(&self.service.description().path, request)
    }

    #[cfg(feature = "pages")]
    fn document(&self, request: &Request) -> (&'static str, String) {
        let address = self.address(request);
        let page = crate::pages::documentation(self.service.description(), &format!("{address}?wsdl"), &address);
        ("text/html; charset=utf-8", page)
    }

    #[cfg(not(feature = "pages"))]
    fn document(&self, request: &Request) -> (&'static str, String) {
        let line = format!("{}: {}?wsdl\n", self.service.description().name, self.address(request));
        ("text/plain; charset=utf-8", line)
    }

    fn refuse_method(&self, method: &Method, origin: &Origin) -> Response {
        let message = format!("{} is not for endpoints: POST a SOAP envelope, or GET ?wsdl", cut(method.as_str()));
        let (status, timed) = (StatusCode::METHOD_NOT_ALLOWED, &mut self.requests.begin());
        let mut response = self.refuse(status, Fault::client(message), origin, timed);
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        response
    }

    /// A request that is wrong as HTTP already.
    fn refuse(&self, status: StatusCode, fault: Fault, origin: &Origin, timed: &mut Timed<'_>) -> Response {
        timed.outcome = Outcome::from(&fault);
        let refused = origin.span(None).in_scope(|| self.service.refuse(&Version::Soap11.into(), fault));
        let Reply { version, body, .. } = refused;
        let mut response = compress::plain(content_type(version), body);
        *response.status_mut() = status;
        // What is left of its body is not read, so the connection cannot go on.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

/// How a caller takes its answer.
#[derive(Clone, Copy)]
struct Wants {
    /// Compressed.
    gzip: bool,
    /// With files beside the message.
    package: bool,
}

async fn respond(reply: Reply, wants: Wants) -> Response {
    if reply.is_accepted {
        return StatusCode::ACCEPTED.into_response();
    }
    let (text, attached) = (reply.body, reply.attached);
    let mut response = match (attached.is_empty(), wants.package) {
        (true, _) => compress::response(content_type(reply.version), text, wants.gzip).await,
        (false, true) => download::packaged(reply.version, text, attached),
        (false, false) => download::embedded(content_type(reply.version), text, attached),
    };
    *response.status_mut() = match &reply.fault {
        None => StatusCode::OK,
        Some(fault) => status_of(reply.version, fault),
    };
    response
}

/// Made from a text, it would be looked at byte by byte each time.
fn content_type(version: Version) -> HeaderValue {
    const SOAP11: HeaderValue = HeaderValue::from_static(Version::Soap11.content_type());
    const SOAP12: HeaderValue = HeaderValue::from_static(Version::Soap12.content_type());
    match version {
        Version::Soap11 => SOAP11,
        Version::Soap12 => SOAP12,
    }
}

/// 500 for all faults of SOAP 1.1 (§6.2); SOAP 1.2 has 400 for the sender's (Part 2, §7.5.2.2).
fn status_of(version: Version, fault: &Fault) -> StatusCode {
    match (version, fault.code()) {
        (Version::Soap12, FaultCode::Client) => StatusCode::BAD_REQUEST,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// `?wsdl`, `?WSDL`, `?wsdl=1`, among others or alone.
fn asks_for_wsdl(query: Option<&str>) -> bool {
    query.is_some_and(|query| {
        query.split('&').any(|pair| pair.split('=').next().is_some_and(|key| key.eq_ignore_ascii_case("wsdl")))
    })
}

/// The media type of a message whose files are beside it (XOP §5).
const XOP: &str = "application/xop+xml";

/// Whether a body of this type is a message with parts beside it.
fn is_package(content_type: &str) -> bool {
    const RELATED: &str = "multipart/related";
    content_type.trim_start().get(..RELATED.len()).is_some_and(|start| start.eq_ignore_ascii_case(RELATED))
}

/// Why a body of this type is not even looked at. Any other name than text/xml is let through:
/// the body tells what it is.
fn unreadable(content_type: &str, charset: Option<&str>) -> Option<String> {
    const MULTIPART: &str = "multipart/";
    let start = content_type.trim_start().get(..MULTIPART.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART)) {
        return Some(format!(
            "the body is `{}`; send a SOAP envelope as text/xml, or as multipart/related",
            cut(content_type)
        ));
    }
    let unknown = charset.filter(|charset| !knows_charset(charset))?;
    Some(format!("unknown charset `{}`; send UTF-8", cut(unknown)))
}

/// `charset` of a Content-Type (RFC 9110 §8.3.2).
fn charset(content_type: &str) -> Option<&str> {
    // As nearly all clients write it: then there is nothing to look for.
    if content_type == Version::Soap11.content_type() {
        return Some("utf-8");
    }
    parameter(content_type, "charset")
}

/// A parameter of a media type.
fn parameter<'a>(content_type: &'a str, name: &str) -> Option<&'a str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then(|| unquoted(value))
    })
}

/// The value of a header or a parameter, which may stand in quotes.
fn unquoted(value: &str) -> &str {
    value.trim().trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wsdl_is_asked_for_in_any_case_and_with_any_value() {
        for query in ["wsdl", "WSDL", "wsdl=1", "Wsdl=", "a=b&wsdl"] {
            assert!(asks_for_wsdl(Some(query)), "{query}");
        }
        for query in [None, Some(""), Some("x=wsdl"), Some("wsdls")] {
            assert!(!asks_for_wsdl(query), "{query:?}");
        }
    }

    #[test]
    fn the_charset_is_found_however_it_is_written() {
        for (content_type, expected) in [
            ("text/xml; charset=utf-8", Some("utf-8")),
            ("text/xml;Charset = \"UTF-16\" ; action=x", Some("UTF-16")),
            ("application/soap+xml; action=\"a\"", None),
            ("text/xml", None),
            ("", None),
        ] {
            assert_eq!(charset(content_type), expected, "{content_type}");
        }
    }
}
