//! `impl Trait for Type`: the trait has all that is to be said, and the type is a service by it.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{ImplItem, ItemImpl};

use super::{interface, method_keys, signature};
use crate::errors::Errors;
use crate::{attrs, keys};

/// The block, and that its type is a service.
pub(super) fn expand(keys: TokenStream, mut block: ItemImpl, errors: &mut Errors) -> TokenStream {
    for meta in attrs::own_entries(keys, errors) {
        let message = format!("`{}` belongs to the trait, to the `#[soap_service(…)]` there", attrs::word(&meta));
        errors.at(meta.path(), message);
    }
    block.items.iter_mut().for_each(|item| refuse_what_belongs_to_the_trait(item, errors));
    let implementation = block
        .trait_
        .as_ref()
        .map(|(path, _)| interface::implementation(&block.generics, &block.self_ty.to_token_stream(), path));
    quote!(#block #implementation)
}

fn refuse_what_belongs_to_the_trait(item: &mut ImplItem, errors: &mut Errors) {
    let ImplItem::Fn(method) = item else { return };
    for mark in method_keys::take_marks(&mut method.attrs) {
        errors
            .at(mark.path(), format!("`#[{}]` belongs to the method of the trait; take it off here", mark.kind.word()));
    }
    for attribute in signature::take_attributes(&mut method.sig).iter().flatten() {
        if attribute.path().is_ident(keys::SOAP) {
            errors.at(attribute.path(), "`#[soap]` belongs to the method of the trait; take it off here");
        }
    }
}
