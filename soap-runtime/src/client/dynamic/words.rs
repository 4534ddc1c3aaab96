//! Types in words, for people who do not know XML Schema.

use super::simple::{Kind, Simple, bounds};
use crate::wsdl::model::{Definitions, Facet, TypeRef};

/// A type in words: `whole number from 0 to 4294967295`, `one of red|green`, or the name of a structure.
pub(crate) fn in_words(definitions: &Definitions, ty: &TypeRef) -> String {
    match Simple::of(definitions, ty) {
        Some(simple) => simple.in_words(),
        None => name_of(ty).unwrap_or("structure").to_owned(),
    }
}

/// The name of a structure, if it has one; `any XML` for what may be anything.
fn name_of(ty: &TypeRef) -> Option<&str> {
    match ty {
        TypeRef::Builtin(_) => Some("any XML"),
        TypeRef::Named(name) => Some(&name.local),
        TypeRef::Anonymous(_) => None,
    }
}

impl Simple<'_> {
    /// What a value is.
    pub(crate) fn in_words(&self) -> String {
        let words = self.words();
        if !words.is_empty() {
            return one_of(&words);
        }
        match &self.kind {
            Kind::List(item) => format!("list of: {}, with a space between them", item.in_words()),
            Kind::Union(members) => {
                let mut all: Vec<String> = members.iter().map(Simple::in_words).collect();
                all.dedup();
                if all.is_empty() { "text".to_owned() } else { all.join(", or ") }
            }
            Kind::Builtin(name) => self.with_facets(name),
        }
    }

    fn with_facets(&self, builtin: &str) -> String {
        let mut words = noun(builtin).to_owned();
        let value = |facet: &str| self.facet(facet).next().map(|facet| facet.value.as_str());
        words.push_str(&self.range(builtin));
        if let Some(length) = length(value("length"), value("minLength"), value("maxLength")) {
            let unit = if matches!(builtin, "hexBinary" | "base64Binary") { "bytes" } else { "characters" };
            let unit = if length.ends_with(" 1") || length == "1" { &unit[..unit.len() - 1] } else { unit };
            words.push_str(&format!(" of {length} {unit}"));
        }
        if let Some(digits) = value("fractionDigits").filter(|_| bounds(builtin).is_none()) {
            words.push_str(&format!(" with at most {digits} digits behind the point"));
        }
        if let Some(digits) = value("totalDigits") {
            words.push_str(&format!(" of at most {digits} digits"));
        }
        let patterns: Vec<_> = self.facet("pattern").map(|facet| facet.value.as_str()).collect();
        if !patterns.is_empty() {
            words.push_str(&format!(" that matches {}", patterns.join(" or ")));
        }
        words
    }

    /// ` from 1 to 9`, ` above 0`.
    fn range(&self, builtin: &str) -> String {
        let value = |facet: &str| self.facet(facet).next().map(|facet| facet.value.as_str());
        let own = bounds(builtin).unwrap_or_default();
        let some = |bound: &'static str| Some(bound).filter(|bound| !bound.is_empty());
        let (above, below) = (value("minExclusive"), value("maxExclusive"));
        let from = value("minInclusive").or(some(own.0).filter(|_| above.is_none()));
        let to = value("maxInclusive").or(some(own.1).filter(|_| below.is_none()));
        match (from, above, to, below) {
            (None, None, None, None) => String::new(),
            (Some(from), _, Some(to), _) => format!(" from {from} to {to}"),
            (Some(from), _, None, None) => format!(" from {from} on"),
            (None, None, Some(to), _) => format!(" up to {to}"),
            (Some(from), _, None, Some(below)) => format!(" from {from} on, below {below}"),
            (None, Some(above), Some(to), _) => format!(" above {above}, up to {to}"),
            (None, Some(above), None, Some(below)) => format!(" above {above}, below {below}"),
            (None, Some(above), None, None) => format!(" above {above}"),
            (None, None, None, Some(below)) => format!(" below {below}"),
        }
    }
}

/// `one of a|b|c`; of very many the first ones.
fn one_of(words: &[&Facet]) -> String {
    const MOST: usize = 12;
    let shown: Vec<_> = words.iter().take(MOST).map(|word| word.value.as_str()).collect();
    let more = words.len() - shown.len();
    let shown = shown.join("|");
    match (words.len(), more) {
        (1, _) => format!("always {shown}"),
        (_, 0) => format!("one of {shown}"),
        _ => format!("one of {shown} and {more} more"),
    }
}

fn length(exact: Option<&str>, least: Option<&str>, most: Option<&str>) -> Option<String> {
    match (exact, least, most) {
        (Some(exact), _, _) => Some(exact.to_owned()),
        (None, Some("0") | None, Some(most)) => Some(format!("at most {most}")),
        (None, Some(least), Some(most)) if least == most => Some(least.to_owned()),
        (None, Some(least), Some(most)) => Some(format!("{least} to {most}")),
        (None, Some("0") | None, None) => None,
        (None, Some(least), None) => Some(format!("at least {least}")),
    }
}

/// The built-in types (XML Schema Part 2, §3).
fn noun(builtin: &str) -> &'static str {
    match builtin {
        _ if bounds(builtin).is_some() => "whole number",
        "boolean" => "yes or no (true, false)",
        "decimal" => "decimal number",
        "float" | "double" => "number",
        "dateTime" => "date and time (2026-01-31T12:00:00Z)",
        "date" => "date (2026-01-31)",
        "time" => "time (12:00:00)",
        "duration" => "duration (PT1H30M)",
        "gYear" => "year (2026)",
        "gYearMonth" => "year and month (2026-01)",
        "gMonth" => "month (--01)",
        "gMonthDay" => "month and day (--01-31)",
        "gDay" => "day of a month (---31)",
        "base64Binary" => "bytes in base64",
        "hexBinary" => "bytes in hex",
        "anyURI" => "URL",
        "language" => "language (en-GB)",
        "QName" => "name with a prefix",
        "Name" | "NCName" | "ID" | "IDREF" | "ENTITY" | "NMTOKEN" => "name",
        "IDREFS" | "ENTITIES" | "NMTOKENS" => "names with a space between them",
        "normalizedString" => "text in one line",
        "token" => "words",
        _ => "text",
    }
}
