//! From the syntax of a type to its model.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Data, DataEnum, DeriveInput, Fields, FieldsUnnamed};

use super::fields;
use super::keys::{self as type_keys, Place, TypeKeys, VariantKeys, XsiType};
use super::model::{Common, Content, Field, Member, Role, Shape, SoapType, Variant, Word};
use crate::attrs::{self, Form};
use crate::docs;
use crate::errors::Errors;
use crate::naming::{Case, Name};

pub(super) fn parse<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<SoapType<'a>> {
    let place = match &item.data {
        Data::Struct(data) if matches!(data.fields, Fields::Unnamed(_)) => Place::Newtype,
        Data::Struct(_) => Place::Struct,
        Data::Enum(_) => Place::Enum,
        Data::Union(data) => {
            errors.at(data.union_token, "`#[derive(SoapType)]` goes on a struct or an enum");
            return None;
        }
    };
    let mut keys = TypeKeys::parse(&item.attrs, place, errors);
    let mut docs = docs::text(&item.attrs);
    let mut shape = match &item.data {
        Data::Struct(data) => of_struct(&data.fields, &mut keys, errors)?,
        Data::Enum(data) => of_enum(data, &item.ident, &mut keys, &mut docs, errors)?,
        Data::Union(_) => return None,
    };
    if keys.form == Some(Form::Unqualified) {
        unqualified(&mut shape, item.ident.span());
    }
    let common = Common {
        ident: &item.ident,
        generics: &item.generics,
        name: keys.name.unwrap_or_else(|| Name::from(&item.ident)),
        namespace: keys.namespace,
        docs,
        is_abstract: keys.is_abstract,
    };
    Some(SoapType { common, shape })
}

fn unqualified(shape: &mut Shape, span: Span) {
    match shape {
        Shape::Struct(fields) => fields::unqualified(fields, span),
        Shape::Choice(variants) => {
            for variant in variants {
                variant.namespace.get_or_insert_with(|| Name { text: String::new(), span });
                if let Content::Fields(fields) = &mut variant.content {
                    fields::unqualified(fields, span);
                }
            }
        }
        Shape::Text(_) | Shape::Newtype { .. } | Shape::Words(_) | Shape::Family { .. } => {}
    }
}

fn of_struct(own: &Fields, keys: &mut TypeKeys, errors: &mut Errors) -> Option<Shape> {
    match own {
        Fields::Unit => Some(Shape::Struct(Vec::new())),
        Fields::Unnamed(own) => {
            let facets = std::mem::take(&mut keys.facets);
            let message = "a struct without names for its fields is a newtype and has one; write `{ name: Type }`";
            let ty = only(own, message, errors)?.ty.clone();
            Some(Shape::Newtype { ty, facets })
        }
        Fields::Named(own) => {
            let fields = fields::parse(own, keys.rename_all, errors);
            let has_text = fields.iter().any(|field| field.role == Role::Text);
            Some(if has_text { Shape::Text(fields) } else { Shape::Struct(fields) })
        }
    }
}

/// The one field; it has no keys.
fn only<'a>(fields: &'a FieldsUnnamed, message: &str, errors: &mut Errors) -> Option<&'a syn::Field> {
    match fields.unnamed.len() {
        1 => fields.unnamed.first(),
        0 => {
            errors.at(fields, message);
            None
        }
        _ => {
            errors.at(&fields.unnamed, message);
            None
        }
    }
}

fn of_enum(
    data: &DataEnum,
    ident: &syn::Ident,
    keys: &mut TypeKeys,
    docs: &mut String,
    errors: &mut Errors,
) -> Option<Shape> {
    if data.variants.is_empty() {
        errors.at(ident, "an enum without variants has no values; give it one for each");
        return None;
    }
    if let Some(XsiType { base }) = keys.xsi_type.take() {
        let members = data.variants.iter().filter_map(|variant| member(variant, errors)).collect();
        return Some(Shape::Family { base, members });
    }
    let case = keys.rename_all;
    if data.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit)) {
        return Some(Shape::Words(data.variants.iter().map(|variant| word(variant, case, docs, errors)).collect()));
    }
    Some(Shape::Choice(data.variants.iter().filter_map(|variant| of_variant(variant, case, errors)).collect()))
}

fn name_of(variant: &syn::Variant, given: Option<Name>, case: Option<Case>) -> Name {
    let own = || match case {
        Some(case) => case.name_of_variant(&variant.ident),
        None => Name::from(&variant.ident),
    };
    given.unwrap_or_else(own)
}

/// XML Schema has comments on words, tools have none: the type's comment tells them.
fn word(variant: &syn::Variant, case: Option<Case>, docs: &mut String, errors: &mut Errors) -> Word {
    let given = type_keys::variant(&variant.attrs, errors);
    let text = name_of(variant, given.name, case);
    let comment = docs::text(&variant.attrs);
    if !comment.is_empty() {
        let break_before = if docs.is_empty() { "" } else { "\n" };
        docs.push_str(&format!("{break_before}`{}`: {comment}", text.text));
    }
    Word { ident: variant.ident.clone(), text }
}

fn of_variant(variant: &syn::Variant, case: Option<Case>, errors: &mut Errors) -> Option<Variant> {
    let VariantKeys { name, rename_all, namespace } = type_keys::variant(&variant.attrs, errors);
    let content = match &variant.fields {
        Fields::Unit => Content::Nothing,
        Fields::Named(own) => Content::Fields(fields::parse(own, rename_all, errors)),
        Fields::Unnamed(own) => {
            let field = only(own, "a variant holds one value, or fields with names: write `{ name: Type }`", errors)?;
            Content::Value { ty: Box::new(field.ty.clone()), facets: fields::facets_of_value(&field.attrs, errors) }
        }
    };
    Some(Variant {
        ident: variant.ident.clone(),
        name: name_of(variant, name, case),
        docs: docs::text(&variant.attrs),
        namespace,
        content,
    })
}

/// Its name on the wire is that of the type in it.
fn member(variant: &syn::Variant, errors: &mut Errors) -> Option<Member> {
    for meta in attrs::soap_entries(&variant.attrs, errors) {
        errors.at(meta, "a variant of an enum with `xsi_type` has no keys: its type has the name");
    }
    match &variant.fields {
        Fields::Unnamed(own) if own.unnamed.len() == 1 => {
            Some(Member { ident: variant.ident.clone(), ty: own.unnamed.first()?.ty.clone() })
        }
        other => {
            let message = "a variant of an enum with `xsi_type` holds one value, of a struct that derives `SoapType`: \
                           write `Circle(Circle)`";
            match other {
                Fields::Unit => errors.at(&variant.ident, message),
                other => errors.at(other.to_token_stream(), message),
            }
            None
        }
    }
}

/// The fields that are elements, attributes, or bring such along.
pub(super) fn of_role(fields: &[Field], role: Role) -> impl Iterator<Item = &Field> {
    fields.iter().filter(move |field| field.role == role)
}
