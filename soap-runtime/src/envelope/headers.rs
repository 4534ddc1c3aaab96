//! The headers of a message: who understands which, and what goes into the header of the reply.
//!
//! Extensions of SOAP look after blocks for a whole service, as [`HeaderHandler`]s, before it is known
//! which operation is called. What they leave may be declared by the operation; a block that neither
//! of them understands, and that has to be understood, ends the request.

use std::sync::Arc;

use super::{Refusal, Version};
use crate::describe::OperationDescription;
use crate::fault::Fault;
use crate::xml::{Element, Event, ReadError, Reader, WriteError, Writer};

/// An extension of SOAP that stands in headers, for all operations of a service: WS-Addressing for one.
///
/// ```
/// use soap_runtime::{Element, Fault, HeaderHandler, Received, Replying, RequestHeaders, Writer};
///
/// /// Sends a ticket back.
/// struct Tickets;
///
/// #[derive(Default)]
/// struct Ticket(Option<String>);
///
/// impl HeaderHandler for Tickets {
///     fn begin(&self) -> Box<dyn RequestHeaders> {
///         Box::new(Ticket::default())
///     }
/// }
///
/// impl RequestHeaders for Ticket {
///     fn understands(&self, namespace: &str, name: &str) -> bool {
///         (namespace, name) == ("urn:tickets", "ticket")
///     }
///     fn read(&mut self, block: Element<'_, '_>) -> Result<(), Fault> {
///         self.0 = Some(block.text()?.into_owned());
///         Ok(())
///     }
///     fn check(&mut self, request: &Received<'_>) -> Result<(), Fault> {
///         match self.0 {
///             None => Err(Fault::client(format!("no ticket for {:?}", request.operation))),
///             Some(_) => Ok(()),
///         }
///     }
///     fn write(&self, _: &Replying<'_>, header: &mut Writer) {
///         header.element("ticket", |header| header.text(self.0.as_deref().unwrap_or("none")));
///     }
/// }
/// ```
pub trait HeaderHandler: Send + Sync + 'static {
    /// What looks after the headers of one request, and of its reply.
    fn begin(&self) -> Box<dyn RequestHeaders>;

    /// The namespace of the blocks that it begins with, if it has nothing to do with requests without
    /// any.
    fn only_with(&self) -> Option<&str> {
        None
    }
}

impl HeaderHandler for Arc<dyn HeaderHandler> {
    fn begin(&self) -> Box<dyn RequestHeaders> {
        (**self).begin()
    }
    fn only_with(&self) -> Option<&str> {
        (**self).only_with()
    }
}

/// What a [`HeaderHandler`] knows of one request.
pub trait RequestHeaders: Send + Sync {
    /// Whether it reads header blocks of this name. It is asked about those that are for this server only.
    fn understands(&self, namespace: &str, local_name: &str) -> bool;

    /// Reads a block that it understands.
    ///
    /// # Errors
    /// What ends the request.
    fn read(&mut self, block: Element<'_, '_>) -> Result<(), Fault>;

    /// Called once all blocks are read, before the arguments are.
    ///
    /// # Errors
    /// What ends the request.
    fn check(&mut self, request: &Received<'_>) -> Result<(), Fault> {
        let _ = request;
        Ok(())
    }

    /// Writes blocks into the header of the reply, which may be a fault.
    fn write(&self, reply: &Replying<'_>, header: &mut Writer) {
        let _ = (reply, header);
    }
}

/// A request whose headers have been read.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Received<'a> {
    /// The version of SOAP that it is in.
    pub version: Version,
    /// The operation that it calls, if the service has it.
    pub operation: Option<&'a str>,
    /// What the transport says is wanted: the header `SOAPAction`, or the parameter `action` of SOAP 1.2.
    pub action: Option<&'a str>,
    /// What the reply is called in the description (WS-Addressing 1.0 – Metadata, §4.4.4), if there will
    /// be one.
    pub reply_action: Option<&'a str>,
}

