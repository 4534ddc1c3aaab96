//! An enum whose variants are a base and types that extend it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Index, Type};

use super::generics;
use super::model::{Common, Member, Shape};

pub(super) fn render(common: &Common<'_>, shape: &Shape, base: Option<&Type>, members: &[Member]) -> TokenStream {
    let ident = common.ident;
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    // A base that is no member is nothing that can be read or written.
    let first = usize::from(base.is_some());
    let Some(base) = base.or_else(|| members.first().map(|member| &member.ty)) else { return TokenStream::new() };
    let derived = members
        .iter()
        .skip(1 - first)
        .map(|Member { ty, .. }| quote_spanned!(ty.span()=> ::soap_runtime::__private::derived::<#base, #ty, _>()));
    let count = members.len();
    let reads = members.iter().enumerate().map(|(at, Member { ident, ty })| {
        let place = Index::from(at + first);
        let pattern = if at + 1 == count { quote!(_) } else { quote!(#place) };
        quote_spanned!(ty.span()=> #pattern => <#ty as ::soap_runtime::SoapType>::read(element).map(Self::#ident),)
    });
    let method = |name: &str, more: TokenStream| -> Vec<TokenStream> {
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        let arm = |Member { ident, ty }: &Member| quote_spanned!(ty.span()=> Self::#ident(value) => <#ty as ::soap_runtime::SoapType>::#name(value #more),);
        members.iter().map(arm).collect()
    };
    let (writes, sizes) = (method("write", quote!(, writer)), method("size_hint", quote!()));
    let attributes = members.iter().enumerate().map(|(at, Member { ident, ty })| match at + first {
        0 => quote_spanned! {ty.span()=>
            Self::#ident(value) => <#ty as ::soap_runtime::SoapType>::write_attributes(value, tag),
        },
        _ => quote_spanned! {ty.span()=>
            Self::#ident(value) => ::soap_runtime::__private::write_derived_attributes::<#ty>(value, tag),
        },
    });
    let named = quote_spanned!(base.span()=> <#base as ::soap_runtime::Fields>::named());
    quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapType for #ident #arguments #bounds {
            fn schema() -> ::soap_runtime::Schema {
                ::soap_runtime::Schema::Family(#named, ::std::vec![#(#derived),*])
            }
            fn read(
                element: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                match ::soap_runtime::__private::member::<Self>(&element, #first)? {
                    #(#reads)*
                }
            }
            fn write(&self, writer: &mut ::soap_runtime::Writer) {
                match self {
                    #(#writes)*
                }
            }
            fn write_attributes(&self, tag: &mut ::soap_runtime::StartTag<'_>) {
                match self {
                    #(#attributes)*
                }
            }
            fn size_hint(&self) -> usize {
                match self {
                    #(#sizes)*
                }
            }
        }
    }
}
