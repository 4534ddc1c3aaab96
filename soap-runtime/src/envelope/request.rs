//! From the start of a request to the operation in its Body, and from there to its end.

use std::sync::Arc;

use super::Version;
use super::headers::{Exchange, HeaderHandler, ReadHeaders};
use crate::fault::{Fault, FaultCode};
use crate::xml::{Element, Event, ReadError, ReadErrorKind, Reader, cut};

/// A request that is not carried out, and what its reply has to look like.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) exchange: Exchange,
    pub(crate) fault: Fault,
}

impl Refusal {
    pub(crate) fn new(exchange: impl Into<Exchange>, fault: impl Into<Fault>) -> Self {
        Self { exchange: exchange.into(), fault: fault.into() }
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        let subcode = match error.kind() {
            ReadErrorKind::Syntax => "XMLSyntaxError",
            ReadErrorKind::Limit => "LimitExceeded",
            ReadErrorKind::Value => "ValidationError",
        };
        let fault = Self::client(error.to_string()).with_subcode(subcode);
        match error.for_log() {
            Some(message) => fault.with_message_for_log(message),
            None => fault,
        }
    }
}

/// A request whose Body has begun.
pub(crate) struct Opened<'a> {
    pub(crate) headers: ReadHeaders<'a>,
    /// Whether the Body holds nothing, and has ended.
    pub(crate) is_empty: bool,
}

/// Reads up to the first child of Body, the operation, whose start tag has then been read.
pub(crate) fn open<'a>(reader: &mut Reader<'a>, handlers: &'a [Arc<dyn HeaderHandler>]) -> Result<Opened<'a>, Refusal> {
    let version = open_envelope(reader).map_err(|fault| Refusal::new(Version::Soap11, fault))?;
    let mut headers = ReadHeaders::begin(version, handlers);
    match open_body(reader, &mut headers).and_then(|()| next_start(reader)) {
        Ok(holds_something) => Ok(Opened { headers, is_empty: !holds_something }),
        Err(fault) => Err(headers.refusal(fault)),
    }
}

/// The fault for a Body that holds nothing, where something was expected.
pub(crate) fn no_operation(reader: &Reader<'_>) -> Fault {
    malformed(reader, "the Body is empty, and should hold an operation")
}

/// Reads from the end of the operation to the end of the document, in which nothing may follow; the Body
/// has ended already if it is empty.
pub(crate) fn finish(reader: &mut Reader<'_>, is_empty: bool) -> Result<(), Fault> {
    if !is_empty && next_start(reader)? {
        let name = cut(reader.name());
        return Err(malformed(reader, format!("a second operation, `<{name}>`, in one Body")));
    }
    if next_start(reader)? {
        let name = cut(reader.name());
        return Err(malformed(reader, format!("`<{name}>` after the Body")));
    }
    match reader.next()? {
        Event::Eof => Ok(()),
        _ => Err(malformed(reader, "something follows the Envelope")),
    }
}

fn open_envelope(reader: &mut Reader<'_>) -> Result<Version, Fault> {
    if !next_start(reader)? {
        return Err(malformed(reader, "there is no Envelope"));
    }
    let root = Element::of(reader);
    if root.local_name() != "Envelope" {
        let message = format!("expected a SOAP Envelope, found `<{}>`", cut(root.local_name()));
        return Err(malformed(reader, message));
    }
    Version::of(root.namespace()).ok_or_else(|| {
        let message = format!(
            "the Envelope is in the namespace `{}`; SOAP 1.1 has `{}`, SOAP 1.2 `{}`",
            cut(root.namespace()),
            Version::Soap11.namespace(),
            Version::Soap12.namespace(),
        );
        Fault::new(FaultCode::VersionMismatch, message)
    })
}

fn open_body<'a>(reader: &mut Reader<'a>, headers: &mut ReadHeaders<'a>) -> Result<(), Fault> {
    let mut seen_header = false;
    loop {
        if !next_start(reader)? {
            return Err(malformed(reader, "the Envelope has no Body"));
        }
        let mut element = Element::of(reader);
        if element.namespace() == headers.version.namespace() {
            match element.local_name() {
                "Header" if !seen_header => {
                    seen_header = true;
                    while let Some(block) = element.next_child()? {
                        headers.read(block)?;
                    }
                    continue;
                }
                "Body" => return Ok(()),
                _ => {}
            }
        }
        let message = format!("expected Header or Body, found `<{}>`", cut(element.local_name()));
        return Err(malformed(reader, message));
    }
}

/// To the next start tag: `false` if the element around it ends first.
fn next_start(reader: &mut Reader<'_>) -> Result<bool, Fault> {
    loop {
        match reader.next()? {
            Event::Start => return Ok(true),
            Event::Text(text) if text.trim_ascii().is_empty() => {}
            // The text is not shown: it may be a token that lost its tags.
            Event::Text(_) | Event::Char(_) => return Err(malformed(reader, "unexpected text between elements")),
            Event::End | Event::Eof => return Ok(false),
        }
    }
}

fn malformed(reader: &Reader<'_>, message: impl Into<String>) -> Fault {
    Fault::from(reader.syntax(message)).with_subcode("SoapError")
}
