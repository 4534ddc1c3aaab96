//! How many run at once, who waits, in which order, and who is turned away.

use std::fs;
use std::path::Path;

use super::client::{Client, Told};
use super::operations::from_threads;
use super::places::{Folder, Here};
use crate::processes::eventually;

fn open(folder: &Folder, max_running: usize, max_queued: usize) -> Here {
    Here::open(folder.path(), |settings| {
        settings.max_running = Some(max_running);
        settings.max_queued = max_queued;
    })
}

/// The most that have begun and not ended yet, by the lines `+` and `-` that they wrote.
pub(super) fn most_at_once(notes: &Path) -> usize {
    let notes = fs::read_to_string(notes).expect("they wrote");
    let running = notes.lines().scan(0, |running, line| {
        *running = if line == "+" { *running + 1 } else { *running - 1 };
        Some(*running)
    });
    running.max().unwrap_or(0)
}

fn is_queued_at(client: &Client, id: &str, place: usize) {
    let words = if place == 1 { "Next in the queue".to_owned() } else { format!("Place {place} in the queue") };
    client.wait_for_page(id, &[&words]);
}

#[test]
fn no_more_run_at_once_than_may() {
    let folder = Folder::new();
    let here = open(&folder, 3, 100);
    let client = here.client();
    let notes = folder.path().join("notes");
    let script = format!("note {0} +\nsleep 20\nnote {0} -", notes.display());
    from_threads(8, |thread| (0..4).for_each(|job| drop(client.start(&format!("{thread} {job}"), &script))));
    for thread in 0..8 {
        (0..4).for_each(|job| assert_eq!(client.wait(&format!("{thread} {job}")), Told::Completed("FINISHED".into())));
    }
    assert_eq!(most_at_once(&notes), 3);
}

#[test]
fn those_that_wait_run_in_their_order_also_after_a_restart() {
    let folder = Folder::new();
    let here = open(&folder, 1, 100);
    let notes = folder.path().join("notes");
    here.client().start("first", "listen").page();
    let ids: Vec<_> = (0..20).map(|number| number.to_string()).collect();
    let script = |id: &str| format!("note {} {id}", notes.display());
    ids.iter().for_each(|id| drop(here.client().start(id, &script(id)).page()));
    let page = here.client().start("19", &script("19")).page();
    assert!(page.contains("Place 20 in the queue"), "{page}");
    drop(here);
    let here = open(&folder, 1, 0);
    let client = here.client();
    ids.iter().for_each(|id| assert_eq!(client.wait(id), Told::Completed("FINISHED".to_owned())));
    let order = fs::read_to_string(notes).expect("they wrote");
    assert_eq!(order.lines().collect::<Vec<_>>(), ids);
}

#[test]
fn the_place_in_the_queue_counts_down() {
    let folder = Folder::new();
    let here = open(&folder, 1, 100);
    let client = here.client();
    client.start("runs", "listen");
    for (id, words) in [("a", "Next in the queue"), ("b", "Place 2 in"), ("c", "Place 3 in"), ("d", "Place 4 in")] {
        let page = client.start(id, "listen").page();
        assert!(page.contains(words), "{page}");
        assert_eq!(client.status(id), Told::Unchanged);
    }
    assert!(client.abort("b"));
    is_queued_at(&client, "c", 2);
    is_queued_at(&client, "d", 3);
    client.notify("runs", "finish it");
    client.wait_for_page("a", &["Running"]);
    is_queued_at(&client, "c", 1);
    is_queued_at(&client, "d", 2);
    for id in ["a", "c", "d"] {
        assert_eq!(client.status(id), Told::Unchanged);
    }
}

#[test]
fn one_that_waits_can_be_aborted() {
    let folder = Folder::new();
    let here = open(&folder, 1, 100);
    let client = here.client();
    client.start("runs", "listen");
    ["a", "b", "c"].iter().for_each(|id| drop(client.start(id, "finish it").page()));
    assert!(client.abort("b"));
    assert!(client.status("b").fault().contains("it was aborted"));
    is_queued_at(&client, "c", 2);
    client.notify("runs", "finish it");
    for id in ["runs", "a", "c"] {
        assert_eq!(client.wait(id), Told::Completed("it".to_owned()));
    }
    assert!(client.status("b").fault().contains("it was aborted"));
}

#[test]
fn one_that_is_just_on_its_way_into_the_queue_can_be_aborted() {
    let folder = Folder::new();
    let here = open(&folder, 1, 1000);
    let client = here.client();
    client.start("runs", "listen");
    for round in 0..50 {
        let id = format!("round {round}");
        std::thread::scope(|scope| {
            scope.spawn(|| client.start(&id, "listen"));
            let aborted = eventually(|| {
                let answer = client.call("abortService", &client.execution(&id));
                answer.element("success")
            });
            assert_eq!(aborted, "true", "{id}");
        });
        assert!(client.status(&id).fault().contains("it was aborted"));
    }
    let page = client.start("next", "listen").page();
    assert!(page.contains("Next in the queue"), "{page}");
}

#[test]
fn when_no_more_may_wait_starts_are_refused_until_there_is_room() {
    let folder = Folder::new();
    let here = open(&folder, 2, 3);
    let client = here.client();
    let answers = from_threads(16, |thread| client.start(&thread.to_string(), "listen"));
    let (accepted, refused): (Vec<_>, Vec<_>) =
        (0..16).partition(|&thread: &usize| matches!(answers[thread], Told::Page(_)));
    assert_eq!(accepted.len(), 5, "{answers:?}");
    let refused: Vec<_> = refused.iter().map(ToString::to_string).collect();
    for id in &refused {
        assert!(client.status(id).fault().contains("no execution"), "{id}");
        let answer = client.call("startPuppet", &(client.execution(id) + "<script>listen</script>"));
        let fault = answer.fault("Server");
        assert!(fault.contains("3 jobs wait already") && fault.contains("try again later"), "{fault}");
    }
    // One that is known is no start.
    client.start(&accepted[0].to_string(), "listen").page();
    client.abort(&accepted[0].to_string());
    eventually(|| matches!(client.start(&refused[0], "finish it"), Told::Page(_)).then_some(()));
    accepted.iter().for_each(|id| assert!(client.abort(&id.to_string())));
    assert_eq!(client.wait(&refused[0]), Told::Completed("it".to_owned()));
}

#[test]
fn where_none_may_wait_there_is_still_a_place_for_those_that_run() {
    let folder = Folder::new();
    let here = open(&folder, 1, 0);
    let client = here.client();
    for round in 0..20 {
        let id = round.to_string();
        client.start(&id, "listen").page();
        assert!(client.start("another", "listen").fault().contains("0 jobs wait already"));
        client.notify(&id, "finish it");
        assert_eq!(client.wait(&id), Told::Completed("it".to_owned()));
    }
}
