//! Jobs that start processes of their own: none of them outlives its job, wherever it went.

use std::path::Path;

use super::lab::{Lab, Place};
use super::test_on_both;
use crate::processes::{eventually, sigkill, zombies_of};
use crate::waiter::process::processes_of;

test_on_both! {
    programs_that_fork_are_aborted_with_all_that_they_started
    programs_that_end_leave_nothing_of_what_they_started
    a_program_that_ignores_sigterm_is_aborted
    children_with_an_empty_environment_are_aborted_as_well
    what_a_killed_server_leaves_is_aborted_or_cleared_away
}

/// How many processes the lab leaves behind when it forks in all ways.
const ALL: usize = 5;

/// A word that is in the command line of every process of one test, and of no other.
struct Mark {
    word: String,
}

impl Mark {
    fn new(place: &Place) -> Self {
        // The name of a temporary folder is one of its kind.
        let name = place.path("").file_name().expect("it has a name").to_string_lossy().into_owned();
        Self { word: format!("mark-of-{name}") }
    }

    fn processes(&self) -> Vec<i32> {
        // A shell has it as well, in its script.
        processes_of(Path::new(&format!("linger\0{}", self.word)))
    }

    fn wait_for(&self, count: usize) {
        eventually(|| (self.processes().len() == count).then_some(()));
    }
}

fn nothing_is_left(place: &Place, mark: &Mark, lab: &Lab) {
    assert!(mark.processes().is_empty(), "{:?}", mark.processes());
    assert!(place.processes().is_empty(), "{:?}", place.processes());
    eventually(|| (zombies_of(lab.child.id()) == 0).then_some(()));
}

fn programs_that_fork_are_aborted_with_all_that_they_started(executor: &str) {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start(executor));
    let script = format!("\"$LAB\" linger {0} fork; exec \"$LAB\" linger {0}", mark.word);
    lab.start("startScript", "a", &[("script", &script)]);
    mark.wait_for(ALL + 1);
    lab.abort("a");
    nothing_is_left(&place, &mark, &lab);
    assert!(lab.fault("a").fault("Client").contains("aborted"));
}

fn programs_that_end_leave_nothing_of_what_they_started(executor: &str) {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start(executor));
    for code in ["0", "3"] {
        let script = format!("\"$LAB\" linger {} fork; echo done > result.txt; exit {code}", mark.word);
        lab.start("startScript", code, &[("script", &script)]);
        match code {
            "0" => assert_eq!(lab.result(code), "done"),
            _ => assert!(lab.fault(code).fault("Server").contains("exit status: 3")),
        }
        nothing_is_left(&place, &mark, &lab);
    }
}

fn a_program_that_ignores_sigterm_is_aborted(executor: &str) {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start(executor));
    // What is ignored stays so in the programs that it starts.
    let script = format!("trap '' TERM; \"$LAB\" linger {0} fork; \"$LAB\" linger {0}; sleep 300", mark.word);
    lab.start("startScript", "a", &[("script", &script)]);
    mark.wait_for(ALL + 1);
    lab.abort("a");
    nothing_is_left(&place, &mark, &lab);
    assert!(lab.fault("a").fault("Client").contains("aborted"));
}

fn children_with_an_empty_environment_are_aborted_as_well(executor: &str) {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start(executor));
    let script = format!("trap '' TERM; env -i \"$LAB\" linger {} & sleep 300", mark.word);
    lab.start("startScript", "a", &[("script", &script)]);
    mark.wait_for(1);
    lab.abort("a");
    nothing_is_left(&place, &mark, &lab);
}

fn what_a_killed_server_leaves_is_aborted_or_cleared_away(executor: &str) {
    let place = Place::new();
    let (mark, mut lab) = (Mark::new(&place), place.start(executor));
    let script = format!("\"$LAB\" linger {0} fork; exec \"$LAB\" linger {0}", mark.word);
    lab.start("startScript", "a", &[("script", &script)]);
    mark.wait_for(ALL + 1);
    lab.kill_9();
    let lab = place.start(executor);
    if executor == "process" {
        // One that only passes on the fork may have been counted before.
        mark.wait_for(ALL + 1);
        lab.abort("a");
        assert!(lab.fault("a").fault("Client").contains("aborted"));
    } else {
        assert!(lab.fault("a").fault("Server").contains("the server that it ran in"));
    }
    nothing_is_left(&place, &mark, &lab);
}

#[test]
fn methods_that_fork_are_aborted_with_all_that_they_started() {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start("process"));
    lab.start("startFork", "a", &[("mark", &mark.word)]);
    mark.wait_for(ALL);
    lab.abort("a");
    nothing_is_left(&place, &mark, &lab);
}

#[test]
fn methods_that_end_leave_nothing_of_what_they_started() {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start("process"));
    lab.start("startFork", "a", &[("mark", &mark.word), ("waits", "false")]);
    assert_eq!(lab.result("a"), "left");
    nothing_is_left(&place, &mark, &lab);
}

#[test]
fn children_with_an_empty_environment_are_found_by_their_session() {
    let place = Place::new();
    let (mark, lab) = (Mark::new(&place), place.start("process"));
    let script = format!(
        "env -i \"$LAB\" linger {0} & until pgrep -f 'linger {0}$'; do sleep 0.1; done; echo done > result.txt",
        mark.word
    );
    lab.start("startScript", "a", &[("script", &script)]);
    assert_eq!(lab.result("a"), "done");
    nothing_is_left(&place, &mark, &lab);
}

#[test]
fn a_runner_that_is_killed_leaves_nothing_of_what_it_started() {
    let place = Place::new();
    let (mark, mut lab) = (Mark::new(&place), place.start("process"));
    lab.start("startFork", "a", &[("mark", &mark.word)]);
    mark.wait_for(ALL);
    sigkill(place.only_runner());
    assert!(lab.fault("a").fault("Server").contains("signal: 9"));
    nothing_is_left(&place, &mark, &lab);
    // The same while there is no server.
    lab.start("startFork", "b", &[("mark", &mark.word)]);
    mark.wait_for(ALL);
    lab.kill_9();
    sigkill(place.only_runner());
    let lab = place.start("process");
    assert!(lab.fault("b").fault("Server").contains("its process is gone"));
    nothing_is_left(&place, &mark, &lab);
}

#[test]
fn a_server_that_is_stopped_leaves_nothing_of_the_jobs_that_ran_in_it() {
    let place = Place::new();
    let (mark, mut lab) = (Mark::new(&place), place.start("task"));
    let script = format!("\"$LAB\" linger {0} fork; exec \"$LAB\" linger {0}", mark.word);
    lab.start("startScript", "a", &[("script", &script)]);
    mark.wait_for(ALL + 1);
    assert!(lab.stop().success());
    assert!(mark.processes().is_empty(), "{:?}", mark.processes());
    let lab = place.start("task");
    assert!(lab.fault("a").fault("Server").contains("the server that it ran in was stopped"));
}
