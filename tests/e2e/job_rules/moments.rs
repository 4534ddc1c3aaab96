//! Polls at the same moment as something else: the start, the end, and the forgetting.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::client::{Client, Told, argument};
use super::operations::from_threads;
use super::places::{Folder, Here, Program};

/// Polls as fast as it can until `is_last`, and gives what it was told, without repetitions.
fn poll(client: &Client, id: &str, is_last: impl Fn(&Told) -> bool) -> Vec<Told> {
    let (mut line, mut all) = (client.connect(), Vec::new());
    let deadline = std::time::Instant::now() + Duration::from_secs(60);
    loop {
        let told = line.status(id);
        if all.last() != Some(&told) {
            all.push(told.clone());
        }
        if is_last(&told) {
            return all;
        }
        assert!(std::time::Instant::now() < deadline, "it never ended: {all:?}");
    }
}

/// First it is unknown, then there are pages, then it is completed, each of them perhaps for no time
/// at all.
#[track_caller]
fn is_in_order(told: &[Told], result: &str) {
    let phase = |told: &Told| match told {
        Told::Fault(why) if why.contains("no execution") => 0,
        Told::Page(_) | Told::Unchanged => 1,
        Told::Completed(with) if with == result => 2,
        other => panic!("{other:?} instead of {result}"),
    };
    let phases: Vec<_> = told.iter().map(phase).collect();
    assert!(phases.is_sorted(), "{phases:?}");
}

/// Starts executions, each polled by others from before its start to its end.
fn polls_around(client: &Client, rounds: usize, script: impl Fn(usize) -> String + Sync) {
    for round in 0..rounds {
        let (id, result) = (format!("round {round}"), format!("{round}{}", "x".repeat(round * 7 % 300)));
        let script = format!("{}finish {result}", script(round));
        from_threads(4, |thread| match thread {
            0 => is_in_order(&[client.start(&id, &script)], &result),
            _ => is_in_order(&poll(client, &id, |told| matches!(told, Told::Completed(_))), &result),
        });
    }
}

#[test]
fn whoever_polls_while_it_starts_and_ends_is_told_the_truth() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    polls_around(&here.client(), 100, |round| if round % 2 == 0 { String::new() } else { "sleep 1\n".to_owned() });
}

#[test]
fn whoever_polls_while_a_process_starts_and_ends_is_told_the_truth() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[]);
    polls_around(&program.client(), 10, |_| "progress 1 2\n".to_owned());
}

#[test]
fn an_abort_at_the_moment_of_the_end_is_one_or_the_other_for_good() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    let mut aborted = 0;
    for round in 0..60 {
        let id = round.to_string();
        // Now and then one that an abort catches for sure, however slow this machine is.
        let script = if round % 20 == 0 { "sleep 60000\nfinish it" } else { "sleep 10\nfinish it" };
        client.start(&id, script);
        std::thread::sleep(Duration::from_micros(round * 250));
        let ended = from_threads(4, |thread| match thread {
            0 => {
                assert!(client.abort(&id));
                client.status(&id)
            }
            _ => poll(&client, &id, Told::has_ended).pop().expect("it has ended"),
        });
        assert!(ended.iter().all(|one| *one == ended[0]), "{ended:?}");
        match &ended[0] {
            Told::Completed(result) => assert_eq!(result, "it"),
            other => assert!(other.clone().fault().contains("it was aborted")),
        }
        aborted += usize::from(matches!(ended[0], Told::Fault(_)));
    }
    assert!(aborted > 0, "no abort came in time");
}

#[test]
fn a_program_that_ends_as_a_message_comes_ends_well() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    for round in 0..10 {
        let id = round.to_string();
        let shell = argument("shell", "sleep 0.05; printf done > result.txt");
        client.start_with("startProgram", &id, &shell);
        let has_ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !has_ended.load(Ordering::Relaxed) {
                    client.try_notify(&id, "a message");
                }
            });
            let told = client.wait(&id);
            has_ended.store(true, Ordering::Relaxed);
            assert_eq!(told, Told::Completed("done".to_owned()));
        });
    }
}

#[test]
fn whoever_polls_while_it_is_forgotten_is_told_the_truth() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| settings.retention = Duration::from_millis(1500));
    let client = here.client();
    // Longer than what is kept in memory.
    let length = 1000;
    let jobs: Vec<_> = (0..200).map(|job| job.to_string()).collect();
    let mut line = client.connect();
    jobs.iter().for_each(|id| drop(line.start(id, &format!("big {length}"))));
    let completed = from_threads(8, |thread| {
        let (mut line, mut completed) = (client.connect(), 0);
        for id in jobs.iter().skip(thread).step_by(8) {
            loop {
                match line.status(id) {
                    Told::Completed(result) => completed += usize::from(result == "x".repeat(length)),
                    Told::Page(_) | Told::Unchanged => {}
                    Told::Fault(why) if why.contains("no execution") => break,
                    other => panic!("{other:?}"),
                }
            }
        }
        completed
    });
    assert!(completed.iter().sum::<usize>() > 0, "none was polled in time");
}
