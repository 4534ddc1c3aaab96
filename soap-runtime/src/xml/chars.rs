//! Which characters XML 1.0 allows (§2.2), what a name may hold (§2.3), and how much of one is shown.

/// `Char` of XML 1.0 §2.2.
pub(super) fn is_xml_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character of `text` that XML does not allow, and its offset in bytes.
///
/// Looks at bytes: all but two of the forbidden characters are ASCII controls, and the two others,
/// U+FFFE and U+FFFF, begin with the rare byte `EF`.
pub(super) fn find_illegal(text: &str) -> Option<(usize, char)> {
    const BLOCK: usize = 64;
    // A whole block is judged at once, without a branch for each byte, so that it is vectorised.
    let suspicious = |block: &[u8]| block.iter().fold(false, |found, &byte| found | is_suspicious(byte));
    let mut blocks = text.as_bytes().chunks(BLOCK).enumerate().filter(|(_, block)| suspicious(block));
    blocks.find_map(|(at, block)| illegal_in(text, at * BLOCK, block))
}

fn is_suspicious(byte: u8) -> bool {
    let control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
    control | (byte == 0xEF)
}

#[cold]
fn illegal_in(text: &str, start: usize, block: &[u8]) -> Option<(usize, char)> {
    let places = block.iter().enumerate().filter(|&(_, &byte)| is_suspicious(byte)).map(|(at, _)| start + at);
    places.filter_map(|at| Some((at, text[at..].chars().next()?))).find(|&(_, c)| !is_xml_char(c))
}

/// Whether `name` may be the name of an element or attribute: with one prefix at most (Namespaces in XML, §4).
pub(super) fn is_name(name: &str) -> bool {
    match memchr::memchr(b':', name.as_bytes()) {
        Some(colon) => is_part_of_name(&name[..colon]) && is_part_of_name(&name[colon + 1..]),
        None => is_part_of_name(name),
    }
}

fn is_part_of_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'.'))
        && bytes.iter().all(|&byte| IN_NAMES[usize::from(byte)])
        && (name.is_ascii() || are_letters(name))
}

/// Whether all that is not ASCII in `name` may stand where it does (XML 1.0 §2.3): names are sent on as they came.
#[cold]
fn are_letters(name: &str) -> bool {
    let starts = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
                | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
                | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}'
                | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
    };
    let goes_on = |c: char| starts(c) || matches!(c, '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}');
    name.starts_with(starts) && name.chars().all(goes_on)
}

/// Which bytes a name may hold. A table, for every name of a request is looked at.
const IN_NAMES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' | 0x80..);
        byte += 1;
    }
    table
};

/// Enough of a name from outside to recognise it.
pub(crate) fn cut(name: &str) -> String {
    const SHOWN: usize = 60;
    match name.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
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
        for good in ["a", "_1", "tns:startWaiter", "größe", "a-b.c", "日本:語", "a·", "ﬀ😀"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            "1a",
            "-a",
            "a b",
            "a&b",
            "a\"",
            ":",
            ":a",
            "a:",
            "a:b:c",
            "a:1",
            "a×",
            "\u{2028}a",
            "·a",
            "a:\u{301}",
            "a\u{3000}",
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
