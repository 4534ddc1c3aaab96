//! What jobs are found by: fixed in size, and safe in paths, whatever a caller sends.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

/// The first half of a SHA-256: 128 bits, of which nobody finds a second text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Digest([u8; 16]);

impl Digest {
    /// Of one text.
    pub(crate) fn of(text: &str) -> Self {
        Self::of_all(&[], text)
    }

    /// Of the arguments of a start operation.
    pub(crate) fn of_request(method: &str, request: &str) -> Self {
        Self::of_all(&[method], request)
    }

    /// Of several texts. All but the last have their lengths before them, so that each is told apart
    /// from its neighbours; and with no more than that, a key is made of one block of the hash as a
    /// rule: a poll makes two digests.
    fn of_all(texts: &[&str], last: &str) -> Self {
        let mut hash = Sha256::new();
        for text in texts {
            hash.update((text.len() as u32).to_le_bytes());
            hash.update(text);
        }
        hash.update(last);
        let hash = hash.finalize();
        let mut half = [0; 16];
        half.copy_from_slice(&hash[..16]);
        Self(half)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a text is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not 32 hexadecimal digits")]
pub(crate) struct NoDigest;

impl FromStr for Digest {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 32 || !text.bytes().all(lower) {
            return Err(NoDigest);
        }
        let mut bytes = [0; 16];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| NoDigest)?;
        }
        Ok(Self(bytes))
    }
}

/// The key of a job: made of the service's name and the serviceID, which may be anything.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct JobKey(Digest);

impl JobKey {
    pub(crate) fn of(service: &str, service_id: &str) -> Self {
        Self(Digest::of_all(&[service], service_id))
    }
}

impl fmt::Display for JobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for JobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for JobKey {
    type Err = NoDigest;

    fn from_str(text: &str) -> Result<Self, NoDigest> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_names_of_folders_and_come_back_from_them() {
        let key = JobKey::of("Waiter", "../../etc/passwd");
        let name = key.to_string();
        assert_eq!(name.len(), 32);
        assert_eq!(name.parse(), Ok(key));
        for bad in ["", "..", "0", &name.to_uppercase().replace(|c: char| c.is_ascii_digit(), "A"), &(name + "0")] {
            assert_eq!(bad.parse::<JobKey>(), Err(NoDigest), "{bad}");
        }
    }

    #[test]
    fn where_one_text_ends_and_the_next_begins_counts() {
        assert_ne!(JobKey::of("a", "bc"), JobKey::of("ab", "c"));
        assert_ne!(JobKey::of("a", "b"), JobKey::of("b", "a"));
    }
}
