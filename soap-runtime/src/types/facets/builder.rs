//! Facets being put together, rule by rule.

use std::cmp::Ordering;

use super::super::SimpleType;
use super::super::lexical::{WhiteSpace, trim};
use super::super::schema::Facet;
use super::measure::{Decimals, Digits, Measured, count_digits};
use super::order::Ordered;
use super::pattern::Pattern;
use super::{Broken, Check, Facets, WRONG};
use crate::xml::{Writer, cut};

/// The rules for values of `V`, one after the other.
pub struct FacetsOf<V> {
    bounds: Vec<Bound<V>>,
    lengths: Vec<Count>,
    digits: Vec<Count>,
    patterns: Vec<Pattern>,
    checks: Vec<Check>,
    wrong: Option<String>,
    is_secret: bool,
}

/// A value that bounds others.
struct Bound<V> {
    facet: &'static str,
    value: V,
    /// In its lexical form.
    text: String,
    /// What the order of a value and this one may be.
    allowed: fn(Ordering) -> bool,
    order: fn(&V, &V) -> Option<Ordering>,
    words: &'static str,
}

/// A number that bounds how many there are of something.
struct Count {
    facet: &'static str,
    number: usize,
}

impl<V: SimpleType + Sync> FacetsOf<V> {
    pub(super) fn new(is_secret: bool) -> Self {
        Self {
            bounds: Vec::new(),
            lengths: Vec::new(),
            digits: Vec::new(),
            patterns: Vec::new(),
            checks: Vec::new(),
            wrong: None,
            is_secret,
        }
    }

    /// What the whole text has to match, in the dialect of XML Schema (Part 2, Appendix F). Of several
    /// one is enough (§4.3.4).
    #[must_use]
    pub fn pattern(mut self, pattern: &str) -> Self {
        match Pattern::new(pattern) {
            Ok(pattern) => self.patterns.push(pattern),
            Err(problem) => self.is_wrong(problem),
        }
        self
    }

    /// No message shows a value.
    #[must_use]
    pub fn secret(mut self) -> Self {
        self.is_secret = true;
        self
    }

    /// The first thing that is wrong is told.
    fn is_wrong(&mut self, problem: String) {
        self.wrong.get_or_insert(problem);
    }

    fn count(
        &mut self,
        facet: &'static str,
        number: usize,
        rule: impl Fn(&str) -> Result<(), Broken> + Send + Sync + 'static,
    ) -> Count {
        self.checks.push(Box::new(rule));
        Count { facet, number }
    }

    pub(super) fn finish(mut self) -> Facets {
        let wrong = self.wrong.take().or_else(|| contradiction(&self));
        let Self { bounds, lengths, digits, patterns, mut checks, is_secret, .. } = self;
        let of_bounds = bounds.iter().map(|bound| (bound.facet, bound.text.clone()));
        let of_counts = lengths.iter().chain(&digits).map(|count| (count.facet, count.number.to_string()));
        let of_patterns = patterns.iter().map(|pattern| ("pattern", pattern.source().to_owned()));
        let wrong = wrong.map(|problem| (WRONG, problem));
        let published: Vec<Facet> = of_bounds.chain(of_counts).chain(of_patterns).chain(wrong).collect();
        if !patterns.is_empty() {
            checks.push(Box::new(move |text| check_patterns(&patterns, text)));
        }
        if !bounds.is_empty() {
            checks.push(Box::new(move |text| check_bounds(&bounds, text)));
        }
        Facets { published, checks, white_space: WhiteSpace::in_type(&V::schema()), is_secret }
    }
}

impl<V: SimpleType + Sync> FacetsOf<V> {
    /// `minInclusive`.
    #[must_use]
    pub fn min(self, value: V) -> Self
    where
        V: Ordered,
    {
        self.bound("minInclusive", value, Ordering::is_ge, "must be at least")
    }

    /// `maxInclusive`.
    #[must_use]
    pub fn max(self, value: V) -> Self
    where
        V: Ordered,
    {
        self.bound("maxInclusive", value, Ordering::is_le, "may be at most")
    }

    /// `minExclusive`.
    #[must_use]
    pub fn above(self, value: V) -> Self
    where
        V: Ordered,
    {
        self.bound("minExclusive", value, Ordering::is_gt, "must be above")
    }

    /// `maxExclusive`.
    #[must_use]
    pub fn below(self, value: V) -> Self
    where
        V: Ordered,
    {
        self.bound("maxExclusive", value, Ordering::is_lt, "must be below")
    }

    fn bound(mut self, facet: &'static str, value: V, allowed: fn(Ordering) -> bool, words: &'static str) -> Self
    where
        V: Ordered,
    {
        let mut writer = Writer::with_capacity(value.size_hint());
        value.write(&mut writer);
        let text = writer.into_text();
        // Not a number, or a value that has no lexical form.
        if value.order(&value).is_none() || V::parse(&text).is_err() {
            self.is_wrong(format!("`{text}` bounds nothing"));
        }
        self.bounds.push(Bound { facet, value, text, allowed, order: V::order, words });
        self
    }
}

impl<V: SimpleType + Sync> FacetsOf<V> {
    /// So many characters, or bytes.
    #[must_use]
    pub fn length(self, length: usize) -> Self
    where
        V: Measured,
    {
        self.measured("length", length, |found, length| found == length, "must have")
    }

    /// At least so many.
    #[must_use]
    pub fn min_length(self, length: usize) -> Self
    where
        V: Measured,
    {
        self.measured("minLength", length, |found, length| found >= length, "must have at least")
    }

