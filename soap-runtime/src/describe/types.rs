//! The types with names that the messages of a service refer to, each found once.

use std::borrow::Cow;

use super::ServiceDescription;
use crate::types::{ComplexType, Content, NamedType, Part, Particle, Schema, TypeDefinition, TypeKind};

/// A type with its definition, and the namespace that it has in this service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DescribedType {
    /// Its namespace.
    pub namespace: Cow<'static, str>,
    /// Its name, and where it comes from.
    pub named: NamedType,
    /// What it is.
    pub definition: TypeDefinition,
}

impl ServiceDescription {
    /// All types with names, in the order in which they are met.
    pub fn types(&self) -> Vec<DescribedType> {
        self.collect().types
    }

    /// Whether a request may bring bytes along, and so files.
    pub(crate) fn takes_bytes(&self) -> bool {
        let arguments =
            self.operations.iter().flat_map(|operation| operation.input.iter().chain(&operation.input_headers));
        arguments.into_iter().any(|part| is_bytes(&part.schema))
            || self.types().iter().any(|found| holds_bytes(&found.definition))
    }

    /// Two types of one name, or two fields of one name in a type, if there are such.
    pub(super) fn check_types(&self) -> Result<(), String> {
        let found = self.collect();
        match found.clash {
            None => found.types.iter().try_for_each(check_fields),
            Some((namespace, first, second)) => Err(format!(
                "two types are called `{}` in namespace `{namespace}`: `{}` and `{}`; rename one with \
                 `#[soap(name = \"…\")]`, or give it a namespace",
                first.name, first.rust, second.rust,
            )),
        }
    }

    fn collect(&self) -> Collection<'_> {
        let mut found = Collection { service: self, types: Vec::new(), clash: None };
        for operation in &self.operations {
            found.add_parts(&operation.input);
            found.add_parts(&operation.output);
            found.add_parts(&operation.input_headers);
            found.add_parts(&operation.output_headers);
            for fault in &operation.faults {
                found.add_parts(&fault.parts);
                found.add_parts(fault.value.as_slice());
            }
        }
        found
    }
}

/// An element that stands on its own in the schema of a namespace, and is referred to.
#[derive(Clone, Debug)]
pub(crate) struct ForeignElement {
    pub(crate) namespace: &'static str,
    pub(crate) part: Part,
}

impl ServiceDescription {
    /// Those of other namespaces that stand in messages and types, each once.
    pub(crate) fn foreign_elements(&self) -> Vec<ForeignElement> {
        let mut found = Vec::new();
        for operation in &self.operations {
            for parts in [&operation.input, &operation.output, &operation.input_headers, &operation.output_headers] {
                parts.iter().for_each(|part| add_foreign(&mut found, part));
            }
            operation.faults.iter().flat_map(|fault| &fault.parts).for_each(|part| add_foreign(&mut found, part));
        }
        for described in self.types() {
            if let TypeKind::Complex(complex) = &described.definition.kind {
                each_element(complex, &mut |part| add_foreign(&mut found, part));
            }
        }
        found
    }

    /// One element stands for one thing, in other namespaces as well.
    pub(super) fn check_foreign_elements(&self) -> Result<(), String> {
        let found = self.foreign_elements();
        for (at, one) in found.iter().enumerate() {
            let same = |other: &&ForeignElement| (other.namespace, &other.part.name) == (one.namespace, &one.part.name);
            if found[..at].iter().any(|other| same(&other)) {
                return Err(format!(
                    "the element `{}` in namespace `{}` has two types, and can have one; rename one of them",
                    one.part.name, one.namespace,
                ));
            }
        }
        Ok(())
    }
}

fn add_foreign(found: &mut Vec<ForeignElement>, part: &Part) {
    let Some(namespace) = part.namespace.filter(|namespace| !namespace.is_empty()) else { return };
    // How often it occurs is said where it is referred to.
    let described = |part: &Part| (part.name.clone(), part.schema.clone(), part.occurs.nillable);
    let is_same = |one: &ForeignElement| one.namespace == namespace && described(&one.part) == described(part);
    if !found.iter().any(is_same) {
        found.push(ForeignElement { namespace, part: part.clone() });
    }
}

fn each_element(complex: &ComplexType, each: &mut impl FnMut(&Part)) {
    fn among(particles: &[Particle], each: &mut impl FnMut(&Part)) {
        for particle in particles {
            match particle {
                Particle::Element(part) => each(part),
                Particle::Choice { particles, .. } | Particle::Sequence(particles) => among(particles, each),
                Particle::Any => {}
            }
        }
    }
    if let Content::Sequence(particles) | Content::Choice(particles) = &complex.content {
        among(particles, each);
    }
}

