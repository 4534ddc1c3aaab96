//! Values to show: one that its type allows for each element.

use std::borrow::Cow;

use crate::describe::{ComplexType, Content, NamedType, Part, Particle, TypeDefinition, TypeKind};
use crate::types::Schema;
use crate::xml::IndentedWriter;

/// How many of the elements of one part are shown.
const MOST: u32 = 12;

/// The types around, outermost first: one that holds itself is shown once.
type Around<'a> = &'a [&'a NamedType];

/// The element or elements of `part`; `prefix` is that of its namespace, with the colon.
pub(super) fn write_part(writer: &mut IndentedWriter, prefix: &str, part: &Part, around: Around<'_>) {
    let name = format!("{prefix}{}", part.name);
    // A list of a thousand lists of a thousand items is told well enough by a few.
    (0..part.occurs.min.clamp(1, MOST)).for_each(|_| write_element(writer, &name, part, around));
}

/// One element called `name`, with its prefix, that holds a value of `part`.
pub(super) fn write_element(writer: &mut IndentedWriter, name: &str, part: &Part, around: Around<'_>) {
    let (named, definition) = match &part.schema {
        Schema::Named(named) | Schema::Family(named, _) => (named, named.definition()),
        _ => return writer.tag(name).text(&example_of(part)),
    };
    let TypeDefinition { kind: TypeKind::Complex(complex), .. } = definition else {
        return writer.tag(name).text(&example_of(part));
    };
    if around.contains(&named) {
        return writer.tag(name).empty();
    }
    let around: Vec<&NamedType> = around.iter().copied().chain([named]).collect();
    // A prefix for each level: one namespace may hold another that holds the first.
    let (prefix, declaration) = match named.namespace {
        None => ("tns:".into(), None),
        Some(namespace) => (Cow::Owned(format!("n{}:", around.len())), Some(namespace)),
    };
    let tag = writer.tag(name).attribute_if(&format!("xmlns:n{}", around.len()), declaration);
    let tag = attributes_of(&complex).iter().fold(tag, |tag, one| tag.attribute(&one.name, &example_of(one)));
    match &complex.content {
        Content::Text(schema) => tag.text(&text_of(schema)),
        _ => tag.content(|writer| write_content(writer, &prefix, &complex, &around)),
    }
}

fn attributes_of(complex: &ComplexType) -> Vec<Part> {
    let inherited = complex.base.as_ref().and_then(complex_of).map(|base| attributes_of(&base));
    [inherited.unwrap_or_default(), complex.attributes.clone()].concat()
}

fn complex_of(named: &NamedType) -> Option<ComplexType> {
    match named.definition().kind {
        TypeKind::Complex(complex) => Some(complex),
        TypeKind::Simple { .. } => None,
    }
}

fn write_content(writer: &mut IndentedWriter, prefix: &str, complex: &ComplexType, around: Around<'_>) {
    if let Some(base) = complex.base.as_ref().and_then(complex_of) {
        write_content(writer, prefix, &base, around);
    }
    match &complex.content {
        Content::Empty | Content::Text(_) => {}
        Content::Sequence(particles) => write_all(writer, prefix, particles, around),
        Content::Choice(particles) => write_all(writer, prefix, first_of(particles), around),
    }
}

fn write_all(writer: &mut IndentedWriter, prefix: &str, particles: &[Particle], around: Around<'_>) {
    for particle in particles {
        match particle {
            Particle::Element(part) if part.occurs.min == 0 && holds_one_of(&part.schema, around) => {}
            Particle::Element(part) => write_part(writer, prefix, part, around),
            Particle::Choice { particles, .. } => write_all(writer, prefix, first_of(particles), around),
            Particle::Sequence(particles) => write_all(writer, prefix, particles, around),
            Particle::Any => {}
        }
    }
}

fn first_of(particles: &[Particle]) -> &[Particle] {
    &particles[..particles.len().min(1)]
}

fn holds_one_of(schema: &Schema, around: Around<'_>) -> bool {
    matches!(schema, Schema::Named(named) | Schema::Family(named, _) if around.contains(&named))
}

/// A text of the part: its default, or one that its type allows.
fn example_of(part: &Part) -> String {
    part.default_of_one().map_or_else(|| text_of(&part.schema), str::to_owned)
}

fn text_of(schema: &Schema) -> String {
    let by_facet = |facets: &[(&str, String)]| facets.iter().find_map(|(facet, value)| allowed_by(facet, value));
    match schema {
        Schema::Builtin(name) => example_of_type(name).to_owned(),
        Schema::Restricted(base, facets) => by_facet(facets).unwrap_or_else(|| text_of(base)),
        Schema::Named(named) | Schema::Family(named, _) => match named.definition().kind {
            TypeKind::Simple { base, facets } => by_facet(&facets).unwrap_or_else(|| text_of(&base)),
            TypeKind::Complex(_) => String::new(),
        },
        Schema::Any => "text".to_owned(),
    }
}

fn allowed_by(facet: &str, value: &str) -> Option<String> {
    match facet {
        "enumeration" | "minInclusive" | "maxInclusive" => Some(value.to_owned()),
        "length" | "minLength" => value.parse().ok().filter(|&length| length < 64).map(|length| "x".repeat(length)),
        _ => None,
    }
}

fn example_of_type(builtin: &str) -> &'static str {
    match builtin {
        "boolean" => "true",
        "float" | "double" | "decimal" => "1.5",
        "string" | "normalizedString" | "token" => "text",
        "base64Binary" => "aGVsbG8=",
        "hexBinary" => "68656C6C6F",
        "anyURI" => "http://example.org/",
        "dateTime" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00",
        "duration" => "PT5M",
        "negativeInteger" | "nonPositiveInteger" => "-1",
        _ => "1",
    }
}
