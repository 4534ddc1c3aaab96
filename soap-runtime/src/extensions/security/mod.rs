//! WS-Security: who calls, as a user name with a password or a digest of it.
//!
//! [UsernameToken Profile 1.1](https://docs.oasis-open.org/wss/v1.1/wss-v1.1-spec-os-UsernameTokenProfile.pdf)
//! and the `Timestamp` of [SOAP Message Security 1.1](https://docs.oasis-open.org/wss/v1.1/wss-v1.1-spec-os-SOAPMessageSecurity.pdf)
//! §10. A token that was seen is not taken again while it is fresh. Signatures and encryption are not
//! for us but for TLS.

mod nonces;
mod passwords;
mod token;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

pub use passwords::Passwords;

use crate::envelope::{HeaderHandler, Received, RequestHeaders};
use crate::fault::{Fault, FaultCode};
use crate::xml::{Element, cut};
use nonces::Nonces;
use token::{Password, Token, Validity};

const WSSE: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

/// Lets in only requests that carry a WS-Security `UsernameToken` with the right password.
///
/// ```
/// use soap_runtime::{Service, UsernameToken, soap_service};
///
/// struct Mesher;
///
/// #[soap_service]
/// impl Mesher {
///     #[operation]
///     fn ping(&self) {}
/// }
///
/// let users = |name: &str| (name == "anna").then(|| "secret".to_owned());
/// let service = Service::new(Mesher)?.with_header_handler(UsernameToken::new(users));
/// # Ok::<(), soap_runtime::DescriptionError>(())
/// ```
///
/// A token's `Created`, and a `Timestamp` beside it, must not be older than five minutes, nor from the
/// future by more than one. With a digest, `Nonce` and `Created` have to be there; a nonce is taken once.
#[derive(Clone)]
pub struct UsernameToken {
    shared: Arc<Shared>,
}

#[derive(Clone)]
struct Shared {
    passwords: Arc<dyn Passwords>,
    nonces: Arc<Nonces>,
    max_age: Duration,
    max_skew: Duration,
    needs_timestamp: bool,
    takes_text: bool,
}

impl UsernameToken {
    /// Users and their passwords, as `passwords` knows them.
    pub fn new(passwords: impl Passwords) -> Self {
        Self {
            shared: Arc::new(Shared {
                passwords: Arc::new(passwords),
                nonces: Arc::default(),
                max_age: Duration::from_secs(300),
                max_skew: Duration::from_secs(60),
                needs_timestamp: false,
                takes_text: true,
            }),
        }
    }

    /// How old a token may be.
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        self.with(|shared| shared.max_age = max_age)
    }

    /// How far the clock of a caller may be ahead of ours.
    #[must_use]
    pub fn max_skew(self, max_skew: Duration) -> Self {
        self.with(|shared| shared.max_skew = max_skew)
    }

    /// Refuses requests without a `Timestamp` that says when they were made.
    #[must_use]
    pub fn require_timestamp(self) -> Self {
        self.with(|shared| shared.needs_timestamp = true)
    }

    /// Refuses passwords as text: for services that are called without TLS.
    #[must_use]
    pub fn require_digest(self) -> Self {
        self.with(|shared| shared.takes_text = false)
    }

    fn with(mut self, change: impl FnOnce(&mut Shared)) -> Self {
        change(Arc::make_mut(&mut self.shared));
        self
    }
}

impl HeaderHandler for UsernameToken {
    fn begin(&self) -> Box<dyn RequestHeaders> {
        Box::new(SecurityRequest { shared: Arc::clone(&self.shared), is_seen: false, token: None, validity: None })
    }
}

/// What the header of one request says.
struct SecurityRequest {
    shared: Arc<Shared>,
    is_seen: bool,
    token: Option<Token>,
    validity: Option<Validity>,
}

impl RequestHeaders for SecurityRequest {
    fn understands(&self, namespace: &str, local_name: &str) -> bool {
        (namespace, local_name) == (WSSE, "Security")
    }

