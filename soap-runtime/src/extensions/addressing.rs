//! WS-Addressing 1.0: a request says what it is called, its reply to which one it belongs.
//!
//! [Core](https://www.w3.org/TR/ws-addr-core/) and [SOAP binding](https://www.w3.org/TR/ws-addr-soap/).
//! A service understands it without being told to: some clients send it always. A request without such
//! headers costs nothing. Replies go back on the connection of the request, nowhere else: a server that
//! calls addresses out of requests can be made to call anybody.

use std::fmt::Write as _;

use crate::envelope::{HeaderHandler, Received, Replying, RequestHeaders, Version};
use crate::fault::{Fault, FaultCode};
use crate::types::{AnyXml, SoapType};
use crate::xml::{Element, Writer, cut, escape_into};

const WSA: &str = "http://www.w3.org/2005/08/addressing";
const ANONYMOUS: &str = "http://www.w3.org/2005/08/addressing/anonymous";
const FAULT_OF_ADDRESSING: &str = "http://www.w3.org/2005/08/addressing/fault";
const OTHER_FAULT: &str = "http://www.w3.org/2005/08/addressing/soap/fault";

/// Looks after the addressing of a service's messages.
pub(crate) struct Addressing;

impl HeaderHandler for Addressing {
    fn begin(&self) -> Box<dyn RequestHeaders> {
        Box::new(AddressingRequest::default())
    }

    fn only_with(&self) -> Option<&str> {
        Some(WSA)
    }
}

/// What can be said of a message (Core §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Property {
    To,
    From,
    ReplyTo,
    FaultTo,
    Action,
    MessageId,
    RelatesTo,
    ReferenceParameters,
}

impl Property {
    const ALL: [(&str, Self); 8] = [
        ("To", Self::To),
        ("From", Self::From),
        ("ReplyTo", Self::ReplyTo),
        ("FaultTo", Self::FaultTo),
        ("Action", Self::Action),
        ("MessageID", Self::MessageId),
        ("RelatesTo", Self::RelatesTo),
        ("ReferenceParameters", Self::ReferenceParameters),
    ];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, property)| property)
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, property)| *property == self).map_or("", |(name, _)| name)
    }

    /// Only this one may be there more than once (Core §3.1).
    fn may_be_repeated(self) -> bool {
        self == Self::RelatesTo
    }
}

/// The addressing of one request.
#[derive(Debug, Default)]
struct AddressingRequest {
    seen: Vec<Property>,
    message_id: Option<String>,
    action: Option<String>,
    reply_action: Option<String>,
    /// Header blocks that the caller wants back in the reply, and in a fault in place of these.
    reply_parameters: Vec<String>,
    fault_parameters: Option<Vec<String>>,
    /// The header that a fault of ours is about.
    problem: Option<Property>,
}

impl RequestHeaders for AddressingRequest {
    fn understands(&self, namespace: &str, local_name: &str) -> bool {
        namespace == WSA && Property::of(local_name).is_some()
    }

    fn read(&mut self, block: Element<'_, '_>) -> Result<(), Fault> {
        let Some(property) = Property::of(block.local_name()) else { return Ok(block.skip()?) };
        if self.seen.contains(&property) && !property.may_be_repeated() {
            return Err(self.invalid(property, "InvalidCardinality", "is there twice, and may be there once"));
        }
        self.seen.push(property);
        match property {
            Property::MessageId => self.message_id = Some(uri(block)?),
            Property::Action => self.action = Some(uri(block)?),
            Property::ReplyTo => self.reply_parameters = self.endpoint(property, block)?,
            Property::FaultTo => self.fault_parameters = Some(self.endpoint(property, block)?),
            _ => block.skip()?,
        }
        Ok(())
    }

    fn check(&mut self, request: &Received<'_>) -> Result<(), Fault> {
        self.reply_action = request.reply_action.map(str::to_owned);
        let Some(action) = &self.action else { return Err(self.required(Property::Action)) };
        // SOAP binding §4: what HTTP says is empty or the same.
        if let Some(other) = request.action.filter(|other| !other.is_empty() && *other != action) {
            let words = format!("is `{}`, and HTTP says `{}`", cut(action), cut(other));
            return Err(self.invalid(Property::Action, "ActionMismatch", &words));
        }
        // Without one the caller could not find the reply.
        if self.message_id.is_none() && request.reply_action.is_some() {
            return Err(self.required(Property::MessageId));
        }
        Ok(())
    }

