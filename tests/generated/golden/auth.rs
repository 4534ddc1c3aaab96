// Generated from `auth.wsdl` by soap_runtime::build::client.

use soap_runtime::jiff::civil::DateTime;
use soap_runtime::{Fault, SoapType, WithOffset, soap_service};

/// Where the WSDL says that `AuthManager` is.
pub const ADDRESS: &str = "http://localhost:8080/auth/AuthManager";

/// Who may do what.
#[soap_service(
    name = "AuthManagerService",
    path = "/auth/AuthManager",
    namespace = "http://auth.example.org/",
    form = "unqualified",
    foreign
)]
pub trait AuthManager {
    /// Logs a user in, and gives a session token that is valid for 24 hours.
    #[operation(action = "", outputs("return"))]
    async fn get_session_token(
        &self,
        username: Option<String>,
        password: Option<String>,
        project: Option<String>,
    ) -> Result<Option<String>, Fault>;
    /// Whether a session token is valid.
    #[operation(action = "", outputs("return"))]
    async fn validate_session_token(&self, token: Option<String>) -> Result<bool, Fault>;
    /// What is known of a session token.
    ///
    /// Declared fault: `TokenValidationFailedException`, whose detail is the element `TokenValidationFailedFault`, a `TokenValidationFailedFault`.
    #[operation(action = "", outputs("return"))]
    async fn get_token_info(
        &self,
        token: Option<String>,
    ) -> Result<Option<TokenInfo>, Fault>;
    /// Declared fault: `TokenValidationFailedException`, whose detail is the element `TokenValidationFailedFault`, a `TokenValidationFailedFault`.
    #[operation(action = "", outputs("return"))]
    async fn get_username(&self, token: Option<String>) -> Result<Option<String>, Fault>;
    /// Declared fault: `TokenValidationFailedException`, whose detail is the element `TokenValidationFailedFault`, a `TokenValidationFailedFault`.
    #[operation(action = "", outputs("return"))]
    async fn get_project(&self, token: Option<String>) -> Result<Option<String>, Fault>;
    /// Declared fault: `TokenValidationFailedException`, whose detail is the element `TokenValidationFailedFault`, a `TokenValidationFailedFault`.
    #[operation(action = "", outputs("return"))]
    async fn get_roles(
        &self,
        token: Option<String>,
    ) -> Result<Vec<Option<String>>, Fault>;
    /// Declared fault: `TokenValidationFailedException`, whose detail is the element `TokenValidationFailedFault`, a `TokenValidationFailedFault`.
    #[operation(action = "", outputs("return"))]
    async fn get_email(&self, token: Option<String>) -> Result<Option<String>, Fault>;
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
#[soap(name = "tokenInfo")]
pub struct TokenInfo {
    pub username: Option<String>,
    pub project: Option<String>,
    pub expires: Option<WithOffset<DateTime>>,
    pub roles: Vec<Option<String>>,
}

#[derive(Clone, Debug, Default, PartialEq, SoapType)]
pub struct TokenValidationFailedFault {
    pub message: Option<String>,
}
