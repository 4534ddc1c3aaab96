//! The part of Markdown that doc comments are full of: paragraphs, headings, lists, code.
//!
//! Everything else stays the text it is. A parser for all of it would be a dependency larger than
//! the pages.

use askama::Template;

/// A doc comment, taken apart. Its `Display` is HTML.
#[derive(Template)]
#[template(path = "docs.html")]
pub(super) struct Docs<'a> {
    blocks: Vec<Block<'a>>,
}

#[derive(Debug, PartialEq)]
enum Block<'a> {
    Paragraph(Vec<Span<'a>>),
    Heading(Vec<Span<'a>>),
    List(Vec<Vec<Span<'a>>>),
    /// Lines of code between fences.
    Code(&'a str),
}

#[derive(Debug, PartialEq)]
enum Span<'a> {
    Text(&'a str),
    Code(&'a str),
}

impl<'a> Docs<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { blocks: parse(text) }
    }

    /// The first block of it, which is a paragraph in most cases.
    pub(super) fn summary(text: &'a str) -> Self {
        let mut docs = Self::new(text);
        docs.blocks.truncate(1);
        docs
    }
}

fn parse(mut text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    while let Some((block, rest)) = next_block(text.trim_start_matches('\n')) {
        blocks.push(block);
        text = rest;
    }
    blocks
}

/// The first block of `text`, and what follows it.
fn next_block(text: &str) -> Option<(Block<'_>, &str)> {
    let (line, rest) = split_line(text);
    if text.trim().is_empty() {
        return None;
    }
    if line.trim().is_empty() {
        return next_block(rest);
    }
    if line.trim_start().starts_with("```") {
        let end = end_of_lines(rest, |line| line.trim_start().starts_with("```"));
        return Some((Block::Code(rest[..end].trim_end_matches('\n')), split_line(&rest[end..]).1));
    }
    if line.starts_with('#') {
        return Some((Block::Heading(spans(line.trim_start_matches('#').trim())), rest));
    }
    let is_list = item(line).is_some();
    // A list goes on over its items, a paragraph ends where one begins.
    let end = line.len()
        + end_of_lines(&text[line.len()..], |line| {
            line.trim().is_empty()
                || line.starts_with('#')
                || line.trim_start().starts_with("```")
                || (!is_list && item(line).is_some())
        });
    let block = if is_list { Block::List(items(&text[..end])) } else { Block::Paragraph(spans(text[..end].trim())) };
    Some((block, &text[end..]))
}

fn split_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Where the first line begins that `ends` says yes to.
fn end_of_lines(text: &str, ends: impl Fn(&str) -> bool) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // The rest of a line that was begun before `text` is empty, and ends nothing.
        if (at > 0 || line != "\n") && ends(line.trim_end_matches('\n')) {
            break;
        }
        at += line.len();
    }
    at
}

/// What an item of a list says, if the line begins one.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("- ").or_else(|| line.strip_prefix("* "))
}

fn items(text: &str) -> Vec<Vec<Span<'_>>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if item(line).is_some() {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(&start, end)| item(&text[start..end])).map(|item| spans(item.trim())).collect()
}

/// Every second piece between backticks is code; one without a partner is a character.
fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some((before, code, after)) = split_code(rest) {
        spans.extend((!before.is_empty()).then_some(Span::Text(before)));
        spans.push(Span::Code(code));
        rest = after;
    }
    spans.extend((!rest.is_empty()).then_some(Span::Text(rest)));
    spans
}

fn split_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    Some((before, code, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_told_apart_by_their_first_line() {
        let text = |text| vec![Span::Text(text)];
        for (docs, expected) in [
            ("", vec![]),
            ("\n \n", vec![]),
            ("a\nb\n\nc", vec![Block::Paragraph(text("a\nb")), Block::Paragraph(text("c"))]),
            ("a\n# b\nc", vec![Block::Paragraph(text("a")), Block::Heading(text("b")), Block::Paragraph(text("c"))]),
            (
                "a:\n- b\n  c\n- d\n\ne",
                vec![
                    Block::Paragraph(text("a:")),
                    Block::List(vec![text("b\n  c"), text("d")]),
                    Block::Paragraph(text("e")),
                ],
            ),
            (
                "a\n```rust\nb\n\n# c\n```\nd",
                vec![Block::Paragraph(text("a")), Block::Code("b\n\n# c"), Block::Paragraph(text("d"))],
            ),
            ("```\nopen", vec![Block::Code("open")]),
            ("```", vec![Block::Code("")]),
            ("-a", vec![Block::Paragraph(text("-a"))]),
        ] {
            assert_eq!(parse(docs), expected, "{docs:?}");
        }
    }

    #[test]
    fn code_is_between_two_backticks() {
        assert_eq!(spans("`a` b `c"), [Span::Code("a"), Span::Text(" b `c")]);
        assert_eq!(spans("x`<y>`"), [Span::Text("x"), Span::Code("<y>")]);
    }

    #[test]
    fn html_in_docs_is_text() {
        let html = Docs::new("<b> `<i>`\n- <u>\n\n# <s>\n```\n</pre>\n```").to_string();
        for tag in ["<b>", "<i>", "<u>", "<s>", "</pre>\n</"] {
            assert!(!html.contains(tag), "{tag} in {html}");
        }
    }
}