    /// At most so many.
    #[must_use]
    pub fn max_length(self, length: usize) -> Self
    where
        V: Measured,
    {
        self.measured("maxLength", length, |found, length| found <= length, "may have at most")
    }

    fn measured(
        mut self,
        facet: &'static str,
        length: usize,
        allowed: fn(usize, usize) -> bool,
        words: &'static str,
    ) -> Self
    where
        V: Measured,
    {
        let count = self.count(facet, length, move |text| {
            let found = V::length(text);
            if allowed(found, length) {
                return Ok(());
            }
            let found = match text.is_empty() {
                true => "is empty".to_owned(),
                false => format!("`{}` has {found}", cut(text)),
            };
            Err(Broken { found, wanted: format!("{words} {}", so_many(length, V::UNIT)) })
        });
        self.lengths.push(count);
        self
    }
}

impl<V: SimpleType + Sync> FacetsOf<V> {
    /// At most so many digits, zeros that say nothing not counted.
    #[must_use]
    pub fn total_digits(mut self, digits: usize) -> Self
    where
        V: Digits,
    {
        let count = self.count("totalDigits", digits, move |text| {
            check_digits(text, count_digits(text).0 <= digits, || so_many(digits, "digit"))
        });
        self.digits.push(count);
        self
    }
}

impl<V: SimpleType + Sync> FacetsOf<V> {
    /// At most so many digits behind the point, zeros at the end not counted.
    #[must_use]
    pub fn fraction_digits(mut self, digits: usize) -> Self
    where
        V: Decimals,
    {
        let count = self.count("fractionDigits", digits, move |text| {
            check_digits(text, count_digits(text).1 <= digits, || {
                format!("{} behind the point", so_many(digits, "digit"))
            })
        });
        self.digits.push(count);
        self
    }
}

fn check_digits(text: &str, are_few: bool, wanted: impl FnOnce() -> String) -> Result<(), Broken> {
    match are_few {
        true => Ok(()),
        false => Err(Broken { found: format!("is {}", cut(text)), wanted: format!("may have at most {}", wanted()) }),
    }
}

fn check_patterns(patterns: &[Pattern], text: &str) -> Result<(), Broken> {
    if patterns.iter().any(|pattern| pattern.matches(text)) {
        return Ok(());
    }
    let found = match text.is_empty() {
        true => "is empty".to_owned(),
        false => format!("is `{}`", cut(text)),
    };
    let sources: Vec<_> = patterns.iter().map(|pattern| format!("`{}`", cut(pattern.source()))).collect();
    Err(Broken { found, wanted: format!("must match the pattern {}", sources.join(" or ")) })
}

fn check_bounds<V: SimpleType>(bounds: &[Bound<V>], text: &str) -> Result<(), Broken> {
    // What is no value is told by its type, in better words.
    let Ok(value) = V::parse(text) else { return Ok(()) };
    let keeps_to = |bound: &&Bound<V>| (bound.order)(&value, &bound.value).is_some_and(bound.allowed);
    match bounds.iter().find(|bound| !keeps_to(bound)) {
        None => Ok(()),
        Some(Bound { text: bound, words, .. }) => {
            Err(Broken { found: format!("is {}", cut(trim(text))), wanted: format!("{words} {bound}") })
        }
    }
}

fn so_many(number: usize, unit: &str) -> String {
    match number {
        1 => format!("1 {unit}"),
        _ => format!("{number} {unit}s"),
    }
}

/// Facets that cannot be kept all at once, or that XML Schema does not let stand together.
fn contradiction<V>(facets: &FacetsOf<V>) -> Option<String> {
    let names = facets.bounds.iter().map(|bound| bound.facet);
    let counts = || facets.lengths.iter().chain(&facets.digits);
    let names: Vec<_> = names.chain(counts().map(|count| count.facet)).collect();
    if let Some((_, twice)) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
        return Some(format!("the facet `{twice}` is there twice"));
    }
    let together = [
        ("minInclusive", "minExclusive"),
        ("maxInclusive", "maxExclusive"),
        ("length", "minLength"),
        ("length", "maxLength"),
    ];
    if let Some((one, other)) = together.iter().find(|(one, other)| names.contains(one) && names.contains(other)) {
        return Some(format!("the facets `{one}` and `{other}` exclude each other"));
    }
    let number = |facet| counts().find(|count| count.facet == facet).map(|count| count.number);
    for (less, more) in [("minLength", "maxLength"), ("fractionDigits", "totalDigits")] {
        if let (Some(least), Some(most)) = (number(less), number(more))
            && least > most
        {
            return Some(format!("the facet `{less}` is {least}, and `{more}` only {most}"));
        }
    }
    if number("totalDigits") == Some(0) {
        return Some("the facet `totalDigits` is 0, and every number has a digit".to_owned());
    }
    nothing_between(&facets.bounds)
}

/// A lower bound above the upper one.
fn nothing_between<V>(bounds: &[Bound<V>]) -> Option<String> {
    let lower = bounds.iter().find(|bound| bound.facet.starts_with("min"))?;
    let upper = bounds.iter().find(|bound| bound.facet.starts_with("max"))?;
    let order = (lower.order)(&lower.value, &upper.value);
    let both_in = lower.facet == "minInclusive" && upper.facet == "maxInclusive";
    let leaves_some = order.is_none_or(|order| order.is_lt() || (both_in && order.is_eq()));
    (!leaves_some).then(|| {
        let [lower, upper] = [lower, upper].map(|bound| format!("`{}` {}", bound.facet, bound.text));
        format!("the facets {lower} and {upper} leave no value")
    })
}
