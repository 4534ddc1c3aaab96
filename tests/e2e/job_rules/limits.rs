//! How long a job may run, may wait, and is known.

use std::time::Duration;

use super::client::{Client, Told, argument};
use super::places::{Folder, Here, Program};
use crate::processes::{eventually, marked};

#[test]
fn a_job_that_runs_for_too_long_has_failed_and_its_place_is_free() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| {
        settings.run_timeout = Some(Duration::from_millis(500));
        settings.max_running = Some(1);
    });
    let client = here.client();
    client.start("long", "log x\nlisten");
    client.start_with("startProgram", "program", &argument("shell", "sleep 100 & sleep 100"));
    client.start("short", "finish it");
    for id in ["long", "program"] {
        let fault = client.wait(id).fault();
        assert!(fault.contains(id) && fault.contains("500ms (RUN_TIMEOUT)"), "{fault}");
    }
    assert_eq!(client.wait("short"), Told::Completed("it".to_owned()));
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn a_process_that_runs_for_too_long_is_ended_with_all_that_it_started() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[("RUN_TIMEOUT", "700ms"), ("MAX_RUNNING", "3")]);
    let client = program.client();
    client.start("listens", "listen");
    client.start("is_deaf", "deaf 100000");
    client.start_with("startProgram", "program", &argument("shell", "trap '' TERM; sleep 100 & sleep 100"));
    for id in ["listens", "is_deaf", "program"] {
        let fault = client.wait(id).fault();
        assert!(fault.contains("700ms (RUN_TIMEOUT)"), "{fault}");
    }
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn an_adopted_process_that_runs_for_too_long_is_ended() {
    let folder = Folder::new();
    let first = Program::start(folder.path(), &[]);
    first.client().start("a", "progress 1 2\nlisten");
    first.client().wait_for_page("a", &[">50%<"]);
    first.kill_9();
    let second = Program::start(folder.path(), &[("RUN_TIMEOUT", "1s")]);
    let fault = second.client().wait("a").fault();
    assert!(fault.contains("1s (RUN_TIMEOUT)"), "{fault}");
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn a_job_that_waits_for_too_long_has_failed() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| {
        settings.queue_timeout = Some(Duration::from_millis(500));
        settings.max_running = Some(1);
    });
    let client = here.client();
    client.start("runs", "listen");
    ["a", "b"].iter().for_each(|id| drop(client.start(id, "finish it")));
    for id in ["a", "b"] {
        let fault = client.wait(id).fault();
        assert!(fault.contains("waited for longer than it may, 500ms (QUEUE_TIMEOUT)"), "{fault}");
    }
    client.notify("runs", "finish it");
    assert_eq!(client.wait("runs"), Told::Completed("it".to_owned()), "that is not for those that run");
    client.start("c", "finish it");
    assert_eq!(client.wait("c"), Told::Completed("it".to_owned()));
}

#[test]
fn the_time_that_a_lost_attempt_ran_is_no_time_in_the_queue() {
    let folder = Folder::new();
    let open = || {
        Here::open(folder.path(), |settings| {
            settings.queue_timeout = Some(Duration::from_secs(3));
            settings.max_running = Some(1);
        })
    };
    let first = open();
    first.client().start_with("startStubborn", "lost", &argument("script", "listen")).page();
    std::thread::sleep(Duration::from_millis(3200));
    first.client().start("next", "sleep 1300\nfinish it").page();
    drop(first);
    let second = open();
    let client = second.client();
    assert_eq!(client.wait("next"), Told::Completed("it".to_owned()));
    client.wait_for_page("lost", &["Running"]);
    client.notify("lost", "finish it");
    assert_eq!(client.wait("lost"), Told::Completed("it".to_owned()));
}

/// Waits until an execution is unknown, and of all that ended no folder is left.
fn is_forgotten(client: &Client, folder: &Folder, ids: &[&str]) {
    for id in ids {
        eventually(|| matches!(client.status(id), Told::Fault(why) if why.contains("cleared away")).then_some(()));
    }
    eventually(|| (folder.of_jobs().len() == 1).then_some(()));
}

#[test]
fn what_ended_long_ago_is_forgotten_with_its_folder() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| settings.retention = Duration::from_secs(3));
    let client = here.client();
    client.start("runs", "log x\nlisten");
    client.start("completes", "log x\nbig 100000");
    client.start("fails", "log x\nbreak it");
    client.start("is_aborted", "log x\nlisten");
    client.abort("is_aborted");
    assert_eq!(client.wait("completes"), Told::Completed("x".repeat(100_000)));
    assert!(client.wait("fails").fault().contains("broke"));
    is_forgotten(&client, &folder, &["completes", "fails", "is_aborted"]);
    client.start("fails", "finish otherwise").page();
    assert_eq!(client.wait("fails"), Told::Completed("otherwise".to_owned()), "the name is free again");
    client.notify("runs", "finish it");
    assert_eq!(client.wait("runs"), Told::Completed("it".to_owned()));
}

#[test]
fn without_retention_what_ends_is_forgotten_soon() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[("RETENTION", "0s"), ("MAX_RUNNING", "2")]);
    let client = program.client();
    client.start("runs", "listen");
    client.start("a", "finish it");
    is_forgotten(&client, &folder, &["a"]);
    assert!(client.abort("runs"));
}

#[test]
fn retention_counts_over_a_restart() {
    let folder = Folder::new();
    let first = Here::open(folder.path(), |_| {});
    for id in ["a", "b"] {
        first.client().start(id, "log x\nfinish it");
        first.client().wait(id);
    }
    first.client().start_with("startStubborn", "runs", &argument("script", "log x\nlisten"));
    drop(first);
    let second = Here::open(folder.path(), |_| {});
    assert_eq!(second.client().status("a"), Told::Completed("it".to_owned()), "it is known as long as it is to be");
    drop(second);
    let third = Here::open(folder.path(), |settings| settings.retention = Duration::from_millis(1));
    is_forgotten(&third.client(), &folder, &["a", "b"]);
    third.client().wait_for_page("runs", &["Running"]);
}
