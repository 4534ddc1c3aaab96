//! The types of XML Schema itself.

use super::model::{Known, Ty};

/// The Rust type of values of a built-in type, and what is to be said about it.
pub(super) fn of(name: &str) -> (Ty, Option<&'static str>) {
    let known = match name {
        "anyType" => Known::AnyXml,
        "boolean" => Known::Bool,
        "byte" => Known::Integer("i8"),
        "short" => Known::Integer("i16"),
        "int" => Known::Integer("i32"),
        "long" => Known::Integer("i64"),
        "unsignedByte" => Known::Integer("u8"),
        "unsignedShort" => Known::Integer("u16"),
        "unsignedInt" => Known::Integer("u32"),
        "unsignedLong" => Known::Integer("u64"),
        // Without bounds there; nobody counts further than this.
        "integer" | "nonPositiveInteger" | "negativeInteger" => Known::Integer("i128"),
        "nonNegativeInteger" | "positiveInteger" => Known::Integer("u128"),
        "float" => Known::Float("f32"),
        "double" => Known::Float("f64"),
        "decimal" if cfg!(feature = "decimal") => Known::Decimal,
        "decimal" => return (Ty::STRING, Some("A decimal number, as it is written.")),
        "dateTime" => Known::DateTime,
        "date" => Known::Date,
        "time" => Known::Time,
        "duration" => Known::Duration,
        "gYear" => Known::Gregorian("GYear"),
        "gYearMonth" => Known::Gregorian("GYearMonth"),
        "gMonth" => Known::Gregorian("GMonth"),
        "gMonthDay" => Known::Gregorian("GMonthDay"),
        "gDay" => Known::Gregorian("GDay"),
        "base64Binary" => Known::Bytes,
        "hexBinary" => Known::HexBinary,
        // Its prefix means something only where it stands.
        "QName" | "NOTATION" => return (Ty::ANY_XML, Some("Any XML: a name with a prefix has to keep its namespace.")),
        "NMTOKENS" | "IDREFS" | "ENTITIES" => return (Ty::STRING, Some("Words with spaces between them.")),
        // Texts, and URLs, which may be relative ones.
        _ => Known::String,
    };
    (Ty::Known(known), None)
}

/// The same for an attribute, which is one text whatever it means.
pub(super) fn of_attribute(ty: Ty) -> Ty {
    if ty == Ty::ANY_XML { Ty::STRING } else { ty }
}
