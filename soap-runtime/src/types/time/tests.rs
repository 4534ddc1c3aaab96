//! The lexical forms of dates and times, as tables.

use jiff::civil::{date, datetime, time};
use jiff::tz::offset;
use proptest::prelude::*;

use super::super::SoapType;
use super::super::testing::{assert_reads, assert_refuses, assert_writes, read, round_trip, written};
use super::*;

fn instant(text: &str) -> Timestamp {
    text.parse().expect("jiff reads it as well")
}

#[test]
fn every_legal_form_of_a_date_is_read() {
    assert_reads(&[
        ("2024-02-29", date(2024, 2, 29)),
        ("0001-01-01", date(1, 1, 1)),
        ("-0044-03-15", date(-44, 3, 15)),
        ("9999-12-31", date(9999, 12, 31)),
    ]);
    assert_writes(&[(date(5, 1, 2), "0005-01-02"), (date(-44, 3, 15), "-0044-03-15")]);
}

#[test]
fn what_is_no_date_is_refused() {
    for text in
        ["2024-1-1", "24-01-01", "02024-01-01", "+2024-01-01", "20240101", "2024-W01-1", "2024-01-01T", "01/02/2024"]
    {
        assert_refuses::<Date>(&[(text, "is no xs:date: written like `2024-12-31`")]);
    }
    assert_refuses::<Date>(&[
        ("", "is empty, and must be an xs:date: written like"),
        ("2023-02-29", "`2023-02-29` is no xs:date: there is no such day"),
        ("2024-13-01", "there is no such day"),
        ("0000-12-31", "`0000-12-31` is no xs:date: there is no year 0000 in XML Schema 1.0"),
        ("-0000-12-31", "there is no year 0000 in XML Schema 1.0"),
        ("2024-00-01", "there is no such day"),
        ("10000-01-01", "years go from -9999 to 9999 here"),
        ("-12345678901234567890-01-01", "years go from -9999 to 9999 here"),
    ]);
}

#[test]
fn every_legal_form_of_a_time_is_read() {
    assert_reads(&[
        ("23:59:59", time(23, 59, 59, 0)),
        ("10:00:00.5", time(10, 0, 0, 500_000_000)),
        ("10:00:00.000000001", time(10, 0, 0, 1)),
        ("24:00:00", time(0, 0, 0, 0)),
        ("24:00:00.000", time(0, 0, 0, 0)),
    ]);
    assert_writes(&[
        (time(1, 2, 3, 0), "01:02:03"),
        (time(1, 2, 3, 500_000_000), "01:02:03.5"),
        (time(1, 2, 3, 1), "01:02:03.000000001"),
        (time(1, 2, 3, 120_000), "01:02:03.00012"),
    ]);
}

#[test]
fn digits_behind_the_nanoseconds_are_cut_off() {
    assert_reads(&[
        ("10:00:00.1234567899999", time(10, 0, 0, 123_456_789)),
        ("23:59:59.9999999999", time(23, 59, 59, 999_999_999)),
    ]);
    let long = format!("10:00:00.{}", "9".repeat(10_000));
    assert_eq!(read(&long), Ok(time(10, 0, 0, 999_999_999)));
}

#[test]
fn what_is_no_time_is_refused() {
    for text in ["10:00", "1:00:00", "10:00:00.", "10:00:00,5", "10:00:5", "T10:00:00", "10:00:00 Z", "10:00:00AM"] {
        assert_refuses::<Time>(&[(text, "is no xs:time: written like `23:59:59`")]);
    }
    for text in ["24:00:01", "24:00:00.0000000000001", "25:00:00", "10:60:00", "23:59:60"] {
        assert_refuses::<Time>(&[(text, "is no xs:time: there is no such time of day")]);
    }
}

