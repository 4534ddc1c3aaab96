//! Types whose values are one text: which texts they allow, and which JSON these are.

use std::cmp::Ordering;
use std::str::FromStr;

use serde_json::{Number, Value};

use super::compare;
use super::shape::MOST;
use crate::types::is_value_of;
use crate::wsdl::model::{Definitions, Facet, TypeKind, TypeRef, Variety};

/// A simple type with all that it restricts.
#[derive(Clone, Debug)]
pub(crate) struct Simple<'d> {
    pub(crate) kind: Kind<'d>,
    /// Of each step of derivation, the last one first.
    pub(crate) facets: Vec<&'d [Facet]>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind<'d> {
    /// One of XML Schema's own, by its name.
    Builtin(&'d str),
    List(Box<Simple<'d>>),
    Union(Vec<Simple<'d>>),
}

impl<'d> Simple<'d> {
    /// `None` for a type with elements, and for one that is missing.
    pub(crate) fn of(definitions: &'d Definitions, ty: &'d TypeRef) -> Option<Self> {
        Self::at(definitions, ty, 0)
    }

    fn at(definitions: &'d Definitions, mut ty: &'d TypeRef, level: usize) -> Option<Self> {
        let mut facets: Vec<&[Facet]> = Vec::new();
        for level in level..MOST {
            let kind = match ty {
                TypeRef::Builtin(name) if name == "anyType" => return None,
                TypeRef::Builtin(name) => Kind::Builtin(name),
                _ => {
                    let TypeKind::Simple(simple) = &definitions.find(ty)?.kind else { return None };
                    facets.push(&simple.facets);
                    match &simple.variety {
                        Variety::Restriction(base) => {
                            ty = base;
                            continue;
                        }
                        Variety::List(item) => Kind::List(Box::new(Self::at(definitions, item, level + 1)?)),
                        Variety::Union(members) => Kind::Union(
                            members.iter().filter_map(|member| Self::at(definitions, member, level + 1)).collect(),
                        ),
                    }
                }
            };
            return Some(Self { kind, facets });
        }
        None
    }

    /// The name of the built-in type, if it is no list and no union.
    pub(crate) fn builtin(&self) -> Option<&'d str> {
        match self.kind {
            Kind::Builtin(name) => Some(name),
            Kind::List(_) | Kind::Union(_) => None,
        }
    }

    /// The values of the facet `name`, of the last step of derivation that has it.
    pub(crate) fn facet(&self, name: &str) -> impl Iterator<Item = &'d Facet> + use<'d> {
        let has = |facets: &&[Facet]| facets.iter().any(|facet| facet.name == name);
        let facets = self.facets.iter().copied().find(has).unwrap_or_default();
        let name = name.to_owned();
        facets.iter().filter(move |facet| facet.name == name)
    }

    /// The words that it allows; none, if it allows others as well.
    pub(crate) fn words(&self) -> Vec<&'d Facet> {
        self.facet("enumeration").collect()
    }

    /// Whether white space around a value says nothing (XML Schema Part 2, §4.3.6).
    fn collapses(&self) -> bool {
        let own = self.facet("whiteSpace").next();
        match own {
            Some(facet) => facet.value == "collapse",
            None => {
                !matches!(self.kind, Kind::Builtin("string" | "normalizedString" | "anySimpleType") | Kind::Union(_))
            }
        }
    }

    /// The text of `value`, as it is sent; `None` if it is no such value.
    pub(super) fn text_of(&self, value: &Value) -> Option<String> {
        let text = match (&self.kind, value) {
            (Kind::List(item), Value::Array(items)) => {
                let texts: Option<Vec<_>> = items.iter().map(|value| item.text_of(value)).collect();
                texts?.join(" ")
            }
            (_, Value::String(text)) => text.clone(),
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::Bool(truth)) => truth.to_string(),
            (_, Value::Null | Value::Array(_) | Value::Object(_)) => return None,
        };
        let text = if self.collapses() { text.trim_matches(XML_SPACE).to_owned() } else { text };
        self.allows(&text).then_some(text)
    }

    fn allows(&self, text: &str) -> bool {
        let is_one = match &self.kind {
            Kind::Builtin(name) => is_value_of(name, text).unwrap_or_else(|| is_number(name, text)),
            Kind::List(item) => text.split_ascii_whitespace().all(|text| item.allows(text)),
            Kind::Union(members) => members.is_empty() || members.iter().any(|member| member.allows(text)),
        };
        is_one && self.facets.iter().all(|facets| self.keeps(facets, text))
    }

    /// Whether `text` keeps to the facets of one step. Those of a kind are alternatives: words, patterns.
    fn keeps(&self, facets: &[Facet], text: &str) -> bool {
        let all_of = |name: &str, keeps: &dyn Fn(&str) -> bool| {
            facets.iter().filter(|facet| facet.name == name).all(|facet| keeps(&facet.value))
        };
        let one_of = |name: &str, keeps: &dyn Fn(&str) -> bool| {
            let mut values = facets.iter().filter(|facet| facet.name == name).peekable();
            values.peek().is_none() || values.any(|facet| keeps(&facet.value))
        };
        let bound = |allowed: &'static [Ordering]| {
            move |bound: &str| self.order(text, bound).is_none_or(|order| allowed.contains(&order))
        };
        let length = self.length(text);
        let count = |is: fn(usize, usize) -> bool| {
            move |number: &str| number.parse().is_ok_and(|number| is(length.unwrap_or(number), number))
        };
        let digits = compare::digits(text).unwrap_or_default();
        one_of("enumeration", &|word| self.is_same(word, text))
            && one_of("pattern", &|pattern| crate::types::matches_pattern(pattern, text))
            && all_of("minInclusive", &bound(&[Ordering::Greater, Ordering::Equal]))
            && all_of("maxInclusive", &bound(&[Ordering::Less, Ordering::Equal]))
            && all_of("minExclusive", &bound(&[Ordering::Greater]))
            && all_of("maxExclusive", &bound(&[Ordering::Less]))
            && all_of("length", &count(|length, number| length == number))
            && all_of("minLength", &count(|length, number| length >= number))
            && all_of("maxLength", &count(|length, number| length <= number))
            && all_of("totalDigits", &|most| most.parse().is_ok_and(|most: usize| digits.0 <= most))
            && all_of("fractionDigits", &|most| most.parse().is_ok_and(|most: usize| digits.1 <= most))
    }

    fn is_same(&self, a: &str, b: &str) -> bool {
        a == b || (self.is_numeric() && self.order(a, b) == Some(Ordering::Equal))
    }

    /// `None` where there is none, or none that is known here: of dates, say.
    fn order(&self, a: &str, b: &str) -> Option<Ordering> {
        match self.builtin()? {
            "float" | "double" => float(a)?.partial_cmp(&float(b)?),
            _ => compare::decimals(a, b),
        }
    }

    /// In what its type counts; `None` for what has none.
    fn length(&self, text: &str) -> Option<usize> {
        let without_space = || text.bytes().filter(|byte| !byte.is_ascii_whitespace());
        Some(match &self.kind {
            Kind::List(_) => text.split_ascii_whitespace().count(),
            Kind::Union(_) => return None,
            Kind::Builtin("hexBinary") => without_space().count() / 2,
            Kind::Builtin("base64Binary") => without_space().filter(|&byte| byte != b'=').count() * 3 / 4,
            Kind::Builtin("QName" | "NOTATION") => return None,
            Kind::Builtin(_) => text.chars().count(),
        })
    }

    fn is_numeric(&self) -> bool {
        self.builtin().is_some_and(|name| bounds(name).is_some() || matches!(name, "decimal" | "float" | "double"))
    }

    /// The JSON that a text stands for. One that the type does not allow stays a string: services send
    /// words in place of numbers that there are none of yet.
    pub(super) fn value_of(&self, text: &str) -> Value {
        let trimmed = text.trim_matches(XML_SPACE);
        match &self.kind {
            Kind::List(item) => text.split_ascii_whitespace().map(|text| item.value_of(text)).collect(),
            Kind::Builtin("boolean") => match trimmed {
                "true" | "1" => true.into(),
                "false" | "0" => false.into(),
                _ => text.into(),
            },
            Kind::Builtin("float" | "double") => match float(trimmed).filter(|number| number.is_finite()) {
                Some(_) => float_json(trimmed).map_or_else(|| text.into(), Value::Number),
                None => text.into(),
            },
            Kind::Builtin(_) if self.is_numeric() => {
                let number = compare::to_json(trimmed).and_then(|json| Number::from_str(&json).ok());
                number.map_or_else(|| text.into(), Value::Number)
            }
            Kind::Builtin(_) if self.collapses() => trimmed.into(),
            Kind::Builtin(_) | Kind::Union(_) => text.into(),
        }
    }
}

