//! Durations are `xs:duration` (XML Schema Part 2, §3.2.6).
//!
//! | Rust | holds |
//! | --- | --- |
//! | `jiff::Span` | years and months as well, each field as it came |
//! | `jiff::SignedDuration` | days of 24 hours and less |
//! | `std::time::Duration` | the same, and nothing below zero |
//!
//! A year or a month has no length of its own, so only `Span` takes them. What has more digits than
//! nanoseconds is cut off after them. A `Span` is written field by field, with seven days for a week
//! and all below a second as its fraction; the others are written in days, hours, minutes and seconds.

use std::time::Duration;

use jiff::{SignedDuration, Span};

use super::lexical::{append, no_value, trim};
use super::time::{nanoseconds, write_fraction};
use super::{Schema, simple_type};
use crate::xml::{Writer, cut};

simple_type!(Span, Schema::Builtin("duration"), parse_span, |value: &Span, writer: &mut Writer| {
    Fields::of_span(value).write(writer);
});

simple_type!(
    SignedDuration,
    Schema::Builtin("duration"),
    |text: &str| parse_exact(text, |nanoseconds| SignedDuration::try_from_nanos_i128(nanoseconds).ok_or(OUT_OF_RANGE)),
    |value: &SignedDuration, writer: &mut Writer| {
        Fields::of_duration(value.is_negative(), value.unsigned_abs()).write(writer);
    }
);

simple_type!(
    Duration,
    Schema::Restricted("duration", vec![("minInclusive", "PT0S".to_owned())]),
    |text: &str| parse_exact(text, |nanoseconds| {
        let nanoseconds = u128::try_from(nanoseconds).map_err(|_| "it must not be negative")?;
        let seconds = u64::try_from(nanoseconds / NANOS as u128).map_err(|_| OUT_OF_RANGE)?;
        Ok(Duration::new(seconds, (nanoseconds % NANOS as u128) as u32))
    }),
    |value: &Duration, writer: &mut Writer| Fields::of_duration(false, *value).write(writer)
);

const NANOS: i128 = 1_000_000_000;
const OUT_OF_RANGE: &str = "it is out of range";
const EXPECTED: &str = "written like `P1DT12H30M5.5S` or `-PT90S`";

/// The fields of the lexical form, none of them negative.
#[derive(Default)]
struct Fields {
    is_negative: bool,
    years: u64,
    months: u64,
    days: u64,
    hours: u64,
    minutes: u64,
    seconds: u64,
    nanoseconds: u32,
}

fn parse_span(text: &str) -> Result<Span, String> {
    let fields = Fields::parse(trim(text))?;
    fields.to_span().map_err(|error| format!("`{}` is out of range: {error}", cut(trim(text))))
}

/// One that has a length: `make` gets it in nanoseconds.
fn parse_exact<T>(text: &str, make: impl FnOnce(i128) -> Result<T, &'static str>) -> Result<T, String> {
    let text = trim(text);
    let fields = Fields::parse(text)?;
    let nanoseconds = match (fields.years, fields.months) {
        (0, 0) => Ok(fields.total()),
        _ => Err("years and months have no fixed length; send days, or less"),
    };
    nanoseconds.and_then(make).map_err(|problem| format!("`{}` does not fit: {problem}", cut(text)))
}

impl Fields {
    fn parse(text: &str) -> Result<Self, String> {
        match Self::scan(text) {
            Some(Some(fields)) => Ok(fields),
            Some(None) => Err(format!("`{}` does not fit: {OUT_OF_RANGE}", cut(text))),
            None => Err(no_value(text, "duration", EXPECTED)),
        }
    }

    /// `None` is no duration; `Some(None)` is one with a number that is too large.
    fn scan(text: &str) -> Option<Option<Self>> {
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let text = text.strip_prefix('P')?;
        let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
        if date.is_empty() && time.is_none() || time == Some("") {
            return None;
        }
        let ([years, months, days], _) = scan_units(date, [b'Y', b'M', b'D'])?;
        let ([hours, minutes, seconds], nanoseconds) = scan_units(time.unwrap_or(""), [b'H', b'M', b'S'])?;
        let fields = || {
            Some(Self {
                is_negative,
                years: years?,
                months: months?,
                days: days?,
                hours: hours?,
                minutes: minutes?,
                seconds: seconds?,
                nanoseconds,
            })
        };
        Some(fields())
    }

