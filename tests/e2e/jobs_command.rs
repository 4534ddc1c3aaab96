//! `waiter jobs …`: the built program beside a server that runs, after one that was killed, and where
//! there never was one.

mod program;
mod terminal;

use crate::processes::{eventually, kill_all, marked};
use std::path::Path;

use serde_json::{Value, from_str};

use program::{Folder, Server, command, jobs};

/// What `jobs list --json` says.
#[track_caller]
fn listed(folder: &Path, options: &[&str]) -> Vec<Value> {
    let line = [&["list", "--json"], options].concat();
    let said = jobs(folder, &line).expect_code(0);
    said.stdout.lines().map(|line| from_str(line).expect("a JSON object on each line")).collect()
}

/// What `jobs show --json` says.
#[track_caller]
fn shown(folder: &Path, id: &str) -> Value {
    from_str(&jobs(folder, &["show", id, "--json"]).expect_code(0).stdout).expect("a JSON object")
}

/// The serviceIDs of what is listed.
#[track_caller]
fn ids(folder: &Path, options: &[&str]) -> Vec<String> {
    listed(folder, options).iter().map(|job| job["serviceID"].as_str().expect("a text").to_owned()).collect()
}

#[track_caller]
fn state(folder: &Path, id: &str) -> String {
    shown(folder, id)["state"].as_str().expect("a text").to_owned()
}

#[test]
fn where_no_server_was_there_are_no_jobs_and_nothing_is_made() {
    let outer = Folder::new();
    let folder = outer.path().join("data");
    let url = format!("sqlite:{}", outer.path().join("other.db").display());
    for line in [&["list"][..], &["list", "--json"], &["show", "a"], &["abort", "a"], &["purge", "--yes"]] {
        let said = jobs(&folder, line).expect_code(1);
        assert_eq!(said.stderr, format!("error: there are no jobs in {} yet\n", folder.display()));
        let elsewhere = [line, &["--data-dir", outer.text(), "--database-url", &url]].concat();
        jobs(&folder, &elsewhere).expect_code(1);
    }
    assert_eq!(std::fs::read_dir(outer.path()).expect("a folder").count(), 0);
}

#[test]
fn jobs_are_listed_the_newest_first() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for id in ["first", "second"] {
        server.start_waiter(id, 0);
        server.wait_for(id, "COMPLETED");
    }
    for id in ["third", "fourth", "fifth"] {
        server.start_waiter(id, 10_000);
    }
    let all = ["fifth", "fourth", "third", "second", "first"];
    assert_eq!(ids(folder.path(), &[]), all);
    // Two run at once.
    assert_eq!(ids(folder.path(), &["--state", "queued"]), ["fifth"]);
    assert_eq!(ids(folder.path(), &["--state", "queued", "completed"]), ["fifth", "second", "first"]);
    assert_eq!(ids(folder.path(), &["--limit", "2"]), ["fifth", "fourth"]);
    assert_eq!(ids(folder.path(), &["--service", "WaiterService", "--all"]), all);
    assert!(ids(folder.path(), &["--service", "Nobody"]).is_empty());
    let job = listed(folder.path(), &["--state", "completed"]).swap_remove(0);
    for (name, value) in [("service", "WaiterService"), ("operation", "startWaiter"), ("executor", "process")] {
        assert_eq!(job[name], value);
    }
    assert_eq!((&job["attempt"], &job["wanted"]), (&1.into(), &Value::Null));
    for name in ["queuedAt", "startedAt", "endedAt"] {
        assert!(job[name].as_str().is_some_and(|at| at.parse::<jiff::Timestamp>().is_ok()), "{job}");
    }

    let table = jobs(folder.path(), &["list", "--limit", "3"]).expect_code(0).stdout;
    let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[0][..5], ["SERVICE", "ID", "SERVICE", "OPERATION", "STATE"], "{table}");
    assert_eq!(lines[1][..5], ["fifth", "WaiterService", "startWaiter", "queued", "0"], "{table}");
    assert_eq!(lines[2][..5], ["fourth", "WaiterService", "startWaiter", "running", "1"], "{table}");
    assert_eq!(lines[4..], [vec!["2", "more;", "--all", "or", "--limit", "COUNT", "lists", "them"]], "{table}");
    let nothing = jobs(folder.path(), &["list", "--state", "failed"]).expect_code(0);
    assert_eq!(nothing.stdout, "no such jobs\n");
    let cut = jobs(folder.path(), &["list", "--json", "--limit", "1"]).expect_code(0);
    assert!(cut.stderr.starts_with("4 more; "), "programs read the other stream: {}", cut.stderr);
}

