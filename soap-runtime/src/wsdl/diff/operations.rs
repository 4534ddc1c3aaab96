//! Operations, and the rule of the platform that is about two of them.

use super::Differ;
use super::findings::Effect;
use super::pairs::{Neighbours, Pair, pair_up};
use super::place::{At, Way};
use crate::wsdl::model::{Element, FaultMessage, Message, Operation, Service};

/// What the workflow manager calls until a service is done.
const STATUS: &str = "getServiceStatus";
/// The output by which it is known that a service has to be asked.
const STATUS_PAGE: &str = "status_base64";

impl<'a> Differ<'a> {
    pub(super) fn operations(&mut self, old: &'a [Operation], new: &'a [Operation], at: &At) {
        let alike = |old: &Operation, new: &Operation| self.same_signature(old, new);
        let pairs = pair_up(old, new, Neighbours::Any, |operation| &operation.name, alike);
        for pair in pairs {
            match pair {
                Pair::Same(o, n) => self.operation(&old[o], &new[n], &at.operation(&old[o].name)),
                Pair::Renamed(o, n) => {
                    let at = at.operation(&old[o].name);
                    let sentence = format!("the operation is now called {}", new[n].name);
                    self.findings.say(&at, "renamed", Effect::Incompatible, sentence);
                    self.operation(&old[o], &new[n], &at);
                }
                Pair::Removed(o) => {
                    let at = at.operation(&old[o].name);
                    self.findings.say(&at, "removed", Effect::Incompatible, "the operation is gone".to_owned());
                }
                Pair::Added(n) => {
                    let at = at.operation(&new[n].name);
                    self.findings.say(&at, "added", Effect::Harmless, "the operation is new".to_owned());
                }
            }
        }
    }

    fn operation(&mut self, old: &'a Operation, new: &'a Operation, at: &At) {
        self.docs(&old.docs, &new.docs, at);
        self.action(old, new, at);
        self.support(old, new, at);
        let names = (old.name.as_str(), new.name.as_str());
        self.message(&old.input, &new.input, names, at, [Way::Input, Way::InputHeader]);
        match (&old.output, &new.output) {
            (Some(old), Some(new)) => self.message(old, new, names, at, [Way::Output, Way::OutputHeader]),
            (None, None) => {}
            (Some(_), None) => self.one_way(at, "it no longer answers: it is one-way now"),
            (None, Some(_)) => self.one_way(at, "it answers now: it was one-way"),
        }
        self.faults(&old.faults, &new.faults, at);
        self.compare_waiting();
    }

    fn one_way(&mut self, at: &At, sentence: &str) {
        self.findings.say(at, "one-way", Effect::Incompatible, sentence.to_owned());
    }

    /// An action that has changed with the namespace or with the operation's name is no news.
    fn action(&mut self, old: &Operation, new: &Operation, at: &At) {
        let moved = |action: &str| {
            let namespaces = (&self.old.namespace, &self.new.namespace);
            let rest = action.strip_prefix(namespaces.0.as_str());
            rest.map_or_else(|| action.to_owned(), |rest| format!("{}{rest}", namespaces.1))
        };
        let expected = match old.action.strip_suffix(old.name.as_str()) {
            Some(start) => format!("{}{}", moved(start), new.name),
            None => moved(&old.action),
        };
        if new.action != old.action && new.action != expected {
            let quoted = |action: &str| if action.is_empty() { "empty".to_owned() } else { action.to_owned() };
            let sentence = format!("its soapAction is now {} (was {})", quoted(&new.action), quoted(&old.action));
            self.findings.say(at, "action", Effect::Incompatible, sentence);
        }
    }

    /// How it is called is not known in full where it cannot be called from here.
    fn support(&mut self, old: &Operation, new: &Operation, at: &At) {
        let sentence = match (&old.unsupported, &new.unsupported) {
            (None, Some(reason)) => format!("it is called in another way now: {} {reason}", new.name),
            (Some(reason), None) => format!("it is called in another way now; before, {} {reason}", old.name),
            (Some(before), Some(reason)) if before != reason => {
                format!("it is called in another way now: {} {reason}; before, it {before}", new.name)
            }
            _ => return,
        };
        self.findings.say(at, "support", Effect::Incompatible, sentence);
    }

