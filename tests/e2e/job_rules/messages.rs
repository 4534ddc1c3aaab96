//! `notifyService`: messages on their way to a job, or to its program.

use std::fs;

use super::client::{Client, Told, argument};
use super::operations::from_threads;
use super::places::{Folder, Here, Program};
use crate::processes::{eventually, marked};

/// Where jobs are tasks, and where they are processes; one runs at once.
fn in_both(test: impl Fn(&Client, &Folder)) {
    let folder = Folder::new();
    test(&Here::open(folder.path(), |settings| settings.max_running = Some(1)).client(), &folder);
    let folder = Folder::new();
    test(&Program::start(folder.path(), &[("MAX_RUNNING", "1")]).client(), &folder);
}

#[test]
fn messages_arrive_as_they_are_and_in_their_order() {
    let messages = [
        "plain",
        "",
        " with  spaces ",
        "two\nlines",
        "\r\n",
        "\\n",
        "\\",
        "<b>&amp;</b>",
        "größe \u{1f600}",
        "\t",
        "plain",
    ];
    in_both(|client, _| {
        client.start("a", &format!("collect {}", messages.len()));
        messages.iter().for_each(|message| client.notify("a", message));
        assert_eq!(client.wait("a"), Told::Completed(format!("{messages:?}")));
    });
}

#[test]
fn messages_wait_for_a_job_that_waits() {
    in_both(|client, _| {
        client.start("runs", "listen");
        client.start("waits", "collect 3");
        ["1", "2"].iter().for_each(|message| client.notify("waits", message));
        client.notify("runs", "finish it");
        client.wait_for_page("waits", &["Running"]);
        client.notify("waits", "3");
        assert_eq!(client.wait("waits"), Told::Completed("[\"1\", \"2\", \"3\"]".to_owned()));
    });
}

#[test]
fn messages_of_many_arrive_once_and_each_ones_in_order() {
    in_both(|client, _| {
        client.start("a", "collect 160");
        from_threads(8, |thread| (0..20).for_each(|number| client.notify("a", &format!("{thread} {number}"))));
        let Told::Completed(all) = client.wait("a") else { panic!("it is told how many there are") };
        for thread in 0..8 {
            let own = all.split('"').filter(|message| message.starts_with(&format!("{thread} ")));
            let numbers: Vec<u32> = own.filter_map(|message| message[2..].parse().ok()).collect();
            assert_eq!(numbers, (0..20).collect::<Vec<_>>(), "{all}");
        }
    });
}

#[test]
fn a_program_finds_its_messages_in_a_file_a_line_for_each() {
    in_both(|client, folder| {
        let shell = "while [ ! -e stop ]; do sleep 0.02; done";
        client.start_with("startProgram", "a", &argument("shell", shell));
        eventually(|| (!marked(folder.path()).is_empty()).then_some(()));
        let job = eventually(|| folder.of_jobs().pop());
        let notifications = job.join("notifications.txt");
        let wait_for = |content: &str| {
            eventually(|| (fs::read_to_string(&notifications).unwrap_or_default() == content).then_some(()));
        };
        assert!(!notifications.exists(), "there is none at first");
        client.notify("a", "first");
        wait_for("first\n");
        client.notify("a", "second,\r\non two lines");
        client.notify("a", "");
        wait_for("first\nsecond,  on two lines\n\n");
        fs::remove_file(&notifications).expect("it is there");
        client.notify("a", "third");
        wait_for("third\n");
        fs::write(job.join("stop"), "").expect("the folder is there");
        assert_eq!(client.wait("a"), Told::Completed(String::new()));
    });
}

#[test]
fn the_message_of_the_abort_button_aborts() {
    in_both(|client, folder| {
        client.start("runs", "listen");
        client.start("waits", "listen");
        client.notify("waits", "__abort__");
        client.notify("runs", "__abort__");
        for id in ["runs", "waits"] {
            assert!(client.status(id).fault().contains("it was aborted"), "{id}");
        }
        assert!(marked(folder.path()).is_empty());
        client.start("other", "collect 1");
        client.notify("other", "__abort__ not");
        assert_eq!(client.wait("other"), Told::Completed("[\"__abort__ not\"]".to_owned()));
    });
}

#[test]
fn what_has_ended_takes_no_messages() {
    in_both(|client, _| {
        client.start("a", "finish it");
        client.wait("a");
        for message in ["too late", "__abort__"] {
            let fault = client.try_notify("a", message).client_fault();
            assert!(fault.contains("\"a\" has ended"), "{fault}");
        }
        assert_eq!(client.status("a"), Told::Completed("it".to_owned()));
    });
}

#[test]
fn messages_that_would_fill_the_server_are_refused() {
    in_both(|client, _| {
        client.start("a", "sleep 600000");
        let fault = client.try_notify("a", &"x".repeat(70_000)).client_fault();
        assert!(fault.contains("`message` has 70000 bytes"), "{fault}");
        let (longest, mut line, mut taken) = ("x".repeat(64 << 10), client.connect(), 0);
        let arguments = client.execution("a") + &argument("message", &longest);
        let refused = loop {
            let answer = line.call("notifyService", &arguments);
            if answer.status != 200 {
                break answer;
            }
            taken += 1;
            assert!(taken < 1000, "it takes whatever comes");
        };
        assert!(taken > 10, "only {taken}");
        assert!(refused.client_fault().contains("\"a\" has as many messages as it can hold"), "{refused:?}");
        assert!(client.abort("a"), "that is no message to it");
    });
}
