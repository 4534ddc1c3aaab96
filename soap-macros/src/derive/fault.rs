//! `#[derive(SoapFault)]`: an error whose variants are declared faults with a typed detail.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Type, Variant};

use super::model::{Code, Fault, FaultType, Field, Skipping, fields};
use super::output::{part, reading, write};
use crate::attrs::{self, Slot};
use crate::errors::{Checked, Errors};
use crate::facets;
use crate::naming::{Name, refuse_no_xml_name, refuse_repeated};
use crate::{docs, keys};

pub(super) fn expand(item: &DeriveInput, errors: &mut Errors) -> Option<TokenStream> {
    let fault = parse(item, errors)?;
    Some(render(&check(fault, errors)))
}

fn parse<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<FaultType<'a>> {
    let faults = match &item.data {
        Data::Enum(data) if data.variants.is_empty() => {
            errors.at(&item.ident, "an enum without variants is no fault; give it a variant for each");
            return None;
        }
        Data::Enum(data) => {
            let default = fault_keys(&item.attrs, "an enum", &[keys::CLIENT, keys::SERVER], errors).code;
            data.variants.iter().map(|variant| parse_variant(variant, default, errors)).collect()
        }
        Data::Struct(data) => vec![parse_struct(item, &data.fields, errors)],
        Data::Union(data) => {
            errors.at(data.union_token, "`#[derive(SoapFault)]` goes on an enum or a struct");
            return None;
        }
    };
    Some(FaultType { ident: &item.ident, generics: &item.generics, faults })
}

fn parse_variant(variant: &Variant, default: Option<Code>, errors: &mut Errors) -> Fault {
    let keys = fault_keys(&variant.attrs, "a variant", FAULT_KEYS, errors);
    let (value, fields) = contents(&variant.fields, Some(&variant.ident), errors);
    Fault {
        name: keys.name.unwrap_or_else(|| Name::from(&variant.ident)),
        variant: Some(variant.ident.clone()),
        docs: docs::text(&variant.attrs),
        code: keys.code.or(default).unwrap_or_default(),
        subcode: keys.subcode,
        is_whole: value.is_some() || fields.len() == variant.fields.len(),
        value,
        fields,
    }
}

fn parse_struct(item: &DeriveInput, own: &Fields, errors: &mut Errors) -> Fault {
    let keys = fault_keys(&item.attrs, "a struct", FAULT_KEYS, errors);
    let (value, fields) = contents(own, None, errors);
    Fault {
        name: keys.name.unwrap_or_else(|| Name::from(&item.ident)),
        variant: None,
        docs: docs::text(&item.attrs),
        code: keys.code.unwrap_or_default(),
        subcode: keys.subcode,
        is_whole: value.is_some() || fields.len() == own.len(),
        value,
        fields,
    }
}

/// What the detail holds: a value whose type says what that is, or fields.
fn contents(own: &Fields, variant: Option<&Ident>, errors: &mut Errors) -> (Option<Type>, Vec<Field>) {
    match own {
        Fields::Unnamed(unnamed) if unnamed.unnamed.len() == 1 => {
            let field = &unnamed.unnamed[0];
            let keeps_its_name = attrs::soap_entries(&field.attrs, errors).is_empty();
            if keeps_its_name {
                return (Some(field.ty.clone()), Vec::new());
            }
            (None, fields(own, variant, Skipping::Allowed, errors))
        }
        own => (None, fields(own, variant, Skipping::Allowed, errors)),
    }
}

const FAULT_KEYS: &[&str] = &[keys::NAME, keys::CLIENT, keys::SERVER, keys::SUBCODE];

/// What `#[soap(…)]` says of a fault, or of all faults of an enum.
struct FaultKeys {
    name: Option<Name>,
    code: Option<Code>,
    subcode: Option<Name>,
}

fn fault_keys(attributes: &[Attribute], place: &str, known: &[&str], errors: &mut Errors) -> FaultKeys {
    let (mut name, mut code, mut subcode) = (Slot::default(), Slot::default(), Slot::default());
    for meta in attrs::soap_entries(attributes, errors) {
        match attrs::word(&meta).as_str() {
            keys::NAME | keys::RENAME if known.contains(&keys::NAME) => {
                name.set(&meta, attrs::name(&meta, errors), errors);
            }
            keys::SUBCODE if known.contains(&keys::SUBCODE) => {
                subcode.set(&meta, attrs::name(&meta, errors), errors);
            }
            keys::CLIENT => code.set(&meta, attrs::flag(&meta, errors).map(|()| Code::Client), errors),
            keys::SERVER => code.set(&meta, attrs::flag(&meta, errors).map(|()| Code::Server), errors),
            _ => attrs::refuse_unknown(&meta, &format!("`#[soap]` on {place}"), known, errors),
        }
    }
    FaultKeys { name: name.take(), code: code.take(), subcode: subcode.take() }
}

