//! A disk that is full: a real one, of 2 MiB.

use std::fs;
use std::time::{Duration, Instant};

use super::client::{Client, Told, argument};
use super::disk::Disk;
use super::places::Program;
use crate::processes::{eventually, marked};

/// Starts executions until one is refused, as it must be for want of room. Those that were accepted,
/// and the one that was not.
fn start_until_full(client: &Client) -> (Vec<String>, String) {
    let mut accepted = Vec::new();
    loop {
        let id = format!("start {}", accepted.len());
        let script = argument("script", &format!("finish {}", "x".repeat(20_000)));
        let answer = client.call("startPuppet", &(client.execution(&id) + &script));
        if answer.status != 200 {
            let fault = answer.fault("Server");
            assert!(fault.contains(&id) && fault.contains("the disk is full; try again later"), "{fault}");
            return (accepted, id);
        }
        accepted.push(id);
        assert!(accepted.len() < 1000, "the disk is never full");
    }
}

fn goes_on_when_the_disk_is_full(executor: &str) {
    let Some(disk) = Disk::mount() else { return };
    let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "2")];
    // Its log as well, as where there is one disk for all.
    let log = fs::File::create(disk.path().join("server.log")).expect("there is room");
    let program = Program::logging_to(log, &mut Program::command(disk.path(), &settings));
    let client = program.client();
    client.start("is over", "big 1000");
    client.wait("is over");
    let steps = ["begin", "tell", "end"].map(|name| disk.flag(name).display().to_string());
    let script = format!("progress 1 4\nawait {}\nprogress 2 4 in words\nawait {}\nfinish it", steps[1], steps[2]);
    ["runs", "runs too", "waits"].iter().for_each(|id| drop(client.start(id, &script).page()));
    ["runs", "runs too"].iter().for_each(|id| drop(client.wait_for_page(id, &[">25%<"])));
    disk.fill();

    let (accepted, refused) = start_until_full(&client);
    for _ in 0..5 {
        assert!(client.start(&refused, "finish it").fault().contains("the disk is full"));
        assert!(client.status(&refused).fault().contains("no execution"));
    }
    disk.raise("tell");
    let looked = Instant::now() + Duration::from_secs(1);
    while Instant::now() < looked {
        assert!(matches!(client.status("runs"), Told::Page(_) | Told::Unchanged));
        assert!(matches!(client.status("waits"), Told::Page(_) | Told::Unchanged));
        assert_eq!(client.status("is over"), Told::Completed("x".repeat(1000)));
    }
    disk.raise("end");
    let looked = Instant::now() + Duration::from_secs(2);
    while Instant::now() < looked {
        for id in ["runs", "runs too", "waits"] {
            // It is told only when it is recorded, and there may be room for so little.
            let told = client.status(id);
            let is_true = matches!(&told, Told::Page(_) | Told::Unchanged) || told == Told::Completed("it".to_owned());
            assert!(is_true, "{id}: {told:?}");
        }
    }

    disk.clear();
    let all_have_ended = |client: &Client| {
        for id in ["runs", "runs too", "waits", "after"] {
            assert_eq!(client.wait(id), Told::Completed("it".to_owned()), "{id}");
        }
        for id in &accepted {
            assert_eq!(client.wait(id), Told::Completed("x".repeat(20_000)), "{id}");
        }
        assert_eq!(client.status("is over"), Told::Completed("x".repeat(1000)));
        assert!(client.status(&refused).fault().contains("no execution"));
    };
    eventually(|| matches!(client.start("after", "finish it"), Told::Page(_) | Told::Completed(_)).then_some(()));
    all_have_ended(&client);
    program.kill_9();
    let again = Program::start(disk.path(), &settings);
    all_have_ended(&again.client());
    assert!(marked(disk.path()).is_empty());
}

#[test]
fn tasks_go_on_when_the_disk_is_full_and_starts_when_there_is_room() {
    goes_on_when_the_disk_is_full("task");
}

#[test]
fn processes_go_on_when_the_disk_is_full_and_starts_when_there_is_room() {
    goes_on_when_the_disk_is_full("process");
}

#[test]
fn a_server_that_finds_the_disk_full_loses_nothing() {
    let Some(disk) = Disk::mount() else { return };
    let first = Program::start(disk.path(), &[]);
    let client = first.client();
    client.start("is over", "finish it");
    client.wait("is over");
    client.start("runs", &format!("progress 1 4\nawait {}\nfinish it", disk.flag("end").display()));
    client.wait_for_page("runs", &[">25%<"]);
    disk.fill();
    start_until_full(&client);
    first.kill_9();
    disk.raise("end");
    // It may be that it can serve; then it has to know all. If it cannot, it says why.
    let output = Program::command(disk.path(), &[("LISTEN", "nowhere")]).output().expect("it was built");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("the disk is full") || said.contains("cannot listen on nowhere"), "{said}");
    disk.clear();
    let second = Program::start(disk.path(), &[]);
    for id in ["is over", "runs"] {
        assert_eq!(second.client().wait(id), Told::Completed("it".to_owned()), "{id}");
    }
    assert!(marked(disk.path()).is_empty());
}

