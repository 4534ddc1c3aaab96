//! Text: `String`, `char`, URLs.

use std::borrow::Cow;

use url::Url;

use super::binary::decode;
use super::lexical::{collapse, no_value, trim};
use super::{Schema, SimpleType, SoapType, simple_type};
use crate::xml::{Element, ReadError, Writer, XSI, cut};

/// `xs:string`: white space is kept as it came (XML Schema Part 2, §3.2.1).
impl SoapType for String {
    fn schema() -> Schema {
        Schema::Builtin("string")
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        read_text(element, |text| Ok(text.into_owned()))
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

impl SimpleType for String {
    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

/// The text of `element`, made into a value by `make`.
///
/// SOAP::Lite sends text that is not ASCII as base64, and says so with `xsi:type`: elsewhere that says
/// nothing new, here it would be silently another text.
pub(super) fn read_text<T>(
    element: Element<'_, '_>,
    make: impl FnOnce(Cow<'_, str>) -> Result<T, String>,
) -> Result<T, ReadError> {
    let xsi_type = element.attribute(XSI, "type").and_then(|name| name.trim().rsplit(':').next());
    match xsi_type {
        Some("base64Binary" | "base64") => element.parse(|text| {
            let text = String::from_utf8(decode(text)?).map_err(|_| "is base64 of what is no text in UTF-8")?;
            make(Cow::Owned(text))
        }),
        _ => element.parse(make),
    }
}

// `xs:string` of one character; a space is one.
simple_type!(
    char,
    Schema::restricted("string", vec![("length", "1".to_owned())]),
    parse_char,
    |value: &char, writer: &mut Writer| writer.text(value.encode_utf8(&mut [0; 4])),
    fn word() -> String {
        "Char".to_owned()
    },
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
    // `Url` would drop line ends, and read another address than the one that was sent.
    let text = collapse(trim(text));
    Url::parse(&text).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            no_value(&text, "anyURI", "an absolute URL such as `https://example.org/mesh`")
        }
        error => format!("`{}` is no xs:anyURI: {error}", cut(&text)),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, read, read_elements, round_trip, written};
    use super::*;

    #[test]
    fn text_that_says_to_be_base64_is_decoded() {
        let typed = |kind: &str, text: &str| {
            let xsi = "http://www.w3.org/2001/XMLSchema-instance";
            read_elements::<String>(&format!("<v xmlns:i='{xsi}' i:type='{kind}'>{text}</v>"))
        };
        assert_eq!(typed("xsd:base64Binary", "R3LDvMOfZQ=="), Ok("Grüße".to_owned()));
        assert_eq!(typed("enc:base64", "R3LDvMOfZQ=="), Ok("Grüße".to_owned()));
        assert_eq!(typed("xsd:string", "R3LDvMOfZQ=="), Ok("R3LDvMOfZQ==".to_owned()));
        assert!(typed("xsd:base64Binary", "/w==").expect_err("0xFF is no text").contains("UTF-8"));
        assert!(typed("xsd:base64Binary", "Grüße").expect_err("it is no base64").contains("base64"));
    }

    #[test]
    fn text_keeps_its_white_space() {
        for text in ["", " ", "\n a \t", "a\r\nb\rc", "<&>\"']]>", "größe 😀 \u{FFFD}"] {
            assert_eq!(round_trip(&text.to_owned()), text);
        }
        assert_eq!(read_elements::<String>("<v> a<!-- b --><![CDATA[<c>]]> </v>"), Ok(" a<c> ".to_owned()));
    }

    #[test]
    fn a_character_is_one_and_a_space_is_one() {
        for c in ['a', ' ', '\t', '\r', '<', 'é', '😀'] {
            assert_eq!(round_trip(&c), c);
        }
        assert_refuses::<char>(&[
            ("", "is empty, and must be one character"),
            ("ab", "`ab` is longer than one character"),
            // Two code points, as XML Schema counts.
            ("e\u{301}", "is longer than one character"),
        ]);
        assert_eq!(char::schema(), Schema::restricted("string", vec![("length", "1".to_owned())]));
    }

    #[test]
    fn urls_are_absolute() {
        let url = |text: &str| Url::parse(text).expect("it is a URL");
        assert_reads(&[
            ("https://example.org/a?b=c&d#e", url("https://example.org/a?b=c&d#e")),
            ("urn:example:mesh", url("urn:example:mesh")),
            ("https://example.org/a\n b", url("https://example.org/a%20b")),
        ]);
        assert_refuses::<Url>(&[
            ("", "is empty, and must be an xs:anyURI"),
            ("mesh/1", "`mesh/1` is no xs:anyURI: an absolute URL such as"),
            ("http://", "`http://` is no xs:anyURI: empty host"),
            ("http://example.org:99999/", "invalid port number"),
        ]);
        assert_eq!(written(&url("https://example.org/?a=1&b=2")), "https://example.org/?a=1&amp;b=2");
    }

    proptest! {
        #[test]
        fn text_comes_back(text in r"[\t\n\r\x20-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*") {
            prop_assert_eq!(round_trip(&text), text);
        }

        #[test]
        fn no_text_makes_the_parsers_panic(text in any::<String>(), url in r"[a-z]{1,6}:/{0,3}[ -~\t\n]*") {
            let _ = parse_char(&text);
            for text in [text, url] {
                if let Ok(url) = parse_url(&text) {
                    prop_assert_eq!(read(url.as_str()), Ok(url));
                }
            }
        }
    }
}
