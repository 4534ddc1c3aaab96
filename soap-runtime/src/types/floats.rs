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
