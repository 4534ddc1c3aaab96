//! What a derived type is to the macro.

use proc_macro2::TokenStream;
use quote::format_ident;
use syn::ext::IdentExt;
use syn::{Fields, Generics, Ident, Type};

use crate::attrs::{self, Slot};
use crate::errors::Errors;
use crate::facets::{self, Facets};
use crate::naming::Name;
use crate::{docs, keys};

/// A struct whose fields are outputs.
pub(super) struct Output<'a> {
    pub(super) ident: &'a Ident,
    pub(super) generics: &'a Generics,
    pub(super) fields: Vec<Field>,
}

/// A field that goes out.
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) name: Name,
    pub(super) docs: String,
    pub(super) ty: Type,
    pub(super) facets: Facets,
    /// What is put before its name in that of its facets: fields of two variants may have one name.
    variant: Option<Ident>,
}

impl Field {
    /// The name of what holds its facets, if it has any.
    pub(super) fn restriction(&self) -> Option<Ident> {
        let (of, name) = (self.variant.iter(), self.ident.unraw());
        self.facets
            .first()
            .map(|_| format_ident!("FACETS_OF{}_{name}", of.map(|of| format!("_{of}")).collect::<String>()))
    }

    /// What holds them.
    pub(super) fn item_of_facets(&self) -> Option<TokenStream> {
        self.facets.item(&self.restriction()?, &self.ty)
    }
}

/// An error type: an enum of faults, or a struct that is one.
pub(super) struct FaultType<'a> {
    pub(super) ident: &'a Ident,
    pub(super) generics: &'a Generics,
    pub(super) faults: Vec<Fault>,
}

/// A declared fault.
pub(super) struct Fault {
    /// The variant; nothing for a struct.
    pub(super) variant: Option<Ident>,
    pub(super) name: Name,
    pub(super) docs: String,
    pub(super) code: Code,
    pub(super) subcode: Option<Name>,
    /// The type of the detail, where it is the fault's one field without a name.
    pub(super) value: Option<Type>,
    pub(super) fields: Vec<Field>,
    /// Whether it has nothing that is not sent, so that it can be made of what was.
    pub(super) is_whole: bool,
}

/// The runtime's `FaultCode`, as far as a service says it.
#[derive(Clone, Copy, Default)]
pub(super) enum Code {
    Client,
    #[default]
    Server,
}

/// Whether a derive knows `#[soap(skip)]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Skipping {
    Allowed,
    Unknown,
}

/// The fields that go out; one without a name has to be skipped.
pub(super) fn fields(fields: &Fields, variant: Option<&Ident>, skipping: Skipping, errors: &mut Errors) -> Vec<Field> {
    fields.iter().filter_map(|field| parse_field(field, variant, skipping, errors)).collect()
}

fn parse_field(field: &syn::Field, variant: Option<&Ident>, skipping: Skipping, errors: &mut Errors) -> Option<Field> {
    let (mut name, mut skip, mut facets) = (Slot::default(), Slot::default(), Facets::default());
    for meta in attrs::soap_entries(&field.attrs, errors) {
        match (attrs::word(&meta).as_str(), skipping) {
            (keys::NAME | keys::RENAME, _) => name.set(&meta, attrs::name(&meta, errors), errors),
            (keys::SKIP, Skipping::Allowed) => skip.set(&meta, attrs::flag(&meta, errors), errors),
            _ if facets.take(&meta, errors) => {}
            _ => {
                let own: &[&str] = match skipping {
                    Skipping::Allowed => &[keys::NAME, keys::SKIP],
                    Skipping::Unknown => &[keys::NAME],
                };
                let known: Vec<_> = own.iter().copied().chain(facets::KEYS).collect();
                attrs::refuse_unknown(&meta, "`#[soap]` on a field", &known, errors);
            }
        }
    }
    if skip.take().is_some() {
        return None;
    }
    let Some(ident) = field.ident.clone() else {
        let message = "a field that goes out needs a name: write `{ name: Type }`, or keep it inside with \
                       `#[soap(skip)]`";
        errors.at(&field.ty, message);
        return None;
    };
    Some(Field {
        name: name.take().unwrap_or_else(|| Name::from(&ident)),
        docs: docs::text(&field.attrs),
        ty: field.ty.clone(),
        ident,
        facets,
        variant: variant.cloned(),
    })
}
