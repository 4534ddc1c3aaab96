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
    Decimal::from_str_exact(without_idle_zeros(text)).map_err(|_| {
        let max = Decimal::MAX;
        format!(
            "`{}` does not fit: at most 28 digits are kept, none is rounded off, and {max} is the largest",
            cut(text)
        )
    })
}

/// Whether `text` is a lexical form of `xs:decimal`.
fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !(whole.is_empty() && fraction.is_empty()) && are_digits(whole) && are_digits(fraction)
}

/// Zeros at the end of a long fraction say nothing, and must not count as digits.
fn without_idle_zeros(text: &str) -> &str {
    /// What fits whatever the digits are; up to here the zeros stay, for `1.50` prints as `1.50`.
    const FITS: usize = 28;
    if text.len() <= FITS || !text.contains('.') {
        return text;
    }
    match text.trim_end_matches('0').trim_end_matches('.') {
        "" | "+" | "-" => "0",
        shorter => shorter,
    }
}
