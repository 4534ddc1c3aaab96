//! The reference in the book has the settings that the command line has, and no others.

use std::collections::BTreeMap;

use clap::{Arg, CommandFactory};

use super::settings::Settings;

const PAGE: &str = include_str!("../../../docs/reference/settings.md");

/// What the page says of a flag: its variable and its default.
fn written() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let cells = |line: &'static str| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>();
    let rows = PAGE.lines().filter(|line| line.starts_with("| `")).map(cells);
    let rows = rows.filter(|row| row.len() > 3 && row[1].starts_with("`--"));
    rows.map(|row| (row[1].trim_matches('`').trim_start_matches("--"), (row[0].trim_matches('`'), row[2]))).collect()
}

/// `2MiB`, where it is not empty.
fn default_of(argument: &Arg) -> Option<String> {
    let values = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    values.into_iter().find(|value| !value.is_empty())
}

#[test]
fn every_setting_stands_in_the_reference_with_its_variable_and_its_default() {
    let (command_line, mut written) = (Settings::command(), written());
    for argument in command_line.get_arguments() {
        let flag = argument.get_long().expect("each setting is a flag");
        let (variable, default) = written.remove(flag).unwrap_or_else(|| panic!("--{flag} is missing"));
        assert_eq!(argument.get_env().and_then(|name| name.to_str()), Some(variable), "--{flag}");
        match default_of(argument) {
            Some(expected) => assert!(default.starts_with(&format!("`{expected}`")), "--{flag} is {expected}"),
            None => assert!(default.starts_with("none"), "--{flag} has no default"),
        }
    }
    assert!(written.is_empty(), "there are no such settings: {written:?}");
}
