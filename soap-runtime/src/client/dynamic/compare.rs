//! The order of two numbers in their lexical forms, however many digits they have.

use std::cmp::Ordering;

/// A decimal number (XML Schema Part 2, §3.2.3).
struct Decimal<'t> {
    is_negative: bool,
    /// Without leading zeros.
    whole: &'t str,
    /// Without zeros at the end.
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (whole_trimmed, fraction_trimmed) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole_trimmed.is_empty() && fraction_trimmed.is_empty();
        (is_digits(whole) && is_digits(fraction) && whole.len() + fraction.len() > 0).then_some(Self {
            is_negative: is_negative && !is_zero,
            whole: whole_trimmed,
            fraction: fraction_trimmed,
        })
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let lengths = self.whole.len().cmp(&other.whole.len());
        lengths.then_with(|| self.whole.cmp(other.whole)).then_with(|| self.fraction.cmp(other.fraction))
    }
}

/// The order of two decimal numbers; `None` if one is none.
pub(super) fn decimals(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (Decimal::parse(a)?, Decimal::parse(b)?);
    Some(match (a.is_negative, b.is_negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => a.magnitude(&b),
        (true, true) => b.magnitude(&a),
    })
}

/// How many digits a decimal number has in all, and behind the point.
pub(super) fn digits(text: &str) -> Option<(usize, usize)> {
    let decimal = Decimal::parse(text)?;
    Some(((decimal.whole.len() + decimal.fraction.len()).max(1), decimal.fraction.len()))
}

/// Whether it is a decimal number.
pub(super) fn is_decimal(text: &str) -> bool {
    Decimal::parse(text).is_some()
}

/// A decimal number as JSON writes it, with all its digits.
pub(super) fn to_json(text: &str) -> Option<String> {
    Decimal::parse(text)?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some([sign, whole, point, fraction].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_length_have_an_order() {
        let ascending =
            ["-1e0", "-100000000000000000000000000001", "-2", "-1.5", "-1", "-0.5", "0", "0.05", "0.5", "1"];
        let ascending = &[&ascending[1..], &["1.50001", "9", "10", "18446744073709551616"]].concat();
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(decimals(a, b), Some(i.cmp(&j)), "{a} {b}");
            }
        }
        for (a, b) in [("+007", "7.00"), ("-0", "0"), (".5", "0.50"), ("1.", "1")] {
            assert_eq!(decimals(a, b), Some(Ordering::Equal), "{a} {b}");
        }
        for none in ["", ".", "-", "+-1", "1e3", "1,5", "INF", " 1"] {
            assert_eq!(decimals(none, "1"), None, "{none}");
        }
    }

    #[test]
    fn json_keeps_all_digits() {
        for (text, json) in [("+007", "7"), ("-.50", "-0.50"), ("1.", "1"), ("-0", "-0"), ("12.3400", "12.3400")] {
            assert_eq!(to_json(text).as_deref(), Some(json));
        }
        assert_eq!((digits("-0012.50"), digits("0.00"), digits("x")), (Some((3, 1)), Some((1, 0)), None));
    }
}
