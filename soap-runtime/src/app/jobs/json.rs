//! JSON objects on one line each (RFC 8259).
//!
//! By hand, for a serializer leaves some control characters as they are, which JSON allows and a
//! terminal obeys.

use std::fmt::Write as _;

/// An object, member by member.
pub(super) struct Object(String);

impl Object {
    pub(super) fn new() -> Self {
        Self("{".to_owned())
    }

    /// A member; without a value it is null.
    #[must_use]
    pub(super) fn text(self, name: &str, value: Option<&str>) -> Self {
        self.member(name, |json| match value {
            Some(value) => push_string(json, value),
            None => json.push_str("null"),
        })
    }

    #[must_use]
    pub(super) fn number(self, name: &str, value: u32) -> Self {
        self.member(name, |json| json.push_str(&value.to_string()))
    }

    #[must_use]
    pub(super) fn texts(self, name: &str, values: &[String]) -> Self {
        self.member(name, |json| {
            json.push('[');
            for (at, value) in values.iter().enumerate() {
                json.push_str(if at == 0 { "" } else { "," });
                push_string(json, value);
            }
            json.push(']');
        })
    }

    pub(super) fn finish(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn member(mut self, name: &str, write: impl FnOnce(&mut String)) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        push_string(&mut self.0, name);
        self.0.push(':');
        write(&mut self.0);
        self
    }
}

fn push_string(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            // What does not show is escaped, too: then JSON may be looked at on a terminal.
            c if c == '\'' || c.escape_debug().len() == 1 => json.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(json, "\\u{unit:04x}").expect("a string takes all that is written to it");
                }
            }
        }
    }
    json.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_written_on_one_line() {
        let object = Object::new().text("a", Some("x")).text("b", None).number("c", 7);
        let object = object.texts("d", &[]).texts("e", &["1".to_owned(), "2".to_owned()]);
        assert_eq!(object.finish(), r#"{"a":"x","b":null,"c":7,"d":[],"e":["1","2"]}"#);
        assert_eq!(Object::new().finish(), "{}");
    }

    #[test]
    fn what_does_not_show_is_escaped() {
        for (text, expected) in [
            ("größe 中 'x' </job>", r#""größe 中 'x' </job>""#),
            ("\"\\", r#""\"\\""#),
            ("a\n\t\u{1b}\0", r#""a\u000a\u0009\u001b\u0000""#),
            ("\u{7f}\u{9b}\u{202e}\u{2028}", r#""\u007f\u009b\u202e\u2028""#),
            ("😀\u{e0001}", "\"😀\\udb40\\udc01\""),
        ] {
            let mut json = String::new();
            push_string(&mut json, text);
            assert_eq!(json, expected);
        }
    }
}
