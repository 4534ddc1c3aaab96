//! How a type is described: plain data, compared and turned into XSD elsewhere.

use std::borrow::Cow;

use super::Part;

/// A facet and its value: `("maxInclusive", "100")` (XML Schema Part 2, §4.3).
pub type Facet = (&'static str, String);

/// The XSD type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Schema {
    /// A type of XML Schema itself, named without prefix: `unsignedInt`.
    Builtin(&'static str),
    /// A type whose values are restricted where it is used, without a name of its own.
    Restricted(Box<Schema>, Vec<Facet>),
    /// A type with a name, described once.
    Named(NamedType),
    /// A type with a name, in whose place one that extends it may stand; `xsi:type` says which.
    Family(NamedType, Vec<NamedType>),
    /// Anything: `xs:anyType`.
    Any,
}

impl Schema {
    /// A built-in type with facets.
    pub fn restricted(builtin: &'static str, facets: Vec<Facet>) -> Self {
        Self::Restricted(Box::new(Self::Builtin(builtin)), facets)
    }

    /// The built-in type that it is or restricts, if its content is one text.
    pub fn builtin(&self) -> Option<&'static str> {
        match self {
            Self::Builtin(name) => Some(name),
            Self::Restricted(base, _) => base.builtin(),
            Self::Named(named) | Self::Family(named, _) => match named.definition().kind {
                TypeKind::Simple { base, .. } => base.builtin(),
                TypeKind::Complex(_) => None,
            },
            Self::Any => None,
        }
    }

    /// Its name, or that of what it restricts: what names of lists of it are made from.
    pub(crate) fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Builtin(name) => Cow::Borrowed(name),
            Self::Restricted(base, _) => base.name(),
            Self::Named(named) | Self::Family(named, _) => named.name.clone(),
            Self::Any => Cow::Borrowed("anyType"),
        }
    }
}

/// A type that is described once and referred to by its name.
#[derive(Clone, Debug)]
pub struct NamedType {
    /// The name, `Order`.
    pub name: Cow<'static, str>,
    /// Its namespace; that of the service, if it says none.
    pub namespace: Option<&'static str>,
    /// The Rust type, for messages: two that want the same name are told apart by it.
    pub rust: &'static str,
    /// What it is. Only called for: a type may hold itself.
    pub define: fn() -> TypeDefinition,
}

impl NamedType {
    /// The name under which `T` is described by `define`.
    pub fn of<T>(
        name: impl Into<Cow<'static, str>>,
        namespace: Option<&'static str>,
        define: fn() -> TypeDefinition,
    ) -> Self {
        Self { name: name.into(), namespace, rust: std::any::type_name::<T>(), define }
    }

    /// What it is.
    pub fn definition(&self) -> TypeDefinition {
        (self.define)()
    }
}

/// Where the description comes from does not matter.
impl PartialEq for NamedType {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, self.namespace, self.rust) == (&other.name, other.namespace, other.rust)
    }
}

impl Eq for NamedType {}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeDefinition {
    /// The doc comment.
    pub docs: &'static str,
    /// What it is.
    pub kind: TypeKind,
}

/// `xs:simpleType` or `xs:complexType`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TypeKind {
    /// A restriction: its content is one text.
    Simple {
        /// What is restricted.
        base: Schema,
        /// By what; an `enumeration` for each value that is left.
        facets: Vec<Facet>,
    },
    /// Elements and attributes.
    Complex(ComplexType),
}

/// Elements and attributes (XML Schema Part 1, §3.4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComplexType {
    /// What it extends; its own content then comes behind that of the base.
    pub base: Option<NamedType>,
    /// Whether only types that extend it may stand in messages.
    pub is_abstract: bool,
    /// Its own content.
    pub content: Content,
    /// Its own attributes: optional if they may occur no time.
    pub attributes: Vec<Part>,
}

/// What stands in an element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Content {
    /// Nothing.
    #[default]
    Empty,
    /// One after the other.
    Sequence(Vec<Particle>),
    /// One of them.
    Choice(Vec<Particle>),
    /// A text.
    Text(Schema),
}

/// What stands in a sequence or a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Particle {
    /// An element.
    Element(Part),
    /// One of several.
    Choice {
        /// Those to choose from.
        particles: Vec<Particle>,
        /// How often one may be chosen; none of them is nil.
        occurs: Occurs,
    },
    /// Elements that are one of several together.
    Sequence(Vec<Particle>),
    /// Any elements.
    Any,
}

/// How often an element may occur, and whether it may be nil (XML Schema Part 1, §3.3 and §3.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// `minOccurs`.
    pub min: u32,
    /// `maxOccurs`; `None` is `unbounded`.
    pub max: Option<u32>,
    /// `nillable`.
    pub nillable: bool,
}

impl Occurs {
    /// Exactly one, with a value.
    pub const ONCE: Self = Self { min: 1, max: Some(1), nillable: false };
    /// None, nil, or one.
    pub const OPTIONAL: Self = Self { min: 0, max: Some(1), nillable: true };
}
