//! The schemas inside the document: the service's own, with an element for each message, and one for
//! every other namespace that its types are in.

use crate::describe::{DescribedType, Naming, ServiceDescription};
use crate::xml::IndentedWriter;

use super::message::Message;
use super::types::{Names, write_annotation, write_sequence_of_parts, write_type};

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// `wsdl:types`.
pub(super) fn write_types(writer: &mut IndentedWriter, service: &ServiceDescription, messages: &[Message<'_>]) {
    let types = service.types();
    let names = Names::of(service, &types);
    writer.tag("wsdl:types").content(|writer| {
        for namespace in names.namespaces() {
            let own: Vec<_> = types.iter().filter(|one| one.namespace == namespace).collect();
            let schema = writer.tag("xs:schema").attribute("xmlns:xs", XML_SCHEMA);
            names
                .declare(schema)
                .attribute("targetNamespace", namespace)
                .attribute("elementFormDefault", "qualified")
                .content(|writer| {
                    for other in names.namespaces().filter(|other| *other != namespace) {
                        writer.tag("xs:import").attribute("namespace", other).empty();
                    }
                    match namespace == service.namespace {
                        true => write_own(writer, service.naming, messages, &own, &names),
                        false => own.iter().for_each(|one| write_type(writer, one, &names)),
                    }
                });
        }
    });
}

fn write_own(
    writer: &mut IndentedWriter,
    naming: Naming,
    messages: &[Message<'_>],
    types: &[&DescribedType],
    names: &Names<'_>,
) {
    match naming {
        Naming::Standard => {
            messages.iter().for_each(|message| write_element(writer, message, names));
            types.iter().for_each(|one| write_type(writer, one, names));
        }
        Naming::FlaskSpyne | Naming::Spyne => write_like_spyne(writer, messages, types, names),
    }
}

/// The type is inside the element: a named one is a second class in what tools generate.
fn write_element(writer: &mut IndentedWriter, message: &Message<'_>, names: &Names<'_>) {
    writer.tag("xs:element").attribute("name", &message.element).content(|writer| {
        write_annotation(writer, message.docs);
        writer.tag("xs:complexType").content(|writer| write_sequence_of_parts(writer, message.parts, names));
    });
}

/// All types by name, then all elements by name.
fn write_like_spyne(
    writer: &mut IndentedWriter,
    messages: &[Message<'_>],
    types: &[&DescribedType],
    names: &Names<'_>,
) {
    let mut sorted: Vec<_> = messages.iter().collect();
    sorted.sort_by_key(|message| &message.element);
    let mut types = types.to_vec();
    types.sort_by_key(|one| &one.named.name);
    types.iter().for_each(|one| write_type(writer, one, names));
    for message in &sorted {
        let complex_type = writer.tag("xs:complexType").attribute("name", &message.element);
        complex_type.content(|writer| write_sequence_of_parts(writer, message.parts, names));
    }
    for message in &sorted {
        let element = writer.tag("xs:element").attribute("name", &message.element);
        let element = element.attribute("type", &format!("tns:{}", message.element));
        element.content(|writer| write_annotation(writer, message.docs));
    }
}
