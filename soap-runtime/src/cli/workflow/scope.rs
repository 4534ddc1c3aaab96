//! Which IDs have a value where, and what is known of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::xml::Position;

/// What is known of a value before there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Given on the command line, unless it is this.
    Input(Option<String>),
    /// The user's login.
    Token,
    /// What a service gives back: a type of XML Schema.
    Simple(String),
    /// The same with elements in it.
    Structure,
    /// The service is not known, and that was said.
    Unknown,
}

/// An ID, or rather what has it.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) at: Position,
    pub(super) kind: Kind,
}

/// The IDs at one place of the workflow.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    made: BTreeMap<String, Made>,
    /// Made in one branch of an `<if>` only.
    half: BTreeMap<String, Position>,
    /// May be made again: they had a value before the loop, and get another one in each round.
    carried: BTreeSet<String>,
}

impl Scope {
    pub(super) fn get(&self, id: &str) -> Option<&Made> {
        self.made.get(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.made.keys().map(String::as_str)
    }

    /// Where it was made in one branch only.
    pub(super) fn half(&self, id: &str) -> Option<Position> {
        self.half.get(id).copied()
    }

    /// Gives `id` a value.
    ///
    /// # Errors
    /// Where it has got one before.
    pub(super) fn make(&mut self, id: &str, made: Made) -> Result<(), Position> {
        let before = self.made.get(id).map(|made| made.at).or(self.half(id));
        if let Some(before) = before.filter(|_| !self.carried.remove(id)) {
            return Err(before);
        }
        self.made.insert(id.to_owned(), made);
        Ok(())
    }

    /// At the beginning of a loop.
    pub(super) fn in_loop(&self) -> Self {
        Self { carried: self.made.keys().cloned().collect(), ..self.clone() }
    }

    /// Behind the loop that began in `self` and ended in `inner`: it has run at least once.
    pub(super) fn after_loop(&self, inner: Self) -> Self {
        // Made again in the loop: that was the one time of a loop around it.
        let carried = self.carried.intersection(&inner.carried).cloned().collect();
        Self { carried, ..inner }
    }

    /// Behind an `<if>` whose branches ended so.
    pub(super) fn joined(then: &Self, otherwise: &Self) -> Self {
        let mut joined = Self {
            half: then.half.iter().chain(&otherwise.half).map(|(id, at)| (id.clone(), *at)).collect(),
            carried: then.carried.intersection(&otherwise.carried).cloned().collect(),
            made: BTreeMap::new(),
        };
        for (one, other) in [(then, otherwise), (otherwise, then)] {
            for (id, made) in &one.made {
                match other.made.get(id) {
                    Some(_) => joined.made.insert(id.clone(), made.clone()).map(|_| ()),
                    None => joined.half.insert(id.clone(), made.at).map(|_| ()),
                };
            }
        }
        joined
    }
}
