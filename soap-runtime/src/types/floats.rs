//! `f32` is `xs:float`, `f64` is `xs:double` (XML Schema Part 2, §3.2.4 and §3.2.5).
//!
//! A number too large for the type becomes `INF` and one too small becomes 0, as XSD 1.1 says: its
//! value is the nearest that the type has. Values are written with as few digits as give the same
//! value back, `0.1` and not XSD's canonical `1.0E-1`, for people read them.

use super::lexical::{append, no_value, trim};
use super::{Schema, simple_type};
use crate::xml::Writer;

macro_rules! floats {
    ($($type:ident $name:literal,)*) => {$(
        simple_type!(
            $type,
            Schema::Builtin($name),
            |text: &str| match trim(text) {
                "INF" | "+INF" => Ok($type::INFINITY),
                "-INF" => Ok($type::NEG_INFINITY),
                "NaN" => Ok($type::NAN),
                // Rust's own parser takes `inf`, `infinity` and `nan` in any case as well.
                text if text.bytes().all(is_of_number) => {
                    text.parse().map_err(|_| no_value(text, $name, EXPECTED))
                }
                text => Err(no_value(text, $name, EXPECTED)),
            },
            |&value: &$type, writer: &mut Writer| match value {
                $type::INFINITY => writer.plain("INF"),
                $type::NEG_INFINITY => writer.plain("-INF"),
                value if value.is_nan() => writer.plain("NaN"),
                value => append(writer, format_args!("{value:?}")),
            }
        );
    )*};
}

floats! {
    f32 "float",
    f64 "double",
}

const EXPECTED: &str = "a number such as `2.5` or `1E-3`, `INF`, `-INF` or `NaN`";

fn is_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, assert_writes, read, round_trip};

    #[test]
    fn every_legal_form_of_a_float_is_read() {
        assert_reads(&[
            ("1E5", 1e5),
            ("1e5", 1e5),
            (".5", 0.5),
            ("5.", 5.0),
            ("5.E+1", 50.0),
            ("+1", 1.0),
            ("-1E-3", -0.001),
            ("007.50", 7.5),
            ("INF", f64::INFINITY),
            ("+INF", f64::INFINITY),
            ("-INF", f64::NEG_INFINITY),
            ("1e999", f64::INFINITY),
            ("-1e999", f64::NEG_INFINITY),
            ("1e-999", 0.0),
        ]);
        assert!(read::<f64>(" NaN ").is_ok_and(f64::is_nan));
        assert!(read::<f64>("-0").is_ok_and(|zero| zero == 0.0 && zero.is_sign_negative()));
        assert_reads(&[("1E38", 1e38_f32), ("1e39", f32::INFINITY), ("0.1", 0.1)]);
    }

    #[test]
    fn what_is_no_float_is_refused() {
        for text in
            ["inf", "infinity", "Infinity", "nan", "NAN", "-NaN", "0x1p3", ".", "e5", "1e", "1e5.0", "1_0", "1,5"]
        {
            assert_refuses::<f64>(&[(text, "is no xs:double: a number such as")]);
            assert_refuses::<f32>(&[(text, "is no xs:float: a number such as")]);
        }
        assert_refuses::<f64>(&[("", "is empty, and must be an xs:double")]);
    }

    #[test]
    fn floats_are_written_short_and_legal() {
        assert_writes(&[
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (5.0, "5.0"),
            (1e300, "1e300"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (f64::INFINITY, "INF"),
            (f64::NEG_INFINITY, "-INF"),
            (f64::NAN, "NaN"),
            (-f64::NAN, "NaN"),
        ]);
        assert_writes(&[(0.1_f32, "0.1"), (f32::MAX, "3.4028235e38"), (f32::NAN, "NaN")]);
    }

    proptest! {
        #[test]
        fn floats_come_back_bit_by_bit(double: f64, single: f32) {
            prop_assert_eq!(round_trip(&double).to_bits(), double.to_bits());
            prop_assert_eq!(round_trip(&single).to_bits(), single.to_bits());
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in r"[ +\-0-9.eEINFaNn]{0,30}|\PC*") {
            let _ = read::<f64>(&text);
            let _ = read::<f32>(&text);
        }
    }
}
