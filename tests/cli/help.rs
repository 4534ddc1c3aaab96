//! What the program says of itself.

use crate::program::{Said, command, run};

#[test]
fn the_program_lists_its_commands() {
    insta::assert_snapshot!(run(&["--help"]).expect_code(0).with(&[]));
}

#[test]
fn describe_explains_itself() {
    insta::assert_snapshot!(run(&["describe", "--help"]).expect_code(0).with(&[]));
}

#[test]
fn call_explains_itself() {
    insta::assert_snapshot!(run(&["call", "--help"]).expect_code(0).with(&[]));
}

#[test]
fn run_explains_itself() {
    insta::assert_snapshot!(run(&["run", "--help"]).expect_code(0).with(&[]));
}

#[test]
fn help_fits_on_80_columns_and_has_colours_when_asked_for() {
    for name in ["describe", "call", "run", "save", "diff", "workflow", "check"] {
        let plain = run(&[name, "--help"]).expect_code(0).stdout;
        assert!(!plain.contains('\u{1b}'), "{plain}");
        let long: Vec<_> =
            plain.lines().filter(|line| line.chars().count() > 80 && !line.starts_with("  soap ")).collect();
        assert!(name == "workflow" || long.is_empty(), "{name}: {long:#?}");
        assert!(run(&[name, "--help", "--color", "always"]).expect_code(0).stdout.contains('\u{1b}'));
        let refused = Said::of(command(&[name, "--help"]).env("NO_COLOR", "1"));
        assert_eq!(refused.stdout, plain);
    }
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    for line in [&[][..], &["cal"], &["call"], &["call", "x.wsdl"], &["run", "x.wsdl", "a", "--every", "0s"]] {
        run(line).expect_code(2);
    }
    let said = run(&["call", "x.wsdl", "a", "--json", "--xml"]).expect_code(2);
    assert!(said.stderr.contains("cannot be used with"), "{said}");
}
