//! Media types with parameters, as in `multipart/related; start="<a@b>"; boundary=c` (RFC 2045 §5.1).

/// A media type; names in lower case, values without their quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MediaType {
    pub(crate) name: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// What is no parameter is passed over.
    pub(crate) fn parse(text: &str) -> Self {
        let (name, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let mut parameters = Vec::new();
        while let Some((key, behind)) = rest.split_once('=') {
            let (value, behind) = value(behind.trim_start());
            // What stands between two parameters without `=` is part of no key.
            let key = key.rsplit(';').next().unwrap_or(key);
            parameters.push((key.trim().to_ascii_lowercase(), value));
            rest = behind.split_once(';').map_or("", |(_, rest)| rest);
        }
        Self { name: name.trim().to_ascii_lowercase(), parameters }
    }

    pub(crate) fn parameter(&self, key: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// A word or a quoted text at the start of `text`, and what is behind it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim_end().to_owned(), &text[end..]);
    };
    let (mut value, mut is_escaped) = (String::new(), false);
    for (at, c) in quoted.char_indices() {
        match c {
            '\\' if !is_escaped => {
                is_escaped = true;
                continue;
            }
            '"' if !is_escaped => return (value, &quoted[at + 1..]),
            c => value.push(c),
        }
        is_escaped = false;
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parameters_are_found_however_they_are_written() {
        for (text, name, expected) in [
            ("text/xml", "text/xml", &[("charset", None)][..]),
            ("Text/XML ; Charset = \"UTF-8\"", "text/xml", &[("charset", Some("UTF-8"))]),
            (
                "multipart/related;boundary=\"a;b\\\"=c\"; type=application/xop+xml ;start=\"<a@b>\"",
                "multipart/related",
                &[("boundary", Some("a;b\"=c")), ("type", Some("application/xop+xml")), ("start", Some("<a@b>"))],
            ),
            ("a/b; odd; c=d; e=\"open", "a/b", &[("c", Some("d")), ("e", Some("open")), ("odd", None)]),
            ("", "", &[("", None)]),
        ] {
            let parsed = MediaType::parse(text);
            assert_eq!(parsed.name, name);
            for (key, value) in expected {
                assert_eq!(parsed.parameter(key), *value, "{key} of {text}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in r#"[a-z/;="\\ é]{0,40}"#) {
            MediaType::parse(&text);
        }
    }
}
