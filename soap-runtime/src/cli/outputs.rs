//! Outputs for people: a line for each, structures indented.

use serde_json::Value;

use super::console::{Console, Look};
use super::execution::STATUS;
use super::page::Status;
use crate::app::{middle_cut, safe, safe_lines};
use crate::client::dynamic::Record;

/// `name: value` for each output.
pub(crate) fn lines(outputs: &Record, console: &Console) -> String {
    let mut printer = Printer { console, text: String::new() };
    outputs.iter().for_each(|(name, value)| match value.as_str() {
        Some(status) if name == STATUS => printer.line(0, name, &status_in_words(status)),
        _ => printer.named(0, name, value),
    });
    printer.text
}

/// What a status is, without its page.
pub(crate) fn status_in_words(status: &str) -> String {
    match Status::of(status) {
        Status::Page(page) => safe(&page.in_words()),
        Status::Unchanged | Status::Completed => safe(status.trim()),
        Status::Broken(problem) => format!("no page and no word of the platform: {}", safe(&problem)),
    }
}

struct Printer<'c> {
    console: &'c Console,
    text: String,
}

/// The longest text on a terminal, in characters.
const MOST: usize = 2_000;

impl Printer<'_> {
    fn named(&mut self, depth: usize, name: &str, value: &Value) {
        match value {
            Value::Object(object) if !object.is_empty() => {
                self.line(depth, name, "");
                object.iter().for_each(|(name, value)| self.named(depth + 1, name, value));
            }
            Value::Array(items) if !items.is_empty() => {
                self.line(depth, name, "");
                items.iter().for_each(|item| self.item(depth + 1, item));
            }
            Value::String(text) if text.contains('\n') => {
                self.line(depth, name, "");
                for line in safe_lines(&self.cut(text)) {
                    self.indent(depth + 1);
                    self.text.extend([line.as_str(), "\n"]);
                }
            }
            scalar => {
                let words = self.scalar(scalar);
                self.line(depth, name, &words);
            }
        }
    }

    /// An item of a list, behind a dash.
    fn item(&mut self, depth: usize, item: &Value) {
        let start = self.text.len();
        match item {
            Value::Object(object) if !object.is_empty() => {
                object.iter().for_each(|(name, value)| self.named(depth + 1, name, value));
            }
            Value::Array(items) if !items.is_empty() => items.iter().for_each(|item| self.item(depth + 1, item)),
            scalar => {
                let words = self.scalar(scalar);
                self.indent(depth + 1);
                self.text.extend([words.as_str(), "\n"]);
            }
        }
        let dash = start + 2 * depth;
        self.text.replace_range(dash..=dash, "-");
    }

    fn line(&mut self, depth: usize, name: &str, words: &str) {
        self.indent(depth);
        let name = self.console.paint(Look::Strong, &safe(name));
        self.text.extend([name.as_str(), ":", if words.is_empty() { "" } else { " " }, words, "\n"]);
    }

    fn scalar(&self, value: &Value) -> String {
        match value {
            Value::Null => self.console.paint(Look::Faint, "(nil)"),
            Value::Array(_) => self.console.paint(Look::Faint, "(none)"),
            Value::Object(_) => self.console.paint(Look::Faint, "(empty)"),
            Value::String(text) => safe(&self.cut(text)),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
        }
    }

    /// Long texts are cut where somebody looks at them.
    fn cut(&self, text: &str) -> String {
        if self.console.is_terminal() { middle_cut(text, MOST) } else { text.to_owned() }
    }

    fn indent(&mut self, depth: usize) {
        self.text.push_str(&"  ".repeat(depth));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::console::Colours;
    use super::*;

    #[test]
    fn structures_are_indented() {
        let Value::Object(outputs) = json!({
            "sum": 1.5, "ok": true, "nothing": null, "none": [], "text": "a\u{1b}b", "lines": "one\ntwo", "empty": "",
            "order": { "@number": 7, "lines": [{ "article": "tea", "price": { "#text": 2 } }, [1, 2], "x"] },
            "status_base64": "aGVsbG8=",
        }) else {
            panic!("an object")
        };
        let expected = "\
sum: 1.5
ok: true
nothing: (nil)
none: (none)
text: a\\u{1b}b
lines:
  one
  two
empty:
order:
  @number: 7
  lines:
    - article: tea
      price:
        #text: 2
    - - 1
      - 2
    - x
status_base64: page, 5 bytes: hello
";
        assert_eq!(lines(&outputs, &Console::new(Colours::Never)), expected);
    }
}
