//! What one message holds: which parts stand in the Body, and which in headers.

use std::collections::BTreeSet;

use super::operations::Style;
use super::services::{Reader, namespace};
use super::tree::{Node, WSDL};
use super::{WsdlError, builtin, docs};
use crate::envelope::Version;
use crate::wsdl::model::{
    Body, Complex, Content, Element, Group, GroupKind, Message, Particle, QName, TypeKind, TypeRef,
};

const MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";

/// How a message is sent.
pub(super) struct Sent<'a> {
    pub(super) style: Style,
    pub(super) version: Version,
    /// What the element of an rpc body is called.
    pub(super) element: String,
    /// `wsdl:input` or `wsdl:output` of the binding.
    pub(super) bound: Option<Node<'a>>,
}

/// A part of a message that stands in a header.
struct Header<'a> {
    message: QName,
    part: &'a str,
    element: Option<Element>,
}

/// Why a message cannot be sent or read, in words that go on from the operation's name.
type Reason = Option<String>;

impl<'a> Reader<'_, 'a> {
    /// `said` is `wsdl:input` or `wsdl:output` of the port type.
    pub(super) fn message(&self, said: Node<'a>, sent: &Sent<'a>) -> Result<(Message, Reason), WsdlError> {
        let (name, &message) = self.named(&self.found.messages, "message", said, "message")?;
        let mut reason = None;
        let holder = sent.bound.and_then(|bound| holder(bound, &mut reason));
        let headers = self.headers(holder, sent.version, &mut reason)?;
        let body = holder.and_then(|holder| holder.first(namespace(sent.version), "body"));
        if body.is_some_and(is_encoded) {
            reason.get_or_insert_with(encoded);
        }
        let in_headers: Vec<&str> =
            headers.iter().filter(|header| header.message == name).map(|header| header.part).collect();
        let parts = parts_in(message, body, &in_headers);
        let body = match sent.style {
            Style::Document => self.document(&parts, &mut reason)?,
            Style::Rpc => {
                let namespace = body.and_then(|body| body.attribute("namespace")).unwrap_or_default().trim();
                Body::Rpc { element: QName::new(namespace, &*sent.element), parts: self.rpc(&parts, &mut reason)? }
            }
        };
        let headers = headers.into_iter().filter_map(|header| header.element).collect();
        Ok((Message { body, headers }, reason))
    }

    /// The parts of messages that the binding sends as header blocks.
    fn headers(
        &self,
        holder: Option<Node<'a>>,
        version: Version,
        reason: &mut Reason,
    ) -> Result<Vec<Header<'a>>, WsdlError> {
        let mut headers = Vec::new();
        for block in holder.into_iter().flat_map(|holder| holder.all(namespace(version), "header")) {
            let (message, &node) = self.named(&self.found.messages, "message", block, "message")?;
            let name = block.required("part")?.trim();
            let part = part_named(node, name).ok_or_else(|| block.missing("part", &QName::new("", name)))?;
            if is_encoded(block) {
                reason.get_or_insert_with(encoded);
            }
            let element = match part.attribute("element") {
                Some(_) => Some(self.element_of(part)?),
                None => {
                    reason.get_or_insert_with(|| untyped_header(name));
                    None
                }
            };
            headers.push(Header { message, part: name, element });
        }
        Ok(headers)
    }

    fn document(&self, parts: &[Node<'a>], reason: &mut Reason) -> Result<Body, WsdlError> {
        let part = match parts {
            [] => return Ok(Body::Empty),
            [part, ..] => *part,
        };
        if parts.len() > 1 {
            reason.get_or_insert_with(|| {
                format!(
                    "has {} parts in one Body, where document/literal has one (WS-I Basic Profile 1.1, R2201)",
                    parts.len()
                )
            });
        }
        if part.attribute("element").is_none() {
            let name = part.attribute("name").unwrap_or_default();
            reason.get_or_insert_with(|| {
                format!("has a part `{name}` with a type, where document/literal has an element (WS-I Basic Profile 1.1, R2204)")
            });
            return Ok(Body::Empty);
        }
        let element = self.element_of(part)?;
        match self.wrapped(&element, part)? {
            Some(parts) => Ok(Body::Wrapped { element: element.name, parts }),
            None => Ok(Body::Bare(element)),
        }
    }

    fn rpc(&self, parts: &[Node<'a>], reason: &mut Reason) -> Result<Vec<Element>, WsdlError> {
        let mut elements = Vec::new();
        for part in parts {
            self.budget.charge(*part)?;
            let name = part.required("name")?.trim();
            let ty = if part.attribute("type").is_some() {
                self.type_of(*part)?
            } else {
                reason.get_or_insert_with(|| {
                    format!("has a part `{name}` with an element, where rpc has a type (WS-I Basic Profile 1.1, R2203)")
                });
                TypeRef::default()
            };
            let docs = docs::of_wsdl(*part);
            elements.push(Element { name: QName::new("", name), docs, ty, min: 1, max: Some(1), ..Element::default() });
        }
        Ok(elements)
    }

    /// The element that a part is.
    pub(super) fn element_of(&self, part: Node<'a>) -> Result<Element, WsdlError> {
        self.budget.charge(part)?;
        Ok(self.named(&self.definitions.elements, "element", part, "element")?.1.clone())
    }

    fn type_of(&self, part: Node<'a>) -> Result<TypeRef, WsdlError> {
        let name = part.resolve(part.required("type")?)?;
        if !self.definitions.types.contains_key(&name)
            && let Some(builtin) = builtin::of(&name)
        {
            return Ok(TypeRef::Builtin(builtin.to_owned()));
        }
        let (name, _) = self.named(&self.definitions.types, "type", part, "type")?;
        Ok(TypeRef::Named(name))
    }

    /// The parts of an element that is nothing but a sequence of elements.
    fn wrapped(&self, element: &Element, part: Node<'a>) -> Result<Option<Vec<Element>>, WsdlError> {
        let Some(TypeKind::Complex(complex)) = self.definitions.find(&element.ty).map(|ty| &ty.kind) else {
            return Ok(None);
        };
        let Some(parts) = self.parts_of(complex) else { return Ok(None) };
        let mut names = BTreeSet::new();
        // Arguments that could not be told apart by their names.
        if !parts.iter().all(|part| names.insert(&part.name.local)) {
            return Ok(None);
        }
        parts.iter().try_for_each(|element| self.budget.charge_copy(part, element))?;
        Ok(Some(parts.into_iter().cloned().collect()))
    }

    /// What it extends comes first.
    fn parts_of<'t>(&'t self, complex: &'t Complex) -> Option<Vec<&'t Element>> {
        if !complex.attributes.is_empty() || complex.mixed || complex.is_abstract {
            return None;
        }
        let mut parts = match &complex.base {
            None => Vec::new(),
            Some(base) => match &self.definitions.types.get(base)?.kind {
                TypeKind::Complex(base) => self.parts_of(base)?,
                TypeKind::Simple(_) => return None,
            },
        };
        match &complex.content {
            Content::Empty => {}
            Content::Elements(group) => parts.extend(elements_of(group)?),
            Content::Text(_) => return None,
        }
        Some(parts)
    }
}

fn elements_of(group: &Group) -> Option<Vec<&Element>> {
    if group.kind == GroupKind::Choice || group.min != 1 || group.max != Some(1) {
        return None;
    }
    let mut elements = Vec::new();
    for particle in &group.particles {
        let Particle::Element(element) = particle else { return None };
        elements.push(element);
    }
    Some(elements)
}

/// What holds the SOAP elements: the first part, if the message is in several parts of MIME (WSDL 1.1 §5).
fn holder<'a>(bound: Node<'a>, reason: &mut Reason) -> Option<Node<'a>> {
    let Some(related) = bound.first(MIME, "multipartRelated") else { return Some(bound) };
    let mut parts = related.all(MIME, "part");
    let first = parts.next();
    if parts.next().is_some() {
        *reason = Some("has attachments beside its message (WSDL 1.1, MIME binding)".to_owned());
    }
    first
}

