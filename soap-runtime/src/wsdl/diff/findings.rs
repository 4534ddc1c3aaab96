//! What was found: each point once, however often a type is used.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::place::{At, Direction, Place};
use super::{Change, Judgement};

/// What a change does to the values that can stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// More than before.
    Wider,
    /// Less than before.
    Narrower,
    /// Others than before, or under another name.
    Incompatible,
    /// No caller has to mind.
    Harmless,
}

impl Effect {
    /// A service may take more, and may answer with less.
    fn judge(self, direction: Direction) -> Judgement {
        match (self, direction) {
            (Self::Harmless, _) | (Self::Wider, Direction::In) | (Self::Narrower, Direction::Out) => {
                Judgement::Compatible
            }
            _ => Judgement::Breaking,
        }
    }

    /// Of two changes at once; `None` is none.
    pub(super) fn both(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (None, effect) | (effect, None) => effect,
            (Some(one), Some(other)) if one == other => Some(one),
            _ => Some(Self::Incompatible),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Findings {
    found: Vec<Finding>,
    by_key: HashMap<Key, usize>,
    /// Pairs of types with names; scopes have their numbers.
    pairs: Vec<Pair>,
    /// Namespaces that elements have moved from and to: the number of the finding.
    moved: HashMap<(String, String), usize>,
}

#[derive(Debug)]
struct Finding {
    change: Change,
    /// The pair of types that it lies in.
    pair: Option<usize>,
    /// In how many more places it is the same.
    more: BTreeSet<String>,
}

/// The same point: in a type with a name wherever that is used, elsewhere at its place.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    pair: Option<usize>,
    place: Place,
    point: String,
}

#[derive(Debug)]
struct Pair {
    name: String,
    /// Where it is used: in which other pair, and where there.
    uses: HashSet<(Option<usize>, Place)>,
}

impl Findings {
    /// That `point` has changed there, with a sentence that begins with the part.
    pub(super) fn report(&mut self, at: &At, point: &str, effect: Effect, predicate: &str) {
        self.say(at, point, effect, format!("{} {predicate}", at.subject()));
    }

    /// The same with a sentence of its own.
    pub(super) fn say(&mut self, at: &At, point: &str, effect: Effect, sentence: String) {
        let judgement = effect.judge(at.direction());
        let change = Change { judgement, place: at.place.clone(), sentence };
        let pair = at.scope.map(|scope| scope.pair);
        let key = Key { pair, place: place_in_scope(at), point: point.to_owned() };
        match self.by_key.get(&key) {
            // The worse one of two uses.
            Some(&known) if judgement < self.found[known].change.judgement => self.found[known].change = change,
            Some(_) => {}
            None => {
                self.by_key.insert(key, self.found.len());
                self.found.push(Finding { change, pair, more: BTreeSet::new() });
            }
        }
    }

    /// That an element is in another namespace, which most often is so of many.
    pub(super) fn namespace(&mut self, at: &At, subject: &str, old: &str, new: &str) {
        let key = (old.to_owned(), new.to_owned());
        let place = format!("{:?}", at.place);
        if let Some(&known) = self.moved.get(&key) {
            if format!("{:?}", self.found[known].change.place) != place {
                self.found[known].more.insert(place);
            }
            return;
        }
        let name = |namespace: &str| match namespace {
            "" => "in no namespace".to_owned(),
            namespace => format!("in the namespace {namespace}"),
        };
        self.moved.insert(key, self.found.len());
        let sentence = format!("{subject} is now {} (was {})", name(new), name(old));
        self.say(at, &format!("namespace {old} {new}"), Effect::Incompatible, sentence);
    }

    /// The number of a pair of types, which is used here.
    pub(super) fn use_pair(&mut self, at: &At, number: Option<usize>, name: &str) -> usize {
        let number = number.unwrap_or(self.pairs.len());
        if number == self.pairs.len() {
            self.pairs.push(Pair { name: name.to_owned(), uses: HashSet::new() });
        }
        self.pairs[number].uses.insert((at.scope.map(|scope| scope.pair), place_in_scope(at)));
        number
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        let shared: Vec<_> = (0..self.pairs.len()).map(|pair| self.is_shared(pair)).collect();
        let finish = |Finding { mut change, pair, more }: Finding| {
            match more.len() {
                0 => {}
                1 => change.sentence.push_str(", and one more element"),
                more => change.sentence.push_str(&format!(", and {more} more elements")),
            }
            if let Some(pair) = pair.filter(|&pair| shared[pair]) {
                change.sentence.push_str(&format!("; so it is wherever the type {} is used", self.pairs[pair].name));
            }
            change
        };
        self.found.into_iter().map(finish).collect()
    }

    /// Whether a type is used at several places, or in one that is.
    fn is_shared(&self, pair: usize) -> bool {
        let (mut seen, mut left) = (HashSet::from([pair]), vec![pair]);
        while let Some(pair) = left.pop() {
            let uses = &self.pairs[pair].uses;
            if uses.len() > 1 {
                return true;
            }
            left.extend(uses.iter().filter_map(|(outer, _)| *outer).filter(|&outer| seen.insert(outer)));
        }
        false
    }
}

fn place_in_scope(at: &At) -> Place {
    match at.scope {
        None => at.place.clone(),
        Some(_) => Place { path: at.local_path().to_vec(), ..Place::default() },
    }
}
