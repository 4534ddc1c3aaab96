//! The schemas inside the document: the service's own, with an element for each message, and one for
//! every other namespace that its types are in.

use crate::describe::{DescribedType, ForeignElement, Form, Naming, ServiceDescription};
use crate::xml::IndentedWriter;

use super::message::{Element, Holds};
use super::types::{Names, write_annotation, write_sequence_of_parts, write_type, write_value};

pub(super) const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// `wsdl:types`.
pub(super) fn write_types(
    writer: &mut IndentedWriter,
    service: &ServiceDescription,
    elements: &[Element<'_>],
    types: &[DescribedType],
    foreign: &[ForeignElement],
    names: &Names<'_>,
) {
    writer.tag("wsdl:types").content(|writer| {
        for namespace in names.namespaces() {
            let own: Vec<_> = types.iter().filter(|one| one.namespace == namespace).collect();
            let schema = writer.tag("xs:schema").attribute("xmlns:xs", XML_SCHEMA);
            names
                .declare(schema)
                .attribute("targetNamespace", namespace)
                .attribute("elementFormDefault", form_of(service, namespace))
                .content(|writer| {
                    for other in names.namespaces().filter(|other| *other != namespace) {
                        writer.tag("xs:import").attribute("namespace", other).empty();
                    }
                    match namespace == service.namespace {
                        true => write_own(writer, service.naming, elements, &own, names),
                        false => own.iter().for_each(|one| write_type(writer, one, names)),
                    }
                    for one in foreign.iter().filter(|one| one.namespace == namespace) {
                        if namespace != service.namespace || elements.iter().all(|own| own.name != one.part.name) {
                            write_value(writer, &one.part.name, one.part.docs, &one.part, names);
                        }
                    }
                });
        }
    });
}

/// Elements of types in other namespaces say themselves if they are in none.
fn form_of(service: &ServiceDescription, namespace: &str) -> &'static str {
    match service.form {
        Form::Unqualified if namespace == service.namespace => "unqualified",
        _ => "qualified",
    }
}

fn write_own(
    writer: &mut IndentedWriter,
    naming: Naming,
    elements: &[Element<'_>],
    types: &[&DescribedType],
    names: &Names<'_>,
) {
    match naming {
        Naming::Standard => {
            elements.iter().for_each(|element| write_element(writer, element, names));
            types.iter().for_each(|one| write_type(writer, one, names));
        }
        Naming::FlaskSpyne | Naming::Spyne => write_like_spyne(writer, elements, types, names),
    }
}

/// The type is inside the element: a named one is a second class in what tools generate.
fn write_element(writer: &mut IndentedWriter, element: &Element<'_>, names: &Names<'_>) {
    match element.holds {
        Holds::Value(part) => write_value(writer, element.name, element.docs, part, names),
        Holds::Parts(parts) => writer.tag("xs:element").attribute("name", element.name).content(|writer| {
            write_annotation(writer, element.docs);
            writer.tag("xs:complexType").content(|writer| write_sequence_of_parts(writer, parts, names));
        }),
    }
}

/// All types by name, then all elements by name.
fn write_like_spyne(
    writer: &mut IndentedWriter,
    elements: &[Element<'_>],
    types: &[&DescribedType],
    names: &Names<'_>,
) {
    let mut sorted: Vec<_> = elements.iter().collect();
    sorted.sort_by_key(|element| element.name);
    let mut types = types.to_vec();
    types.sort_by_key(|one| &one.named.name);
    types.iter().for_each(|one| write_type(writer, one, names));
    for element in &sorted {
        if let Holds::Parts(parts) = element.holds {
            let complex_type = writer.tag("xs:complexType").attribute("name", element.name);
            complex_type.content(|writer| write_sequence_of_parts(writer, parts, names));
        }
    }
    for element in &sorted {
        match element.holds {
            Holds::Value(_) => write_element(writer, element, names),
            Holds::Parts(_) => {
                let tag = writer.tag("xs:element").attribute("name", element.name);
                let tag = tag.attribute("type", &format!("tns:{}", element.name));
                tag.content(|writer| write_annotation(writer, element.docs));
            }
        }
    }
}
