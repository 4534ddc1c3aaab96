//! The lexical forms of dates and times, character by character.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::super::lexical::{append, no_value, trim};
use super::gregorian::Year;
use crate::xml::{Writer, cut};

/// The civil types: what stands before the time zone.
pub(super) trait Civil: Sized {
    /// The built-in type.
    const NAME: &'static str;
    /// How it looks, for messages.
    const EXAMPLE: &'static str;

    fn scan(scanner: &mut Scanner<'_>) -> Scanned<Self>;
    fn print(&self, writer: &mut Writer);
}

/// What is wrong with a text.
pub(super) enum Wrong {
    /// It looks like nothing of the kind.
    Form,
    /// It looks right, and there is no such value.
    Value(&'static str),
}

pub(super) type Scanned<T> = Result<T, Wrong>;

/// A value and its time zone, if there is one.
pub(super) fn parse_civil<T: Civil>(text: &str) -> Result<(T, Option<Offset>), String> {
    let text = trim(text);
    let mut scanner = Scanner { rest: text.as_bytes() };
    T::scan(&mut scanner).and_then(|value| Ok((value, scanner.offset()?))).map_err(|wrong| match wrong {
        Wrong::Form => no_value(text, T::NAME, format_args!("written like `{}`", T::EXAMPLE)),
        Wrong::Value(problem) => format!("`{}` is no xs:{}: {problem}", cut(text), T::NAME),
    })
}

impl Civil for Date {
    const NAME: &'static str = "date";
    const EXAMPLE: &'static str = "2024-12-31";

    fn scan(scanner: &mut Scanner<'_>) -> Scanned<Self> {
        let year = scanner.year()?;
        scanner.expect(b'-')?;
        let month = scanner.two_digits()?;
        scanner.expect(b'-')?;
        let day = scanner.two_digits()?;
        let year = near(year)?;
        Date::new(year, month, day).map_err(|_| Wrong::Value("there is no such day"))
    }

    fn print(&self, writer: &mut Writer) {
        if self.year() == 0 {
            writer.refuse(NO_YEAR.to_owned());
        }
        append(writer, format_args!("{}-{:02}-{:02}", Year(self.year()), self.month(), self.day()));
    }
}

impl Civil for Time {
    const NAME: &'static str = "time";
    const EXAMPLE: &'static str = "23:59:59";

    fn scan(scanner: &mut Scanner<'_>) -> Scanned<Self> {
        scanner.time().map(|(time, _)| time)
    }

    fn print(&self, writer: &mut Writer) {
        append(writer, format_args!("{:02}:{:02}:{:02}", self.hour(), self.minute(), self.second()));
        write_fraction(self.subsec_nanosecond().unsigned_abs(), writer);
    }
}

impl Civil for DateTime {
    const NAME: &'static str = "dateTime";
    const EXAMPLE: &'static str = "2024-12-31T23:59:59";

    fn scan(scanner: &mut Scanner<'_>) -> Scanned<Self> {
        let date = Date::scan(scanner)?;
        scanner.expect(b'T')?;
        match scanner.time()? {
            (time, Day::Same) => Ok(date.to_datetime(time)),
            (time, Day::Next) => {
                let next = date.tomorrow().map_err(|_| Wrong::Value("years go from -9999 to 9999 here"))?;
                Ok(next.to_datetime(time))
            }
        }
    }

