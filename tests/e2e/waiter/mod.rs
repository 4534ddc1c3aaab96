//! The waiter example as its users run it: the built program, real processes, a server that is killed.
//! Every row of the contract's table of what the reference waiter gets wrong has its test.

pub(crate) mod process;

use std::fs;
use std::path::Path;
use std::process::Output;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use process::{Folder, Server, command, eventually, percent, processes_of, sigkill, zombies_of};

#[test]
fn progress_is_zero_right_after_the_start() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for service_id in ["a", "b", "c", "d", "e", "f"] {
        assert_eq!(percent(&server.start_waiter(service_id, 10_000)), 0);
        assert_eq!(percent(&server.status(service_id)), 0);
    }
}

#[test]
fn no_seconds_complete_at_once() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    assert_eq!(server.start_waiter("a", 0).status, 200);
    let answer = server.status("a");
    assert_eq!(answer.element("status_base64").as_deref(), Some("COMPLETED"));
    assert_eq!(answer.result(), "FINISHED");
}

#[test]
fn completed_comes_with_the_result_after_growing_progress_and_again_if_asked_again() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 2);
    let seen = server.poll_to_the_end("a");
    assert!(seen.is_sorted(), "{seen:?}");
    assert!(seen.iter().all(|percent| [0, 50].contains(percent)), "100 comes as COMPLETED only: {seen:?}");
    assert_eq!(server.status("a").element("status_base64").as_deref(), Some("COMPLETED"));
    assert_eq!(server.status("a").result(), "FINISHED");
    eventually(|| (zombies_of(server.child.id()) == 0).then_some(()));
}

#[test]
fn a_service_id_never_becomes_a_path() {
    let outer = Folder::new();
    let folder = outer.path().join("executions");
    let server = Server::start(&folder);
    let long = "x".repeat(10_000);
    let hostile = ["../../etc/passwd", "../x", "/tmp/x", ".", "..", "%2e%2e%2f", "a b\u{202e}ö", "'; --", &long];
    for service_id in hostile {
        server.start_waiter(service_id, 0);
        assert_eq!(server.status(service_id).result(), "FINISHED", "{service_id}");
    }
    let entries = |path: &Path| fs::read_dir(path).expect("a folder").count();
    assert_eq!(entries(outer.path()), 1, "nothing was made beside the folder");
    assert_eq!(entries(&folder), hostile.len());
    server.start_waiter("", 0).client_fault();
    server.call("startWaiter", "<t:serviceID>&#0;</t:serviceID>").client_fault();
}

#[test]
fn an_unknown_execution_is_a_client_fault_that_names_it() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for answer in [server.status("no such one"), server.abort("no such one")] {
        assert!(answer.client_fault().contains("no such one"), "{answer:?}");
    }
}

#[test]
fn a_second_start_is_answered_from_the_first_or_refused_if_it_differs() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(percent(&server.start_waiter("a", 10_000)), 0));
        }
    });
    eventually(|| (!processes_of(folder.path()).is_empty()).then_some(()));
    assert_eq!(processes_of(folder.path()).len(), 1);
    let fault = server.start_waiter("a", 7).client_fault();
    assert!(fault.contains("\"a\"") && fault.contains("10000"), "{fault}");
    assert_eq!(processes_of(folder.path()).len(), 1);
}

#[test]
fn an_abort_says_true_and_leaves_no_process() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 10_000);
    server.start_waiter("b", 10_000);
    eventually(|| (processes_of(folder.path()).len() == 2).then_some(()));
    assert_eq!(server.abort("a").element("success").as_deref(), Some("true"));
    assert_eq!(processes_of(folder.path()).len(), 1, "the other one runs on");
    assert!(server.status("a").client_fault().contains("aborted"));
    assert_eq!(percent(&server.status("b")), 0);
    assert_eq!(server.abort("a").element("success").as_deref(), Some("true"), "it does not run");
    assert_eq!(server.abort("b").element("success").as_deref(), Some("true"));
    assert!(processes_of(folder.path()).is_empty());
    eventually(|| (zombies_of(server.child.id()) == 0).then_some(()));
}

