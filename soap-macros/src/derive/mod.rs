//! The derives: types, structs as outputs, errors as faults.

mod fault;
mod model;
mod output;
mod soap_type;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;

pub(crate) fn expand_output(item: TokenStream) -> TokenStream {
    expand(item, output::expand)
}

pub(crate) fn expand_fault(item: TokenStream) -> TokenStream {
    expand(item, fault::expand)
}

pub(crate) fn expand_type(item: TokenStream) -> TokenStream {
    expand(item, soap_type::expand)
}

/// The implementation, if there can be one, and the errors.
fn expand(item: TokenStream, derive: fn(&DeriveInput, &mut Errors) -> Option<TokenStream>) -> TokenStream {
    let mut errors = Errors::default();
    let mut expanded = errors.accept(syn::parse2(item)).and_then(|item| derive(&item, &mut errors)).unwrap_or_default();
    expanded.extend(errors.into_tokens());
    expanded
}
