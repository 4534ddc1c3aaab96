//! `#[soap_service]`: an `impl` block as a webservice, or a trait as what webservices have to be.

mod block_keys;
mod check;
mod client;
mod contract;
mod implemented;
mod interface;
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

/// The user's item without our attributes, its description, and what is wrong with it.
pub(crate) fn expand(keys: TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let expansion = match syn::parse2(item.clone()) {
        Ok(Item::Impl(block)) if block.trait_.is_some() => implemented::expand(keys, block, &mut errors),
        Ok(Item::Impl(block)) => expand_block(keys, block, &mut errors),
        Ok(Item::Trait(interface)) => interface::expand(keys, interface, &mut errors),
        Ok(_) => {
            // At the attribute: it is what stands in the wrong place.
            let message = "`#[soap_service]` goes on the `impl` block that holds the methods, or on a trait that says \
                           what they are";
            errors.accept::<()>(Err(syn::Error::new(Span::call_site(), message)));
            item
        }
        Err(error) => {
            errors.accept::<()>(Err(error));
            item
        }
    };
    let errors = errors.into_tokens();
    quote!(#expansion #errors)
}

fn expand_block(keys: TokenStream, mut block: ItemImpl, errors: &mut Errors) -> TokenStream {
    let service = parse::block(keys, &mut block, errors);
    let implementation = service.map(|service| {
        let service = check::service(service, errors);
        let (implementation, client) = (render::service(&service), client::of(&service));
        quote!(#implementation #client)
    });
    quote!(#block #implementation)
}
