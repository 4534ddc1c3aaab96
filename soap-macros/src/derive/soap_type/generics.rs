//! The bounds of an implementation: what a type parameter has to be follows from the fields it is in.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Generics, Ident, Type, WherePredicate, parse_quote};

use super::model::{Common, Content, Field, Role, Shape};
use crate::facets::mentions;

/// Where a type stands, and so what it has to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Value,
    Simple,
    Fields,
    Skipped,
}

/// The generics with all bounds.
pub(super) fn bounded(common: &Common<'_>, shape: &Shape) -> Generics {
    let mut generics = common.generics.clone();
    let uses = uses(shape);
    let mut predicates: Vec<WherePredicate> = Vec::new();
    for parameter in common.generics.type_params().map(|parameter| &parameter.ident) {
        let in_use = |one: Use| uses.iter().any(|(ty, kind)| *kind == one && mentions(ty, parameter));
        predicates.push(parse_quote!(#parameter: ::core::marker::Send + 'static));
        if in_use(Use::Value) {
            predicates.push(parse_quote!(#parameter: ::soap_runtime::SoapType));
        }
        if in_use(Use::Simple) {
            predicates.push(parse_quote!(#parameter: ::soap_runtime::SimpleType));
        }
        if in_use(Use::Fields) {
            predicates.push(parse_quote!(#parameter: ::soap_runtime::Fields));
        }
    }
    generics.make_where_clause().predicates.extend(predicates);
    generics
}

/// Words for the type parameters and values of the constants: what tells `PageOfOrder` from `PageOfItem`.
pub(super) fn words(common: &Common<'_>, shape: &Shape) -> Vec<TokenStream> {
    let uses = uses(shape);
    let of_type = |parameter: &Ident| {
        let kinds: Vec<_> = uses.iter().filter(|(ty, _)| mentions(ty, parameter)).map(|(_, kind)| *kind).collect();
        if kinds.contains(&Use::Value) || kinds.contains(&Use::Simple) {
            Some(quote!(<#parameter as ::soap_runtime::SoapType>::word()))
        } else if kinds.contains(&Use::Fields) {
            Some(quote!(<#parameter as ::soap_runtime::Fields>::named().name.into_owned()))
        } else {
            None
        }
    };
    let types = common.generics.type_params().filter_map(|parameter| of_type(&parameter.ident));
    let constants = common.generics.const_params().map(|parameter| {
        let ident = &parameter.ident;
        quote!(::std::string::ToString::to_string(&#ident))
    });
    types.chain(constants).collect()
}

fn uses(shape: &Shape) -> Vec<(&Type, Use)> {
    match shape {
        Shape::Struct(fields) | Shape::Text(fields) => of_fields(fields).collect(),
        Shape::Newtype { ty, .. } => vec![(ty, Use::Simple)],
        Shape::Words(_) => Vec::new(),
        Shape::Choice(variants) => variants.iter().flat_map(|variant| of_content(&variant.content)).collect(),
        Shape::Family { members, .. } => {
            members.iter().flat_map(|member| [(&member.ty, Use::Value), (&member.ty, Use::Fields)]).collect()
        }
    }
}

fn of_content(content: &Content) -> Vec<(&Type, Use)> {
    match content {
        Content::Nothing => Vec::new(),
        Content::Value { ty, .. } => vec![(&**ty, Use::Value)],
        Content::Fields(fields) => of_fields(fields).collect(),
    }
}

fn of_fields(fields: &[Field]) -> impl Iterator<Item = (&Type, Use)> {
    fields.iter().map(|field| {
        let kind = match field.role {
            Role::Element => Use::Value,
            Role::Attribute | Role::Text => Use::Simple,
            Role::Flatten | Role::Extends => Use::Fields,
            Role::Skip => Use::Skipped,
        };
        (&field.ty, kind)
    })
}
