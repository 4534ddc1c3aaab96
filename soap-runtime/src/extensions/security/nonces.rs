//! The nonces that were taken, as long as they could be sent again.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// More than this are not kept: only callers with a password get one in, so that it takes one of them
/// to fill it.
const MOST: usize = 1_000_000;

/// Nonces of the last minutes. Of any length, so what is kept is a hash of each.
#[derive(Default)]
pub(super) struct Nonces {
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    known: HashSet<[u8; 32]>,
    /// The same, oldest first, with the time from which on they are forgotten.
    ages: VecDeque<(Timestamp, [u8; 32])>,
}

impl Nonces {
    /// Whether `nonce` may be taken at the time `now`; it is known for the time `kept` then.
    pub(super) fn take(&self, nonce: &[u8], now: Timestamp, kept: Duration) -> bool {
        let hash: [u8; 32] = Sha256::digest(nonce).into();
        // Nothing in here can panic half-way.
        let mut taken = self.taken.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        while let Some(&(until, hash)) = taken.ages.front().filter(|(until, _)| *until < now) {
            debug_assert!(until < now);
            taken.ages.pop_front();
            taken.known.remove(&hash);
        }
        let until = now.saturating_add(kept).unwrap_or(Timestamp::MAX);
        // Rather refused than taken twice.
        let is_new = taken.known.len() < MOST && taken.known.insert(hash);
        if is_new {
            taken.ages.push_back((until, hash));
        }
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_taken_once_until_it_is_too_old_to_be_sent_again() {
        const KEPT: Duration = Duration::from_secs(300);
        let (nonces, start) = (Nonces::default(), Timestamp::UNIX_EPOCH);
        let at = |seconds| start + Duration::from_secs(seconds);
        assert!(nonces.take(b"a", at(0), KEPT));
        assert!(!nonces.take(b"a", at(0), KEPT));
        assert!(nonces.take(b"b", at(200), KEPT));
        assert!(!nonces.take(b"a", at(300), KEPT));
        assert!(nonces.take(b"a", at(301), KEPT));
        assert!(!nonces.take(b"b", at(301), KEPT));
        assert_eq!(nonces.taken.lock().expect("nobody panicked").known.len(), 2);
    }
}
