//! The macros of `soap-runtime`, which re-exports and documents them.
//!
//! Each goes the same way: attributes and syntax are parsed into a small model, its rules are
//! checked, and the model is rendered. Errors go to one sink, so that all are reported at once.

use proc_macro::TokenStream;

mod attrs;
mod default;
mod derive;
mod docs;
mod errors;
#[cfg(test)]
mod expansions;
mod facets;
mod keys;
mod naming;
#[cfg(test)]
mod reference;
mod service;

/// Documented where `soap-runtime` re-exports it.
#[proc_macro_attribute]
pub fn soap_service(keys: TokenStream, item: TokenStream) -> TokenStream {
    service::expand(keys.into(), item.into()).into()
}

/// Documented where `soap-runtime` re-exports it.
#[proc_macro_derive(SoapOutput, attributes(soap))]
pub fn derive_soap_output(item: TokenStream) -> TokenStream {
    derive::expand_output(item.into()).into()
}

/// Documented where `soap-runtime` re-exports it.
#[proc_macro_derive(SoapFault, attributes(soap))]
pub fn derive_soap_fault(item: TokenStream) -> TokenStream {
    derive::expand_fault(item.into()).into()
}

/// Documented where `soap-runtime` re-exports it.
#[proc_macro_derive(SoapType, attributes(soap))]
pub fn derive_soap_type(item: TokenStream) -> TokenStream {
    derive::expand_type(item.into()).into()
}
