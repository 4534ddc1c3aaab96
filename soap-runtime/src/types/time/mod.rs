//! Dates and times, with jiff's types (XML Schema Part 2, §3.2.7 to §3.2.9).
//!
//! | Rust | XSD | time zone |
//! | --- | --- | --- |
//! | `jiff::civil::Date` | `xs:date` | none; one that came is an error |
//! | `jiff::civil::Time` | `xs:time` | none; one that came is an error |
//! | `jiff::civil::DateTime` | `xs:dateTime` | none; one that came is an error |
//! | `jiff::Timestamp` | `xs:dateTime` | has to be there; written as `Z` |
//! | `jiff::ZonedDateTime` | `xs:dateTime` | has to be there; kept as an offset |
//! | [`GYear`], [`GYearMonth`], [`GMonth`], [`GMonthDay`], [`GDay`] | `xs:gYear`, … | none; one that came is an error |
//! | [`WithOffset`] of a civil type | as the civil type | kept, if there is one |
//!
//! A zone is never dropped and never guessed. What has more digits than nanoseconds is cut off after
//! them, as no clock means more; `24:00:00` is the start of the next day; years go from -9999 to
//! 9999, and there is no year 0000: XSD 1.0 has none, and for 1.1 it is 1 BC, which 1.0 calls -0001.

mod gregorian;
mod lexical;
mod offset;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ZonedDateTime};

use self::lexical::{Civil, is_expressible, parse_civil, write_offset};
use super::{Schema, simple_type};
use crate::xml::{Writer, cut};

pub use gregorian::{GDay, GMonth, GMonthDay, GYear, GYearMonth};
pub(super) use lexical::{nanoseconds, write_fraction};
pub use offset::WithOffset;

macro_rules! civil {
    ($($type:ty,)*) => {$(
        simple_type!($type, Schema::Builtin(<$type>::NAME), parse_local::<$type>, <$type>::print);
        simple_type!(
            WithOffset<$type>,
            Schema::Builtin(<$type>::NAME),
            |text: &str| parse_civil::<$type>(text).map(WithOffset::as_read),
            |value: &WithOffset<$type>, writer: &mut Writer| {
                value.value().print(writer);
                if let Some(offset) = value.offset() {
                    write_offset(offset, writer);
                }
            }
        );
    )*};
}

civil!(Date, Time, DateTime, GYear, GYearMonth, GMonth, GMonthDay, GDay,);

simple_type!(
    Timestamp,
    Schema::Builtin(DateTime::NAME),
    |text: &str| parse_instant(text).map(|(instant, _)| instant),
    |&value: &Timestamp, writer: &mut Writer| write_instant(value, Offset::UTC, writer)
);

simple_type!(
    ZonedDateTime,
    Schema::Builtin(DateTime::NAME),
    |text: &str| parse_instant(text).map(|(instant, offset)| instant.to_zoned_datetime(TimeZone::fixed(offset))),
    |value: &ZonedDateTime, writer: &mut Writer| {
        // Before there were time zones, offsets had seconds. The instant is the same in UTC.
        let offset = Some(value.offset()).filter(|&offset| is_expressible(offset));
        write_instant(value.timestamp(), offset.unwrap_or(Offset::UTC), writer);
    },
    fn size_hint(&self) -> usize {
        "2000-01-01T00:00:00.000000000+00:00".len()
    }
);

fn parse_local<T: Civil>(text: &str) -> Result<T, String> {
    match parse_civil(text)? {
        (value, None) => Ok(value),
        (_, Some(_)) => {
            Err(format!("`{}` has a time zone, and must be an xs:{} without one", cut(text.trim_ascii()), T::NAME))
        }
    }
}

fn parse_instant(text: &str) -> Result<(Timestamp, Offset), String> {
    let shown = || cut(text.trim_ascii());
    let (value, offset) = parse_civil::<DateTime>(text)?;
    let offset = offset
        .ok_or_else(|| format!("`{}` has no time zone; add `Z` for UTC, or an offset such as `+01:00`", shown()))?;
    let instant = offset
        .to_timestamp(value)
        .map_err(|_| format!("`{}` is out of range: in UTC, from -9999-01-02 to 9999-12-30", shown()))?;
    // It could not be written again.
    if Offset::UTC.to_datetime(instant).year() == 0 {
        return Err(format!("`{}` is in the year 0000 in UTC, and there is none in XML Schema 1.0", shown()));
    }
    Ok((instant, offset))
}

fn write_instant(instant: Timestamp, offset: Offset, writer: &mut Writer) {
    offset.to_datetime(instant).print(writer);
    write_offset(offset, writer);
}

#[cfg(test)]
mod tests;
