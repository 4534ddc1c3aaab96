//! A trait that says what services of its kind are; each type that implements it is one.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{
    FnArg, Generics, Ident, ItemTrait, Pat, PatWild, ReceiverKind, ReturnType, Signature, Token, TraitItem,
    parse_quote, parse_quote_spanned,
};

use super::{check, client, parse, render};
use crate::errors::{Errors, ends};

/// What the trait makes beside what its author wrote. `impl Trait for Type` asks for it by this name, which
/// the compiler says where the trait has none.
const DEFINITION: &str = "__soap_service_on_the_trait";

/// The trait, its description, a type that stands for it, and its client.
pub(super) fn expand(keys: TokenStream, mut interface: ItemTrait, errors: &mut Errors) -> TokenStream {
    let Some(service) = parse::interface(keys, &mut interface, errors) else {
        // So that its implementations are not blamed as well.
        interface.items.push(definition(&quote!(::core::unreachable!())));
        return quote!(#interface);
    };
    let service = check::service(service, errors);
    let (bearer, methods) = (name_of_bearer(&interface.ident), methods(&mut interface));
    interface.colon_token = Some(Token![:](Span::call_site()));
    interface.supertraits = parse_quote!(::core::marker::Send + ::core::marker::Sync + 'static);
    interface.items.push(definition(&render::definition(&service)));
    let ItemTrait { vis, ident, .. } = &interface;
    let implementation = implementation(&Generics::default(), &bearer.to_token_stream(), ident);
    // What is described elsewhere is no service of this program.
    let registration = (!service.is_foreign).then(|| render::registration(&service));
    let client = client::of(&service);
    quote! {
        #interface
        #[doc(hidden)]
        #[allow(dead_code)]
        #vis enum #bearer {}
        #[automatically_derived]
        impl #ident for #bearer {
            #(#methods)*
        }
        #implementation
        #registration
        #client
    }
}

/// The type that stands for the trait where a type is needed: there is no value of it.
pub(super) fn name_of_bearer(interface: &Ident) -> Ident {
    format_ident!("__{interface}")
}

/// That `ty`, which implements the trait, is a service.
pub(super) fn implementation(generics: &Generics, ty: &TokenStream, interface: &impl ToTokens) -> TokenStream {
    let (generics, _, bounds) = generics.split_for_impl();
    let definition = definition_of(interface);
    quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapService for #ty #bounds {
            fn definition() -> ::soap_runtime::__private::Definition<Self> {
                #definition
            }
        }
    }
}

/// Asked for where the trait stands, so that a trait which has none is blamed there.
fn definition_of(interface: &impl ToTokens) -> TokenStream {
    let (_, end) = ends(interface);
    let name = Ident::new(DEFINITION, end);
    quote_spanned!(end=> <Self as #interface>::#name())
}

fn definition(definition: &TokenStream) -> TraitItem {
    let name = format_ident!("{DEFINITION}");
    TraitItem::Verbatim(quote! {
        #[doc(hidden)]
        fn #name() -> ::soap_runtime::__private::Definition<Self>
        where
            Self: ::soap_runtime::SoapService,
        {
            #definition
        }
    })
}

/// Makes the methods of the trait such that a server can call them, and gives them for a type without values.
fn methods(interface: &mut ItemTrait) -> Vec<TokenStream> {
    let methods = interface.items.iter_mut().filter_map(|item| match item {
        TraitItem::Fn(method) if method.default.is_none() => Some(&mut method.sig),
        _ => None,
    });
    methods
        .map(|signature| match signature.asyncness.take() {
            None => uncalled(signature, &never(signature)),
            Some(word) => {
                let output = match &signature.output {
                    ReturnType::Default => quote!(()),
                    ReturnType::Type(_, ty) => ty.to_token_stream(),
                };
                // An `async fn` of a trait does not say whether its future may change threads, and ours has to.
                signature.output = parse_quote_spanned! {word.span=>
                    -> impl ::core::future::Future<Output = #output> + ::core::marker::Send
                };
                uncalled(signature, &quote!(::core::future::pending::<#output>()))
            }
        })
        .collect()
}

/// What a method does that cannot be called.
fn never(signature: &Signature) -> TokenStream {
    match signature.receiver().map(|receiver| &receiver.kind) {
        Some(ReceiverKind::Value) => quote!(match self {}),
        Some(_) => quote!(match *self {}),
        None => quote!(::core::unreachable!()),
    }
}

fn uncalled(signature: &Signature, body: &TokenStream) -> TokenStream {
    let mut signature = signature.clone();
    for argument in &mut signature.inputs {
        if let FnArg::Typed(typed) = argument {
            typed.attrs.clear();
            *typed.pat = Pat::Wild(PatWild { attrs: Vec::new(), underscore_token: Token![_](Span::call_site()) });
        }
    }
    quote!(#signature { #body })
}

/// Refuses what a trait may be, and not one of services.
pub(super) fn refuse_what_no_service_is(interface: &ItemTrait, errors: &mut Errors) {
    refuse_supertraits(interface, errors);
    interface.items.iter().for_each(|item| refuse_other_item(item, errors));
}

fn refuse_supertraits(interface: &ItemTrait, errors: &mut Errors) {
    let message = "the trait of a service has no supertraits: `Send + Sync + 'static` come by themselves, and what else \
                   an implementation is, it says itself; leave them out";
    if !interface.supertraits.is_empty() {
        errors.at(&interface.supertraits, message);
    }
    if let Some(clause) = &interface.generics.where_clause {
        errors.at(clause, message);
    }
}

/// What has no body has to be there in every implementation, and nobody but the service's callers needs it.
fn refuse_other_item(item: &TraitItem, errors: &mut Errors) {
    match item {
        TraitItem::Const(constant) if constant.default.is_none() => {
            let message = "the trait of a service has no constants for its implementations to give, for its description \
                           names definite values; make it a constant beside the trait";
            errors.at(&constant.ident, message);
        }
        TraitItem::Type(ty) => {
            let message = "the trait of a service has no associated types, for its description names definite types; \
                           name the type itself";
            errors.at(&ty.ident, message);
        }
        _ => {}
    }
}
