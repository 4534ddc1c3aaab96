//! The code that writes fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::field_code::FieldCode;
use super::model::{Field, Role};
use crate::naming::Name;

/// `write`, where the element that it writes is in another namespace than those around it.
pub(super) fn in_namespace(namespace: Option<&Name>, write: TokenStream) -> TokenStream {
    match namespace {
        None => write,
        Some(namespace) => quote!(writer.of_namespace(#namespace, |writer| #write)),
    }
}

impl FieldCode<'_> {
    /// Statements that write the elements; `value` gives a reference to what a field holds.
    pub(super) fn writes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let write = |field: &Field| {
            let Field { name, ty, .. } = field;
            let value = value(field);
            match field.role {
                Role::Element => {
                    let write =
                        quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::write_as(#value, #name, writer));
                    let write = in_namespace(field.namespace.as_ref(), write);
                    Some(match self.restriction(field) {
                        None => quote!(#write;),
                        Some(facets) => quote!(writer.restricted(&#facets, |writer| #write);),
                    })
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::write_fields(#value, writer);
                }),
                Role::Attribute | Role::Text | Role::Skip => None,
            }
        };
        self.fields.iter().filter_map(write).collect()
    }

    /// Statements that write the attributes.
    pub(super) fn write_attributes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let write = |field: &Field| {
            let Field { name, ty, .. } = field;
            let value = value(field);
            match field.role {
                Role::Attribute => {
                    let trait_path = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::__private::AttributeValue>);
                    Some(match self.restriction(field) {
                        None => quote!(#trait_path::write_attribute(#value, #name, tag);),
                        Some(facets) => {
                            quote!(#trait_path::write_restricted_attribute(#value, #name, tag, &#facets);)
                        }
                    })
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::write_field_attributes(#value, tag);
                }),
                Role::Element | Role::Text | Role::Skip => None,
            }
        };
        self.fields.iter().filter_map(write).collect()
    }

    /// About how many bytes each takes.
    pub(super) fn sizes(&self, value: &dyn Fn(&Field) -> TokenStream) -> Vec<TokenStream> {
        let size = |field: &Field| {
            let ty = &field.ty;
            let value = value(field);
            match field.role {
                Role::Flatten | Role::Extends => {
                    quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::fields_size_hint(#value))
                }
                _ => quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::size_hint(#value)),
            }
        };
        self.slotted().map(size).collect()
    }
}
