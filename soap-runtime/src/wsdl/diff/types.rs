//! Types, wherever they are used.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Contents, lineage};
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::{At, Direction};
use super::space::Space;
use super::{Differ, Identity, values, words};
use crate::wsdl::model::{Attribute, Complex, Definitions, GroupKind, QName, Type, TypeKind, TypeRef};

/// What a reference stands for.
enum Shape<'a> {
    Any,
    Simple(Space),
    Complex(&'a Complex),
}

impl<'a> Shape<'a> {
    fn of(definitions: &'a Definitions, reference: &'a TypeRef) -> Self {
        match (reference, definitions.find(reference).map(|found| &found.kind)) {
            (TypeRef::Builtin(name), _) if name == "anyType" => Self::Any,
            (_, Some(TypeKind::Complex(complex))) => Self::Complex(complex),
            _ => Self::Simple(Space::of(definitions, reference)),
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

    /// Those that wait, and those that come to it.
    pub(super) fn compare_waiting(&mut self) {
        while let Some((old, new, at)) = self.waiting.pop_front() {
            match (&old.kind, &new.kind) {
                (TypeKind::Complex(old), TypeKind::Complex(new)) => {
                    match (old.is_abstract, new.is_abstract) {
                        (false, true) => self.findings.report(
                            &at,
                            "abstract",
                            Effect::Narrower,
                            "may only be of a type that extends its type now",
                        ),
                        (true, false) => self.findings.report(
                            &at,
                            "abstract",
                            Effect::Wider,
                            "may now be of its type itself, which others extend",
                        ),
                        _ => {}
                    }
                    let (old, new) = (Contents::of(self.old, old), Contents::of(self.new, new));
                    self.contents(&old, &new, &at);
                }
                (TypeKind::Simple(old), TypeKind::Simple(new)) => {
                    let docs = |facets: &[crate::wsdl::model::Facet]| -> BTreeMap<String, String> {
                        facets.iter().map(|facet| (facet.value.clone(), facet.docs.clone())).collect()
                    };
                    let new = docs(&new.facets);
                    for (value, text) in docs(&old.facets) {
                        if let Some(other) = new.get(&value) {
                            self.docs(&text, other, &at);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    pub(super) fn contents(&mut self, old: &Contents<'a>, new: &Contents<'a>, at: &At) {
        match (old.text, new.text) {
            (Some(old), Some(new)) => self.types(old, new, at),
            (None, None) => {}
            (Some(text), None) => self.has_text(
                Effect::Incompatible,
                &format!("has no text of its own any more, and had {}", words::reference(self.old, text)),
                at,
            ),
            (None, Some(text)) => self.has_text(
                Effect::Incompatible,
                &format!("has a text of its own now: {}", words::reference(self.new, text)),
                at,
            ),
        }
        match (old.any_order, new.any_order) {
            (false, true) if old.items.len() > 1 => {
                let sentence = format!("{} may now come in any order", at.contents());
                self.findings.say(at, "order", Effect::Wider, sentence);
            }
            (true, false) if old.items.len() > 1 => {
                let sentence = format!("{} may no longer come in any order", at.contents());
                self.findings.say(at, "order", Effect::Narrower, sentence);
            }
            _ => {}
        }
        let kind = if old.any_order || new.any_order { GroupKind::All } else { GroupKind::Sequence };
        self.items(&old.items, &new.items, kind, at);
        self.attributes(&old.attributes, &new.attributes, at);
        for (old, new, what) in
            [(old.any_attribute, new.any_attribute, "any attributes"), (old.mixed, new.mixed, "text between its parts")]
        {
            match (old, new) {
                (false, true) => self.findings.report(at, what, Effect::Harmless, &format!("may now have {what}")),
                (true, false) => {
                    self.findings.report(at, what, Effect::Narrower, &format!("may no longer have {what}"));
                }
                _ => {}
            }
        }
    }

    fn has_text(&mut self, effect: Effect, predicate: &str, at: &At) {
        self.findings.report(at, "text", effect, predicate);
    }

    fn attributes(&mut self, old: &[&'a Attribute], new: &[&'a Attribute], at: &At) {
        let alike = |old: &&Attribute, new: &&Attribute| self.same_reference(&old.ty, &new.ty);
        let pairs = pair_up(old, new, Neighbours::Any, |attribute| &attribute.name.local, alike);
        for pair in pairs {
            match pair {
                Pair::Same(o, n) => self.attribute(old[o], new[n], at),
                Pair::Renamed(o, n) => {
                    let predicate = format!("is now called @{}", new[n].name.local);
                    let part = at.part(&format!("@{}", old[o].name.local));
                    self.findings.report(&part, "renamed", Effect::Incompatible, &predicate);
                    self.attribute(old[o], new[n], at);
                }
                Pair::Removed(o) => {
                    let at = at.part(&format!("@{}", old[o].name.local));
                    self.findings.report(&at, "removed", Effect::Incompatible, "is gone");
                }
                Pair::Added(n) => {
                    let at = at.part(&format!("@{}", new[n].name.local));
                    let (effect, predicate) = match (new[n].required, at.direction()) {
                        (_, Direction::Out) => (Effect::Harmless, "is new; callers that check strictly may refuse it"),
                        (true, Direction::In) => (Effect::Narrower, "is new, and may not be left out"),
                        (false, Direction::In) => (Effect::Harmless, "is new, and may be left out"),
                    };
                    self.findings.report(&at, "added", effect, predicate);
                }
            }
        }
    }

    fn attribute(&mut self, old: &'a Attribute, new: &'a Attribute, at: &At) {
        let at = at.part(&format!("@{}", old.name.local));
        self.docs(&old.docs, &new.docs, &at);
        if !self.same_namespace(&old.name.namespace, &new.name.namespace) {
            self.findings.namespace(&at, &at.subject(), &old.name.namespace, &new.name.namespace);
        }
        let occurs = |attribute: &Attribute| (u32::from(attribute.required), Some(1));
        self.occurs(occurs(old), occurs(new), &at, "");
        self.default(old.default.as_deref(), new.default.as_deref(), "left out", &at);
        self.types(&old.ty, &new.ty, &at);
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
