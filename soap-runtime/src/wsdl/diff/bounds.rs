//! How numbers are bounded, by their type and by facets.

use std::cmp::Ordering;

/// The smallest and the largest value; `None` where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) low: Option<Bound>,
    pub(super) high: Option<Bound>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) value: String,
    /// `minInclusive`, not `minExclusive`.
    pub(super) is_included: bool,
}

/// Names of the types of whole numbers, and what they hold (XML Schema Part 2, §3.3.13 to §3.3.25).
const WHOLE_NUMBERS: [(&str, Option<&str>, Option<&str>); 13] = [
    ("integer", None, None),
    ("nonPositiveInteger", None, Some("0")),
    ("negativeInteger", None, Some("-1")),
    ("nonNegativeInteger", Some("0"), None),
    ("positiveInteger", Some("1"), None),
    ("long", Some("-9223372036854775808"), Some("9223372036854775807")),
    ("int", Some("-2147483648"), Some("2147483647")),
    ("short", Some("-32768"), Some("32767")),
    ("byte", Some("-128"), Some("127")),
    ("unsignedLong", Some("0"), Some("18446744073709551615")),
    ("unsignedInt", Some("0"), Some("4294967295")),
    ("unsignedShort", Some("0"), Some("65535")),
    ("unsignedByte", Some("0"), Some("255")),
];

pub(super) fn is_whole(builtin: &str) -> bool {
    WHOLE_NUMBERS.iter().any(|(name, ..)| *name == builtin)
}

impl Bounds {
    /// Those of a type of XML Schema itself.
    pub(super) fn of(builtin: &str) -> Self {
        let found = WHOLE_NUMBERS.iter().find(|(name, ..)| *name == builtin);
        let bound = |value: &str| Bound { value: value.to_owned(), is_included: true };
        found.map_or_else(Self::default, |(_, low, high)| Self { low: low.map(bound), high: high.map(bound) })
    }

    /// With those of a facet, if it is one of them; bounds that are there are kept if they are tighter.
    pub(super) fn tighten(&mut self, facet: &str, value: &str, whole: bool) {
        let (is_low, is_included) = match facet {
            "minInclusive" => (true, true),
            "minExclusive" => (true, false),
            "maxInclusive" => (false, true),
            "maxExclusive" => (false, false),
            _ => return,
        };
        let bound = Bound { value: plain(value), is_included };
        let bound = if whole { bound.of_whole_numbers(is_low) } else { bound };
        let side = if is_low { &mut self.low } else { &mut self.high };
        let loosens = side.as_ref().is_some_and(|kept| {
            let inward = if is_low { Ordering::Greater } else { Ordering::Less };
            kept.order(&bound, is_low) == Some(inward)
        });
        if !loosens {
            *side = Some(bound);
        }
    }
}

impl Bound {
    /// `> 0` is `>= 1` there.
    fn of_whole_numbers(self, is_low: bool) -> Self {
        let step = if is_low { 1 } else { -1 };
        match self.value.parse::<i128>().ok().and_then(|value| value.checked_add(step)) {
            Some(next) if !self.is_included => Self { value: next.to_string(), is_included: true },
            _ => self,
        }
    }

    /// Which one comes first; `None` if that cannot be said.
    pub(super) fn order(&self, other: &Self, is_low: bool) -> Option<Ordering> {
        let order = order(&self.value, &other.value)?;
        let open = |bound: &Self| !bound.is_included;
        // Behind the same value begins what excludes it, and before it that ends.
        let tie = if is_low { open(self).cmp(&open(other)) } else { open(other).cmp(&open(self)) };
        Some(order.then(tie))
    }
}

/// Of two numbers in decimal; dates and the like are only known to be equal or not.
fn order(one: &str, other: &str) -> Option<Ordering> {
    if one == other {
        return Some(Ordering::Equal);
    }
    let (one, other) = (Decimal::parse(one)?, Decimal::parse(other)?);
    Some(match (one.is_negative, other.is_negative) {
        (false, false) => one.magnitude(&other),
        (true, true) => other.magnitude(&one),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    })
}

/// Without a plus sign and zeros that say nothing, if it is a decimal number.
fn plain(value: &str) -> String {
    match Decimal::parse(value) {
        None => value.to_owned(),
        Some(Decimal { is_negative, whole, fraction }) => {
            let sign = if is_negative { "-" } else { "" };
            let whole = if whole.is_empty() { "0" } else { whole };
            let point = if fraction.is_empty() { "" } else { "." };
            format!("{sign}{whole}{point}{fraction}")
        }
    }
}

/// `xs:decimal`, of any length: no machine number loses a digit of it.
struct Decimal<'v> {
    is_negative: bool,
    whole: &'v str,
    fraction: &'v str,
}

impl<'v> Decimal<'v> {
    fn parse(value: &'v str) -> Option<Self> {
        let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self { is_negative: value.starts_with('-') && !is_zero, whole, fraction })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let length = self.whole.len().cmp(&other.whole.len());
        length.then_with(|| self.whole.cmp(other.whole)).then_with(|| self.fraction.cmp(other.fraction))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_have_an_order() {
        let cases = [
            ("1", "2", Some(Ordering::Less)),
            ("10", "9", Some(Ordering::Greater)),
            ("-10", "-9", Some(Ordering::Less)),
            ("-0.0", "+0", Some(Ordering::Equal)),
            ("0.50", ".5", Some(Ordering::Equal)),
            ("0.45", "0.5", Some(Ordering::Less)),
            ("99999999999999999999999999999999999999999", "1", Some(Ordering::Greater)),
            ("INF", "1", None),
            ("2020-01-01", "2021-01-01", None),
        ];
        for (one, other, expected) in cases {
            assert_eq!(order(one, other), expected, "{one} {other}");
            assert_eq!(order(other, one), expected.map(Ordering::reverse), "{other} {one}");
        }
    }

    #[test]
    fn the_tighter_bound_counts() {
        let mut bounds = Bounds::of("unsignedByte");
        bounds.tighten("minExclusive", "9", true);
        bounds.tighten("minInclusive", "3", true);
        bounds.tighten("maxInclusive", "1000", true);
        let bound = |value: &str| Some(Bound { value: value.to_owned(), is_included: true });
        assert_eq!(bounds, Bounds { low: bound("10"), high: bound("255") });
    }
}
