//! How long a value is, and how many digits it has (XML Schema Part 2, §4.3.1 to §4.3.3, §4.3.11, §4.3.12).

use bytes::Bytes;
use url::Url;

use super::super::lexical::is_space;
use super::super::{HexBinary, Language, NormalizedString, SimpleType, Token};

/// Values that have a length.
#[diagnostic::on_unimplemented(
    message = "`length`, `min_length` and `max_length` cannot bound `{Self}`: its values have no length",
    label = "values without a length",
    note = "text, URLs and bytes have one; numbers have `min` and `max`, and their digits `total_digits`"
)]
pub trait Measured: SimpleType + Sync {
    /// What is counted.
    const UNIT: &'static str;

    /// How many there are in the value of `text`.
    fn length(text: &str) -> usize;
}

macro_rules! measured_in_characters {
    ($($type:ty,)*) => {$(
        impl Measured for $type {
            const UNIT: &'static str = "character";

            fn length(text: &str) -> usize {
                text.chars().count()
            }
        }
    )*};
}

measured_in_characters! { String, Url, NormalizedString, Token, Language, }

macro_rules! measured_in_bytes {
    ($($type:ty,)*) => {$(
        impl Measured for $type {
            const UNIT: &'static str = "byte";

            /// Four characters of base64 are three bytes; it need not be decoded for that.
            fn length(text: &str) -> usize {
                let digits = text.bytes().filter(|&byte| !is_space(byte) && byte != b'=').count();
                digits * 3 / 4
            }
        }
    )*};
}

measured_in_bytes! { Vec<u8>, Bytes, }

impl Measured for HexBinary {
    const UNIT: &'static str = "byte";

    fn length(text: &str) -> usize {
        text.len() / 2
    }
}

/// Numbers whose digits can be bounded.
#[diagnostic::on_unimplemented(
    message = "`total_digits` cannot bound `{Self}`: it has no digits of its own",
    label = "no decimal number",
    note = "integers and `Decimal` have digits; a float is none of decimal digits, and has `min` and `max`"
)]
pub trait Digits: SimpleType + Sync {}

/// Numbers that have digits behind the point.
#[diagnostic::on_unimplemented(
    message = "`fraction_digits` cannot bound `{Self}`: it has no digits behind a point",
    label = "no decimal number",
    note = "`Decimal` has them, with the feature `decimal`; a float is none of decimal digits"
)]
pub trait Decimals: Digits {}

macro_rules! digits {
    ($($type:ty,)*) => {$(
        impl Digits for $type {}
    )*};
}

digits! { i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, }

#[cfg(feature = "decimal")]
digits! { rust_decimal::Decimal, }

#[cfg(feature = "decimal")]
impl Decimals for rust_decimal::Decimal {}

#[cfg(feature = "num-bigint")]
digits! { num_bigint::BigInt, num_bigint::BigUint, }

/// How many digits a decimal number has, all of them and behind the point, without the zeros that say
/// nothing: `01.500` has two and one.
pub(super) fn count_digits(number: &str) -> (usize, usize) {
    let number = number.trim_start_matches(['+', '-']);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let total = match whole.is_empty() {
        // `0.05` is 5 · 10^-2: two digits, for a scale of two takes that many (§4.3.11).
        true => fraction.len(),
        false => whole.len() + fraction.len(),
    };
    (total.max(1), fraction.len())
}
