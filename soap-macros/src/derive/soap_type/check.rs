//! The rules of XML Schema that a type can break, as far as its own source shows it.

use quote::ToTokens;
use syn::{GenericParam, Ident};

use super::field_code::MOST;
use super::model::{Common, Content, Field, Role, Shape, SoapType};
use super::parse::of_role;
use crate::errors::{Checked, Errors};
use crate::naming::{Name, refuse_no_xml_name, refuse_repeated};

pub(super) fn check<'a>(model: SoapType<'a>, errors: &mut Errors) -> Checked<SoapType<'a>> {
    let rules: &[fn(&mut SoapType<'a>, &mut Errors)] = &[
        |model, errors| refuse_no_xml_name(&model.common.name, errors),
        |model, errors| refuse_lifetimes(&model.common, errors),
        |model, errors| refuse_bad_namespace(&model.common, errors),
        |model, errors| check_shape(model, errors),
    ];
    Checked::by(model, rules, errors)
}

fn check_shape(model: &SoapType<'_>, errors: &mut Errors) {
    let parameters: Vec<&Ident> = model.common.generics.type_params().map(|parameter| &parameter.ident).collect();
    match &model.shape {
        Shape::Struct(fields) => check_fields(fields, &parameters, errors),
        Shape::Text(fields) => {
            check_fields(fields, &parameters, errors);
            refuse_what_stands_beside_a_text(fields, errors);
            refuse_abstract_text(&model.common, errors);
        }
        Shape::Newtype { ty, facets } => facets.refuse_generic(ty, &parameters, errors),
        Shape::Words(words) => refuse_repeated(words.iter().map(|word| &word.text), "variants", errors),
        Shape::Choice(variants) => {
            variants.iter().for_each(|variant| refuse_no_xml_name(&variant.name, errors));
            let namespaces = variants.iter().filter_map(|variant| variant.namespace.as_ref());
            namespaces.for_each(|namespace| refuse_no_uri(namespace, errors));
            refuse_repeated(variants.iter().map(|variant| &variant.name), "variants", errors);
            for variant in variants {
                match &variant.content {
                    Content::Nothing => {}
                    Content::Value { ty, facets } => facets.refuse_generic(ty, &parameters, errors),
                    Content::Fields(fields) => {
                        check_fields(fields, &parameters, errors);
                        refuse_what_only_structs_have(fields, errors);
                    }
                }
            }
        }
        Shape::Family { .. } => {}
    }
}

fn check_fields(fields: &[Field], parameters: &[&Ident], errors: &mut Errors) {
    fields.iter().filter_map(|field| field.namespace.as_ref()).for_each(|namespace| refuse_no_uri(namespace, errors));
    let names = |role| of_role(fields, role).map(|field| &field.name);
    names(Role::Element).chain(names(Role::Attribute)).for_each(|name| refuse_no_xml_name(name, errors));
    refuse_repeated(names(Role::Element), "elements", errors);
    refuse_repeated(names(Role::Attribute), "attributes", errors);
    fields.iter().for_each(|field| field.facets.refuse_generic(&field.ty, parameters, errors));
    refuse_late_base(fields, errors);
    refuse_many_fields(fields, errors);
}

/// A message belongs to nobody.
fn refuse_lifetimes(common: &Common<'_>, errors: &mut Errors) {
    for parameter in &common.generics.params {
        if let GenericParam::Lifetime(lifetime) = parameter {
            errors.at(lifetime, "a value that is read belongs to itself and cannot borrow; hold owned types");
        }
    }
}

fn refuse_bad_namespace(common: &Common<'_>, errors: &mut Errors) {
    let Some(namespace) = &common.namespace else { return };
    if namespace.text.is_empty() {
        errors.at_name(namespace, "the namespace is empty; leave `namespace` out for that of the service");
    }
    refuse_no_uri(namespace, errors);
}

fn refuse_no_uri(namespace: &Name, errors: &mut Errors) {
    // What a URI may hold (RFC 3986 §2).
    let allowed = |c: char| c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    if let Some(c) = namespace.text.chars().find(|&c| !allowed(c)) {
        let message = format!("the namespace `{}` is no URI: {c:?} cannot stand in one", namespace.text);
        errors.at_name(namespace, message);
    }
}

/// The base's elements come first on the wire, and so does it in the struct.
fn refuse_late_base(fields: &[Field], errors: &mut Errors) {
    let late = fields.iter().skip(1).filter(|field| field.role == Role::Extends);
    for field in late {
        let message = match fields.first() {
            Some(first) if first.role == Role::Extends => "a type extends one other; `flatten` takes in more",
            _ => "the base comes first on the wire: make it the first field",
        };
        refuse_role(field, message, errors);
    }
}

fn refuse_what_stands_beside_a_text(fields: &[Field], errors: &mut Errors) {
    for second in of_role(fields, Role::Text).skip(1) {
        refuse_role(second, "an element has one text; make this one an attribute", errors);
    }
    for field in fields {
        match field.role {
            Role::Element => errors.at(
                &field.ident,
                format!(
                    "`{}` cannot be an element beside a text; make it an attribute: `#[soap(attribute)]`",
                    field.ident
                ),
            ),
            Role::Flatten | Role::Extends => {
                refuse_role(field, "beside a text there are attributes and nothing else", errors);
            }
            Role::Attribute | Role::Text | Role::Skip => {}
        }
    }
}

fn refuse_abstract_text(common: &Common<'_>, errors: &mut Errors) {
    if let Some(span) = common.is_abstract {
        errors.at_name(
            &Name { text: String::new(), span },
            "a text with attributes cannot be extended; leave `abstract` out",
        );
    }
}

fn refuse_what_only_structs_have(fields: &[Field], errors: &mut Errors) {
    for field in fields {
        match field.role {
            Role::Text => refuse_role(field, "a text is for structs; make one, and let the variant hold it", errors),
            Role::Extends => {
                refuse_role(field, "only a struct extends another; make one, and let the variant hold it", errors);
            }
            Role::Element | Role::Attribute | Role::Flatten | Role::Skip => {}
        }
    }
}

fn refuse_role(field: &Field, message: &str, errors: &mut Errors) {
    match field.role_span {
        Some(span) => errors.at_name(&Name { text: String::new(), span }, message),
        None => errors.at(field.ident.to_token_stream(), message),
    }
}

fn refuse_many_fields(fields: &[Field], errors: &mut Errors) {
    if let Some(first_over) = fields.get(MOST) {
        let message = format!("a type has at most {MOST} fields; put some into a struct of their own and `flatten` it");
        errors.at(&first_over.ident, message);
    }
}