#[test]
fn executions_survive_a_server_that_is_killed() {
    let folder = Folder::new();
    let first = Server::start(folder.path());
    first.start_waiter("ends", 3);
    first.start_waiter("runs on", 10_000);
    eventually(|| (processes_of(folder.path()).len() == 2).then_some(()));
    first.kill_9();
    let second = Server::start(folder.path());
    assert_eq!(percent(&second.start_waiter("runs on", 10_000)), 0);
    second.poll_to_the_end("ends");
    assert_eq!(second.abort("runs on").element("success").as_deref(), Some("true"));
    assert!(processes_of(folder.path()).is_empty());
}

#[test]
fn an_execution_whose_process_is_gone_has_failed_with_the_reason() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 10_000);
    let [process] = eventually(|| <[i32; 1]>::try_from(processes_of(folder.path())).ok());
    sigkill(process);
    eventually(|| {
        let answer = server.status("a");
        let fault = answer.element("faultstring")?;
        fault.contains("signal: 9").then(|| assert!(answer.fault("Server").contains("\"a\"")))
    });
}

#[test]
fn an_execution_that_dies_while_there_is_no_server_has_failed() {
    let folder = Folder::new();
    let first = Server::start(folder.path());
    first.start_waiter("a", 10_000);
    let [process] = eventually(|| <[i32; 1]>::try_from(processes_of(folder.path())).ok());
    first.kill_9();
    sigkill(process);
    eventually(|| processes_of(folder.path()).is_empty().then_some(()));
    let second = Server::start(folder.path());
    let fault = second.status("a").fault("Server");
    assert!(fault.contains("\"a\"") && fault.contains("without a result"), "{fault}");
}

#[test]
fn finished_executions_are_cleared_away_and_running_ones_are_not() {
    let folder = Folder::new();
    let first = Server::start(folder.path());
    first.start_waiter("finished", 0);
    first.start_waiter("runs", 10_000);
    first.kill_9();
    let second = Server::run(command(folder.path()).env("WAITER_RETENTION", "0s"));
    eventually(|| second.status("finished").element("faultstring").filter(|fault| fault.contains("there is no")));
    assert_eq!(percent(&second.status("runs")), 0);
}

#[test]
fn a_server_that_is_asked_to_stop_leaves_its_executions_alone() {
    let folder = Folder::new();
    let mut first = Server::start(folder.path());
    first.start_waiter("a", 10_000);
    eventually(|| (processes_of(folder.path()).len() == 1).then_some(()));
    let id = i32::try_from(first.child.id()).expect("ids are small");
    kill(Pid::from_raw(id), Signal::SIGTERM).expect("it runs");
    assert!(first.child.wait().expect("it is ours").success());
    let second = Server::start(folder.path());
    assert_eq!(percent(&second.status("a")), 0);
}

#[test]
fn settings_that_cannot_be_used_are_one_sentence_and_exit_code_2() {
    let folder = Folder::new();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    for (name, value) in [("WAITER_RETENTION", "soon"), ("WAITER_LOG_FOLDER", file.to_str().expect("plain"))] {
        let Output { status, stderr, .. } = command(folder.path()).env(name, value).output().expect("it was built");
        let said = String::from_utf8_lossy(&stderr);
        assert_eq!(status.code(), Some(2), "{said}");
        assert!(said.contains(name) && said.contains(value) && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn printing_the_wsdl_touches_no_folder() {
    let outer = Folder::new();
    let folder = outer.path().join("executions");
    let Output { status, stdout, .. } = command(&folder).arg("wsdl").output().expect("it was built");
    assert!(status.success());
    assert!(String::from_utf8_lossy(&stdout).contains("name=\"WaiterService\""));
    assert!(!folder.exists());
}
