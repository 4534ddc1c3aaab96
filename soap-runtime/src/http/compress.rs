//! Compressed answers, for callers that ask for them.

use std::io::{self, Write};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Below this a packet is a packet, and what gzip adds is half of what it saves.
const WORTHWHILE: usize = 1 << 10;

/// More than this takes longer than other calls should wait.
const LONG: usize = 64 << 10;

/// Whether a caller with these headers takes gzip, and nothing else rather (RFC 9110 §12.5.3).
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let (mut gzip, mut any, mut identity) = (None, None, None);
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        for coding in value.to_str().unwrap_or_default().split(',') {
            let (name, quality) = weighed(coding);
            match name {
                name if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") => {
                    gzip = Some(quality)
                }
                name if name.eq_ignore_ascii_case("identity") => identity = Some(quality),
                "*" => any = Some(quality),
                _ => {}
            }
        }
    }
    let gzip = gzip.or(any).unwrap_or(0.0);
    gzip > 0.0 && gzip >= identity.unwrap_or(0.0)
}

/// `gzip;q=0.5`; a weight that is none is that of something which is not wanted.
pub(super) fn weighed(item: &str) -> (&str, f32) {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    (name, quality.map_or(1.0, |quality| quality.parse().unwrap_or(0.0)))
}

/// A response with this body, compressed if that was asked for and is worth it.
pub(super) async fn response(content_type: HeaderValue, body: impl Into<Bytes>, gzip: bool) -> Response {
    let body = body.into();
    if !gzip || body.len() < WORTHWHILE {
        return plain(content_type, body);
    }
    match pack(body.clone()).await {
        None => plain(content_type, body),
        Some(packed) => {
            let mut response = plain(content_type, packed);
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
            response
        }
    }
}

/// A response with this body as it is.
pub(super) fn plain(content_type: HeaderValue, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    response
}

/// Nothing if it gets no shorter.
async fn pack(body: Bytes) -> Option<Bytes> {
    let length = body.len();
    let packed = match length {
        ..=LONG => gzip(&body).ok(),
        // A server that shuts down sends it as it is.
        _ => tokio::task::spawn_blocking(move || gzip(&body)).await.ok().and_then(Result::ok),
    };
    packed.filter(|packed| packed.len() < length).map(Bytes::from)
}

/// At the lowest level, which is much faster than the usual one; the result is little longer.
fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 2), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_for_those_who_ask_for_it_and_want_nothing_else_rather() {
        for (accepted, expected) in [
            (&["gzip"][..], true),
            (&["gzip, deflate, br"], true),
            (&["deflate", "x-GZIP;q=0.1"], true),
            (&["*"], true),
            (&["*;q=0.5, identity;q=0.2"], true),
            (&["gzip ; Q=1.0"], true),
            (&[], false),
            (&[""], false),
            (&["deflate, br"], false),
            (&["gzip;q=0"], false),
            (&["gzip;q=0.000, *"], false),
            (&["*;q=0"], false),
            (&["identity, gzip;q=0.5"], false),
            (&["gzip;q=many"], false),
            (&["gzipped"], false),
        ] {
            let mut headers = HeaderMap::new();
            for value in accepted {
                headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            assert_eq!(takes_gzip(&headers), expected, "{accepted:?}");
        }
    }
}
