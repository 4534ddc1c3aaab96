//! SOAP 1.1 and 1.2 messages: where the operation stands in a request, how a reply and a fault look.
//! Nothing here knows HTTP.

mod fault;
mod headers;
mod reply;
mod request;
mod sent;

pub(crate) use fault::write_fault;
pub(crate) use headers::{Exchange, HeaderBlocks};
pub use headers::{HeaderHandler, Received, Replying, RequestHeaders};
pub(crate) use reply::{ReplyFrame, Sizes};
pub(crate) use request::{Opened, Refusal, finish, no_operation, open};
pub(crate) use sent::write_request;

/// The version of SOAP that a message is in; a reply is in that of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Version {
    /// [SOAP 1.1](https://www.w3.org/TR/2000/NOTE-SOAP-20000508/).
    Soap11,
    /// [SOAP 1.2](https://www.w3.org/TR/soap12-part1/).
    Soap12,
}

impl Version {
    /// The version whose envelope is in `namespace`.
    pub(crate) fn of(namespace: &str) -> Option<Self> {
        [Self::Soap11, Self::Soap12].into_iter().find(|version| version.namespace() == namespace)
    }

    /// The namespace of its envelope.
    pub(crate) fn namespace(self) -> &'static str {
        match self {
            Self::Soap11 => "http://schemas.xmlsoap.org/soap/envelope/",
            Self::Soap12 => "http://www.w3.org/2003/05/soap-envelope",
        }
    }

    /// The media type of its messages.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Soap11 => "text/xml; charset=utf-8",
            Self::Soap12 => "application/soap+xml; charset=utf-8",
        }
    }

    /// The prefixes that the reference uses.
    fn prefix(self) -> &'static str {
        match self {
            Self::Soap11 => "soap11env",
            Self::Soap12 => "soap12env",
        }
    }
}

/// Everything of a message before the content of its Body; `namespace` is that of the service.
fn message_head(version: Version, namespace: &str) -> String {
    let prefix = version.prefix();
    let mut head = format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<{prefix}:Envelope xmlns:{prefix}=\"{}\"",
        version.namespace()
    );
    // A prefix cannot stand for no namespace (Namespaces in XML 1.0 §2.2).
    if !namespace.is_empty() {
        head.push_str(" xmlns:tns=\"");
        crate::xml::escape_into(&mut head, namespace, true);
        head.push('"');
    }
    head.push('>');
    head.push_str(body_tag(version));
    head
}

fn body_tag(version: Version) -> &'static str {
    match version {
        Version::Soap11 => "<soap11env:Body>",
        Version::Soap12 => "<soap12env:Body>",
    }
}

/// The tags around header blocks.
fn header_tags(version: Version) -> (&'static str, &'static str) {
    match version {
        Version::Soap11 => ("<soap11env:Header>", "</soap11env:Header>"),
        Version::Soap12 => ("<soap12env:Header>", "</soap12env:Header>"),
    }
}

/// Appends `head`, with `blocks` as the Header before the Body if there are any.
fn open_message(out: &mut String, head: &str, version: Version, blocks: &str) {
    if blocks.is_empty() {
        return out.push_str(head);
    }
    let body = body_tag(version);
    let (before, after) = header_tags(version);
    out.extend([&head[..head.len() - body.len()], before, blocks, after, body]);
}

/// Everything of a message after the content of its Body.
fn message_tail(version: Version) -> &'static str {
    match version {
        Version::Soap11 => "</soap11env:Body></soap11env:Envelope>",
        Version::Soap12 => "</soap12env:Body></soap12env:Envelope>",
    }
}
