//! The session token: whoever has it is that user, so it lies nowhere but where a job may need it.

use std::fs;
use std::path::{Path, PathBuf};

use super::lab::{Lab, Place, TOKEN};
use super::test_on_both;
use crate::processes::eventually;

test_on_both! {
    the_token_is_nowhere_but_in_its_file_while_a_job_may_need_it
}

fn the_token_is_nowhere_but_in_its_file_while_a_job_may_need_it(executor: &str) {
    let place = Place::new();
    // As much as can be logged.
    let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "4"), ("LOG", "trace")];
    let mut lab = place.start_with(&settings);
    run_all_kinds(&lab);
    lab.start("startScript", "waits", &[("script", "env > environment; touch there; sleep 300")]);
    lab.start("startScriptAgain", "again", &[("script", "env > environment; touch there; sleep 300")]);
    lab.start("startMessages", "listens", &[]);
    lab.start("startNap", "naps", &[("milliseconds", "300000")]);
    lab.start("startNap", "queued", &[]);
    let is_there = |folder: &&PathBuf| folder.join("there").exists();
    eventually(|| (place.folders().iter().filter(is_there).count() == 2).then_some(()));
    // It may be needed by those that run in processes, that wait, or that may begin again.
    assert_eq!(kept(&place), if executor == "process" { 5 } else { 2 });
    is_nowhere_else(&place, &lab);
    lab.kill_9();
    let lab = place.start_with(&settings);
    is_nowhere_else(&place, &lab);
    for id in ["waits", "again", "listens", "naps", "queued"] {
        lab.abort(id);
        lab.end(id);
    }
    run_all_kinds_again(&lab);
    is_nowhere_else(&place, &lab);
    eventually(|| (kept(&place) == 0).then_some(()));
}

/// Jobs that end in all ways, and calls that fail.
fn run_all_kinds(lab: &Lab) {
    lab.start("startNap", "nap", &[]);
    lab.start("startPanic", "panic", &[]);
    lab.start("startExit", "exit", &[("code", "3")]);
    lab.start("startNothing", "nothing", &[]);
    lab.start("startRefused", "refused", &[("part", "x")]);
    lab.start("startBig", "big", &[("bytes", "100000")]);
    lab.start("startNap", "aborted", &[("milliseconds", "300000")]);
    lab.abort("aborted");
    run_all_kinds_again(lab);
}

fn run_all_kinds_again(lab: &Lab) {
    for id in ["nap", "panic", "exit", "nothing", "refused", "big", "aborted"] {
        lab.end(id);
    }
    lab.status("unknown");
    lab.call("startNap", "nap", &[("milliseconds", "7")]);
    lab.call("startNap", "broken", &[("milliseconds", "many")]);
    lab.call("noSuchOperation", "nap", &[]);
    lab.call("notifyService", "nap", &[("message", "x")]);
}

/// How many jobs have their token on the disk.
fn kept(place: &Place) -> usize {
    let tokens = place.folders().into_iter().filter_map(|folder| fs::read(folder.join("token")).ok());
    tokens.inspect(|token| assert_eq!(token, TOKEN.as_bytes())).count()
}

fn is_nowhere_else(place: &Place, lab: &Lab) {
    let mut files = Vec::new();
    collect(&place.path(""), &mut files);
    for file in ["server.log", "data/jobs.db", "data/jobs.db-wal"] {
        assert!(files.contains(&place.path(file)), "{file} is not looked into");
    }
    for file in files.iter().filter(|file| file.file_name().is_none_or(|name| name != "token")) {
        assert!(!has_token(file), "{}", file.display());
    }
    for process in place.processes().into_iter().chain([lab.pid()]) {
        for file in ["cmdline", "environ"] {
            assert!(!has_token(Path::new(&format!("/proc/{process}/{file}"))), "{process} {file}");
        }
    }
}

fn has_token(file: &Path) -> bool {
    // It may have gone meanwhile.
    fs::read(file).unwrap_or_default().windows(TOKEN.len()).any(|part| part == TOKEN.as_bytes())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            _ => files.push(entry.path()),
        }
    }
}
