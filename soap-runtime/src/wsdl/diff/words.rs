//! What types are called, for people who do not read schemas.

use super::bounds::{Bound, Bounds, is_whole};
use super::content::Contents;
use super::space::{Kind, Space};
use crate::wsdl::model::{Definitions, TypeKind, TypeRef};

/// More of a list is only counted.
const MOST: usize = 8;
/// Longer bounds are harder to read than the name of their type.
const LONGEST_BOUND: usize = 11;

/// `a`, `b` and so on, of which only the first ones are told.
pub(super) fn list<'w>(words: impl IntoIterator<Item = &'w str>, last: &str) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.as_slice() {
        [] => "nothing".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., one] if words.len() <= MOST => format!("{}{last}{one}", first.join(", ")),
        words => format!("{} and {} more", words[..MOST - 1].join(", "), words.len() + 1 - MOST),
    }
}

pub(super) fn choice(values: &[String]) -> String {
    list(values.iter().map(|value| if value.is_empty() { "an empty text" } else { value }), " or ")
}

/// A value that consists of others.
pub(super) fn parts<'w>(names: impl IntoIterator<Item = &'w str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    match names.as_slice() {
        [] => "a value without parts".to_owned(),
        [one] => format!("a value with the part {one}"),
        names => format!("a value with the parts {}", list(names.iter().copied(), " and ")),
    }
}

/// Whatever it is.
pub(super) fn reference(definitions: &Definitions, reference: &TypeRef) -> String {
    match (reference, definitions.find(reference).map(|found| &found.kind)) {
        (TypeRef::Builtin(name), _) if name == "anyType" => "anything (xs:anyType)".to_owned(),
        (TypeRef::Named(name), Some(TypeKind::Complex(_))) => format!("a value of the type {}", name.local),
        (_, Some(TypeKind::Complex(complex))) => parts(Contents::of(definitions, complex).names()),
        _ => space(&Space::of(definitions, reference)),
    }
}

/// `a whole number from 0 to 255 (xs:unsignedByte)`.
pub(super) fn space(space: &Space) -> String {
    if let Some(values) = &space.values {
        return choice(values);
    }
    match &space.kind {
        Kind::List(item) => format!("a list of values, each {}", self::space(item)),
        Kind::Union(_) => {
            let members: Vec<_> = space.members().into_iter().map(self::space).collect();
            list(members.iter().map(String::as_str), " or ")
        }
        Kind::Atom(name) => format!("{}{} ({})", noun(name), range(&space.bounds), qualified(name)),
    }
}

/// Types that are not there are called as they stand.
fn qualified(name: &str) -> String {
    if name.starts_with('{') { name.to_owned() } else { format!("xs:{name}") }
}

fn range(bounds: &Bounds) -> String {
    let is_short = |bound: &Bound| bound.value.len() <= LONGEST_BOUND;
    let shown = |bound: &Option<Bound>| bound.clone().filter(is_short);
    match (shown(&bounds.low), shown(&bounds.high)) {
        (Some(low), Some(high)) if low.is_included && high.is_included => {
            format!(" from {} to {}", low.value, high.value)
        }
        (low, high) => {
            let low =
                low.map(|low| format!(" {} {}", if low.is_included { "of at least" } else { "above" }, low.value));
            let high =
                high.map(|high| format!(" {} {}", if high.is_included { "of at most" } else { "below" }, high.value));
            let and = if low.is_some() && high.is_some() { " and" } else { "" };
            format!("{}{and}{}", low.unwrap_or_default(), high.unwrap_or_default())
        }
    }
}

fn noun(name: &str) -> &'static str {
    match name {
        name if is_whole(name) => "a whole number",
        "string" => "a text",
        "normalizedString" => "a text on one line",
        "token" => "a text without surplus spaces",
        "anyURI" => "an address",
        "language" => "a language",
        "boolean" => "true or false",
        "decimal" => "a decimal number",
        "float" | "double" => "a number",
        "dateTime" | "dateTimeStamp" => "a date with time",
        "date" => "a date",
        "time" => "a time of day",
        "duration" | "dayTimeDuration" | "yearMonthDuration" => "a duration",
        "gYear" => "a year",
        "gYearMonth" => "a month of a year",
        "gMonth" => "a month",
        "gMonthDay" => "a day of a month",
        "gDay" => "a day",
        "base64Binary" => "bytes in base64",
        "hexBinary" => "bytes in hexadecimal",
        "anySimpleType" => "any text",
        "Name" | "NCName" | "QName" | "ID" | "IDREF" | "NMTOKEN" => "a name",
        _ => "a value",
    }
}

/// `at most 20 characters`.
pub(super) fn lengths(space: &Space) -> String {
    let (one, many) = match &space.kind {
        Kind::List(_) => ("item", "items"),
        Kind::Atom(name) if name == "base64Binary" || name == "hexBinary" => ("byte", "bytes"),
        _ => ("character", "characters"),
    };
    let count = |number: u64| format!("{number} {}", if number == 1 { one } else { many });
    match space.lengths {
        (None, None) => format!("any number of {many}"),
        (Some(low), None) => format!("at least {}", count(low)),
        (None, Some(high)) => format!("at most {}", count(high)),
        (Some(low), Some(high)) if low == high => format!("exactly {}", count(low)),
        (Some(low), Some(high)) => format!("{low} to {}", count(high)),
    }
}
