//! How a server ends: draining, open calls, and what becomes of the jobs.

use std::io::{Read, Write};
use std::net::TcpStream;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{get, shown};
use crate::jobs::lab::{Lab, Place};
use crate::jobs::test_on_both;
use crate::processes::{LONG, eventually};
use crate::server::soap11;

fn terminate(lab: &Lab) {
    kill(Pid::from_raw(lab.pid()), Signal::SIGTERM).expect("it runs");
}

/// Whether a process does something about SIGTERM; so does one that has ended.
fn hears_sigterm(process: i32) -> bool {
    let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) else { return true };
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    caught.is_none_or(|mask| mask >> (Signal::SIGTERM as i32 - 1) & 1 == 1)
}

/// A script that ends the second time that it is run.
const TWICE: &str = "if [ -e once ]; then echo twice > result.txt; else touch once; sleep 300; fi";

#[test]
fn a_server_that_drains_takes_calls_and_is_not_ready() {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", "task"), ("DRAIN_TIME", "1h")]);
    terminate(&lab);
    let ready = eventually(|| Some(get(lab.address(), "/ready")).filter(|answer| answer.status != 200));
    assert_eq!((ready.status, &*ready.body), (503, "draining\n"));
    assert_eq!(get(lab.address(), "/health").status, 200);
    lab.start("startNap", "late", &[]);
    assert_eq!(lab.result("late"), "rested");
    terminate(&lab);
    assert_eq!(lab.child.wait().expect("it is ours").code(), Some(1), "a second signal ends it at once");
    let log = place.log();
    assert!(log.contains("draining: ") && log.contains("ended by a second signal"), "{log}");
}

#[test]
fn a_server_that_has_drained_ends_by_itself() {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", "task"), ("DRAIN_TIME", "100ms")]);
    assert!(lab.stop().success());
    let log = place.log();
    let at = |words: &str| log.find(words).unwrap_or_else(|| panic!("no `{words}` in {log}"));
    assert!(at("draining: ") < at("shutting down"), "{log}");
}

test_on_both! {
    jobs_are_told_to_end_and_what_may_begin_again_does
    a_job_that_ends_by_itself_meanwhile_has_completed
}

fn jobs_are_told_to_end_and_what_may_begin_again_does(executor: &str) {
    let place = Place::new();
    let settings =
        [("EXECUTOR", executor), ("MAX_RUNNING", "2"), ("SHUTDOWN_JOBS", "end"), ("SHUTDOWN_TIMEOUT", "60s")];
    let mut lab = place.start_with(&settings);
    lab.start("startNap", "once", &[("milliseconds", "300000")]);
    lab.start("startScriptAgain", "again", &[("script", TWICE)]);
    lab.start("startNap", "queued", &[]);
    eventually(|| place.folders().iter().any(|folder| folder.join("once").exists()).then_some(()));
    assert!(lab.stop().success(), "{}", place.log());
    assert_eq!(place.processes(), [0; 0], "nothing of them runs on");
    let state = |id: &str| shown(&place, id)["state"].as_str().expect("a text").to_owned();
    let states = ["once", "again", "queued"].map(state);
    assert_eq!(states, ["failed", "queued", "queued"], "{}", place.log());
    let lab = place.start_with(&settings);
    let fault = lab.fault("once").fault("Server");
    assert!(fault.contains("the server was stopped, and ended its jobs (SHUTDOWN_JOBS)"), "{fault}");
    assert_eq!((lab.result("again"), lab.result("queued")), ("twice".to_owned(), "rested".to_owned()));
}

fn a_job_that_ends_by_itself_meanwhile_has_completed(executor: &str) {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", executor), ("SHUTDOWN_JOBS", "end"), ("SHUTDOWN_TIMEOUT", "60s")]);
    lab.start("startNap", "aborted", &[("milliseconds", "300000")]);
    lab.abort("aborted");
    lab.start("startBlock", "short", &[("milliseconds", "500")]);
    if executor == "process" {
        // One that has not come so far dies of the signal.
        let runner = place.only_runner();
        eventually(|| hears_sigterm(runner).then_some(()));
    }
    assert!(lab.stop().success());
    assert_eq!(
        (&shown(&place, "short")["state"], &shown(&place, "aborted")["state"]),
        (&"completed".into(), &"aborted".into()),
        "{}",
        place.log()
    );
}

#[test]
fn a_second_signal_ends_a_server_that_waits() {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", "task"), ("SHUTDOWN_JOBS", "end"), ("SHUTDOWN_TIMEOUT", "1h")]);
    let mut half = TcpStream::connect(lab.address()).expect("it listens");
    half.set_read_timeout(Some(LONG)).expect("an option of sockets");
    let length = soap11("").len();
    let head = "POST /lab/Lab HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n";
    half.write_all(format!("{head}Content-Length: {length}\r\n\r\n").as_bytes()).expect("it reads");
    // By then the call is open.
    half.read_exact(&mut [0; 25]).expect("it asks for the body");
    terminate(&lab);
    eventually(|| place.log().contains("shutting down").then_some(()));
    assert!(TcpStream::connect(lab.address()).is_err(), "no more connections are taken");
    terminate(&lab);
    assert_eq!(lab.child.wait().expect("it is ours").code(), Some(1));
}