fn check<'a>(fault: FaultType<'a>, errors: &mut Errors) -> Checked<FaultType<'a>> {
    let rules: &[fn(&mut FaultType<'a>, &mut Errors)] = &[
        |fault, errors| fault.faults.iter().for_each(|fault| check_names(fault, errors)),
        |fault, errors| refuse_repeated(fault.faults.iter().map(|fault| &fault.name), "faults", errors),
    ];
    Checked::by(fault, rules, errors)
}

fn check_names(fault: &Fault, errors: &mut Errors) {
    refuse_no_xml_name(&fault.name, errors);
    fault.subcode.iter().for_each(|subcode| refuse_no_xml_name(subcode, errors));
    fault.fields.iter().for_each(|field| refuse_no_xml_name(&field.name, errors));
    refuse_repeated(fault.fields.iter().map(|field| &field.name), "fields", errors);
}

fn render(fault: &Checked<FaultType<'_>>) -> TokenStream {
    let FaultType { ident, generics, faults } = &**fault;
    let (generics, arguments, bounds) = generics.split_for_impl();
    let (descriptions, arms) = (faults.iter().map(description), faults.iter().map(arm));
    let reads = faults.iter().filter(|fault| fault.is_whole).map(read);
    // Once, and at the enum's name: there it is missing that the enum is an error.
    let from_error = quote_spanned!(ident.span()=> ::soap_runtime::__private::fault_from::<#ident #arguments>);
    let items = faults.iter().flat_map(|fault| &fault.fields).filter_map(Field::item_of_facets);
    let implementation = quote! {
        #[automatically_derived]
        impl #generics ::soap_runtime::SoapFault for #ident #arguments #bounds {
            fn describe() -> ::std::vec::Vec<::soap_runtime::__private::FaultDescription> {
                ::std::vec![#(#descriptions),*]
            }
            fn into_fault(self) -> ::soap_runtime::Fault {
                let fault = #from_error;
                match &self {
                    #(#arms)*
                }
            }
            fn read_detail(
                element: ::soap_runtime::Element<'_, '_>,
            ) -> ::soap_runtime::__private::Read<::core::option::Option<Self>> {
                match element.local_name() {
                    #(#reads)*
                    _ => element.skip().map(|()| ::core::option::Option::None),
                }
            }
        }
    };
    facets::beside(items, implementation)
}

fn description(Fault { name, docs, value, fields, .. }: &Fault) -> TokenStream {
    if let Some(ty) = value {
        let fault = of_detail(ty, "fault");
        return quote!(#fault(#name, #docs));
    }
    let parts = fields.iter().map(part);
    quote!(::soap_runtime::__private::FaultDescription::new(#name, #docs, ::std::vec![#(#parts),*]))
}

/// A function for a detail of this type. At the type and always in the same way, so that the compiler says once that it cannot
/// be one.
fn of_detail(ty: &Type, function: &str) -> TokenStream {
    let (function, detail) =
        (format_ident!("{function}"), quote_spanned!(ty.span()=> ::soap_runtime::__private::detail_of::<#ty>()));
    quote!((#detail.#function))
}

fn read(fault: &Fault) -> TokenStream {
    let Fault { variant, name, value, fields, .. } = fault;
    let variant = variant.iter();
    let made = quote!(Self #(::#variant)*);
    if let Some(ty) = value {
        let read = of_detail(ty, "heard");
        return quote!(#name => #read(element).map(|value| ::core::option::Option::Some(#made(value))),);
    }
    let parts = fields.iter().map(part);
    let parts = (!fields.is_empty()).then(|| quote!(let parts = [#(#parts),*];));
    let reading = reading(fields, &made);
    quote! {
        #name => {
            #parts
            let answered = &mut ::soap_runtime::__private::detail(element);
            #reading
            ::core::result::Result::Ok(::core::option::Option::Some(made))
        }
    }
}

fn arm(fault: &Fault) -> TokenStream {
    let Fault { variant, name, code, subcode, value, fields, .. } = fault;
    let variant = variant.iter();
    let code = match code {
        Code::Client => quote!(::soap_runtime::FaultCode::Client),
        Code::Server => quote!(::soap_runtime::FaultCode::Server),
    };
    let subcode = subcode.as_ref().map(|subcode| quote!(.with_subcode(#subcode)));
    let fault = quote!(fault(#code, &self) #subcode);
    if let Some(ty) = value {
        let told = of_detail(ty, "told");
        return quote!(Self #(::#variant)* (value) => #told(#fault, #name, value),);
    }
    let values: Vec<_> = (0..fields.len()).map(|at| format_ident!("f{at}")).collect();
    let idents = fields.iter().map(|field| &field.ident);
    let writes = fields.iter().zip(&values).map(|(field, value)| write(field, &quote!(#value)));
    let writer = if fields.is_empty() { quote!(_) } else { quote!(writer) };
    // `{ .. }` fits variants of any shape.
    quote! {
        Self #(::#variant)* { #(#idents: #values,)* .. } => #fault.with_detail(#name, |#writer| {
            #(#writes)*
        }),
    }
}
