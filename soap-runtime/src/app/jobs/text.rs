//! Text from callers and from jobs, made fit for a terminal, and times for people.

use std::time::Duration;

use jiff::{Timestamp as Moment, ZonedDateTime, tz::TimeZone};

use crate::jobs::{Timestamp, Words, skip_control_sequence};

/// What a text says, with nothing in it that a terminal would obey or that does not show: such
/// characters stand there as Rust writes them, `\n` or `\u{1b}`, so that no two texts look the same.
pub(crate) fn safe(text: &str) -> String {
    // Quotes need no escape here, and are the one thing that would get it.
    let pieces = text.split_inclusive(['"', '\'']);
    let mut safe = String::with_capacity(text.len());
    for piece in pieces {
        let plain = piece.trim_end_matches(['"', '\'']);
        safe.extend(plain.escape_debug());
        safe.push_str(&piece[plain.len()..]);
    }
    safe
}

/// A name of somebody else's, in a sentence.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", middle_cut(&safe(text), 60))
}

/// Lines that stay lines; colours, which programs put into their logs, go.
pub(crate) fn safe_lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|line| {
        // Programs overwrite a line to show how far they are: what counts is what they wrote last.
        let last = line.trim_end().rsplit('\r').next().unwrap_or(line);
        safe(&without_colours(last).replace('\t', "    "))
    })
}

fn without_colours(line: &str) -> String {
    let (mut plain, mut chars) = (String::with_capacity(line.len()), line.chars());
    while let Some(c) = chars.next() {
        if c == '\u{1b}' && chars.as_str().starts_with('[') {
            skip_control_sequence(&mut chars);
        } else {
            plain.push(c);
        }
    }
    plain
}

/// A text of at most `most` characters: what makes serviceIDs differ may stand at either end.
pub(crate) fn middle_cut(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let end = most.saturating_sub(1) / 3;
    let start = most.saturating_sub(1) - end;
    let tail = text.chars().skip(length - end);
    text.chars().take(start).chain(std::iter::once('…')).chain(tail).collect()
}

/// `1 job`, `2 jobs`.
pub(super) fn jobs(count: usize) -> String {
    format!("{count} {}", if count == 1 { "job" } else { "jobs" })
}

/// Times in one zone, as seen from one moment.
pub(super) struct Clock {
    now: ZonedDateTime,
}

impl Clock {
    /// The time and the zone of this machine.
    pub(super) fn system() -> Self {
        Self { now: Moment::now().to_zoned_datetime(TimeZone::system()) }
    }

    #[cfg(test)]
    pub(super) fn at(now: &str) -> Self {
        Self { now: now.parse().expect("a time and a zone") }
    }

    fn local(&self, at: Timestamp) -> Option<ZonedDateTime> {
        Some(Moment::from_millisecond(at).ok()?.to_zoned_datetime(self.now.time_zone().clone()))
    }

    /// As short as can be told apart from others: `06:41:12` today, `Nov 23 06:41` this year, else
    /// the date alone.
    pub(super) fn short(&self, at: Timestamp) -> String {
        let Some(then) = self.local(at) else { return "?".to_owned() };
        let form = if then.date() == self.now.date() {
            "%H:%M:%S"
        } else if then.year() == self.now.year() {
            "%b %d %H:%M"
        } else {
            "%Y-%m-%d"
        };
        then.strftime(form).to_string()
    }

    /// All of it, with the offset of the zone.
    pub(super) fn long(&self, at: Timestamp) -> String {
        self.local(at).map_or_else(|| "?".to_owned(), |then| then.strftime("%Y-%m-%d %H:%M:%S %:z").to_string())
    }

    /// From one time to another, or until now.
    pub(super) fn between(&self, from: Timestamp, to: Option<Timestamp>) -> String {
        let to = to.unwrap_or_else(|| self.now.timestamp().as_millisecond());
        Words(Duration::from_millis(u64::try_from(to.saturating_sub(from)).unwrap_or(0))).to_string()
    }
}

/// For programs: RFC 3339, in UTC, with milliseconds.
pub(super) fn rfc3339(at: Timestamp) -> Option<String> {
    Moment::from_millisecond(at).ok().map(|at| format!("{at:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        for (text, expected) in [
            ("", ""),
            ("a \"b\" 'c' größe 中", "a \"b\" 'c' größe 中"),
            ("\u{1b}[31mred\u{1b}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
            ("a\nb\r\tc\0", "a\\nb\\r\\tc\\0"),
            ("\u{7f}\u{9b}31m", "\\u{7f}\\u{9b}31m"),
            ("a\u{202e}b\u{2066}c\u{200b}d\u{feff}", "a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}"),
            ("a\\nb", "a\\\\nb"),
            ("''\"\n\"", "''\"\\n\""),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| c.is_control()) {
            assert!(!safe(&format!("a{c}b")).contains(c), "{c:?}");
        }
    }

    #[test]
    fn logs_keep_their_lines_and_lose_their_colours() {
        let log = "\u{1b}[1;32mok\u{1b}[0m\n 10 %\r 20 %\r\n\ttab\u{1b}]0;title\u{7}";
        let lines: Vec<_> = safe_lines(log).collect();
        assert_eq!(lines, ["ok", " 20 %", "    tab\\u{1b}]0;title\\u{7}"]);
    }

    #[test]
    fn long_texts_keep_both_their_ends() {
        for (text, most, expected) in [
            ("abcdef", 6, "abcdef"),
            ("abcdefghijklmnop", 10, "abcdef…nop"),
            ("ääääääääää", 4, "ää…ä"),
            ("abc", 1, "…"),
        ] {
            assert_eq!(middle_cut(text, most), expected);
            assert!(middle_cut(text, most).chars().count() <= most);
        }
    }

    #[test]
    fn times_are_as_short_as_can_be_told_apart() {
        let clock = Clock::at("2026-11-24T06:41:12+01:00[+01:00]");
        let at = |text: &str| text.parse::<Moment>().expect("a time").as_millisecond();
        for (time, short, long) in [
            ("2026-11-24T05:41:11Z", "06:41:11", "2026-11-24 06:41:11 +01:00"),
            ("2026-11-23T23:30:00Z", "00:30:00", "2026-11-24 00:30:00 +01:00"),
            ("2026-11-23T22:30:59Z", "Nov 23 23:30", "2026-11-23 23:30:59 +01:00"),
            ("2025-12-31T22:59:59Z", "2025-12-31", "2025-12-31 23:59:59 +01:00"),
        ] {
            assert_eq!((clock.short(at(time)), clock.long(at(time))), (short.to_owned(), long.to_owned()));
        }
        assert_eq!((clock.short(Timestamp::MAX), clock.long(Timestamp::MIN)), ("?".to_owned(), "?".to_owned()));
        assert_eq!(clock.between(at("2026-11-24T05:40:07Z"), None), "1 min 5 s");
        assert_eq!(clock.between(5_000, Some(2_000)), "0 s", "the clock was set back");
        assert_eq!(rfc3339(1_500).as_deref(), Some("1970-01-01T00:00:01.500Z"));
        assert_eq!(rfc3339(Timestamp::MAX), None);
    }
}
