//! What a poll is told of an execution that has not ended: a page, or that it is still the same.

use std::fs;

use super::client::{Client, Told, argument};
use super::places::{Folder, Here, Program};
use crate::processes::eventually;

/// Polls until a page has all of `words`, and gives the pages that came before it.
#[track_caller]
fn pages_before(client: &Client, id: &str, words: &[&str]) -> Vec<String> {
    let (mut line, mut before) = (client.connect(), Vec::new());
    eventually(|| match line.status(id) {
        Told::Page(page) if words.iter().all(|word| page.contains(word)) => Some(()),
        Told::Page(page) => {
            before.push(page);
            None
        }
        Told::Unchanged => None,
        ended => panic!("no page with {words:?} came before {ended:?}"),
    });
    before
}

/// Has the puppet do something, and expects one page that shows it, then that it is the same.
#[track_caller]
fn shows(client: &Client, step: &str, words: &[&str]) {
    client.notify("a", step);
    assert!(pages_before(client, "a", words).is_empty(), "{step} is one change");
    assert_eq!(client.status("a"), Told::Unchanged, "{step}");
}

/// Has the puppet do something that nobody sees, and then something that is seen.
#[track_caller]
fn shows_nothing(client: &Client, step: &str, seen: (&str, &str)) {
    client.notify("a", step);
    client.notify("a", seen.0);
    assert!(pages_before(client, "a", &[seen.1]).is_empty(), "{step} is no change");
}

fn tells_what_has_changed(client: &Client) {
    let page = client.start("a", "listen").page();
    assert!(page.contains("Running") && page.contains(">0%<") && page.contains("Puppet"), "{page}");
    assert_eq!(client.status("a"), Told::Unchanged, "the start has brought the page");
    shows(client, "progress 1 4", &[">25%<"]);
    shows(client, "progress 2 4 half of <it>", &[">50%<", "half of &#60;it&#62;"]);
    shows_nothing(client, "progress 2 4", ("progress 3 4", ">75%<"));
    shows(client, "log a line of the log", &["a line of the log", "half of"]);
    shows_nothing(client, "progress 3000 4000 half of <it>", ("log another line", "another line"));
    // All of it is there only with the result.
    shows(client, "progress 4 4", &[">99%<"]);
    shows(client, "progress -1 4", &[">0%<"]);
    shows(client, "page <p>a page of its own</p>", &["<p>a page of its own</p>"]);
    for unseen in ["progress 1 2", "progress 1 2 words", "log a line below the page"] {
        shows_nothing(client, unseen, ("page between", "between"));
        shows(client, "page <p>a page of its own</p>", &["<p>a page of its own</p>"]);
    }
    shows_nothing(client, "page <p>a page of its own</p>", ("page another", "another"));
    assert_eq!(client.start("a", "listen").page(), "another", "a start is always told");
    assert_eq!(client.status("a"), Told::Unchanged);
    client.notify("a", "finish it");
    assert_eq!(client.wait("a"), Told::Completed("it".to_owned()));
    for _ in 0..3 {
        assert_eq!(client.status("a"), Told::Completed("it".to_owned()));
    }
}

#[test]
fn a_poll_brings_a_page_when_something_has_changed() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    tells_what_has_changed(&here.client());
}

#[test]
fn a_poll_brings_a_page_when_something_has_changed_in_a_process() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[]);
    tells_what_has_changed(&program.client());
}

#[test]
fn each_execution_has_a_last_answer_of_its_own() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    client.start("a", "listen");
    client.start("b", "listen");
    client.notify("a", "progress 1 2");
    client.wait_for_page("a", &[">50%<"]);
    client.notify("b", "progress 1 2");
    client.wait_for_page("b", &[">50%<"]);
    assert_eq!([client.status("a"), client.status("b")], [Told::Unchanged, Told::Unchanged]);
}

#[test]
fn after_a_restart_a_poll_brings_the_page_again() {
    let folder = Folder::new();
    let first = Program::start(folder.path(), &[]);
    first.client().start("a", "progress 1 4 before\nlog of the first\nlisten");
    first.client().wait_for_page("a", &[">25%<", "before"]);
    first.kill_9();
    let second = Program::start(folder.path(), &[]);
    let client = second.client();
    let page = client.wait_for_page("a", &[">25%<", "before", "of the first"]);
    assert!(page.contains("Running"), "{page}");
    client.notify("a", "progress 2 4");
    client.wait_for_page("a", &[">50%<", "before"]);
    assert!(client.abort("a"));
}