    fn read(&mut self, mut block: Element<'_, '_>) -> Result<(), Fault> {
        if std::mem::replace(&mut self.is_seen, true) {
            return Err(fault("InvalidSecurity", "there are two headers `wsse:Security`; send one"));
        }
        while let Some(child) = block.next_child()? {
            match (child.namespace(), child.local_name()) {
                (WSSE, "UsernameToken") if self.token.is_none() => self.token = Some(Token::read(child)?),
                (WSU, "Timestamp") if self.validity.is_none() => self.validity = Some(Validity::read(child)?),
                (WSSE, "UsernameToken") | (WSU, "Timestamp") => {
                    let twice = format!("`{}` is there twice in `wsse:Security`; send one", child.local_name());
                    return Err(fault("InvalidSecurity", twice));
                }
                // What is not understood must not pass for checked: a signature, for one.
                (_, name) => {
                    let unknown =
                        format!("`{}` in `wsse:Security` is not understood here; send a `UsernameToken`", cut(name));
                    return Err(fault("UnsupportedSecurityToken", unknown));
                }
            }
        }
        Ok(())
    }

    fn check(&mut self, _: &Received<'_>) -> Result<(), Fault> {
        let missing = "a header `wsse:Security` with a `UsernameToken` is missing; this service asks for one";
        let token = self.token.take().ok_or_else(|| fault("InvalidSecurity", missing))?;
        let now = Timestamp::now();
        match &self.validity {
            Some(validity) => validity.check(now, &self.shared)?,
            None if self.shared.needs_timestamp => {
                return Err(fault("InvalidSecurity", "`wsu:Timestamp` is missing in `wsse:Security`"));
            }
            None => {}
        }
        self.shared.check(token, now)
    }
}

impl Shared {
    fn check(&self, token: Token, now: Timestamp) -> Result<(), Fault> {
        let Token { user, password, nonce, created } = token;
        if let Some(created) = created {
            self.check_age(created, now)?;
        }
        let is_right = match &password {
            Password::Text(text) if self.takes_text => self.passwords.check(&user, text),
            Password::Text(_) => {
                return Err(fault("UnsupportedSecurityToken", "a password as text is not taken here; send its digest"));
            }
            Password::Digest { digest, created_text } => match (&nonce, created) {
                (Some(nonce), Some(_)) => {
                    let known = self.passwords.password(&user);
                    passwords::is_password(known, |known| {
                        passwords::are_equal(digest, &passwords::digest(nonce, created_text, known))
                    })
                }
                _ => return Err(fault("InvalidSecurityToken", "a digest goes with `Nonce` and `Created`; send both")),
            },
        };
        if !is_right {
            // Neither which of both is wrong, nor the name: it may be a password in the wrong place.
            return Err(fault("FailedAuthentication", "the user name or the password is wrong"));
        }
        match nonce {
            // Kept as long as the age would let it pass once more.
            Some(nonce) if !self.nonces.take(&nonce, now, self.max_age + self.max_skew) => {
                Err(fault("FailedCheck", "the token was used before; make a new nonce for each request"))
            }
            _ => Ok(()),
        }
    }

    fn check_age(&self, created: Timestamp, now: Timestamp) -> Result<(), Fault> {
        let age = now.duration_since(created);
        let limit = |limit: Duration| jiff::SignedDuration::try_from(limit).unwrap_or(jiff::SignedDuration::MAX);
        if age > limit(self.max_age) {
            let message = format!(
                "the security header was made {} s ago, and may be {} s old",
                age.as_secs(),
                self.max_age.as_secs()
            );
            return Err(expired(message));
        }
        if -age > limit(self.max_skew) {
            return Err(expired(format!(
                "the security header was made {} s in the future; set the clock",
                -age.as_secs()
            )));
        }
        Ok(())
    }
}

/// One of the codes of SOAP Message Security §12.
fn fault(code: &'static str, message: impl Into<String>) -> Fault {
    Fault::new(FaultCode::Client, message).with_subcode_of(WSSE, code)
}

fn expired(message: String) -> Fault {
    Fault::new(FaultCode::Client, message).with_subcode_of(WSU, "MessageExpired")
}
