//! The waiter examples as their users run them: the built programs, real processes, a server that is
//! killed. Every row of the contract's table of what the reference waiter gets wrong has its test.
//!
//! There are two, `waiter` with a method marked `#[job]` and `waiter_by_hand`, and each test is one of
//! both: `with_jobs::NAME` and `by_hand::NAME`. Where they may differ stands in the table of `process`.

pub(crate) mod process;

use std::fs;
use std::path::Path;
use std::process::Output;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::app::refuses;
use crate::processes::{eventually, sigkill, zombies_of};
use process::{BY_HAND, Folder, Server, WITH_JOBS, Waiter, processes_of};

/// One that is not listed is never called, which the compiler says.
macro_rules! test_both {
    ($($name:ident)*) => {
        mod with_jobs {
            $(#[test] fn $name() { super::$name(&super::WITH_JOBS) })*
        }
        mod by_hand {
            $(#[test] fn $name() { super::$name(&super::BY_HAND) })*
        }
    };
}

test_both! {
    progress_is_zero_right_after_the_start
    no_seconds_complete_at_once
    completed_comes_with_the_result_after_growing_progress_and_again_if_asked_again
    a_service_id_never_becomes_a_path
    an_unknown_execution_is_a_client_fault_that_names_it
    a_second_start_is_answered_from_the_first_or_refused_if_it_differs
    an_abort_says_true_and_leaves_no_process
    executions_survive_a_server_that_is_killed
    an_execution_whose_process_is_gone_has_failed_with_the_reason
    an_execution_that_dies_while_there_is_no_server_has_failed
    finished_executions_are_cleared_away_and_running_ones_are_not
    a_server_that_is_asked_to_stop_leaves_its_executions_alone
    settings_that_cannot_be_used_are_one_sentence_and_exit_code_2
    printing_the_wsdl_touches_no_folder
}

fn progress_is_zero_right_after_the_start(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    for service_id in ["a", "b", "c", "d", "e", "f"] {
        assert_eq!(server.percent(service_id, &server.start_waiter(service_id, 10_000)), 0);
        assert_eq!(server.progress(service_id), 0);
    }
}

fn no_seconds_complete_at_once(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    assert_eq!(server.start_waiter("a", 0).status, 200);
    assert_eq!(waiter.once_known(|| server.completed("a")), "FINISHED");
}

fn completed_comes_with_the_result_after_growing_progress_and_again_if_asked_again(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    server.start_waiter("a", 2);
    let seen = server.poll_to_the_end("a");
    assert!(seen.is_sorted(), "{seen:?}");
    // 99 is all but the result.
    assert!(seen.iter().all(|percent| [0, 50, 99].contains(percent)), "100 comes as COMPLETED only: {seen:?}");
    for _ in 0..2 {
        assert_eq!(server.completed("a").as_deref(), Some("FINISHED"));
    }
    eventually(|| processes_of(folder.path()).is_empty().then_some(()));
    eventually(|| (zombies_of(server.child.id()) == 0).then_some(()));
}

fn a_service_id_never_becomes_a_path(waiter: &Waiter) {
    let outer = Folder::new();
    let folder = outer.path().join("executions");
    let server = waiter.start(&folder);
    let long = "x".repeat(10_000);
    let hostile = ["../../etc/passwd", "../x", "/tmp/x", ".", "..", "%2e%2e%2f", "a b\u{202e}ö", "'; --", &long];
    for service_id in hostile {
        server.start_waiter(service_id, 0);
        assert_eq!(waiter.once_known(|| server.completed(service_id)), "FINISHED", "{service_id}");
    }
    assert_eq!(names_in(outer.path()), ["executions"], "nothing was made beside the folder");
    let names = names_in(&folder.join(waiter.folders));
    assert_eq!(names.len(), hostile.len());
    assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit())), "{names:?}");
    server.start_waiter("", 0).client_fault();
    server.call("startWaiter", "<t:serviceID>&#0;</t:serviceID>").client_fault();
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("it can be read").file_name().into_string().expect("a plain name")).collect()
}

fn an_unknown_execution_is_a_client_fault_that_names_it(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    for answer in [server.status("no such one"), server.abort("no such one")] {
        assert!(answer.client_fault().contains("no such one"), "{answer:?}");
    }
}

fn a_second_start_is_answered_from_the_first_or_refused_if_it_differs(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(server.percent("a", &server.start_waiter("a", 10_000)), 0));
        }
    });
    let processes = waiter.all_processes(folder.path(), 1);
    let fault = server.start_waiter("a", 7).client_fault();
    assert!(fault.contains("\"a\"") && fault.contains(waiter.before), "{fault}");
    assert_eq!(server.percent("a", &server.start_waiter("a", 10_000)), 0);
    assert_eq!(processes_of(folder.path()), processes);
}

