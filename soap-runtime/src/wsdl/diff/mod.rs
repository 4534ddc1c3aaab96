//! What changed between two WSDLs: a line for each point, and whether callers of the old one can go on.
//!
//! What a caller sends is compared in one direction, and what comes back in the other: a service may take
//! more than it did, and may answer with less. The rules are told in `docs/guide/lock.md`. Prefixes, layout and
//! the order of definitions say nothing; names of bindings and messages neither, for no caller sees them.

mod bounds;
mod complex;
mod content;
mod elements;
mod findings;
mod messages;
mod operations;
mod pairs;
mod place;
mod services;
mod space;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod words;

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;

pub(crate) use place::{Place, Way};

use super::model::{Definitions, QName, Type};
use findings::Findings;
use place::{At, Direction};

/// Whether those who call by the old WSDL can go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Judgement {
    /// Some of their calls fail, or mean something else.
    Breaking,
    Compatible,
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
        })
    }
}

/// One point in which two WSDLs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) judgement: Judgement,
    pub(crate) place: Place,
    /// What it is, in words that name the part: `the input count may no longer be left out`.
    pub(crate) sentence: String,
}

/// The service and the operation, and the sentence.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place.service)?;
        if let Some(operation) = &self.place.operation {
            write!(f, ".{operation}")?;
        }
        write!(f, ": {}", self.sentence)
    }
}

/// What `new` says otherwise than `old`: what is breaking first, and then in the order of the old document.
///
/// Where a service is called is not looked at, see [`addresses`].
pub(crate) fn diff(old: &Definitions, new: &Definitions) -> Vec<Change> {
    let mut differ = Differ::new(old, new);
    differ.definitions();
    let mut changes = differ.findings.into_changes();
    changes.sort_by_key(|change| change.judgement);
    changes
}

/// The ports that are called at another address now.
pub(crate) fn addresses(old: &Definitions, new: &Definitions) -> Vec<Change> {
    let mut changes = Vec::new();
    for (service, port) in old.ports() {
        let same = |(other, found): &(&super::model::Service, &super::model::Port)| {
            other.name.local == service.name.local && found.name == port.name
        };
        let Some((_, found)) = new.ports().find(same).filter(|(_, found)| found.address != port.address) else {
            continue;
        };
        let sentence = format!("the port {} is now at {} (was at {})", port.name, found.address, port.address);
        let place = At::service(&service.name.local).place;
        changes.push(Change { judgement: Judgement::Compatible, place, sentence });
    }
    changes
}

/// Both documents, and what was found so far.
struct Differ<'a> {
    old: &'a Definitions,
    new: &'a Definitions,
    findings: Findings,
    /// Types that were compared, or will be.
    seen: HashSet<(Identity<'a>, Identity<'a>, Direction)>,
    /// The numbers of pairs of types with names.
    pairs: HashMap<(&'a QName, &'a QName), usize>,
    /// Types with names wait here, so that a long chain of them is no deep recursion.
    waiting: VecDeque<(&'a Type, &'a Type, At)>,
}

/// Which type it is: types may hold themselves, also without names between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Identity<'a> {
    Builtin(&'a str),
    Named(&'a QName),
    Anonymous(*const Type),
}

impl<'a> Differ<'a> {
    fn new(old: &'a Definitions, new: &'a Definitions) -> Self {
        Self {
            old,
            new,
            findings: Findings::default(),
            seen: HashSet::new(),
            pairs: HashMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// Whether both namespaces are the same, or each is that of its document: that those differ is told once.
    fn same_namespace(&self, old: &str, new: &str) -> bool {
        old == new || (old == self.old.namespace && new == self.new.namespace)
    }
}
