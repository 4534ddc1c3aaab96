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
        ..=MAX_DIGITS => Ok(from_digits(digits)),
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
