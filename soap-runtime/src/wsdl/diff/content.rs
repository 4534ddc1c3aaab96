//! What a message or a complex type consists of: elements in their order, choices, anything.

use std::collections::BTreeSet;

use super::Differ;
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::{At, Direction};
use super::words;
use crate::wsdl::model::{
    Attribute, Complex, Content, Definitions, Element, Group, GroupKind, Particle, QName, TypeKind, TypeRef,
};

/// All that an element of some complex type can hold, whether it has it from a base or not.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents<'a> {
    pub(super) items: Vec<Item<'a>>,
    /// Whether its items come in any order.
    pub(super) any_order: bool,
    pub(super) attributes: Vec<&'a Attribute>,
    pub(super) any_attribute: bool,
    pub(super) mixed: bool,
    /// Its text, if it has no elements.
    pub(super) text: Option<&'a TypeRef>,
}

/// One of a sequence, a choice, or a set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Item<'a> {
    Element(&'a Element),
    Group(&'a Group),
    Any(u32, Option<u32>),
}

impl<'a> Item<'a> {
    /// No element is called like the others.
    fn name(&self) -> &'a str {
        match self {
            Self::Element(element) => &element.name.local,
            Self::Group(group) => match group.kind {
                GroupKind::Sequence => "a sequence",
                GroupKind::Choice => "a choice",
                GroupKind::All => "a set",
            },
            Self::Any(..) => "any element",
        }
    }

    /// `any of other elements`, `the choice of a, b`; elements are called by their names.
    fn words(&self) -> String {
        match self {
            Self::Element(element) => element.name.local.clone(),
            Self::Group(group) => {
                let items = items_of(group);
                let names: Vec<_> = items.iter().map(Item::words).collect();
                let kind = if group.kind == GroupKind::Choice { "the choice of" } else { "the group of" };
                format!("{kind} {}", words::list(names.iter().map(String::as_str), ", "))
            }
            Self::Any(..) => "other elements".to_owned(),
        }
    }

    /// Of all elements in it.
    fn names(&self) -> Vec<&'a str> {
        match self {
            Self::Element(element) => vec![&element.name.local],
            Self::Group(group) => items_of(group).iter().flat_map(Item::names).collect(),
            Self::Any(..) => Vec::new(),
        }
    }

    /// Whether a message without it is refused.
    fn is_required(&self) -> bool {
        match self {
            Self::Element(element) => element.min > 0,
            Self::Any(min, _) => *min > 0,
            Self::Group(group) => {
                let items = items_of(group);
                let needed = match group.kind {
                    GroupKind::Choice => items.iter().all(Item::is_required),
                    _ => items.iter().any(Item::is_required),
                };
                group.min > 0 && needed
            }
        }
    }
}

impl<'a> Contents<'a> {
    pub(super) fn of_parts(parts: &'a [Element]) -> Self {
        Self { items: parts.iter().map(Item::Element).collect(), ..Self::default() }
    }

    /// Of its elements and attributes.
    pub(super) fn names(&self) -> BTreeSet<&'a str> {
        let elements = self.items.iter().flat_map(Item::names);
        elements.chain(self.attributes.iter().map(|attribute| attribute.name.local.as_str())).collect()
    }

    /// What it extends comes first.
    pub(super) fn of(definitions: &'a Definitions, complex: &'a Complex) -> Self {
        let mut contents = Self::default();
        for level in lineage(definitions, complex).into_iter().rev() {
            match &level.content {
                Content::Empty => {}
                Content::Text(text) => contents.text = Some(text),
                Content::Elements(group) if group.kind == GroupKind::All && is_once(group) => {
                    contents.any_order = true;
                    contents.items.extend(items_of(group));
                }
                Content::Elements(group) => push_group(&mut contents.items, group),
            }
            contents.attributes.extend(&level.attributes);
            contents.any_attribute |= level.any_attribute;
            contents.mixed |= level.mixed;
        }
        contents
    }
}

/// A type and what it extends, up to the first; circles are cut.
pub(super) fn lineage<'a>(definitions: &'a Definitions, complex: &'a Complex) -> Vec<&'a Complex> {
    let (mut lineage, mut names) = (vec![complex], Vec::<&QName>::new());
    let mut base = complex.base.as_ref();
    while let Some(name) = base.filter(|name| !names.contains(name)) {
        let Some(TypeKind::Complex(complex)) = definitions.types.get(name).map(|found| &found.kind) else { break };
        names.push(name);
        lineage.push(complex);
        base = complex.base.as_ref();
    }
    lineage
}

fn is_once(group: &Group) -> bool {
    (group.min, group.max) == (1, Some(1))
}

/// A sequence in a sequence is no other message than its elements alone.
fn push_group<'a>(items: &mut Vec<Item<'a>>, group: &'a Group) {
    if group.kind == GroupKind::Sequence && is_once(group) {
        items.extend(items_of(group));
    } else if !group.particles.is_empty() {
        items.push(Item::Group(group));
    }
}

fn items_of(group: &Group) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for particle in &group.particles {
        match particle {
            Particle::Element(element) => items.push(Item::Element(element)),
            Particle::Group(inner) if group.kind == GroupKind::Sequence => push_group(&mut items, inner),
            Particle::Group(inner) => items.push(Item::Group(inner)),
            Particle::Any { min, max } => items.push(Item::Any(*min, *max)),
        }
    }
    items
}

