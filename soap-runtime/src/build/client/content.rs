//! What stands in a complex type, as fields can say it; or why they cannot.

use super::docs::quoted;
use crate::wsdl::model::{
    Complex, Content, Definitions, Element, Group, GroupKind, Particle, QName, TypeKind, TypeRef,
};

/// What becomes one field.
#[derive(Clone, Debug)]
pub(super) enum Entry<'d> {
    Element(Occurring<'d>),
    /// One of several elements, or many of them.
    Choice {
        elements: Vec<&'d Element>,
        is_optional: bool,
        is_repeated: bool,
    },
}

/// An element with how often it occurs, whatever stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurring<'d> {
    pub(super) element: &'d Element,
    pub(super) min: u32,
    pub(super) max: Option<u32>,
    /// Whether others may stand in its place.
    pub(super) is_alternative: bool,
}

/// How many fields a type may have.
const MOST: usize = 140;

/// The entries of a type's own content.
///
/// # Errors
/// Why there are none for it, in words that go on from `because`.
pub(super) fn entries(content: &Content) -> Result<Vec<Entry<'_>>, String> {
    let mut entries = Vec::new();
    if let Content::Elements(group) = content {
        add_group(&mut entries, group, Around { is_optional: false, is_alternative: false })?;
    }
    let entries = merged(entries)?;
    match entries.len() > MOST {
        true => Err(format!("it has more than {MOST} elements")),
        false => Ok(entries),
    }
}

#[derive(Clone, Copy)]
struct Around {
    is_optional: bool,
    is_alternative: bool,
}

fn add_group<'d>(entries: &mut Vec<Entry<'d>>, group: &'d Group, around: Around) -> Result<(), String> {
    let around = Around { is_optional: around.is_optional || group.min == 0, ..around };
    match (group.kind, group.max, &group.particles[..]) {
        (_, Some(0), _) | (_, _, []) => Ok(()),
        (_, max, [Particle::Element(element)]) => {
            let (min, max) = (group.min * element.min, product(max, element.max));
            add_element(entries, element, (min, max), around);
            Ok(())
        }
        (GroupKind::Sequence | GroupKind::All, Some(1), particles) => add_each(entries, particles, around),
        (GroupKind::Sequence | GroupKind::All, _, _) => Err("its elements are repeated together".to_owned()),
        (GroupKind::Choice, max, particles) => match elements_of(particles) {
            Some(elements) if max != Some(1) || elements.iter().all(|element| element.max == Some(1)) => {
                let may_be_none = elements.iter().any(|element| element.min == 0);
                let is_optional = around.is_optional || may_be_none;
                entries.push(Entry::Choice { elements, is_optional, is_repeated: max != Some(1) });
                Ok(())
            }
            _ if max == Some(1) => add_each(entries, particles, Around { is_optional: true, is_alternative: true }),
            _ => Err("a choice that holds groups is made again and again".to_owned()),
        },
    }
}

fn add_each<'d>(entries: &mut Vec<Entry<'d>>, particles: &'d [Particle], around: Around) -> Result<(), String> {
    particles.iter().try_for_each(|particle| match particle {
        Particle::Element(element) => {
            add_element(entries, element, (element.min, element.max), around);
            Ok(())
        }
        Particle::Group(group) => add_group(entries, group, around),
        Particle::Any { max: Some(0), .. } => Ok(()),
        Particle::Any { .. } => Err("it may hold any elements".to_owned()),
    })
}

fn add_element<'d>(
    entries: &mut Vec<Entry<'d>>,
    element: &'d Element,
    (min, max): (u32, Option<u32>),
    Around { is_optional, is_alternative }: Around,
) {
    if max != Some(0) {
        let min = if is_optional { 0 } else { min };
        entries.push(Entry::Element(Occurring { element, min, max, is_alternative }));
    }
}

fn product(one: Option<u32>, other: Option<u32>) -> Option<u32> {
    match (one, other) {
        (Some(0), _) | (_, Some(0)) => Some(0),
        (one, other) => one?.checked_mul(other?),
    }
}