    /// Callers cannot count on the faults that are declared: others may come in any case.
    fn faults(&mut self, old: &'a [FaultMessage], new: &'a [FaultMessage], at: &At) {
        for pair in pair_up(old, new, Neighbours::Any, |fault| &fault.name, |_, _| false) {
            match pair {
                Pair::Same(o, n) | Pair::Renamed(o, n) => self.fault(&old[o], &new[n], at),
                Pair::Removed(o) => {
                    let at = at.message(Way::Fault(old[o].name.clone()));
                    let sentence = format!("it no longer declares the fault {}", old[o].name);
                    self.findings.say(&at, "removed", Effect::Harmless, sentence);
                }
                Pair::Added(n) => {
                    let at = at.message(Way::Fault(new[n].name.clone()));
                    self.findings.say(&at, "added", Effect::Harmless, format!("it declares the fault {}", new[n].name));
                }
            }
        }
    }

    fn fault(&mut self, old: &'a FaultMessage, new: &'a FaultMessage, at: &At) {
        let at = at.message(Way::Fault(old.name.clone()));
        self.docs(&old.docs, &new.docs, &at);
        match (&old.detail, &new.detail) {
            (Some(old), Some(new)) => {
                if old.name.local != new.name.local {
                    let predicate = format!("has the element {} now (had {})", new.name.local, old.name.local);
                    self.findings.report(&at, "detail", Effect::Incompatible, &predicate);
                }
                self.element(old, new, &at);
            }
            (None, None) => {}
            (Some(_), None) => self.findings.report(&at, "detail", Effect::Incompatible, "has no detail any more"),
            (None, Some(_)) => self.findings.report(&at, "detail", Effect::Harmless, "has a detail now"),
        }
    }

    /// Inputs and outputs are the same, whatever the operation is called.
    fn same_signature(&self, old: &Operation, new: &Operation) -> bool {
        let same = |old: &Element, new: &Element| {
            old.name.local == new.name.local && old.max == new.max && self.same_reference(&old.ty, &new.ty)
        };
        let same_parts = |old: &Message, new: &Message| {
            let (old, new) = (old.body.parts(), new.body.parts());
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| same(old, new))
        };
        let same_outputs = match (&old.output, &new.output) {
            (Some(old), Some(new)) => same_parts(old, new),
            (old, new) => old.is_none() && new.is_none(),
        };
        same_parts(&old.input, &new.input) && same_outputs
    }

    /// The workflow manager reads the outputs off the operation that starts, and takes their values from
    /// `getServiceStatus`: both have the same, in name and order.
    pub(super) fn same_outputs(&mut self, old: &Service, new: &Service, at: &At) {
        let (Some(old), Some(new)) = (old.ports.first(), new.ports.first()) else { return };
        let (Some(before), Some(status)) = (outputs(&old.operations, STATUS), outputs(&new.operations, STATUS)) else {
            return;
        };
        for start in &new.operations {
            let is_start = |outputs: &[&str]| outputs.first() == Some(&STATUS_PAGE) && start.name != STATUS;
            let Some(own) = outputs(&new.operations, &start.name).filter(|own| is_start(own)) else { continue };
            let was_kept = outputs(&old.operations, &start.name).as_ref() == Some(&before);
            if was_kept && own != status {
                let sentence = format!(
                    "its outputs ({}) are no longer those of {} ({}), which the workflow manager takes for granted",
                    status.join(", "),
                    start.name,
                    own.join(", ")
                );
                let point = format!("outputs of {}", start.name);
                self.findings.say(&at.operation(STATUS), &point, Effect::Incompatible, sentence);
            }
        }
    }
}

fn outputs<'o>(operations: &'o [Operation], name: &str) -> Option<Vec<&'o str>> {
    let operation = operations.iter().find(|operation| operation.name == name)?;
    let parts = operation.output.as_ref()?.body.parts();
    Some(parts.iter().map(|part| part.name.local.as_str()).collect())
}
