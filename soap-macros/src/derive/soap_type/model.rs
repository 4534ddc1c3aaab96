//! What a type is to the macro.

use proc_macro2::Span;
use syn::{Generics, Ident, Type};

use crate::default::Default;
use crate::facets::Facets;
use crate::naming::Name;

/// A type that derives `SoapType`.
pub(super) struct SoapType<'a> {
    pub(super) common: Common<'a>,
    pub(super) shape: Shape,
}

/// What every one of them has.
pub(super) struct Common<'a> {
    pub(super) ident: &'a Ident,
    pub(super) generics: &'a Generics,
    pub(super) name: Name,
    /// Its own namespace, if the type says one.
    pub(super) namespace: Option<Name>,
    pub(super) docs: String,
    /// Where `abstract` is written.
    pub(super) is_abstract: Option<Span>,
}

/// What it becomes.
pub(super) enum Shape {
    /// A sequence of elements, and attributes.
    Struct(Vec<Field>),
    /// A text with attributes.
    Text(Vec<Field>),
    /// A restriction of what is in it.
    Newtype { ty: Type, facets: Facets },
    /// An enumeration.
    Words(Vec<Word>),
    /// One of several elements.
    Choice(Vec<Variant>),
    /// A base, or one of the types that extend it.
    Family {
        /// What they extend, if it is no member itself.
        base: Option<Type>,
        members: Vec<Member>,
    },
}

/// A field of a struct, or of a variant with named fields.
pub(super) struct Field {
    pub(super) ident: Ident,
    pub(super) name: Name,
    pub(super) docs: String,
    /// Of its element, where it is not that of the type; empty for none.
    pub(super) namespace: Option<Name>,
    pub(super) ty: Type,
    pub(super) role: Role,
    /// Where the role is written, if it is.
    pub(super) role_span: Option<Span>,
    pub(super) default: Option<Default>,
    pub(super) facets: Facets,
}

/// What a field is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Element,
    Attribute,
    Text,
    Flatten,
    Extends,
    Skip,
}

/// A variant without data, in an enum that has no other.
pub(super) struct Word {
    pub(super) ident: Ident,
    pub(super) text: Name,
}

/// A variant of an enum with data.
pub(super) struct Variant {
    pub(super) ident: Ident,
    pub(super) name: Name,
    pub(super) docs: String,
    /// Of its element, where it is not that of the type; empty for none.
    pub(super) namespace: Option<Name>,
    pub(super) content: Content,
}

/// What a variant holds.
pub(super) enum Content {
    Nothing,
    Value { ty: Box<Type>, facets: Facets },
    Fields(Vec<Field>),
}

/// A variant of an enum with `xsi_type`.
pub(super) struct Member {
    pub(super) ident: Ident,
    pub(super) ty: Type,
}
