//! `bool` and the integers of fixed size.
//!
//! Each integer is the built-in type of its size; 128 bits have none, and are an `xs:integer` with
//! bounds. `u8` stands in `binary`, for a list of it is base64. All numbers of a form that XML
//! Schema Part 2 §3.3 allows are read: a sign, leading zeros and white space around them included.

use std::fmt::Display;
use std::str::FromStr;

use super::lexical::{append, no_value, trim};
use super::{Schema, simple_type};
use crate::xml::{Writer, cut};

simple_type!(bool, Schema::Builtin("boolean"), parse_bool, |&value: &bool, writer: &mut Writer| {
    writer.plain(if value { "true" } else { "false" });
});

fn parse_bool(text: &str) -> Result<bool, String> {
    match trim(text) {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(no_value(other, "boolean", "`true` or `false`, `1` or `0`")),
    }
}

macro_rules! integers {
    ($($type:ident $name:literal $schema:expr $(, $extra:item)?;)*) => {$(
        simple_type!(
            $type,
            $schema,
            |text: &str| parse_integer(text, $name, $type::MIN, $type::MAX),
            write_integer,
            fn size_hint(&self) -> usize {
                $type::BITS as usize / 3 + 2
            }
            $(, $extra)?
        );
    )*};
}

integers! {
    i8 "byte" Schema::Builtin("byte");
    i16 "short" Schema::Builtin("short");
    i32 "int" Schema::Builtin("int");
    i64 "long" Schema::Builtin("long");
    u16 "unsignedShort" Schema::Builtin("unsignedShort");
    u32 "unsignedInt" Schema::Builtin("unsignedInt");
    u64 "unsignedLong" Schema::Builtin("unsignedLong");
    i128 "integer" bounded(i128::MIN, i128::MAX), fn word() -> String { "Int128".to_owned() };
    u128 "integer" bounded(u128::MIN, u128::MAX), fn word() -> String { "UnsignedInt128".to_owned() };
}

fn bounded(min: impl Display, max: impl Display) -> Schema {
    Schema::restricted("integer", vec![("minInclusive", min.to_string()), ("maxInclusive", max.to_string())])
}

/// What `FromStr` of the integers takes is just what XML Schema allows, but for `-0` of those
/// without a sign.
pub(super) fn parse_integer<T: FromStr + Display>(text: &str, name: &str, min: T, max: T) -> Result<T, String> {
    let text = trim(text);
    let is_zero = |digits: &&str| digits.bytes().all(|byte| byte == b'0');
    let zero = || text.strip_prefix('-').filter(is_zero)?.parse().ok();
    match text.parse().ok().or_else(zero) {
        Some(value) => Ok(value),
        None if is_whole(text) => Err(format!("`{}` is out of range for xs:{name} ({min} to {max})", cut(text))),
        None => Err(no_value(text, name, format_args!("a whole number from {min} to {max}"))),
    }
}

pub(super) fn write_integer(value: &impl Display, writer: &mut Writer) {
    append(writer, format_args!("{value}"));
}

