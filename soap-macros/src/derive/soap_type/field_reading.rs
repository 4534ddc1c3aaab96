//! The code that reads fields.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::field_code::{FieldCode, hidden};
use super::model::{Field, Role};

impl FieldCode<'_> {
    /// Statements that take the attributes of `element` into `slots`.
    pub(super) fn read_attributes(&self) -> Vec<TokenStream> {
        let element = hidden("element");
        let read = |(field, place): (&Field, TokenStream)| {
            let ty = &field.ty;
            match field.role {
                Role::Attribute => {
                    let value = self.read_attribute(field);
                    Some(quote!(#place = #value;))
                }
                Role::Flatten | Role::Extends => Some(quote_spanned! {ty.span()=>
                    <#ty as ::soap_runtime::Fields>::read_attributes(&mut #place, #element)?;
                }),
                Role::Element | Role::Text | Role::Skip => None,
            }
        };
        self.places().into_iter().filter_map(read).collect()
    }

    /// What `element` says, as an `Option`.
    pub(super) fn read_attribute(&self, field: &Field) -> TokenStream {
        let Field { name, ty, .. } = field;
        let element = hidden("element");
        let trait_path = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::__private::AttributeValue>);
        match self.restriction(field) {
            None => quote!(#trait_path::read_attribute(#name, #element)?),
            Some(facets) => quote!(#trait_path::read_restricted_attribute(#name, #element, &#facets)?),
        }
    }

    /// The body of `read_field`.
    pub(super) fn read_field(&self) -> TokenStream {
        let (mut arms, mut others) = (Vec::new(), Vec::new());
        for (field, place) in self.places() {
            let Field { name, ty, .. } = field;
            let child = match self.restriction(field) {
                None => quote!(child),
                Some(facets) => quote!(child.restricted(&#facets)),
            };
            match (field.role, &field.default) {
                (Role::Element, None) => arms.push(quote_spanned! {ty.span()=>
                    #name => <#ty as ::soap_runtime::SoapType>::read_into(&mut #place, #child),
                }),
                (Role::Element, Some(_)) => arms.push(quote!(#name => #place.read(#child),)),
                (Role::Flatten | Role::Extends, _) => others.push((ty, place)),
                (Role::Attribute | Role::Text | Role::Skip, _) => {}
            }
        }
        let otherwise = otherwise(&others);
        if arms.is_empty() {
            return quote!(#otherwise);
        }
        // One `?` less for each field: each takes room on the stack where the compiler does not optimise.
        quote! {
            ::core::result::Result::map(
                match child.local_name() {
                    #(#arms)*
                    _ => { #otherwise }
                },
                |()| ::core::option::Option::None,
            )
        }
    }

    /// `field: value` for each, from `slots`.
    pub(super) fn values(&self) -> Vec<TokenStream> {
        let read = self.places().into_iter().map(|(field, place)| self.value(field, &place));
        read.chain(self.fields.iter().filter(|field| field.role == Role::Skip).map(skipped)).collect()
    }

    /// `field: value`, from what was read.
    pub(super) fn value(&self, field: &Field, read: &TokenStream) -> TokenStream {
        let Field { ident, name, ty, .. } = field;
        let element = hidden("element");
        let default = field.default.as_ref().map(|default| (default.function(ty), default.span()));
        match (field.role, default) {
            (Role::Attribute, Some((default, span))) => quote_spanned!(span=> #ident: #read.unwrap_or_else(#default)),
            (_, Some((default, span))) => quote_spanned!(span=> #ident: #read.or(#default)),
            (Role::Attribute, None) => quote_spanned! {ty.span()=>
                #ident: <#ty as ::soap_runtime::__private::AttributeValue>::given(#read, #name, #element)?
            },
            (Role::Flatten | Role::Extends, None) => {
                quote_spanned!(ty.span()=> #ident: <#ty as ::soap_runtime::Fields>::finish(#read, #element)?)
            }
            (_, None) => {
                quote_spanned!(ty.span()=> #ident: <#ty as ::soap_runtime::SoapType>::field(#read, #name, #element)?)
            }
        }
    }
}

pub(super) fn skipped(field: &Field) -> TokenStream {
    let Field { ident, ty, .. } = field;
    quote_spanned!(ty.span()=> #ident: <#ty as ::core::default::Default>::default())
}

/// What becomes of a child that is none of the own fields: the flattened ones are asked, in their order.
fn otherwise(others: &[(&syn::Type, TokenStream)]) -> TokenStream {
    let ask = |(ty, place): &(&syn::Type, TokenStream)| quote_spanned!(ty.span()=> <#ty as ::soap_runtime::Fields>::read_field(&mut #place, child));
    match others {
        [] => quote!(return ::core::result::Result::Ok(::core::option::Option::Some(child));),
        [first @ .., last] => {
            let first = first.iter().map(|other| {
                let asked = ask(other);
                quote! {
                    let ::core::option::Option::Some(child) = #asked? else {
                        return ::core::result::Result::Ok(::core::option::Option::None);
                    };
                }
            });
            let last = ask(last);
            quote!(#(#first)* return #last;)
        }
    }
}
