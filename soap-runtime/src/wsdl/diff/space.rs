//! Which texts are values of a simple type: all that its steps of derivation say, taken together.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{Bounds, is_whole};
use crate::wsdl::model::{Definitions, Facet, Simple, TypeKind, TypeRef, Variety};

/// The values of a simple type (XML Schema Part 2, §2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Space {
    pub(super) kind: Kind,
    /// Only these, in the order of the schema.
    pub(super) values: Option<Vec<String>>,
    /// All of them hold; each is one step of derivation.
    pub(super) patterns: BTreeSet<String>,
    pub(super) bounds: Bounds,
    /// `minLength` and `maxLength`.
    pub(super) lengths: (Option<u64>, Option<u64>),
    /// `totalDigits`.
    pub(super) digits: Option<u64>,
    pub(super) fraction_digits: Option<u64>,
    /// Facets of which only is known that they are there.
    pub(super) others: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A type of XML Schema itself, by its local name; or one that is not there, as it is called.
    Atom(String),
    List(Box<Space>),
    Union(Vec<Space>),
}

/// Steps of derivation that are looked at: more are a circle, or nothing that anybody has written.
const MOST_STEPS: usize = 1000;

impl Space {
    pub(super) fn of(definitions: &Definitions, reference: &TypeRef) -> Self {
        Steps { definitions, left: MOST_STEPS }.space(reference)
    }

    fn new(kind: Kind) -> Self {
        let bounds = match &kind {
            Kind::Atom(name) => Bounds::of(name),
            Kind::List(_) | Kind::Union(_) => Bounds::default(),
        };
        let (values, patterns, others) = (None, BTreeSet::new(), BTreeMap::new());
        Self { kind, values, patterns, bounds, lengths: (None, None), digits: None, fraction_digits: None, others }
    }

    /// The name of the type of XML Schema that it restricts.
    pub(super) fn atom(&self) -> Option<&str> {
        match &self.kind {
            Kind::Atom(name) => Some(name),
            Kind::List(_) | Kind::Union(_) => None,
        }
    }

    /// What its values are, if they may be one of several kinds.
    pub(super) fn members(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Union(members) => members.iter().flat_map(Self::members).collect(),
            Kind::Atom(_) | Kind::List(_) => vec![self],
        }
    }

    fn restrict(&mut self, facets: &[Facet]) {
        let is_whole = self.atom().is_some_and(is_whole);
        let of = |name: &'static str| facets.iter().filter(move |facet| facet.name == name).map(|facet| &facet.value);
        // A step leaves some of the values that there were, so the last one counts.
        let mut values: Vec<String> = Vec::new();
        of("enumeration").for_each(|value| {
            if !values.contains(value) {
                values.push(value.clone());
            }
        });
        if !values.is_empty() {
            self.values = Some(values);
        }
        // One of those of a step has to match (XML Schema Part 2, §4.3.4.3).
        let patterns: BTreeSet<&String> = of("pattern").collect();
        if !patterns.is_empty() {
            self.patterns.insert(patterns.into_iter().cloned().collect::<Vec<_>>().join("|"));
        }
        for facet in facets {
            self.restrict_by(facet, is_whole);
        }
    }

    fn restrict_by(&mut self, facet: &Facet, is_whole: bool) {
        let number = facet.value.trim().parse::<u64>().ok();
        match (facet.name.as_str(), number) {
            ("length", Some(number)) => self.lengths = (Some(number), Some(number)),
            ("minLength", Some(number)) => self.lengths.0 = Some(number),
            ("maxLength", Some(number)) => self.lengths.1 = Some(number),
            ("totalDigits", Some(number)) => self.digits = Some(number),
            ("fractionDigits", Some(number)) => self.fraction_digits = Some(number),
            ("enumeration" | "pattern", _) => {}
            (bound @ ("minInclusive" | "minExclusive" | "maxInclusive" | "maxExclusive"), _) => {
                self.bounds.tighten(bound, facet.value.trim(), is_whole);
            }
            (name, _) => {
                self.others.insert(name.to_owned(), facet.value.clone());
            }
        }
    }
}

/// On the way down to the types of XML Schema.
struct Steps<'a> {
    definitions: &'a Definitions,
    left: usize,
}

impl Steps<'_> {
    fn space(&mut self, reference: &TypeRef) -> Space {
        match reference {
            TypeRef::Builtin(name) => Space::new(Kind::Atom(name.clone())),
            reference => match self.definitions.find(reference).map(|found| &found.kind) {
                Some(TypeKind::Simple(simple)) if self.left > 0 => self.step(simple),
                _ => Space::new(Kind::Atom(name_of(reference))),
            },
        }
    }

    fn step(&mut self, simple: &Simple) -> Space {
        self.left -= 1;
        let mut space = match &simple.variety {
            Variety::Restriction(base) => self.space(base),
            Variety::List(item) => Space::new(Kind::List(Box::new(self.space(item)))),
            Variety::Union(members) => {
                Space::new(Kind::Union(members.iter().map(|member| self.space(member)).collect()))
            }
        };
        space.restrict(&simple.facets);
        space
    }
}

fn name_of(reference: &TypeRef) -> String {
    match reference {
        TypeRef::Builtin(name) => name.clone(),
        TypeRef::Named(name) => name.to_string(),
        TypeRef::Anonymous(_) => "anySimpleType".to_owned(),
    }
}
