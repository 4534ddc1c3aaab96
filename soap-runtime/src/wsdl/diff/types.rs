//! Types, wherever they are used.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Contents, lineage};
use super::findings::Effect;
use super::place::{At, Direction};
use super::space::Space;
use super::{Differ, Identity, values, words};
use crate::wsdl::model::{Complex, Definitions, QName, Type, TypeKind, TypeRef};

/// What a reference stands for.
enum Shape<'a> {
    Any,
    Simple(Box<Space>),
    Complex(&'a Complex),
}

impl<'a> Shape<'a> {
    fn of(definitions: &'a Definitions, reference: &'a TypeRef) -> Self {
        match (reference, definitions.find(reference).map(|found| &found.kind)) {
            (TypeRef::Builtin(name), _) if name == "anyType" => Self::Any,
            (_, Some(TypeKind::Complex(complex))) => Self::Complex(complex),
            _ => Self::Simple(Box::new(Space::of(definitions, reference))),
        }
    }
}

impl<'a> Differ<'a> {
    /// The types of one part.
    pub(super) fn types(&mut self, old: &'a TypeRef, new: &'a TypeRef, at: &At) {
        let is_first = self.is_first(old, new, at.direction());
        let at = match (old, new) {
            (TypeRef::Named(old), TypeRef::Named(new)) => self.enter(old, new, at),
            _ => at.clone(),
        };
        if !is_first {
            return;
        }
        match (Shape::of(self.old, old), Shape::of(self.new, new)) {
            (Shape::Any, Shape::Any) => {}
            (Shape::Simple(old), Shape::Simple(new)) => self.values(&old, &new, &at),
            (Shape::Complex(_), Shape::Complex(_)) if self.is_replaced(old, new) => {
                self.retyped(old, new, Effect::Incompatible, &at);
            }
            (Shape::Complex(_), Shape::Complex(_)) => self.type_name(old, new, &at),
            (Shape::Any, _) => self.retyped(old, new, Effect::Narrower, &at),
            (_, Shape::Any) => self.retyped(old, new, Effect::Wider, &at),
            _ => self.retyped(old, new, Effect::Incompatible, &at),
        }
        self.wait(old, new, &at);
    }

    fn is_first(&mut self, old: &'a TypeRef, new: &'a TypeRef, direction: Direction) -> bool {
        let is_builtin = |reference: &TypeRef| matches!(reference, TypeRef::Builtin(_));
        if is_builtin(old) || is_builtin(new) {
            return true;
        }
        self.seen.insert((identity(old), identity(new), direction))
    }

    /// What is found from here on is of both types, wherever they are used.
    fn enter(&mut self, old: &'a QName, new: &'a QName, at: &At) -> At {
        let known = self.pairs.get(&(old, new)).copied();
        let number = self.findings.use_pair(at, known, &old.local);
        self.pairs.insert((old, new), number);
        at.inside(number)
    }

    fn values(&mut self, old: &Space, new: &Space, at: &At) {
        for change in values::compare(old, new) {
            self.findings.report(at, change.point, change.effect, &change.predicate);
        }
    }

    fn retyped(&mut self, old: &TypeRef, new: &TypeRef, effect: Effect, at: &At) {
        let (new, old) = (words::reference(self.new, new), words::reference(self.old, old));
        self.findings.report(at, "type", effect, &format!("is now {new}, and was {old}"));
    }

    /// Two types that have no name in common, and nothing in them: each of their parts would be a line.
    fn is_replaced(&self, old: &'a TypeRef, new: &'a TypeRef) -> bool {
        let (TypeRef::Named(old_name), TypeRef::Named(new_name)) = (old, new) else { return false };
        let names = |definitions: &'a Definitions, reference: &'a TypeRef| match Shape::of(definitions, reference) {
            Shape::Complex(complex) => Contents::of(definitions, complex).names(),
            _ => BTreeSet::new(),
        };
        let (old, new) = (names(self.old, old), names(self.new, new));
        old_name.local != new_name.local && !old.is_empty() && !new.is_empty() && old.is_disjoint(&new)
    }

