//! Elements and types (XML Schema Part 1).

use super::QName;

/// An element: an argument, an output, a part of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its namespace is empty where its form is unqualified.
    pub(crate) name: QName,
    pub(crate) docs: String,
    pub(crate) ty: TypeRef,
    /// `minOccurs`.
    pub(crate) min: u32,
    /// `maxOccurs`; `None` is `unbounded`.
    pub(crate) max: Option<u32>,
    pub(crate) nillable: bool,
    /// `default`, or `fixed`.
    pub(crate) default: Option<String>,
}

/// An attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// Its namespace is empty but for those that are qualified.
    pub(crate) name: QName,
    pub(crate) docs: String,
    pub(crate) ty: TypeRef,
    pub(crate) required: bool,
    pub(crate) default: Option<String>,
}

/// Which type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeRef {
    /// One of XML Schema itself: `int`, `string`, `anyType`.
    Builtin(String),
    /// One of [`Definitions::types`](super::Definitions::types).
    Named(QName),
    /// One without a name, where it is used.
    Anonymous(Box<Type>),
}

/// What has no type may be anything (XML Schema Part 1, §3.3.2).
impl Default for TypeRef {
    fn default() -> Self {
        Self::Builtin("anyType".to_owned())
    }
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Type {
    pub(crate) docs: String,
    pub(crate) kind: TypeKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeKind {
    Simple(Simple),
    Complex(Complex),
}

/// A type whose content is one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Simple {
    pub(crate) variety: Variety,
    /// Of this step of derivation only.
    pub(crate) facets: Vec<Facet>,
}

/// How it is made (XML Schema Part 2, §4.1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Variety {
    Restriction(TypeRef),
    List(TypeRef),
    Union(Vec<TypeRef>),
}

/// `enumeration`, `maxInclusive`, …, and its value; an enumeration has one for each value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facet {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) docs: String,
}

/// A type whose content are elements, or a text with attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Complex {
    /// What it extends: that comes first. A restriction has none: it says all that is left itself.
    pub(crate) base: Option<QName>,
    pub(crate) is_abstract: bool,
    pub(crate) content: Content,
    /// Its own.
    pub(crate) attributes: Vec<Attribute>,
    /// `xs:anyAttribute`.
    pub(crate) any_attribute: bool,
    /// Text may stand between its elements.
    pub(crate) mixed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Content {
    /// No elements of its own.
    #[default]
    Empty,
    Elements(Group),
    /// `simpleContent`: a text of this type.
    Text(TypeRef),
}

/// `xs:sequence`, `xs:choice` or `xs:all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) kind: GroupKind,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
    pub(crate) particles: Vec<Particle>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupKind {
    Sequence,
    Choice,
    /// Any order.
    All,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Particle {
    Element(Element),
    Group(Group),
    /// `xs:any`: any elements, so many.
    Any {
        min: u32,
        max: Option<u32>,
    },
}
