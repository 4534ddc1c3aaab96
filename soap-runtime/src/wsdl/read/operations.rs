//! Operations: what the port type says, and how the binding sends it.

use std::collections::BTreeSet;

use super::bodies::Sent;
use super::services::{Reader, namespace};
use super::tree::{Node, WSDL};
use super::{WsdlError, docs};
use crate::envelope::Version;
use crate::wsdl::model::{FaultMessage, Message, Operation};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Document,
    Rpc,
}

impl Style {
    /// What stands at the operation holds, else what stands at the binding, else document (WSDL 1.1 §3.3, §3.4).
    fn of(operation: Option<Node<'_>>, binding: Node<'_>) -> Self {
        let own = operation.and_then(|operation| operation.attribute("style"));
        match own.or_else(|| binding.attribute("style")).map(str::trim) {
            Some("rpc") => Self::Rpc,
            _ => Self::Document,
        }
    }
}

impl<'a> Reader<'_, 'a> {
    /// `soap` is the binding's element for its version.
    pub(super) fn operations(
        &self,
        port_type: Node<'a>,
        binding: Node<'a>,
        soap: Node<'a>,
        version: Version,
    ) -> Result<Vec<Operation>, WsdlError> {
        let bound: Vec<Node<'a>> = binding.all(WSDL, "operation").collect();
        let mut names = BTreeSet::new();
        let mut operations = Vec::new();
        for node in port_type.all(WSDL, "operation") {
            self.budget.charge(node)?;
            let name = node.required("name")?.trim();
            let mut operation = match bound_to(node, &bound) {
                Some(bound) => self.operation(node, bound, soap, version)?,
                None => unbound(node, name),
            };
            if !names.insert(name) && operation.unsupported.is_none() {
                let reason = "has the name of an operation before it, and a name has to be enough to choose one by";
                operation.unsupported = Some(reason.to_owned());
            }
            operations.push(operation);
        }
        Ok(operations)
    }

    fn operation(
        &self,
        node: Node<'a>,
        bound: Node<'a>,
        soap: Node<'a>,
        version: Version,
    ) -> Result<Operation, WsdlError> {
        let name = node.required("name")?.trim();
        let own = bound.first(namespace(version), "operation");
        let style = Style::of(own, soap);
        let mut unsupported = unusual_order(node);
        let mut sent = |direction: &str, element: String| -> Result<Option<Message>, WsdlError> {
            let Some(said) = node.first(WSDL, direction) else { return Ok(None) };
            let sent = Sent { style, version, element, bound: bound.first(WSDL, direction) };
            let (message, reason) = self.message(said, &sent)?;
            unsupported = unsupported.take().or(reason);
            Ok(Some(message))
        };
        let input = sent("input", name.to_owned())?;
        let output = sent("output", format!("{name}Response"))?;
        let docs = [node, bound].map(docs::of_wsdl).into_iter().find(|docs| !docs.is_empty());
        Ok(Operation {
            name: name.to_owned(),
            docs: docs.unwrap_or_default(),
            action: own.and_then(|own| own.attribute("soapAction")).unwrap_or_default().trim().to_owned(),
            input: input.unwrap_or_default(),
            output,
            faults: self.faults(node)?,
            unsupported,
        })
    }

    fn faults(&self, operation: Node<'a>) -> Result<Vec<FaultMessage>, WsdlError> {
        operation.all(WSDL, "fault").map(|fault| self.fault(fault)).collect()
    }

    /// Nothing has to be sent for a fault, so that one whose message is missing, as gSOAP writes some, is no
    /// reason to refuse the WSDL.
    fn fault(&self, fault: Node<'a>) -> Result<FaultMessage, WsdlError> {
        self.budget.charge(fault)?;
        let message = self.named(&self.found.messages, "message", fault, "message").ok().map(|(_, &message)| message);
        // Only an element can stand in a detail (WS-I Basic Profile 1.1, R2205).
        let part =
            message.and_then(|message| message.all(WSDL, "part").find(|part| part.attribute("element").is_some()));
        let docs = [Some(fault), message].into_iter().flatten().map(docs::of_wsdl).find(|docs| !docs.is_empty());
        let name = fault.attribute("name").or_else(|| fault.attribute("message")).unwrap_or_default();
        Ok(FaultMessage {
            name: name.trim().to_owned(),
            docs: docs.unwrap_or_default(),
            detail: part.and_then(|part| self.element_of(part).ok()),
        })
    }
}

/// The operation of the binding that means this one of the port type: by name, and where several have it, by the
/// names of the messages (WSDL 1.1 §2.5).
fn bound_to<'a>(operation: Node<'a>, bound: &[Node<'a>]) -> Option<Node<'a>> {
    let name = operation.attribute("name").map(str::trim);
    let same_name = || bound.iter().copied().filter(|bound| bound.attribute("name").map(str::trim) == name);
    let message =
        |operation: Node<'a>, direction| operation.first(WSDL, direction).and_then(|message| message.attribute("name"));
    let said = |other: Node<'a>, direction| {
        message(other, direction).is_none() || message(other, direction) == message(operation, direction)
    };
    same_name().find(|&other| said(other, "input") && said(other, "output")).or_else(|| same_name().next())
}

fn unbound(node: Node<'_>, name: &str) -> Operation {
    Operation {
        name: name.to_owned(),
        docs: docs::of_wsdl(node),
        unsupported: Some("is not in the binding, so that it is not said how it is sent".to_owned()),
        ..Operation::default()
    }
}

/// Operations that the service begins (WSDL 1.1 §2.4.3, §2.4.4).
fn unusual_order(operation: Node<'_>) -> Option<String> {
    let is_message = |child: &Node<'_>| child.namespace() == WSDL && matches!(child.local(), "input" | "output");
    let first = operation.children().find(is_message)?;
    (first.local() == "output").then(|| "is begun by the service, not by a caller".to_owned())
}