fn part_named<'a>(message: Node<'a>, name: &str) -> Option<Node<'a>> {
    message.all(WSDL, "part").find(|part| part.attribute("name").map(str::trim) == Some(name))
}

/// Those that stand in the Body: the ones that it names, else all that are not in headers.
fn parts_in<'a>(message: Node<'a>, body: Option<Node<'a>>, in_headers: &[&str]) -> Vec<Node<'a>> {
    let named: Option<Vec<&str>> =
        body.and_then(|body| body.attribute("parts")).map(|parts| parts.split_ascii_whitespace().collect());
    let is_in = |part: &Node<'a>| {
        let name = part.attribute("name").unwrap_or_default().trim();
        named.as_ref().map_or_else(|| !in_headers.contains(&name), |named| named.contains(&name))
    };
    message.all(WSDL, "part").filter(is_in).collect()
}

fn is_encoded(said: Node<'_>) -> bool {
    said.attribute("use").map(str::trim) == Some("encoded")
}

fn encoded() -> String {
    "is in SOAP encoding (`use=\"encoded\"`), which came before WS-I Basic Profile 1.0 and is not spoken here"
        .to_owned()
}

fn untyped_header(part: &str) -> String {
    format!("has a header `{part}` with a type, where a header block is an element (WS-I Basic Profile 1.1, R2205)")
}
