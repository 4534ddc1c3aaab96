//! Conditions: `greaterThan(VARIABLE, VALUE)` and its four brothers, on whole numbers.

use std::fmt;
use std::num::IntErrorKind;

use crate::xml::{Position, cut};

use super::findings::instead_of;

/// What is compared how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    command: Command,
    /// An ID, or the name of an input or output.
    pub(super) variable: String,
    value: i64,
    pub(super) at: Position,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Command {
    GreaterThan,
    GreaterOrEqual,
    EqualTo,
    LessThan,
    LessOrEqual,
}

impl Command {
    const ALL: [Self; 5] = [Self::GreaterThan, Self::GreaterOrEqual, Self::EqualTo, Self::LessThan, Self::LessOrEqual];

    fn word(self) -> &'static str {
        match self {
            Self::GreaterThan => "greaterThan",
            Self::GreaterOrEqual => "greaterOrEqual",
            Self::EqualTo => "equalTo",
            Self::LessThan => "lessThan",
            Self::LessOrEqual => "lessOrEqual",
        }
    }

    fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::GreaterThan => left > right,
            Self::GreaterOrEqual => left >= right,
            Self::EqualTo => left == right,
            Self::LessThan => left < right,
            Self::LessOrEqual => left <= right,
        }
    }
}

impl Condition {
    /// What `text` says, which stands at `at`.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence.
    pub(super) fn parse(text: &str, at: Position) -> Result<Self, String> {
        let form = || {
            let shown = cut(text.trim());
            format!("`{shown}` is no condition; write COMMAND(VARIABLE, VALUE), as in `greaterThan(x, 5)`")
        };
        let (word, rest) = text.trim().split_once('(').ok_or_else(form)?;
        let (variable, value) = rest.strip_suffix(')').and_then(|rest| rest.split_once(',')).ok_or_else(form)?;
        let (word, variable) = (word.trim(), variable.trim());
        if variable.is_empty() || variable.contains(['(', ')']) || value.contains(['(', ')', ',']) {
            return Err(form());
        }
        let command = Command::ALL.into_iter().find(|command| command.word() == word).ok_or_else(|| unknown(word))?;
        let value = integer(value).map_err(|reason| format!("the second value of `{word}` {reason}"))?;
        Ok(Self { command, variable: variable.to_owned(), value, at })
    }

    /// Whether it is fulfilled where the variable is `value`.
    ///
    /// # Errors
    /// If that is no whole number.
    pub(super) fn holds(&self, value: &str) -> Result<bool, String> {
        let value = integer(value).map_err(|reason| format!("in `{self}`, `{}` {reason}", self.variable))?;
        Ok(self.command.holds(value, self.value))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}, {})", self.command.word(), self.variable, self.value)
    }
}

fn unknown(word: &str) -> String {
    let words = || Command::ALL.into_iter().map(Command::word);
    format!("`{}` is no command of conditions; {}", cut(word), instead_of(word, words()))
}

/// A whole number in decimal digits; white space around it does not count. `3.0` is one, as services write it whose
/// outputs are of type xs:double.
///
/// # Errors
/// Why `text` is none, in words that go on from what it is.
pub(super) fn integer(text: &str) -> Result<i64, String> {
    let digits = match text.trim().split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() && fraction.bytes().all(|digit| digit == b'0') => whole,
        _ => text.trim(),
    };
    digits.parse().map_err(|error: std::num::ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => {
            format!("is `{}`, and numbers from {} to {} can be compared", cut(text.trim()), i64::MIN, i64::MAX)
        }
        _ => format!("is `{}`, which is no whole number", cut(text.trim())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Position = Position { line: 1, column: 1 };

    #[test]
    fn each_command_compares_whole_numbers() {
        // Whether it holds for a value below, of and above that in the condition.
        for (word, expected) in [
            ("greaterThan", [false, false, true]),
            ("greaterOrEqual", [false, true, true]),
            ("equalTo", [false, true, false]),
            ("lessThan", [true, false, false]),
            ("lessOrEqual", [true, true, false]),
        ] {
            for (value, values) in [("5", ["4", "5", "6"]), ("-5", ["-6", " -5\n", "-4"]), ("+0", ["-1", "-0", "1"])] {
                let text = format!("{word}(x,{value})");
                let condition = Condition::parse(&text, AT).expect("it is one");
                assert_eq!(condition.variable, "x");
                let held = values.map(|value| condition.holds(value).expect("a whole number"));
                assert_eq!(held, expected, "{text}");
            }
        }
    }

    #[test]
    fn white_space_does_not_count() {
        let condition = Condition::parse("\n  lessThan ( s1io2 ,\t-7 )  ", AT).expect("it is one");
        assert_eq!(condition.to_string(), "lessThan(s1io2, -7)");
        let condition = Condition::parse("equalTo(x, -9223372036854775808)", AT).expect("the least");
        assert_eq!(condition.holds("-9223372036854775808"), Ok(true));
        assert_eq!(condition.holds("9223372036854775807"), Ok(false));
    }

    #[test]
    fn a_fraction_of_nothing_is_none() {
        let condition = Condition::parse("equalTo(x, -3)", AT).expect("it is one");
        assert_eq!(condition.holds(" -3.000 "), Ok(true));
        assert_eq!(condition.holds("3.0"), Ok(false));
    }

    #[test]
    fn what_is_no_condition_is_said() {
        for (text, expected) in [
            ("", "`` is no condition; write COMMAND(VARIABLE, VALUE)"),
            ("x > 5", "`x > 5` is no condition"),
            ("greaterThan(x)", "is no condition"),
            ("greaterThan(x, 5", "is no condition"),
            ("greaterThan(, 5)", "is no condition"),
            ("greaterThan(x, 5, 6)", "is no condition"),
            ("greaterThan(x, 5) or equalTo(x, 2)", "is no condition"),
            ("equalTo(x, 5))", "is no condition"),
            ("greaterthan(x, 5)", "did you mean `greaterThan`?"),
            ("between(x, 5)", "`between` is no command of conditions; there are `greaterThan`"),
            ("greaterThan(x, y)", "the second value of `greaterThan` is `y`, which is no whole number"),
            ("greaterThan(x, 5.1)", "is `5.1`, which is no whole number"),
            ("greaterThan(x, )", "is ``, which is no whole number"),
            ("greaterThan(x, 9223372036854775808)", "numbers from -9223372036854775808 to 9223372036854775807"),
            ("greaterThan(x, -9223372036854775809)", "can be compared"),
        ] {
            let said = Condition::parse(text, AT).expect_err(text);
            assert!(said.contains(expected), "{text}: {said}");
        }
    }

    #[test]
    fn a_value_that_is_no_whole_number_is_said() {
        let condition = Condition::parse("lessThan(x, 5)", AT).expect("it is one");
        for (value, expected) in [
            ("", "in `lessThan(x, 5)`, `x` is ``, which is no whole number"),
            ("UNSET", "`x` is `UNSET`, which is no whole number"),
            ("3.5", "`x` is `3.5`, which is no whole number"),
            ("3.", "no whole number"),
            (".0", "no whole number"),
            ("3.0.0", "no whole number"),
            ("1e3", "no whole number"),
            ("1 000", "no whole number"),
            ("99999999999999999999", "`x` is `99999999999999999999`, and numbers from"),
        ] {
            let said = condition.holds(value).expect_err(value);
            assert!(said.contains(expected), "{value}: {said}");
        }
    }
}
