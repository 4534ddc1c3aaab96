//! `#[soap_service]`: an `impl` block as a webservice.

mod block_keys;
mod check;
mod contract;
mod jobs;
mod messages;
mod method_keys;
mod model;
mod parse;
mod render;
mod signature;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Item, ItemImpl};

use crate::errors::Errors;

/// The user's block without our attributes, its description, and what is wrong with it.
pub(crate) fn expand(keys: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Some(mut block) = parse_block(&item, &mut errors) else {
        let errors = errors.into_tokens();
        return quote!(#item #errors);
    };
    let service = parse::service(keys, &mut block, &mut errors);
    let implementation = service.map(|service| render::service(&check::service(service, &mut errors)));
    let errors = errors.into_tokens();
    quote!(#block #implementation #errors)
}

fn parse_block(item: &TokenStream, errors: &mut Errors) -> Option<ItemImpl> {
    match syn::parse2(item.clone()) {
        Ok(Item::Impl(block)) => Some(block),
        Ok(_) => {
            // At the attribute: it is what stands in the wrong place.
            let message = "`#[soap_service]` goes on the `impl` block that holds the methods";
            errors.accept(Err(syn::Error::new(Span::call_site(), message)))
        }
        Err(error) => errors.accept(Err(error)),
    }
}
