//! How the values of a simple type have changed.

use std::cmp::Ordering;

use super::bounds::{Bound, is_whole};
use super::findings::Effect;
use super::space::{Kind, Space};
use super::words;

/// One point, and what is said of the part.
#[derive(Debug)]
pub(super) struct ValueChange {
    pub(super) point: &'static str,
    pub(super) effect: Effect,
    pub(super) predicate: String,
}

fn change(point: &'static str, effect: Effect, predicate: String) -> ValueChange {
    ValueChange { point, effect, predicate }
}

pub(super) fn compare(old: &Space, new: &Space) -> Vec<ValueChange> {
    if old == new {
        return Vec::new();
    }
    let mut changes = Vec::new();
    if let Some(effect) = kind(old, new) {
        let predicate = format!("is now {}, and was {}", words::space(new), words::space(old));
        changes.push(change("type", effect, predicate));
        if effect == Effect::Incompatible {
            return changes;
        }
    }
    // The bounds of types of numbers are what these are.
    if changes.is_empty()
        && let Some(effect) = bounds(old, new)
    {
        let predicate = format!("is now {}, and was {}", words::space(new), words::space(old));
        changes.push(change("bounds", effect, predicate));
    }
    enumeration(old, new, &mut changes);
    lengths(old, new, &mut changes);
    patterns(old, new, &mut changes);
    for (point, before, now, what) in [
        ("digits", old.digits, new.digits, "digits"),
        ("fraction digits", old.fraction_digits, new.fraction_digits, "digits behind the point"),
    ] {
        if let Some(effect) = limit(before, now) {
            let most =
                |limit: Option<u64>| limit.map_or_else(|| "any number of".to_owned(), |most| format!("at most {most}"));
            changes.push(change(point, effect, format!("may now have {} {what} (was {})", most(now), most(before))));
        }
    }
    if old.others != new.others {
        let names: Vec<_> = old.others.iter().filter(|facet| new.others.get(facet.0) != Some(facet.1)).collect();
        let more = new.others.iter().filter(|facet| !old.others.contains_key(facet.0));
        let names: Vec<&str> = names.into_iter().chain(more).map(|(name, _)| name.as_str()).collect();
        let predicate = format!("has other rules now, by {}", words::list(names, " and "));
        changes.push(change("facets", Effect::Incompatible, predicate));
    }
    changes
}

/// By what the values are, with the bounds of numbers.
fn kind(old: &Space, new: &Space) -> Option<Effect> {
    match (&old.kind, &new.kind) {
        (Kind::Atom(one), Kind::Atom(other)) if one == other => None,
        (Kind::Atom(one), Kind::Atom(other)) => atoms(one, other, old, new),
        (Kind::List(one), Kind::List(other)) => items(one, other),
        (Kind::List(_), Kind::Atom(_)) | (Kind::Atom(_), Kind::List(_)) => Some(Effect::Incompatible),
        (Kind::Union(_), _) | (_, Kind::Union(_)) => members(&old.members(), &new.members()),
    }
}

fn items(old: &Space, new: &Space) -> Option<Effect> {
    compare(old, new).into_iter().fold(None, |effect, change| Effect::both(effect, Some(change.effect)))
}

fn members(old: &[&Space], new: &[&Space]) -> Option<Effect> {
    let all_in = |some: &[&Space], others: &[&Space]| some.iter().all(|one| others.contains(one));
    match (all_in(old, new), all_in(new, old)) {
        (true, true) => None,
        (true, false) => Some(Effect::Wider),
        (false, true) => Some(Effect::Narrower),
        (false, false) => Some(Effect::Incompatible),
    }
}

/// Two types of XML Schema, of different names.
fn atoms(old: &str, new: &str, old_space: &Space, new_space: &Space) -> Option<Effect> {
    if old == "anySimpleType" || new == "anySimpleType" {
        return Some(if old == "anySimpleType" { Effect::Narrower } else { Effect::Wider });
    }
    match (is_exact(old), is_exact(new)) {
        (true, true) => {
            let whole = match (is_whole(old), is_whole(new)) {
                (true, false) => Some(Effect::Wider),
                (false, true) => Some(Effect::Narrower),
                _ => None,
            };
            return Effect::both(whole, bounds(old_space, new_space));
        }
        (true, false) if fits(old, new) => return Some(Effect::Wider),
        (false, true) if fits(new, old) => return Some(Effect::Narrower),
        _ => {}
    }
    // The same texts, if all of them are named.
    if old_space.values.is_some() && new_space.values.is_some() && is_text(old) && is_text(new) {
        return None;
    }
    match (is_a(old, new), is_a(new, old)) {
        (true, _) => Some(Effect::Wider),
        (_, true) => Some(Effect::Narrower),
        _ => Some(Effect::Incompatible),
    }
}

fn is_exact(name: &str) -> bool {
    name == "decimal" || is_whole(name)
}

/// Whether a binary number holds each of these whole numbers exactly.
fn fits(whole: &str, binary: &str) -> bool {
    match binary {
        "double" => matches!(whole, "int" | "short" | "byte" | "unsignedInt" | "unsignedShort" | "unsignedByte"),
        "float" => matches!(whole, "short" | "byte" | "unsignedShort" | "unsignedByte"),
        _ => false,
    }
}

