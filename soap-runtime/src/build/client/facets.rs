//! The facets of a simple type as keys of `#[soap(…)]`.

use super::docs::quoted;
use super::model::Known;
use crate::types;
use crate::wsdl::model::Facet;

/// Keys with Rust expressions for their values, and sentences for what there is no key for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facets {
    pub(super) keys: Vec<(&'static str, String)>,
    pub(super) sentences: Vec<String>,
}

impl Facets {
    /// Those of values of the type `known`.
    pub(super) fn of(facets: &[Facet], known: Known) -> Self {
        let mut found = Self::default();
        let patterns: Vec<&str> =
            facets.iter().filter(|facet| facet.name == "pattern").map(|facet| &*facet.value).collect();
        for facet in facets {
            // How white space is read is the business of the type.
            if matches!(facet.name.as_str(), "enumeration" | "pattern" | "whiteSpace") {
                continue;
            }
            match key_of(&facet.name).and_then(|key| Some((key, expression(key, facet.value.trim(), known)?))) {
                Some((key, value)) if found.takes(key) => found.keys.push((key, value)),
                _ => found.sentences.push(format!("Its {} is {}.", quoted(&facet.name), quoted(&facet.value))),
            }
        }
        found.add_pattern(&patterns, known);
        found
    }

    /// Patterns of one step of derivation are alternatives (XML Schema Part 2, §4.3.4.3).
    fn add_pattern(&mut self, patterns: &[&str], known: Known) {
        let joined = match patterns {
            [] => return,
            [one] => (*one).to_owned(),
            many => many.iter().map(|pattern| format!("({pattern})")).collect::<Vec<_>>().join("|"),
        };
        let tried = types::Facets::of::<String>(|facets| facets.pattern(&joined));
        let is_sound = tried.published().iter().all(|(name, _)| *name != types::WRONG);
        match is_sound && !matches!(known, Known::AnyXml | Known::Gregorian(_)) {
            true => self.keys.push(("pattern", format!("{joined:?}"))),
            false => self.sentences.push(format!("Its pattern is {}.", quoted(&joined))),
        }
    }

    /// Whether a key goes with those that there are: each once, one lower and one upper bound.
    fn takes(&self, key: &str) -> bool {
        const EITHER: [(&str, &str); 4] =
            [("min", "above"), ("max", "below"), ("length", "min_length"), ("length", "max_length")];
        let goes_with =
            |other: &str| key != other && !EITHER.contains(&(key, other)) && !EITHER.contains(&(other, key));
        self.keys.iter().all(|(other, _)| goes_with(other))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

fn key_of(facet: &str) -> Option<&'static str> {
    Some(match facet {
        "minInclusive" => "min",
        "maxInclusive" => "max",
        "minExclusive" => "above",
        "maxExclusive" => "below",
        "length" => "length",
        "minLength" => "min_length",
        "maxLength" => "max_length",
        "totalDigits" => "total_digits",
        "fractionDigits" => "fraction_digits",
        _ => return None,
    })
}

/// The value of a key, if it goes with the type.
fn expression(key: &str, value: &str, known: Known) -> Option<String> {
    match (key, known) {
        ("min" | "max" | "above" | "below", Known::Integer(ty)) => integer(value, ty),
        ("min" | "max" | "above" | "below", Known::Float(_)) => float(value),
        ("length" | "min_length" | "max_length", Known::String | Known::Bytes | Known::HexBinary)
        | ("total_digits", Known::Integer(_) | Known::Decimal)
        | ("fraction_digits", Known::Decimal) => Some(value.parse::<u32>().ok()?.to_string()),
        _ => None,
    }
}

/// As a literal of the type `ty`, if it is one of its values.
pub(super) fn integer(value: &str, ty: &str) -> Option<String> {
    let value = value.trim_start_matches('+');
    macro_rules! parsed {
        ($($type:ident)*) => {
            match ty {
                $(stringify!($type) => value.parse::<$type>().ok()?.to_string(),)*
                _ => return None,
            }
        };
    }
    Some(parsed!(i8 i16 i32 i64 i128 u8 u16 u32 u64 u128))
}

pub(super) fn float(value: &str) -> Option<String> {
    let value: f64 = value.parse().ok()?;
    value.is_finite().then(|| format!("{value:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(facets: &[(&str, &str)], known: Known) -> (Vec<(&'static str, String)>, Vec<String>) {
        let facet = |(name, value): &(&str, &str)| Facet {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            docs: String::new(),
        };
        let Facets { keys, sentences } = Facets::of(&facets.iter().map(facet).collect::<Vec<_>>(), known);
        (keys, sentences)
    }

    #[test]
    fn what_has_a_key_is_kept_and_the_rest_is_told() {
        let given =
            [("minInclusive", "+1"), ("minExclusive", "0"), ("maxInclusive", "99999"), ("whiteSpace", "collapse")];
        let (keys, sentences) = of(&given, Known::Integer("i16"));
        assert_eq!(keys, [("min", "1".to_owned())]);
        assert_eq!(sentences, ["Its `minExclusive` is `0`.", "Its `maxInclusive` is `99999`."]);
        let (keys, _) = of(&[("maxExclusive", "1e3")], Known::Float("f64"));
        assert_eq!(keys, [("below", "1000.0".to_owned())]);
        let (keys, sentences) = of(&[("minInclusive", "2024-01-01")], Known::Date);
        assert_eq!((keys.len(), sentences.len()), (0, 1));
    }

    #[test]
    fn patterns_of_one_step_are_alternatives_and_those_that_are_none_are_told() {
        let (keys, _) = of(&[("pattern", "a\\d"), ("pattern", "b")], Known::String);
        assert_eq!(keys, [("pattern", "\"(a\\\\d)|(b)\"".to_owned())]);
        let (keys, sentences) = of(&[("pattern", "a)")], Known::String);
        assert_eq!((keys.len(), sentences), (0, vec!["Its pattern is `a)`.".to_owned()]));
    }
}
