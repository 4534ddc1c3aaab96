//! Aborts at every moment there is: what `abortService` says is true, and stays so.

use std::fs;

use super::lab::{End, Lab, Place, call, page};
use super::test_on_both;
use crate::processes::{eventually, sigkill, zombies_of};

test_on_both! {
    an_abort_while_the_job_starts_or_ends_leaves_one_end_and_no_process
    an_abort_of_a_job_that_waits_takes_it_out_of_the_queue
    aborts_at_the_same_time_all_say_true
    an_abort_after_a_restart_ends_what_the_first_server_started
    an_abort_that_a_server_died_over_is_carried_out_by_the_next_one
    a_method_that_computes_is_aborted_where_it_looks
}

fn is_aborted(lab: &Lab, id: &str) {
    let fault = lab.fault(id).fault("Client");
    assert!(fault.contains("it was aborted"), "{fault}");
}

fn an_abort_while_the_job_starts_or_ends_leaves_one_end_and_no_process(executor: &str) {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", executor), ("MAX_RUNNING", "2")]);
    let address = lab.address();
    for round in 0..30 {
        let id = format!("job {round}");
        let milliseconds = (round * 7 % 60).to_string();
        std::thread::scope(|scope| {
            let start = scope.spawn(|| call(address, "startNap", &id, &[("milliseconds", &milliseconds)]));
            // Until it is known, and then again and again.
            eventually(|| {
                call(address, "abortService", &id, &[]).ok()?.element("success").filter(|said| said == "true")
            });
            let started = start.join().expect("it does not panic").expect("it answers");
            let faults = started.element("faultstring").unwrap_or_default();
            assert!(started.status == 200 || faults.contains("aborted"), "{started:?}");
        });
        let first = lab.end(&id).said();
        assert!(first.contains("it was aborted") || first == "rested", "{first}");
        lab.abort(&id);
        assert_eq!(lab.end(&id).said(), first, "an end is one for ever");
    }
    assert!(place.processes().is_empty(), "{:?}", place.processes());
    eventually(|| (zombies_of(lab.child.id()) == 0).then_some(()));
}

fn an_abort_of_a_job_that_waits_takes_it_out_of_the_queue(executor: &str) {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", executor), ("MAX_RUNNING", "1")]);
    lab.start("startMessages", "runs", &[]);
    let tally = |id: &str| place.path(&format!("tally-{id}")).to_str().expect("a plain name").to_owned();
    for id in ["first", "second", "third"] {
        lab.start("startTally", id, &[("file", &tally(id))]);
    }
    lab.abort("second");
    is_aborted(&lab, "second");
    // Also by a server that finds it waiting.
    lab.kill_9();
    let lab = place.start_with(&[("EXECUTOR", executor), ("MAX_RUNNING", "1")]);
    is_aborted(&lab, "second");
    if executor == "process" {
        // It still has the only place: what ran as a task has lost it with its server.
        lab.abort("first");
        is_aborted(&lab, "first");
        assert!(fs::metadata(tally("first")).is_err(), "it ran");
        lab.call("notifyService", "runs", &[("message", "go on")]);
        assert_eq!(lab.result("runs"), "go on");
    }
    assert_eq!(lab.result("third"), "attempt 1");
    assert!(fs::metadata(tally("second")).is_err(), "it ran");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

fn aborts_at_the_same_time_all_say_true(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startScript", "a", &[("script", "trap '' TERM; while :; do sleep 1; done")]);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| lab.abort("a"));
        }
    });
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
    eventually(|| (zombies_of(lab.child.id()) == 0).then_some(()));
}

fn an_abort_after_a_restart_ends_what_the_first_server_started(executor: &str) {
    let place = Place::new();
    let mut lab = place.start(executor);
    let waits = "echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 300";
    lab.start("startScriptAgain", "a", &[("script", waits)]);
    let pid = place.only_folder().join("pid");
    let first = eventually(|| fs::read_to_string(&pid).ok());
    lab.kill_9();
    let lab = place.start(executor);
    let second = eventually(|| fs::read_to_string(&pid).ok().filter(|pid| executor == "process" || *pid != first));
    assert_eq!(first == second, executor == "process", "a process is adopted, a task begins again");
    lab.abort("a");
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

fn an_abort_that_a_server_died_over_is_carried_out_by_the_next_one(executor: &str) {
    let place = Place::new();
    let mut lab = place.start(executor);
    // It takes its time to end, and may begin again.
    let stubborn = "trap '' TERM; touch there; while :; do sleep 1; done";
    lab.start("startScriptAgain", "a", &[("script", stubborn)]);
    let there = place.only_folder().join("there");
    eventually(|| there.exists().then_some(()));
    std::thread::scope(|scope| {
        let address = lab.address().to_owned();
        scope.spawn(move || call(&address, "abortService", "a", &[]));
        eventually(|| page(&lab, "a").contains("Aborting").then_some(()));
        lab.kill_9();
    });
    let lab = place.start(executor);
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

fn a_method_that_computes_is_aborted_where_it_looks(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startCompute", "a", &[("milliseconds", "300000")]);
    lab.abort("a");
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

#[test]
fn a_method_that_blocks_is_aborted_with_its_process() {
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startBlock", "a", &[("milliseconds", "300000")]);
    place.only_runner();
    lab.abort("a");
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

#[test]
fn a_method_that_blocks_a_thread_of_the_server_is_not_said_to_be_gone() {
    let place = Place::new();
    let lab = place.start("task");
    lab.start("startBlock", "a", &[("milliseconds", "300000")]);
    assert!(!lab.try_abort("a"));
    assert!(matches!(lab.end("a"), End::Failed(_)));
}

#[test]
fn a_process_that_was_stopped_is_aborted() {
    use nix::sys::signal::{Signal, kill};
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startNap", "a", &[("milliseconds", "300000")]);
    kill(nix::unistd::Pid::from_raw(place.only_runner()), Signal::SIGSTOP).expect("it runs");
    lab.abort("a");
    is_aborted(&lab, "a");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

#[test]
fn an_adopted_process_that_is_killed_takes_its_program_along() {
    let place = Place::new();
    let mut lab = place.start("process");
    let script = "echo attempt $JOB_FOLDER > there; sleep 300";
    lab.start("startScript", "a", &[("script", script)]);
    lab.start(
        "startScriptAgain",
        "b",
        &[("script", "test -e there && echo again > result.txt || { touch there; sleep 300; }")],
    );
    eventually(|| (place.folders().iter().filter(|folder| folder.join("there").exists()).count() == 2).then_some(()));
    lab.kill_9();
    let lab = place.start("process");
    for runner in place.runners() {
        sigkill(runner);
    }
    assert!(lab.fault("a").fault("Server").contains("its process is gone"));
    assert_eq!(lab.result("b"), "again");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}
