//! Parts of dates (XML Schema Part 2, §3.2.10 to §3.2.14): a year, a month of one, a day of every year.
//!
//! A zone is an error for them, as for `jiff::civil::Date`, and kept by [`WithOffset`](super::WithOffset).

use std::fmt;

use jiff::civil::{Date, date};

use super::lexical::{Civil, Scanned, Scanner, Wrong};
use crate::types::lexical::append;
use crate::xml::Writer;

macro_rules! parts_of_dates {
    ($($(#[$docs:meta])* $type:ident $name:literal $example:literal {
        $($field:ident: $number:ty $(= $default:literal)?),*
    } $scan:expr, $print:expr;)*) => {$(
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $type {
            $($field: $number,)*
        }

        impl $type {
            /// `None` if there is no such one.
            pub fn new($($field: $number),*) -> Option<Self> {
                let value = Self { $($field),* };
                value.is_possible().then_some(value)
            }

            $(
                /// The number of it.
                pub fn $field(self) -> $number {
                    self.$field
                }
            )*
        }

        impl Civil for $type {
            const NAME: &'static str = $name;
            const EXAMPLE: &'static str = $example;

            fn scan(scanner: &mut Scanner<'_>) -> Scanned<Self> {
                let scan: fn(&mut Scanner<'_>) -> Scanned<Self> = $scan;
                let value = scan(scanner)?;
                if value.is_possible() { Ok(value) } else { Err(Wrong::Value("there is no such one")) }
            }

            fn print(&self, writer: &mut Writer) {
                let print: fn(&Self, &mut Writer) = $print;
                print(self, writer);
            }
        }

        impl fmt::Display for $type {
            /// The lexical form.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut writer = Writer::with_capacity($example.len());
                self.print(&mut writer);
                f.write_str(&writer.into_text())
            }
        }
    )*};
}

parts_of_dates! {
    /// `xs:gYear`: a year, `2024` (XML Schema Part 2, §3.2.11).
    GYear "gYear" "2024" { year: i16 }
    |scanner| Ok(Self { year: scanner.near_year()? }),
    |value, writer| append(writer, format_args!("{}", Year(value.year)));

    /// `xs:gYearMonth`: a month of a year, `2024-12` (XML Schema Part 2, §3.2.10).
    GYearMonth "gYearMonth" "2024-12" { year: i16, month: i8 }
    |scanner| {
        let year = scanner.near_year()?;
        scanner.expect(b'-')?;
        Ok(Self { year, month: scanner.two_digits()? })
    },
    |value, writer| append(writer, format_args!("{}-{:02}", Year(value.year), value.month));

    /// `xs:gMonth`: a month of every year, `--12` (XML Schema Part 2, §3.2.14).
    GMonth "gMonth" "--12" { month: i8 }
    |scanner| {
        scanner.dashes(2)?;
        Ok(Self { month: scanner.two_digits()? })
    },
    |value, writer| append(writer, format_args!("--{:02}", value.month));

    /// `xs:gMonthDay`: a day of every year, `--12-31` (XML Schema Part 2, §3.2.12).
    GMonthDay "gMonthDay" "--12-31" { month: i8, day: i8 }
    |scanner| {
        scanner.dashes(2)?;
        let month = scanner.two_digits()?;
        scanner.expect(b'-')?;
        Ok(Self { month, day: scanner.two_digits()? })
    },
    |value, writer| append(writer, format_args!("--{:02}-{:02}", value.month, value.day));

    /// `xs:gDay`: a day of every month, `---31` (XML Schema Part 2, §3.2.13).
    GDay "gDay" "---31" { day: i8 }
    |scanner| {
        scanner.dashes(3)?;
        Ok(Self { day: scanner.two_digits()? })
    },
    |value, writer| append(writer, format_args!("---{:02}", value.day));
}

impl GYear {
    fn is_possible(self) -> bool {
        self.year != 0 && (-9999..=9999).contains(&self.year)
    }
}

impl GYearMonth {
    fn is_possible(self) -> bool {
        GYear { year: self.year }.is_possible() && GMonth { month: self.month }.is_possible()
    }
}

impl GMonth {
    fn is_possible(self) -> bool {
        (1..=12).contains(&self.month)
    }
}

impl GMonthDay {
    /// In a leap year.
    fn is_possible(self) -> bool {
        Date::new(2000, self.month, self.day).is_ok()
    }
}

impl GDay {
    fn is_possible(self) -> bool {
        (1..=31).contains(&self.day)
    }
}

impl From<Date> for GYearMonth {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month() }
    }
}

