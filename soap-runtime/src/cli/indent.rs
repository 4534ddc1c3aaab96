//! XML on lines, for people: one element to a line, two spaces a level.

/// XML as this program writes and repeats it: no comments, no CDATA, `>` escaped everywhere but at the end of
/// tags. Text that stands alone in an element stays as it is.
pub(crate) fn indented(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len() * 2);
    let mut depth = 0_usize;
    let pieces = pieces(xml);
    let mut at = 0;
    while let Some(&piece) = pieces.get(at) {
        let leaf = &pieces[at..pieces.len().min(at + 3)];
        match piece {
            Piece::Start(tag) => match leaf {
                [_, Piece::Text(text), Piece::End(end)] => {
                    line(&mut out, depth, &[tag, text, end]);
                    at += 2;
                }
                [_, Piece::End(end), ..] => {
                    line(&mut out, depth, &[tag, end]);
                    at += 1;
                }
                _ => {
                    line(&mut out, depth, &[tag]);
                    depth += 1;
                }
            },
            Piece::End(tag) => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth, &[tag]);
            }
            Piece::Empty(text) | Piece::Text(text) => line(&mut out, depth, &[text]),
        }
        at += 1;
    }
    out
}

#[derive(Clone, Copy)]
enum Piece<'x> {
    Start(&'x str),
    End(&'x str),
    /// Whole by itself: `<a/>`, the XML declaration.
    Empty(&'x str),
    Text(&'x str),
}

fn pieces(xml: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let text = &rest[..start];
        if !text.trim().is_empty() {
            pieces.push(Piece::Text(text));
        }
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        let tag = &rest[start..end];
        pieces.push(match tag {
            tag if tag.starts_with("</") => Piece::End(tag),
            tag if tag.starts_with("<?") || tag.ends_with("/>") => Piece::Empty(tag),
            tag => Piece::Start(tag),
        });
        rest = &rest[end..];
    }
    if !rest.trim().is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

fn line(out: &mut String, depth: usize, parts: &[&str]) {
    out.push_str(&"  ".repeat(depth));
    out.extend(parts.iter().copied());
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::indented;

    #[test]
    fn each_element_has_a_line() {
        let xml = "<?xml version=\"1.0\"?>\n<a x=\"1\"><b>text &gt; more</b><c/><d></d><e>mixed <f>1</f></e></a>";
        let expected = "<?xml version=\"1.0\"?>\n<a x=\"1\">\n  <b>text &gt; more</b>\n  <c/>\n  <d></d>\n  <e>\n    mixed \n    <f>1</f>\n  </e>\n</a>\n";
        assert_eq!(indented(xml), expected);
        assert_eq!(indented("plain"), "plain\n");
        assert_eq!(indented(""), "");
    }
}
