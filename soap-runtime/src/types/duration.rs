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
    Schema::restricted("duration", vec![("minInclusive", "PT0S".to_owned())]),
    |text: &str| parse_exact(text, |nanoseconds| {
        let nanoseconds = u128::try_from(nanoseconds).map_err(|_| "it must not be negative")?;
        let seconds = u64::try_from(nanoseconds / NANOS as u128).map_err(|_| OUT_OF_RANGE)?;
        Ok(Duration::new(seconds, (nanoseconds % NANOS as u128) as u32))
    }),
    |value: &Duration, writer: &mut Writer| Fields::of_duration(false, *value).write(writer),
    fn word() -> String {
        "NonNegativeDuration".to_owned()
    }
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

#[cfg(test)]
mod tests {
    use jiff::{SpanFieldwise, ToSpan};
    use proptest::prelude::*;

    use super::super::testing::{assert_refuses, assert_writes, read, round_trip, written};
    use super::*;

    #[test]
    fn every_legal_form_of_a_duration_is_read() {
        for (text, span) in [
            ("P1M2DT3H", 1.month().days(2).hours(3)),
            ("-P1D", -1.day()),
            ("PT0S", Span::new()),
            ("-PT0S", Span::new()),
            ("P0Y", Span::new()),
            ("P1Y2M3DT4H5M6S", 1.year().months(2).days(3).hours(4).minutes(5).seconds(6)),
            ("PT90S", 90.seconds()),
            ("PT1.5S", 1.second().milliseconds(500)),
            ("PT0.0000000019S", 1.nanosecond()),
            ("P0001D", 1.day()),
            (" \n-PT36H ", -36.hours()),
        ] {
            assert_eq!(read::<Span>(text).map(Span::fieldwise), Ok(span.fieldwise()), "{text}");
        }
        assert_eq!(read("P1DT1H1M1.000000001S"), Ok(SignedDuration::new(90_061, 1)));
        assert_eq!(read("-PT0.25S"), Ok(SignedDuration::from_millis(-250)));
        assert_eq!(read("P0Y1D"), Ok(Duration::from_hours(24)));
        assert_eq!(read("-PT0S"), Ok(Duration::ZERO));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "P",
            "PT",
            "P1DT",
            "-P",
            "P1S",
            "P1H",
            "PT1D",
            "PT1Y",
            "P1M1Y",
            "PT1S1M",
            "P1D1D",
            "P1.5D",
            "PT1.5H",
            "PT.5S",
            "PT1.S",
            "P-1D",
            "+P1D",
            "1D",
            "P1",
            "PT5",
            "P1W",
            "p1d",
            "P 1D",
            "PT1,5S",
            "P1DT1H ago",
            "--P1D",
            "P1TT1S",
            "P٣D",
            "PT1S.5",
        ] {
            assert_refuses::<Span>(&[(text, "is no xs:duration: written like `P1DT12H30M5.5S` or `-PT90S`")]);
            assert_refuses::<SignedDuration>(&[(text, "is no xs:duration: written like")]);
        }
        assert_refuses::<Span>(&[
            ("", "is empty, and must be an xs:duration"),
            ("P20000Y", "`P20000Y` is out of range"),
            ("PT99999999999999S", "is out of range"),
            ("P99999999999999999999D", "`P99999999999999999999D` does not fit: it is out of range"),
        ]);
    }

    #[test]
    fn a_duration_with_a_length_takes_what_has_one() {
        let words = "does not fit: years and months have no fixed length; send days, or less";
        assert_refuses::<SignedDuration>(&[
            ("P1M", words),
            ("-P1YT1S", words),
            ("PT9223372036854775808S", "it is out of range"),
            ("P18446744073709551615DT18446744073709551615H", "it is out of range"),
        ]);
        assert_refuses::<Duration>(&[
            ("P1M", words),
            ("-PT1S", "`-PT1S` does not fit: it must not be negative"),
            ("P18446744073709551615D", "it is out of range"),
        ]);
    }

    #[test]
    fn lists_of_other_durations_have_other_names() {
        use super::super::{Array, SoapType};

        assert_eq!(Array::<Duration>::schema().name(), "NonNegativeDurationArray");
        assert_eq!(Array::<Span>::schema().name(), "DurationArray");
    }

    #[test]
    fn durations_are_written_without_empty_fields() {
        assert_writes(&[
            (Span::new(), "PT0S"),
            (1.year().months(14), "P1Y14M"),
            (2.weeks().days(1), "P15D"),
            (-36.hours(), "-PT36H"),
            (1.second().milliseconds(2_500).nanoseconds(1), "PT3.500000001S"),
            (-1.microsecond(), "-PT0.000001S"),
        ]);
        assert_writes(&[
            (SignedDuration::new(-90_061, -500_000_000), "-P1DT1H1M1.5S"),
            (SignedDuration::ZERO, "PT0S"),
            (SignedDuration::MIN, "-P106751991167300DT15H30M8.999999999S"),
        ]);
        assert_writes(&[(Duration::MAX, "P213503982334601DT7H15.999999999S")]);
    }

    prop_compose! {
        fn any_span()(
            years in 0_i64..=19_998, months in 0_i64..=239_976, days in 0_i64..=7_304_484, hours in 0_i64..=175_307_616,
            minutes in 0_i64..=10_518_456_960, seconds in 0_i64..=631_107_417_600, millis in 0_i64..1000,
            micros in 0_i64..1000, nanos in 0_i64..1000, negative: bool,
        ) -> SpanFieldwise {
            let span = years.years().months(months).days(days).hours(hours).minutes(minutes).seconds(seconds);
            let span = span.milliseconds(millis).microseconds(micros).nanoseconds(nanos);
            if negative { -span } else { span }.fieldwise()
        }
    }

    proptest! {
        #[test]
        fn durations_come_back(span in any_span(), seconds: i64, nanos in 0_i32..1_000_000_000, length: Duration) {
            prop_assert_eq!(round_trip(&Span::from(span)).fieldwise(), span);
            let signed = SignedDuration::new(seconds, if seconds < 0 { -nanos } else { nanos });
            prop_assert_eq!(round_trip(&signed), signed);
            prop_assert_eq!(round_trip(&length), length);
        }

        #[test]
        fn no_text_makes_the_parsers_panic(
            text in r"-?P([0-9]{1,22}[YMD]){0,3}T?([0-9]{1,22}(\.[0-9]{0,12})?[HMS]){0,3}|\PC*",
        ) {
            let _ = (read::<SignedDuration>(&text), read::<Duration>(&text));
            if let Ok(span) = read::<Span>(&text) {
                prop_assert_eq!(read::<Span>(&written(&span)).map(Span::fieldwise), Ok(span.fieldwise()));
            }
        }
    }
}
