//! The messages of a service: what has an element in the schema and a `wsdl:message`.

use std::borrow::Cow;

use crate::describe::{FaultDescription, Part, ServiceDescription};

use super::names::{fault_message_name, fault_part_name, part_name};

/// One message.
pub(super) struct Message<'a> {
    pub(super) name: Cow<'a, str>,
    /// The name of its element.
    pub(super) element: Cow<'a, str>,
    /// The name of its one part.
    pub(super) part_name: Cow<'a, str>,
    pub(super) docs: &'a str,
    /// What the element holds.
    pub(super) parts: &'a [Part],
}

/// All messages in the order of the operations: request, reply, then the faults not met before.
pub(super) fn messages_of(service: &ServiceDescription) -> Vec<Message<'_>> {
    let mut messages = Vec::with_capacity(2 * service.operations.len());
    for operation in &service.operations {
        let request = Cow::Borrowed(operation.name);
        let reply = Cow::Owned(response_name(operation.name));
        for (name, parts) in [(request, &operation.input), (reply, &operation.output)] {
            let part_name = Cow::Owned(part_name(service.naming, &name).to_owned());
            messages.push(Message { name: name.clone(), element: name, part_name, docs: "", parts });
        }
        for FaultDescription { name, docs, parts } in &operation.faults {
            if messages.iter().all(|message| message.element != *name) {
                let part_name = Cow::Borrowed(fault_part_name(service.naming, name));
                let message = fault_message_name(service.naming, name);
                messages.push(Message { name: message, element: Cow::Borrowed(name), part_name, docs, parts });
            }
        }
    }
    messages
}

/// The name of the reply to `operation`.
pub(super) fn response_name(operation: &str) -> String {
    format!("{operation}Response")
}
