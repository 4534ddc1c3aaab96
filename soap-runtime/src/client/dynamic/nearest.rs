//! The name that somebody meant who has written another one.

/// The name that was probably meant: few letters differ, or one begins with the other.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let ranked = names.map(|name| {
        let lower = name.to_lowercase();
        let begins = wanted.len() >= 3 && lower.starts_with(&wanted);
        (!begins, distance(&wanted, &lower), name)
    });
    let (is_other, distance, nearest) = ranked.min()?;
    let longest = wanted.chars().count().max(nearest.chars().count());
    // Two letters that changed places count twice: that has to do in a word of five.
    (!is_other || distance * 5 <= longest * 2).then_some(nearest)
}

/// How many letters have to be put in, taken out or exchanged (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_near() {
        let names = ["startWaiter", "getServiceStatus", "abortService", "add"];
        for (name, expected) in [
            ("startwaiter", Some("startWaiter")),
            ("strtWaiter", Some("startWaiter")),
            ("getStatus", None),
            ("getService", Some("getServiceStatus")),
            ("ad", Some("add")),
            ("sub", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names.into_iter()), expected, "{name}");
        }
        for (a, b, expected) in [("", "", 0), ("kitten", "sitting", 3), ("", "abc", 3), ("größe", "grösse", 2)] {
            assert_eq!((distance(a, b), distance(b, a)), (expected, expected), "{a} {b}");
        }
    }
}