/// A reply that is about to be written.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Replying<'a> {
    /// The version of SOAP that it is in.
    pub version: Version,
    /// The operation that was called, if the service has it.
    pub operation: Option<&'a str>,
    /// The fault that it says, if it says one.
    pub fault: Option<&'a Fault>,
}

/// A request from its headers to its reply.
#[derive(Clone)]
pub(crate) struct Exchange {
    pub(crate) version: Version,
    operation: Option<&'static str>,
    /// Nothing for a service without handlers: then nothing is allocated.
    requests: Option<Arc<Vec<Box<dyn RequestHeaders>>>>,
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").field("version", &self.version).field("operation", &self.operation).finish()
    }
}

impl From<Version> for Exchange {
    fn from(version: Version) -> Self {
        Self { version, operation: None, requests: None }
    }
}

impl Exchange {
    /// The blocks that handlers have for the header of the reply; empty for none.
    pub(super) fn blocks(&self, fault: Option<&Fault>) -> Result<String, WriteError> {
        let Some(requests) = &self.requests else { return Ok(String::new()) };
        let reply = Replying { version: self.version, operation: self.operation, fault };
        let mut writer = Writer::with_capacity(512);
        requests.iter().for_each(|request| request.write(&reply, &mut writer));
        writer.finish()
    }
}

/// What the headers of a request have told.
pub(crate) struct ReadHeaders<'a> {
    pub(crate) version: Version,
    handlers: &'a [Arc<dyn HeaderHandler>],
    /// Which handlers have begun.
    begun: Vec<usize>,
    requests: Vec<Box<dyn RequestHeaders>>,
    /// Blocks that have to be understood, and that no handler does.
    mandatory: Vec<Mandatory<'a>>,
}

/// More than this of those blocks are not kept: each is a name and a namespace, and no operation declares as many.
const MOST_MANDATORY: usize = 64;

struct Mandatory<'a> {
    name: &'a str,
    namespace: String,
}

impl<'a> ReadHeaders<'a> {
    pub(super) fn begin(version: Version, handlers: &'a [Arc<dyn HeaderHandler>]) -> Self {
        let mut headers = Self { version, handlers, begun: Vec::new(), requests: Vec::new(), mandatory: Vec::new() };
        headers.begin_with(None);
        headers
    }

    /// Begins the handlers that wait for a block of `namespace`, or for none.
    fn begin_with(&mut self, namespace: Option<&str>) {
        for (at, handler) in self.handlers.iter().enumerate() {
            if handler.only_with() == namespace && !self.begun.contains(&at) {
                self.begun.push(at);
                self.requests.push(handler.begin());
            }
        }
    }

    /// Takes in a block that stands in Header.
    pub(super) fn read(&mut self, block: Element<'_, 'a>) -> Result<(), Fault> {
        if !is_for_us(&block, self.version) {
            return Ok(block.skip()?);
        }
        self.begin_with(Some(block.namespace()));
        let understands =
            |request: &&mut Box<dyn RequestHeaders>| request.understands(block.namespace(), block.local_name());
        if let Some(request) = self.requests.iter_mut().find(understands) {
            return request.read(block);
        }
        let must_understand = block.attribute(self.version.namespace(), "mustUnderstand").map(str::trim);
        if matches!(must_understand, Some("1" | "true")) {
            if self.mandatory.len() == MOST_MANDATORY {
                let message = format!("more than {MOST_MANDATORY} headers must be understood, and are not known here");
                return Err(Fault::client(message).with_subcode("LimitExceeded"));
            }
            self.mandatory.push(Mandatory { name: block.local_name(), namespace: block.namespace().to_owned() });
        }
        Ok(block.skip()?)
    }

