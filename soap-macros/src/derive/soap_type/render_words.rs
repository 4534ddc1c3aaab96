//! An enum without data: an enumeration of words.

use proc_macro2::TokenStream;
use quote::quote;

use super::generics;
use super::model::{Common, Shape, Word};
use super::render_struct::named;

pub(super) fn render(common: &Common<'_>, shape: &Shape, words: &[Word]) -> TokenStream {
    let (ident, docs) = (common.ident, &common.docs);
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    let (variants, texts): (Vec<_>, Vec<_>) = words.iter().map(|word| (&word.ident, &word.text)).unzip();
    let all = quote!(&[#(#texts),*]);
    let named = named(common, shape, &quote!(::soap_runtime::__private::words(#docs, #all)));
    quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapType for #ident #arguments #bounds {
            fn schema() -> ::soap_runtime::Schema {
                ::soap_runtime::Schema::Named(#named)
            }
            fn read(
                element: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                element.parse(|text| <Self as ::soap_runtime::SimpleType>::parse(&text))
            }
            fn write(&self, writer: &mut ::soap_runtime::Writer) {
                writer.text(match self {
                    #(Self::#variants => #texts,)*
                })
            }
        }
        #[automatically_derived]
        impl #generics ::soap_runtime::SimpleType for #ident #arguments #bounds {
            fn parse(text: &str) -> ::core::result::Result<Self, ::std::string::String> {
                ::core::result::Result::Ok(match text {
                    #(#texts => Self::#variants,)*
                    other => {
                        return ::core::result::Result::Err(::soap_runtime::__private::no_word(other, #all));
                    }
                })
            }
        }
    }
}
