//! A struct that is a text with attributes.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::field_code::{FieldCode, hidden};
use super::field_reading::skipped;
use super::generics;
use super::model::{Common, Field, Role, Shape};
use super::parse::of_role;
use super::render_struct::named;
use crate::facets;

pub(super) fn render(common: &Common<'_>, shape: &Shape, fields: &[Field]) -> TokenStream {
    let Some(text) = of_role(fields, Role::Text).next() else { return TokenStream::new() };
    let code = FieldCode::of(fields);
    let (ident, docs) = (common.ident, &common.docs);
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    let (name_of_text, ty) = (&text.ident, &text.ty);
    let attributes = code.own_attributes();
    let definition = quote_spanned! {ty.span()=>
        ::soap_runtime::__private::text_type::<#ty>(#docs, #attributes)
    };
    let named = named(common, shape, &definition);
    let of_self = |field: &Field| {
        let ident = &field.ident;
        quote!(&self.#ident)
    };
    let (writes, sizes) = (code.write_attributes(&of_self), code.sizes(&of_self));
    // What is skipped holds no place, and the text is read when the attributes are.
    let values = of_role(fields, Role::Attribute).map(|field| code.value(field, &code.read_attribute(field)));
    let skipped = of_role(fields, Role::Skip).map(skipped);
    let element = hidden("element");
    let implementation = quote! {
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #generics ::soap_runtime::SoapType for #ident #arguments #bounds {
            fn schema() -> ::soap_runtime::Schema {
                ::soap_runtime::Schema::Named(#named)
            }
            fn read(
                content: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                let #element = &content;
                ::core::result::Result::Ok(Self {
                    #(#values,)*
                    #name_of_text: <#ty as ::soap_runtime::SoapType>::read(content)?,
                    #(#skipped,)*
                })
            }
            fn write(&self, writer: &mut ::soap_runtime::Writer) {
                <#ty as ::soap_runtime::SoapType>::write(&self.#name_of_text, writer)
            }
            fn write_attributes(&self, tag: &mut ::soap_runtime::StartTag<'_>) {
                #(#writes)*
            }
            fn size_hint(&self) -> usize {
                0 #(+ #sizes)*
            }
            fn empty_is_a_value() -> bool {
                <#ty as ::soap_runtime::SoapType>::empty_is_a_value()
            }
        }
    };
    facets::beside(code.facets(), implementation)
}
