//! Text in lines that are not too long.

/// The paragraphs of `text` in lines of at most `width` characters; items of lists keep their lines.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
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

/// The same as one text, of which all lines but the first begin with `indent` spaces: there is so much before
/// that one already.
pub(crate) fn hanging(text: &str, indent: usize, width: usize) -> String {
    wrapped(text, width.saturating_sub(indent)).join(&format!("\n{}", " ".repeat(indent)))
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

#[cfg(test)]
mod tests {
    use super::{hanging, wrapped};

    #[test]
    fn what_follows_stands_below_what_comes_first() {
        assert_eq!(hanging("a bb ccc dddd", 2, 8), "a bb\n  ccc\n  dddd");
        assert_eq!(hanging("a-word-that-is-longer b", 4, 10), "a-word-that-is-longer\n    b");
    }

    #[test]
    fn paragraphs_stay_apart() {
        let text = " One two\nthree four.\n\n\nFive:\n- six seven eight\n- nine ";
        let expected = ["One two", "three", "four.", "", "Five:", "- six", "seven", "eight", "- nine"];
        assert_eq!(wrapped(text, 8), expected);
        assert_eq!(wrapped("größe größe", 11), ["größe größe"]);
        assert_eq!(wrapped("", 8), Vec::<String>::new());
        assert_eq!(wrapped("averylongword x", 4), ["averylongword", "x"]);
    }
}
