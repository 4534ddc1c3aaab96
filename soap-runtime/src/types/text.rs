//! Text: `String`, `char`, URLs.

use std::borrow::Cow;

use url::Url;

use super::lexical::{no_value, trim};
use super::{Schema, SoapType, simple_type};
use crate::xml::{Element, ReadError, Writer, cut};

/// `xs:string`: white space is kept as it came (XML Schema Part 2, §3.2.1).
impl SoapType for String {
    fn schema() -> Schema {
        Schema::Builtin("string")
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        element.text().map(Cow::into_owned)
    }
    fn write(&self, writer: &mut Writer) {
        writer.text(self);
    }
    fn size_hint(&self) -> usize {
        self.len()
    }
    fn empty_is_a_value() -> bool {
        true
    }
}

// `xs:string` of one character; a space is one.
simple_type!(
    char,
    Schema::Restricted("string", vec![("length", "1".to_owned())]),
    parse_char,
    |value: &char, writer: &mut Writer| writer.text(value.encode_utf8(&mut [0; 4])),
    fn size_hint(&self) -> usize {
        self.len_utf8()
    }
);

fn parse_char(text: &str) -> Result<char, String> {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        (None, _) => Err("is empty, and must be one character".to_owned()),
        (Some(_), Some(_)) => Err(format!("`{}` is longer than one character", cut(text))),
    }
}

// `xs:anyURI` (XML Schema Part 2, §3.2.17); a relative reference is one as well, but no `Url`.
simple_type!(
    Url,
    Schema::Builtin("anyURI"),
    parse_url,
    |value: &Url, writer: &mut Writer| writer.text(value.as_str()),
    fn size_hint(&self) -> usize {
        self.as_str().len()
    }
);

fn parse_url(text: &str) -> Result<Url, String> {
    let text = collapse(trim(text));
    Url::parse(&text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            no_value(&text, "anyURI", "an absolute URL such as `https://example.org/mesh`")
        }
        error => format!("`{}` is no xs:anyURI: {error}", cut(&text)),
    })
}

/// White space inside is one space, however long (XML Schema Part 2, §4.3.6). `Url` would drop line
/// ends, and read another address than the one that was sent.
fn collapse(text: &str) -> Cow<'_, str> {
    match text.contains(['\t', '\n', '\r']) || text.contains("  ") {
        true => Cow::Owned(text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")),
        false => Cow::Borrowed(text),
    }
}
