//! The name that somebody meant who has written another one.

/// The name that was probably meant: few letters differ, or one begins with the other.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let with_distance = names.map(|name| (distance(&wanted, &name.to_lowercase()), name));
    let (distance, nearest) = with_distance.min()?;
    let longest = wanted.chars().count().max(nearest.chars().count());
    let begins = wanted.len() >= 3 && nearest.to_lowercase().starts_with(&wanted);
    (distance * 3 <= longest || begins).then_some(nearest)
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
