//! What the program says, on both streams: no secret passes, and nothing that a terminal would obey.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Style};
use serde_json::Value;

use super::failure::Failure;
use crate::app::{print, safe};

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colours {
    // On terminals; without docs, for each word would take a line of the help.
    #[default]
    Auto,
    Always,
    Never,
}

impl Colours {
    pub(super) fn choice(self) -> ColorChoice {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }

    /// On `stream`. An empty NO_COLOR is none (https://no-color.org).
    fn are_on(self, stream: &impl IsTerminal) -> bool {
        let is_set = |name: &str, is: fn(&str) -> bool| std::env::var(name).is_ok_and(|value| is(&value));
        let refused = is_set("NO_COLOR", |value| !value.is_empty()) || is_set("TERM", |value| value == "dumb");
        self == Self::Always || (self == Self::Auto && !refused && stream.is_terminal())
    }
}

/// What `--color` says, before the command line is looked at.
pub(super) fn asked_for(arguments: &[OsString]) -> Colours {
    let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let mut values = words.iter().enumerate().filter_map(|(at, word)| match word.strip_prefix("--color") {
        Some("") => words.get(at + 1).map(|value| &**value),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    match values.next_back() {
        Some("always") => Colours::Always,
        Some("never") => Colours::Never,
        _ => Colours::Auto,
    }
}

/// How a word stands out, where there are colours.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Look {
    /// Names, titles.
    Strong,
    /// What can be passed over.
    Faint,
    Good,
    Bad,
    Doubtful,
}

impl Look {
    fn style(self) -> Style {
        match self {
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Good => AnsiColor::Green.on_default(),
            Self::Bad => AnsiColor::Red.on_default().bold(),
            Self::Doubtful => AnsiColor::Yellow.on_default(),
        }
    }
}

/// Both streams.
#[derive(Debug)]
pub(crate) struct Console {
    colours: (bool, bool),
    width: usize,
    is_terminal: bool,
    secrets: Mutex<Vec<String>>,
}

/// Where the width of the terminal is not known.
const WIDTH: usize = 80;
/// Longer lines are hard to read.
const WIDEST: usize = 100;

/// What stands in place of a secret.
const HIDDEN: &str = "[hidden]";
/// A token of fewer bytes, as one types while trying a service, may be a part of many words. Were it hidden in those,
/// nothing could be read, and what is missing would tell it.
const SHORT: usize = 8;

/// How wide standard output is.
pub(super) fn width() -> usize {
    let is_terminal = io::stdout().is_terminal();
    let size = is_terminal.then(|| terminal_size::terminal_size_of(io::stdout())).flatten();
    size.map_or(WIDTH, |(width, _)| usize::from(width.0).clamp(40, WIDEST))
}

impl Console {
    pub(super) fn new(colours: Colours) -> Self {
        Self {
            colours: (colours.are_on(&io::stdout()), colours.are_on(&io::stderr())),
            width: width(),
            is_terminal: io::stdout().is_terminal(),
            secrets: Mutex::default(),
        }
    }

    /// From now on `secret` is said nowhere.
    pub(crate) fn hide(&self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        let in_xml = |is_attribute| {
            let mut escaped = String::new();
            crate::xml::escape_into(&mut escaped, secret, is_attribute);
            escaped
        };
        let in_json = Value::from(secret).to_string();
        let in_json = in_json[1..in_json.len() - 1].to_owned();
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.extend([secret.to_owned(), safe(secret), in_xml(false), in_xml(true), in_json]);
        // Of two of which one holds the other, the longer one first.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        secrets.dedup();
    }

    /// The same text without secrets.
    pub(crate) fn redacted(&self, text: &str) -> String {
        let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.iter().fold(text.to_owned(), |text, secret| match secret.len() < SHORT {
            true => without_word(&text, secret),
            false => text.replace(secret, HIDDEN),
        })
    }

    /// How wide results are; 80, if that is not known.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether results go to a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// A word of a result.
    pub(crate) fn paint(&self, look: Look, text: &str) -> String {
        painted(look, text, self.colours.0)
    }

    /// A word of what goes to standard error.
    pub(crate) fn paint_note(&self, look: Look, text: &str) -> String {
        painted(look, text, self.colours.1)
    }

    /// A result, as it is: one line or several, without the last line end.
    ///
    /// What others have said has to be made [`safe`] before. That nobody reads on, as with `| head`, is no
    /// error.
    pub(crate) fn say(&self, text: &str) -> Result<(), Failure> {
        let text = self.redacted(text);
        let printed = print(|out| writeln!(out, "{}", text.trim_end_matches('\n')));
        printed.map_err(|error| Failure::usage(format!("cannot write to standard output: {error}")))
    }

    /// A result for scripts: JSON, indented.
    pub(crate) fn say_json(&self, value: &Value) -> Result<(), Failure> {
        self.say(&visible(&format!("{value:#}")))
    }

    /// Something beside the result: a line on standard error.
    pub(crate) fn note(&self, text: &str) {
        // Nobody may read it; then nothing can be told any more.
        let _nobody_reads = writeln!(io::stderr(), "{}", self.redacted(text));
    }

    /// Why the command failed.
    pub(crate) fn error(&self, failure: &Failure) {
        self.note(&format!("{} {}", self.paint_note(Look::Bad, "error:"), lines(failure.sentence())));
        failure.more().iter().for_each(|line| self.note(&format!("  {}", lines(line).replace('\n', "\n  "))));
    }
}

/// Each line with nothing in it that a terminal would obey.
fn lines(text: &str) -> String {
    text.lines().map(safe).collect::<Vec<_>>().join("\n")
}

fn painted(look: Look, text: &str, colours: bool) -> String {
    let style = look.style();
    if colours { format!("{style}{text}{style:#}") } else { text.to_owned() }
}

/// The text without `secret`, where that is not a part of a longer word.
fn without_word(text: &str, secret: &str) -> String {
    let mut left = String::with_capacity(text.len());
    let mut done = 0;
    for (start, _) in text.match_indices(secret) {
        let end = start + secret.len();
        let goes_on = text[..start].ends_with(char::is_alphanumeric) || text[end..].starts_with(char::is_alphanumeric);
        if !goes_on {
            left.push_str(&text[done..start]);
            left.push_str(HIDDEN);
            done = end;
        }
    }
    left.push_str(&text[done..]);
    left
}

/// What does not show is escaped: then JSON may be looked at on a terminal. Such characters stand in its
/// strings only.
fn visible(json: &str) -> String {
    let mut visible = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '\n' | '"' | '\'' | '\\' => visible.push(c),
            c if c.escape_debug().len() == 1 => visible.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| visible.push_str(&format!("\\u{unit:04x}"))),
        }
    }
    visible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_passes() {
        let console = Console::new(Colours::Never);
        assert_eq!(console.redacted("a to\"k&n b"), "a to\"k&n b");
        console.hide("");
        console.hide("to\"k&n");
        console.hide("to\"k&n-2");
        for text in
            ["a to\"k&n b", "<t>to\"k&amp;n</t>", "<t a=\"to&quot;k&amp;n\"/>", "{\"t\":\"to\\\"k&n\"}", "to\"k&n-2"]
        {
            let said = console.redacted(text);
            assert!(said.contains("[hidden]") && !said.contains("k&") && !said.contains("-2"), "{said}");
        }
    }

    #[test]
    fn a_short_secret_is_hidden_where_it_is_a_word() {
        let console = Console::new(Colours::Never);
        console.hide("t");
        let text = "the token is \"t\", in <t>t</t>, not in left";
        assert_eq!(console.redacted(text), "the token is \"[hidden]\", in <[hidden]>[hidden]</[hidden]>, not in left");
    }

    #[test]
    fn colours_are_known_before_the_rest() {
        let asked = |line: &str| asked_for(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("soap --color always call"), Colours::Always);
        assert_eq!(asked("soap call --color=never x"), Colours::Never);
        assert_eq!(asked("soap --color"), Colours::Auto);
        assert_eq!(asked("soap --colors=never"), Colours::Auto);
    }

    #[test]
    fn json_shows_all_its_characters() {
        let json = Value::from("größe 'x' \"\\ \u{9b}31m \u{202e}\n").to_string();
        assert_eq!(visible(&json), "\"größe 'x' \\\"\\\\ \\u009b31m \\u202e\\n\"");
        assert_eq!(visible("{\n  \"a\": 1\n}"), "{\n  \"a\": 1\n}");
    }
}
