//! What can be wrong with a document, and where.

use std::fmt;

use super::chars::cut;

/// A place in a document, counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Which kind of rule a document breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadErrorKind {
    /// The document is no well-formed XML, or no XML that SOAP allows.
    Syntax,
    /// The document is larger, deeper or wider than the [`Limits`](super::Limits) allow.
    Limit,
    /// The document is XML, but a value is not what its type asks for.
    Value,
}

/// Why a document could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{message} ({position})", path.as_ref().map(|path| format!("`{path}`: ")).unwrap_or_default())]
pub struct ReadError {
    kind: ReadErrorKind,
    path: Option<String>,
    message: String,
    /// The message without the value that it shows, if it shows one.
    discreet: Option<Box<str>>,
    position: Position,
}

impl ReadError {
    pub(crate) fn new(kind: ReadErrorKind, message: impl Into<String>, position: Position) -> Self {
        Self { kind, path: None, message: message.into(), discreet: None, position }
    }

    pub(crate) fn with_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// It may show this text, for the caller has to see what was wrong. A log is not to have it: who mixes up
    /// arguments may have sent a token there.
    #[cold]
    pub(super) fn shows(mut self, text: &str) -> Self {
        let whole = [cut(text), cut(text.trim_ascii())];
        let is_shown = |shown: &&str| !shown.is_empty() && self.message.contains(*shown);
        let shown = whole.iter().map(String::as_str).find(is_shown);
        // Of a list it is one item, and of others the words without the space between them. Short ones are no secrets,
        // and may be among our own.
        let words = || text.split_ascii_whitespace().filter(|word| word.len() > 3 && is_shown(word)).collect();
        let shown = shown.map_or_else(words, |shown| vec![shown]);
        if !shown.is_empty() {
            let discreet = shown.into_iter().fold(self.message.clone(), |message, part| message.replacen(part, "…", 1));
            self.discreet = Some(discreet.into());
        }
        self
    }

    /// What is wrong and where, for logs; nothing if that is no other than for callers.
    pub(crate) fn for_log(&self) -> Option<String> {
        let message = self.discreet.as_deref()?.to_owned();
        Some(Self { message, discreet: None, path: self.path.clone(), ..*self }.to_string())
    }

    /// About the same place, where the first line begins so much later.
    pub(super) fn moved_left(mut self, columns: usize) -> Self {
        if self.position.line == 1 {
            self.position.column = self.position.column.saturating_sub(columns).max(1);
        }
        self
    }

    /// Which kind of rule was broken.
    pub fn kind(&self) -> ReadErrorKind {
        self.kind
    }

    /// What is wrong, without the place.
    #[cfg(feature = "cli")]
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// Where in the document.
    pub fn position(&self) -> Position {
        self.position
    }
}

/// Why a value could not be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// It holds a character that XML cannot carry.
    #[error("`{element}` holds U+{character:04X}, which XML 1.0 cannot carry (§2.2); send such data as base64")]
    #[non_exhaustive]
    Character {
        /// The element that it stands in.
        element: String,
        /// The character.
        character: u32,
    },
    /// It breaks a rule beside those of its type.
    #[error("`{element}`: {rule}")]
    #[non_exhaustive]
    Rule {
        /// The element that it stands in.
        element: String,
        /// The rule, in words that go on from the name of the element.
        rule: String,
    },
    /// The files in it cannot be read any more, or are too large.
    #[error("its files cannot be written: {reason}")]
    #[non_exhaustive]
    Attachment {
        /// Why.
        reason: String,
    },
}

impl WriteError {
    /// The name of the element is filled in by the one who writes it.
    pub(super) fn character(character: char) -> Self {
        Self::Character { element: String::new(), character: character as u32 }
    }

    /// The same for a rule.
    pub(super) fn rule(rule: String) -> Self {
        Self::Rule { element: String::new(), rule }
    }

    /// Names the element that it is about, unless one inside of that was named.
    pub(super) fn is_in(&mut self, name: &str) {
        match self {
            Self::Character { element, .. } | Self::Rule { element, .. } if element.is_empty() => {
                name.clone_into(element);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_told_what_is_wrong_without_the_value() {
        let logged = |message: &str, text: &str| {
            let error = ReadError::new(ReadErrorKind::Value, message, Position { line: 1, column: 2 });
            let error = error.shows(text).with_path("a");
            assert_eq!(error.to_string(), format!("`a`: {message} (line 1, column 2)"), "callers see it");
            error.for_log()
        };
        let long = "x".repeat(70);
        for (message, text, expected) in [
            ("`12` is more than 120", " 12 ", "`…` is more than 120"),
            (&*format!("`{}` is no xs:int", cut(&long)), &long, "`…` is no xs:int"),
            ("`secret` is no xs:int", "1 secret", "`…` is no xs:int"),
            ("`the secret` is no word", "the\n secret", "`the …` is no word"),
        ] {
            let expected = format!("`a`: {expected} (line 1, column 2)");
            assert_eq!(logged(message, text), Some(expected), "{message}");
        }
        for (message, text) in [("is empty", ""), ("has 6 characters", "secret")] {
            assert_eq!(logged(message, text), None, "{message}");
        }
    }
}
