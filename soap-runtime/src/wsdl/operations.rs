//! Messages, portType, bindings and service: what refers to the schema.

use crate::describe::{OperationDescription, Part, ServiceDescription, Style};
use crate::xml::IndentedWriter;

use super::message::{Message, PartIs, headers_message_name};
use super::names::{Names, fault_message_name, said_by_spyne, soap_action};
use super::types;

/// A `wsdl:message` each.
pub(super) fn write_messages(writer: &mut IndentedWriter, messages: &[Message<'_>], types: &types::Names<'_>) {
    for message in messages {
        writer.tag("wsdl:message").attribute("name", &message.name).content(|writer| {
            for part in &message.parts {
                let tag = writer.tag("wsdl:part").attribute("name", &part.name);
                match part.is {
                    PartIs::Element(None, name) => tag.attribute("element", &tns(name)).empty(),
                    PartIs::Element(namespace, name) => {
                        types.declare(tag).attribute("element", &types.qualified(namespace, name)).empty();
                    }
                    PartIs::OfType(part) => types.declare(tag).attribute("type", &types.of_part(part)).empty(),
                }
            }
        });
    }
}

/// `wsdl:portType`.
pub(super) fn write_port_type(writer: &mut IndentedWriter, service: &ServiceDescription, names: &Names<'_>) {
    writer.tag("wsdl:portType").attribute("name", &names.port_type).content(|writer| {
        for operation in &service.operations {
            let order = said_by_spyne(service.naming, operation.name);
            let tag = writer.tag("wsdl:operation").attribute("name", operation.name);
            let tag = tag.attribute_if("parameterOrder", order);
            tag.content(|writer| write_abstract_operation(writer, service, operation));
        }
    });
}

fn write_abstract_operation(
    writer: &mut IndentedWriter,
    service: &ServiceDescription,
    operation: &OperationDescription,
) {
    write_documentation(writer, operation.docs);
    for (tag, message, _) in directions(operation) {
        let tag = writer.tag(tag).attribute_if("name", said_by_spyne(service.naming, message));
        tag.attribute("message", &tns(message)).empty();
    }
    for fault in &operation.faults {
        let message = fault_message_name(service.naming, fault.name);
        writer.tag("wsdl:fault").attribute("name", fault.name).attribute("message", &tns(&message)).empty();
    }
}

/// The messages of an operation: what they are to it, their names, their headers.
fn directions(operation: &OperationDescription) -> Vec<(&'static str, &str, &[Part])> {
    let input = ("wsdl:input", &*operation.request, &*operation.input_headers);
    match operation.is_one_way {
        true => vec![input],
        false => vec![input, ("wsdl:output", &operation.response, &operation.output_headers)],
    }
}

/// The version of SOAP that a binding is to: the prefix of WSDL's elements for it, and of the names of
/// the preset.
pub(super) struct Soap<'a> {
    pub(super) prefix: &'static str,
    pub(super) binding: &'a str,
    pub(super) port: &'a str,
}

impl Soap<'_> {
    fn tag(&self, name: &str) -> String {
        format!("{}:{name}", self.prefix)
    }
}

/// `wsdl:binding`, to SOAP over HTTP.
pub(super) fn write_binding(
    writer: &mut IndentedWriter,
    service: &ServiceDescription,
    names: &Names<'_>,
    soap: &Soap<'_>,
) {
    let binding = writer.tag("wsdl:binding").attribute("name", soap.binding);
    binding.attribute("type", &tns(&names.port_type)).content(|writer| {
        // The same transport for SOAP 1.2 (WSDL 1.1 Binding Extension for SOAP 1.2, §3.1).
        writer
            .tag(&soap.tag("binding"))
            .attribute("style", word(service.style))
            .attribute("transport", "http://schemas.xmlsoap.org/soap/http")
            .empty();
        for operation in &service.operations {
            let tag = writer.tag("wsdl:operation").attribute("name", operation.name);
            tag.content(|writer| write_bound_operation(writer, service, operation, soap));
        }
    });
}

fn write_bound_operation(
    writer: &mut IndentedWriter,
    service: &ServiceDescription,
    operation: &OperationDescription,
    soap: &Soap<'_>,
) {
    let action = soap_action(service, operation);
    let style = word(service.style);
    writer.tag(&soap.tag("operation")).attribute("soapAction", &action).attribute("style", style).empty();
    for (tag, message, headers) in directions(operation) {
        let tag = writer.tag(tag).attribute_if("name", said_by_spyne(service.naming, message));
        tag.content(|writer| {
            // Before the body, as in the envelope: WSDL has no rule, and xsdata writes envelopes in this order.
            let message = tns(&headers_message_name(message));
            for header in headers {
                let tag = soap.tag("header");
                let tag = writer.tag(&tag).attribute("message", &message).attribute("part", &header.name);
                tag.attribute("use", "literal").empty();
            }
            let namespace = (service.style == Style::Rpc).then_some(&*service.namespace);
            let body = soap.tag("body");
            writer.tag(&body).attribute("use", "literal").attribute_if("namespace", namespace).empty();
        });
    }
    for fault in &operation.faults {
        writer.tag("wsdl:fault").attribute("name", fault.name).content(|writer| {
            writer.tag(&soap.tag("fault")).attribute("name", fault.name).attribute("use", "literal").empty();
        });
    }
}

/// `wsdl:service`, with empty addresses. Gives back where in the document the address goes.
pub(super) fn write_service(
    writer: &mut IndentedWriter,
    service: &ServiceDescription,
    bindings: &[Soap<'_>],
) -> Vec<usize> {
    let mut holes = Vec::with_capacity(bindings.len());
    writer.tag("wsdl:service").attribute("name", service.name).content(|writer| {
        write_documentation(writer, service.docs);
        for soap in bindings {
            let port = writer.tag("wsdl:port").attribute("name", soap.port).attribute("binding", &tns(soap.binding));
            port.content(|writer| {
                writer.tag(&soap.tag("address")).attribute("location", "").empty();
                holes.push(writer.len() - "\"/>\n".len());
            });
        }
    });
    holes
}

fn word(style: Style) -> &'static str {
    match style {
        Style::Document => "document",
        Style::Rpc => "rpc",
    }
}

fn write_documentation(writer: &mut IndentedWriter, docs: &str) {
    if !docs.is_empty() {
        writer.tag("wsdl:documentation").text(docs);
    }
}

/// A name of the service's namespace.
fn tns(name: &str) -> String {
    format!("tns:{name}")
}
