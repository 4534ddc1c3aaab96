//! What a security header holds: a token with a user name, a time stamp.

use jiff::Timestamp;

use super::passwords::decode;
use super::{Shared, expired, fault};
use crate::fault::Fault;
use crate::types::SimpleType;
use crate::xml::Element;

const DIGEST: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
const TEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

/// A `UsernameToken`. Not to be shown: it holds a password.
pub(super) struct Token {
    pub(super) user: String,
    pub(super) password: Password,
    pub(super) nonce: Option<Vec<u8>>,
    pub(super) created: Option<Timestamp>,
}

pub(super) enum Password {
    Text(String),
    Digest {
        digest: Vec<u8>,
        /// `Created` as it was written: so it went into the digest.
        created_text: String,
    },
}

impl Token {
    pub(super) fn read(mut element: Element<'_, '_>) -> Result<Self, Fault> {
        let (mut user, mut password, mut nonce, mut created) = (None, None, None, None);
        while let Some(child) = element.next_child()? {
            let is_there = match child.local_name() {
                "Username" => user.is_some(),
                "Password" => password.is_some(),
                "Nonce" => nonce.is_some(),
                "Created" => created.is_some(),
                _ => false,
            };
            if is_there {
                return Err(twice(&child));
            }
            match child.local_name() {
                "Username" => user = Some(child.text()?.trim().to_owned()),
                "Password" => {
                    let kind = child.attribute("", "Type").unwrap_or(TEXT).trim().to_owned();
                    password = Some((kind, child.text()?.into_owned()));
                }
                "Nonce" => {
                    let bytes = decode(&child.text()?);
                    let bytes = bytes.ok_or_else(|| fault("InvalidSecurityToken", "`wsse:Nonce` is no base64"))?;
                    nonce = Some(bytes);
                }
                "Created" => created = Some(child.text()?.trim().to_owned()),
                _ => child.skip()?,
            }
        }
        let missing =
            |name: &str| fault("InvalidSecurityToken", format!("`{name}` is missing in `wsse:UsernameToken`"));
        let user = user.ok_or_else(|| missing("wsse:Username"))?;
        let (kind, text) = password.ok_or_else(|| missing("wsse:Password"))?;
        let time = created.as_deref().map(instant).transpose()?;
        let password = match kind.as_str() {
            TEXT => Password::Text(text),
            DIGEST => Password::Digest {
                digest: decode(&text).ok_or_else(|| fault("InvalidSecurityToken", "the digest is no base64"))?,
                created_text: created.unwrap_or_default(),
            },
            _ => {
                let unknown = "`Type` of `wsse:Password` is neither that of a text nor that of a digest";
                return Err(fault("UnsupportedSecurityToken", unknown));
            }
        };
        Ok(Self { user, password, nonce, created: time })
    }
}

/// A `Timestamp`.
pub(super) struct Validity {
    created: Option<Timestamp>,
    expires: Option<Timestamp>,
}

impl Validity {
    pub(super) fn read(mut element: Element<'_, '_>) -> Result<Self, Fault> {
        let mut validity = Self { created: None, expires: None };
        while let Some(child) = element.next_child()? {
            match child.local_name() {
                "Created" if validity.created.is_some() => return Err(twice(&child)),
                "Expires" if validity.expires.is_some() => return Err(twice(&child)),
                "Created" => validity.created = Some(instant(&child.text()?)?),
                "Expires" => validity.expires = Some(instant(&child.text()?)?),
                _ => child.skip()?,
            }
        }
        Ok(validity)
    }

    pub(super) fn check(&self, now: Timestamp, shared: &Shared) -> Result<(), Fault> {
        if self.expires.is_some_and(|expires| expires <= now) {
            return Err(expired("the security header has expired".to_owned()));
        }
        match self.created {
            Some(created) => shared.check_age(created, now),
            // It says no age, and an age was asked for.
            None if shared.needs_timestamp => {
                Err(fault("InvalidSecurity", "`wsu:Created` is missing in `wsu:Timestamp`"))
            }
            None => Ok(()),
        }
    }
}

/// Which of both was checked, and which is meant, nobody should have to ask.
fn twice(child: &Element<'_, '_>) -> Fault {
    fault("InvalidSecurity", format!("`{}` is there twice in one element of `wsse:Security`", child.local_name()))
}

/// `xs:dateTime`; without a zone it is taken for UTC, as the specification has it (§10).
fn instant(text: &str) -> Result<Timestamp, Fault> {
    let text = text.trim();
    let parsed = <Timestamp as SimpleType>::parse(text);
    let parsed = parsed.or_else(|error| SimpleType::parse(&format!("{text}Z")).map_err(|_| error));
    parsed.map_err(|error| fault("InvalidSecurity", format!("a time in `wsse:Security` {error}")))
}
