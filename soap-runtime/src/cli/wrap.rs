//! Sentences on lines that are not too long.

/// Lines of at most `width` characters, of which all but the first begin with `indent` spaces; there is so much
/// before the first one already. A longer word is not cut.
pub(crate) fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = indent;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if out.is_empty() {
            column += length;
        } else if column + 1 + length > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent + length;
        } else {
            out.push(' ');
            column += 1 + length;
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn lines_end_between_words() {
        assert_eq!(wrapped("a bb ccc dddd", 2, 8), "a bb\n  ccc\n  dddd");
        assert_eq!(wrapped("a-word-that-is-longer b", 4, 10), "a-word-that-is-longer\n    b");
        assert_eq!(wrapped("größe größe", 0, 11), "größe größe");
    }
}
