//! Extensions of SOAP that stand in headers: WS-Addressing, which every service understands, and
//! WS-Security's user names, for those who ask for it.

mod addressing;
mod security;

pub(crate) use addressing::Addressing;
pub use security::{Passwords, UsernameToken};
