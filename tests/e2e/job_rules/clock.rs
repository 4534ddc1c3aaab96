//! A wall clock that is set back or forward while jobs wait and run. The clock that measures goes on,
//! as on a real machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::client::{Client, Told};
use super::places::{Folder, Program};
use crate::processes::{eventually, marked};

/// So short that it is looked for every two seconds, and much shorter than the clock jumps.
const RETENTION: Duration = Duration::from_secs(20);

/// The wall clock of a program and of its jobs.
struct Clock {
    library: PathBuf,
    folder: tempfile::TempDir,
}

impl Clock {
    fn new() -> Option<Self> {
        let places = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
        let place = places.chain([PathBuf::from("/usr/lib"), PathBuf::from("/usr/local/lib")]);
        let library = place.map(|place| place.join("faketime/libfaketimeMT.so.1")).find(|library| library.exists());
        let Some(library) = library else {
            eprintln!("SKIPPED: a test of clocks needs libfaketime: apt-get install faketime");
            return None;
        };
        let clock = Self { library, folder: tempfile::tempdir().expect("a temporary folder") };
        clock.set("+0");
        Some(clock)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clock")
    }

    /// So far from the real time.
    fn set(&self, offset: &str) {
        let unfinished = self.folder.path().join("unfinished");
        fs::write(&unfinished, offset).expect("written");
        fs::rename(&unfinished, self.file()).expect("written");
    }

    fn start(&self, folder: &Path, settings: &[(&str, &str)]) -> Program {
        let mut command = Program::command(folder, settings);
        command.env("LD_PRELOAD", &self.library).env("FAKETIME_TIMESTAMP_FILE", self.file());
        command.env("FAKETIME_NO_CACHE", "1").env("DONT_FAKE_MONOTONIC", "1").env("NO_FAKE_STAT", "1");
        Program::run(&mut command)
    }
}

/// Whether the page tells of a time that may have passed in a test.
fn tells_a_short_time(page: &str) {
    let seconds = page.split("id=\"up\" data-s=\"").nth(1).and_then(|rest| rest.split('"').next());
    let seconds: Option<u64> = seconds.and_then(|seconds| seconds.parse().ok());
    assert!(seconds.is_some_and(|seconds| seconds < 120), "{page}");
}

fn completes(client: &Client, id: &str) {
    client.notify(id, "finish it");
    assert_eq!(client.wait(id), Told::Completed("it".to_owned()), "{id}");
}

fn goes_on_when_the_clock_jumps(executor: &str, offset: &str) {
    let Some(clock) = Clock::new() else { return };
    let folder = Folder::new();
    let settings = [
        ("EXECUTOR", executor),
        ("MAX_RUNNING", "1"),
        ("RETENTION", &*format!("{RETENTION:?}")),
        ("RUN_TIMEOUT", "30m"),
        ("QUEUE_TIMEOUT", "30m"),
        ("UNCHANGED", "off"),
    ];
    let program = clock.start(folder.path(), &settings);
    let client = program.client();
    client.start("is over", "big 1000");
    client.wait("is over");
    let ended = Instant::now();
    client.start("runs", "progress 1 4\nlisten");
    client.start("waits", "listen");
    client.wait_for_page("runs", &[">25%<"]);
    clock.set(offset);
    // For as long as it takes to look for what is old and what is overdue.
    let looked = Instant::now() + Duration::from_millis(3200);
    while Instant::now() < looked {
        let told = client.status("is over");
        // On a slow machine its time may have come.
        assert!(told == Told::Completed("x".repeat(1000)) || ended.elapsed() > RETENTION, "{told:?}");
        let (runs, waits) = (client.status("runs").page(), client.status("waits").page());
        assert!(runs.contains("Running for") && waits.contains("Waiting for"), "{runs} {waits}");
        tells_a_short_time(&runs);
        tells_a_short_time(&waits);
    }
    client.notify("runs", "progress 2 4");
    client.wait_for_page("runs", &[">50%<"]);
    client.start("new", "listen").page();
    for id in ["runs", "waits", "new"] {
        tells_a_short_time(&client.wait_for_page(id, &["Running for"]));
        completes(&client, id);
    }
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn tasks_go_on_when_the_clock_is_set_back() {
    goes_on_when_the_clock_jumps("task", "-1h");
}

#[test]
fn processes_go_on_when_the_clock_is_set_back() {
    goes_on_when_the_clock_jumps("process", "-1h");
}

#[test]
fn tasks_go_on_when_the_clock_is_set_forward() {
    goes_on_when_the_clock_jumps("task", "+1h");
}

#[test]
fn processes_go_on_when_the_clock_is_set_forward() {
    goes_on_when_the_clock_jumps("process", "+1h");
}

#[test]
fn time_limits_hold_when_the_clock_is_set_back() {
    let Some(clock) = Clock::new() else { return };
    let folder = Folder::new();
    let settings = [("MAX_RUNNING", "1"), ("RETENTION", "4s"), ("RUN_TIMEOUT", "2s"), ("QUEUE_TIMEOUT", "1s")];
    let program = clock.start(folder.path(), &settings);
    let client = program.client();
    client.start("is over", "finish it");
    client.wait("is over");
    client.start("runs", "listen");
    client.start("waits", "listen");
    clock.set("-1h");
    assert!(client.wait("waits").fault().contains("QUEUE_TIMEOUT"));
    assert!(client.wait("runs").fault().contains("RUN_TIMEOUT"));
    for id in ["is over", "runs", "waits"] {
        eventually(|| matches!(client.status(id), Told::Fault(why) if why.contains("no execution")).then_some(()));
    }
}

#[test]
fn an_adopted_process_has_run_for_no_longer_than_it_has() {
    let Some(clock) = Clock::new() else { return };
    let folder = Folder::new();
    let first = clock.start(folder.path(), &[]);
    first.client().start("a", "progress 1 4\nlisten");
    first.client().wait_for_page("a", &[">25%<"]);
    first.kill_9();
    for offset in ["+2h", "-2h"] {
        clock.set(offset);
        let next = clock.start(folder.path(), &[("RUN_TIMEOUT", "1h"), ("UNCHANGED", "off")]);
        let page = next.client().wait_for_page("a", &[">25%<", "Running for"]);
        tells_a_short_time(&page);
        std::thread::sleep(Duration::from_millis(300));
        next.client().status("a").page();
        next.kill_9();
    }
    let last = clock.start(folder.path(), &[("RUN_TIMEOUT", "1s")]);
    assert!(last.client().wait("a").fault().contains("RUN_TIMEOUT"));
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn what_a_program_told_last_counts_though_the_clock_was_set_back() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[]);
    let client = program.client();
    let shell = "while [ ! -e stop ]; do sleep 0.02; done; printf done > result.txt";
    client.start("a", &format!("progress 1 4\nrun {shell}"));
    client.wait_for_page("a", &[">25%<"]);
    let [job] = &folder.of_jobs()[..] else { panic!("there is one job") };
    // As if the clock had been right until now, and had been set back since.
    let later = std::time::SystemTime::now() + Duration::from_secs(3600);
    let progress = fs::File::options().append(true).open(job.join("progress")).expect("it told that");
    progress.set_modified(later).expect("it is ours");
    std::thread::sleep(Duration::from_millis(300));
    for (percent, shown) in [("50", ">50%<"), ("75", ">75%<")] {
        fs::write(job.join("status.txt"), percent).expect("the folder is there");
        client.wait_for_page("a", &[shown]);
    }
    fs::write(job.join("stop"), "").expect("the folder is there");
    assert_eq!(client.wait("a"), Told::Completed("done".to_owned()));
}
