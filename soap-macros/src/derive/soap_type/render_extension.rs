//! What a struct that extends another one has besides.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::generics;
use super::model::{Common, Field, Shape};

/// `writes` are those of all fields: the first is that of the base.
pub(super) fn render(common: &Common<'_>, shape: &Shape, base: &Field, writes: &[TokenStream]) -> TokenStream {
    let (ident, base) = (common.ident, &base.ty);
    let own = writes.iter().skip(1);
    let bounded = generics::bounded(common, shape);
    let (generics, arguments, bounds) = bounded.split_for_impl();
    let extension = quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::__private::Extension<#base> for #ident #arguments #bounds {
            #[allow(unused_variables)]
            fn write_own_fields(&self, writer: &mut ::soap_runtime::Writer) {
                #(#own)*
            }
        }
    };
    // What the base descends from this does as well.
    let mut further = bounded.clone();
    further.params.push(parse_quote!(__Far));
    further.params.push(parse_quote!(__Distance));
    further
        .make_where_clause()
        .predicates
        .push(parse_quote!(#base: ::soap_runtime::__private::DescendsFrom<__Far, __Distance>));
    let (generics, _, bounds) = further.split_for_impl();
    quote! {
        #extension
        #[automatically_derived]
        impl #generics
            ::soap_runtime::__private::DescendsFrom<__Far, ::soap_runtime::__private::Indirect<__Distance>>
            for #ident #arguments #bounds {}
    }
}
