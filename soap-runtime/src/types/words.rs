//! Text in which white space says less than in a `String` (XML Schema Part 2, §3.3.1 to §3.3.3).

use std::fmt;
use std::ops::Deref;

use super::lexical::{WhiteSpace, no_value};
use super::{Schema, simple_type};
use crate::xml::Writer;

macro_rules! texts {
    ($($(#[$docs:meta])* $type:ident $name:literal $white_space:ident;)*) => {$(
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $type(String);

        impl $type {
            /// Of any text; its white space becomes what it is here.
            pub fn new(text: &str) -> Self {
                Self(WhiteSpace::$white_space.of(text).into_owned())
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        simple_type!(
            $type,
            Schema::Builtin($name),
            |text: &str| Ok(Self::new(text)),
            |value: &Self, writer: &mut Writer| writer.text(&value.0),
            fn size_hint(&self) -> usize {
                self.0.len()
            },
            fn empty_is_a_value() -> bool {
                true
            }
        );
    )*};
}

texts! {
    /// `xs:normalizedString`: text in one line, where each tab and line end is a space (XML Schema Part 2,
    /// §3.3.1).
    NormalizedString "normalizedString" Replace;

    /// `xs:token`: words with one space between them (XML Schema Part 2, §3.3.2).
    ///
    /// ```
    /// assert_eq!(&*soap_runtime::Token::new(" two\n words "), "two words");
    /// ```
    Token "token" Collapse;
}

/// `xs:language`: the name of a language, `de-CH` (XML Schema Part 2, §3.3.3; RFC 3066).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language(String);

impl Language {
    /// `None` if it is no name of a language.
    pub fn new(name: &str) -> Option<Self> {
        let mut subtags = name.split('-');
        let is_subtag =
            |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_language = subtags
            .next()
            .is_some_and(|first| is_subtag(first) && first.bytes().all(|byte| byte.is_ascii_alphabetic()));
        (is_language && subtags.all(is_subtag)).then(|| Self(name.to_owned()))
    }
}

simple_type!(
    Language,
    Schema::Builtin("language"),
    |text: &str| {
        let name = WhiteSpace::Collapse.of(text);
        Self::new(&name).ok_or_else(|| no_value(&name, "language", "a name such as `de` or `de-CH`"))
    },
    |value: &Self, writer: &mut Writer| writer.plain(&value.0),
    fn size_hint(&self) -> usize {
        self.0.len()
    }
);

macro_rules! read_as_text {
    ($($type:ident)*) => {$(
        impl Deref for $type {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl From<$type> for String {
            fn from(text: $type) -> Self {
                text.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

read_as_text! { NormalizedString Token Language }

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, read, round_trip};
    use super::*;

    #[test]
    fn white_space_is_what_the_type_makes_of_it() {
        assert_eq!(read(" a\t\r\nb  c "), Ok(NormalizedString(" a   b  c ".to_owned())));
        assert_reads(&[("a\t\r\nb  c", Token("a b c".to_owned())), ("", Token::default())]);
        assert_eq!(&*Token::from("\u{A0}a\u{A0}"), "\u{A0}a\u{A0}");
    }

    #[test]
    fn a_language_has_subtags() {
        let language = |name| Language::new(name).expect("it is one");
        assert_reads(&[
            ("de", language("de")),
            ("de-CH-1996", language("de-CH-1996")),
            ("x-klingon", language("x-klingon")),
        ]);
        for text in ["d e", "de_CH", "de-", "-de", "abcdefghi", "1a", "größe", "de--CH"] {
            assert_refuses::<Language>(&[(text, "is no xs:language: a name such as `de` or `de-CH`")]);
        }
        assert_refuses::<Language>(&[("", "is empty, and must be an xs:language")]);
    }

    proptest! {
        #[test]
        fn words_come_back(text in r"[ -~\t\n\ré😀]{0,20}") {
            let (line, token) = (NormalizedString::new(&text), Token::new(&text));
            prop_assert_eq!(round_trip(&line), line);
            prop_assert_eq!(round_trip(&token), token);
            if let Some(language) = Language::new(&text) {
                prop_assert_eq!(round_trip(&language), language);
            }
        }
    }
}
