//! Passwords, and digests of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Who the users are. A closure from a user's name to the password is one, for those who have it.
pub trait Passwords: Send + Sync + 'static {
    /// The password of `user`, if there is such a user and it is known. Digests are checked against it.
    fn password(&self, user: &str) -> Option<String>;

    /// Whether `password` is that of `user`. To be written for those who only keep hashes of passwords:
    /// [`Passwords::password`] then gives nothing, and digests are refused.
    fn check(&self, user: &str, password: &str) -> bool {
        is_password(self.password(user), |known| are_equal(known.as_bytes(), password.as_bytes()))
    }
}

impl<F: Fn(&str) -> Option<String> + Send + Sync + 'static> Passwords for F {
    fn password(&self, user: &str) -> Option<String> {
        self(user)
    }
}

/// Whether there is a password and it `is_right`. Without one the same is done, so that no clock tells who the
/// users are.
pub(super) fn is_password(known: Option<String>, is_right: impl FnOnce(&str) -> bool) -> bool {
    is_right(known.as_deref().unwrap_or_default()) & known.is_some()
}

/// Takes the same time wherever they differ: hashes are compared, which nobody can steer.
pub(super) fn are_equal(a: &[u8], b: &[u8]) -> bool {
    Sha256::digest(a) == Sha256::digest(b)
}

/// `Password_Digest = Base64 ( SHA-1 ( nonce + created + password ) )` (UsernameToken Profile §3.1),
/// without the base64.
pub(super) fn digest(nonce: &[u8], created: &str, password: &str) -> Vec<u8> {
    let hash = Sha1::new().chain_update(nonce).chain_update(created).chain_update(password);
    hash.finalize().to_vec()
}

/// Bytes of base64 in a token.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.trim()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with `printf '%s' … | openssl dgst -sha1 -binary | base64`.
    #[test]
    fn a_digest_is_the_one_that_the_profile_says() {
        let expected = decode("Ff/nZQx0Hx23Z08B3kz4nDqRU+U=");
        assert_eq!(Some(digest(b"nonce", "2026-01-31T12:00:00Z", "secret")), expected);
    }

    #[test]
    fn who_has_no_password_is_looked_at_like_others_and_never_let_in() {
        for (known, expected) in [(Some("secret"), true), (Some(""), true), (None, false)] {
            let mut looked_at = false;
            let is_right = |_: &str| {
                looked_at = true;
                true
            };
            assert_eq!(is_password(known.map(str::to_owned), is_right), expected, "{known:?}");
            assert!(looked_at, "{known:?}");
        }
    }

    #[test]
    fn a_closure_knows_passwords() {
        let users = |name: &str| (name == "anna").then(|| "secret".to_owned());
        assert!(users.check("anna", "secret"));
        for (user, password) in [("anna", "Secret"), ("anna", ""), ("bob", "secret"), ("bob", ""), ("", "")] {
            assert!(!users.check(user, password), "{user}, {password}");
        }
    }
}
