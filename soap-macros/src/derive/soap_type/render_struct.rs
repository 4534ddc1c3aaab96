//! A struct: a sequence of elements, and attributes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::field_code::{FieldCode, hidden};
use super::generics;
use super::model::{Common, Field, Role, Shape};
use super::render_extension;
use crate::facets;

pub(super) fn render(common: &Common<'_>, shape: &Shape, fields: &[Field]) -> TokenStream {
    let code = FieldCode::of(fields);
    let implementation = fields_of_struct(common, shape, fields, &code);
    let extension = extended(fields).map(|base| render_extension::render(common, shape, base, &code.writes(&of_self)));
    let soap_type = common.is_abstract.is_none().then(|| soap_type(common, shape));
    let slots = slots(common, shape, fields, &code);
    let all = quote!(#implementation #extension #soap_type);
    facets::beside(std::iter::once(slots).chain(code.facets()), all)
}

/// Where it is told that a type has no fields: at that type.
fn span_of_slots(fields: &[Field]) -> Span {
    let others = fields.iter().find(|field| matches!(field.role, Role::Flatten | Role::Extends));
    others.map_or_else(Span::call_site, |field| field.ty.span())
}

fn name_of_slots(common: &Common<'_>, fields: &[Field]) -> Ident {
    format_ident!("__SlotsOf{}", common.ident, span = span_of_slots(fields))
}

/// A type of its own, for a tuple would show what it is made of, and fields may be of private types. The marker is
/// for parameters that are not used, and in last place it has the compiler say less of what cannot be flattened.
fn slots(common: &Common<'_>, shape: &Shape, fields: &[Field], code: &FieldCode<'_>) -> TokenStream {
    let (ident, name, slots) = (common.ident, name_of_slots(common, fields), code.slots());
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    quote_spanned! {span_of_slots(fields)=>
        #[allow(unreachable_pub, clippy::type_complexity)]
        pub struct #name #generics (#slots, ::core::marker::PhantomData<fn() -> #ident #arguments>) #bounds;
        impl #generics ::core::default::Default for #name #arguments #bounds {
            fn default() -> Self {
                Self(::core::default::Default::default(), ::core::marker::PhantomData)
            }
        }
    }
}

/// `Some("urn:…")`, or `None`.
pub(super) fn namespace(common: &Common<'_>) -> TokenStream {
    match &common.namespace {
        Some(namespace) => quote!(::core::option::Option::Some(#namespace)),
        None => quote!(::core::option::Option::None),
    }
}

/// The `NamedType`, whose definition is the expression `definition`.
pub(super) fn named(common: &Common<'_>, shape: &Shape, definition: &TokenStream) -> TokenStream {
    let (name, words, namespace) = (&common.name, generics::words(common, shape), namespace(common));
    quote!(::soap_runtime::__private::named_type::<Self>(#name, &[#(#words),*], #namespace, || #definition))
}

fn extended(fields: &[Field]) -> Option<&Field> {
    fields.iter().find(|field| field.role == Role::Extends)
}

fn of_self(field: &Field) -> TokenStream {
    let ident = &field.ident;
    quote!(&self.#ident)
}

fn fields_of_struct(common: &Common<'_>, shape: &Shape, fields: &[Field], code: &FieldCode<'_>) -> TokenStream {
    let (ident, docs) = (common.ident, &common.docs);
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    let (namespace, name_of_slots) = (namespace(common), name_of_slots(common, fields));
    let mut definition = match extended(fields) {
        None => quote!(::soap_runtime::__private::struct_type::<Self>(#docs)),
        Some(Field { ty, .. }) => quote!(::soap_runtime::__private::extension_type::<Self, #ty>(#docs)),
    };
    if common.is_abstract.is_some() {
        definition = quote!(::soap_runtime::__private::abstract_type(#definition));
    }
    let named = named(common, shape, &definition);
    let (particles, read_field) = (code.particles(), code.read_field());
    let (values, sizes) = (code.values(), code.sizes(&of_self));
    let writes = match extended(fields) {
        None => code.writes(&of_self),
        Some(base) => {
            let (ident, ty) = (&base.ident, &base.ty);
            vec![quote! {
                <#ty as ::soap_runtime::Fields>::write_fields(&self.#ident, writer);
                ::soap_runtime::__private::Extension::<#ty>::write_own_fields(self, writer);
            }]
        }
    };
    let slots_of_self = quote_spanned!(span_of_slots(fields)=> Self::Slots);
    let attributes = attributes(code, &slots_of_self);
    let (slots, element) = (hidden("slots"), hidden("element"));
    let write_qualified = extended(fields).map(|base| {
        let base = &base.ident;
        quote! {
            fn write_qualified(&self, writer: &mut ::soap_runtime::Writer) {
                ::soap_runtime::__private::write_extension(self, &self.#base, writer)
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #generics ::soap_runtime::Fields for #ident #arguments #bounds {
            type Slots = #name_of_slots #arguments;
            const NAMESPACE: ::core::option::Option<&'static str> = #namespace;
            fn named() -> ::soap_runtime::__private::NamedType {
                #named
            }
            fn particles() -> ::std::vec::Vec<::soap_runtime::__private::Particle> {
                #particles
            }
            fn read_field<'r, 'a>(
                #slots: &mut #slots_of_self,
                child: ::soap_runtime::Element<'r, 'a>,
            ) -> ::soap_runtime::__private::Read<::core::option::Option<::soap_runtime::Element<'r, 'a>>> {
                #read_field
            }
            fn finish(
                #slots: #slots_of_self,
                #element: &::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                ::core::result::Result::Ok(Self { #(#values),* })
            }
            fn write_fields(&self, writer: &mut ::soap_runtime::Writer) {
                #(#writes)*
            }
            fn fields_size_hint(&self) -> usize {
                0 #(+ #sizes)*
            }
            #attributes
            #write_qualified
        }
    }
}

/// The methods for attributes, if there may be any.
fn attributes(code: &FieldCode<'_>, slots_of_self: &TokenStream) -> Option<TokenStream> {
    let attributes = code.attributes()?;
    let (slots, element) = (hidden("slots"), hidden("element"));
    let (reads, writes) = (code.read_attributes(), code.write_attributes(&of_self));
    Some(quote! {
        fn attributes() -> ::std::vec::Vec<::soap_runtime::__private::Part> {
            #attributes
        }
        fn read_attributes(
            #slots: &mut #slots_of_self,
            #element: &::soap_runtime::Element<'_, '_>,
        ) -> ::soap_runtime::__private::Read<()> {
            #(#reads)*
            ::core::result::Result::Ok(())
        }
        fn write_field_attributes(&self, tag: &mut ::soap_runtime::StartTag<'_>) {
            #(#writes)*
        }
    })
}

/// Of a type that has fields.
pub(super) fn soap_type(common: &Common<'_>, shape: &Shape) -> TokenStream {
    let ident = common.ident;
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapType for #ident #arguments #bounds {
            fn schema() -> ::soap_runtime::Schema {
                ::soap_runtime::Schema::Named(<Self as ::soap_runtime::Fields>::named())
            }
            fn read(
                element: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                ::soap_runtime::__private::read_fields(element)
            }
            fn write(&self, writer: &mut ::soap_runtime::Writer) {
                ::soap_runtime::Fields::write_qualified(self, writer)
            }
            fn write_attributes(&self, tag: &mut ::soap_runtime::StartTag<'_>) {
                ::soap_runtime::__private::write_field_attributes(self, tag)
            }
            fn size_hint(&self) -> usize {
                ::soap_runtime::Fields::fields_size_hint(self)
            }
        }
    }
}
