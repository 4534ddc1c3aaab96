//! The values that are given for the elements of a structure, taken one by one.

use serde_json::{Map, Value};

use super::shape::Field;
use crate::wsdl::model::{Group, Particle};

/// Values by the name of their element.
pub(super) struct Given<'v> {
    all: Vec<Values<'v>>,
}

struct Values<'v> {
    name: &'v str,
    values: &'v [Value],
    /// How many of them are written.
    taken: usize,
    is_many: bool,
}

impl<'v> Given<'v> {
    /// Those in `record`; names that begin with `@` or `#` are no elements. That there is no value where
    /// none may be nil is the same as nothing.
    pub(super) fn new(record: &'v Map<String, Value>, fields: &[Field<'_>]) -> Self {
        let elements = record.iter().filter(|(name, _)| !name.starts_with(['@', '#']));
        let all = elements.filter_map(|(name, value)| {
            let field = fields.iter().find(|field| field.element.name.local == *name);
            let is_many = field.is_some_and(|field| field.is_many);
            let values = match value {
                Value::Null if field.is_some_and(|field| !field.element.nillable) => return None,
                Value::Array(items) if is_many => items,
                value => std::slice::from_ref(value),
            };
            Some(Values { name, values, taken: 0, is_many })
        });
        Self { all: all.collect() }
    }

    /// The next value for the element `name`, and its place if it is one of several.
    pub(super) fn take(&mut self, name: &str) -> Option<(&'v Value, Option<usize>)> {
        let values = self.all.iter_mut().find(|values| values.name == name)?;
        let at = values.taken;
        let value = values.values.get(at)?;
        values.taken += 1;
        Some((value, values.is_many.then_some(at)))
    }

    fn has(&self, name: &str) -> bool {
        self.all.iter().any(|values| values.name == name && values.taken < values.values.len())
    }

    /// Whether there is something left for `particle`.
    pub(super) fn has_any_of(&self, particle: &Particle) -> bool {
        match particle {
            Particle::Element(element) => self.has(&element.name.local),
            Particle::Group(group) => self.has_any_in(group),
            Particle::Any { .. } => false,
        }
    }

    pub(super) fn has_any_in(&self, group: &Group) -> bool {
        group.particles.iter().any(|particle| self.has_any_of(particle))
    }

    /// The name of something that nobody has taken, and how much of it there was.
    pub(super) fn left(&self) -> Option<(&'v str, usize)> {
        let left = self.all.iter().find(|values| values.taken < values.values.len())?;
        Some((left.name, left.values.len()))
    }
}
