//! The schema inside the document: an element for each message, and what it holds.

use crate::describe::{Naming, Part, ServiceDescription};
use crate::types::Schema;
use crate::xml::{IndentedWriter, Tag};

use super::message::Message;

const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

/// `wsdl:types`.
pub(super) fn write_types(writer: &mut IndentedWriter, service: &ServiceDescription, messages: &[Message<'_>]) {
    writer.tag("wsdl:types").content(|writer| {
        let schema = writer
            .tag("xs:schema")
            .attribute("xmlns:xs", XML_SCHEMA)
            .attribute("targetNamespace", &service.namespace)
            .attribute("elementFormDefault", "qualified");
        schema.content(|writer| match service.naming {
            Naming::Standard => messages.iter().for_each(|message| write_element(writer, message)),
            Naming::FlaskSpyne | Naming::Spyne => write_like_spyne(writer, messages),
        });
    });
}

/// The type is inside the element: a named one is a second class in what tools generate.
fn write_element(writer: &mut IndentedWriter, message: &Message<'_>) {
    writer.tag("xs:element").attribute("name", &message.element).content(|writer| {
        write_annotation(writer, message.docs);
        writer.tag("xs:complexType").content(|writer| write_sequence(writer, message.parts));
    });
}

/// All types by name, then all elements by name.
fn write_like_spyne(writer: &mut IndentedWriter, messages: &[Message<'_>]) {
    let mut sorted: Vec<_> = messages.iter().collect();
    sorted.sort_by_key(|message| &message.element);
    for message in &sorted {
        let complex_type = writer.tag("xs:complexType").attribute("name", &message.element);
        complex_type.content(|writer| write_sequence(writer, message.parts));
    }
    for message in &sorted {
        let element = writer.tag("xs:element").attribute("name", &message.element);
        let element = element.attribute("type", &format!("tns:{}", message.element));
        element.content(|writer| write_annotation(writer, message.docs));
    }
}

fn write_sequence(writer: &mut IndentedWriter, parts: &[Part]) {
    writer.tag("xs:sequence").content(|writer| parts.iter().for_each(|part| write_part(writer, part)));
}

fn write_part(writer: &mut IndentedWriter, part: &Part) {
    let (builtin, facets) = published_type(part);
    let element = writer.tag("xs:element").attribute("name", &part.name);
    let element = match facets {
        [] => element.attribute("type", &format!("xs:{builtin}")),
        _ => element,
    };
    write_occurs(element, part).content(|writer| {
        write_annotation(writer, &docs_of(part));
        if !facets.is_empty() {
            writer.tag("xs:simpleType").content(|writer| write_restriction(writer, builtin, facets));
        }
    });
}

fn write_occurs<'w, 'n>(element: Tag<'w, 'n>, part: &Part) -> Tag<'w, 'n> {
    let occurs = part.occurs;
    let min = (occurs.min != 1).then(|| occurs.min.to_string());
    let max = match occurs.max {
        Some(1) => None,
        Some(max) => Some(max.to_string()),
        None => Some("unbounded".to_owned()),
    };
    element
        .attribute_if("minOccurs", min.as_deref())
        .attribute_if("maxOccurs", max.as_deref())
        .attribute_if("default", default_of_empty(part))
        .attribute_if("nillable", occurs.nillable.then_some("true"))
}

fn write_restriction(writer: &mut IndentedWriter, builtin: &str, facets: &[(&str, String)]) {
    writer.tag("xs:restriction").attribute("base", &format!("xs:{builtin}")).content(|writer| {
        for (facet, value) in facets {
            writer.tag(&format!("xs:{facet}")).attribute("value", value).empty();
        }
    });
}

fn write_annotation(writer: &mut IndentedWriter, docs: &str) {
    if !docs.is_empty() {
        writer.tag("xs:annotation").content(|writer| writer.tag("xs:documentation").text(docs));
    }
}

/// The built-in type to write, and how it is restricted.
fn published_type(part: &Part) -> (&'static str, &[(&'static str, String)]) {
    match (part.published_as, &part.schema) {
        (Some(wider), _) => (wider, &[]),
        (None, Schema::Builtin(name)) => (name, &[]),
        (None, Schema::Restricted(name, facets)) => (name, facets),
    }
}

/// The attribute `default`, which gives an *empty* element its value (XML Schema Part 1, §3.3.1)
/// and says nothing of an absent one. Where empty is a value of its own it would change messages.
fn default_of_empty(part: &Part) -> Option<&str> {
    let default = part.default_of_one()?;
    (!part.empty_is_a_value).then_some(default)
}

/// The doc comment, and the default that no attribute may state.
fn docs_of(part: &Part) -> String {
    let told = part.default_of_one().filter(|_| part.empty_is_a_value);
    let default = told.map(|default| match default {
        "" => "Default: empty.".to_owned(),
        _ => format!("Default: {default}."),
    });
    match default {
        Some(default) if part.docs.is_empty() => default,
        Some(default) => format!("{}\n{default}", part.docs),
        None => part.docs.to_owned(),
    }
}
