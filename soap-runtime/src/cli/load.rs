//! From LOCATION to what the WSDL says.

use super::failure::Failure;
use crate::client::HttpOptions;
use crate::wsdl::model::Definitions;

/// What the WSDL at `location` says, a URL or a file, with all that it imports.
pub(crate) async fn definitions(location: &str, _options: &HttpOptions) -> Result<Definitions, Failure> {
    Err(Failure::usage(format!("{location} cannot be read yet")))
}
