//! A look at a document before it becomes a tree: would that take too long?
//!
//! A tree keeps for each element which namespaces hold there, and looks through attributes one by one. A document
//! made for it could keep that busy for hours, so how deep its elements nest, how many attributes one has, and
//! how many declarations hold in all are bounded.

use super::{Place, WsdlError};

/// The deepest nesting of elements.
const DEEPEST: usize = 128;
/// The most attributes of one element, declarations of namespaces included.
const MOST_ATTRIBUTES: usize = 1024;
/// The most declarations of namespaces, counted again for each element that they hold for.
const MOST_DECLARATIONS: usize = 100_000_000;

/// What is not well-formed is left to the parser, which says it better.
pub(super) fn check(name: &str, text: &str) -> Result<(), WsdlError> {
    // How many declarations hold in each open element.
    let mut open: Vec<usize> = Vec::new();
    let mut declarations = 0;
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        let at = || place(name, text, text.len() - rest.len());
        let tag = Tag::at(rest);
        match tag.kind {
            Kind::Other => {}
            Kind::End => drop(open.pop()),
            Kind::Start | Kind::Empty => {
                let holding = open.last().copied().unwrap_or_default() + tag.declarations;
                declarations += holding;
                if tag.attributes > MOST_ATTRIBUTES {
                    let reason = format!("an element has more than {MOST_ATTRIBUTES} attributes");
                    return Err(WsdlError::Wrong { at: at(), reason });
                }
                if declarations > MOST_DECLARATIONS {
                    let reason = "it declares too many namespaces for too many elements".to_owned();
                    return Err(WsdlError::TooLarge { location: name.to_owned(), reason });
                }
                if tag.kind == Kind::Start {
                    open.push(holding);
                }
                if open.len() > DEEPEST {
                    let reason = format!("elements nest more than {DEEPEST} deep");
                    return Err(WsdlError::Wrong { at: at(), reason });
                }
            }
        }
        rest = &rest[tag.length..];
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Start,
    Empty,
    End,
    /// A comment, a processing instruction, CDATA, a DOCTYPE.
    Other,
}

struct Tag {
    kind: Kind,
    /// In bytes.
    length: usize,
    attributes: usize,
    declarations: usize,
}

impl Tag {
    /// The one that `text` begins with.
    fn at(text: &str) -> Self {
        let other = |end: &str| Self::without_attributes(Kind::Other, length_to(text, end));
        match text.as_bytes().get(1) {
            Some(b'!') if text.starts_with("<!--") => other("-->"),
            Some(b'!') if text.starts_with("<![CDATA[") => other("]]>"),
            Some(b'!') => other(">"),
            Some(b'?') => other("?>"),
            Some(b'/') => Self::without_attributes(Kind::End, length_to(text, ">")),
            _ => Self::start(text),
        }
    }

    fn without_attributes(kind: Kind, length: usize) -> Self {
        Self { kind, length, attributes: 0, declarations: 0 }
    }

    fn start(text: &str) -> Self {
        let mut tag = Self::without_attributes(Kind::Start, text.len());
        let mut quote = None;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            match quote {
                Some(open) => {
                    if byte == open {
                        quote = None;
                    }
                }
                None => match byte {
                    b'"' | b'\'' => quote = Some(byte),
                    b'=' => {
                        tag.attributes += 1;
                        if tag.attributes > MOST_ATTRIBUTES {
                            break;
                        }
                        let name = text[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
                        tag.declarations += usize::from(name.starts_with("xmlns"));
                    }
                    b'>' => {
                        tag.length = at + 1;
                        if text.as_bytes()[at - 1] == b'/' {
                            tag.kind = Kind::Empty;
                        }
                        break;
                    }
                    _ => {}
                },
            }
        }
        tag
    }
}

fn length_to(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

fn place(name: &str, text: &str, at: usize) -> Place {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place { document: name.to_owned(), line: number(line), column: number(column) }
}
