//! From LOCATION to what the WSDL says.

use super::failure::Failure;
use crate::client::{HttpOptions, describe};
use crate::wsdl::model::Definitions;
use crate::wsdl::read::WsdlError;

/// What the WSDL at `location` says, a URL or a file, with all that it imports.
pub(crate) async fn definitions(location: &str, options: &HttpOptions) -> Result<Definitions, Failure> {
    Ok(describe(location, options).await?.0)
}

impl From<WsdlError> for Failure {
    fn from(error: WsdlError) -> Self {
        Self::usage(error.to_string())
    }
}
