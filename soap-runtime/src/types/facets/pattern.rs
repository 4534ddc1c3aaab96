//! Patterns: the regular expressions of XML Schema (Part 2, Appendix F), in terms of those of `regex`.
//!
//! They differ: a pattern is for the whole text, `^` and `$` are characters, one class can be taken from
//! another, `\i`, `\c` and blocks such as `\p{IsGreek}` are known, and nothing is lazy, captured, or
//! looked around for. `regex` takes a time that is linear in the text, whatever a caller sends.

mod blocks;

use std::iter::Peekable;
use std::str::Chars;

use regex::Regex;

/// More of these inside of each other are no pattern that somebody wrote.
const MAX_DEPTH: usize = 50;

pub(crate) struct Pattern {
    source: String,
    regex: Regex,
}

impl Pattern {
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        let wrong = |problem: String| format!("the pattern `{source}` is wrong: {problem}");
        let translated = translate(source).map_err(wrong)?;
        let regex = Regex::new(&translated).map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => wrong("it is too large".to_owned()),
            other => wrong(last_line(&other.to_string())),
        })?;
        Ok(Self { source: source.to_owned(), regex })
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// `regex` draws the pattern, which is another one, and says what is wrong last.
fn last_line(error: &str) -> String {
    error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}

fn translate(source: &str) -> Result<String, String> {
    let mut translator = Translator { source, rest: source.chars().peekable(), out: String::new(), depth: 0 };
    translator.out.push_str(r"\A(?:");
    translator.alternatives()?;
    if translator.rest.peek().is_some() {
        return Err(translator.wrong("`)` closes nothing"));
    }
    translator.out.push_str(r")\z");
    Ok(translator.out)
}

struct Translator<'s> {
    source: &'s str,
    rest: Peekable<Chars<'s>>,
    out: String,
    depth: usize,
}

type Translated = Result<(), String>;