    /// Whether the request may go on, now that it is known which operation it is for.
    pub(crate) fn settle(
        mut self,
        namespace: &str,
        operation: Option<&OperationDescription>,
        action: Option<&str>,
        reply_action: Option<&str>,
    ) -> Result<Exchange, Refusal> {
        let name = operation.map(|operation| operation.name);
        let declared = operation.map(|operation| &*operation.input_headers).unwrap_or_default();
        let is_declared = |block: &Mandatory<'_>| {
            declared.iter().any(|header| {
                header.name == block.name && is_of(header.namespace.unwrap_or(namespace), &block.namespace)
            })
        };
        self.mandatory.retain(|block| !is_declared(block));
        let received = Received { version: self.version, operation: name, action, reply_action };
        let checked = match self.mandatory.is_empty() {
            false => Err(self.not_understood()),
            true => self.requests.iter_mut().try_for_each(|request| request.check(&received)),
        };
        match checked {
            Ok(()) => Ok(self.exchange(name)),
            Err(fault) => Err(Refusal { exchange: self.exchange(name), fault }),
        }
    }

    pub(super) fn refusal(self, fault: Fault) -> Refusal {
        Refusal { exchange: self.exchange(None), fault }
    }

    fn exchange(self, operation: Option<&'static str>) -> Exchange {
        let requests = (!self.requests.is_empty()).then(|| Arc::new(self.requests));
        Exchange { version: self.version, operation, requests }
    }

    /// A header that must be understood by us, and is not, ends the request (SOAP 1.1 §4.2.3, 1.2 §2.4).
    fn not_understood(&self) -> Fault {
        let blocks = self.mandatory.iter().map(|block| (block.namespace.clone(), block.name.to_owned()));
        Fault::not_understood(blocks.collect())
    }
}

/// The header blocks of a request, read once more: by the operation that has declared some of them.
///
/// Most operations have declared none, and are spared both this and that the blocks are kept.
pub(crate) struct HeaderBlocks<'a> {
    reader: Reader<'a>,
    version: Version,
    namespace: &'a str,
}

impl<'a> HeaderBlocks<'a> {
    /// Those of `namespace`; `reader` has just come past all of them.
    pub(crate) fn of(reader: &Reader<'a>, version: Version, namespace: &'a str) -> Result<Self, Fault> {
        if reader.has_passed_long_text() {
            return Err(Fault::from(reader.over_limit("a header is longer than all the rest of the message")));
        }
        Ok(Self { reader: reader.rewound(), version, namespace })
    }

    /// Hands on each of them that is for us.
    pub(crate) fn each(
        &mut self,
        mut take: impl FnMut(Element<'_, 'a>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let mut starts = 0;
        while starts < 2 {
            match self.reader.next()? {
                Event::Start => starts += 1,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
        // Envelope was checked before, so this is its Header, or the Body of one without.
        let mut header = Element::of(&mut self.reader);
        if header.local_name() != "Header" {
            return Ok(());
        }
        while let Some(block) = header.next_child()? {
            let is_wanted = is_of(self.namespace, block.namespace()) && is_for_us(&block, self.version);
            if is_wanted { take(block)? } else { block.skip()? }
        }
        Ok(())
    }
}

/// Whether a header of the namespace `found` may be one that the service declares.
fn is_of(service: &str, found: &str) -> bool {
    found == service || found.is_empty()
}

/// Whether a header is for the last node of the way, which we are (SOAP 1.1 §4.2.2, 1.2 §2.2).
fn is_for_us(block: &Element<'_, '_>, version: Version) -> bool {
    let (attribute, ours): (_, &[&str]) = match version {
        Version::Soap11 => ("actor", &["", "http://schemas.xmlsoap.org/soap/actor/next"]),
        Version::Soap12 => (
            "role",
            &[
                "",
                "http://www.w3.org/2003/05/soap-envelope/role/next",
                "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
            ],
        ),
    };
    block.attribute(version.namespace(), attribute).is_none_or(|role| ours.contains(&role.trim()))
}
