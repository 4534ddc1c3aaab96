//! How a type is described: plain data, compared and turned into XSD elsewhere.

/// The XSD type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Schema {
    /// A type of XML Schema itself, named without prefix: `unsignedInt`.
    Builtin(&'static str),
    /// A built-in type whose values are restricted (XML Schema Part 2, §4.3): its name, and facets
    /// with their values in the order given.
    Restricted(&'static str, Vec<(&'static str, String)>),
}

impl Schema {
    /// The built-in type that it is, or that it restricts.
    pub fn builtin(&self) -> &'static str {
        match self {
            Self::Builtin(name) | Self::Restricted(name, _) => name,
        }
    }
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
