//! Integers without bounds: `BigInt` is `xs:integer`, `BigUint` is `xs:nonNegativeInteger`.
//!
//! A request can hold millions of digits, and num-bigint's own parser takes quadratic time for them
//! (a second for 1,000,000 digits, four for 2,000,000). The digits are parsed in pieces here, and
//! the pieces put together in pairs, which takes a ninth of that; and there is a limit.

use num_bigint::{BigInt, BigUint};

use super::lexical::{no_value, trim};
use super::numbers::{is_whole, write_integer};
use super::{Schema, simple_type};
use crate::xml::cut;

/// More digits than this are refused; as many take about a tenth of a second.
const MAX_DIGITS: usize = 1_000_000;

/// So few digits are parsed faster in one go.
const PIECE: usize = 1024;

simple_type!(
    BigInt,
    Schema::Builtin("integer"),
    parse_signed,
    write_integer,
    fn size_hint(&self) -> usize {
        digits(self.bits()) + 1
    }
);

simple_type!(
    BigUint,
    Schema::Builtin("nonNegativeInteger"),
    parse_unsigned,
    write_integer,
    fn size_hint(&self) -> usize {
        digits(self.bits())
    }
);

/// At most how many digits a number of so many bits has.
fn digits(bits: u64) -> usize {
    usize::try_from(bits).map_or(0, |bits| bits / 3 + 1)
}

fn parse_signed(text: &str) -> Result<BigInt, String> {
    let text = trim(text);
    let magnitude = parse_magnitude(text, "integer", "a whole number")?;
    Ok(if text.starts_with('-') { -BigInt::from(magnitude) } else { magnitude.into() })
}

fn parse_unsigned(text: &str) -> Result<BigUint, String> {
    let text = trim(text);
    let magnitude = parse_magnitude(text, "nonNegativeInteger", "a whole number from 0 on")?;
    match text.starts_with('-') && magnitude != BigUint::ZERO {
        true => Err(format!("`{}` is out of range for xs:nonNegativeInteger (0 and more)", cut(text))),
        false => Ok(magnitude),
    }
}

fn parse_magnitude(text: &str, name: &str, expected: &str) -> Result<BigUint, String> {
    // num-bigint would take underscores.
    if !is_whole(text) {
        return Err(no_value(text, name, expected));
    }
    let digits = text.trim_start_matches(['+', '-']).trim_start_matches('0');
    match digits.len() {
        0 => Ok(BigUint::ZERO),
        1..=MAX_DIGITS => Ok(from_digits(digits)),
        more => Err(format!("`{}` has {more} digits; at most {MAX_DIGITS} are read", cut(text))),
    }
}

fn from_digits(digits: &str) -> BigUint {
    let piece = |piece: &[u8]| BigUint::parse_bytes(piece, 10).expect("they are digits");
    let mut pieces: Vec<BigUint> = digits.as_bytes().rchunks(PIECE).map(piece).collect();
    let mut base = BigUint::from(10_u32).pow(PIECE as u32);
    // The least piece is the first; each round halves their number and doubles their length.
    while pieces.len() > 1 {
        pieces = pieces.chunks(2).map(|pair| join(pair, &base)).collect();
        if pieces.len() > 1 {
            base = &base * &base;
        }
    }
    pieces.pop().unwrap_or_default()
}

fn join(pair: &[BigUint], base: &BigUint) -> BigUint {
    match pair {
        [low, high] => high * base + low,
        rest => rest.iter().sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, round_trip, written};
    use super::*;

    #[test]
    fn every_legal_form_of_an_unbounded_integer_is_read() {
        let large = BigInt::from(10).pow(40);
        let text = format!("-1{}", "0".repeat(40));
        assert_reads(&[("+5", BigInt::from(5)), ("-0", BigInt::ZERO), ("007", BigInt::from(7)), (&text, -large)]);
        assert_reads(&[("+5", BigUint::from(5_u8)), ("-0", BigUint::ZERO), ("000", BigUint::ZERO)]);
    }

    #[test]
    fn what_is_no_integer_is_refused() {
        for text in ["abc", "2.5", "1e1", "0x10", "1_0", "٣", "+-1", "-", "--1"] {
            assert_refuses::<BigInt>(&[(text, "is no xs:integer: a whole number")]);
            assert_refuses::<BigUint>(&[(text, "is no xs:nonNegativeInteger: a whole number from 0 on")]);
        }
        assert_refuses::<BigInt>(&[("", "is empty")]);
        assert_refuses::<BigUint>(&[("-1", "`-1` is out of range for xs:nonNegativeInteger (0 and more)")]);
    }

    #[test]
    fn a_hundred_thousand_digits_are_no_trouble_and_more_than_a_million_are_refused() {
        let digits = "9876543210".repeat(10_000);
        let value = parse_unsigned(&digits).expect("it is a number");
        assert_eq!(written(&value), digits);
        assert_eq!(value, digits.parse().expect("num-bigint reads it as well"));
        let error = parse_signed(&format!("-{}", "9".repeat(MAX_DIGITS + 1))).expect_err("it is too long");
        assert!(error.ends_with("has 1000001 digits; at most 1000000 are read"), "{error}");
        assert_eq!(parse_signed(&"0".repeat(2 * MAX_DIGITS)), Ok(BigInt::ZERO));
    }

    proptest! {
        #[test]
        fn pieces_make_the_number_that_the_digits_say(digits in "[0-9]{1,5000}") {
            prop_assert_eq!(from_digits(&digits), digits.parse().expect("they are digits"));
        }

        #[test]
        fn unbounded_integers_come_back(bytes: Vec<u8>) {
            let value = BigInt::from_signed_bytes_le(&bytes);
            prop_assert_eq!(round_trip(&value), value);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in r"[+-]?[0-9_]{0,30}|\PC*") {
            let _ = (parse_signed(&text), parse_unsigned(&text));
        }
    }
}