impl<'a> Differ<'a> {
    /// The elements; attributes are for [`Self::contents`].
    pub(super) fn items(&mut self, old: &[Item<'a>], new: &[Item<'a>], kind: GroupKind, at: &At) {
        let alike = |old: &Item<'_>, new: &Item<'_>| match (old, new) {
            (Item::Element(old), Item::Element(new)) => self.same_reference(&old.ty, &new.ty),
            _ => false,
        };
        let pairs = pair_up(old, new, Neighbours::Matter, |item| item.name(), alike);
        for pair in &pairs {
            match *pair {
                Pair::Same(o, n) => self.item(old[o], new[n], at),
                Pair::Renamed(o, n) => {
                    let predicate = format!("is now called {}", new[n].name());
                    self.findings.report(&at.part(old[o].name()), "renamed", Effect::Incompatible, &predicate);
                    self.item(old[o], new[n], at);
                }
                Pair::Removed(o) => self.removed(old[o], kind, at),
                Pair::Added(n) => self.added(new[n], kind, at),
            }
        }
        if kind == GroupKind::Sequence {
            self.order(old, new, &pairs, at);
        }
    }

    fn item(&mut self, old: Item<'a>, new: Item<'a>, at: &At) {
        match (old, new) {
            (Item::Element(old), Item::Element(new)) => self.element(old, new, &at.part(&old.name.local)),
            (Item::Group(group), Item::Group(other)) => {
                self.occurs((group.min, group.max), (other.min, other.max), at, &old.words());
                self.items(&items_of(group), &items_of(other), group.kind, at);
            }
            (Item::Any(min, max), Item::Any(new_min, new_max)) => {
                self.occurs((min, max), (new_min, new_max), at, &old.words());
            }
            // Items of one name are of one kind.
            _ => {}
        }
    }

    fn removed(&mut self, item: Item<'a>, kind: GroupKind, at: &At) {
        let (point, subject) = subject_of(item, at);
        let (effect, predicate) = match item {
            // Where they were welcome, others may still be skipped; where they came, none has to.
            Item::Any(..) => (Effect::Narrower, "may no longer be there"),
            _ if kind == GroupKind::Choice => (Effect::Narrower, "is no longer one of the alternatives"),
            _ => (Effect::Incompatible, "is gone"),
        };
        self.findings.say(&at_item(item, at), &format!("removed{point}"), effect, format!("{subject} {predicate}"));
    }

    fn added(&mut self, item: Item<'a>, kind: GroupKind, at: &At) {
        let (point, subject) = subject_of(item, at);
        let is_sent = at.direction() == Direction::In;
        let (effect, predicate) = match item {
            _ if kind == GroupKind::Choice => (Effect::Wider, "is a new alternative"),
            Item::Any(0, _) => (Effect::Harmless, "may now be there"),
            _ if !is_sent => (Effect::Harmless, "is new; callers that check strictly may refuse it"),
            _ if item.is_required() => (Effect::Narrower, "is new, and may not be left out"),
            _ => (Effect::Harmless, "is new, and may be left out"),
        };
        // A part of a type that is used both ways is judged by the worse one.
        self.findings.say(&at_item(item, at), &format!("added{point}"), effect, format!("{subject} {predicate}"));
    }

    /// What is in both comes in another order.
    fn order(&mut self, old: &[Item<'a>], new: &[Item<'a>], pairs: &[Pair], at: &At) {
        let mut both: Vec<(usize, usize)> = pairs.iter().filter_map(in_both).collect();
        if both.is_sorted_by_key(|&(_, new)| new) {
            return;
        }
        let before: Vec<String> = both.iter().map(|&(o, _)| old[o].words()).collect();
        both.sort_by_key(|&(_, new)| new);
        let after: Vec<String> = both.iter().map(|&(_, n)| new[n].words()).collect();
        let sentence = format!(
            "{} now come in the order {} (was {})",
            at.contents(),
            words::list(after.iter().map(String::as_str), ", "),
            words::list(before.iter().map(String::as_str), ", ")
        );
        self.findings.say(at, "order", Effect::Incompatible, sentence);
    }
}

/// Elements have a place of their own; what else there is lies in its container.
fn at_item(item: Item<'_>, at: &At) -> At {
    match item {
        Item::Element(element) => at.part(&element.name.local),
        Item::Group(_) | Item::Any(..) => at.clone(),
    }
}

/// What tells it from others at its place, and what it is called.
fn subject_of(item: Item<'_>, at: &At) -> (String, String) {
    match item {
        Item::Element(_) => (String::new(), at_item(item, at).subject()),
        Item::Group(_) | Item::Any(..) => {
            let words = item.words();
            (format!(" {words}"), format!("{words} in {}", at.contents()))
        }
    }
}

fn in_both(pair: &Pair) -> Option<(usize, usize)> {
    match *pair {
        Pair::Same(old, new) | Pair::Renamed(old, new) => Some((old, new)),
        Pair::Removed(_) | Pair::Added(_) => None,
    }
}
