//! Messages, portType, binding and service: what refers to the schema.

use crate::describe::{OperationDescription, ServiceDescription};
use crate::xml::IndentedWriter;

use super::message::{Message, response_name};
use super::names::{Names, fault_message_name, said_by_spyne, soap_action};

/// A `wsdl:message` each.
pub(super) fn write_messages(writer: &mut IndentedWriter, messages: &[Message<'_>]) {
    for message in messages {
        writer.tag("wsdl:message").attribute("name", &message.name).content(|writer| {
            let part = writer.tag("wsdl:part").attribute("name", &message.part_name);
            part.attribute("element", &tns(&message.element)).empty();
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
    let response = response_name(operation.name);
    for (tag, message) in [("wsdl:input", operation.name), ("wsdl:output", &*response)] {
        let tag = writer.tag(tag).attribute_if("name", said_by_spyne(service.naming, message));
        tag.attribute("message", &tns(message)).empty();
    }
    for fault in &operation.faults {
        let message = fault_message_name(service.naming, fault.name);
        writer.tag("wsdl:fault").attribute("name", fault.name).attribute("message", &tns(&message)).empty();
    }
}

/// `wsdl:binding`, to SOAP 1.1 over HTTP.
pub(super) fn write_binding(writer: &mut IndentedWriter, service: &ServiceDescription, names: &Names<'_>) {
    let binding = writer.tag("wsdl:binding").attribute("name", &names.binding);
    binding.attribute("type", &tns(&names.port_type)).content(|writer| {
        let soap = writer.tag("soap:binding").attribute("style", "document");
        soap.attribute("transport", "http://schemas.xmlsoap.org/soap/http").empty();
        for operation in &service.operations {
            let tag = writer.tag("wsdl:operation").attribute("name", operation.name);
            tag.content(|writer| write_bound_operation(writer, service, operation));
        }
    });
}

fn write_bound_operation(writer: &mut IndentedWriter, service: &ServiceDescription, operation: &OperationDescription) {
    let soap = writer.tag("soap:operation").attribute("soapAction", &soap_action(service, operation));
    soap.attribute("style", "document").empty();
    let response = response_name(operation.name);
    for (tag, message) in [("wsdl:input", operation.name), ("wsdl:output", &*response)] {
        let tag = writer.tag(tag).attribute_if("name", said_by_spyne(service.naming, message));
        tag.content(|writer| writer.tag("soap:body").attribute("use", "literal").empty());
    }
    for fault in &operation.faults {
        writer.tag("wsdl:fault").attribute("name", fault.name).content(|writer| {
            writer.tag("soap:fault").attribute("name", fault.name).attribute("use", "literal").empty();
        });
    }
}

/// `wsdl:service`, with an empty address. Gives back where in the document the address goes.
pub(super) fn write_service(writer: &mut IndentedWriter, service: &ServiceDescription, names: &Names<'_>) -> usize {
    let mut hole = 0;
    writer.tag("wsdl:service").attribute("name", service.name).content(|writer| {
        write_documentation(writer, service.docs);
        let port = writer.tag("wsdl:port").attribute("name", &names.port).attribute("binding", &tns(&names.binding));
        port.content(|writer| {
            writer.tag("soap:address").attribute("location", "").empty();
            hole = writer.len() - "\"/>\n".len();
        });
    });
    hole
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
