//! From items and traits to the source of a module.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::docs::Docs;
use super::facets::Facets;
use super::graph::Items;
use super::model::{Field, Id, Item, Known, Role, Shape, Trait, Ty};
use super::names::{self, ident};
use super::render_trait;

/// The tokens of an expression of ours.
pub(super) fn expression(source: &str) -> TokenStream {
    source.parse().unwrap_or_default()
}

pub(super) fn module(traits: &[Trait], items: &Items) -> TokenStream {
    let traits = render_trait::all(traits, items);
    let types: Vec<TokenStream> = items.iter().map(|(id, item)| render(id, item, items)).collect();
    let body = quote!(#traits #(#types)*);
    let imports = imports(&body);
    quote!(#imports #body)
}

/// What the module uses of what it may: names of its own types are others.
fn imports(body: &TokenStream) -> TokenStream {
    const HERE: [&str; 14] = [
        "AnyXml",
        "Fault",
        "GDay",
        "GMonth",
        "GMonthDay",
        "GYear",
        "GYearMonth",
        "HexBinary",
        "Nillable",
        "SoapOutput",
        "SoapType",
        "WithHeaders",
        "WithOffset",
        "soap_service",
    ];
    let mut used = BTreeSet::new();
    collect(body.clone(), &mut used);
    let among = |names: &[&str]| {
        let used = names.iter().filter(|name| used.contains(**name));
        used.map(|name| ident(name)).collect::<Vec<_>>()
    };
    let civil = among(&["Date", "DateTime", "Time"]);
    let civil = (!civil.is_empty()).then(|| quote!(use soap_runtime::jiff::civil::{#(#civil),*};));
    let span = used.contains("Span").then(|| {
        quote!(
            use soap_runtime::jiff::Span;
        )
    });
    let decimal = used.contains("Decimal").then(|| {
        quote!(
            use soap_runtime::rust_decimal::Decimal;
        )
    });
    let here = among(&HERE);
    let here = (!here.is_empty()).then(|| quote!(use soap_runtime::{#(#here),*};));
    quote!(#span #civil #decimal #here)
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => drop(found.insert(ident.to_string())),
            TokenTree::Group(group) => collect(group.stream(), found),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

pub(super) fn docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn ty(of: &Ty, items: &Items) -> TokenStream {
    match of {
        Ty::Known(known) => expression(&spelt(*known)),
        Ty::Item(id) => {
            let name = ident(&items.get(*id).name);
            quote!(#name)
        }
        Ty::Option(inner) => wrapped("Option", inner, items),
        Ty::Vec(inner) => wrapped("Vec", inner, items),
        Ty::Nillable(inner) => wrapped("Nillable", inner, items),
        Ty::Box(inner) => wrapped("Box", inner, items),
    }
}

fn wrapped(around: &str, inner: &Ty, items: &Items) -> TokenStream {
    let (around, inner) = (ident(around), ty(inner, items));
    quote!(#around<#inner>)
}

fn spelt(known: Known) -> String {
    match known {
        Known::AnyXml => "AnyXml",
        Known::Bool => "bool",
        Known::Bytes => "Vec<u8>",
        // With a zone or without: a foreign service may say one.
        Known::Date => "WithOffset<Date>",
        Known::DateTime => "WithOffset<DateTime>",
        Known::Time => "WithOffset<Time>",
        Known::Gregorian(name) => return format!("WithOffset<{name}>"),
        Known::Decimal => "Decimal",
        Known::Duration => "Span",
        Known::Integer(name) | Known::Float(name) => name,
        Known::HexBinary => "HexBinary",
        Known::String => "String",
    }
    .to_owned()
}

/// `#[soap(a, b = 1)]`, or nothing.
pub(super) fn soap(keys: &[TokenStream]) -> Option<TokenStream> {
    (!keys.is_empty()).then(|| quote!(#[soap(#(#keys),*)]))
}

pub(super) fn facet_keys(facets: &Facets) -> impl Iterator<Item = TokenStream> {
    facets.keys.iter().map(|(key, value)| {
        let (key, value) = (ident(key), expression(value));
        quote!(#key = #value)
    })
}

fn render(id: Id, item: &Item, items: &Items) -> TokenStream {
    let (name, docs) = (ident(&item.name), docs(&item.docs));
    let derives = derives(id, item, items);
    match &item.shape {
        Shape::Struct { fields, is_abstract } => {
            let camel = is_camel_case(fields);
            let mut keys = type_keys(item);
            keys.extend(camel.then(|| quote!(rename_all = "camelCase")));
            keys.extend(is_abstract.then(|| quote!(abstract)));
            let (keys, fields) = (soap(&keys), fields.iter().map(|one| field(one, camel, items)));
            quote!(#docs #derives #keys pub struct #name { #(#fields)* })
        }
        Shape::Output(fields) => {
            let fields = fields.iter().map(|one| field(one, false, items));
            quote!(#docs #derives pub struct #name { #(#fields)* })
        }
        Shape::Choice(variants) => {
            let (keys, variants) = (soap(&type_keys(item)), variants.iter().map(|one| variant(one, items)));
            quote!(#docs #derives #keys pub enum #name { #(#variants)* })
        }
        Shape::Words(words) => {
            let words = words.iter().map(|word| {
                let (docs, name, wire) = (self::docs(&word.docs), ident(&word.name), &word.wire);
                let keys = (written(&word.name) != *wire).then(|| quote!(#[soap(name = #wire)]));
                quote!(#docs #keys #name,)
            });
            let keys = soap(&type_keys(item));
            quote!(#docs #derives #keys pub enum #name { #(#words)* })
        }
        Shape::Newtype { ty: inner, facets } => {
            let mut keys = type_keys(item);
            keys.extend(facet_keys(facets));
            let (keys, inner) = (soap(&keys), ty(inner, items));
            quote!(#docs #derives #keys pub struct #name(pub #inner);)
        }
        Shape::Family { base, members } => {
            let base = base.map(|base| ident(&items.get(base).name));
            let keys = match base {
                Some(base) => quote!(#[soap(xsi_type(#base))]),
                None => quote!(#[soap(xsi_type)]),
            };
            let members = members.iter().map(|member| {
                let name = ident(&items.get(*member).name);
                quote!(#name(#name),)
            });
            quote!(#docs #derives #keys pub enum #name { #(#members)* })
        }
    }
}

fn derives(id: Id, item: &Item, items: &Items) -> TokenStream {
    let is_copied = matches!(item.shape, Shape::Words(_)).then(|| quote!(Copy,));
    let has_default = items.has_default(id).then(|| quote!(Default,));
    let is_comparable = items.is_comparable(id).then(|| quote!(PartialEq,));
    let ours = if matches!(item.shape, Shape::Output(_)) { ident("SoapOutput") } else { ident("SoapType") };
    quote!(#[derive(Clone, #is_copied Debug, #has_default #is_comparable #ours)])
}

fn type_keys(item: &Item) -> Vec<TokenStream> {
    let Item { name, wire, namespace, is_unqualified, shape, .. } = item;
    let mut keys = Vec::new();
    if written(name) != *wire {
        keys.push(quote!(name = #wire));
    }
    keys.extend(namespace.iter().map(|namespace| quote!(namespace = #namespace)));
    let has_elements = matches!(shape, Shape::Struct { .. } | Shape::Choice(_));
    keys.extend((*is_unqualified && has_elements).then(|| quote!(form = "unqualified")));
    keys
}

/// Whether one key on the struct says all names.
fn is_camel_case(fields: &[Field]) -> bool {
    let mut named = fields.iter().filter(|field| matches!(field.role, Role::Element | Role::Attribute)).peekable();
    let differs = fields.iter().any(|field| field.role == Role::Element && field.name != field.wire);
    named.peek().is_some() && differs && named.all(|field| names::camel_case(&field.name) == field.wire)
}

fn field(field: &Field, is_camel: bool, items: &Items) -> TokenStream {
    let Field { name, wire, role, default, .. } = field;
    let mut keys = Vec::new();
    keys.extend(match role {
        Role::Element => None,
        Role::Attribute => Some(quote!(attribute)),
        Role::Text => Some(quote!(text)),
        Role::Flatten => Some(quote!(flatten)),
        Role::Extends => Some(quote!(extends)),
    });
    if matches!(role, Role::Element | Role::Attribute) {
        let made = if is_camel { names::camel_case(name) } else { written(name) };
        keys.extend((made != *wire).then(|| quote!(name = #wire)));
        keys.extend(field.namespace.iter().map(|namespace| quote!(namespace = #namespace)));
        keys.extend(facet_keys(&field.facets));
        keys.extend(default.iter().map(|default| {
            let default = expression(default);
            quote!(default = #default)
        }));
    }
    let (docs, keys, name, ty) = (docs(&field.docs), soap(&keys), ident(name), ty(&field.ty, items));
    quote!(#docs #keys pub #name: #ty,)
}

/// A name as the macro reads it: `r#` is no part of it.
fn written(name: &str) -> String {
    ident(name).to_string().trim_start_matches("r#").to_owned()
}

fn variant(variant: &Field, items: &Items) -> TokenStream {
    let Field { name, wire, .. } = variant;
    let mut keys = Vec::new();
    keys.extend((written(name) != *wire).then(|| quote!(name = #wire)));
    keys.extend(variant.namespace.iter().map(|namespace| quote!(namespace = #namespace)));
    let value = soap(&facet_keys(&variant.facets).collect::<Vec<_>>());
    let (docs, keys, name, ty) = (docs(&variant.docs), soap(&keys), ident(name), ty(&variant.ty, items));
    quote!(#docs #keys #name(#value #ty),)
}
