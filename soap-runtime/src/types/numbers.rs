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
    ($($type:ident $name:literal $schema:expr,)*) => {$(
        simple_type!(
            $type,
            $schema,
            |text: &str| parse_integer(text, $name, $type::MIN, $type::MAX),
            write_integer,
            fn size_hint(&self) -> usize {
                $type::BITS as usize / 3 + 2
            }
        );
    )*};
}

integers! {
    i8 "byte" Schema::Builtin("byte"),
    i16 "short" Schema::Builtin("short"),
    i32 "int" Schema::Builtin("int"),
    i64 "long" Schema::Builtin("long"),
    u16 "unsignedShort" Schema::Builtin("unsignedShort"),
    u32 "unsignedInt" Schema::Builtin("unsignedInt"),
    u64 "unsignedLong" Schema::Builtin("unsignedLong"),
    i128 "integer" bounded(i128::MIN, i128::MAX),
    u128 "integer" bounded(u128::MIN, u128::MAX),
}

fn bounded(min: impl Display, max: impl Display) -> Schema {
    Schema::Restricted("integer", vec![("minInclusive", min.to_string()), ("maxInclusive", max.to_string())])
}

/// What `FromStr` of the integers takes is just what XML Schema allows, but for `-0` of those
/// without a sign.
pub(super) fn parse_integer<T: FromStr + Display>(text: &str, name: &str, min: T, max: T) -> Result<T, String> {
    let text = trim(text);
    let zero = || text.strip_prefix('-').filter(|digits| digits.starts_with('0'))?.parse().ok();
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