/// Whether its own content, or that of one of its elements, is bytes or may be anything.
fn holds_bytes(definition: &TypeDefinition) -> bool {
    fn among(particles: &[Particle]) -> bool {
        particles.iter().any(|particle| match particle {
            Particle::Element(part) => is_bytes(&part.schema),
            Particle::Choice { particles, .. } | Particle::Sequence(particles) => among(particles),
            Particle::Any => true,
        })
    }
    match &definition.kind {
        TypeKind::Simple { base, .. } => is_bytes(base),
        TypeKind::Complex(complex) => match &complex.content {
            Content::Empty => false,
            Content::Sequence(particles) | Content::Choice(particles) => among(particles),
            Content::Text(schema) => is_bytes(schema),
        },
    }
}

fn is_bytes(schema: &Schema) -> bool {
    *schema == Schema::Any || schema.builtin() == Some("base64Binary")
}

struct Collection<'a> {
    service: &'a ServiceDescription,
    types: Vec<DescribedType>,
    clash: Option<(Cow<'static, str>, NamedType, NamedType)>,
}

impl Collection<'_> {
    fn add_parts(&mut self, parts: &[Part]) {
        parts.iter().for_each(|part| self.add(&part.schema));
    }

    fn add(&mut self, schema: &Schema) {
        match schema {
            Schema::Builtin(_) | Schema::Any => {}
            Schema::Restricted(base, _) => self.add(base),
            Schema::Named(named) => self.add_named(named),
            Schema::Family(base, derived) => {
                self.add_named(base);
                derived.iter().for_each(|named| self.add_named(named));
            }
        }
    }

    fn add_named(&mut self, named: &NamedType) {
        let namespace = named.namespace.map_or_else(|| self.service.namespace.clone(), Cow::Borrowed);
        let same = |known: &&DescribedType| known.named.name == named.name && known.namespace == namespace;
        match self.types.iter().find(same) {
            None => {
                let definition = named.definition();
                let inner = definition.clone();
                // Before what it is made of, or one that holds itself would be looked at for ever.
                self.types.push(DescribedType { namespace, named: named.clone(), definition });
                self.add_kind(&inner.kind);
            }
            // `Vec<Order>` and `Vec<Box<Order>>` are one type outside of Rust.
            Some(known) if known.named.rust != named.rust && known.definition != named.definition() => {
                self.clash.get_or_insert((namespace, known.named.clone(), named.clone()));
            }
            Some(_) => {}
        }
    }

    fn add_kind(&mut self, kind: &TypeKind) {
        match kind {
            TypeKind::Simple { base, .. } => self.add(base),
            TypeKind::Complex(ComplexType { base, content, attributes, .. }) => {
                base.iter().for_each(|base| self.add_named(base));
                match content {
                    Content::Empty => {}
                    Content::Sequence(particles) | Content::Choice(particles) => self.add_particles(particles),
                    Content::Text(schema) => self.add(schema),
                }
                self.add_parts(attributes);
            }
        }
    }

    fn add_particles(&mut self, particles: &[Particle]) {
        for particle in particles {
            match particle {
                Particle::Element(part) => self.add(&part.schema),
                Particle::Choice { particles, .. } | Particle::Sequence(particles) => self.add_particles(particles),
                Particle::Any => {}
            }
        }
    }
}

/// The macro saw those of one struct; others come from what is flattened, or from a base.
fn check_fields(described: &DescribedType) -> Result<(), String> {
    let TypeKind::Complex(complex) = &described.definition.kind else { return Ok(()) };
    let (mut elements, mut attributes) = (Vec::new(), Vec::new());
    add_names(complex, &mut elements, &mut attributes);
    for (kind, names) in [("elements", elements), ("attributes", attributes)] {
        if let Some(name) = super::check::repeated(names.iter().map(|name| &**name)) {
            return Err(format!(
                "the type `{}` has two {kind} called `{name}`, one of them flattened or from what it extends; rename \
                 one with `#[soap(name = \"…\")]` (`{}`)",
                described.named.name, described.named.rust,
            ));
        }
    }
    Ok(())
}

type Names = Vec<Cow<'static, str>>;

fn add_names(complex: &ComplexType, elements: &mut Names, attributes: &mut Names) {
    if let Some(base) = &complex.base
        && let TypeKind::Complex(base) = base.definition().kind
    {
        add_names(&base, elements, attributes);
    }
    match &complex.content {
        Content::Sequence(particles) | Content::Choice(particles) => add_elements(particles, elements),
        Content::Empty | Content::Text(_) => {}
    }
    attributes.extend(complex.attributes.iter().map(|part| part.name.clone()));
}

fn add_elements(particles: &[Particle], elements: &mut Names) {
    for particle in particles {
        match particle {
            Particle::Element(part) => elements.push(part.name.clone()),
            Particle::Choice { particles, .. } | Particle::Sequence(particles) => add_elements(particles, elements),
            Particle::Any => {}
        }
    }
}
