//! Text in lines that are not too long.

/// The paragraphs of `text` in lines of at most `width` characters; items of lists keep their lines.
pub(crate) fn paragraphs(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.trim().lines() {
        let line = line.trim();
        let is_item = line.starts_with("- ") || line.starts_with("* ") || line.starts_with('|');
        if line.is_empty() {
            lines.push(String::new());
            is_open = false;
            continue;
        }
        if !is_open || is_item {
            lines.push(String::new());
        }
        is_open = true;
        line.split_whitespace().for_each(|word| add(&mut lines, word, width));
    }
    lines.dedup_by(|b, a| a.is_empty() && b.is_empty());
    lines
}

fn add(lines: &mut Vec<String>, word: &str, width: usize) {
    let Some(last) = lines.last_mut() else { return };
    let length = |text: &str| text.chars().count();
    if last.is_empty() {
        last.push_str(word);
    } else if length(last) + 1 + length(word) <= width {
        last.push(' ');
        last.push_str(word);
    } else {
        lines.push(word.to_owned());
    }
}

/// Lines of at most `width` characters, of which all but the first begin with `indent` spaces; there is so much
/// before the first one already. A longer word is not cut.
pub(crate) fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    paragraphs(&words.join(" "), width.saturating_sub(indent)).join(&format!("\n{}", " ".repeat(indent)))
}

#[cfg(test)]
mod tests {
    use super::{paragraphs, wrapped};

    #[test]
    fn paragraphs_stay_apart() {
        let text = " One two\nthree four.\n\n\nFive:\n- six seven eight\n- nine ";
        let expected = ["One two", "three", "four.", "", "Five:", "- six", "seven", "eight", "- nine"];
        assert_eq!(paragraphs(text, 8), expected);
        assert_eq!(paragraphs("größe größe", 11), ["größe größe"]);
        assert_eq!(paragraphs("", 8), Vec::<String>::new());
        assert_eq!(paragraphs("averylongword x", 4), ["averylongword", "x"]);
    }

    #[test]
    fn lines_end_between_words() {
        assert_eq!(wrapped("a bb ccc dddd", 2, 8), "a bb\n  ccc\n  dddd");
        assert_eq!(wrapped("a-word-that-is-longer b", 4, 10), "a-word-that-is-longer\n    b");
        assert_eq!(wrapped("größe größe", 0, 11), "größe größe");
    }
}
