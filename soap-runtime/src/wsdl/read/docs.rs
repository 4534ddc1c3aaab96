//! Documentation, as people want to read it.

use super::tree::{Node, WSDL, XML, XS};

/// Of something in a WSDL: `wsdl:documentation`.
pub(super) fn of_wsdl(node: Node<'_>) -> String {
    joined(node.all(WSDL, "documentation"))
}

/// Of something in a schema: `xs:annotation/xs:documentation`.
pub(super) fn of_schema(node: Node<'_>) -> String {
    joined(node.all(XS, "annotation").flat_map(|annotation| annotation.all(XS, "documentation")))
}

/// English ones and those in no language, if there are any.
fn joined<'a>(nodes: impl Iterator<Item = Node<'a>>) -> String {
    let (english, others): (Vec<_>, Vec<_>) = nodes.partition(|node| {
        node.attribute_of(XML, "lang").is_none_or(|lang| lang.is_empty() || lang.to_ascii_lowercase().starts_with("en"))
    });
    let nodes = if english.is_empty() { others } else { english };
    let texts: Vec<String> = nodes.into_iter().map(|node| tidy(&node.text())).filter(|text| !text.is_empty()).collect();
    texts.join("\n\n")
}

/// Without indentation, spaces at the ends of lines, and empty lines but single ones between others.
fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut gap = "";
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            gap = "\n\n";
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if gap.is_empty() { "\n" } else { gap });
        }
        tidied.push_str(line);
        gap = "";
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whitespace_is_tidied() {
        for (text, tidied) in [
            ("", ""),
            (" \n\t ", ""),
            ("One.", "One."),
            ("\n      One,\n      two.\n    ", "One,\ntwo."),
            ("One.\r\n\r\n\r\n  Two.  ", "One.\n\nTwo."),
        ] {
            assert_eq!(tidy(text), tidied, "{text:?}");
        }
    }
}
