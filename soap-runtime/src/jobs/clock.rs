//! The wall clock, for records. What takes how long is measured with [`Instant`], which no
//! administrator and no time server sets back.

use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

// Tokio's, for a test may pause it: then a job that sleeps for an hour has taken an hour, in no time.
pub(crate) use tokio::time::Instant;

use super::state::Timestamp;

/// Now, in milliseconds since 1970.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::try_from(since.as_millis()).unwrap_or(Timestamp::MAX)
}

/// How long ago `then` was; no time at all if the clock was set back since.
pub(crate) fn since(then: Timestamp) -> Duration {
    Duration::from_millis(u64::try_from(now().saturating_sub(then)).unwrap_or(0))
}

/// The time that was `duration` ago.
pub(crate) fn before(duration: Duration) -> Timestamp {
    now().saturating_sub(Timestamp::try_from(duration.as_millis()).unwrap_or(Timestamp::MAX))
}

/// A time that goes on by itself, whatever is done to the wall clock, with which it began.
pub(crate) fn steady() -> Timestamp {
    // The machine's own instant: each test that pauses a clock has another one.
    static BEGINNING: OnceLock<(std::time::Instant, Timestamp)> = OnceLock::new();
    let (beginning, at) = *BEGINNING.get_or_init(|| (std::time::Instant::now(), now()));
    let millis = |duration: Duration| i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    let now = Instant::now().into_std();
    match now.checked_duration_since(beginning) {
        Some(since) => at.saturating_add(millis(since)),
        None => at.saturating_sub(millis(beginning.duration_since(now))),
    }
}

/// The same of a time in the records, as far as this process can tell.
pub(crate) fn steady_of(then: Timestamp) -> Timestamp {
    steady().saturating_sub(i64::try_from(since(then).as_millis()).unwrap_or(i64::MAX))
}

/// The moment of `then` as far as this process can tell: clocks for measuring begin with the machine.
pub(crate) fn instant_of(then: Timestamp) -> Instant {
    let now = Instant::now();
    now.checked_sub(since(then)).unwrap_or(now)
}
