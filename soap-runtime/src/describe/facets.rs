//! Facets that cannot be kept: patterns that are none, bounds that leave no value, defaults that break
//! a rule. What is wrong with them stands among them.

use super::ServiceDescription;
use crate::types::{ComplexType, Content, Facet, Part, Particle, Schema, TypeKind, WRONG};

impl ServiceDescription {
    pub(super) fn check_facets(&self) -> Result<(), String> {
        for operation in &self.operations {
            let faults = operation.faults.iter().flat_map(|fault| fault.parts.iter().chain(&fault.value));
            let headers = operation.input_headers.iter().chain(&operation.output_headers);
            let mut parts = operation.input.iter().chain(&operation.output).chain(headers).chain(faults);
            parts.try_for_each(|part| check_part(part, operation.name))?;
        }
        self.types().iter().try_for_each(|one| check_kind(&one.definition.kind, &one.named.name))
    }
}

fn check_kind(kind: &TypeKind, owner: &str) -> Result<(), String> {
    match kind {
        TypeKind::Simple { base, facets } => {
            check(facets, &format!("the type `{owner}`"))?;
            check_schema(base, &format!("the type `{owner}`"))
        }
        TypeKind::Complex(ComplexType { content, attributes, .. }) => {
            attributes.iter().try_for_each(|part| check_part(part, owner))?;
            match content {
                Content::Empty => Ok(()),
                Content::Sequence(particles) | Content::Choice(particles) => check_particles(particles, owner),
                Content::Text(schema) => check_schema(schema, &format!("the text of `{owner}`")),
            }
        }
    }
}

fn check_particles(particles: &[Particle], owner: &str) -> Result<(), String> {
    particles.iter().try_for_each(|particle| match particle {
        Particle::Element(part) => check_part(part, owner),
        Particle::Choice { particles, .. } | Particle::Sequence(particles) => check_particles(particles, owner),
        Particle::Any => Ok(()),
    })
}

fn check_part(part: &Part, owner: &str) -> Result<(), String> {
    check_schema(&part.schema, &format!("`{}` of `{owner}`", part.name))
}

fn check_schema(schema: &Schema, place: &str) -> Result<(), String> {
    match schema {
        Schema::Restricted(base, facets) => {
            check(facets, place)?;
            check_schema(base, place)
        }
        _ => Ok(()),
    }
}

fn check(facets: &[Facet], place: &str) -> Result<(), String> {
    match facets.iter().find(|(name, _)| *name == WRONG) {
        None => Ok(()),
        Some((_, problem)) => Err(format!("{place} is restricted by what cannot be: {problem}")),
    }
}
