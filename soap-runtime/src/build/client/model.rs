//! What is generated, before it is written down: types with their fields, all names chosen.

use super::docs::Docs;
use super::facets::Facets;

/// Where an item stands among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(pub(super) usize);

/// A Rust type as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ty {
    /// One that is there already.
    Known(Known),
    /// One that is generated.
    Item(Id),
    Option(Box<Ty>),
    Vec(Box<Ty>),
    Nillable(Box<Ty>),
    Box(Box<Ty>),
}

impl Ty {
    pub(super) const ANY_XML: Self = Self::Known(Known::AnyXml);
    pub(super) const STRING: Self = Self::Known(Known::String);

    pub(super) fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    pub(super) fn vec(self) -> Self {
        Self::Vec(Box::new(self))
    }

    /// The generated type in it, if it is there itself and not in a list.
    pub(super) fn direct(&self) -> Option<Id> {
        match self {
            Self::Known(_) | Self::Vec(_) => None,
            Self::Item(id) => Some(*id),
            Self::Option(inner) | Self::Nillable(inner) | Self::Box(inner) => inner.direct(),
        }
    }
}

/// The types of values that are one text, and `AnyXml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    AnyXml,
    Bool,
    Bytes,
    Date,
    DateTime,
    Decimal,
    Duration,
    /// `i32`, and how it is spelt.
    Integer(&'static str),
    Float(&'static str),
    /// `GYear`, …: parts of dates.
    Gregorian(&'static str),
    HexBinary,
    String,
    Time,
}

/// A generated type.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its Rust name.
    pub(super) name: String,
    pub(super) docs: Docs,
    /// Its name in the schema.
    pub(super) wire: String,
    /// The namespace that it says; `None` for that of the service.
    pub(super) namespace: Option<String>,
    /// Whether its elements are in no namespace though it says one.
    pub(super) is_unqualified: bool,
    pub(super) shape: Shape,
}

#[derive(Clone, Debug)]
pub(super) enum Shape {
    Struct {
        fields: Vec<Field>,
        is_abstract: bool,
    },
    /// The outputs of an operation.
    Output(Vec<Field>),
    Choice(Vec<Field>),
    Words(Vec<Word>),
    Newtype {
        ty: Ty,
        facets: Facets,
    },
    /// What extends the first one, or the base.
    Family {
        base: Option<Id>,
        members: Vec<Id>,
    },
}

/// A field, a variant that is an element, or a parameter.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its Rust name, without `r#`.
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) docs: Docs,
    pub(super) role: Role,
    pub(super) ty: Ty,
    pub(super) facets: Facets,
    /// Where that is not what it would be anyway; empty for none.
    pub(super) namespace: Option<String>,
    /// A Rust expression.
    pub(super) default: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Element,
    Attribute,
    Text,
    Flatten,
    Extends,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) docs: Docs,
}

/// A port type.
#[derive(Clone, Debug)]
pub(super) struct Trait {
    pub(super) name: String,
    pub(super) docs: Docs,
    /// The name of the service in the WSDL.
    pub(super) wire: String,
    pub(super) namespace: String,
    pub(super) address: String,
    pub(super) is_rpc: bool,
    pub(super) is_unqualified: bool,
    pub(super) is_soap12: bool,
    /// Whether all actions are the names of the operations.
    pub(super) like_spyne: bool,
    pub(super) methods: Vec<Method>,
}

/// An operation.
#[derive(Clone, Debug)]
pub(super) struct Method {
    /// Its Rust name, without `r#`.
    pub(super) name: String,
    pub(super) wire: String,
    pub(super) docs: Docs,
    pub(super) parameters: Vec<Field>,
    pub(super) header_parameters: Vec<Field>,
    pub(super) returns: Returns,
    pub(super) reply_headers: Vec<Field>,
    pub(super) is_bare: bool,
    pub(super) is_one_way: bool,
    /// Names of elements where they are not made from that of the operation.
    pub(super) request: Option<String>,
    pub(super) response: Option<String>,
    /// Where it is not made from the namespace and the name.
    pub(super) action: Option<String>,
}

/// What a method returns if all goes well.
#[derive(Clone, Debug)]
pub(super) enum Returns {
    Nothing,
    /// A value, and the name of its output if there is one to say.
    Value(Ty, Option<String>),
    /// A struct of outputs.
    Output(Id),
}
