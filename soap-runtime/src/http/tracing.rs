//! The headers that tell which request it was, and which trace it belongs to.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::origin::{Origin, Trace};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// What the head of a request tells of where it comes from.
pub(super) fn origin_of(headers: &HeaderMap) -> Origin {
    let request_id = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let mut parents = headers.get_all(TRACEPARENT).iter();
    // Two of them are none: nobody can tell which one holds.
    let trace = match (parents.next(), parents.next()) {
        (Some(only), None) => only.to_str().ok().and_then(Trace::parse),
        _ => None,
    };
    Origin::new(request_id, trace)
}

/// Tells the caller the id under which the log speaks of its request.
pub(super) fn tell(mut response: Response, origin: Origin) -> Response {
    if let Ok(id) = HeaderValue::try_from(origin.into_request_id()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The answer to any method where there is only something to read.
pub(super) async fn not_allowed(headers: HeaderMap) -> Response {
    let response = (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    tell(response, origin_of(&headers))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    fn origin(headers: &[(HeaderName, &'static str)]) -> Origin {
        origin_of(&headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect())
    }

    #[test]
    fn the_id_of_a_request_goes_back_to_its_caller() {
        let origin = origin(&[(REQUEST_ID, "abc-1"), (TRACEPARENT, PARENT)]);
        assert_eq!(origin.request_id(), Some("abc-1"));
        assert_eq!(origin.trace_id(), Some("0af7651916cd43dd8448eb211c80319c"));
        assert_eq!(tell(Response::default(), origin).headers()[REQUEST_ID], "abc-1");
    }

    #[test]
    fn two_parents_are_none() {
        let headers: HeaderMap =
            [(TRACEPARENT, PARENT)].map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect();
        assert!(origin_of(&headers).trace().is_some());
        let mut headers = headers;
        headers.append(TRACEPARENT, HeaderValue::from_static(PARENT));
        assert!(origin_of(&headers).trace().is_none());
        assert!(origin(&[(TRACEPARENT, "00-x")]).trace().is_none());
    }
}
