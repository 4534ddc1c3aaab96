//! From WSDL 1.1 documents, whatever tool wrote them, to what they say.
//!
//! Lenient where tools are, as long as it is plain what is meant; what is wrong is said with its place. Documents
//! may be hostile: how deep and how much is read is bounded.
//!
//! `tree` knows the XML library. `documents` finds what belongs together, `schema` reads types, and `services` what
//! is called.

mod bodies;
mod budget;
mod builtin;
mod collect;
mod docs;
mod error;
mod guard;
mod imports;
mod operations;
mod schema;
mod services;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use collect::check;
pub(crate) use error::{Place, WsdlError};
pub(crate) use imports::imports;
#[cfg(feature = "client")]
pub(crate) use imports::{Import, Kind, kind};

use budget::Budget;
use schema::Schemas;
use tree::Tree;

use super::documents::Documents;
use super::model::Definitions;

/// What a WSDL says, with all that it imports.
///
/// # Errors
/// If a document is not well-formed, or no WSDL, or refers to what is not there.
pub(crate) fn definitions(documents: &Documents) -> Result<Definitions, WsdlError> {
    let trees: Result<Vec<_>, _> =
        documents.iter().map(|document| Tree::parse(&document.name, &document.text)).collect();
    let trees = trees?;
    let budget = Budget::default();
    let found = collect::collect(documents, &trees)?;
    let schemas = Schemas::of(&found.schemas, &budget)?;
    let root = trees[0].root();
    let mut definitions = Definitions {
        namespace: root.attribute("targetNamespace").unwrap_or_default().to_owned(),
        docs: docs::of_wsdl(root),
        ..Definitions::default()
    };
    schemas.read_into(&mut definitions)?;
    definitions.services = services::Reader::new(&found, &definitions, &budget).services()?;
    Ok(definitions)
}
