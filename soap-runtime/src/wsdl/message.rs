//! The messages of a service: what has an element in the schema and a `wsdl:message`.

use std::borrow::Cow;

use crate::describe::{Body, FaultDescription, OperationDescription, Part, ServiceDescription};

use super::names::{fault_message_name, fault_part_name, part_name};

/// One `wsdl:message`.
pub(super) struct Message<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) parts: Vec<MessagePart<'a>>,
}

/// What one part of a message is.
pub(super) struct MessagePart<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) is: PartIs<'a>,
}

pub(super) enum PartIs<'a> {
    /// An element of the schema, by its namespace, if that is not the service's, and its name.
    Element(Option<&'static str>, &'a str),
    /// Of the type of an argument or output.
    OfType(&'a Part),
}

/// One element of the schema that stands in a message.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    pub(super) docs: &'a str,
    pub(super) holds: Holds<'a>,
}

/// What stands in an element.
#[derive(PartialEq)]
pub(super) enum Holds<'a> {
    /// An element for each of them.
    Parts(&'a [Part]),
    /// The value of one.
    Value(&'a Part),
}

/// All elements in the order of the operations: request, reply, their headers, then the faults; each
/// once.
pub(super) fn elements_of<'a>(service: &'a ServiceDescription) -> Vec<Element<'a>> {
    let mut elements: Vec<Element<'a>> = Vec::with_capacity(2 * service.operations.len());
    let mut add = |element: Element<'a>| {
        if elements.iter().all(|known| known.name != element.name) {
            elements.push(element);
        }
    };
    for operation in &service.operations {
        bodies(operation).into_iter().for_each(&mut add);
        let headers = operation.input_headers.iter().chain(&operation.output_headers);
        let own = headers.filter(|header| header.namespace.is_none());
        own.map(|header| Element::of_value(&header.name, header)).for_each(&mut add);
        operation.faults.iter().map(Element::of_fault).for_each(&mut add);
    }
    elements
}

fn bodies<'a>(operation: &'a OperationDescription) -> Vec<Element<'a>> {
    let reply = (!operation.is_one_way).then_some((&operation.response, &operation.output));
    let both = std::iter::once((&operation.request, &operation.input)).chain(reply);
    let element = |(name, parts): (&'a Cow<'static, str>, &'a Vec<Part>)| match operation.body {
        Body::Wrapped => Some(Element { name, docs: "", holds: Holds::Parts(parts) }),
        Body::Bare => parts.first().map(|part| Element::of_value(name, part)),
        Body::Rpc => None,
    };
    both.filter_map(element).collect()
}

impl<'a> Element<'a> {
    fn of_value(name: &'a str, part: &'a Part) -> Self {
        Self { name, docs: part.docs, holds: Holds::Value(part) }
    }

    fn of_fault(fault: &'a FaultDescription) -> Self {
        let holds = match &fault.value {
            Some(part) => Holds::Value(part),
            None => Holds::Parts(&fault.parts),
        };
        Self { name: fault.name, docs: fault.docs, holds }
    }
}

/// All messages in the same order.
pub(super) fn messages_of<'a>(service: &'a ServiceDescription) -> Vec<Message<'a>> {
    let mut messages: Vec<Message<'a>> = Vec::with_capacity(2 * service.operations.len());
    let mut add = |message: Message<'a>| {
        if messages.iter().all(|known| known.name != message.name) {
            messages.push(message);
        }
    };
    for operation in &service.operations {
        add(body_message(service, operation, &operation.request, &operation.input));
        headers_message(&operation.request, &operation.input_headers).into_iter().for_each(&mut add);
        if !operation.is_one_way {
            add(body_message(service, operation, &operation.response, &operation.output));
            headers_message(&operation.response, &operation.output_headers).into_iter().for_each(&mut add);
        }
        for fault in &operation.faults {
            let name = Cow::Borrowed(fault_part_name(service.naming, fault.name));
            let part = MessagePart { name, is: PartIs::Element(None, fault.name) };
            add(Message { name: fault_message_name(service.naming, fault.name), parts: vec![part] });
        }
    }
    messages
}

fn body_message<'a>(
    service: &ServiceDescription,
    operation: &OperationDescription,
    name: &'a str,
    parts: &'a [Part],
) -> Message<'a> {
    let parts = match operation.body {
        Body::Wrapped => {
            let part = Cow::Owned(part_name(service.naming, name).to_owned());
            vec![MessagePart { name: part, is: PartIs::Element(None, name) }]
        }
        // Not `parameters`: tools would take the argument apart.
        Body::Bare => {
            let first = parts.first().into_iter();
            first.map(|part| MessagePart { name: (&*part.name).into(), is: PartIs::Element(None, name) }).collect()
        }
        Body::Rpc => {
            parts.iter().map(|part| MessagePart { name: (&*part.name).into(), is: PartIs::OfType(part) }).collect()
        }
    };
    Message { name: name.into(), parts }
}

/// Apart from the message of the Body: a second part there would keep tools from taking the element
/// of the Body apart into arguments (JAX-WS 2.2 §2.3.1.2).
fn headers_message<'a>(of: &str, headers: &'a [Part]) -> Option<Message<'a>> {
    if headers.is_empty() {
        return None;
    }
    let part = |header: &'a Part| MessagePart {
        name: (&*header.name).into(),
        is: PartIs::Element(header.namespace, &header.name),
    };
    Some(Message { name: headers_message_name(of).into(), parts: headers.iter().map(part).collect() })
}

/// The name of the message with the headers that go with the message `of`.
pub(super) fn headers_message_name(of: &str) -> String {
    format!("{of}Headers")
}
