//! XML in and out: a pull reader over a document in memory, and a writer.
//!
//! The only module that knows the XML library. Everything above sees [`Element`]s, text and
//! [`ReadError`]s. The reader refuses what a SOAP message must not hold (SOAP 1.1 §3: DOCTYPE and
//! processing instructions) and what is not well-formed; [`Limits`] bound what it will look at.

mod chars;
mod document;
mod element;
mod error;
mod escape;
mod fragment;
mod include;
mod indented;
mod lift;
mod names;
mod reader;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use chars::cut;
#[cfg(feature = "reading")]
pub(crate) use document::decode;
pub(crate) use document::{Document, knows_charset, read_root, root_of};
pub use element::{Element, Rules};
pub use error::{Position, ReadError, ReadErrorKind, WriteError};
pub(crate) use escape::{escape_into, escape_replacing_into, unescaped};
pub(crate) use fragment::Fragment;
pub(crate) use include::Binary;
pub(crate) use indented::{IndentedWriter, Tag};
pub(crate) use names::XSI;
pub(crate) use reader::{Event, Reader};
pub use writer::{StartTag, Writer};

/// How much of a document the reader is willing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The deepest nesting of elements; the root is at depth 1.
    pub depth: usize,
    /// The most attributes on one element, namespace declarations included.
    pub attributes: usize,
    /// The longest text of one element, in bytes.
    pub text: usize,
}

impl Default for Limits {
    /// 256 levels, 64 attributes, text as long as the body may be.
    fn default() -> Self {
        Self { depth: 256, attributes: 64, text: usize::MAX }
    }
}
