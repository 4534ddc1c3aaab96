//! How long things took, counted by length: what a histogram is drawn from.
//!
//! Nothing is locked and nothing is allocated to count, for calls and polls are counted.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counts of durations.
#[derive(Debug)]
pub(crate) struct Times {
    /// The longest of each bucket but the last, in microseconds; the last is for all that took longer.
    bounds: &'static [u64],
    counts: Box<[AtomicU64]>,
    /// All of them together, in nanoseconds: they last for 584 years.
    sum: AtomicU64,
}

/// The counts of a moment.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Counted {
    /// In seconds.
    pub(crate) sum: f64,
    /// The longest of each bucket in seconds, and how many are in it and in none before it.
    pub(crate) buckets: Vec<(f64, u64)>,
}

impl Times {
    /// Buckets up to these bounds, in microseconds, which rise.
    pub(crate) fn new(bounds: &'static [u64]) -> Self {
        let counts = (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect();
        Self { bounds, counts, sum: AtomicU64::new(0) }
    }

    pub(crate) fn count(&self, took: Duration) {
        let at = self.bounds.partition_point(|&bound| Duration::from_micros(bound) < took);
        self.counts[at].fetch_add(1, Ordering::Relaxed);
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.sum.fetch_add(nanoseconds, Ordering::Relaxed);
    }
}

impl Counted {
    /// Those of all `times` together, which have the same bounds.
    pub(crate) fn of<'a>(times: impl IntoIterator<Item = &'a Times>) -> Self {
        let mut counted = Self::default();
        for times in times {
            counted.add(times);
        }
        counted
    }

    fn add(&mut self, times: &Times) {
        let bounds = times.bounds.iter().map(|&bound| bound as f64 / 1e6).chain([f64::INFINITY]);
        self.buckets.resize(times.counts.len(), (0.0, 0));
        for ((bucket, bound), count) in self.buckets.iter_mut().zip(bounds).zip(&times.counts) {
            *bucket = (bound, bucket.1 + count.load(Ordering::Relaxed));
        }
        self.sum += Duration::from_nanos(times.sum.load(Ordering::Relaxed)).as_secs_f64();
    }

    /// How many there are. Not a count of its own: a reader would find it ahead of the buckets at times.
    pub(crate) fn count(&self) -> u64 {
        self.buckets.iter().map(|(_, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_in_the_first_bucket_that_it_fits_into() {
        let times = Times::new(&[1_000, 2_500, 1_000_000]);
        for microseconds in [0, 1_000, 1_001, 2_500, 999_999, 1_000_001, 86_400_000_000] {
            times.count(Duration::from_micros(microseconds));
        }
        let counted = Counted::of([&times]);
        assert_eq!(counted.buckets, [(0.001, 2), (0.0025, 2), (1.0, 1), (f64::INFINITY, 2)]);
        assert_eq!(counted.count(), 7);
        assert!((counted.sum - 86_402.004_501).abs() < 1e-6, "{}", counted.sum);
    }

    #[test]
    fn counts_of_several_come_together() {
        let (one, other) = (Times::new(&[1_000_000]), Times::new(&[1_000_000]));
        one.count(Duration::from_millis(500));
        other.count(Duration::from_secs(2));
        let counted = Counted::of([&one, &other]);
        assert_eq!(counted, Counted { sum: 2.5, buckets: vec![(1.0, 1), (f64::INFINITY, 1)] });
        assert_eq!(Counted::of([]), Counted::default());
    }

    #[test]
    fn the_longest_of_all_durations_is_counted() {
        let times = Times::new(&[]);
        times.count(Duration::MAX);
        assert_eq!(Counted::of([&times]).count(), 1);
    }
}
