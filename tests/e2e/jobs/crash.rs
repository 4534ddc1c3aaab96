//! Jobs that fail in all ways that there are: each has a definite end with its reason, and leaves
//! nothing behind.

use std::fs;

use super::lab::{Lab, Place, page};
use super::test_on_both;
use crate::processes::{eventually, sigkill, zombies_of};

test_on_both! {
    a_job_that_panics_has_failed_with_what_it_said
    a_program_that_exits_with_3_has_failed_with_its_last_words
    a_program_that_prints_no_text_has_failed_all_the_same
    a_program_that_is_not_there_is_named
    a_program_that_is_killed_has_failed_with_the_signal
    a_program_that_floods_its_standard_error_fills_no_memory
}

/// A program that says which process it is, and waits.
const WAITS: &str = "echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 300";

/// Waits for the program's process.
fn program(place: &Place) -> i32 {
    let pid = place.only_folder().join("pid");
    eventually(|| fs::read_to_string(&pid).ok()?.trim().parse().ok())
}

fn nothing_is_left(place: &Place, lab: &Lab) {
    assert!(place.processes().is_empty(), "{:?}", place.processes());
    eventually(|| (zombies_of(lab.child.id()) == 0).then_some(()));
}

fn a_job_that_panics_has_failed_with_what_it_said(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startPanic", "a", &[("milliseconds", "20")]);
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("\"a\"") && fault.contains("the lab blew up"), "{fault}");
    nothing_is_left(&place, &lab);
    lab.start("startNap", "b", &[]);
    assert_eq!(lab.result("b"), "rested");
}

fn a_program_that_exits_with_3_has_failed_with_its_last_words(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startExit", "a", &[("code", "3")]);
    let answer = lab.fault("a");
    let fault = answer.fault("Server");
    for part in ["\"a\"", "`sh`", "exit status: 3", "its last words"] {
        assert!(fault.contains(part), "{part}: {fault}");
    }
    assert!(answer.element("reason").is_some_and(|reason| reason.contains("exit status: 3")), "{answer:?}");
    nothing_is_left(&place, &lab);
}

fn a_program_that_prints_no_text_has_failed_all_the_same(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    let script = "head -c 1M /dev/zero; head -c 1M /dev/urandom; printf '\\1\\33[2J\\377\\376'; exit 3";
    lab.start("startScript", "a", &[("script", script)]);
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("exit status: 3"), "{fault}");
    assert!(fault.len() < 10_000, "{}", fault.len());
}

fn a_program_that_is_not_there_is_named(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startNothing", "a", &[]);
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("`no-such-program` cannot be started: No such file"), "{fault}");
    nothing_is_left(&place, &lab);
}

fn a_program_that_is_killed_has_failed_with_the_signal(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startScript", "a", &[("script", WAITS)]);
    sigkill(program(&place));
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("signal: 9"), "{fault}");
    nothing_is_left(&place, &lab);
}

fn a_program_that_floods_its_standard_error_fills_no_memory(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startFlood", "before", &[("megabytes", "1")]);
    assert_eq!(lab.result("before"), "flooded");
    let before = lab.peak_memory();
    let go = place.path("go");
    let flood = "yes 'all work and no play makes a dull log' | head -c 100M >&2; echo; echo the flood is over";
    let script = format!("{flood}; until test -e {}; do sleep 0.05; done; exit 3", go.display());
    lab.start("startScript", "a", &[("script", &script)]);
    // Polls are answered meanwhile, and show its last words.
    eventually(|| page(&lab, "a").contains("the flood is over").then_some(()));
    fs::write(go, "").expect("written");
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("exit status: 3") && fault.contains("the flood is over"), "{fault}");
    assert!(fault.len() < 2000, "{} bytes", fault.len());
    let more = lab.peak_memory() - before;
    assert!(more < 16 << 10, "{more} kB");
    let logs = place.folders().into_iter().filter_map(|folder| fs::metadata(folder.join("log.txt")).ok());
    let longest = logs.map(|log| log.len()).max();
    assert!(longest >= Some(100 << 20), "{longest:?}");
    nothing_is_left(&place, &lab);
}

#[test]
fn a_runner_that_is_killed_has_failed_with_the_signal_and_takes_its_program_along() {
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startScript", "a", &[("script", WAITS)]);
    let program = program(&place);
    sigkill(place.only_runner());
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("signal: 9"), "{fault}");
    assert!(!place.processes().contains(&program));
    nothing_is_left(&place, &lab);
}

#[test]
fn a_method_that_ends_its_process_has_failed_with_the_exit_code() {
    let place = Place::new();
    let lab = place.start("process");
    for code in ["3", "0"] {
        lab.start("startQuit", code, &[("code", code)]);
        let fault = lab.fault(code).fault("Server");
        assert!(fault.contains(&format!("exit status: {code}")) && fault.contains("no result"), "{fault}");
    }
    nothing_is_left(&place, &lab);
}

#[test]
fn a_method_that_ends_the_server_has_failed_once_there_is_another() {
    let place = Place::new();
    let mut lab = place.start("task");
    lab.start("startNap", "other", &[]);
    assert_eq!(lab.result("other"), "rested");
    // It may end before it has answered.
    let _ = super::lab::call(lab.address(), "startQuit", "a", &[("code", "3")]);
    assert_eq!(lab.child.wait().expect("it is ours").code(), Some(3));
    let lab = place.start("task");
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("the server that it ran in was stopped or has died"), "{fault}");
    assert_eq!(lab.result("other"), "rested");
}

#[test]
fn a_runner_that_somebody_else_tells_to_end_has_failed() {
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startScript", "a", &[("script", WAITS)]);
    program(&place);
    terminate(place.only_runner());
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("signal"), "{fault}");
    nothing_is_left(&place, &lab);
}

fn terminate(process: i32) {
    use nix::sys::signal::{Signal, kill};
    kill(nix::unistd::Pid::from_raw(process), Signal::SIGTERM).expect("it runs");
}
