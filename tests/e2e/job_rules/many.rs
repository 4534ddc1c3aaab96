//! Very many jobs.

use std::fs;
use std::time::Duration;

use super::client::{Client, Told, argument};
use super::operations::from_threads;
use super::places::{Folder, Here, Program};
use super::queue::most_at_once;
use crate::processes::{eventually, marked};

#[test]
fn a_thousand_run_at_once_as_tasks() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    let notes = folder.path().join("notes");
    // They wait for one another, so that all of them have to run before any can end.
    let script = format!("note {0} +\nlisten", notes.display());
    from_threads(8, |thread| {
        let mut line = client.connect();
        (0..125).for_each(|job| assert!(matches!(line.start(&format!("{thread} {job}"), &script), Told::Page(_))));
    });
    eventually(|| {
        let begun = fs::read_to_string(&notes).unwrap_or_default();
        (begun.lines().count() == 1000).then_some(())
    });
    from_threads(8, |thread| {
        let mut line = client.connect();
        for job in 0..125 {
            let id = format!("{thread} {job}");
            let message = argument("message", &format!("finish {job}"));
            line.call("notifyService", &(client.execution(&id) + &message));
        }
        for job in 0..125 {
            assert_eq!(client.wait(&format!("{thread} {job}")), Told::Completed(job.to_string()));
        }
    });
}

#[test]
fn two_hundred_run_as_processes_twenty_at_once() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[("MAX_RUNNING", "20")]);
    let client = program.client();
    let (notes, gate) = (folder.path().join("notes"), folder.path().join("gate"));
    // Those that begin wait for all that may run beside them.
    let script = format!("note {0} +\nawait {1}\nsleep 100\nnote {0} -", notes.display(), gate.display());
    from_threads(4, |thread| {
        let mut line = client.connect();
        (0..50).for_each(|job| assert!(matches!(line.start(&format!("{thread} {job}"), &script), Told::Page(_))));
    });
    let begun = || fs::read_to_string(&notes).unwrap_or_default().lines().count();
    eventually(|| (begun() >= 20).then_some(()));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!((begun(), marked(folder.path()).len()), (20, 20));
    fs::write(&gate, "").expect("written");
    let mut most = 0;
    for thread in 0..4 {
        for job in 0..50 {
            let ended = eventually(|| {
                most = most.max(marked(folder.path()).len());
                Some(client.status(&format!("{thread} {job}"))).filter(Told::has_ended)
            });
            assert_eq!(ended, Told::Completed("FINISHED".to_owned()));
        }
    }
    assert!(most <= 20, "{most} processes");
    assert_eq!(most_at_once(&notes), 20);
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn ten_thousand_are_known_and_told_apart() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    from_threads(16, |thread| {
        let mut line = client.connect();
        (0..625).for_each(|job| drop(line.start(&format!("{thread} {job}"), &format!("finish {thread}/{job}"))));
    });
    let poll_at_random = |client: &Client| {
        from_threads(4, |thread| {
            let (mut line, mut random) = (client.connect(), thread as u64 + 1);
            for _ in 0..750 {
                // xorshift64
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let (thread, job) = (random % 16, random / 16 % 625);
                assert_eq!(line.status(&format!("{thread} {job}")), Told::Completed(format!("{thread}/{job}")));
            }
        });
    };
    (0..16).for_each(|thread| drop(client.wait(&format!("{thread} 624"))));
    poll_at_random(&client);
    drop(here);
    let here = Here::open(folder.path(), |_| {});
    poll_at_random(&here.client());
}