#[test]
fn all_that_is_known_of_a_job_is_shown() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("ends", 0);
    server.start_waiter("dies", 10_000);
    server.wait_for("ends", "COMPLETED");
    let job = shown(folder.path(), "ends");
    assert_eq!(job["state"], "completed");
    assert_eq!(job["arguments"], "<tns:secondsToWait>0</tns:secondsToWait>");
    assert_eq!(job["outputs"], "<tns:result>FINISHED</tns:result>");
    assert_eq!(job["log"].as_array().and_then(|lines| lines.last()), Some(&"finished".into()));
    let key = job["key"].as_str().expect("a text");
    assert!(job["folder"].as_str().is_some_and(|path| path.ends_with(key) && Path::new(path).is_dir()), "{job}");
    assert_eq!(shown(folder.path(), key), job, "its key names it as well");
    assert_eq!(shown(folder.path(), "dies")["outputs"], Value::Null);

    // Once its program has said something.
    eventually(|| (shown(folder.path(), "dies")["log"] != Value::Array(Vec::new())).then_some(()));
    kill_all(|| marked(folder.path()));
    eventually(|| (state(folder.path(), "dies") == "failed").then_some(()));
    let job = shown(folder.path(), "dies");
    assert!(job["reason"].as_str().is_some_and(|reason| reason.contains("signal: 9")), "{job}");
    assert_eq!(job["fault"], "server");
    let said = jobs(folder.path(), &["show", "dies"]).expect_code(0).stdout;
    for line in ["serviceID   dies", "state       failed", "arguments   <tns:secondsToWait>10000</tns:secondsToWait>"] {
        assert!(said.lines().any(|said| said == line), "no `{line}` in {said}");
    }
    let reason = job["reason"].as_str().and_then(|reason| reason.lines().next()).expect("it was there");
    assert!(said.contains(&format!("\nreason      {reason}\n")), "{said}");
    assert!(said.contains("\nlog         waits for 10000 seconds"), "{said}");
}

#[test]
fn a_job_that_is_not_there_is_a_sentence_and_exit_code_1() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 0);
    let key = shown(folder.path(), "a")["key"].as_str().expect("a text").to_owned();
    for line in [&["show", "b"][..], &["abort", "b"], &["show", "A"], &["show", "a", "--service", "Mesher"]] {
        let said = jobs(folder.path(), line).expect_code(1);
        assert!(said.stderr.starts_with("error: there is no job \"") && said.stderr.lines().count() == 1, "{said:?}");
    }
    // Who makes the key of another's job his serviceID does not have that one aborted.
    server.start_waiter(&key, 10_000);
    let said = jobs(folder.path(), &["abort", &key]).expect_code(1);
    assert_eq!(said.stderr.matches("\"WaiterService\" (key ").count(), 2, "{said:?}");
    for usage in [&["show"][..], &["list", "--state", "lost"], &["list", "--all", "--limit", "1"], &["remove"], &[]] {
        jobs(folder.path(), usage).expect_code(2);
    }
}

#[test]
fn a_running_server_aborts_what_it_is_asked_to() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for id in ["runs", "runs on", "waits"] {
        server.start_waiter(id, 10_000);
    }
    eventually(|| (marked(folder.path()).len() == 4).then_some(()));
    for id in ["waits", "runs"] {
        let said = jobs(folder.path(), &["abort", id]).expect_code(0);
        assert_eq!(said.stdout, format!("job \"{id}\" is aborted\n"));
        assert!(server.status(id).client_fault().contains("aborted"));
    }
    assert_eq!(marked(folder.path()).len(), 2, "the other one runs on");
    let said = jobs(folder.path(), &["abort", "runs"]).expect_code(0);
    assert_eq!(said.stdout, "job \"runs\" has ended already (aborted)\n");
    assert_eq!(state(folder.path(), "runs on"), "running");
    server.start_waiter("ends", 0);
    server.wait_for("ends", "COMPLETED");
    assert!(jobs(folder.path(), &["abort", "ends"]).expect_code(0).stdout.contains("already (completed)"));
}

