//! Which characters XML 1.0 allows (§2.2), and what a name may hold (§2.3).

/// `Char` of XML 1.0 §2.2.
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character of `text` that XML does not allow, and its offset in bytes.
///
/// Looks at bytes: all but two of the forbidden characters are ASCII controls, and the two others,
/// U+FFFE and U+FFFF, begin with the rare byte `EF`.
pub(super) fn find_illegal(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    // A whole block is judged at once, without a branch for each byte, so that it is vectorised.
    let suspicious = bytes
        .chunks(64)
        .position(|block| block.iter().fold(false, |found, &byte| found | (byte < 0x20) | (byte == 0xEF)))?;
    let start = suspicious * 64;
    bytes[start..]
        .iter()
        .enumerate()
        .filter(|&(_, &byte)| byte < 0x20 || byte == 0xEF)
        .map(|(at, _)| start + at)
        .find_map(|at| text[at..].chars().next().filter(|&c| !is_xml_char(c)).map(|c| (at, c)))
}

/// Whether `name` may be the name of an element or attribute, as far as ASCII goes: with one prefix
/// at most (Namespaces in XML, §4).
pub(super) fn is_name(name: &str) -> bool {
    match name.split_once(':') {
        Some((prefix, local)) => is_part_of_name(prefix) && is_part_of_name(local),
        None => is_part_of_name(name),
    }
}

fn is_part_of_name(name: &str) -> bool {
    let first = name.as_bytes().first();
    first.is_some_and(|&b| b.is_ascii_alphabetic() || b == b'_' || b >= 0x80)
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.') || b >= 0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_noncharacters_are_found_wherever_they_stand() {
        assert_eq!(find_illegal("a\tb\r\nc"), None);
        assert_eq!(find_illegal("ﬁne \u{FEFF}\u{FFFD}\u{10FFFF}"), None);
        assert_eq!(find_illegal("ab\0c"), Some((2, '\0')));
        assert_eq!(find_illegal(&format!("{}\n{}\u{FFFE}", "x".repeat(100), "y".repeat(100))), Some((201, '\u{FFFE}')));
        assert_eq!(find_illegal("\u{1F}"), Some((0, '\u{1F}')));
    }

    #[test]
    fn names_start_with_a_letter() {
        for good in ["a", "_1", "tns:startWaiter", "größe", "a-b.c"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "1a", "-a", "a b", "a&b", "a\"", ":", ":a", "a:", "a:b:c", "a:1"] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
