//! The files of jobs, broken by hand: whatever is found there, the job has one end, with its reason.

use std::fs;
use std::path::Path;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::lab::{Lab, Place};
use super::test_on_both;
use crate::processes::{eventually, has_ended, sigkill};

test_on_both! {
    a_job_whose_folder_is_removed_can_be_aborted
    a_job_whose_folder_is_removed_has_failed_with_the_reason
}

const TALLY: &str = "tally";

fn begins(place: &Place) -> usize {
    let tally = fs::read_to_string(place.path(TALLY)).unwrap_or_default();
    assert!(!tally.contains("overlap"), "{tally}");
    tally.lines().filter(|line| line.starts_with("begin")).count()
}

/// Starts a job that writes its tally, and waits until it has begun.
fn start_tally(place: &Place, lab: &Lab, operation: &str, milliseconds: &str) {
    let file = place.path(TALLY);
    lab.start(operation, "a", &[("file", file.to_str().expect("a plain name")), ("milliseconds", milliseconds)]);
    eventually(|| (begins(place) == 1).then_some(()));
}

/// A job whose server and process are both dead; it is not known how it ended.
fn lost(operation: &str) -> Place {
    let place = Place::new();
    let mut lab = place.start("process");
    start_tally(&place, &lab, operation, "300000");
    let runner = place.only_runner();
    lab.kill_9();
    sigkill(runner);
    // It is found no more a moment before its files are closed, and with them the lock on the tally.
    eventually(|| has_ended(runner).then_some(()));
    eventually(|| place.processes().is_empty().then_some(()));
    place
}

/// A job that ended well while there was no server.
fn ended() -> Place {
    let place = Place::new();
    let mut lab = place.start("process");
    start_tally(&place, &lab, "startTally", "300");
    let exit = place.only_folder().join("attempt-1").join("exit");
    assert!(!exit.exists(), "it ended too early for this test");
    lab.kill_9();
    eventually(|| exit.exists().then_some(()));
    eventually(|| place.processes().is_empty().then_some(()));
    place
}

fn nothing_is_left(place: &Place) {
    assert!(place.processes().is_empty(), "{:?}", place.processes());
}

fn a_job_whose_folder_is_removed_can_be_aborted(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    lab.start("startScript", "a", &[("script", "touch there; sleep 300")]);
    let folder = place.only_folder();
    eventually(|| folder.join("there").exists().then_some(()));
    fs::remove_dir_all(&folder).expect("it was there");
    assert_eq!(lab.status("a").status, 200);
    lab.abort("a");
    assert!(lab.fault("a").fault("Client").contains("it was aborted"));
    nothing_is_left(&place);
}

fn a_job_whose_folder_is_removed_has_failed_with_the_reason(executor: &str) {
    let place = Place::new();
    let lab = place.start(executor);
    let go = place.path("go");
    let script = format!("touch there; until test -e {}; do sleep 0.05; done; exit 3", go.display());
    lab.start("startScript", "a", &[("script", &script)]);
    let folder = place.only_folder();
    eventually(|| folder.join("there").exists().then_some(()));
    fs::remove_dir_all(&folder).expect("it was there");
    fs::write(go, "").expect("written");
    let fault = lab.fault("a").fault("Server");
    let reason = if executor == "process" { "left no result" } else { "exit status: 3" };
    assert!(fault.contains(reason), "{fault}");
    nothing_is_left(&place);
    lab.start("startNap", "b", &[]);
    assert_eq!(lab.result("b"), "rested");
}

#[test]
fn a_job_whose_folder_is_removed_does_not_run_twice_after_a_restart() {
    for operation in ["startTally", "startTallyAgain"] {
        let place = Place::new();
        let mut lab = place.start("process");
        start_tally(&place, &lab, operation, "2000");
        fs::remove_dir_all(place.only_folder()).expect("it was there");
        lab.kill_9();
        let lab = place.start("process");
        if operation == "startTally" {
            let fault = lab.fault("a").fault("Server");
            assert!(fault.contains("its files cannot be read"), "{fault}");
            assert_eq!(begins(&place), 1);
        } else {
            assert_eq!(lab.result("a"), "attempt 2");
            assert_eq!(begins(&place), 2);
        }
        nothing_is_left(&place);
    }
}

#[test]
fn an_exit_file_that_says_nothing_is_a_failure() {
    for broken in ["", "success\n", "completed", "\0\0\0\0"] {
        let place = ended();
        let attempt = place.only_folder().join("attempt-1");
        fs::write(attempt.join("exit"), broken).expect("written");
        if broken == "completed" {
            fs::remove_file(attempt.join("outputs.xml")).expect("it was there");
        }
        let fault = place.start("process").fault("a").fault("Server");
        assert!(fault.contains("its files cannot be read"), "{broken}: {fault}");
    }
}

#[test]
fn files_that_are_folders_or_links_are_a_failure() {
    for name in ["exit", "outputs.xml"] {
        let place = ended();
        let file = place.only_folder().join("attempt-1").join(name);
        fs::remove_file(&file).expect("it was there");
        match name {
            "exit" => fs::create_dir(&file).expect("made"),
            _ => std::os::unix::fs::symlink("/etc/passwd", &file).expect("made"),
        }
        let fault = place.start("process").fault("a").fault("Server");
        assert!(fault.contains("its files cannot be read") && !fault.contains("root"), "{name}: {fault}");
    }
}