    /// Messages name a type only where it stands for what it extends (`xsi:type`).
    fn type_name(&mut self, old: &'a TypeRef, new: &'a TypeRef, at: &At) {
        let (TypeRef::Named(old), TypeRef::Named(new)) = (old, new) else { return };
        if old.local == new.local && self.same_namespace(&old.namespace, &new.namespace) {
            return;
        }
        let is_named = !derived(self.old, old).is_empty() || !derived(self.new, new).is_empty();
        let (effect, rest) = match is_named {
            true => (Effect::Incompatible, "by which messages name it"),
            false => (Effect::Harmless, "which changes no message"),
        };
        let shown = |name: &QName, other: &QName| match name.local == other.local {
            true => name.to_string(),
            false => name.local.clone(),
        };
        let predicate = format!("has a type that is now called {} (was {}), {rest}", shown(new, old), shown(old, new));
        self.findings.report(at, "type name", effect, &predicate);
    }

    /// What is in a complex type is compared later, unless nothing in it is the same.
    fn wait(&mut self, old: &'a TypeRef, new: &'a TypeRef, at: &At) {
        let (Some(old_type), Some(new_type)) = (self.old.find(old), self.new.find(new)) else { return };
        self.docs(&old_type.docs, &new_type.docs, at);
        if !self.is_replaced(old, new) {
            self.waiting.push_back((old_type, new_type, at.clone()));
        }
        if let (TypeRef::Named(old), TypeRef::Named(new)) = (old, new) {
            self.derived_types(old, new, at);
        }
    }

    /// What may stand in the place of a type, as it extends it.
    fn derived_types(&mut self, old: &'a QName, new: &'a QName, at: &At) {
        let (old, new) = (derived(self.old, old), derived(self.new, new));
        for (name, old) in &old {
            match new.get(name) {
                Some(new) => self.types_of_names(old, new, at),
                None => {
                    let predicate = format!("may no longer be of the type {name}");
                    self.findings.report(at, &format!("removed type {name}"), Effect::Narrower, &predicate);
                }
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let predicate = format!("may now also be of the type {name}");
            self.findings.report(at, &format!("added type {name}"), Effect::Wider, &predicate);
        }
    }

    fn types_of_names(&mut self, old: &'a QName, new: &'a QName, at: &At) {
        if !self.seen.insert((Identity::Named(old), Identity::Named(new), at.direction())) {
            return;
        }
        let at = self.enter(old, new, at);
        if let (Some(old), Some(new)) = (self.old.types.get(old), self.new.types.get(new)) {
            self.waiting.push_back((old, new, at));
        }
    }

    /// The same type by name, or without one by all that it says.
    pub(super) fn same_reference(&self, old: &TypeRef, new: &TypeRef) -> bool {
        match (old, new) {
            (TypeRef::Named(old), TypeRef::Named(new)) => {
                old.local == new.local && self.same_namespace(&old.namespace, &new.namespace)
            }
            (old, new) => old == new,
        }
    }
}

fn identity(reference: &TypeRef) -> Identity<'_> {
    match reference {
        TypeRef::Builtin(name) => Identity::Builtin(name),
        TypeRef::Named(name) => Identity::Named(name),
        TypeRef::Anonymous(found) => Identity::Anonymous(std::ptr::from_ref::<Type>(found)),
    }
}

/// The complex types that extend this one, also by others between, by their local names.
fn derived<'a>(definitions: &'a Definitions, name: &QName) -> BTreeMap<&'a str, &'a QName> {
    let extends = |found: &Type| match &found.kind {
        TypeKind::Complex(complex) => {
            lineage(definitions, complex).iter().any(|level| level.base.as_ref() == Some(name))
        }
        TypeKind::Simple(_) => false,
    };
    let types = definitions.types.iter().filter(|(_, found)| extends(found));
    types.map(|(name, _)| (name.local.as_str(), name)).collect()
}
