//! What is in types: of complex ones their text, their parts and attributes.

use std::collections::BTreeMap;

use super::content::Contents;
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::{At, Direction};
use super::{Differ, words};
use crate::wsdl::model::{Attribute, Complex, Facet, GroupKind, Simple, TypeKind, TypeRef};

impl<'a> Differ<'a> {
    /// Those that wait, and those that come to it.
    pub(super) fn compare_waiting(&mut self) {
        while let Some((old, new, at)) = self.waiting.pop_front() {
            match (&old.kind, &new.kind) {
                (TypeKind::Complex(old), TypeKind::Complex(new)) => self.complex(old, new, &at),
                (TypeKind::Simple(old), TypeKind::Simple(new)) => self.docs_of_values(old, new, &at),
                _ => {}
            }
        }
    }

    /// The values themselves were compared where the type is used.
    fn docs_of_values(&mut self, old: &Simple, new: &Simple, at: &At) {
        let docs = |facet: &'_ Facet| ((facet.name.clone(), facet.value.clone()), facet.docs.clone());
        let before: BTreeMap<_, _> = old.facets.iter().map(docs).collect();
        for (value, docs) in new.facets.iter().map(docs) {
            if let Some(before) = before.get(&value) {
                self.docs(before, &docs, at);
            }
        }
    }

    fn complex(&mut self, old: &'a Complex, new: &'a Complex, at: &At) {
        let (effect, predicate) = match (old.is_abstract, new.is_abstract) {
            (false, true) => (Effect::Narrower, "has to be of a type that extends its own now"),
            (true, false) => (Effect::Wider, "may now be of its own type, and not only of one that extends it"),
            _ => return self.contents(&Contents::of(self.old, old), &Contents::of(self.new, new), at),
        };
        self.findings.report(at, "abstract", effect, predicate);
        self.contents(&Contents::of(self.old, old), &Contents::of(self.new, new), at);
    }

    pub(super) fn contents(&mut self, old: &Contents<'a>, new: &Contents<'a>, at: &At) {
        self.text(old.text, new.text, at);
        let is_in_order = |contents: &Contents<'_>| !contents.any_order && contents.items.len() > 1;
        let effect = match (is_in_order(old), is_in_order(new)) {
            (true, false) if new.any_order => Some((Effect::Wider, "may now come in any order")),
            (false, true) if old.any_order => Some((Effect::Narrower, "may no longer come in any order")),
            _ => None,
        };
        if let Some((effect, predicate)) = effect {
            self.findings.say(at, "order", effect, format!("{} {predicate}", at.contents()));
        }
        let kind = if old.any_order || new.any_order { GroupKind::All } else { GroupKind::Sequence };
        self.items(&old.items, &new.items, kind, at);
        self.attributes(&old.attributes, &new.attributes, at);
        self.may_have(old.any_attribute, new.any_attribute, "any attributes", at);
        self.may_have(old.mixed, new.mixed, "text between its parts", at);
    }

    fn text(&mut self, old: Option<&'a TypeRef>, new: Option<&'a TypeRef>, at: &At) {
        let predicate = match (old, new) {
            (Some(old), Some(new)) => return self.types(old, new, at),
            (None, None) => return,
            (Some(text), None) => {
                format!("has no text of its own any more, and had {}", words::reference(self.old, text))
            }
            (None, Some(text)) => format!("has a text of its own now: {}", words::reference(self.new, text)),
        };
        self.findings.report(at, "text", Effect::Incompatible, &predicate);
    }

    fn may_have(&mut self, before: bool, now: bool, what: &str, at: &At) {
        match (before, now) {
            (false, true) => self.findings.report(at, what, Effect::Harmless, &format!("may now have {what}")),
            (true, false) => self.findings.report(at, what, Effect::Narrower, &format!("may no longer have {what}")),
            _ => {}
        }
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
}