impl Translator<'_> {
    fn wrong(&self, problem: &str) -> String {
        let read = self.source.chars().count() - self.rest.clone().count();
        format!("{problem}, before character {}", read + 1)
    }

    fn takes(&mut self, expected: char) -> bool {
        self.rest.next_if_eq(&expected).is_some()
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Translated) -> Translated {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.wrong("too many groups are inside of each other"));
        }
        inner(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn alternatives(&mut self) -> Translated {
        loop {
            while let Some(&next) = self.rest.peek() {
                match next {
                    '|' | ')' => break,
                    _ => self.piece()?,
                }
            }
            match self.takes('|') {
                true => self.out.push('|'),
                false => return Ok(()),
            }
        }
    }

    fn piece(&mut self) -> Translated {
        let Some(first) = self.rest.next() else { return Ok(()) };
        match first {
            '(' => self.group()?,
            '[' => self.class()?,
            '.' => self.out.push_str(r"[^\n\r]"),
            '\\' => self.escape()?.write(&mut self.out),
            '?' | '*' | '+' => return Err(self.wrong(&format!("`{first}` repeats nothing"))),
            '{' | '}' | ']' => return Err(self.wrong(&format!("`{first}` has to be written as `\\{first}`"))),
            other => write_char(other, &mut self.out),
        }
        self.quantifier()
    }

    fn group(&mut self) -> Translated {
        self.out.push_str("(?:");
        self.deeper(Self::alternatives)?;
        match self.takes(')') {
            true => self.out.push(')'),
            false => return Err(self.wrong("`(` is never closed")),
        }
        Ok(())
    }

    fn quantifier(&mut self) -> Translated {
        let Some(sign) = self.rest.next_if(|next| matches!(next, '?' | '*' | '+' | '{')) else { return Ok(()) };
        self.out.push(sign);
        if sign == '{' {
            self.quantity()?;
        }
        match self.rest.peek() {
            Some('?' | '*' | '+' | '{') => Err(self.wrong("what is repeated is repeated once more; put it in a group")),
            _ => Ok(()),
        }
    }

    fn quantity(&mut self) -> Translated {
        let mut quantity = String::new();
        while let Some(next) = self.rest.next_if(|&next| next != '}') {
            quantity.push(next);
        }
        let (least, most) = quantity.split_once(',').unwrap_or((&quantity, &quantity));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !self.takes('}') || !is_number(least) || !(is_number(most) || most.is_empty()) {
            return Err(self.wrong("a number of repetitions is written like `{2}`, `{2,}` or `{2,5}`"));
        }
        self.out.push_str(&quantity);
        self.out.push('}');
        Ok(())
    }

    /// Behind its `[`.
    fn class(&mut self) -> Translated {
        self.out.push_str("[[");
        if self.takes('^') {
            self.out.push('^');
        }
        let mut is_empty = true;
        loop {
            let Some(first) = self.rest.next() else { return Err(self.wrong("`[` is never closed")) };
            match first {
                ']' if is_empty => return Err(self.wrong("the class is empty")),
                ']' => break,
                '[' => return Err(self.wrong(r"`[` in a class has to be written as `\[`")),
                '-' if !is_empty && self.rest.peek() == Some(&'[') => {
                    self.out.push_str("]--");
                    self.rest.next();
                    self.deeper(Self::class)?;
                    self.out.push(']');
                    return match self.takes(']') {
                        true => Ok(()),
                        false => Err(self.wrong("what is taken from a class stands at its end")),
                    };
                }
                first => self.member(first)?,
            }
            is_empty = false;
        }
        self.out.push_str("]]");
        Ok(())
    }

    /// A character of a class, a range, or another class.
    fn member(&mut self, first: char) -> Translated {
        let first = if first == '\\' { self.escape()? } else { Escaped::Char(first) };
        first.write(&mut self.out);
        let mut ahead = self.rest.clone();
        let is_range = ahead.next() == Some('-') && !matches!(ahead.next(), Some(']' | '[') | None);
        let Escaped::Char(from) = first else { return Ok(()) };
        if !is_range || from == '-' {
            return Ok(());
        }
        self.rest.next();
        let to = match self.rest.next() {
            Some('\\') => self.escape()?,
            Some(c) => Escaped::Char(c),
            None => return Err(self.wrong("`[` is never closed")),
        };
        match to {
            Escaped::Char(to) if from <= to => {
                self.out.push('-');
                write_char(to, &mut self.out);
                Ok(())
            }
            Escaped::Char(to) => Err(self.wrong(&format!("the range from `{from}` to `{to}` is upside down"))),
            Escaped::Class(_) => Err(self.wrong("a range ends with a character")),
        }
    }

    /// Behind its `\`.
    fn escape(&mut self) -> Result<Escaped, String> {
        let Some(kind) = self.rest.next() else { return Err(self.wrong(r"`\` stands before nothing")) };
        let class = match kind {
            'n' => return Ok(Escaped::Char('\n')),
            'r' => return Ok(Escaped::Char('\r')),
            't' => return Ok(Escaped::Char('\t')),
            '\\' | '|' | '.' | '?' | '*' | '+' | '(' | ')' | '{' | '}' | '-' | '[' | ']' | '^' => {
                return Ok(Escaped::Char(kind));
            }
            's' => r"[\x20\t\n\r]".to_owned(),
            'S' => r"[^\x20\t\n\r]".to_owned(),
            'd' => r"\p{Nd}".to_owned(),
            'D' => r"\P{Nd}".to_owned(),
            'w' => r"[^\p{P}\p{Z}\p{C}]".to_owned(),
            'W' => r"[\p{P}\p{Z}\p{C}]".to_owned(),
            'i' => format!("[{NAME_START}]"),
            'I' => format!("[^{NAME_START}]"),
            'c' => format!("[{NAME_START}{NAME_REST}]"),
            'C' => format!("[^{NAME_START}{NAME_REST}]"),
            'p' | 'P' => self.property(kind == 'P')?,
            other => return Err(self.wrong(&format!(r"there is no `\{other}`"))),
        };
        Ok(Escaped::Class(class))
    }

    fn property(&mut self, is_negated: bool) -> Result<String, String> {
        let mut name = String::new();
        if self.takes('{') {
            while let Some(next) = self.rest.next_if(|&next| next != '}') {
                name.push(next);
            }
        }
        if name.is_empty() || !self.takes('}') {
            return Err(self.wrong(r"a category is written like `\p{Lu}`, a block like `\p{IsGreek}`"));
        }
        let not = if is_negated { "^" } else { "" };
        if let Some(block) = name.strip_prefix("Is") {
            let Some(ranges) = blocks::ranges(block) else {
                return Err(self.wrong(&format!("there is no block `{block}`")));
            };
            return Ok(format!("[{not}{ranges}]"));
        }
        match CATEGORIES.contains(&&*name) {
            true => Ok(format!(r"[{not}\p{{{name}}}]")),
            false => Err(self.wrong(&format!("there is no category `{name}`"))),
        }
    }
}

enum Escaped {
    Char(char),
    /// As `regex` writes it.
    Class(String),
}

impl Escaped {
    fn write(&self, out: &mut String) {
        match self {
            Self::Char(c) => write_char(*c, out),
            Self::Class(class) => out.push_str(class),
        }
    }
}

/// Whatever means something to `regex` is written by its number.
fn write_char(c: char, out: &mut String) {
    match c.is_ascii_alphanumeric() {
        true => out.push(c),
        false => out.push_str(&format!(r"\x{{{:X}}}", c as u32)),
    }
}

/// `NameStartChar` and what `NameChar` has besides (XML 1.0 §2.3).
const NAME_START: &str = r":A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D}\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF}";
const NAME_REST: &str = r"\-.0-9\x{B7}\x{300}-\x{36F}\x{203F}-\x{2040}";

/// Appendix F.1.1.
const CATEGORIES: [&str; 36] = [
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf", "Co", "Cn",
];
