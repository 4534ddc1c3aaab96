//! The body of a request that brings files along: taken in as it comes, never held as a whole.

use std::io::Write;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};

use super::body::{BodyError, broken_off, declared_length, let_go};
use crate::fault::Fault;
use crate::mtom::{MediaType, Package, PackageError, PackageLimits, Unpacked};
use crate::xml::cut;

/// How much is taken in before it goes to a thread, where it is looked at and written to the disk.
const BATCH: usize = 256 << 10;

/// What boundaries and headers may take beside the parts.
const AROUND: u64 = 16 << 20;

/// A sender that is slower than this, in bytes a second, runs out of time in the end.
const SLOWEST: u64 = 16 << 10;

/// Compressed bytes are unpacked in pieces of this size: each may become a thousand times as long.
const PACKED: usize = 4 << 10;

/// The message, and its files in memory or on the disk.
pub(super) async fn read(
    request: Request,
    media_type: &MediaType,
    limits: PackageLimits,
    patience: Duration,
) -> Result<Unpacked, BodyError> {
    let (head, mut body) = request.into_parts();
    let unpacked = receive(&head.headers, &mut body, media_type, limits, patience).await;
    if unpacked.is_err() {
        let_go(&head.headers, body, patience);
    }
    unpacked
}

async fn receive(
    headers: &HeaderMap,
    body: &mut Body,
    media_type: &MediaType,
    limits: PackageLimits,
    patience: Duration,
) -> Result<Unpacked, BodyError> {
    let most = limits.parts.saturating_add(limits.message as u64).saturating_add(AROUND);
    if declared_length(headers)?.is_some_and(|length| length > most) {
        return Err(PackageError::LongParts(limits.parts).into());
    }
    let mut incoming = Incoming { package: Package::new(media_type, limits)?, gzip: decoder(headers)?, limits, most };
    let mut clock = Clock { start: Instant::now(), patience, received: 0 };
    let mut batch = gather(body, &mut clock).await?;
    while !batch.is_empty() {
        // Compressed, nothing at all may come of them.
        if clock.received > most {
            return Err(PackageError::LongParts(limits.parts).into());
        }
        // The next one is taken in meanwhile.
        (incoming, batch) = tokio::try_join!(incoming.push(batch), gather(body, &mut clock))?;
    }
    incoming.finish()
}

/// About as much as a thread is worth; nothing at the end.
async fn gather(body: &mut Body, clock: &mut Clock) -> Result<Vec<Bytes>, BodyError> {
    let (mut batch, mut length) = (Vec::new(), 0);
    while length < BATCH {
        let frame = timeout_at(clock.deadline(), body.frame()).await;
        let Some(frame) = frame.map_err(|_| clock.too_slow())? else { break };
        let Ok(data) = frame.map_err(broken_off)?.into_data() else { continue };
        length += data.len();
        clock.received += data.len() as u64;
        batch.push(data);
    }
    Ok(batch)
}

/// What has come so far.
struct Incoming {
    package: Package,
    gzip: Option<MultiGzDecoder<Vec<u8>>>,
    limits: PackageLimits,
    /// How many bytes may still come: what stands around the parts is not counted by the package.
    most: u64,
}

impl Incoming {
    async fn push(mut self, batch: Vec<Bytes>) -> Result<Self, BodyError> {
        let pushed = tokio::task::spawn_blocking(move || {
            batch.iter().try_for_each(|bytes| self.take(bytes))?;
            Ok::<_, BodyError>(self)
        });
        pushed.await.unwrap_or_else(|_| Err(BodyError::shutting_down()))
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        let Some(mut gzip) = self.gzip.take() else { return self.unpacked(bytes) };
        for piece in bytes.chunks(PACKED) {
            gzip.write_all(piece).map_err(no_gzip)?;
            self.unpacked(gzip.get_ref())?;
            gzip.get_mut().clear();
        }
        self.gzip = Some(gzip);
        Ok(())
    }

    fn unpacked(&mut self, bytes: &[u8]) -> Result<(), BodyError> {
        let left = self.most.checked_sub(bytes.len() as u64);
        self.most = left.ok_or(PackageError::LongParts(self.limits.parts))?;
        Ok(self.package.push(bytes)?)
    }

    fn finish(mut self) -> Result<Unpacked, BodyError> {
        if let Some(mut gzip) = self.gzip.take() {
            gzip.try_finish().map_err(no_gzip)?;
            self.unpacked(gzip.get_ref())?;
        }
        Ok(self.package.finish()?)
    }
}

fn decoder(headers: &HeaderMap) -> Result<Option<MultiGzDecoder<Vec<u8>>>, BodyError> {
    let Some(encoding) = headers.get(header::CONTENT_ENCODING) else { return Ok(None) };
    let encoding = encoding.to_str().unwrap_or("?").trim().to_ascii_lowercase();
    match encoding.as_str() {
        "identity" | "" => Ok(None),
        "gzip" | "x-gzip" => Ok(Some(MultiGzDecoder::new(Vec::new()))),
        other => {
            let message = format!("Content-Encoding `{}` with attachments; gzip is known", cut(other));
            Err(BodyError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "SoapError", message))
        }
    }
}

fn no_gzip(error: std::io::Error) -> BodyError {
    BodyError::new(StatusCode::BAD_REQUEST, "SoapError", format!("the body is no gzip: {error}"))
}

/// Time for a body of any length: it must not stop, nor be slower than anybody's line.
struct Clock {
    start: Instant,
    patience: Duration,
    received: u64,
}

impl Clock {
    fn deadline(&self) -> Instant {
        let earned = self.patience + Duration::from_secs(self.received / SLOWEST);
        (self.start + earned).min(Instant::now() + self.patience)
    }

    fn too_slow(&self) -> BodyError {
        let (received, patience) = (self.received, self.patience.as_secs_f32());
        let message = format!(
            "the body stopped after {received} bytes for {patience} s, or came with less than {} KiB/s",
            SLOWEST >> 10
        );
        BodyError::new(StatusCode::REQUEST_TIMEOUT, "Timeout", message)
    }
}

impl From<PackageError> for BodyError {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::LongMessage(_) | PackageError::LongParts(_) | PackageError::ManyParts => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLong", error.to_string())
            }
            PackageError::Disk(error) => {
                let fault = Fault::server("an attachment cannot be kept; try again later").with_log(error.to_string());
                Self { status: StatusCode::SERVICE_UNAVAILABLE, fault }
            }
            error => Self::new(StatusCode::BAD_REQUEST, "SoapError", error.to_string()),
        }
    }
}
