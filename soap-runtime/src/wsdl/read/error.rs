//! Why a WSDL cannot be read: which document, where in it, and what to do.

use std::fmt;

/// Where in a document something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) document: String,
    /// From 1, as editors count.
    pub(crate) line: u32,
    /// From 1, in characters.
    pub(crate) column: u32,
}

/// As compilers write it, so that editors find it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.document, self.line, self.column)
    }
}

/// Why a WSDL cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum WsdlError {
    /// A file that is not there, an address that does not answer.
    #[error("{location} cannot be read: {reason}")]
    Unreadable { location: String, reason: String },
    #[cfg(feature = "cli")]
    #[error("{path} cannot be written: {reason}")]
    Unwritable { path: String, reason: String },
    /// It is, or claims to be, something else.
    #[error("{location} is no WSDL: {reason}")]
    NoWsdl { location: String, reason: String },
    #[error("{at}: the document is not well-formed: {reason}")]
    NotWellFormed { at: Place, reason: String },
    /// An import of something that only the network has.
    #[error(
        "{at}: `{location}` is imported, and no copy of it is beside the file; `soap save URL -o FOLDER`, with the URL \
         of the WSDL, makes a copy of all that it needs"
    )]
    NotBeside { at: Place, location: String },
    /// A name that nothing has.
    #[error("{at}: there is no {kind} `{name}`; is its name misspelt, or an import missing?")]
    Missing { at: Place, kind: &'static str, name: String },
    /// Something that the rules of WSDL 1.1 or XML Schema do not allow, and that cannot be overlooked.
    #[error("{at}: {reason}")]
    Wrong { at: Place, reason: String },
    #[error("{location} is too large: {reason}")]
    TooLarge { location: String, reason: String },
}
