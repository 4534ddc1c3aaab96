//! The body of a request: bounded in size and time, held once, unpacked.

use std::io::Read;
use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use http_body::Body as _;
use http_body_util::BodyExt;

use super::HttpSettings;
use crate::fault::Fault;
use crate::xml::cut;

/// A body that is not read to its end, and the status to say so with.
pub(super) struct BodyError {
    pub(super) status: StatusCode,
    pub(super) fault: Fault,
}

impl BodyError {
    pub(super) fn new(status: StatusCode, subcode: &'static str, message: impl Into<String>) -> Self {
        Self { status, fault: Fault::client(message).with_subcode(subcode) }
    }

    fn too_large(limit: usize) -> Self {
        let message = format!("the body is larger than {limit} bytes, the limit here");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLong", message)
    }

    fn no_memory(length: usize) -> Self {
        let fault = Fault::server(format!("there is no memory for a body of {length} bytes; try again later"));
        Self { status: StatusCode::SERVICE_UNAVAILABLE, fault }
    }

    pub(super) fn shutting_down() -> Self {
        Self { status: StatusCode::SERVICE_UNAVAILABLE, fault: Fault::server("the server is shutting down") }
    }

    fn too_slow(limit: Duration) -> Self {
        let message = format!("the body did not arrive within {} s", limit.as_secs_f32());
        Self::new(StatusCode::REQUEST_TIMEOUT, "Timeout", message)
    }
}

/// The whole body, decompressed if it was compressed.
pub(super) async fn read(request: Request, settings: &HttpSettings) -> Result<Bytes, BodyError> {
    let (head, mut body) = request.into_parts();
    let limit = settings.max_body;
    let read = async {
        match declared_length(&head.headers)? {
            Some(length) if length > limit as u64 => Err(BodyError::too_large(limit)),
            length => tokio::time::timeout(settings.read_timeout, collect(&mut body, length, limit))
                .await
                .unwrap_or_else(|_| Err(BodyError::too_slow(settings.read_timeout))),
        }
    };
    let whole = match read.await {
        Ok(whole) => whole,
        Err(error) => {
            let_go(&head.headers, body, settings.read_timeout);
            return Err(error);
        }
    };
    if whole.is_empty() {
        return Err(BodyError::new(StatusCode::BAD_REQUEST, "SoapError", "the body is empty; send a SOAP envelope"));
    }
    match head.headers.get(header::CONTENT_ENCODING) {
        None => Ok(whole),
        Some(encoding) => decompress(whole, encoding.to_str().unwrap_or("?").trim(), limit).await,
    }
}

/// A body that is not wanted any more.
pub(super) fn let_go(headers: &HeaderMap, body: axum::body::Body, within: Duration) {
    // Whoever waits for a word before sending has not sent anything.
    if !headers.contains_key(header::EXPECT) {
        tokio::spawn(discard(body, within));
    }
}

/// Takes in what a caller goes on sending after the refusal: closing the connection under it would
/// reset it, and the caller would not get to read the fault.
async fn discard(mut body: axum::body::Body, within: Duration) {
    const MOST: usize = 64 << 20;
    /// A caller that sends nothing any more has read the fault, or never will.
    const PAUSE: Duration = Duration::from_secs(2);
    let discarded = async {
        let mut seen = 0;
        while let Ok(Some(Ok(frame))) = tokio::time::timeout(PAUSE, body.frame()).await {
            seen += frame.data_ref().map_or(0, Bytes::len);
            if seen > MOST {
                break;
            }
        }
    };
    // A caller that is slower still has had its time.
    let _in_time = tokio::time::timeout(within, discarded).await;
}

pub(super) fn declared_length(headers: &HeaderMap) -> Result<Option<u64>, BodyError> {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    match length {
        None if !headers.contains_key(header::TRANSFER_ENCODING) => {
            let message = "the request has no body: neither Content-Length nor Transfer-Encoding is there";
            Err(BodyError::new(StatusCode::LENGTH_REQUIRED, "SoapError", message))
        }
        length => Ok(length),
    }
}

/// A body that came in one piece is taken as it is; frames go into one buffer of the right size.
async fn collect(body: &mut axum::body::Body, length: Option<u64>, limit: usize) -> Result<Bytes, BodyError> {
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(broken_off)?.into_data() else { continue };
        if data.len() > limit - whole.len() {
            return Err(BodyError::too_large(limit));
        }
        if whole.is_empty() {
            if body.is_end_stream() {
                return Ok(data);
            }
            let expected = length.and_then(|length| usize::try_from(length).ok()).unwrap_or(2 * data.len());
            whole.try_reserve_exact(expected.max(data.len())).map_err(|_| BodyError::no_memory(expected))?;
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole.into())
}

pub(super) fn broken_off(error: axum::Error) -> BodyError {
    BodyError::new(StatusCode::BAD_REQUEST, "SoapError", format!("the body broke off: {error}"))
}

/// Decompression is for a thread: a small body may grow to the limit.
async fn decompress(body: Bytes, encoding: &str, limit: usize) -> Result<Bytes, BodyError> {
    let encoding = encoding.to_ascii_lowercase();
    let unpack: fn(Bytes, usize) -> Result<Vec<u8>, Unpack> = match encoding.as_str() {
        "identity" | "" => return Ok(body),
        "gzip" | "x-gzip" => |body, limit| bounded(MultiGzDecoder::new(&*body), limit),
        "deflate" => |body, limit| bounded(ZlibDecoder::new(&*body), limit),
        other => {
            let message = format!("unknown Content-Encoding `{}`; gzip and deflate are known", cut(other));
            return Err(BodyError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "SoapError", message));
        }
    };
    let unpacked = tokio::task::spawn_blocking(move || unpack(body, limit)).await;
    match unpacked {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(Unpack::TooLarge)) => Err(BodyError::too_large(limit)),
        Ok(Err(Unpack::Broken(error))) => {
            let message = format!("the body is no {encoding}: {error}");
            Err(BodyError::new(StatusCode::BAD_REQUEST, "SoapError", message))
        }
        Err(_) => Err(BodyError::shutting_down()),
    }
}

enum Unpack {
    TooLarge,
    Broken(std::io::Error),
}

fn bounded(reader: impl Read, limit: usize) -> Result<Vec<u8>, Unpack> {
    let mut bytes = Vec::new();
    reader.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes).map_err(Unpack::Broken)?;
    if bytes.len() > limit { Err(Unpack::TooLarge) } else { Ok(bytes) }
}
