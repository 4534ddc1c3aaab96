//! Types by their names in XML Schema, for values whose type is only known when a WSDL is read.

use jiff::civil::{Date, DateTime, Time};

use super::facets::Pattern;
use super::{GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Language, SimpleType, WithOffset, binary};

/// Whether `text` is a value of the built-in type `name`; `None` for numbers, and for text that may be
/// anything.
pub(crate) fn is_value_of(name: &str, text: &str) -> Option<bool> {
    fn reads<T: SimpleType>(text: &str) -> Option<bool> {
        Some(T::parse(text).is_ok())
    }
    match name {
        "boolean" => reads::<bool>(text),
        "date" => reads::<WithOffset<Date>>(text),
        "time" => reads::<WithOffset<Time>>(text),
        "dateTime" => reads::<WithOffset<DateTime>>(text),
        "duration" => reads::<jiff::Span>(text),
        "gYear" => reads::<GYear>(text),
        "gYearMonth" => reads::<GYearMonth>(text),
        "gMonth" => reads::<GMonth>(text),
        "gMonthDay" => reads::<GMonthDay>(text),
        "gDay" => reads::<GDay>(text),
        "language" => reads::<Language>(text),
        "hexBinary" => reads::<HexBinary>(text),
        "base64Binary" => Some(binary::decode(text.into()).is_ok()),
        _ => None,
    }
}

/// Whether all of `text` matches `pattern` (XML Schema Part 2, Appendix F). One that cannot be understood
/// refuses nothing: whoever gets the text looks again.
pub(crate) fn matches_pattern(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).map_or(true, |pattern| pattern.matches(text))
}
