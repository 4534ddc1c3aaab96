//! Facets: what a value has to keep to beside its type, in the schema and when it is read or written
//! (XML Schema Part 2, §4.3).
//!
//! They are looked at on the text of a value, once its type took it. Words of a rule that is broken go
//! on from the name of the element: "is 101, and may be at most 100". What is wrong with the facets
//! themselves, a pattern that is none or bounds that leave nothing, stands among the published ones as
//! [`WRONG`], and is found before a service starts.

mod builder;
mod measure;
mod order;
mod pattern;
mod restrict;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::LazyLock;

use self::builder::FacetsOf;
#[cfg(feature = "cli")]
pub(super) use pattern::Pattern;
pub use restrict::{Restrict, RestrictItem};

use super::lexical::WhiteSpace;
use super::schema::Facet;
use crate::xml::Rules;

/// No facet of XML Schema: its value is what is wrong with the others.
pub(crate) const WRONG: &str = "wrong";

/// The rules for the values of one argument, field, or type.
///
/// `#[soap(min = 1, pattern = "…")]` makes them.
pub struct Facets {
    published: Vec<Facet>,
    checks: Vec<Check>,
    white_space: WhiteSpace,
    is_secret: bool,
}

type Check = Box<dyn Fn(&str) -> Result<(), Broken> + Send + Sync>;

/// A rule that a value breaks.
struct Broken {
    /// What it is.
    found: String,
    /// What it should be.
    wanted: String,
}

impl Facets {
    /// Rules for the values in `T`: its items, if it is a list.
    pub fn of<T: Restrict>(rules: impl FnOnce(FacetsOf<T::Value>) -> FacetsOf<T::Value>) -> Self {
        rules(FacetsOf::new(T::SECRET)).finish()
    }

    /// As the schema has them.
    pub fn published(&self) -> Vec<Facet> {
        self.published.clone()
    }

    /// Whether `text`, which is a lexical form of the type, keeps to them.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check(&self, text: &str) -> Result<(), String> {
        let text = self.white_space.of(text);
        let broken = self.checks.iter().find_map(|check| check(&text).err());
        match broken {
            None => Ok(()),
            Some(Broken { wanted, .. }) if self.is_secret => Err(wanted),
            Some(Broken { found, wanted }) => Err(format!("{found}, and {wanted}")),
        }
    }
}

impl Rules for Facets {
    fn check(&self, text: &str) -> Result<(), String> {
        Facets::check(self, text)
    }
}

impl Rules for LazyLock<Facets> {
    fn check(&self, text: &str) -> Result<(), String> {
        Facets::check(self, text)
    }
}

/// By what is published: there are no others.
impl PartialEq for Facets {
    fn eq(&self, other: &Self) -> bool {
        self.published == other.published
    }
}

impl Eq for Facets {}

impl fmt::Debug for Facets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.published).finish()
    }
}
