//! One of several elements: what an enum with data is on the wire.

use super::{Fields, NamedType, Occurs, Part, Particle, Schema, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// An enum with data, each variant an element.
pub trait Choice: Fields<Slots = Option<Self>> {}

/// Among fields: the choice that need not be made.
#[diagnostic::do_not_recommend]
impl<T: Choice> Fields for Option<T> {
    type Slots = Option<T>;

    const NAMESPACE: Option<&'static str> = T::NAMESPACE;

    fn named() -> NamedType {
        T::named()
    }
    fn particles() -> Vec<Particle> {
        vec![Particle::Choice { particles: elements::<T>(), occurs: Occurs { nillable: false, ..Occurs::OPTIONAL } }]
    }
    fn read_field<'r, 'a>(slots: &mut Option<T>, child: Element<'r, 'a>) -> Result<Option<Element<'r, 'a>>, ReadError> {
        T::read_field(slots, child)
    }
    fn finish(slots: Option<T>, _: &Element<'_, '_>) -> Result<Self, ReadError> {
        Ok(slots)
    }
    fn write_fields(&self, writer: &mut Writer) {
        if let Some(chosen) = self {
            chosen.write_fields(writer);
        }
    }
    fn fields_size_hint(&self) -> usize {
        self.as_ref().map_or(0, T::fields_size_hint)
    }
}

/// Among fields: the choice that is made again and again.
#[diagnostic::do_not_recommend]
impl<T: Choice> Fields for Vec<T> {
    type Slots = Vec<T>;

    const NAMESPACE: Option<&'static str> = T::NAMESPACE;

    fn named() -> NamedType {
        T::named()
    }
    fn particles() -> Vec<Particle> {
        let occurs = Occurs { min: 0, max: None, nillable: false };
        vec![Particle::Choice { particles: elements::<T>(), occurs }]
    }
    fn read_field<'r, 'a>(slots: &mut Vec<T>, child: Element<'r, 'a>) -> Result<Option<Element<'r, 'a>>, ReadError> {
        let mut chosen = None;
        let unknown = T::read_field(&mut chosen, child)?;
        slots.extend(chosen);
        Ok(unknown)
    }
    fn finish(slots: Vec<T>, _: &Element<'_, '_>) -> Result<Self, ReadError> {
        Ok(slots)
    }
    fn write_fields(&self, writer: &mut Writer) {
        self.iter().for_each(|chosen| chosen.write_fields(writer));
    }
    fn fields_size_hint(&self) -> usize {
        self.iter().map(|chosen| 40 + chosen.fields_size_hint()).sum()
    }
}

/// What the elements of a choice are among other fields.
pub fn choice(elements: Vec<Part>) -> Vec<Particle> {
    let particles = elements.into_iter().map(Particle::Element).collect();
    vec![Particle::Choice { particles, occurs: Occurs::ONCE }]
}

/// What can be chosen.
pub(super) fn elements<T: Fields>() -> Vec<Particle> {
    let inner = |particle| match particle {
        Particle::Choice { particles, .. } => particles,
        other => vec![other],
    };
    T::particles().into_iter().flat_map(inner).collect()
}

/// An element to choose that holds the fields of a variant.
pub fn variant(name: &'static str, docs: &'static str, named: NamedType) -> Part {
    Part { schema: Schema::Named(named), empty_is_a_value: true, ..bool::variant(name, docs) }
}

/// Writes such an element.
pub fn write_variant(
    writer: &mut Writer,
    name: &str,
    namespace: Option<&'static str>,
    attributes: impl FnOnce(&mut StartTag<'_>),
    elements: impl FnOnce(&mut Writer),
) {
    let start = |tag: &mut StartTag<'_>| {
        tag.declare(namespace);
        attributes(tag);
    };
    writer.element_with(name, start, |writer| writer.within(namespace, elements));
}

/// Takes in what `child` chooses, as `read` makes it of its content.
///
/// # Errors
/// If a choice was made already, and what `read` says.
pub fn choose<'r, 'a, T: Choice>(
    slot: &mut Option<T>,
    child: Element<'r, 'a>,
    read: impl FnOnce(Element<'r, 'a>) -> Result<T, ReadError>,
) -> Result<(), ReadError> {
    if slot.is_some() {
        return Err(second::<T>(&child));
    }
    *slot = Some(read(child)?);
    Ok(())
}

fn second<T: Choice>(child: &Element<'_, '_>) -> ReadError {
    child.error(format!("is there beside another one of {}, and only one may be", names::<T>()))
}

/// The same for a variant without data: its element says `true`, for an empty one is lost in tools for
/// which empty and absent are one. One that says `false` is not chosen.
///
/// # Errors
/// If a choice was made already, or it says something else.
pub fn choose_flag<T: Choice>(slot: &mut Option<T>, child: Element<'_, '_>, value: T) -> Result<(), ReadError> {
    let second = slot.is_some().then(|| second::<T>(&child));
    let is_chosen = match child.is_nil() || child.is_empty() {
        true => child.skip().map(|()| true),
        false => bool::read(child),
    };
    match (is_chosen?, second) {
        (false, _) => {}
        (true, Some(error)) => return Err(error),
        (true, None) => *slot = Some(value),
    }
    Ok(())
}

/// The choice that was made in `element`.
///
/// # Errors
/// If none was.
pub fn chosen<T: Choice>(slot: Option<T>, element: &Element<'_, '_>) -> Result<T, ReadError> {
    slot.ok_or_else(|| element.error(format!("none of {} is in it, and one must be", names::<T>())))
}

fn names<T: Choice>() -> String {
    let names = elements::<T>().into_iter().filter_map(|particle| match particle {
        Particle::Element(part) => Some(format!("`{}`", part.name)),
        _ => None,
    });
    names.collect::<Vec<_>>().join(", ")
}
