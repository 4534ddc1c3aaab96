//! What the lexical forms have in common: white space around them, and the words of errors.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use super::Schema;

use crate::xml::{Writer, cut};

/// White space as XML knows it (XML 1.0 §2.3).
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// Without the white space around it: what `whiteSpace="collapse"` leaves of a text that may hold
/// none inside (XML Schema Part 2, §4.3.6).
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// What becomes of the white space in a text before it is looked at (XML Schema Part 2, §4.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WhiteSpace {
    /// It stays.
    Preserve,
    /// Each of it is a space.
    Replace,
    /// Some of it is one space, and none stands at the ends.
    Collapse,
}

impl WhiteSpace {
    /// As the built-in type says that `schema` is made of.
    pub(super) fn in_type(schema: &Schema) -> Self {
        match schema.builtin() {
            Some("string") => Self::Preserve,
            Some("normalizedString") => Self::Replace,
            _ => Self::Collapse,
        }
    }

    /// `text` as it is looked at.
    pub(super) fn of(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(text),
            Self::Replace if text.contains(['\t', '\n', '\r']) => Cow::Owned(text.replace(['\t', '\n', '\r'], " ")),
            Self::Replace => Cow::Borrowed(text),
            Self::Collapse => collapse(trim(text)),
        }
    }
}

/// White space inside is one space, however long.
pub(super) fn collapse(text: &str) -> Cow<'_, str> {
    match text.contains(['\t', '\n', '\r']) || text.contains("  ") {
        true => Cow::Owned(
            text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "),
        ),
        false => Cow::Borrowed(text),
    }
}

/// The complaint about a text that is no lexical form of the built-in type `name`.
#[cold]
pub(super) fn no_value(text: &str, name: &str, expected: impl Display) -> String {
    match text.is_empty() {
        true => format!("is empty, and must be an xs:{name}: {expected}"),
        false => format!("`{}` is no xs:{name}: {expected}", cut(text)),
    }
}

/// Appends what needs no escaping.
pub(super) fn append(writer: &mut Writer, text: fmt::Arguments<'_>) {
    writer.buffer().write_fmt(text).expect("a `String` takes everything");
}