/// Whether `text` is a lexical form of `xs:integer`.
pub(super) fn is_whole(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::SoapType;
    use super::super::testing::{assert_reads, assert_refuses, assert_writes, read, round_trip};
    use super::*;

    #[test]
    fn booleans_are_four_words() {
        assert_reads(&[("true", true), ("1", true), ("false", false), ("0", false)]);
        let expected = "is no xs:boolean: `true` or `false`, `1` or `0`";
        assert_refuses::<bool>(&[("", "is empty"), ("TRUE", expected), ("yes", expected), ("01", expected)]);
        assert_writes(&[(true, "true"), (false, "false")]);
    }

    #[test]
    fn every_legal_form_of_an_integer_is_read() {
        assert_reads(&[("5", 5_i32), ("+5", 5), ("-5", -5), ("-0", 0), ("+0", 0), ("000000000000000007", 7)]);
        assert_reads(&[("5", 5_u32), ("+5", 5), ("-0", 0), ("-000", 0), ("+0", 0), ("4294967295", u32::MAX)]);
    }

    #[test]
    fn what_is_no_integer_is_refused_with_the_form_it_should_have() {
        let expected = "is no xs:unsignedInt: a whole number from 0 to 4294967295 (line 1, column ";
        for text in ["abc", "2.5", "1e1", "0x10", "1_0", "2.0", "٣", "5 5", "+", "-", "+-1", "−1", "1\u{A0}"] {
            assert_refuses::<u32>(&[(text, expected)]);
            assert_refuses::<i128>(&[(text, "is no xs:integer: a whole number from -17014118346046923173")]);
        }
        for text in ["", " ", "\n\t"] {
            assert_refuses::<u32>(&[(text, "`v`: is empty, and must be an xs:unsignedInt: a whole number from")]);
        }
    }

    #[test]
    fn a_number_below_zero_never_loses_its_sign() {
        for text in ["-014", "-01", "-00000000001"] {
            assert_refuses::<u8>(&[(text, "is out of range for xs:unsignedByte (0 to 255)")]);
            assert_refuses::<u128>(&[(text, "is out of range for xs:integer (0 to")]);
        }
        assert_reads(&[("-014", -14_i8), ("-00", 0)]);
    }

    #[test]
    fn long_texts_are_cut_in_messages() {
        let error = read::<u8>(&"9".repeat(1_000)).expect_err("it is no byte");
        assert!(error.contains(&format!("`{}…` is out of range", "9".repeat(60))), "{error}");
    }

    /// The bounds are read, the numbers next to them are not.
    fn assert_bounds<T: SoapType + Copy + Display + PartialEq + std::fmt::Debug>(
        [min, max]: [T; 2],
        [below, above]: [&str; 2],
        name: &str,
    ) {
        assert_reads(&[(min.to_string().as_str(), min), (max.to_string().as_str(), max)]);
        assert_eq!((round_trip(&min), round_trip(&max)), (min, max));
        for outside in [below, above] {
            assert_refuses::<T>(&[(
                outside,
                &format!("`v`: `{outside}` is out of range for xs:{name} ({min} to {max}) (line 1, column "),
            )]);
        }
    }

    #[test]
    fn an_integer_out_of_range_is_told_the_range() {
        assert_bounds([i8::MIN, i8::MAX], ["-129", "128"], "byte");
        assert_bounds([i16::MIN, i16::MAX], ["-32769", "32768"], "short");
        assert_bounds([i32::MIN, i32::MAX], ["-2147483649", "2147483648"], "int");
        assert_bounds([i64::MIN, i64::MAX], ["-9223372036854775809", "9223372036854775808"], "long");
        assert_bounds([u8::MIN, u8::MAX], ["-1", "256"], "unsignedByte");
        assert_bounds([u16::MIN, u16::MAX], ["-1", "70000"], "unsignedShort");
        assert_bounds([u32::MIN, u32::MAX], ["-1", "4294967296"], "unsignedInt");
        assert_bounds([u64::MIN, u64::MAX], ["-1", "18446744073709551616"], "unsignedLong");
        let [below, above] = ["-170141183460469231731687303715884105729", "170141183460469231731687303715884105728"];
        assert_bounds([i128::MIN, i128::MAX], [below, above], "integer");
        assert_bounds([u128::MIN, u128::MAX], ["-1", "340282366920938463463374607431768211456"], "integer");
    }

    #[test]
    fn integers_of_128_bits_publish_their_bounds() {
        let bounds = vec![("minInclusive", "0".to_owned()), ("maxInclusive", u128::MAX.to_string())];
        assert_eq!(u128::schema(), Schema::restricted("integer", bounds));
        assert_eq!(u32::schema(), Schema::Builtin("unsignedInt"));
        assert_eq!(i8::schema(), Schema::Builtin("byte"));
    }

    proptest! {
        #[test]
        fn integers_come_back(small: i8, medium: u32, large: i64, huge: i128, natural: u128) {
            prop_assert_eq!(round_trip(&small), small);
            prop_assert_eq!(round_trip(&medium), medium);
            prop_assert_eq!(round_trip(&large), large);
            prop_assert_eq!(round_trip(&huge), huge);
            prop_assert_eq!(round_trip(&natural), natural);
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in any::<String>(), number in r"[ +-]{0,2}[0-9_.eE]{0,45} ?") {
            for text in [&text, &number] {
                let _ = parse_bool(text);
                let signed = parse_integer(text, "int", i32::MIN, i32::MAX).map(i128::from);
                let unsigned = parse_integer(text, "unsignedInt", u32::MIN, u32::MAX).map(i128::from);
                let wide = parse_integer(text, "integer", i128::MIN, i128::MAX);
                // Where a narrow type has a value, the wide one has the same.
                for value in [signed, unsigned].into_iter().flatten() {
                    prop_assert_eq!(wide.as_ref(), Ok(&value));
                }
            }
        }
    }
}