#[test]
fn a_process_file_that_names_nobody_loses_the_job_and_kills_nobody_else() {
    let mut bystander = std::process::Command::new("sleep").arg("300").spawn().expect("it is there");
    let started = |pid: u32| fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "));
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("Linux has one");
    let pid = bystander.id();
    for broken in ["", "x", "0 0 0", "-1 5 x", "1 1 1", &format!("{pid} 7 {boot}"), &format!("{pid} 7 x")] {
        let place = lost("startTally");
        fs::write(place.only_folder().join("attempt-1").join("process"), broken).expect("written");
        let fault = place.start("process").fault("a").fault("Server");
        assert!(fault.contains("its process is gone"), "{broken}: {fault}");
        assert!(started(pid), "{broken}");
    }
    bystander.kill().expect("it runs");
    bystander.wait().expect("it is ours");
}

#[test]
fn a_living_process_with_a_broken_process_file_comes_to_its_end() {
    let place = Place::new();
    let mut lab = place.start("process");
    start_tally(&place, &lab, "startTally", "3000");
    fs::write(place.only_folder().join("attempt-1").join("process"), "nobody").expect("written");
    lab.kill_9();
    let lab = place.start("process");
    assert_eq!(lab.result("a"), "attempt 1");
    assert_eq!(begins(&place), 1);
    nothing_is_left(&place);
}

#[test]
fn an_attempt_that_a_server_withdrew_and_died_begins_again() {
    let place = lost("startTally");
    let attempt = place.only_folder().join("attempt-1");
    fs::remove_dir_all(&attempt).expect("it was there");
    fs::write(attempt, "").expect("written");
    let lab = place.start("process");
    eventually(|| (begins(&place) == 2).then_some(()));
    lab.abort("a");
    nothing_is_left(&place);
}

#[test]
fn a_broken_request_is_named_and_written_anew_for_the_next_attempt() {
    let place = lost("startTallyAgain");
    let folder = place.only_folder();
    for broken in ["", "<job", "<job>x</job", "\0\0"] {
        fs::write(folder.join("request.xml"), broken).expect("written");
        let _ = fs::remove_dir_all(folder.join("attempt-7"));
        let run = place.command(&[]).args(["job", "run"]).arg(&folder).arg("7").output().expect("it was built");
        assert_eq!(run.status.code(), Some(2), "{broken}");
        assert!(place.log().contains("request.xml is broken"), "{broken}: {}", place.log());
    }
    let file = place.path(TALLY);
    let lab = place.start("process");
    eventually(|| (begins(&place) == 2).then_some(()));
    lab.abort("a");
    assert!(fs::read_to_string(file).expect("it ran").contains("begin 2"));
    nothing_is_left(&place);
}

#[test]
fn files_that_cannot_be_written_are_a_failure_and_the_next_job_runs() {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", "process"), ("MAX_RUNNING", "1")]);
    lab.start("startMessages", "first", &[]);
    let first = place.only_folder();
    lab.start("startNap", "a", &[]);
    lab.start("startNap", "b", &[]);
    let folders = place.folders();
    // Which is whose only the server knows.
    let waiting: Vec<_> = folders.iter().filter(|folder| **folder != first).collect();
    assert_eq!(waiting.len(), 2);
    fs::create_dir(waiting[0].join("log.txt")).expect("made");
    lab.call("notifyService", "first", &[("message", "go on")]);
    assert_eq!(lab.result("first"), "go on");
    let ends = ["a", "b"].map(|id| lab.end(id).said());
    assert_eq!(ends.iter().filter(|end| end.contains("its process cannot be started")).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|end| end.contains("rested")).count(), 1, "{ends:?}");
}

#[test]
fn the_program_may_vanish_from_the_disk() {
    let place = Place::new();
    let program = place.path("lab");
    fs::copy(crate::programs::example("lab"), &program).expect("copied");
    let mut command = std::process::Command::new(&program);
    command.env("LISTEN", "127.0.0.1:0").env("DATA_DIR", place.data_dir()).env("EXECUTOR", "process");
    let lab = Lab::run(&mut command);
    fs::remove_file(&program).expect("it was there");
    lab.start("startNap", "a", &[]);
    assert_eq!(lab.result("a"), "rested");
}

#[test]
fn a_data_dir_that_is_removed_takes_nobody_down() {
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startNap", "a", &[("milliseconds", "300000")]);
    let runner = place.only_runner();
    fs::remove_dir_all(place.data_dir()).expect("it was there");
    assert_eq!(lab.status("a").status, 200);
    let _ = lab.call("abortService", "a", &[]);
    let _ = lab.call("startNap", "b", &[]);
    assert_eq!(lab.call("echo", "a", &[("text", "still there")]).element("text").as_deref(), Some("still there"));
    assert!(kill(Pid::from_raw(runner), Signal::SIGKILL).is_ok() || !Path::new(&format!("/proc/{runner}")).exists());
}