fn is_text(name: &str) -> bool {
    is_a(name, "string")
}

/// What each type restricts, where that is not told by bounds (XML Schema Part 2, §3); besides, an address is
/// a text to all tools, and every float is a double.
fn is_a(name: &str, base: &str) -> bool {
    const BASES: [(&str, &str); 17] = [
        ("normalizedString", "string"),
        ("token", "normalizedString"),
        ("language", "token"),
        ("NMTOKEN", "token"),
        ("Name", "token"),
        ("NCName", "Name"),
        ("ID", "NCName"),
        ("IDREF", "NCName"),
        ("ENTITY", "NCName"),
        ("anyURI", "string"),
        ("dateTimeStamp", "dateTime"),
        ("yearMonthDuration", "duration"),
        ("dayTimeDuration", "duration"),
        ("float", "double"),
        ("IDREFS", "string"),
        ("NMTOKENS", "string"),
        ("ENTITIES", "string"),
    ];
    let base_of = |name: &str| BASES.iter().find(|(derived, _)| *derived == name).map(|(_, base)| *base);
    std::iter::successors(Some(name), |name| base_of(name)).any(|one| one == base)
}

fn bounds(old: &Space, new: &Space) -> Option<Effect> {
    let low = side(old.bounds.low.as_ref(), new.bounds.low.as_ref(), true);
    let high = side(old.bounds.high.as_ref(), new.bounds.high.as_ref(), false);
    Effect::both(low, high)
}

fn side(old: Option<&Bound>, new: Option<&Bound>, is_low: bool) -> Option<Effect> {
    let (old, new) = match (old, new) {
        (None, None) => return None,
        (Some(_), None) => return Some(Effect::Wider),
        (None, Some(_)) => return Some(Effect::Narrower),
        (Some(old), Some(new)) => (old, new),
    };
    let order = new.order(old, is_low).map(|order| if is_low { order } else { order.reverse() });
    match order {
        Some(Ordering::Equal) => None,
        Some(Ordering::Less) => Some(Effect::Wider),
        Some(Ordering::Greater) => Some(Effect::Narrower),
        None => Some(Effect::Incompatible),
    }
}

fn enumeration(old: &Space, new: &Space, changes: &mut Vec<ValueChange>) {
    let (before, now) = match (&old.values, &new.values) {
        (None, None) => return,
        (None, Some(now)) => {
            let predicate = format!("may now only be {}", words::choice(now));
            return changes.push(change("values", Effect::Narrower, predicate));
        }
        (Some(before), None) => {
            let predicate = format!("is now {}, and was only {}", words::space(new), words::choice(before));
            return changes.push(change("values", Effect::Wider, predicate));
        }
        (Some(before), Some(now)) => (before, now),
    };
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|value| !others.contains(value)).cloned().collect()
    };
    let (gone, added) = (without(before, now), without(now, before));
    if !gone.is_empty() {
        changes.push(change("removed values", Effect::Narrower, format!("may no longer be {}", words::choice(&gone))));
    }
    if !added.is_empty() {
        changes.push(change("added values", Effect::Wider, format!("may now also be {}", words::choice(&added))));
    }
}

fn lengths(old: &Space, new: &Space, changes: &mut Vec<ValueChange>) {
    let least = limit(new.lengths.0, old.lengths.0).map(|effect| match (old.lengths.0, new.lengths.0) {
        // No least length is 0.
        (None, Some(_)) => Effect::Narrower,
        (Some(_), None) => Effect::Wider,
        _ => effect,
    });
    if let Some(effect) = Effect::both(least, limit(old.lengths.1, new.lengths.1)) {
        let predicate = format!("now has {} (had {})", words::lengths(new), words::lengths(old));
        changes.push(change("length", effect, predicate));
    }
}

/// Of a most; `None` is none.
fn limit(old: Option<u64>, new: Option<u64>) -> Option<Effect> {
    match (old, new) {
        _ if old == new => None,
        (None, _) => Some(Effect::Narrower),
        (_, None) => Some(Effect::Wider),
        (old, new) => Some(if new > old { Effect::Wider } else { Effect::Narrower }),
    }
}

/// Which texts two patterns have in common is not looked into.
fn patterns(old: &Space, new: &Space, changes: &mut Vec<ValueChange>) {
    let gone: Vec<&str> = old.patterns.difference(&new.patterns).map(String::as_str).collect();
    let added: Vec<&str> = new.patterns.difference(&old.patterns).map(String::as_str).collect();
    let (effect, predicate) = match (gone.is_empty(), added.is_empty()) {
        (true, true) => return,
        (true, false) => (Effect::Narrower, format!("now has to match the pattern {}", added.join(" and "))),
        (false, true) => (Effect::Wider, format!("no longer has to match the pattern {}", gone.join(" and "))),
        (false, false) => {
            let predicate =
                format!("now has to match the pattern {} (was {})", added.join(" and "), gone.join(" and "));
            (Effect::Incompatible, predicate)
        }
    };
    changes.push(change("pattern", effect, predicate));
}