fn an_abort_says_true_and_leaves_no_process(waiter: &Waiter) {
    let folder = Folder::new();
    let server = waiter.start(folder.path());
    server.start_waiter("a", 10_000);
    server.start_waiter("b", 10_000);
    waiter.all_processes(folder.path(), 2);
    assert_eq!(server.abort("a").element("success").as_deref(), Some("true"));
    assert_eq!(processes_of(folder.path()).len(), waiter.processes, "the other one runs on");
    assert!(server.status("a").client_fault().contains("aborted"));
    assert_eq!(server.progress("b"), 0);
    assert_eq!(server.abort("a").element("success").as_deref(), Some("true"), "it does not run");
    assert_eq!(server.abort("b").element("success").as_deref(), Some("true"));
    assert!(processes_of(folder.path()).is_empty());
    eventually(|| (zombies_of(server.child.id()) == 0).then_some(()));
}

fn executions_survive_a_server_that_is_killed(waiter: &Waiter) {
    let folder = Folder::new();
    let first = waiter.start(folder.path());
    first.start_waiter("runs on", 10_000);
    let processes = waiter.all_processes(folder.path(), 1);
    first.start_waiter("ends", 3);
    waiter.all_processes(folder.path(), 2);
    first.kill_9();
    let second = waiter.start(folder.path());
    assert_eq!(second.percent("runs on", &second.start_waiter("runs on", 10_000)), 0);
    second.poll_to_the_end("ends");
    assert_eq!(waiter.all_processes(folder.path(), 1), processes, "it was not started again");
    assert_eq!(second.abort("runs on").element("success").as_deref(), Some("true"));
    assert!(processes_of(folder.path()).is_empty());
}

fn an_execution_whose_process_is_gone_has_failed_with_the_reason(waiter: &Waiter) {
    for which in 0..waiter.processes {
        let folder = Folder::new();
        let server = waiter.start(folder.path());
        server.start_waiter("a", 10_000);
        sigkill(waiter.all_processes(folder.path(), 1)[which]);
        let fault = eventually(|| server.failed("a").filter(|fault| fault.contains("signal: 9")));
        assert!(fault.contains("\"a\""), "{fault}");
        assert!(processes_of(folder.path()).is_empty(), "{which}");
    }
}

fn an_execution_that_dies_while_there_is_no_server_has_failed(waiter: &Waiter) {
    let folder = Folder::new();
    let first = waiter.start(folder.path());
    first.start_waiter("a", 10_000);
    let processes = waiter.all_processes(folder.path(), 1);
    first.kill_9();
    processes.into_iter().for_each(sigkill);
    eventually(|| processes_of(folder.path()).is_empty().then_some(()));
    let second = waiter.start(folder.path());
    let fault = waiter.once_known(|| second.failed("a"));
    assert!(fault.contains("\"a\"") && fault.contains(waiter.gone), "{fault}");
}

fn finished_executions_are_cleared_away_and_running_ones_are_not(waiter: &Waiter) {
    let folder = Folder::new();
    let first = waiter.start(folder.path());
    first.start_waiter("finished", 0);
    waiter.once_known(|| first.completed("finished"));
    first.start_waiter("runs", 10_000);
    first.kill_9();
    let second = Server::run(waiter.command(folder.path()).env(waiter.retention[0], "0s"));
    eventually(|| second.status("finished").element("faultstring").filter(|fault| fault.contains("there is no")));
    eventually(|| (names_in(&folder.path().join(waiter.folders)).len() == 1).then_some(()));
    assert_eq!(second.progress("runs"), 0);
}

fn a_server_that_is_asked_to_stop_leaves_its_executions_alone(waiter: &Waiter) {
    let folder = Folder::new();
    let mut first = waiter.start(folder.path());
    first.start_waiter("a", 10_000);
    let processes = waiter.all_processes(folder.path(), 1);
    let id = i32::try_from(first.child.id()).expect("ids are small");
    kill(Pid::from_raw(id), Signal::SIGTERM).expect("it runs");
    assert!(first.child.wait().expect("it is ours").success());
    let second = waiter.start(folder.path());
    assert_eq!(second.progress("a"), 0);
    assert_eq!(processes_of(folder.path()), processes);
}

fn settings_that_cannot_be_used_are_one_sentence_and_exit_code_2(waiter: &Waiter) {
    let folder = Folder::new();
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let file = file.to_str().expect("a plain name");
    for ([variable, name], value) in [(waiter.retention, "soon"), (waiter.folder, file)] {
        refuses(waiter.command(folder.path()).env(variable, value), &[name, value]);
    }
}

/// The waiter's own name for it is the tutorial's.
#[test]
fn the_data_folder_that_all_programs_with_jobs_have_wins_unless_it_is_empty() {
    let outer = Folder::new();
    let [own, common] = ["own", "common"].map(|name| outer.path().join(name));
    let start = |data_dir: &Path| Server::run(WITH_JOBS.command(&own).env("DATA_DIR", data_dir));
    let _first = start(&common);
    assert_eq!(names_in(outer.path()), ["common"]);
    let _second = start(Path::new(""));
    assert!(own.is_dir());
}

fn printing_the_wsdl_touches_no_folder(waiter: &Waiter) {
    let outer = Folder::new();
    let folder = outer.path().join("executions");
    let Output { status, stdout, .. } = waiter.command(&folder).arg("wsdl").output().expect("it was built");
    assert!(status.success());
    assert!(String::from_utf8_lossy(&stdout).contains("name=\"WaiterService\""));
    assert!(!folder.exists());
}
