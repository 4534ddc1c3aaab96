//! The fields of a struct or a variant, and the keys on them.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, FieldsNamed, Meta};

use super::model::{Field, Role};
use crate::attrs::{self, Slot};
use crate::default::Default as FieldDefault;
use crate::docs;
use crate::errors::Errors;
use crate::facets::{self, Facets};
use crate::keys;
use crate::naming::{Case, Name};

const PLACE: &str = "`#[soap]` on a field";

impl Role {
    /// The keys that say one.
    const KEYS: [(&str, Self); 5] = [
        (keys::ATTRIBUTE, Self::Attribute),
        (keys::TEXT, Self::Text),
        (keys::FLATTEN, Self::Flatten),
        (keys::EXTENDS, Self::Extends),
        (keys::SKIP, Self::Skip),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::KEYS.iter().find(|(_, role)| *role == self).map_or("element", |(word, _)| word)
    }

    /// Whether it has a name on the wire.
    pub(super) fn is_named(self) -> bool {
        matches!(self, Self::Element | Self::Attribute)
    }
}

pub(super) fn parse(fields: &FieldsNamed, case: Option<Case>, errors: &mut Errors) -> Vec<Field> {
    fields.named.iter().filter_map(|field| parse_field(field, case, errors)).collect()
}

fn parse_field(field: &syn::Field, case: Option<Case>, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let (mut name, mut role, mut default) = (Slot::default(), Slot::default(), Slot::default());
    let (mut namespace, mut facets) = (Slot::default(), Facets::default());
    let entries = attrs::soap_entries(&field.attrs, errors);
    for meta in &entries {
        let word = attrs::word(meta);
        if let Some((_, given)) = Role::KEYS.iter().find(|(known, _)| *known == word) {
            role.set(meta, attrs::flag(meta, errors).map(|()| (*given, meta.span())), errors);
        } else if !facets.take(meta, errors) {
            match word.as_str() {
                keys::NAME | keys::RENAME => name.set(meta, attrs::name(meta, errors), errors),
                keys::NAMESPACE => namespace.set(meta, attrs::name(meta, errors), errors),
                keys::DEFAULT => default.set(meta, FieldDefault::parse(meta, errors), errors),
                _ => attrs::refuse_unknown(meta, PLACE, &known(), errors),
            }
        }
    }
    let (role, role_span) = role.take().map_or((Role::Element, None), |(role, span): (Role, Span)| (role, Some(span)));
    refuse_what_a_role_has_not(role, &entries, errors);
    Some(Field {
        name: name.take().unwrap_or_else(|| case.map_or_else(|| Name::from(&ident), |case| case.name(&ident))),
        docs: docs::text(&field.attrs),
        namespace: namespace.take(),
        ty: field.ty.clone(),
        ident,
        role,
        role_span,
        default: default.take(),
        facets,
    })
}

fn known() -> Vec<&'static str> {
    let roles = Role::KEYS.iter().map(|(word, _)| *word);
    [keys::NAME, keys::NAMESPACE, keys::DEFAULT].into_iter().chain(roles).chain(facets::KEYS).collect()
}

/// Only an element and an attribute have a name, a default and facets; only an element has a namespace.
fn refuse_what_a_role_has_not(role: Role, entries: &[Meta], errors: &mut Errors) {
    if role == Role::Attribute {
        for meta in entries.iter().filter(|meta| attrs::word(meta) == keys::NAMESPACE) {
            errors.at(meta.path(), "`namespace` does not go with `attribute`: an attribute here is in no namespace");
        }
    }
    if role.is_named() {
        return;
    }
    for meta in entries {
        let word = attrs::word(meta);
        let is_role = Role::KEYS.iter().any(|(known, _)| *known == word);
        if is_role || !known().contains(&word.as_str()) && word != keys::RENAME {
            continue;
        }
        let reason = match role {
            Role::Text => "the text of an element has no name, no namespace and no default; facets go on a newtype",
            Role::Skip => "a field that is skipped is `Default::default()` and stands in no message",
            _ => "its fields have names, namespaces, defaults and facets of their own",
        };
        errors.at(meta.path(), format!("`{word}` does not go with `{}`: {reason}", role.word()));
    }
}

/// The facets on the one field of a newtype variant, which has no other keys.
pub(super) fn facets_of_value(attributes: &[Attribute], errors: &mut Errors) -> Facets {
    let mut facets = Facets::default();
    for meta in attrs::soap_entries(attributes, errors) {
        if !facets.take(&meta, errors) {
            attrs::refuse_unknown(&meta, "`#[soap]` on the value of a variant", &facets::KEYS, errors);
        }
    }
    facets
}

/// `form = "unqualified"` on the type: elements that say nothing else are in no namespace.
pub(super) fn unqualified(fields: &mut [Field], span: Span) {
    for field in fields.iter_mut().filter(|field| field.role == Role::Element) {
        field.namespace.get_or_insert_with(|| Name { text: String::new(), span });
    }
}