    fn print(&self, writer: &mut Writer) {
        self.date().print(writer);
        writer.plain("T");
        self.time().print(writer);
    }
}

/// XML Schema 1.0 has no such year (Part 2, §3.2.7). In 1.1 it is 1 BC, which 1.0 calls -0001.
const NO_YEAR: &str = "there is no year 0000 in XML Schema 1.0";

/// The year, if it is one that can be held.
fn near(year: Option<i16>) -> Scanned<i16> {
    match year {
        Some(0) => Err(Wrong::Value(NO_YEAR)),
        Some(year) => Ok(year),
        None => Err(Wrong::Value("years go from -9999 to 9999 here")),
    }
}

/// Whether XML Schema has a form for it: whole minutes, at most 14 hours.
pub(super) fn is_expressible(offset: Offset) -> bool {
    offset.seconds() % 60 == 0 && offset.seconds().abs() <= 14 * 3600
}

pub(super) fn write_offset(offset: Offset, writer: &mut Writer) {
    let minutes = offset.seconds() / 60;
    match minutes {
        0 => writer.plain("Z"),
        _ => {
            let sign = if minutes < 0 { '-' } else { '+' };
            append(writer, format_args!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60));
        }
    }
}

/// `.5` of 500,000,000 nanoseconds: no more digits than it takes.
pub(in super::super) fn write_fraction(nanoseconds: u32, writer: &mut Writer) {
    if nanoseconds > 0 {
        let digits = 9 - (1..9).take_while(|&zeros| nanoseconds.is_multiple_of(10_u32.pow(zeros))).count();
        let shown = nanoseconds / 10_u32.pow(9 - digits as u32);
        append(writer, format_args!(".{shown:0digits$}"));
    }
}

/// The nanoseconds that the digits of a fraction stand for; those behind the ninth are cut off.
pub(in super::super) fn nanoseconds(fraction: &[u8]) -> u32 {
    let digits = fraction.iter().chain(std::iter::repeat(&b'0')).take(9);
    digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
}

/// The day that a time of day belongs to: `24:00:00` is the start of the next.
enum Day {
    Same,
    Next,
}

/// What has not been read of a text.
pub(super) struct Scanner<'t> {
    rest: &'t [u8],
}

impl<'t> Scanner<'t> {
    pub(super) fn expect(&mut self, byte: u8) -> Scanned<()> {
        self.rest = self.rest.strip_prefix(&[byte]).ok_or(Wrong::Form)?;
        Ok(())
    }

    fn digits(&mut self) -> &'t [u8] {
        let count = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        digits
    }

    pub(super) fn two_digits(&mut self) -> Scanned<i8> {
        match *self.rest {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', ref rest @ ..] => {
                self.rest = rest;
                Ok(((tens - b'0') * 10 + (ones - b'0')) as i8)
            }
            _ => Err(Wrong::Form),
        }
    }

    /// At least four digits, and no more zeros in front than that takes. `None` is a year that is
    /// legal and too far away.
    fn year(&mut self) -> Scanned<Option<i16>> {
        let is_negative = self.expect(b'-').is_ok();
        match self.digits() {
            digits @ [_, _, _, _] => {
                let year = digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0'));
                Ok(Some(if is_negative { -year } else { year }))
            }
            [b'1'..=b'9', _, _, _, _, ..] => Ok(None),
            _ => Err(Wrong::Form),
        }
    }

    pub(super) fn near_year(&mut self) -> Scanned<i16> {
        near(self.year()?)
    }

    pub(super) fn dashes(&mut self, count: usize) -> Scanned<()> {
        (0..count).try_for_each(|_| self.expect(b'-'))
    }

    fn time(&mut self) -> Scanned<(Time, Day)> {
        let hour = self.two_digits()?;
        self.expect(b':')?;
        let minute = self.two_digits()?;
        self.expect(b':')?;
        let second = self.two_digits()?;
        let fraction = match self.expect(b'.') {
            Ok(()) => Some(self.digits()).filter(|digits| !digits.is_empty()).ok_or(Wrong::Form)?,
            Err(_) => &[],
        };
        if (hour, minute, second) == (24, 0, 0) && fraction.iter().all(|&digit| digit == b'0') {
            return Ok((Time::midnight(), Day::Next));
        }
        let time = Time::new(hour, minute, second, nanoseconds(fraction) as i32);
        time.map(|time| (time, Day::Same)).map_err(|_| Wrong::Value("there is no such time of day"))
    }

    /// The time zone, with which the text ends.
    fn offset(&mut self) -> Scanned<Option<Offset>> {
        let sign = match *self.rest {
            [] => return Ok(None),
            [b'Z'] => return Ok(Some(Offset::UTC)),
            [b'+', ..] => 1,
            [b'-', ..] => -1,
            _ => return Err(Wrong::Form),
        };
        self.rest = &self.rest[1..];
        let hours = self.two_digits()?;
        self.expect(b':')?;
        let minutes = self.two_digits()?;
        if !self.rest.is_empty() {
            return Err(Wrong::Form);
        }
        let seconds = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        let offset = Offset::from_seconds(seconds).ok().filter(|&offset| minutes < 60 && is_expressible(offset));
        offset.map(Some).ok_or(Wrong::Value("time zones go from -14:00 to +14:00"))
    }
}