impl GYearMonth {
    /// Its first day.
    pub fn first_day(self) -> Date {
        date(self.year, self.month, 1)
    }
}

/// Four digits at least.
pub(super) struct Year(pub(super) i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:04}", if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::testing::{assert_reads, assert_refuses, assert_writes, read, round_trip};
    use super::super::WithOffset;
    use super::*;

    fn year(year: i16) -> GYear {
        GYear::new(year).expect("there is one")
    }

    #[test]
    fn every_legal_form_is_read() {
        assert_reads(&[("2024", year(2024)), ("-0044", year(-44)), ("0001", year(1)), ("9999", year(9999))]);
        assert_reads(&[("2024-02", GYearMonth::from(date(2024, 2, 29)))]);
        assert_reads(&[("--12", GMonth { month: 12 })]);
        assert_reads(&[("--02-29", GMonthDay { month: 2, day: 29 })]);
        assert_reads(&[("---31", GDay { day: 31 }), ("---01", GDay { day: 1 })]);
        assert_writes(&[(year(-44), "-0044"), (year(5), "0005")]);
        assert_writes(&[(GYearMonth { year: -1, month: 2 }, "-0001-02")]);
        assert_writes(&[(GMonthDay { month: 2, day: 9 }, "--02-09")]);
        assert_eq!(
            (GMonth { month: 2 }.to_string(), GDay { day: 9 }.to_string()),
            ("--02".to_owned(), "---09".to_owned())
        );
        // A zone looks like a month.
        assert_eq!(read("2024-05:00").map(|value: WithOffset<GYear>| *value.value()), Ok(year(2024)));
        assert_eq!(read("--05Z").map(|value: WithOffset<GMonth>| value.offset()), Ok(Some(jiff::tz::Offset::UTC)));
    }

    #[test]
    fn every_other_is_refused() {
        for text in ["24", "02024", "+2024", "2024-01", "x"] {
            assert_refuses::<GYear>(&[(text, "is no xs:gYear: written like `2024`")]);
        }
        assert_refuses::<GYear>(&[
            ("", "is empty, and must be an xs:gYear"),
            ("0000", "there is no year 0000"),
            ("-0000", "there is no year 0000"),
            ("12024", "years go from -9999 to 9999 here"),
            ("2024Z", "has a time zone, and must be an xs:gYear without one"),
        ]);
        assert_refuses::<GYearMonth>(&[
            ("2024-13", "`2024-13` is no xs:gYearMonth: there is no such one"),
            ("2024-1", "written like `2024-12`"),
            ("0000-01", "there is no year 0000"),
        ]);
        assert_refuses::<GMonth>(&[
            ("--00", "there is no such one"),
            ("-12", "written like `--12`"),
            ("--12--", "written like"),
        ]);
        assert_refuses::<GMonthDay>(&[("--02-30", "there is no such one"), ("--2-3", "written like `--12-31`")]);
        assert_refuses::<GDay>(&[("---32", "there is no such one"), ("--31", "written like `---31`")]);
        assert_eq!((GYear::new(0), GMonth::new(13), GDay::new(0), GMonthDay::new(4, 31)), (None, None, None, None));
    }

    proptest! {
        #[test]
        fn parts_of_dates_come_back(year in -9999_i16..=9999, month in 1_i8..=12, day in 1_i8..=31, zone in -14_i8..=14) {
            let zone = jiff::tz::offset(zone);
            if let Some(value) = GYear::new(year) {
                prop_assert_eq!(round_trip(&value), value);
                prop_assert_eq!(round_trip(&WithOffset::new(value, zone)), WithOffset::new(value, zone));
            }
            if let Some(value) = GYearMonth::new(year, month) {
                prop_assert_eq!(round_trip(&value), value);
                prop_assert_eq!(GYearMonth::from(value.first_day()), value);
            }
            if let Some(value) = GMonthDay::new(month, day) {
                prop_assert_eq!(round_trip(&WithOffset::new(value, zone)), WithOffset::new(value, zone));
            }
            prop_assert_eq!(round_trip(&GMonth::new(month)), GMonth::new(month));
            prop_assert_eq!(round_trip(&GDay::new(day)), GDay::new(day));
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in r"-{0,3}[0-9]{0,5}(-[0-9]{1,3})?(Z|[+-][0-9:]{0,6})?|\PC*") {
            let _ = (read::<WithOffset<GYear>>(&text), read::<WithOffset<GYearMonth>>(&text));
            let _ = (read::<GMonth>(&text), read::<GMonthDay>(&text), read::<GDay>(&text));
        }
    }
}
