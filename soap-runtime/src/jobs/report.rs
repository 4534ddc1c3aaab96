//! What a running job has told of itself.

use std::fmt;

use super::clock::Instant;
use super::state::Timestamp;

/// A number of whatever is counted: any of Rust's number types.
pub trait Amount: sealed::Sealed {
    /// As far as a fraction needs it.
    #[doc(hidden)]
    fn amount(self) -> f64;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! amounts {
    ($($number:ty)*) => {$(
        impl sealed::Sealed for $number {}
        impl Amount for $number {
            fn amount(self) -> f64 {
                self as f64
            }
        }
    )*};
}

amounts!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

/// How far the method is, and what it does, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// How much is done, from 0 to 1000: finer steps nobody sees, and so they are no news.
    pub(crate) permille: u16,
    pub(crate) message: Option<String>,
}

impl Told {
    /// Whether that is anything new.
    pub(crate) fn take_in(&mut self, fraction: Option<f64>, message: Option<&str>) -> bool {
        let before = self.clone();
        if let Some(fraction) = fraction {
            // A whole number of parts may come out of the division a little too small. Out of range
            // and "not a number" end at the nearest end, and at 0.
            self.permille = (fraction.clamp(0.0, 1.0) * 1000.0 + 1e-9) as u16;
        }
        if let Some(message) = message {
            self.message = Some(message.to_owned()).filter(|message| !message.is_empty());
        }
        *self != before
    }
}

/// As the file `progress`: how much of 1000, and behind the first line the message.
impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.permille, self.message.as_deref().unwrap_or_default())
    }
}

impl Told {
    /// From the file `progress`.
    pub(crate) fn parse(file: &str) -> Option<Self> {
        let (permille, message) = file.split_once('\n')?;
        let permille = permille.parse().ok().filter(|permille| *permille <= 1000)?;
        Some(Self { permille, message: Some(message.to_owned()).filter(|message| !message.is_empty()) })
    }

    /// From the file `status.txt` of a program: a number from 0 to 100.
    pub(crate) fn percent(file: &str) -> Option<f64> {
        file.trim().trim_end_matches('%').trim_end().parse().ok().map(|percent: f64| percent / 100.0)
    }
}

/// When an attempt began: for people, and for measuring.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Begun {
    pub(crate) at: Timestamp,
    pub(crate) instant: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_clamped_and_comes_back_from_its_file() {
        let mut told = Told::default();
        assert!(!told.take_in(Some(0.0), None) && !told.take_in(Some(f64::NAN), Some("")));
        assert!(told.take_in(Some(0.2839), Some("meshing\npart 2")) && !told.take_in(Some(0.2838), None));
        assert_eq!(told, Told { permille: 283, message: Some("meshing\npart 2".to_owned()) });
        assert_eq!(Told::parse(&told.to_string()), Some(told.clone()));
        assert!(told.take_in(Some(57.0 / 100.0), None) && told.permille == 570);
        assert!(told.take_in(Some(7.0), None) && told.permille == 1000);
        assert!(told.take_in(Some(f64::NEG_INFINITY), Some("")) && told == Told::default());
        for broken in ["", "1", "half\nx", "1001\n"] {
            assert_eq!(Told::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_program_tells_a_number_of_percent() {
        for (file, fraction) in [("28\n", Some(0.28)), (" 50 % ", Some(0.5)), ("12.5", Some(0.125)), ("", None)] {
            assert_eq!(Told::percent(file), fraction, "{file}");
        }
    }
}