#[test]
fn a_date_and_a_time_make_a_date_time() {
    assert_reads(&[
        ("2024-02-29T12:00:00", datetime(2024, 2, 29, 12, 0, 0, 0)),
        ("2024-02-29T24:00:00", datetime(2024, 3, 1, 0, 0, 0, 0)),
        ("-0001-12-31T24:00:00", datetime(0, 1, 1, 0, 0, 0, 0)),
    ]);
    for text in ["2024-02-29", "2024-02-29 12:00:00", "2024-02-29t12:00:00", "2024-02-29T12:00", "2024-02-29T"] {
        assert_refuses::<DateTime>(&[(text, "is no xs:dateTime: written like `2024-12-31T23:59:59`")]);
    }
    let mut writer = Writer::with_capacity(0);
    date(0, 1, 1).write_as("day", &mut writer);
    let error = writer.finish().expect_err("there is no such year").to_string();
    assert_eq!(error, "`day`: there is no year 0000 in XML Schema 1.0");
    assert_refuses::<DateTime>(&[("9999-12-31T24:00:00", "years go from -9999 to 9999 here")]);
}

#[test]
fn a_time_zone_is_never_dropped() {
    assert_refuses::<DateTime>(&[(
        "2024-02-29T12:00:00Z",
        "`v`: `2024-02-29T12:00:00Z` has a time zone, and must be an xs:dateTime without one (line 1, column ",
    )]);
    assert_refuses::<Date>(&[("2024-02-29+01:00", "has a time zone, and must be an xs:date without one")]);
    assert_refuses::<Time>(&[("12:00:00-05:00", "has a time zone, and must be an xs:time without one")]);
}

#[test]
fn a_time_zone_is_never_guessed() {
    let words = "`2024-02-29T12:00:00` has no time zone; add `Z` for UTC, or an offset such as `+01:00`";
    assert_refuses::<Timestamp>(&[("2024-02-29T12:00:00", words)]);
    assert_refuses::<ZonedDateTime>(&[("2024-02-29T12:00:00", words)]);
}

#[test]
fn time_zones_are_offsets_of_14_hours_at_most() {
    assert_reads(&[
        ("2024-02-29T12:00:00Z", instant("2024-02-29T12:00:00Z")),
        ("2024-02-29T12:00:00+14:00", instant("2024-02-28T22:00:00Z")),
        ("2024-02-29T12:00:00-14:00", instant("2024-03-01T02:00:00Z")),
        ("2024-02-29T12:00:00-00:00", instant("2024-02-29T12:00:00Z")),
        ("2024-02-29T24:00:00.0+00:30", instant("2024-02-29T23:30:00Z")),
    ]);
    for text in ["+14:01", "-14:30", "+15:00", "+01:60", "+99:99"] {
        assert_refuses::<Timestamp>(&[(&format!("2024-02-29T12:00:00{text}"), "time zones go from -14:00 to +14:00")]);
    }
    for text in ["z", "+1:00", "+01", "+0100", "+01:00:00", "UTC", " Z", "[Europe/Oslo]", "+01:00Z", "ZZ"] {
        let text = format!("2024-02-29T12:00:00{text}");
        assert_refuses::<Timestamp>(&[(&text, "is no xs:dateTime: written like")]);
    }
    let no_year = "is in the year 0000 in UTC, and there is none in XML Schema 1.0";
    assert_refuses::<Timestamp>(&[("0001-01-01T00:00:00+01:00", no_year)]);
    assert_refuses::<Timestamp>(&[(
        "9999-12-31T23:59:59-14:00",
        "is out of range: in UTC, from -9999-01-02 to 9999-12-30",
    )]);
}

