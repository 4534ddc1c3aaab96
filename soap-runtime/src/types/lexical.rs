//! What the lexical forms have in common: white space around them, and the words of errors.

use std::fmt::{self, Display, Write};

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