    fn of_span(span: &Span) -> Self {
        let seconds = i128::from(span.get_seconds()) * NANOS
            + i128::from(span.get_milliseconds()) * 1_000_000
            + i128::from(span.get_microseconds()) * 1_000
            + i128::from(span.get_nanoseconds());
        let days = 7 * i64::from(span.get_weeks()) + i64::from(span.get_days());
        Self {
            is_negative: span.is_negative(),
            years: span.get_years().unsigned_abs().into(),
            months: span.get_months().unsigned_abs().into(),
            days: days.unsigned_abs(),
            hours: span.get_hours().unsigned_abs().into(),
            minutes: span.get_minutes().unsigned_abs(),
            // Each field of a span is far below what 64 bits hold.
            seconds: (seconds.abs() / NANOS) as u64,
            nanoseconds: (seconds.abs() % NANOS) as u32,
        }
    }

    fn of_duration(is_negative: bool, duration: Duration) -> Self {
        let seconds = duration.as_secs();
        Self {
            is_negative,
            days: seconds / 86_400,
            hours: seconds / 3600 % 24,
            minutes: seconds / 60 % 60,
            seconds: seconds % 60,
            nanoseconds: duration.subsec_nanos(),
            ..Self::default()
        }
    }

    fn to_span(&self) -> Result<Span, jiff::Error> {
        let number = |field: u64| i64::try_from(field).unwrap_or(i64::MAX);
        let span = Span::new()
            .try_years(number(self.years))?
            .try_months(number(self.months))?
            .try_days(number(self.days))?
            .try_hours(number(self.hours))?
            .try_minutes(number(self.minutes))?
            .try_seconds(number(self.seconds))?
            .milliseconds(self.nanoseconds / 1_000_000)
            .microseconds(self.nanoseconds / 1_000 % 1_000)
            .nanoseconds(self.nanoseconds % 1_000);
        Ok(if self.is_negative { span.negate() } else { span })
    }

    /// In nanoseconds, for which 128 bits are enough.
    fn total(&self) -> i128 {
        let seconds = i128::from(self.days) * 86_400
            + i128::from(self.hours) * 3600
            + i128::from(self.minutes) * 60
            + i128::from(self.seconds);
        let total = seconds * NANOS + i128::from(self.nanoseconds);
        if self.is_negative { -total } else { total }
    }

    fn write(&self, writer: &mut Writer) {
        let has_seconds = self.seconds > 0 || self.nanoseconds > 0;
        let has_time = has_seconds || self.hours > 0 || self.minutes > 0;
        let is_zero = !has_time && self.years == 0 && self.months == 0 && self.days == 0;
        writer.plain(if self.is_negative { "-P" } else { "P" });
        write_unit(self.years, "Y", writer);
        write_unit(self.months, "M", writer);
        write_unit(self.days, "D", writer);
        if has_time || is_zero {
            writer.plain("T");
        }
        write_unit(self.hours, "H", writer);
        write_unit(self.minutes, "M", writer);
        if has_seconds || is_zero {
            append(writer, format_args!("{}", self.seconds));
            write_fraction(self.nanoseconds, writer);
            writer.plain("S");
        }
    }
}

fn write_unit(number: u64, unit: &str, writer: &mut Writer) {
    if number > 0 {
        append(writer, format_args!("{number}{unit}"));
    }
}

/// Numbers with their units, in this order, each once at most; the last may have a fraction if it
/// is the seconds. A number that is too large is `None`.
fn scan_units(mut text: &str, units: [u8; 3]) -> Option<([Option<u64>; 3], u32)> {
    let mut numbers = [Some(0); 3];
    let mut fraction = 0;
    let mut next = 0;
    while !text.is_empty() {
        let (digits, rest) = split_digits(text)?;
        let (decimals, rest) = match rest.strip_prefix('.') {
            Some(rest) => split_digits(rest)?,
            None => ("", rest),
        };
        let unit = *rest.as_bytes().first()?;
        let at = next + units[next..].iter().position(|&known| known == unit)?;
        if !decimals.is_empty() && unit != b'S' {
            return None;
        }
        numbers[at] = digits.parse().ok();
        fraction = nanoseconds(decimals.as_bytes());
        next = at + 1;
        text = &rest[1..];
    }
    Some((numbers, fraction))
}

/// The digits at the start, of which there has to be one.
fn split_digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}
