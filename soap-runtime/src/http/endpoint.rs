//! One service at one path: what each HTTP method does there.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::HttpSettings;
use super::address::Addresses;
use super::body::{self, BodyError};
use crate::dispatch::{self, Reply, Service};
use crate::envelope::Version;
use crate::fault::{Fault, FaultCode};
use crate::wsdl::Wsdl;
use crate::xml::{cut, knows_charset};

/// The header of SOAP 1.1 §6.1.1; SOAP 1.2 has a parameter of the media type in its place.
const SOAP_ACTION: &str = "soapaction";

pub(super) struct Endpoint {
    service: Service,
    wsdl: Wsdl,
    settings: Arc<HttpSettings>,
    addresses: Addresses,
}

impl Endpoint {
    pub(super) fn new(service: Service, settings: Arc<HttpSettings>) -> Self {
        let wsdl = Wsdl::new(service.description());
        Self { service, wsdl, addresses: Addresses::new(Arc::clone(&settings)), settings }
    }

    pub(super) async fn answer(self: Arc<Self>, request: Request) -> Response {
        match *request.method() {
            Method::POST => self.call(request).await,
            Method::GET | Method::HEAD if asks_for_wsdl(request.uri().query()) => {
                let wsdl = self.wsdl.at(&self.address(&request));
                ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], wsdl).into_response()
            }
            Method::GET | Method::HEAD => self.document(&request),
            ref other => self.refuse_method(other),
        }
    }

    async fn call(&self, request: Request) -> Response {
        let headers = request.headers();
        let (content_type, action) = (headers.get(header::CONTENT_TYPE).cloned(), headers.get(SOAP_ACTION).cloned());
        let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
        let action = action.as_ref().and_then(|value| value.to_str().ok()).map(unquoted);
        let action = action.or_else(|| content_type.and_then(|content_type| parameter(content_type, "action")));
        let charset = content_type.and_then(charset);
        if let Some(message) = content_type.and_then(|content_type| unreadable(content_type, charset)) {
            return self.refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, Fault::client(message).with_subcode("SoapError"));
        }
        match body::read(request, &self.settings).await {
            Ok(body) => {
                let limits = self.settings.limits;
                respond(self.service.call(dispatch::Request { body, charset, action, limits }).await)
            }
            Err(BodyError { status, fault }) => self.refuse(status, fault),
        }
    }

    fn address(&self, request: &Request) -> String {
        self.addresses.of(&self.service.description().path, request)
    }

    #[cfg(feature = "pages")]
    fn document(&self, request: &Request) -> Response {
        let address = self.address(request);
        let page = crate::pages::documentation(self.service.description(), &format!("{address}?wsdl"), &address);
        axum::response::Html(page).into_response()
    }

    #[cfg(not(feature = "pages"))]
    fn document(&self, request: &Request) -> Response {
        format!("{}: {}?wsdl\n", self.service.description().name, self.address(request)).into_response()
    }

    fn refuse_method(&self, method: &Method) -> Response {
        let message = format!("{} is not for endpoints: POST a SOAP envelope, or GET ?wsdl", cut(method.as_str()));
        let mut response = self.refuse(StatusCode::METHOD_NOT_ALLOWED, Fault::client(message));
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        response
    }

    /// A request that is wrong as HTTP already.
    fn refuse(&self, status: StatusCode, fault: Fault) -> Response {
        let mut response = respond(self.service.refuse(&Version::Soap11.into(), fault));
        *response.status_mut() = status;
        // What is left of its body is not read, so the connection cannot go on.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        response
    }
}

fn respond(reply: Reply) -> Response {
    if reply.is_accepted {
        return StatusCode::ACCEPTED.into_response();
    }
    let mut response = Response::new(Body::from(reply.body));
    *response.status_mut() = match &reply.fault {
        None => StatusCode::OK,
        Some(fault) => status_of(reply.version, fault),
    };
    response.headers_mut().insert(header::CONTENT_TYPE, content_type(reply.version));
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

/// Why a body of this type is not even looked at. Any other name than text/xml is let through:
/// the body tells what it is.
fn unreadable(content_type: &str, charset: Option<&str>) -> Option<String> {
    const MULTIPART: &str = "multipart/";
    let start = content_type.trim_start().get(..MULTIPART.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART)) {
        return Some(format!("the body is `{}`; send a SOAP envelope as text/xml", cut(content_type)));
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