fn aborts_when_the_disk_is_full(executor: &str) {
    let Some(disk) = Disk::mount() else { return };
    let program = Program::start(disk.path(), &[("EXECUTOR", executor), ("MAX_RUNNING", "1")]);
    let client = program.client();
    let flag = disk.flag("go");
    let waits = format!("while [ ! -e {} ]; do sleep 0.02; done", flag.display());
    let greedy = format!("{waits}; while :; do cat /dev/zero > greedy; sleep 0.1; done");
    client.start_with("startProgram", "greedy", &argument("shell", &greedy)).page();
    client.start("waits", "finish it").page();
    disk.raise("go");
    let is_full = |told: &Told| matches!(told, Told::Fault(why) if why.contains("the disk is full"));
    let mut starts = 0..;
    eventually(|| {
        let id = format!("start {}", starts.next()?);
        Some(client.start(&id, "finish it")).filter(is_full)
    });
    // That it has ended cannot be recorded yet, which the answer waits for.
    let mut line = client.connect();
    line.send("abortService", &client.execution("greedy"));
    eventually(|| marked(disk.path()).is_empty().then_some(()));
    let job = fs::read_dir(disk.path().join("jobs")).expect("a folder").flatten();
    let greedy = job.map(|job| job.path().join("greedy")).find(|file| file.exists()).expect("it has written it");
    fs::remove_file(greedy).expect("it is there");
    assert!(client.wait("greedy").fault().contains("it was aborted"));
    assert_eq!(client.wait("waits"), Told::Completed("it".to_owned()));
}

#[test]
fn a_task_that_has_filled_the_disk_can_be_aborted() {
    aborts_when_the_disk_is_full("task");
}

#[test]
fn a_process_that_has_filled_the_disk_can_be_aborted() {
    aborts_when_the_disk_is_full("process");
}

#[test]
fn a_server_ends_when_it_is_told_to_though_the_disk_is_full() {
    let Some(disk) = Disk::mount() else { return };
    let program = Program::start(disk.path(), &[("EXECUTOR", "task"), ("MAX_RUNNING", "2")]);
    let client = program.client();
    client.start("is lost", "listen");
    client.start("ends", "listen");
    client.start("waits", "finish it");
    disk.fill();
    start_until_full(&client);
    client.notify("ends", "finish it");
    client.status("ends");
    assert!(program.stop().success());
    disk.clear();
    let again = Program::start(disk.path(), &[("EXECUTOR", "task")]);
    assert!(again.client().wait("is lost").fault().contains("the server that it ran in was stopped"));
    assert!(again.client().wait("ends").has_ended());
    assert_eq!(again.client().wait("waits"), Told::Completed("it".to_owned()));
}

#[test]
fn what_is_forgotten_makes_room_whatever_else_is_due() {
    let Some(disk) = Disk::mount() else { return };
    let settings = [("MAX_RUNNING", "1"), ("EXECUTOR", "task"), ("RETENTION", "3s"), ("QUEUE_TIMEOUT", "1s")];
    let program = Program::start(disk.path(), &settings);
    let client = program.client();
    let big = argument("shell", "head -c 1000000 /dev/zero > big; echo done > result.txt");
    client.start_with("startProgram", "big", &big);
    assert_eq!(client.wait("big"), Told::Completed("done\n".to_owned()));
    // Without a token, whose file would make room when it goes.
    let client = client.with_token("");
    client.start("runs", "listen");
    client.start("waits for too long", "listen");
    disk.fill();
    start_until_full(&client);
    // Nobody else makes room.
    assert!(client.wait("waits for too long").fault().contains("QUEUE_TIMEOUT"));
    client.notify("runs", "finish it");
    assert_eq!(client.wait("runs"), Told::Completed("it".to_owned()));
}

#[test]
fn a_message_that_there_is_no_room_for_is_not_half_there() {
    let Some(disk) = Disk::mount() else { return };
    let program = Program::start(disk.path(), &[]);
    let client = program.client();
    client.start("a", &format!("await {}\nlisten", disk.flag("go").display()));
    client.notify("a", "progress 1 2");
    disk.fill();
    // Longer than what is left of the last block of the file.
    let long = format!("finish {}", "x".repeat(6000));
    let fault = eventually(|| client.try_notify("a", &long).element("faultstring"));
    assert!(fault.contains("cannot be handed over"), "{fault}");
    disk.clear();
    client.notify("a", "finish it");
    disk.raise("go");
    assert_eq!(client.wait("a"), Told::Completed("it".to_owned()));
}

#[test]
fn a_process_that_was_accepted_waits_for_room_to_start() {
    let Some(disk) = Disk::mount() else { return };
    let program = Program::start(disk.path(), &[]);
    // Without a token, for which there would have to be room before.
    let client = program.client().with_token("");
    client.start("is over", "finish it");
    client.wait("is over");
    disk.fill();
    let mut starts = 0..;
    let accepted = eventually(|| {
        let id = starts.next()?.to_string();
        if matches!(client.start(&id, "finish it"), Told::Page(_)) {
            return Some(id);
        }
        disk.give_a_block();
        None
    });
    std::thread::sleep(Duration::from_secs(1));
    assert!(matches!(client.status(&accepted), Told::Page(_) | Told::Unchanged));
    disk.clear();
    assert_eq!(client.wait(&accepted), Told::Completed("it".to_owned()));
}
