//! Types as XML Schema writes them.

use std::borrow::Cow;

use crate::describe::{
    ComplexType, Content, DescribedType, Facet, ForeignElement, NamedType, Part, Particle, ServiceDescription, TypeKind,
};
use crate::types::{Occurs, Schema};
use crate::xml::{IndentedWriter, Tag};

/// The prefixes of the namespaces that types are in: `tns` for the service's, `n1`, `n2`, … for others.
pub(super) struct Names<'a> {
    own: &'a str,
    others: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(service: &'a ServiceDescription, types: &'a [DescribedType], elements: &[ForeignElement]) -> Self {
        let own = &*service.namespace;
        let mut others: Vec<&str> = Vec::new();
        let namespaces = types.iter().map(|one| &*one.namespace).chain(elements.iter().map(|one| one.namespace));
        for namespace in namespaces {
            if namespace != own && !others.contains(&namespace) {
                others.push(namespace);
            }
        }
        Self { own, others }
    }

    /// The service's first.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = &'a str> {
        std::iter::once(self.own).chain(self.others.iter().copied())
    }

    /// `tns` is declared for the whole document.
    pub(super) fn declare<'w, 'n>(&self, tag: Tag<'w, 'n>) -> Tag<'w, 'n> {
        let prefixes = self.others.iter().zip(1..);
        prefixes.fold(tag, |tag, (namespace, at)| tag.attribute(&format!("xmlns:n{at}"), namespace))
    }

    fn of_type(&self, named: &NamedType) -> String {
        self.qualified(named.namespace, &named.name)
    }

    /// A name in a namespace, which is the service's if there is none.
    pub(super) fn qualified(&self, namespace: Option<&str>, name: &str) -> String {
        match namespace.and_then(|namespace| self.others.iter().position(|one| *one == namespace)) {
            Some(at) => format!("n{}:{name}", at + 1),
            None => format!("tns:{name}"),
        }
    }

    /// The type of a part of a message: facets without a name cannot be said there.
    pub(super) fn of_part(&self, part: &Part) -> Cow<'static, str> {
        part.published_as.map_or_else(|| self.of_schema(&part.schema), |wider| format!("xs:{wider}").into())
    }

    /// What an attribute can say: the name of the type, or of what it restricts.
    fn of_schema(&self, schema: &Schema) -> Cow<'static, str> {
        match schema {
            Schema::Builtin(name) => format!("xs:{name}").into(),
            Schema::Restricted(base, _) => self.of_schema(base),
            Schema::Named(named) | Schema::Family(named, _) => self.of_type(named).into(),
            Schema::Any => "xs:anyType".into(),
        }
    }
}

/// A type with its name.
pub(super) fn write_type(writer: &mut IndentedWriter, described: &DescribedType, names: &Names<'_>) {
    let DescribedType { named, definition, .. } = described;
    match &definition.kind {
        TypeKind::Simple { base, facets } => {
            writer.tag("xs:simpleType").attribute("name", &named.name).content(|writer| {
                write_annotation(writer, definition.docs);
                write_restriction(writer, base, facets, names);
            });
        }
        TypeKind::Complex(complex) => {
            let tag = writer.tag("xs:complexType").attribute("name", &named.name);
            tag.attribute_if("abstract", complex.is_abstract.then_some("true")).content(|writer| {
                write_annotation(writer, definition.docs);
                write_complex(writer, complex, names);
            });
        }
    }
}

fn write_complex(writer: &mut IndentedWriter, complex: &ComplexType, names: &Names<'_>) {
    let extension = match (&complex.base, &complex.content) {
        (_, Content::Text(schema)) => Some(("xs:simpleContent", names.of_schema(schema))),
        (Some(base), _) => Some(("xs:complexContent", names.of_type(base).into())),
        (None, _) => None,
    };
    match extension {
        None => write_content(writer, complex, names),
        Some((kind, base)) => writer.tag(kind).content(|writer| {
            let extension = writer.tag("xs:extension").attribute("base", &base);
            extension.content(|writer| write_content(writer, complex, names));
        }),
    }
}

fn write_content(writer: &mut IndentedWriter, complex: &ComplexType, names: &Names<'_>) {
    match &complex.content {
        Content::Empty | Content::Text(_) => {}
        Content::Sequence(particles) => write_group(writer, "xs:sequence", Occurs::ONCE, particles, names),
        Content::Choice(particles) => write_group(writer, "xs:choice", Occurs::ONCE, particles, names),
    }
    complex.attributes.iter().for_each(|attribute| write_attribute(writer, attribute, names));
}

fn write_group(writer: &mut IndentedWriter, tag: &str, occurs: Occurs, particles: &[Particle], names: &Names<'_>) {
    write_bounds(writer.tag(tag), occurs).content(|writer| {
        for particle in particles {
            match particle {
                Particle::Element(part) => write_part(writer, part, names),
                Particle::Choice { particles, occurs } => {
                    write_group(writer, "xs:choice", *occurs, particles, names);
                }
                Particle::Sequence(particles) => write_group(writer, "xs:sequence", Occurs::ONCE, particles, names),
                Particle::Any => {
                    let any = writer.tag("xs:any").attribute("minOccurs", "0").attribute("maxOccurs", "unbounded");
                    any.attribute("processContents", "lax").empty();
                }
            }
        }
    });
}

