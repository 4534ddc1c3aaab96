//! Elements: how often they may be there, whether they may be nil, their defaults.

use super::Differ;
use super::findings::Effect;
use super::place::At;
use crate::wsdl::model::Element;

/// `minOccurs` and `maxOccurs`.
pub(super) type Occurs = (u32, Option<u32>);

impl<'a> Differ<'a> {
    /// The same element in both, whatever it is called.
    pub(super) fn element(&mut self, old: &'a Element, new: &'a Element, at: &At) {
        self.docs(&old.docs, &new.docs, at);
        if !self.same_namespace(&old.name.namespace, &new.name.namespace) {
            self.findings.namespace(at, &at.subject(), &old.name.namespace, &new.name.namespace);
        }
        self.occurs((old.min, old.max), (new.min, new.max), at, "");
        match (old.nillable, new.nillable) {
            (false, true) => self.findings.report(at, "nil", Effect::Wider, "may now be nil, that is, without a value"),
            (true, false) => self.findings.report(at, "nil", Effect::Narrower, "may no longer be nil"),
            _ => {}
        }
        let when = if new.min == 0 { "left out" } else { "empty" };
        self.default(old.default.as_deref(), new.default.as_deref(), when, at);
        self.types(&old.ty, &new.ty, at);
    }

    /// Of an element, or of `what`, which stands at the same place.
    pub(super) fn occurs(&mut self, old: Occurs, new: Occurs, at: &At, what: &str) {
        let subject = if what.is_empty() { at.subject() } else { format!("{what} in {}", at.contents()) };
        for (point, change) in [("min", least(old.0, new.0)), ("max", most(old.1, new.1))] {
            if let Some((effect, predicate)) = change {
                self.findings.say(at, &format!("{point} {what}"), effect, format!("{subject} {predicate}"));
            }
        }
    }

    /// What stands for a value that is `when`: `left out` or `empty`. No message is refused for it.
    pub(super) fn default(&mut self, old: Option<&str>, new: Option<&str>, when: &str, at: &At) {
        let quoted = |value: &str| if value.is_empty() { "an empty text".to_owned() } else { value.to_owned() };
        let predicate = match (old, new) {
            (Some(old), Some(new)) if old != new => format!("is now {} when {when} (was {})", quoted(new), quoted(old)),
            (Some(old), None) => format!("no longer says that it is {} when {when}", quoted(old)),
            (None, Some(new)) => format!("says that it is {} when {when}", quoted(new)),
            _ => return,
        };
        self.findings.report(at, "default", Effect::Harmless, &predicate);
    }
}

fn least(old: u32, new: u32) -> Option<(Effect, String)> {
    let effect = if new > old { Effect::Narrower } else { Effect::Wider };
    let predicate = match (old, new) {
        _ if old == new => return None,
        (0, 1) => "may no longer be left out".to_owned(),
        (_, 0) => "may now be left out".to_owned(),
        (old, new) => format!("has to be there at least {} (was {})", times(new), times(old)),
    };
    Some((effect, predicate))
}

fn most(old: Option<u32>, new: Option<u32>) -> Option<(Effect, String)> {
    let is_more = |one: Option<u32>, than: Option<u32>| than.is_some_and(|than| one.is_none_or(|one| one > than));
    let limit = |max: Option<u32>| max.map_or_else(|| "any number of times".to_owned(), times);
    let predicate = match (old, new) {
        _ if old == new => return None,
        (_, Some(0)) => "may no longer be there at all".to_owned(),
        (_, Some(1)) if is_more(old, new) => format!("may now be there only once (was {})", limit(old)),
        (Some(1), None) => "may now be there more than once".to_owned(),
        (_, Some(_)) => format!("may now be there at most {} (was {})", limit(new), limit(old)),
        (_, None) => format!("may now be there {} (was at most {})", limit(new), limit(old)),
    };
    Some((if is_more(new, old) { Effect::Wider } else { Effect::Narrower }, predicate))
}

fn times(count: u32) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}
