//! `soap diff`.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::program::{Said, Service, command, run};

/// The WSDL of the waiter, as it is and with changes.
struct Pair {
    folder: TempDir,
}

impl Pair {
    fn new(changes: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let old = std::fs::read_to_string(golden("waiter")).expect("it is there");
        let new = changes.iter().fold(old.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{from} is not there");
            text.replace(from, to)
        });
        for (name, text) in [("old.wsdl", old), ("new.wsdl", new)] {
            std::fs::write(folder.path().join(name), text).expect("the folder is there");
        }
        Self { folder }
    }

    fn diff(&self, options: &[&str]) -> Said {
        let mut command = command(&["diff", "old.wsdl", "new.wsdl"]);
        Said::of(command.args(options).current_dir(self.folder.path()))
    }
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wsdl/golden/{name}.wsdl"))
}

/// A little of everything.
fn changed() -> Pair {
    Pair::new(&[
        ("name=\"secondsToWait\" type=\"xs:integer\"", "name=\"seconds\" type=\"xs:integer\""),
        ("default=\"300\"", "default=\"200\""),
        ("name=\"success\" type=\"xs:boolean\"", "name=\"success\" type=\"xs:string\""),
        (
            "<xs:element name=\"message\" type=\"xs:string\">",
            "<xs:element name=\"urgent\" type=\"xs:boolean\" minOccurs=\"0\"/><xs:element name=\"message\" type=\"xs:string\">",
        ),
        ("Why it has no outputs.", "Why there are no outputs."),
        ("http://localhost:8080/", "https://services.example.org/"),
    ])
}

#[test]
fn changes_are_lines_of_which_the_breaking_ones_come_first() {
    let said = changed().diff(&[]).expect_code(1);
    assert!(said.stdout.lines().all(|line| line.len() <= 80), "{said}");
    assert!(!said.stdout.contains('\u{1b}'), "{said}");
    insta::assert_snapshot!(said.with(&[]));
}

#[test]
fn scripts_get_json() {
    let said = changed().diff(&["--json"]).expect_code(1);
    assert_eq!(said.json()["breaking"], 2);
    insta::assert_snapshot!(said.with(&[]));
}

#[test]
fn the_judgement_has_a_colour_where_there_are_some() {
    let said = changed().diff(&["--color", "always"]).expect_code(1);
    assert!(said.stdout.contains("\u{1b}[1m\u{1b}[31mbreaking\u{1b}[0m"), "{:?}", said.stdout);
}

#[test]
fn what_is_only_compatible_is_no_failure() {
    let said = Pair::new(&[("default=\"300\"", "default=\"200\"")]).diff(&[]).expect_code(0);
    insta::assert_snapshot!(said.with(&[]));
}

#[test]
fn nothing_is_said_to_be_nothing() {
    let said = Pair::new(&[]).diff(&[]).expect_code(0);
    assert_eq!(said.stdout, "no changes\n");
}

#[test]
fn a_running_service_is_compared_with_a_file() {
    let service = Service::start("waiter");
    let old = golden("waiter");
    let said = run(&["diff", old.to_str().expect("the path is UTF-8"), service.wsdl("WaiterService")]).expect_code(0);
    insta::assert_snapshot!(said.with(&service.words()));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let said = run(&["diff", "/nowhere/old.wsdl", "/nowhere/new.wsdl"]).expect_code(2);
    assert!(said.stderr.contains("/nowhere/old.wsdl"), "{said}");
    assert_eq!(said.stdout, "");
}

#[test]
fn help_has_examples() {
    insta::assert_snapshot!(run(&["diff", "--help"]).expect_code(0).with(&[]));
}
