//! Texts of a WSDL as doc comments that say the same, whatever they hold.
//!
//! They are no Markdown: what rustdoc would take for links, tags or code is escaped, and no line is indented, for
//! that would be code which `cargo test` compiles.

/// A doc comment, line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A text from outside.
    pub(super) fn of(text: &str) -> Self {
        let lines = text.trim().lines().map(escaped);
        let mut docs = Self::default();
        for line in lines {
            // One empty line between paragraphs is enough.
            if !line.is_empty() || docs.lines.last().is_some_and(|last| !last.is_empty()) {
                docs.lines.push(line);
            }
        }
        docs
    }

    /// A paragraph more, of Markdown.
    pub(super) fn add(&mut self, paragraph: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(paragraph.to_owned());
    }

    pub(super) fn with(mut self, paragraphs: impl IntoIterator<Item = String>) -> Self {
        paragraphs.into_iter().for_each(|paragraph| self.add(&paragraph));
        self
    }

    /// These, or others if there are none.
    pub(super) fn or(self, other: Self) -> Self {
        if self.lines.is_empty() { other } else { self }
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }
}

/// Text from outside in a sentence of ours: `` `text` ``.
pub(super) fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|c| if is_unseen(c) || c == '`' { '\'' } else { c }).collect();
    format!("`{plain}`")
}

/// What does not show, or turns the text around it: rustc refuses comments with the latter
/// (`text_direction_codepoint_in_comment`).
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn escaped(line: &str) -> String {
    let seen = |c: char| if is_unseen(c) && !c.is_whitespace() { '\u{FFFD}' } else { c };
    let line: String = line.chars().map(seen).collect();
    line.split_whitespace().enumerate().map(|(at, word)| escaped_word(word, at == 0)).collect::<Vec<_>>().join(" ")
}

fn escaped_word(word: &str, is_first: bool) -> String {
    let is_url = ["http://", "https://"].iter().any(|scheme| word.starts_with(scheme));
    if is_url && !word.contains(['<', '>', '`', '\\']) {
        // A bare one makes rustdoc complain.
        let url = word.trim_end_matches(['.', ',', ';', ':', ')', '"', '\'']);
        return format!("<{url}>{}", escaped_word(&word[url.len()..], false));
    }
    let mut escaped = String::with_capacity(word.len() + 4);
    for (at, c) in word.chars().enumerate() {
        let begins_a_block = is_first && at == 0 && matches!(c, '#' | '+' | '-' | '=' | ':');
        if begins_a_block || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markdown_or_code() {
        for (text, expected) in [
            ("Adds *two* numbers.", "Adds \\*two\\* numbers."),
            ("    let x = 1;\n\n\n\tfn main() {}", "let x = 1;\n\nfn main() {}"),
            ("```\npanic!()\n```", "\\`\\`\\`\npanic!()\n\\`\\`\\`"),
            ("See [Order] and <b>this</b> */", "See \\[Order\\] and \\<b\\>this\\</b\\> \\*/"),
            ("at http://example.org/a_b.", "at <http://example.org/a_b>."),
            ("a\u{7}b \u{202e}c http://h/\u{2066}", "a\u{FFFD}b \u{FFFD}c <http://h/\u{FFFD}>"),
            ("- first\n# second", "\\- first\n\\# second"),
            ("  ", ""),
        ] {
            assert_eq!(Docs::of(text).lines().collect::<Vec<_>>().join("\n"), expected);
        }
    }

    #[test]
    fn what_is_quoted_stays_quoted() {
        assert_eq!(quoted("a`b\nc\u{202e}"), "`a'b'c'`");
    }
}
