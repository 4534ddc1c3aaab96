//! Compressed answers, for callers that ask for them.

use std::cell::RefCell;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress, Status};

/// Below this an answer is a packet or two, and compressing it takes longer than sending it: Python's
/// clients ask for gzip whatever they expect.
const WORTHWHILE: usize = 2 << 10;

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
    thread_local! {
        /// Its tables are longer than most answers, and are made once for each thread of the event loop.
        static COMPRESSOR: RefCell<Compress> = RefCell::new(compressor());
    }
    match body.len() {
        ..=LONG => COMPRESSOR.with_borrow_mut(|compressor| gzip(compressor, &body)),
        // A server that shuts down sends it as it is.
        _ => tokio::task::spawn_blocking(move || gzip(&mut compressor(), &body)).await.ok().flatten(),
    }
}

/// Of the lowest level, which is much faster than the usual one; the result is little longer.
fn compressor() -> Compress {
    Compress::new(Compression::fast(), false)
}

/// One member of a gzip file (RFC 1952 §2.3), with no more than it must have.
fn gzip(compressor: &mut Compress, body: &[u8]) -> Option<Bytes> {
    const HEAD: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    let mut packed = Vec::with_capacity(body.len());
    packed.extend_from_slice(&HEAD);
    compressor.reset();
    // It takes no more room than there is, and has not ended where that is too little.
    let status = compressor.compress_vec(body, &mut packed, FlushCompress::Finish);
    if !matches!(status, Ok(Status::StreamEnd)) {
        return None;
    }
    let mut checksum = Crc::new();
    checksum.update(body);
    packed.extend_from_slice(&checksum.sum().to_le_bytes());
    packed.extend_from_slice(&checksum.amount().to_le_bytes());
    Some(packed.into())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back_and_is_no_longer(body in "[ab]{0,2000}|(?s).{0,300}") {
            let mut compressor = compressor();
            for _ in 0..2 {
                if let Some(packed) = gzip(&mut compressor, body.as_bytes()) {
                    let mut unpacked = String::new();
                    GzDecoder::new(&*packed).read_to_string(&mut unpacked).expect("it is gzip");
                    prop_assert_eq!(&unpacked, &body);
                }
            }
        }
    }

    #[test]
    fn what_gets_no_shorter_is_left_alone() {
        let mut state = 1_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .take(5_000)
        .collect();
        assert!(gzip(&mut compressor(), &noise).is_none());
        assert!(gzip(&mut compressor(), &[b'a'; 5_000]).is_some_and(|packed| packed.len() < 100));
    }

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
