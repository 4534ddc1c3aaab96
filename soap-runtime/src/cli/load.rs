//! From LOCATION to what the WSDL says.

use std::path::Path;

use url::Url;

use super::failure::Failure;
use crate::client::{Http, HttpOptions};
use crate::wsdl::documents::{Document, Documents, text_of};
use crate::wsdl::model::Definitions;
use crate::wsdl::read;

/// What the WSDL at `location` says, a URL or a file, with all that it imports.
pub(crate) async fn definitions(location: &str, options: &HttpOptions) -> Result<Definitions, Failure> {
    let usage = |error: &dyn std::fmt::Display| Failure::usage(error.to_string());
    let documents = match Url::parse(location) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            let http = Http::new(location, options.clone()).map_err(|error| usage(&error))?;
            let answer = http.get().await.map_err(|error| usage(&error))?;
            let text = text_of(location, answer.body, None).map_err(|error| usage(&error))?;
            Documents::new(Document::new(location, url, text))
        }
        _ => Documents::from_file(Path::new(location)).map_err(|error| usage(&error))?,
    };
    read::definitions(&documents).map_err(|error| usage(&error))
}
