//! A service that asks for a user name and a password by WS-Security.

use soap_runtime::soap_service;

/// The only user's password. A real service asks a directory; this one is an example.
pub(crate) fn password_of(user: &str) -> Option<String> {
    (user == "anna").then(|| "correct horse".to_owned())
}

/// Lets in whom it knows.
pub(crate) struct Guarded;

#[soap_service(path = "/kitchen/Guarded", namespace = "urn:kitchen:guarded", client)]
impl Guarded {
    /// Sends back what came.
    #[operation(outputs(text))]
    fn echo_string(&self, text: String) -> String {
        text
    }
}
