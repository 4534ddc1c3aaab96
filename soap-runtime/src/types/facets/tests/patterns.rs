use proptest::prelude::*;

use super::super::pattern::Pattern;

fn assert_matches(cases: &[(&str, &[&str], &[&str])]) {
    for (source, good, bad) in cases {
        let pattern = Pattern::new(source).unwrap_or_else(|error| panic!("{error}"));
        for text in *good {
            assert!(pattern.matches(text), "{source} does not match {text:?}");
        }
        for text in *bad {
            assert!(!pattern.matches(text), "{source} matches {text:?}");
        }
    }
}

#[test]
fn a_pattern_is_for_the_whole_text() {
    assert_matches(&[
        ("[a-z]+", &["a", "abc"], &["", "abc1", "1abc", "ab\n"]),
        ("a|bc", &["a", "bc"], &["ac", "abc", "b"]),
        ("", &[""], &["a"]),
        ("a|", &["a", ""], &["b"]),
        ("(ab)*c?", &["", "ababc"], &["abb"]),
        ("x{2}", &["xx"], &["x", "xxx"]),
        ("x{2,}", &["xx", "xxxx"], &["x"]),
        ("x{0,2}", &["", "xx"], &["xxx"]),
    ]);
}

#[test]
fn what_means_something_elsewhere_is_a_character() {
    assert_matches(&[
        ("^a$", &["^a$"], &["a"]),
        ("a-b&&~~--c", &["a-b&&~~--c"], &[]),
        ("/\"#%'<>@ ,", &["/\"#%'<>@ ,"], &[]),
        (r"[&&~~\-\-]+", &["&", "~", "-&~"], &["a"]),
        (r"\-\^\.\\\|\?\*\+\(\)\{\}\[\]", &[r"-^.\|?*+(){}[]"], &[]),
        (r"a\nb\tc\rd", &["a\nb\tc\rd"], &["anbtcrd"]),
        ("[a^]", &["a", "^"], &["b"]),
        ("[-a]", &["-", "a"], &["b"]),
        ("[a-]", &["-", "a"], &["b"]),
        ("[$.|?*+(){}]", &["$", ".", "|", "?", "*", "+", "(", ")", "{", "}"], &["a"]),
    ]);
}

#[test]
fn classes_are_those_of_xml_schema() {
    assert_matches(&[
        (".", &["a", "\u{2028}", "\u{85}"], &["\n", "\r", ""]),
        (r"\d", &["1", "٣"], &["a", "½"]),
        (r"\D", &["a"], &["1"]),
        (r"\s", &[" ", "\t", "\n", "\r"], &["\u{A0}", "\u{B}", "x"]),
        (r"\S", &["\u{A0}", "x"], &[" "]),
        (r"\w+", &["aé1", "$+<"], &["-", " ", "_", "a.b"]),
        (r"\W+", &[".-_ "], &["a"]),
        (r"\i\c*", &["a", "_a-1.b", "tns:größe"], &["1a", "-a", "a b", ""]),
        (r"\I", &["1", "-"], &["a"]),
        (r"\C", &[" ", "<"], &["a", "1"]),
        (r"[\i-[:]][\c-[:]]*", &["a1"], &["a:b", "1a"]),
        (r"\p{Lu}\p{Ll}+", &["Éa", "Aß"], &["aB"]),
        (r"\P{L}", &["1"], &["a"]),
        (r"[\p{Sc}\d]+", &["€5"], &["a"]),
        (r"[^\p{L}\d]", &["-"], &["a", "5"]),
        (r"\p{IsGreek}+", &["λόγος"], &["logos"]),
        (r"\P{IsBasicLatin}", &["é"], &["e"]),
        (r"\p{IsSpecials}", &["\u{FEFF}", "\u{FFFD}"], &["a"]),
        (r"[\p{IsLatin-1Supplement}-[é]]", &["è"], &["é", "a"]),
        ("[a-z-[aeiou]]", &["b", "z"], &["a", "-"]),
        ("[^a-z-[A-Z]]", &["1"], &["a", "A"]),
        ("[a-z-[aeiou-[e]]]", &["b", "e"], &["a"]),
        (r"[\n-\r]", &["\n", "\u{B}", "\r"], &["n"]),
    ]);
}

#[test]
fn what_is_no_pattern_is_told_why() {
    for (source, words) in [
        ("(", "`(` is never closed, before character 2"),
        ("a)", "`)` closes nothing, before character 2"),
        ("[", "`[` is never closed"),
        ("[]", "the class is empty"),
        ("[z-a]", "the range from `z` to `a` is upside down"),
        (r"[a-\d]", "a range ends with a character"),
        ("[[a]]", r"`[` in a class has to be written as `\[`"),
        ("*", "`*` repeats nothing"),
        ("a**", "what is repeated is repeated once more; put it in a group"),
        ("a+?", "what is repeated is repeated once more"),
        ("a{,2}", "a number of repetitions is written like"),
        ("a{2", "a number of repetitions is written like"),
        ("a{3,2}", "invalid repetition count range"),
        ("a}", r"`}` has to be written as `\}`"),
        ("a]", r"`]` has to be written as `\]`"),
        (r"\", r"`\` stands before nothing"),
        (r"\b", r"there is no `\b`"),
        (r"\$", r"there is no `\$`"),
        (r"\p", r"a category is written like `\p{Lu}`"),
        (r"\p{Xx}", "there is no category `Xx`"),
        (r"\p{IsKlingon}", "there is no block `Klingon`"),
        ("(?:a)", "`?` repeats nothing"),
        ("(x{1000}){1000}", "it is too large"),
        (&"(".repeat(100), "too many groups are inside of each other"),
    ] {
        let error = Pattern::new(source).err().unwrap_or_else(|| panic!("{source} is a pattern"));
        assert!(error.starts_with(&format!("the pattern `{source}` is wrong: ")) && error.contains(words), "{error}");
    }
}

#[test]
fn no_pattern_takes_longer_than_its_text() {
    // A parser that goes back would try 2^10,000 ways.
    let pattern = Pattern::new("(a+)+(a*)*b").expect("it is a pattern");
    assert!(!pattern.matches(&"a".repeat(10_000)));
}

proptest! {
    #[test]
    fn no_pattern_makes_the_translation_panic(
        source in r"([a-c\\\[\]\-^.?*+(){},|]|\\[dDsSwWiIcCpn]|\{[0-9],?[0-9]?\}){0,12}|\PC{0,20}", text in "[a-c^-]{0,6}",
    ) {
        match Pattern::new(&source) {
            Ok(pattern) => { let _ = pattern.matches(&text); }
            // It is our words that say what is wrong, and not those of `regex` about what we made of it.
            Err(error) => prop_assert!(!error.contains("regex parse error"), "{}", error),
        }
    }

    #[test]
    fn an_escaped_text_matches_itself_alone(text in r"[ -~]{0,10}", other in r"[ -~]{0,10}") {
        let mut source = String::new();
        for c in text.chars() {
            if r"\|.?*+(){}-[]^".contains(c) {
                source.push('\\');
            }
            source.push(c);
        }
        let pattern = Pattern::new(&source).map_err(TestCaseError::fail)?;
        prop_assert!(pattern.matches(&text));
        prop_assert_eq!(pattern.matches(&other), text == other);
    }
}