#[test]
fn without_a_server_jobs_are_aborted_with_their_processes() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    for id in ["runs", "runs on", "waits"] {
        server.start_waiter(id, 10_000);
    }
    eventually(|| (marked(folder.path()).len() == 4).then_some(()));
    server.kill_9();
    assert_eq!(ids(folder.path(), &["--state", "running"]), ["runs on", "runs"]);
    let job = shown(folder.path(), "runs")["folder"].as_str().expect("it has one").to_owned();
    for id in ["runs", "waits"] {
        let said = jobs(folder.path(), &["abort", id]).expect_code(0);
        assert_eq!(said.stdout, format!("job \"{id}\" is aborted\n"));
        assert_eq!(state(folder.path(), id), "aborted");
    }
    assert_eq!(marked(folder.path()).len(), 2, "the other one runs on");
    assert!(!Path::new(&job).join("token").exists(), "nobody needs it any more");
    let said = jobs(folder.path(), &["abort", "waits"]).expect_code(0);
    assert_eq!(said.stdout, "job \"waits\" has ended already (aborted)\n");

    let server = Server::start(folder.path());
    for id in ["runs", "waits"] {
        assert!(server.status(id).client_fault().contains("aborted"));
    }
    assert_eq!(state(folder.path(), "runs on"), "running");
    assert_eq!(marked(folder.path()).len(), 2, "it was adopted");
}

#[test]
fn what_completed_after_its_server_was_killed_is_not_aborted() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    server.start_waiter("a", 4);
    eventually(|| (marked(folder.path()).len() == 2).then_some(()));
    server.kill_9();
    eventually(|| marked(folder.path()).is_empty().then_some(()));
    assert_eq!(state(folder.path(), "a"), "running", "nobody has seen it end");
    let said = jobs(folder.path(), &["abort", "a"]).expect_code(0);
    assert_eq!(said.stdout, "job \"a\" was not aborted: it had completed just before\n");
    let server = Server::start(folder.path());
    assert_eq!(server.status("a").result(), "FINISHED");
}

#[test]
fn finished_jobs_are_removed_with_their_folders() {
    let folder = Folder::new();
    let mut server = Server::start(folder.path());
    let finish = |server: &Server, ids: &[&str]| {
        for id in ids {
            server.start_waiter(id, 0);
            server.wait_for(id, "COMPLETED");
        }
    };
    finish(&server, &["a", "b"]);
    server.start_waiter("runs", 10_000);
    let of = |id: &str| shown(folder.path(), id)["folder"].as_str().expect("it has one").to_owned();
    let (a, runs) = (of("a"), of("runs"));
    let said = jobs(folder.path(), &["purge", "--older-than", "1h", "--yes"]).expect_code(0);
    assert_eq!(said.stdout, "no job has ended more than 1 h ago; none is removed\n");
    assert_eq!(jobs(folder.path(), &["purge", "--yes"]).expect_code(0).stdout, "removed 2 jobs\n");
    assert_eq!(ids(folder.path(), &[]), ["runs"]);
    assert!(server.status("a").client_fault().contains("there is no execution"), "the server has forgotten it");
    assert!(!Path::new(&a).exists() && Path::new(&runs).exists());

    finish(&server, &["c"]);
    let c = of("c");
    server.kill_9();
    assert_eq!(jobs(folder.path(), &["purge", "--yes"]).expect_code(0).stdout, "removed 1 job\n");
    assert_eq!(ids(folder.path(), &[]), ["runs"]);
    assert!(!Path::new(&c).exists() && Path::new(&runs).exists());
    assert_eq!(marked(folder.path()).len(), 2, "what runs is none of it");
    server = Server::start(folder.path());
    assert!(server.status("c").client_fault().contains("there is no execution"));
    let said = jobs(folder.path(), &["purge", "--yes"]).expect_code(0);
    assert_eq!(said.stdout, "no job has ended; none is removed\n");
}

#[test]
fn the_database_can_be_elsewhere() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let url = format!("sqlite:{}", elsewhere.path().join("other.db").display());
    let server = Server::run(command(folder.path()).env("DATABASE_URL", &url));
    server.start_waiter("a", 10_000);
    jobs(folder.path(), &["list"]).expect_code(1);
    let line = ["list", "--json", "--database-url", &url];
    assert!(jobs(folder.path(), &line).expect_code(0).stdout.contains("\"serviceID\":\"a\""));
    let aborted = jobs(folder.path(), &["abort", "a", "--database-url", &url]).expect_code(0);
    assert_eq!(aborted.stdout, "job \"a\" is aborted\n");
}
