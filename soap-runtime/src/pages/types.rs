//! The types of a service on its page, each with what it holds.

use askama::Template;

use super::documentation::Table;
use super::markdown::Docs;
use crate::describe::{ComplexType, Content, DescribedType, Facet, Part, Particle, TypeKind};
use crate::types::Schema;

#[derive(Template)]
#[template(path = "type.html")]
pub(super) struct TypeSection {
    pub(super) name: String,
    /// Its namespace, if it is not the service's.
    namespace: Option<String>,
    docs: String,
    /// What there is to say beside the table.
    sentences: Vec<String>,
    fields: String,
}

impl TypeSection {
    pub(super) fn of(described: &DescribedType, service_namespace: &str) -> Self {
        let DescribedType { namespace, named, definition } = described;
        let (sentences, fields) = match &definition.kind {
            TypeKind::Simple { base, facets } => (vec![simple(base, facets)], String::new()),
            TypeKind::Complex(complex) => (sentences(complex), table(complex)),
        };
        Self {
            name: named.name.clone().into_owned(),
            namespace: (namespace != service_namespace).then(|| namespace.clone().into_owned()),
            docs: Docs::new(definition.docs).to_string(),
            sentences,
            fields,
        }
    }
}

fn simple(base: &Schema, facets: &[Facet]) -> String {
    let (words, bounds): (Vec<_>, Vec<_>) = facets.iter().partition(|(facet, _)| *facet == "enumeration");
    let words: Vec<_> = words.iter().map(|(_, word)| format!("“{word}”")).collect();
    let bounds: Vec<_> = bounds.iter().map(|(facet, value)| format!("{facet} {value}")).collect();
    match (words.is_empty(), bounds.is_empty()) {
        (true, true) => format!("A {}.", base.name()),
        (true, false) => format!("A {} ({}).", base.name(), bounds.join(", ")),
        (false, _) => format!("A {}, one of {}.", base.name(), words.join(", ")),
    }
}

fn sentences(complex: &ComplexType) -> Vec<String> {
    let extends = complex.base.as_ref().map(|base| format!("Extends {}, whose elements come first.", base.name));
    let is_abstract = complex.is_abstract.then(|| "Only types that extend it stand in messages.".to_owned());
    let content = match &complex.content {
        Content::Empty => None,
        Content::Choice(_) => Some("Holds one of these elements.".to_owned()),
        Content::Text(schema) => Some(format!("Holds a text, a {}.", schema.name())),
        Content::Sequence(particles) => {
            particles.iter().any(|one| matches!(one, Particle::Any)).then(|| "Holds any elements.".to_owned())
        }
    };
    extends.into_iter().chain(is_abstract).chain(content).collect()
}

fn table(complex: &ComplexType) -> String {
    let mut elements = Vec::new();
    match &complex.content {
        Content::Empty | Content::Text(_) => {}
        Content::Sequence(particles) => add(&mut elements, particles, false),
        Content::Choice(particles) => add(&mut elements, particles, true),
    }
    let elements = Table::of_choices("Elements", &elements);
    let attributes = Table::of("Attributes", &complex.attributes);
    let tables = [elements, attributes];
    tables.iter().filter(|table| !table.is_empty()).map(ToString::to_string).collect()
}

/// The elements, and whether others may stand in the place of each.
fn add<'a>(elements: &mut Vec<(&'a Part, bool)>, particles: &'a [Particle], is_choice: bool) {
    for particle in particles {
        match particle {
            Particle::Element(part) => elements.push((part, is_choice)),
            Particle::Choice { particles, .. } => add(elements, particles, true),
            Particle::Sequence(particles) => add(elements, particles, is_choice),
            Particle::Any => {}
        }
    }
}
