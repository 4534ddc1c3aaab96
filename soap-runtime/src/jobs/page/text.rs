//! Text from a job, or from whoever started it, made fit for a page.

use std::fmt::{self, Write};
use std::str::Chars;

/// What a job says, escaped for the text of an HTML element; not for a script, and not for an
/// attribute without quotes.
///
/// All of it is ASCII: portals take the page out of its base64 by themselves, and not all of them
/// then read UTF-8. Controls, which HTML does not allow, become U+FFFD, but for the colours of a
/// terminal, which programs put into their logs: those go.
#[derive(Clone, Copy)]
pub(super) struct Text<'a>(pub(super) &'a str);

impl Text<'_> {
    /// The most characters of a text, for a page goes out often.
    const MOST: usize = 2_000;
}

#[cfg(feature = "pages")]
impl askama::filters::HtmlSafe for Text<'_> {}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        for _ in 0..Self::MOST {
            match chars.next() {
                None => return Ok(()),
                Some('\u{1b}') if chars.as_str().starts_with('[') => skip_control_sequence(&mut chars),
                Some(c) => write_escaped(f, c)?,
            }
        }
        f.write_str(if chars.as_str().is_empty() { "" } else { " ..." })
    }
}

/// Of ECMA-48 §5.4, from its `[` to its final byte; what is none ends before what it cannot hold.
pub(crate) fn skip_control_sequence(chars: &mut Chars<'_>) {
    let sequence = chars.as_str();
    let end = sequence.strip_prefix('[').unwrap_or(sequence).trim_start_matches(|c| matches!(c, ' '..='?'));
    *chars = end.strip_prefix(|c| matches!(c, '@'..='~')).unwrap_or(end).chars();
}

fn write_escaped(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    match c {
        '&' | '<' | '>' | '"' | '\'' => write!(f, "&#{};", u32::from(c)),
        '\t' | '\n' | '\r' | ' '..='~' => f.write_char(c),
        c if c.is_control() || is_noncharacter(c) || turns_the_text(c) => f.write_str("&#65533;"),
        c => write!(f, "&#{};", u32::from(c)),
    }
}

/// A code point that no text holds (Infra §4.5).
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE
}

/// What makes other characters stand in another order than they come (UAX #9 §2).
fn turns_the_text(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_place() {
        for (text, escaped) in [
            ("", ""),
            ("plain text, 28%\n\tindented", "plain text, 28%\n\tindented"),
            ("</script>", "&#60;/script&#62;"),
            ("<b title='\"'>", "&#60;b title=&#39;&#34;&#39;&#62;"),
            ("]]>", "]]&#62;"),
            ("a & b &lt;", "a &#38; b &#38;lt;"),
            ("é 中 😀", "&#233; &#20013; &#128512;"),
            ("\0\u{1}\u{7f}\u{85}\u{9f}", "&#65533;&#65533;&#65533;&#65533;&#65533;"),
            ("\u{fffe}\u{fdd0}\u{10ffff}", "&#65533;&#65533;&#65533;"),
            ("\u{1b}]0;title\u{7}", "&#65533;]0;title&#65533;"),
            ("\u{1b}", "&#65533;"),
            ("a\u{202e}b\u{2066}", "a&#65533;b&#65533;"),
        ] {
            assert_eq!(Text(text).to_string(), escaped, "{text:?}");
        }
    }

    #[test]
    fn the_colours_of_a_terminal_go() {
        for (text, escaped) in [
            ("\u{1b}[1;31merror\u{1b}[0m: no", "error: no"),
            ("\u{1b}[K\u{1b}[2Jline", "line"),
            ("\u{1b}[?25l", ""),
            ("\u{1b}[", ""),
            ("\u{1b}[12", ""),
            ("\u{1b}[[[", "["),
            ("\u{1b}[1<script>", "cript&#62;"),
            ("\u{1b}[1é", "&#233;"),
        ] {
            assert_eq!(Text(text).to_string(), escaped, "{text:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let fits = "<".repeat(Text::MOST);
        assert_eq!(Text(&fits).to_string(), "&#60;".repeat(Text::MOST));
        let long = "a".repeat(Text::MOST + 1);
        assert_eq!(Text(&long).to_string(), format!("{} ...", "a".repeat(Text::MOST)));
    }
}
