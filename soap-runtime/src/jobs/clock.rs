//! The wall clock, for records. What takes how long is measured with `Instant`, which no
//! administrator and no time server sets back.

use std::time::{Duration, Instant, SystemTime};

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

/// The moment of `then` as far as this process can tell: clocks for measuring begin with the machine.
pub(crate) fn instant_of(then: Timestamp) -> Instant {
    let now = Instant::now();
    now.checked_sub(since(then)).unwrap_or(now)
}
