//! `#[derive(SoapOutput)]`: a struct whose fields are the outputs of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields};

use super::model::{Field, Output, Skipping, fields};
use crate::attrs;
use crate::errors::{Checked, Errors, ends};
use crate::facets;
use crate::naming::{refuse_no_xml_name, refuse_repeated};

pub(super) fn expand(item: &DeriveInput, errors: &mut Errors) -> Option<TokenStream> {
    let output = parse(item, errors)?;
    Some(render(&check(output, errors)))
}

fn parse<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<Output<'a>> {
    for meta in attrs::soap_entries(&item.attrs, errors) {
        errors.at(meta, "`#[derive(SoapOutput)]` has no keys for the struct; `#[soap(name = \"…\")]` goes on a field");
    }
    match &item.data {
        Data::Struct(data) if matches!(data.fields, Fields::Named(_)) => {
            let fields = fields(&data.fields, None, Skipping::Unknown, errors);
            Some(Output { ident: &item.ident, generics: &item.generics, fields })
        }
        _ => {
            let message = "`#[derive(SoapOutput)]` goes on a struct with named fields: their names are the outputs";
            errors.at(&item.ident, message);
            None
        }
    }
}

fn check<'a>(output: Output<'a>, errors: &mut Errors) -> Checked<Output<'a>> {
    let rules: &[fn(&mut Output<'a>, &mut Errors)] = &[
        |output, errors| output.fields.iter().for_each(|field| refuse_no_xml_name(&field.name, errors)),
        |output, errors| refuse_repeated(output.fields.iter().map(|field| &field.name), "outputs", errors),
    ];
    Checked::by(output, rules, errors)
}

fn render(output: &Checked<Output<'_>>) -> TokenStream {
    let Output { ident, generics, fields } = &**output;
    let (generics, arguments, bounds) = generics.split_for_impl();
    let parts = fields.iter().map(|field| {
        let Field { name, docs, ty, .. } = field;
        let part = quote_spanned!(ty.span()=> level.part::<#ty>(#name, #docs));
        restricted(field, part)
    });
    let sizes = fields.iter().map(size);
    let writes = fields.iter().enumerate().map(|(at, field)| {
        let Field { ident, ty, .. } = field;
        let write = quote_spanned!(ty.span()=> level.write::<#ty>(&self.#ident, &parts[#at].name, writer));
        writing(field, write)
    });
    let reading = reading(fields, &quote!(Self));
    let implementation = quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::Outputs<0> for #ident #arguments #bounds {
            fn parts(
                level: ::soap_runtime::__private::Level,
                _: &str,
                _: [&'static str; 0],
            ) -> ::std::vec::Vec<::soap_runtime::__private::Part> {
                ::std::vec![#(#parts),*]
            }
            fn size_hint(&self) -> usize {
                0 #(+ #sizes)*
            }
            fn write(
                &self,
                level: ::soap_runtime::__private::Level,
                parts: &[::soap_runtime::__private::Part],
                writer: &mut ::soap_runtime::Writer,
            ) {
                #(#writes)*
            }
            fn read(
                parts: &[::soap_runtime::__private::Part],
                answered: &mut ::soap_runtime::__private::Answered<'_, '_, '_>,
            ) -> ::soap_runtime::__private::Read<Self> {
                #reading
                ::core::result::Result::Ok(made)
            }
        }
    };
    facets::beside(fields.iter().filter_map(Field::item_of_facets), implementation)
}

/// Statements that read the fields from `answered`, by the names and the facets in `parts`, and what `made` is then
/// made of: the fields in braces.
pub(super) fn reading(fields: &[Field], made: &TokenStream) -> TokenStream {
    // At the types as well, and what they lack is asked for as it is elsewhere.
    let outputs: Vec<_> =
        fields.iter().enumerate().map(|(at, Field { ty, .. })| Ident::new(&format!("f{at}"), ends(ty).1)).collect();
    let slots = fields.iter().enumerate().map(|(at, Field { ty, .. })| {
        let absent = quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::absent);
        quote!(::soap_runtime::__private::Output::of(&parts[#at], #absent))
    });
    let borrowed =
        fields.iter().zip(&outputs).map(|(Field { ty, .. }, output)| quote_spanned!(ends(ty).0=> &mut #output));
    let idents = fields.iter().map(|field| &field.ident);
    quote! {
        #(let mut #outputs = #slots;)*
        answered.read(&mut [#(#borrowed),*])?;
        let made = #made { #(#idents: #outputs.take(answered)?),* };
    }
}

/// This and the following stand at the type, so that the compiler's verdict on it does, and once.
pub(super) fn part(field: &Field) -> TokenStream {
    let Field { name, docs, ty, .. } = field;
    restricted(field, quote_spanned!(ty.span()=> ::soap_runtime::__private::Part::of::<#ty>(#name, #docs)))
}

fn restricted(field: &Field, part: TokenStream) -> TokenStream {
    let restricted = field.restriction().map(|facets| quote!(.restricted(&#facets)));
    quote!(#part #restricted)
}

fn size(Field { ident, ty, .. }: &Field) -> TokenStream {
    quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::size_hint(&self.#ident))
}

/// Writes `value`, a reference to what the field holds.
pub(super) fn write(field: &Field, value: &TokenStream) -> TokenStream {
    let Field { name, ty, .. } = field;
    writing(field, quote_spanned!(ty.span()=> <#ty as ::soap_runtime::SoapType>::write_as(#value, #name, writer)))
}

fn writing(field: &Field, write: TokenStream) -> TokenStream {
    match field.restriction() {
        None => quote!(#write;),
        Some(facets) => quote!(writer.restricted(&#facets, |writer| #write);),
    }
}
