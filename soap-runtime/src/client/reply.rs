//! From an answer to the element in its Body, or to the fault that it says.

use super::{Answer, CallError, ReceivedFault};
use crate::envelope::Version;
use crate::types::{AnyXml, SoapType};
use crate::xml::{Document, Element, Limits, ReadError, cut};

/// What the Body of an answer holds.
pub(super) enum Content<'r, 'a> {
    /// Nothing; with the Body itself.
    Nothing(Element<'r, 'a>),
    /// An element.
    Element(Element<'r, 'a>),
}

/// Hands the Body of the answer to `read`, which gets the element that stands in it, or `None` if it is
/// empty. Header blocks are passed over.
///
/// # Errors
/// The fault that it says; that it is no SOAP message; what `read` says.
#[cfg(all(feature = "client", feature = "reading"))]
pub(crate) fn open_reply<T>(
    answer: &Answer,
    address: &str,
    read: impl FnOnce(Option<Element<'_, '_>>) -> Result<T, ReadError>,
) -> Result<T, CallError> {
    open_answer(answer, address, pass_over, |_, content| match content {
        Content::Nothing(_) => read(None),
        Content::Element(element) => read(Some(element)),
    })
}

/// The same, and the Header is handed to `read_header` before, if there is one. What is wrong with it is
/// only told if the answer says no fault, which has other headers.
pub(super) fn open_answer<H, T>(
    answer: &Answer,
    address: &str,
    read_header: impl Fn(Element<'_, '_>) -> Result<H, ReadError>,
    read: impl FnOnce(Option<H>, Content<'_, '_>) -> Result<T, ReadError>,
) -> Result<T, CallError> {
    open_message(answer, address, read_header, |header, mut body| {
        let namespace = body.namespace().to_owned();
        match body.next_child()? {
            None => Ok(read(header.transpose()?, Content::Nothing(body))?),
            Some(fault) if fault.local_name() == "Fault" && fault.namespace() == namespace => {
                Err(read_fault(fault)?.into())
            }
            Some(element) => Ok(read(header.transpose()?, Content::Element(element))?),
        }
    })
}

/// Hands the Body itself to `read`, with a fault or without.
///
/// # Errors
/// That it is no SOAP message; what `read` says.
#[cfg(feature = "cli")]
pub(crate) fn open_body<T>(
    answer: &Answer,
    address: &str,
    read: impl FnOnce(Element<'_, '_>) -> Result<T, CallError>,
) -> Result<T, CallError> {
    open_message(answer, address, pass_over, |_, body| read(body))
}

/// What was made of the Header, and the Body, whatever it holds.
fn open_message<H, T>(
    answer: &Answer,
    address: &str,
    read_header: impl Fn(Element<'_, '_>) -> Result<H, ReadError>,
    read: impl FnOnce(Option<Result<H, ReadError>>, Element<'_, '_>) -> Result<T, CallError>,
) -> Result<T, CallError> {
    let no_soap = || no_soap(answer, address);
    let limits = Limits { attributes: 1024, ..Limits::default() };
    let mut document = Document::new(answer.body.clone(), answer.charset()).map_err(|_| no_soap())?;
    let mut reader = document.reader(limits).map_err(|_| no_soap())?;
    let mut envelope = match crate::xml::root_of(&mut reader) {
        Ok(root) if root.local_name() == "Envelope" && Version::of(root.namespace()).is_some() => root,
        _ => return Err(no_soap()),
    };
    let namespace = envelope.namespace().to_owned();
    let mut header = None;
    while let Some(child) = envelope.next_child()? {
        match child.local_name() {
            "Header" if child.namespace() == namespace => header = Some(read_header(child)),
            "Body" if child.namespace() == namespace => return read(header, child),
            _ => child.skip()?,
        }
    }
    Err(no_soap())
}

/// For those who want nothing of a Header.
pub(super) fn pass_over(header: Element<'_, '_>) -> Result<(), ReadError> {
    header.skip()
}

/// The error for an answer that is something else.
pub(super) fn no_soap(answer: &Answer, address: &str) -> CallError {
    let text = String::from_utf8_lossy(&answer.body[..answer.body.len().min(400)]);
    let start = cut(text.split_whitespace().collect::<Vec<_>>().join(" ").as_str()).to_string();
    CallError::NoSoap { address: address.to_owned(), status: answer.status, start }
}

/// Both versions: their elements have different names.
fn read_fault(mut fault: Element<'_, '_>) -> Result<ReceivedFault, ReadError> {
    let mut received = ReceivedFault::default();
    while let Some(child) = fault.next_child()? {
        match child.local_name() {
            "faultcode" => received.code = local(&child.text()?),
            "faultstring" => received.message = child.text()?.trim().to_owned(),
            "faultactor" | "Role" | "Node" => received.actor = Some(child.text()?.trim().to_owned()),
            "Code" => read_code(child, &mut received, 0)?,
            "Reason" => received.message = read_reason(child)?,
            "detail" | "Detail" => received.detail = Some(AnyXml::read(child)?),
            _ => child.skip()?,
        }
    }
    received.actor = received.actor.filter(|actor| !actor.is_empty());
    Ok(received)
}

fn read_code(mut code: Element<'_, '_>, received: &mut ReceivedFault, level: usize) -> Result<(), ReadError> {
    while let Some(child) = code.next_child()? {
        match child.local_name() {
            "Value" if level == 0 => received.code = local(&child.text()?),
            "Value" => received.subcodes.push(local(&child.text()?)),
            "Subcode" => read_code(child, received, level + 1)?,
            _ => child.skip()?,
        }
    }
    Ok(())
}

/// The English text, else the first one.
fn read_reason(mut reason: Element<'_, '_>) -> Result<String, ReadError> {
    const XML: &str = "http://www.w3.org/XML/1998/namespace";
    let mut best: Option<String> = None;
    while let Some(text) = reason.next_child()? {
        let is_english = text.attribute(XML, "lang").is_some_and(|lang| lang.starts_with("en"));
        let text = text.text()?.trim().to_owned();
        if best.is_none() || is_english {
            best = Some(text);
        }
    }
    Ok(best.unwrap_or_default())
}

fn local(code: &str) -> String {
    let code = code.trim();
    code.rsplit_once(':').map_or(code, |(_, local)| local).to_owned()
}

#[cfg(test)]
mod tests;
