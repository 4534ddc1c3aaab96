//! The keys of `#[soap(…)]` on a type and on a variant.

use syn::spanned::Spanned;
use syn::{Attribute, Meta, Type};

use crate::attrs::{self, Form, Slot};
use crate::errors::Errors;
use crate::facets::{self, Facets};
use crate::keys;
use crate::naming::{Case, Name};

/// What stands on the type.
#[derive(Default)]
pub(super) struct TypeKeys {
    pub(super) name: Option<Name>,
    pub(super) namespace: Option<Name>,
    pub(super) form: Option<Form>,
    pub(super) rename_all: Option<Case>,
    pub(super) is_abstract: Option<proc_macro2::Span>,
    pub(super) xsi_type: Option<XsiType>,
    pub(super) facets: Facets,
}

/// `xsi_type`, or `xsi_type(Base)`.
pub(super) struct XsiType {
    pub(super) base: Option<Type>,
}

/// What is derived: other keys go with each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Struct,
    Newtype,
    Enum,
}

impl Place {
    fn words(self) -> &'static str {
        match self {
            Self::Struct => "`#[soap]` on a struct",
            Self::Newtype => "`#[soap]` on a newtype",
            Self::Enum => "`#[soap]` on an enum",
        }
    }

    fn known(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            Self::Struct => &[keys::RENAME_ALL, keys::FORM, keys::ABSTRACT],
            Self::Newtype => &facets::KEYS,
            Self::Enum => &[keys::RENAME_ALL, keys::FORM, keys::XSI_TYPE],
        };
        [keys::NAME, keys::NAMESPACE].into_iter().chain(own.iter().copied()).collect()
    }
}

impl TypeKeys {
    pub(super) fn parse(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Self {
        let known = place.known();
        let (mut name, mut namespace, mut rename_all) = (Slot::default(), Slot::default(), Slot::default());
        let mut form = Slot::default();
        let (mut is_abstract, mut xsi_type, mut facets) = (Slot::default(), Slot::default(), Facets::default());
        for meta in attrs::soap_entries(attributes, errors) {
            let word = attrs::word(&meta);
            match word.as_str() {
                keys::NAME | keys::RENAME => name.set(&meta, attrs::name(&meta, errors), errors),
                word if !known.contains(&word) => attrs::refuse_unknown(&meta, place.words(), &known, errors),
                keys::NAMESPACE => namespace.set(&meta, attrs::name(&meta, errors), errors),
                keys::RENAME_ALL => rename_all.set(&meta, case(&meta, errors), errors),
                keys::FORM => form.set(&meta, attrs::form(&meta, errors), errors),
                keys::ABSTRACT => is_abstract.set(&meta, attrs::flag(&meta, errors).map(|()| meta.span()), errors),
                keys::XSI_TYPE => xsi_type.set(&meta, base(&meta, errors), errors),
                _ => drop(facets.take(&meta, errors)),
            }
        }
        Self {
            name: name.take(),
            namespace: namespace.take(),
            form: form.take(),
            rename_all: rename_all.take(),
            is_abstract: is_abstract.take(),
            xsi_type: xsi_type.take(),
            facets,
        }
    }
}

/// What stands on a variant.
#[derive(Default)]
pub(super) struct VariantKeys {
    pub(super) name: Option<Name>,
    /// That of the names of its fields.
    pub(super) rename_all: Option<Case>,
    pub(super) namespace: Option<Name>,
}

pub(super) fn variant(attributes: &[Attribute], errors: &mut Errors) -> VariantKeys {
    let (mut name, mut rename_all, mut namespace) = (Slot::default(), Slot::default(), Slot::default());
    for meta in attrs::soap_entries(attributes, errors) {
        match attrs::word(&meta).as_str() {
            keys::NAME | keys::RENAME => name.set(&meta, attrs::name(&meta, errors), errors),
            keys::RENAME_ALL => rename_all.set(&meta, case(&meta, errors), errors),
            keys::NAMESPACE => namespace.set(&meta, attrs::name(&meta, errors), errors),
            _ => {
                let known = [keys::NAME, keys::RENAME_ALL, keys::NAMESPACE];
                attrs::refuse_unknown(&meta, "`#[soap]` on a variant", &known, errors);
            }
        }
    }
    VariantKeys { name: name.take(), rename_all: rename_all.take(), namespace: namespace.take() }
}

fn case(meta: &Meta, errors: &mut Errors) -> Option<Case> {
    attrs::text(meta, errors).and_then(|word| Case::parse(&word, errors))
}

fn base(meta: &Meta, errors: &mut Errors) -> Option<XsiType> {
    match meta {
        Meta::Path(_) => Some(XsiType { base: None }),
        Meta::List(list) => errors.accept(list.parse_args()).map(|base| XsiType { base: Some(base) }),
        Meta::NameValue(pair) => {
            let message = "`xsi_type` stands alone, or names a base that is no variant in parentheses: \
                           `xsi_type(Shape)`";
            errors.at(pair, message);
            None
        }
    }
}