#[test]
fn instants_are_written_in_utc_and_zoned_ones_with_their_offset() {
    assert_writes(&[(instant("2024-02-29T12:00:00.25+01:00"), "2024-02-29T11:00:00.25Z")]);
    let noon = instant("2024-02-29T12:00:00Z");
    let minute = Offset::from_seconds(-3 * 3600 - 1800).expect("it is an offset");
    let second = Offset::from_seconds(3208).expect("it is an offset");
    assert_writes(&[
        (noon.to_zoned_datetime(TimeZone::UTC), "2024-02-29T12:00:00Z"),
        (noon.to_zoned_datetime(TimeZone::fixed(minute)), "2024-02-29T08:30:00-03:30"),
        (noon.to_zoned_datetime(TimeZone::fixed(second)), "2024-02-29T12:00:00Z"),
        (noon.to_zoned_datetime(TimeZone::fixed(offset(20))), "2024-02-29T12:00:00Z"),
    ]);
    let zoned: ZonedDateTime = read("2024-02-29T12:00:00+05:30").expect("it has a zone");
    assert_eq!(written(&zoned), "2024-02-29T12:00:00+05:30");
}

#[test]
fn with_offset_keeps_a_zone_or_its_absence() {
    let at = |hours| WithOffset::new(date(2024, 2, 29), offset(hours)).expect("14 hours at most");
    assert_reads(&[
        ("2024-02-29", WithOffset::local(date(2024, 2, 29))),
        ("2024-02-29Z", at(0)),
        ("2024-02-29-05:00", at(-5)),
    ]);
    assert_reads(&[("12:00:00", WithOffset::local(time(12, 0, 0, 0)))]);
    assert_reads(&[("2024-01-01T12:00:00", WithOffset::local(datetime(2024, 1, 1, 12, 0, 0, 0)))]);
    assert_writes(&[(at(0), "2024-02-29Z"), (at(-5), "2024-02-29-05:00"), (at(14), "2024-02-29+14:00")]);
    assert_eq!(WithOffset::new(date(2024, 2, 29), offset(15)), None);
    assert_eq!(WithOffset::<Date>::schema(), Schema::Builtin("date"));
}

prop_compose! {
    fn any_civil()(year in -9998_i16..=9998, day in 1_i16..=365, seconds in 0_i64..86_400, nanos in 0_i64..1_000_000_000)
        -> DateTime
    {
        let year = if year == 0 { 1 } else { year };
        let date = date(year, 1, 1).with().day_of_year(day).build().expect("every year has it");
        let time = Time::midnight() + jiff::SignedDuration::new(seconds, nanos as i32);
        date.to_datetime(time)
    }
}

prop_compose! {
    fn any_offset()(minutes in -840_i32..=840) -> Offset {
        Offset::from_seconds(minutes * 60).expect("14 hours at most")
    }
}

proptest! {
    #[test]
    fn dates_and_times_come_back(civil in any_civil(), offset in any_offset()) {
        prop_assert_eq!(round_trip(&civil), civil);
        prop_assert_eq!(round_trip(&civil.date()), civil.date());
        prop_assert_eq!(round_trip(&civil.time()), civil.time());
        let with_offset = WithOffset::new(civil, offset);
        prop_assert_eq!(with_offset.map(|value| round_trip(&value)), with_offset);
        let instant = offset.to_timestamp(civil).expect("it is not at the bounds");
        prop_assert_eq!(round_trip(&instant), instant);
        let zoned = instant.to_zoned_datetime(TimeZone::fixed(offset));
        let back = round_trip(&zoned);
        prop_assert_eq!(back.offset(), offset);
        prop_assert_eq!(back, zoned);
    }

    #[test]
    fn no_text_makes_the_parsers_panic(
        text in r"-?[0-9]{0,6}(-[0-9]{1,3}){0,2}T?([0-9]{1,2}:?){0,3}(\.[0-9]{0,12})?(Z|[+-][0-9:]{0,6})?|\PC*",
    ) {
        let _ = (read::<WithOffset<Date>>(&text), read::<WithOffset<Time>>(&text));
        let local = read::<DateTime>(&text);
        let zoned = read::<ZonedDateTime>(&text);
        prop_assert!(local.is_err() || zoned.is_err(), "{text} has a zone and has none");
    }
}
