//! Servers that are stopped, and others that come after them, or beside them.

use std::fs;

use super::lab::Place;
use super::test_on_both;
use crate::processes::{eventually, sigkill};
use crate::waiter::process::processes_of;

test_on_both! {
    what_waited_is_run_by_the_next_server
    tokens_and_attempts_are_known_to_the_next_server
    a_second_server_in_one_data_dir_says_so_and_exits_with_2
}

fn what_waited_is_run_by_the_next_server(executor: &str) {
    let place = Place::new();
    let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "1")];
    let mut lab = place.start_with(&settings);
    lab.start("startNap", "first", &[("milliseconds", "300000")]);
    for id in ["second", "third"] {
        lab.start("startNap", id, &[]);
    }
    assert!(lab.stop().success());
    let lab = place.start_with(&settings);
    if executor == "process" {
        assert_eq!(lab.status("second").status, 200);
        lab.abort("first");
    } else {
        let fault = lab.fault("first").fault("Server");
        assert!(fault.contains("the server that it ran in was stopped"), "{fault}");
    }
    for id in ["second", "third"] {
        assert_eq!(lab.result(id), "rested");
    }
}

fn tokens_and_attempts_are_known_to_the_next_server(executor: &str) {
    let place = Place::new();
    let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "1")];
    let mut lab = place.start_with(&settings);
    lab.start("startNap", "first", &[("milliseconds", "300000")]);
    lab.start("startWho", "second", &[]);
    lab.kill_9();
    let lab = place.start_with(&settings);
    lab.abort("first");
    assert_eq!(lab.result("second"), format!("second|{}|1", super::lab::TOKEN));
}

fn a_second_server_in_one_data_dir_says_so_and_exits_with_2(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startNap", "a", &[("milliseconds", "300000")]);
    let ended = place.try_start(&[("EXECUTOR", executor)]).expect_err("there is one");
    assert_eq!(ended.code(), Some(2));
    let log = place.log();
    let said = log.lines().find(|line| line.starts_with("error: ")).expect("it says why");
    let data_dir = place.data_dir();
    assert!(said.contains("another server") && said.contains(data_dir.to_str().expect("a plain name")), "{said}");
    assert_eq!(lab.status("a").status, 200, "the first one goes on");
    lab.abort("a");
}

#[test]
fn processes_go_on_while_their_server_is_stopped_and_are_adopted() {
    let place = Place::new();
    let mut lab = place.start("process");
    let tally = place.path("tally");
    let script = "until test -e go; do sleep 0.05; done; echo done > result.txt";
    lab.start("startScript", "runs", &[("script", script)]);
    let runner = place.only_runner();
    let folder = place.only_folder();
    lab.start("startTally", "ends", &[("file", tally.to_str().expect("a plain name")), ("milliseconds", "300")]);
    eventually(|| fs::read_to_string(&tally).is_ok_and(|tally| tally.contains("begin")).then_some(()));
    assert!(lab.stop().success());
    // One of them ends while there is no server.
    eventually(|| (place.runners() == [runner]).then_some(()));
    let lab = place.start("process");
    assert_eq!(lab.result("ends"), "attempt 1");
    assert_eq!(fs::read_to_string(&tally).expect("it ran").lines().count(), 2);
    assert_eq!(lab.status("runs").status, 200);
    assert_eq!(place.runners(), [runner]);
    fs::write(folder.join("go"), "").expect("written");
    assert_eq!(lab.result("runs"), "done");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

#[test]
fn tasks_of_a_server_that_is_stopped_begin_again_or_have_failed() {
    let place = Place::new();
    let mut lab = place.start("task");
    let tally = |id: &str| place.path(id).to_str().expect("a plain name").to_owned();
    for (operation, id) in [("startTally", "once"), ("startTallyAgain", "again")] {
        lab.start(operation, id, &[("file", &tally(id)), ("milliseconds", "1000")]);
        eventually(|| fs::read_to_string(tally(id)).is_ok_and(|tally| tally.contains("begin")).then_some(()));
    }
    assert!(lab.stop().success());
    let lab = place.start("task");
    let fault = lab.fault("once").fault("Server");
    assert!(fault.contains("the server that it ran in was stopped"), "{fault}");
    assert_eq!(lab.result("again"), "attempt 2");
    let words = |id: &str| {
        let tally = fs::read_to_string(tally(id)).expect("it ran");
        tally.lines().map(|line| line.rsplit_once(' ').map_or(line, |(said, _)| said).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(words("once"), ["begin 1"]);
    assert_eq!(words("again"), ["begin 1", "begin 2", "end 2"]);
}

#[test]
fn a_task_that_loses_every_server_has_failed_in_the_end() {
    let place = Place::new();
    let tally = place.path("tally").to_str().expect("a plain name").to_owned();
    for attempt in 1..=3 {
        let mut lab = place.start("task");
        if attempt == 1 {
            lab.start("startTallyAgain", "a", &[("file", &tally), ("milliseconds", "300000")]);
        }
        let begin = format!("begin {attempt} ");
        eventually(|| fs::read_to_string(&tally).is_ok_and(|tally| tally.contains(&begin)).then_some(()));
        lab.kill_9();
    }
    let lab = place.start("task");
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("the server that it ran in was stopped or has died"), "{fault}");
}

#[test]
fn an_attempt_that_somebody_has_taken_is_not_run_again() {
    let place = Place::new();
    let lab = place.start("process");
    let tally = place.path("tally");
    lab.start("startTally", "a", &[("file", tally.to_str().expect("a plain name")), ("milliseconds", "1500")]);
    eventually(|| fs::read_to_string(&tally).is_ok_and(|tally| tally.contains("begin")).then_some(()));
    let folder = place.only_folder();
    let second = place.command(&[]).args(["job", "run"]).arg(&folder).arg("1").output().expect("it was built");
    assert!(second.status.success(), "{second:?}");
    assert!(place.log().contains("attempt 1 is taken already"), "{}", place.log());
    assert_eq!(lab.result("a"), "attempt 1");
    assert_eq!(fs::read_to_string(&tally).expect("it ran").lines().count(), 2);
}

#[test]
fn a_process_that_dies_before_it_can_say_who_it_is_is_lost() {
    let place = Place::new();
    let mut lab = place.start("process");
    lab.start("startNap", "a", &[("milliseconds", "300000")]);
    let (runner, folder) = (place.only_runner(), place.only_folder());
    let process = folder.join("attempt-1").join("process");
    eventually(|| process.exists().then_some(()));
    lab.kill_9();
    sigkill(runner);
    eventually(|| processes_of(&folder).is_empty().then_some(()));
    fs::remove_file(process).expect("it was there");
    let lab = place.start("process");
    let fault = lab.fault("a").fault("Server");
    assert!(fault.contains("its process is gone"), "{fault}");
}