#[test]
fn without_unchanged_every_poll_brings_the_page() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| settings.unchanged = false);
    let client = here.client();
    client.start("a", "page own\nlisten");
    client.wait_for_page("a", &["own"]);
    for _ in 0..5 {
        assert_eq!(client.status("a").page(), "own");
    }
    let failing = client.at("/PagePuppet");
    failing.start("b", "break a leg");
    failing.wait_for_page("b", &["Failed"]);
    for _ in 0..3 {
        assert!(failing.status("b").page().contains("a leg"));
    }
}

#[test]
fn a_page_says_where_the_job_is() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| settings.max_running = Some(1));
    let client = here.client();
    // It hears of nothing while it computes a part.
    let parts = argument("parts", "2") + &argument("milliseconds", "1000");
    let page = client.start_with("startBlocking", "runs", &parts).page();
    assert!(page.contains("Running for") && !page.contains("queue"), "{page}");
    let page = client.start("next", "listen").page();
    assert!(page.contains("Queued") && page.contains("Next in the queue") && page.contains("Waiting for"), "{page}");
    let page = client.start("third", "listen").page();
    assert!(page.contains("Place 2 in the queue"), "{page}");
    client.wait_for_page("runs", &[">50%<", "style=\"width:50%\"", "part 0"]);
    std::thread::scope(|scope| {
        let aborted = scope.spawn(|| client.abort("runs"));
        let page = client.wait_for_page("runs", &["Aborting"]);
        assert!(!page.contains("Abort it now"), "it was told already: {page}");
        assert!(aborted.join().expect("it does not panic"));
    });
    client.wait_for_page("next", &["Running for"]);
    client.wait_for_page("third", &["Next in the queue"]);
    assert!(client.abort("third") && client.abort("next"));
}

/// The test plays the program: what runs waits until it is told to stop.
fn shows_what_a_program_tells(client: &Client, folder: &Folder) {
    let shell = "echo its output; while [ ! -e stop ]; do sleep 0.02; done; printf done > result.txt";
    client.start_with("startProgram", "a", &argument("shell", shell));
    client.wait_for_page("a", &["its output"]);
    let [job] = &folder.of_jobs()[..] else { panic!("there is one job") };
    let write = |name: &str, content: &str| {
        fs::write(job.join("unfinished"), content).expect("it is there");
        fs::rename(job.join("unfinished"), job.join(name)).expect("it is there");
    };
    for (status, shown) in
        [("28", ">28%<"), (" 50 %\n", ">50%<"), ("12.9", ">12%<"), ("100", ">99%<"), ("-5", ">0%<"), ("1e9", ">99%<")]
    {
        write("status.txt", status);
        assert!(pages_before(client, "a", &[shown]).is_empty(), "{status:?} is one change");
        assert_eq!(client.status("a"), Told::Unchanged, "{status:?}");
    }
    for senseless in ["", "half", "\0"] {
        write("status.txt", senseless);
    }
    write("log.txt", "its output\nmore of it\n");
    assert!(pages_before(client, "a", &["more of it", ">99%<"]).is_empty());
    write("status.html", "<p>its own page</p>");
    assert!(pages_before(client, "a", &["<p>its own page</p>"]).is_empty());
    write("status.html", "<p>another page</p>");
    assert!(pages_before(client, "a", &["<p>another page</p>"]).is_empty());
    write("status.txt", "50");
    fs::remove_file(job.join("status.html")).expect("it is there");
    write("status.html", "<p>the last page</p>");
    assert!(pages_before(client, "a", &["<p>the last page</p>"]).is_empty(), "it is shown until there is another");
    write("stop", "");
    assert_eq!(client.wait("a"), Told::Completed("done".to_owned()));
}

#[test]
fn what_a_program_tells_is_shown() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    shows_what_a_program_tells(&here.client(), &folder);
}

#[test]
fn what_a_program_of_a_process_tells_is_shown() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[]);
    shows_what_a_program_tells(&program.client(), &folder);
}

fn can_be_told_by_many_tasks_at_once(client: &Client, folder: &Folder) {
    client.start("a", "crowd 8\nfinish it");
    assert_eq!(client.wait("a"), Told::Completed("it".to_owned()));
    let [job] = &folder.of_jobs()[..] else { panic!("there is one job") };
    let log = fs::read_to_string(job.join("log.txt")).expect("they wrote");
    let lines = log.lines().filter(|line| line.strip_prefix("a line of task ").is_some_and(|task| task.len() == 1));
    assert_eq!(lines.count(), 160, "{log}");
}

#[test]
fn many_tasks_of_a_job_can_tell_at_once() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    can_be_told_by_many_tasks_at_once(&here.client(), &folder);
}

#[test]
fn many_tasks_of_a_process_can_tell_at_once() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[]);
    can_be_told_by_many_tasks_at_once(&program.client(), &folder);
}
