//! How long something takes, in words.

use std::fmt;
use std::time::Duration;

/// Seconds to a unit, and its sign. The page's script has them as well.
const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")];

/// Whole seconds in words, in the largest unit and the one below: `45 s`, `1 min 5 s`, `2 h`.
pub(crate) struct Words(pub(crate) Duration);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let mut units = UNITS.iter().skip_while(|(size, _)| *size > seconds.max(1));
        let Some((size, unit)) = units.next() else { return Ok(()) };
        write!(f, "{} {unit}", seconds / size)?;
        match units.next().map(|(below, unit)| (seconds % size / below, unit)) {
            None | Some((0, _)) => Ok(()),
            Some((number, unit)) => write!(f, " {number} {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_its_two_largest_units() {
        for (milliseconds, words) in [
            (0, "0 s"),
            (999, "0 s"),
            (1_000, "1 s"),
            (59_999, "59 s"),
            (60_000, "1 min"),
            (65_000, "1 min 5 s"),
            (3_599_000, "59 min 59 s"),
            (3_600_000, "1 h"),
            (3_659_000, "1 h"),
            (7_380_000, "2 h 3 min"),
            (86_399_000, "23 h 59 min"),
            (86_400_000, "1 d"),
            (86_700_000, "1 d"),
            (273_600_000, "3 d 4 h"),
            (31_536_000_000, "365 d"),
        ] {
            assert_eq!(Words(Duration::from_millis(milliseconds)).to_string(), words);
        }
        assert_eq!(Words(Duration::MAX).to_string(), "213503982334601 d 7 h");
    }
}
