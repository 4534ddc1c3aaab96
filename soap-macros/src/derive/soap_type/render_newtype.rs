//! A newtype: a restriction of what is in it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Type, WherePredicate, parse_quote};

use super::generics;
use super::model::{Common, Shape};
use super::render_struct::named;
use crate::facets::{self, Facets};

pub(super) fn render(common: &Common<'_>, shape: &Shape, ty: &Type, facets: &Facets) -> TokenStream {
    let (ident, docs) = (common.ident, &common.docs);
    let generics = generics::bounded(common, shape);
    let (generics, arguments, bounds) = generics.split_for_impl();
    let name = format_ident!("FACETS");
    let item = facets.item(&name, ty);
    let inner = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>);
    let simple = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SimpleType>);
    let (list, read, write, check) = match &item {
        None => (quote!(::std::vec![]), quote!(element), quote!(#inner::write(&self.0, writer)), None),
        Some(_) => (
            quote!(#name.published()),
            quote!(element.restricted(&#name)),
            quote!(writer.restricted_text(&#name, |writer| #inner::write(&self.0, writer))),
            Some(quote!(.and_then(|value| #name.check(text).map(|()| value)))),
        ),
    };
    let definition = quote_spanned!(ty.span()=> ::soap_runtime::__private::newtype::<#ty>(#docs, #list));
    let named = named(common, shape, &definition);
    let restrict = restrict(common, shape, ty);
    let implementation = quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapType for #ident #arguments #bounds {
            fn schema() -> ::soap_runtime::Schema {
                ::soap_runtime::Schema::Named(#named)
            }
            fn read(
                element: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                #inner::read(#read).map(Self)
            }
            fn write(&self, writer: &mut ::soap_runtime::Writer) {
                #write
            }
            fn size_hint(&self) -> usize {
                #inner::size_hint(&self.0)
            }
            fn empty_is_a_value() -> bool {
                #inner::empty_is_a_value()
            }
        }
        #[automatically_derived]
        impl #generics ::soap_runtime::SimpleType for #ident #arguments #bounds {
            fn parse(text: &str) -> ::core::result::Result<Self, ::std::string::String> {
                #simple::parse(text)#check.map(Self)
            }
        }
        #restrict
    };
    facets::beside(item, implementation)
}

/// It can have facets where it is used, if what is in it can: of the latter's values.
fn restrict(common: &Common<'_>, shape: &Shape, ty: &Type) -> TokenStream {
    let ident = common.ident;
    let mut generics = generics::bounded(common, shape);
    let (_, arguments, _) = common.generics.split_for_impl();
    // A parameter in place of the type itself, which may be more private than the newtype.
    generics.params.push(parse_quote!(__Value));
    // Said of no type parameter it would be an error, not a condition, but for the lifetime.
    let conditions: [WherePredicate; 2] = [
        parse_quote!(for<'never> #ty: ::soap_runtime::__private::RestrictItem<Value = __Value>),
        parse_quote!(__Value: ::soap_runtime::SimpleType + ::core::marker::Sync),
    ];
    generics.make_where_clause().predicates.extend(conditions);
    let (generics, _, bounds) = generics.split_for_impl();
    let secret = quote!(<#ty as ::soap_runtime::__private::RestrictItem>::SECRET);
    quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::__private::RestrictItem for #ident #arguments #bounds {
            type Value = __Value;
            type InList = __Value;
            const SECRET: bool = #secret;
        }
        #[automatically_derived]
        impl #generics ::soap_runtime::__private::Restrict for #ident #arguments #bounds {
            type Value = __Value;
            const SECRET: bool = #secret;
        }
    }
}
