//! Answers with files: sent in pieces from where they are, their length known in advance.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::task::JoinHandle;

use super::compress::{plain, weighed};
use crate::attachment::Attached;
use crate::envelope::Version;
use crate::mtom::{Pieces, Segment, inline, package};

/// Whether a caller with these headers says that it takes a package.
pub(super) fn takes_package(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|value| {
        value.to_str().unwrap_or_default().split(',').any(|item| {
            let (name, quality) = weighed(item);
            quality > 0.0
                && ["multipart/related", "application/xop+xml"].iter().any(|known| name.eq_ignore_ascii_case(known))
        })
    })
}

/// A message with the files beside it, or inside of it as base64.
pub(super) fn packaged(version: Version, text: String, attached: Vec<Attached>) -> Response {
    let (content_type, segments) = package(version, text, attached);
    // It is made of words of ours and of hexadecimal digits.
    let content_type = HeaderValue::try_from(content_type).unwrap_or(HeaderValue::from_static("multipart/related"));
    plain(content_type, Body::new(Download::new(segments)))
}

/// The same as one document.
pub(super) fn embedded(content_type: HeaderValue, text: String, attached: Vec<Attached>) -> Response {
    plain(content_type, Body::new(Download::new(inline(text, attached))))
}

/// A body that is read from the disk on a thread, one piece after the other.
struct Download {
    state: State,
    /// How many bytes are still to come.
    left: u64,
}

enum State {
    Idle(Pieces),
    Reading(JoinHandle<(Pieces, Option<io::Result<Bytes>>)>),
    Done,
}

impl Download {
    fn new(segments: Vec<Segment>) -> Self {
        let left = segments.iter().map(Segment::len).sum();
        Self { state: State::Idle(Pieces::new(segments)), left }
    }
}

impl http_body::Body for Download {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(None),
                State::Idle(mut pieces) => {
                    self.state = State::Reading(tokio::task::spawn_blocking(move || {
                        let piece = pieces.next();
                        (pieces, piece)
                    }));
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = Pin::new(&mut reading).poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    let Ok((pieces, piece)) = read else {
                        return Poll::Ready(Some(Err(io::Error::other("the server is shutting down"))));
                    };
                    return Poll::Ready(self.piece(pieces, piece));
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

impl Download {
    /// A file that cannot be read to the end that it had ends the connection: the caller was told a
    /// length, and gets less.
    fn piece(&mut self, pieces: Pieces, piece: Option<io::Result<Bytes>>) -> Option<Result<Frame<Bytes>, io::Error>> {
        match piece? {
            Ok(bytes) => {
                self.left = self.left.saturating_sub(bytes.len() as u64);
                self.state = State::Idle(pieces);
                Some(Ok(Frame::data(bytes)))
            }
            Err(error) => {
                tracing::error!(left = self.left, "an answer is broken off: an attachment cannot be read: {error}");
                Some(Err(error))
            }
        }
    }
}
