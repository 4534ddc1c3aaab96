//! Calls from pages of other servers: what a browser asks for first (Fetch Standard, "CORS protocol").

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

/// The same endpoints, which pages from anywhere may call. Only for what needs more than an address to be
/// called: any page in the browser of a user can.
pub(crate) fn open_to_pages(router: Router) -> Router {
    router.layer(middleware::from_fn(answer))
}

async fn answer(request: Request, next: Next) -> Response {
    let is_preflight =
        request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match is_preflight {
        true => StatusCode::NO_CONTENT.into_response(),
        false => next.run(request).await,
    };
    allow(response.headers_mut());
    response
}

fn allow(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Content-Type, SOAPAction"));
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::routing::post;
    use tower_service::Service;

    use super::*;

    async fn ask(method: Method, headers: &[(&str, &str)]) -> Response {
        let mut router = open_to_pages(Router::new().route("/", post(|| async { "called" })));
        let request = headers
            .iter()
            .fold(Request::builder().method(method), |request, (name, value)| request.header(*name, *value));
        router.call(request.body(Body::empty()).expect("a request")).await.expect("a router always answers")
    }

    #[tokio::test]
    async fn a_browser_is_told_that_it_may_call_and_sees_the_answer() {
        let asked = [("Origin", "http://elsewhere"), ("Access-Control-Request-Method", "POST")];
        let preflight = ask(Method::OPTIONS, &asked).await;
        assert_eq!(preflight.status(), StatusCode::NO_CONTENT);
        assert_eq!(preflight.headers()["access-control-allow-headers"], "Content-Type, SOAPAction");
        let called = ask(Method::POST, &asked[..1]).await;
        assert_eq!(called.status(), StatusCode::OK);
        for response in [preflight, called] {
            assert_eq!(response.headers()["access-control-allow-origin"], "*");
        }
        // Without the question it is a request like any other.
        assert_eq!(ask(Method::OPTIONS, &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
