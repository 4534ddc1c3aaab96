//! `Decimal` is `xs:decimal`, exact (XML Schema Part 2, §3.2.3).
//!
//! It holds 28 digits; a number that has more is refused, never rounded. Written without trailing
//! zeros, as XSD 1.1 has it, and never with an exponent.

use rust_decimal::Decimal;

use super::lexical::{append, no_value, trim};
use super::{Schema, simple_type};
use crate::xml::{Writer, cut};

simple_type!(
    Decimal,
    Schema::Builtin("decimal"),
    parse_decimal,
    |value: &Decimal, writer: &mut Writer| append(writer, format_args!("{}", value.normalize())),
    fn size_hint(&self) -> usize {
        32
    }
);

fn parse_decimal(text: &str) -> Result<Decimal, String> {
    let text = trim(text);
    // rust_decimal would take underscores.
    if !is_decimal(text) {
        return Err(no_value(text, "decimal", "a number such as `2.50`, without an exponent"));
    }
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = without_idle_zeros(digits);
    // rust_decimal calls itself for each digit, and the stack has an end.
    let value = if digits.len() <= LONGEST { Decimal::from_str_exact(digits).ok() } else { None };
    let value = value.ok_or_else(|| {
        let max = Decimal::MAX;
        format!(
            "`{}` does not fit: at most 28 digits are kept, none is rounded off, and {max} is the largest",
            cut(text)
        )
    })?;
    Ok(if is_negative { -value } else { value })
}

/// No number that fits has more characters: 29 digits, a point, and 28 digits behind it.
const LONGEST: usize = 29 + 1 + 28;

/// Whether `text` is a lexical form of `xs:decimal`.
fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !(whole.is_empty() && fraction.is_empty()) && are_digits(whole) && are_digits(fraction)
}

/// Zeros in front of a long number and at the end of its fraction say nothing, and must not count as digits.
fn without_idle_zeros(digits: &str) -> &str {
    /// What fits whatever the digits are; up to here the zeros stay, for `1.50` prints as `1.50`.
    const FITS: usize = 28;
    if digits.len() <= FITS {
        return digits;
    }
    let digits = digits.trim_start_matches('0');
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    if digits.is_empty() { "0" } else { digits }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, assert_writes, round_trip};
    use super::*;

    #[test]
    fn every_legal_form_of_a_decimal_is_read() {
        let idle = [format!("1.5{}", "0".repeat(100)), "0".repeat(100), format!(".{}", "0".repeat(100))];
        let led = format!("-{}1.5", "0".repeat(100));
        assert_reads(&[
            ("2.50", Decimal::new(25, 1)),
            (".5", Decimal::new(5, 1)),
            ("5.", Decimal::new(5, 0)),
            ("+5", Decimal::new(5, 0)),
            ("-0", Decimal::ZERO),
            (&idle[0], Decimal::new(15, 1)),
            (&idle[1], Decimal::ZERO),
            (&idle[2], Decimal::ZERO),
            (&led, Decimal::new(-15, 1)),
            ("79228162514264337593543950335", Decimal::MAX),
        ]);
        assert!(parse_decimal("1.50").is_ok_and(|price| price.to_string() == "1.50"));
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [".", "-", "+.", "1e5", "1E5", "INF", "NaN", "1_0", "1,5", "٣", "1.2.3", "0x10", "--1"] {
            assert_refuses::<Decimal>(&[(text, "is no xs:decimal: a number such as")]);
        }
        assert_refuses::<Decimal>(&[("", "is empty, and must be an xs:decimal")]);
    }

    #[test]
    fn digits_that_do_not_fit_are_never_rounded_off() {
        for text in [
            "79228162514264337593543950336",
            "0.00000000000000000000000000001",
            "1.00000000000000000000000000001",
            "123456789012345.123456789012345",
        ] {
            assert_refuses::<Decimal>(&[(text, "does not fit: at most 28 digits are kept, none is rounded off")]);
        }
    }

    #[test]
    fn digits_without_end_do_no_harm() {
        let many = |digit: &str| digit.repeat(1_000_000);
        assert_reads(&[
            (&format!("-{}.5", many("0")), Decimal::new(-5, 1)),
            (&format!("+{}7", many("0")), Decimal::new(7, 0)),
            (&format!("{}.{}", many("0"), many("0")), Decimal::ZERO),
            (&format!("{}79228162514264337593543950335.{}", many("0"), many("0")), Decimal::MAX),
        ]);
        for text in [many("9"), format!("0.{}1", many("0")), format!("1.{}1", many("0"))] {
            assert_refuses::<Decimal>(&[(&text, "does not fit")]);
        }
    }

    #[test]
    fn decimals_are_written_without_idle_zeros_and_exponents() {
        assert_writes(&[
            (Decimal::new(150, 2), "1.5"),
            (Decimal::new(100, 0), "100"),
            (Decimal::new(0, 5), "0"),
            (-Decimal::ZERO, "0"),
            (Decimal::new(-1, 28), "-0.0000000000000000000000000001"),
            (Decimal::MIN, "-79228162514264337593543950335"),
        ]);
    }

    proptest! {
        #[test]
        fn decimals_come_back(mantissa in -(1_i128 << 96) + 1..1_i128 << 96, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            prop_assert_eq!(round_trip(&value), value);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in r"[+-]?[0-9]{0,40}\.?[0-9]{0,40}|\PC*") {
            let _ = parse_decimal(&text);
        }
    }
}
