//! What a terminal shows, and what it never must.

use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::pty::{Winsize, openpty};

use super::ids;
use super::program::{Folder, Said, Server, TOKEN, command, digest, jobs};
use crate::programs::example;

/// Runs it with a terminal of this width, on which `typed` is typed. What the terminal shows is in
/// `stderr`.
fn on_a_terminal(folder: &Path, line: &[&str], columns: u16, typed: &str) -> Said {
    let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    let terminal = openpty(Some(&size), None).expect("a terminal");
    let end = || Stdio::from(terminal.slave.try_clone().expect("a file like others"));
    let mut command = command(folder);
    command.arg("jobs").args(line).stdin(end()).stdout(end()).stderr(end());
    let mut child = command.spawn().expect("it was built");
    // The ends that are open here would keep the terminal open.
    drop(command);
    drop::<OwnedFd>(terminal.slave);
    let mut screen = std::fs::File::from(terminal.master);
    screen.write_all(typed.as_bytes()).expect("somebody reads");
    let mut shown = Vec::new();
    // At the end, when nobody has the other end open any more, it is an error to Linux.
    let _ = screen.read_to_end(&mut shown);
    let code = child.wait().expect("it is ours").code().expect("it ended by itself");
    Said { code, stdout: String::new(), stderr: String::from_utf8(shown).expect("it speaks UTF-8") }
}

#[test]
fn nothing_is_removed_if_nobody_agrees() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 0);
    server.wait_for("a", "COMPLETED");
    let said = jobs(folder.path(), &["purge"]).expect_code(2);
    assert!(said.stderr.contains("--yes"), "{said:?}");
    assert_eq!(ids(folder.path(), &[]), ["a"]);
    for (answer, code, left) in [("\n", 1, 1), ("no\n", 1, 1), ("yes\n", 0, 0)] {
        let said = on_a_terminal(folder.path(), &["purge"], 80, answer);
        assert_eq!(said.code, code, "{said:?}");
        assert!(said.stderr.contains("Remove 1 job that ended, with outputs and folders? [y/N]"), "{said:?}");
        assert_eq!(ids(folder.path(), &[]).len(), left, "{answer:?}");
    }
}

#[test]
fn the_table_fits_the_terminal() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for id in ["0d9f6f0c-8c1b-4a36-9f0e-6a2d7c1b7b10", "b", "c"] {
        server.start_waiter(id, 10_000);
    }
    for columns in [60, 80, 100] {
        let said = on_a_terminal(folder.path(), &["list"], columns, "");
        assert_eq!(said.code, 0, "{said:?}");
        let lines: Vec<_> = said.stderr.lines().collect();
        assert_eq!(lines.len(), 4, "{said:?}");
        assert!(lines.iter().all(|line| line.chars().count() <= columns.into()), "{columns}:\n{}", said.stderr);
        assert!(lines[0].starts_with("SERVICE ID") && lines[0].contains("STATE"), "{said:?}");
    }
    let whole = jobs(folder.path(), &["list"]).expect_code(0).stdout;
    assert!(whole.contains("0d9f6f0c-8c1b-4a36-9f0e-6a2d7c1b7b10"), "who is no terminal gets all: {whole}");
}

#[test]
fn nothing_hostile_reaches_the_terminal_and_no_token_shows() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    let hostile =
        ["a\nb", "\u{9b}31mred", "a\rb\tc", "a\u{202e}b", "\u{7f}\u{85}\u{2028}", "\"'`<&>", &"x".repeat(9_000)];
    for id in hostile {
        server.start_waiter(id, 10_000);
    }
    let mut all = vec![jobs(folder.path(), &["list"]), jobs(folder.path(), &["list", "--json"])];
    let of_ids = hostile.iter().flat_map(|&id| {
        [&["show", id][..], &["show", id, "--json"], &["abort", id], &["abort", id]]
            .map(|line| jobs(folder.path(), line))
    });
    all.extend(of_ids);
    // What no XML can bring may come from the operator's own clipboard.
    all.push(jobs(folder.path(), &["show", "\u{1b}[31mred"]));
    let digest = digest(TOKEN);
    let database = ["jobs.db", "jobs.db-wal"].map(|name| std::fs::read(folder.path().join(name)).unwrap_or_default());
    assert!(database.concat().windows(32).any(|part| part == digest.as_bytes()), "this is how it is kept");
    for said in &all {
        for text in [&said.stdout, &said.stderr] {
            let bad = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{202e}' | '\u{2028}'));
            assert!(!text.contains(bad), "{text:?}");
            assert!(!text.contains(TOKEN) && !text.contains(&digest), "{text}");
            assert!(!text.lines().any(|line| line.starts_with("b ")), "a line of its own: {text}");
        }
    }
    assert!(all[0].stdout.contains("\na\\nb ") && all[0].stdout.contains("\n\\u{9b}31mred "), "{}", all[0].stdout);
    assert_eq!(all[0].stdout.lines().count(), 1 + hostile.len(), "{}", all[0].stdout);
    assert!(all[0].stdout.lines().all(|line| line.chars().count() < 200), "{}", all[0].stdout);
    let mut listed = ids(folder.path(), &[]);
    listed.reverse();
    assert_eq!(listed, hostile, "JSON has them as they came");
    assert_eq!(all.last().map(|said| said.code), Some(1));
}

#[test]
fn nobody_has_to_read_to_the_end() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 0);
    server.wait_for("a", "COMPLETED");
    for line in [&["list"][..], &["list", "--json"], &["show", "a"], &["abort", "a"]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = command(folder.path()).arg("jobs").args(line).stdout(writer).output().expect("it was built");
        assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]), "{line:?}");
    }
}

#[test]
fn a_program_without_jobs_does_not_speak_of_them() {
    let calculator = |line: &[&str]| Said::of(Command::new(example("calculator")).args(line));
    let help = calculator(&["--help"]).expect_code(0).stdout;
    for word in ["--data-dir", "DATA_DIR", "--executor", "Jobs:", "jobs"] {
        assert!(!help.contains(word), "{word} is in {help}");
    }
    calculator(&["jobs", "list"]).expect_code(2);
    let mut command = Command::new(example("calculator"));
    // A setting of other programs in the same environment.
    Said::of(command.env("EXECUTOR", "moon").env("RETENTION", "soon").arg("wsdl")).expect_code(0);
    let help = Said::of(Command::new(example("waiter")).arg("--help")).expect_code(0).stdout;
    for word in ["--data-dir", "[env: DATA_DIR=", "--executor", "Jobs:", "  jobs"] {
        assert!(help.contains(word), "{word} is not in {help}");
    }
}