/// The arguments, the outputs, or what a fault holds.
pub(super) fn write_sequence_of_parts(writer: &mut IndentedWriter, parts: &[Part], names: &Names<'_>) {
    writer.tag("xs:sequence").content(|writer| parts.iter().for_each(|part| write_part(writer, part, names)));
}

fn write_part(writer: &mut IndentedWriter, part: &Part, names: &Names<'_>) {
    let element = writer.tag("xs:element");
    if let Some(namespace) = part.namespace.filter(|namespace| !namespace.is_empty()) {
        // The element itself is in the schema of its namespace, with its type.
        let element = element.attribute("ref", &names.qualified(Some(namespace), &part.name));
        return write_described(write_bounds(element, part.occurs), &docs_of(part), None, names);
    }
    let element = element.attribute("name", &part.name);
    let (element, restriction) = with_type(element, part, names);
    let element = element.attribute_if("form", part.namespace.map(|_| "unqualified"));
    write_described(write_occurs(element, part), &docs_of(part), restriction, names);
}

/// A message or a header that is a value itself: an element without others beside it, so that nothing
/// says how often it occurs.
pub(super) fn write_value(writer: &mut IndentedWriter, name: &str, docs: &str, part: &Part, names: &Names<'_>) {
    let (element, restriction) = with_type(writer.tag("xs:element").attribute("name", name), part, names);
    let element = element.attribute_if("nillable", part.occurs.nillable.then_some("true"));
    write_described(element, docs, restriction, names);
}

fn write_described(element: Tag<'_, '_>, docs: &str, restriction: Option<Restriction<'_>>, names: &Names<'_>) {
    element.content(|writer| {
        write_annotation(writer, docs);
        if let Some((base, facets)) = restriction {
            writer.tag("xs:simpleType").content(|writer| write_restriction(writer, &base, facets, names));
        }
    });
}

fn write_attribute(writer: &mut IndentedWriter, part: &Part, names: &Names<'_>) {
    let attribute = writer.tag("xs:attribute").attribute("name", &part.name);
    let (attribute, restriction) = with_type(attribute, part, names);
    let attribute = attribute.attribute_if("use", (part.occurs.min > 0).then_some("required"));
    attribute.attribute_if("default", part.default.as_deref()).content(|writer| {
        write_annotation(writer, part.docs);
        if let Some((base, facets)) = restriction {
            writer.tag("xs:simpleType").content(|writer| write_restriction(writer, &base, facets, names));
        }
    });
}

type Restriction<'p> = (Schema, &'p [Facet]);

/// The attribute `type`; or what has to be written in its place.
fn with_type<'w, 'n, 'p>(
    tag: Tag<'w, 'n>,
    part: &'p Part,
    names: &Names<'_>,
) -> (Tag<'w, 'n>, Option<Restriction<'p>>) {
    match (&part.schema, part.published_as) {
        (Schema::Restricted(base, facets), None) => (tag, Some(((**base).clone(), facets))),
        // Those of the author's; a type that has bounds of its own is published without them.
        (Schema::Restricted(_, facets), Some(wider)) if part.facets.is_some() => {
            (tag, Some((Schema::Builtin(wider), facets)))
        }
        (_, Some(wider)) => (tag.attribute("type", &format!("xs:{wider}")), None),
        (schema, None) => (tag.attribute("type", &names.of_schema(schema)), None),
    }
}

fn write_occurs<'w, 'n>(element: Tag<'w, 'n>, part: &Part) -> Tag<'w, 'n> {
    write_bounds(element, part.occurs)
        .attribute_if("default", default_of_empty(part))
        .attribute_if("nillable", part.occurs.nillable.then_some("true"))
}

fn write_bounds<'w, 'n>(element: Tag<'w, 'n>, occurs: Occurs) -> Tag<'w, 'n> {
    let min = (occurs.min != 1).then(|| occurs.min.to_string());
    let max = match occurs.max {
        Some(1) => None,
        Some(max) => Some(max.to_string()),
        None => Some("unbounded".to_owned()),
    };
    element.attribute_if("minOccurs", min.as_deref()).attribute_if("maxOccurs", max.as_deref())
}

/// A restriction of a restriction is written inside of it, for it has no name to refer to.
fn write_restriction(writer: &mut IndentedWriter, base: &Schema, facets: &[Facet], names: &Names<'_>) {
    let (restriction, inner) = match base {
        Schema::Restricted(base, facets) => (writer.tag("xs:restriction"), Some((base, facets))),
        base => (writer.tag("xs:restriction").attribute("base", &names.of_schema(base)), None),
    };
    restriction.content(|writer| {
        if let Some((base, facets)) = inner {
            writer.tag("xs:simpleType").content(|writer| write_restriction(writer, base, facets, names));
        }
        for (facet, value) in facets {
            writer.tag(&format!("xs:{facet}")).attribute("value", value).empty();
        }
    });
}

pub(super) fn write_annotation(writer: &mut IndentedWriter, docs: &str) {
    if !docs.is_empty() {
        writer.tag("xs:annotation").content(|writer| writer.tag("xs:documentation").text(docs));
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