/// The elements, if there is nothing else.
fn elements_of(particles: &[Particle]) -> Option<Vec<&Element>> {
    particles
        .iter()
        .map(|particle| match particle {
            Particle::Element(element) => Some(element),
            Particle::Group(_) | Particle::Any { .. } => None,
        })
        .collect()
}

/// Elements are read by their names: one of a name that stands in two alternatives is one field.
fn merged(entries: Vec<Entry<'_>>) -> Result<Vec<Entry<'_>>, String> {
    let mut found: Vec<Entry<'_>> = Vec::with_capacity(entries.len());
    for entry in entries {
        let clash = names_of(&entry).into_iter().find(|name| found.iter().any(|one| names_of(one).contains(name)));
        let Some(name) = clash else {
            found.push(entry);
            continue;
        };
        let twice = format!("the element {} stands in it at two places", quoted(name));
        let Entry::Element(again) = entry else { return Err(twice) };
        let known = found.iter_mut().find_map(|one| match one {
            Entry::Element(known) if known.element.name.local == again.element.name.local => Some(known),
            _ => None,
        });
        match known {
            Some(known) if known.is_alternative && again.is_alternative && known.element.ty == again.element.ty => {
                known.max = known.max.zip(again.max).map(|(one, other)| one.max(other));
            }
            _ => return Err(twice),
        }
    }
    Ok(found)
}

pub(super) fn names_of<'e>(entry: &Entry<'e>) -> Vec<&'e str> {
    match entry {
        Entry::Element(occurring) => vec![&occurring.element.name.local],
        Entry::Choice { elements, .. } => elements.iter().map(|element| &*element.name.local).collect(),
    }
}

/// The elements of an entry.
pub(super) fn elements<'e>(entry: &Entry<'e>) -> Vec<&'e Element> {
    match entry {
        Entry::Element(occurring) => vec![occurring.element],
        Entry::Choice { elements, .. } => elements.clone(),
    }
}

/// A type and those that it extends, the outermost first.
pub(super) fn line<'d>(definitions: &'d Definitions, complex: &'d Complex) -> Result<Vec<&'d Complex>, String> {
    // Types that go round in circles are no types.
    const MOST: usize = 64;
    let mut line = vec![complex];
    while let Some(base) = &line[line.len() - 1].base {
        match definitions.types.get(base).map(|ty| &ty.kind) {
            Some(TypeKind::Complex(complex)) if line.len() < MOST => line.push(complex),
            _ => {
                return Err(format!("it extends {}, which is no type that can be extended", quoted(&base.to_string())));
            }
        }
    }
    Ok(line)
}

/// The type of its text, if that is what it holds.
pub(super) fn text_of<'d>(line: &[&'d Complex]) -> Option<&'d TypeRef> {
    line.iter().find_map(|complex| if let Content::Text(text) = &complex.content { Some(text) } else { None })
}

/// Why a type can only be any XML, if that is so.
pub(super) fn why_any_xml(definitions: &Definitions, complex: &Complex) -> Option<String> {
    problem(definitions, complex).err()
}

fn problem(definitions: &Definitions, complex: &Complex) -> Result<(), String> {
    let line = line(definitions, complex)?;
    let is_text = text_of(&line).is_some();
    let mut names: Vec<&str> = Vec::new();
    for complex in &line {
        if complex.mixed && !is_text {
            return Err("text may stand between its elements".to_owned());
        }
        let qualified = |name: &QName| !name.namespace.is_empty();
        if let Some(one) = complex.attributes.iter().find(|one| one.required && qualified(&one.name)) {
            return Err(format!("its attribute {} has a namespace", quoted(&one.name.to_string())));
        }
        let entries = entries(&complex.content)?;
        if is_text && !entries.is_empty() {
            return Err("it has a text and elements".to_owned());
        }
        for name in entries.iter().flat_map(names_of) {
            if names.contains(&name) {
                return Err(format!("the element {} stands in it at two places", quoted(name)));
            }
            names.push(name);
        }
    }
    Ok(())
}