const XML_SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// As it came, but for forms that JSON does not know.
fn float_json(text: &str) -> Option<Number> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    let mantissa = compare::to_json(mantissa)?;
    let json = exponent.map_or_else(|| mantissa.clone(), |exponent| format!("{mantissa}e{exponent}"));
    Number::from_str(&json).ok()
}

/// XML Schema Part 2, §3.2.4: Rust's own words for what is no number are others.
fn float(text: &str) -> Option<f64> {
    match text {
        "INF" => Some(f64::INFINITY),
        "-INF" => Some(f64::NEG_INFINITY),
        "NaN" => Some(f64::NAN),
        _ => text.parse().ok().filter(|_| !text.contains(['n', 'N', 'i', 'I'])),
    }
}

/// The least and the greatest value of a built-in integer type; `None` for what is no integer, an empty text
/// for no bound.
pub(super) fn bounds(builtin: &str) -> Option<(&'static str, &'static str)> {
    Some(match builtin {
        "integer" => ("", ""),
        "positiveInteger" => ("1", ""),
        "nonNegativeInteger" => ("0", ""),
        "negativeInteger" => ("", "-1"),
        "nonPositiveInteger" => ("", "0"),
        "byte" => ("-128", "127"),
        "short" => ("-32768", "32767"),
        "int" => ("-2147483648", "2147483647"),
        "long" => ("-9223372036854775808", "9223372036854775807"),
        "unsignedByte" => ("0", "255"),
        "unsignedShort" => ("0", "65535"),
        "unsignedInt" => ("0", "4294967295"),
        "unsignedLong" => ("0", "18446744073709551615"),
        _ => return None,
    })
}

/// Numbers of any length; whatever else is left is text.
fn is_number(builtin: &str, text: &str) -> bool {
    let Some((least, most)) = bounds(builtin) else {
        return match builtin {
            "decimal" => compare::is_decimal(text),
            "float" | "double" => float(text).is_some(),
            _ => true,
        };
    };
    let within = |bound: &str, allowed: Ordering| {
        bound.is_empty() || compare::decimals(text, bound).is_some_and(|order| order == allowed || order.is_eq())
    };
    compare::is_decimal(text) && !text.contains('.') && within(least, Ordering::Greater) && within(most, Ordering::Less)
}
