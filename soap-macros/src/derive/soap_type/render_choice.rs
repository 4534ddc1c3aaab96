//! An enum with data: one of several elements.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;

use super::field_code::{FieldCode, hidden};
use super::field_writing::in_namespace;
use super::generics;
use super::model::{Common, Content, Field, Shape, Variant};
use super::render_struct::{named, namespace, soap_type};
use crate::facets::{self, Facets};

pub(super) fn render(common: &Common<'_>, shape: &Shape, variants: &[Variant]) -> TokenStream {
    let (ident, docs) = (common.ident, &common.docs);
    let bounded = generics::bounded(common, shape);
    let (generics, arguments, bounds) = bounded.split_for_impl();
    let (namespace, soap_type) = (namespace(common), soap_type(common, shape));
    let named = named(common, shape, &quote!(::soap_runtime::__private::choice_type::<Self>(#docs)));
    let parts = variants.iter().map(|variant| part(common, shape, variant));
    let reads = variants.iter().map(read);
    let (writes, sizes) = (variants.iter().map(|variant| write(common, variant)), variants.iter().map(size));
    let implementation = quote! {
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #generics ::soap_runtime::Fields for #ident #arguments #bounds {
            type Slots = ::core::option::Option<Self>;
            const NAMESPACE: ::core::option::Option<&'static str> = #namespace;
            fn named() -> ::soap_runtime::__private::NamedType {
                #named
            }
            fn particles() -> ::std::vec::Vec<::soap_runtime::__private::Particle> {
                ::soap_runtime::__private::choice(::std::vec![#(#parts),*])
            }
            fn read_field<'r, 'a>(
                slots: &mut Self::Slots,
                child: ::soap_runtime::Element<'r, 'a>,
            ) -> ::soap_runtime::__private::Read<::core::option::Option<::soap_runtime::Element<'r, 'a>>> {
                ::core::result::Result::map(
                    match child.local_name() {
                        #(#reads)*
                        _ => return ::core::result::Result::Ok(::core::option::Option::Some(child)),
                    },
                    |()| ::core::option::Option::None,
                )
            }
            fn finish(
                slots: Self::Slots,
                element: &::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                ::soap_runtime::__private::chosen(slots, element)
            }
            fn write_fields(&self, writer: &mut ::soap_runtime::Writer) {
                match self {
                    #(#writes)*
                }
            }
            fn fields_size_hint(&self) -> usize {
                match self {
                    #(#sizes)*
                }
            }
        }
        #[automatically_derived]
        impl #generics ::soap_runtime::__private::Choice for #ident #arguments #bounds {}
        #soap_type
    };
    facets::beside(variants.iter().flat_map(items_of_facets), implementation)
}

fn code<'a>(variant: &Variant, fields: &'a [Field]) -> FieldCode<'a> {
    FieldCode::of_variant(fields, &variant.ident)
}

fn items_of_facets(variant: &Variant) -> Vec<TokenStream> {
    match &variant.content {
        Content::Nothing => Vec::new(),
        Content::Value { ty, facets } => facets.item(&name_of_facets(variant), ty).into_iter().collect(),
        Content::Fields(fields) => code(variant, fields).facets().collect(),
    }
}

fn name_of_facets(variant: &Variant) -> proc_macro2::Ident {
    format_ident!("FACETS_OF_{}", variant.ident)
}

fn restriction(variant: &Variant, facets: &Facets) -> Option<proc_macro2::Ident> {
    facets.first().map(|_| name_of_facets(variant))
}

fn part(common: &Common<'_>, shape: &Shape, variant: &Variant) -> TokenStream {
    let Variant { name, docs, content, namespace, .. } = variant;
    let part = match content {
        Content::Nothing => {
            quote!(<::core::primitive::bool as ::soap_runtime::SoapType>::variant(#name, #docs))
        }
        Content::Value { ty, facets } => {
            let restricted = restriction(variant, facets).map(|facets| quote!(.restricted(&#facets)));
            let part = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::variant(#name, #docs));
            quote!(#part #restricted)
        }
        Content::Fields(fields) => {
            let code = code(variant, fields);
            let (particles, attributes) =
                (code.particles(), code.attributes().unwrap_or_else(|| quote!(::std::vec![])));
            let definition = quote!(::soap_runtime::__private::particles_type(#docs, #particles, #attributes));
            let inner = Common { name: joined(common, variant), ..common_of(common) };
            let named = named(&inner, shape, &definition);
            quote!(::soap_runtime::__private::variant(#name, #docs, #named))
        }
    };
    let namespace = namespace.as_ref().map(|namespace| quote!(.in_namespace(#namespace)));
    quote!(#part #namespace)
}

/// `PaymentInvoice`, the name of the type in an element `Invoice`.
fn joined(common: &Common<'_>, variant: &Variant) -> crate::naming::Name {
    crate::naming::Name { text: format!("{}{}", common.name.text, variant.ident), span: variant.ident.span() }
}

fn common_of<'a>(common: &Common<'a>) -> Common<'a> {
    Common {
        ident: common.ident,
        generics: common.generics,
        name: common.name.clone(),
        namespace: common.namespace.clone(),
        docs: String::new(),
        is_abstract: None,
    }
}

fn read(variant: &Variant) -> TokenStream {
    let Variant { ident, name, content, .. } = variant;
    let read = match content {
        Content::Nothing => {
            return quote!(#name => ::soap_runtime::__private::choose_flag(slots, child, Self::#ident),);
        }
        Content::Value { ty, facets } => {
            let child = match restriction(variant, facets) {
                None => quote!(child),
                Some(facets) => quote!(child.restricted(&#facets)),
            };
            quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::read_item(#child).map(Self::#ident))
        }
        Content::Fields(fields) => {
            let code = code(variant, fields);
            let (types_of_slots, values) = (code.slots(), code.values());
            let (slots, element) = (hidden("slots"), hidden("element"));
            let (attributes, field) = (code.read_attributes(), code.read_field());
            quote! {
                ::soap_runtime::__private::read_fields_by::<#types_of_slots, Self>(
                    child,
                    |#slots, #element| {
                        #(#attributes)*
                        ::core::result::Result::Ok(())
                    },
                    |#slots, child| {
                        #field
                    },
                    |#slots, #element| ::core::result::Result::Ok(Self::#ident { #(#values),* }),
                )
            }
        }
    };
    quote!(#name => ::soap_runtime::__private::choose(slots, child, |child| #read),)
}

fn bound(field: &Field) -> TokenStream {
    let at = format_ident!("f_{}", syn::ext::IdentExt::unraw(&field.ident));
    quote!(#at)
}

fn pattern(fields: &[Field]) -> TokenStream {
    let bound = fields.iter().filter(|field| field.role != super::model::Role::Skip).map(|field| {
        let (ident, at) = (&field.ident, bound(field));
        quote!(#ident: #at)
    });
    quote!({ #(#bound,)* .. })
}

fn write(common: &Common<'_>, variant: &Variant) -> TokenStream {
    let Variant { ident, name, content, namespace: of_element, .. } = variant;
    let in_namespace = |write| in_namespace(of_element.as_ref(), write);
    match content {
        Content::Nothing => {
            let write = in_namespace(quote!(
                <::core::primitive::bool as ::soap_runtime::SoapType>::write_item(&true, #name, writer)
            ));
            quote!(Self::#ident => #write,)
        }
        Content::Value { ty, facets } => {
            let write = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::write_item(value, #name, writer));
            let write = in_namespace(write);
            let write = match restriction(variant, facets) {
                None => write,
                Some(facets) => quote!(writer.restricted(&#facets, |writer| #write)),
            };
            quote!(Self::#ident(value) => #write,)
        }
        Content::Fields(fields) => {
            let code = code(variant, fields);
            let (pattern, namespace) = (pattern(fields), namespace(common));
            let (attributes, elements) = (code.write_attributes(&bound), code.writes(&bound));
            let write = in_namespace(quote! {
                ::soap_runtime::__private::write_variant(
                    writer,
                    #name,
                    #namespace,
                    |tag| { #(#attributes)* },
                    |writer| { #(#elements)* },
                )
            });
            quote!(Self::#ident #pattern => #write,)
        }
    }
}

fn size(variant: &Variant) -> TokenStream {
    let Variant { ident, content, .. } = variant;
    match content {
        Content::Nothing => quote!(Self::#ident => 4,),
        Content::Value { ty, .. } => {
            quote_spanned!(ty.span()=> Self::#ident(value) => <#ty as ::soap_runtime::SoapType>::size_hint(value),)
        }
        Content::Fields(fields) => {
            let (pattern, sizes) = (pattern(fields), code(variant, fields).sizes(&bound));
            quote!(Self::#ident #pattern => 0 #(+ #sizes)*,)
        }
    }
}