    fn write(&self, reply: &Replying<'_>, header: &mut Writer) {
        let action = match (reply.fault, self.problem) {
            (Some(_), Some(_)) => FAULT_OF_ADDRESSING,
            (Some(_), None) => OTHER_FAULT,
            (None, _) => self.reply_action.as_deref().unwrap_or_default(),
        };
        write_block(header, "Action", action);
        write_block(header, "MessageID", &uuid::Uuid::new_v4().urn().to_string());
        write_block(header, "To", ANONYMOUS);
        if let Some(message_id) = &self.message_id {
            write_block(header, "RelatesTo", message_id);
        }
        let in_fault = self.fault_parameters.as_ref().filter(|_| reply.fault.is_some());
        in_fault.unwrap_or(&self.reply_parameters).iter().for_each(|parameter| header.raw(parameter));
        // There the detail is for faults of the Body only (SOAP 1.1 §4.4, SOAP binding §6).
        if let (Version::Soap11, Some(property)) = (reply.version, self.problem) {
            header.raw(&format!("<wsa:FaultDetail xmlns:wsa=\"{WSA}\">{}</wsa:FaultDetail>", problem_header(property)));
        }
    }
}

impl AddressingRequest {
    /// The reference parameters of an endpoint. Its address has to be that of this connection, the only
    /// one that is served.
    fn endpoint(&mut self, property: Property, mut endpoint: Element<'_, '_>) -> Result<Vec<String>, Fault> {
        let mut parameters = Vec::new();
        while let Some(mut child) = endpoint.next_child()? {
            match child.local_name() {
                "Address" => {
                    let address = uri(child)?;
                    if address != ANONYMOUS {
                        let words =
                            format!("is `{}`; replies are only sent on the connection of the request", cut(&address));
                        return Err(self.invalid(property, "OnlyAnonymousAddressSupported", &words));
                    }
                }
                "ReferenceParameters" => {
                    while let Some(parameter) = child.next_child()? {
                        parameters.push(reference_parameter(parameter)?);
                    }
                }
                _ => child.skip()?,
            }
        }
        Ok(parameters)
    }

    fn required(&mut self, property: Property) -> Fault {
        let message = format!("the header `wsa:{}` is missing, and WS-Addressing asks for it", property.name());
        self.fault(property, "MessageAddressingHeaderRequired", message)
    }

    fn invalid(&mut self, property: Property, subcode: &'static str, words: &str) -> Fault {
        self.fault(property, subcode, format!("the header `wsa:{}` {words}", property.name()))
    }

    fn fault(&mut self, property: Property, subcode: &'static str, message: String) -> Fault {
        self.problem = Some(property);
        Fault::new(FaultCode::Client, message)
            .with_subcode_of(WSA, subcode)
            .with_header_detail(problem_header(property))
    }
}

/// A QName in the text: its prefix is declared at the element.
fn problem_header(property: Property) -> String {
    let name = property.name();
    format!("<wsa:ProblemHeaderQName xmlns:wsa=\"{WSA}\">wsa:{name}</wsa:ProblemHeaderQName>")
}

/// The element as a header block of a reply (SOAP binding §3.4).
fn reference_parameter(element: Element<'_, '_>) -> Result<String, Fault> {
    let (name, namespace) = (element.local_name(), element.namespace().to_owned());
    let content = AnyXml::read(element)?;
    // With attributes and content as they are, in an element whose tags are then replaced.
    let mut writer = Writer::with_capacity(content.size_hint());
    writer.element_with("e", |tag| content.write_attributes(tag), |writer| content.write(writer));
    let inner = writer.into_xml();
    let inner = inner.strip_prefix("<tns:e").and_then(|inner| inner.strip_suffix("</tns:e>")).unwrap_or_default();
    // Of no prefix that is declared in there.
    let (mut own, mut wsa) = ("p".to_owned(), "wsa".to_owned());
    for prefix in [&mut own, &mut wsa] {
        while inner.contains(&format!("xmlns:{prefix}=")) {
            prefix.push('_');
        }
    }
    let (tag, declaration) = match namespace.is_empty() {
        true => (name.to_owned(), String::new()),
        false => {
            let mut declaration = format!(" xmlns:{own}=\"");
            escape_into(&mut declaration, &namespace, true);
            (format!("{own}:{name}"), declaration + "\"")
        }
    };
    Ok(format!("<{tag}{declaration} xmlns:{wsa}=\"{WSA}\" {wsa}:IsReferenceParameter=\"true\"{inner}</{tag}>"))
}

fn uri(element: Element<'_, '_>) -> Result<String, Fault> {
    Ok(element.text()?.trim().to_owned())
}

fn write_block(header: &mut Writer, name: &str, text: &str) {
    let mut block = format!("<wsa:{name} xmlns:wsa=\"{WSA}\">");
    escape_into(&mut block, text, false);
    write!(block, "</wsa:{name}>").expect("a `String` takes everything");
    header.raw(&block);
}
