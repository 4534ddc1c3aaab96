//! The operator without a server, and beside one that a test plays.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::*;
use crate::jobs::attempt::Attempt;
use crate::jobs::id::Digest;
use crate::jobs::processes::{Identity, MARKER, mark};
use crate::jobs::state::{Failure, State, Wanted};

fn key(name: &str) -> JobKey {
    JobKey::of("Waiter", name)
}

/// A new job.
fn record(name: &str) -> Record {
    Record {
        key: key(name),
        service: "Waiter".to_owned(),
        service_id: name.to_owned(),
        method: "startWaiter".to_owned(),
        owner: Digest::of("token"),
        request: Digest::of("request"),
        executor: "process".to_owned(),
        state: State::Queued,
        attempt: 0,
        queued_at: 1_000,
        started_at: None,
        ended_at: None,
        wanted: None,
        ending: None,
    }
}

fn insert(name: &str) -> Change {
    Change::Insert(Box::new(record(name)), "<request/>".to_owned())
}

fn start(name: &str, attempt: u32) -> Change {
    Change::Start { key: key(name), attempt, at: 2_000 }
}

fn end(name: &str, attempt: u32, ending: Ending) -> Change {
    Change::End { key: key(name), attempt, ending, at: 3_000 }
}

fn completed() -> Ending {
    Ending::Completed("<result>FINISHED</result>".to_owned())
}

fn settings(folder: &tempfile::TempDir) -> JobSettings {
    JobSettings::in_folder(folder.path().join("data"))
}

/// As a server leaves it that had these changes.
async fn admin(settings: &JobSettings, changes: &[Change]) -> Admin {
    Folders::below(&settings.data_dir).expect("it can be made");
    let store = open_store(settings).await.expect("it can be opened");
    let fits = store.commit(changes).await.expect("the store works");
    assert!(fits.iter().all(|&fits| fits), "{fits:?}");
    Admin::open(settings).await.expect("nothing is wrong").expect("there are jobs")
}

async fn ids(admin: &Admin, most: usize) -> (Vec<String>, usize) {
    let newest = admin.newest(|_| true, most).await.expect("the store works");
    (newest.jobs.into_iter().map(|job| job.service_id).collect(), newest.more)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A process that has the mark of a job.
fn process(folder: &Path, script: &str) -> (Child, Identity) {
    let mut command = Command::new("sh");
    command.args(["-c", script]).env(MARKER, mark(folder)).current_dir(folder).stdin(Stdio::null());
    let child = command.spawn().expect("there is a shell");
    let identity = Identity::of(i32::try_from(child.id()).expect("ids are small")).expect("it runs");
    (child, identity)
}

#[tokio::test]
async fn where_no_server_was_nothing_is_made() {
    let folder = folder();
    let settings = settings(&folder);
    assert!(Admin::open(&settings).await.expect("nothing is wrong").is_none());
    Folders::below(&settings.data_dir).expect("it can be made");
    assert!(Admin::open(&settings).await.expect("nothing is wrong").is_none(), "there is no database");
    let url = Store::Url(format!("sqlite:{}", folder.path().join("other.db").display()));
    let elsewhere = JobSettings { store: url, ..settings.clone() };
    assert!(Admin::open(&elsewhere).await.expect("nothing is wrong").is_none());
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    let within = std::fs::read_dir(&settings.data_dir).expect("a folder").count();
    assert_eq!((files, within), (1, 1), "the data folder, and the folder of the jobs in it");
    let nonsense = JobSettings { store: Store::Url("mysql:x".to_owned()), ..settings };
    assert!(Admin::open(&nonsense).await.is_err());
}

#[tokio::test]
async fn the_newest_come_first_and_the_others_are_counted() {
    let folder = folder();
    let names = ["a", "b", "c"].map(insert);
    let admin = admin(&settings(&folder), &names).await;
    let text = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    assert_eq!(ids(&admin, usize::MAX).await, (text(&["c", "b", "a"]), 0));
    assert_eq!(ids(&admin, 2).await, (text(&["c", "b"]), 1));
    assert_eq!(ids(&admin, 0).await, (text(&[]), 3));
}

#[tokio::test]
async fn a_job_is_found_by_its_service_id_or_its_key() {
    let folder = folder();
    let other = Record { key: JobKey::of("Mesher", "a"), service: "Mesher".to_owned(), ..record("a") };
    let imposter = insert(&key("b").to_string());
    let changes = [insert("a"), Change::Insert(Box::new(other), String::new()), insert("b"), imposter];
    let admin = admin(&settings(&folder), &changes).await;
    let found = async |id: &str, service| admin.find(id, service).await.expect("the store works").len();
    assert_eq!((found("a", None).await, found("a", Some("Mesher")).await), (2, 1));
    assert_eq!((found("b", None).await, found("b", Some("Mesher")).await), (1, 0));
    assert_eq!(found(&key("a").to_string(), None).await, 1);
    assert_eq!(found(&key("b").to_string(), None).await, 2, "somebody's serviceID is another's key");
    assert_eq!((found("", None).await, found("A", None).await), (0, 0));
}

#[tokio::test]
async fn without_a_server_what_waits_and_what_runs_is_aborted() {
    let folder = folder();
    let admin = admin(&settings(&folder), &[insert("waits"), insert("runs"), start("runs", 1)]).await;
    let job = admin.folders.of(key("runs"));
    job.make().expect("it can be made");
    job.write("token", "secret").expect("written");
    let (mut child, identity) = process(job.path(), "trap '' TERM; while :; do sleep 1; done");
    for name in ["waits", "runs"] {
        assert_eq!(admin.abort(key(name)).await.expect("it can be done"), Abort::Ended(Ending::Aborted), "{name}");
        let record = admin.record(key(name)).await.expect("the store works").expect("it is there");
        assert!(record.state == State::Aborted && record.ended_at.is_some());
    }
    assert_eq!(job.read("token", 10).expect("readable"), None);
    assert!(!identity.is_alive());
    // Whoever kills it may have waited for it already.
    let _ = child.wait();
    assert_eq!(admin.abort(key("nobody")).await.expect("nothing is wrong"), Abort::Gone);
    assert_eq!(admin.abort(key("runs")).await.expect("nothing is wrong"), Abort::Ended(Ending::Aborted));
}

#[tokio::test]
async fn what_has_ended_while_no_server_saw_it_stays_as_it_ended() {
    let folder = folder();
    let admin = admin(&settings(&folder), &[insert("a"), start("a", 1)]).await;
    let job = admin.folders.of(key("a"));
    job.make().expect("it can be made");
    let attempt = Attempt::new(&job, 1);
    attempt.claim().expect("made");
    attempt.write_ending(&completed()).expect("written");
    assert_eq!(admin.abort(key("a")).await.expect("it can be done"), Abort::Ended(completed()));
    let record = admin.record(key("a")).await.expect("the store works").expect("it is there");
    assert_eq!(record.state, State::Completed);
}

#[tokio::test]
async fn an_attempt_that_is_on_its_way_finds_that_it_is_taken() {
    let folder = folder();
    let admin = admin(&settings(&folder), &[insert("a"), start("a", 1)]).await;
    let job = admin.folders.of(key("a"));
    job.make().expect("it can be made");
    admin.abort(key("a")).await.expect("it can be done");
    assert!(!Attempt::new(&job, 1).claim().expect("readable"));
}

#[tokio::test]
async fn a_process_is_asked_to_end_before_it_is_killed() {
    let folder = folder();
    let admin = admin(&settings(&folder), &[insert("a"), start("a", 1)]).await;
    let job = admin.folders.of(key("a"));
    job.make().expect("it can be made");
    let ready = job.path().join("ready");
    let script = "trap 'echo asked > asked; exit' TERM; touch ready; while :; do sleep 0.05; done";
    let (mut child, identity) = process(job.path(), script);
    let attempt = Attempt::new(&job, 1);
    attempt.claim().expect("made");
    attempt.write_process(&identity).expect("written");
    while !ready.exists() {
        tokio::time::sleep(LOOK).await;
    }
    assert_eq!(admin.abort(key("a")).await.expect("it can be done"), Abort::Ended(Ending::Aborted));
    assert_eq!(job.read("asked", 10).expect("readable").as_deref(), Some("asked\n"));
    let _ = child.wait();
}

#[tokio::test]
async fn with_a_server_it_is_asked_and_waited_for() {
    let folder = folder();
    let settings = settings(&folder);
    let admin = admin(&settings, &[insert("a"), start("a", 1), insert("b"), end("b", 0, Ending::Aborted)]).await;
    let _server = crate::jobs::try_lock(&settings.data_dir).expect("nothing is wrong").expect("it is free");
    let serve = async {
        let mut wanted = Vec::new();
        while wanted.is_empty() {
            tokio::time::sleep(LOOK).await;
            wanted = admin.store.wanted().await.expect("the store works");
        }
        assert_eq!(wanted, [(key("a"), Wanted::Abort)]);
        let failed = Ending::Failed(Failure::new("no mesh"));
        admin.store.commit(&[end("a", 1, failed)]).await.expect("the store works");
    };
    let (aborted, ()) = tokio::join!(admin.abort(key("a")), serve);
    assert_eq!(aborted.expect("nothing is wrong"), Abort::Ended(Ending::Failed(Failure::new("no mesh"))));
    assert_eq!(admin.abort(key("b")).await.expect("nothing is wrong"), Abort::Ended(Ending::Aborted));
    assert_eq!(admin.abort(key("nobody")).await.expect("nothing is wrong"), Abort::Gone);
}

#[tokio::test]
async fn a_server_that_ends_while_it_is_waited_for_is_not_needed() {
    let folder = folder();
    let settings = settings(&folder);
    let admin = admin(&settings, &[insert("a")]).await;
    let server = crate::jobs::try_lock(&settings.data_dir).expect("nothing is wrong").expect("it is free");
    let end = async {
        tokio::time::sleep(LOOK * 3).await;
        drop(server);
    };
    let (aborted, ()) = tokio::join!(admin.abort(key("a")), end);
    assert_eq!(aborted.expect("nothing is wrong"), Abort::Ended(Ending::Aborted));
}

#[tokio::test]
async fn what_has_ended_is_removed_with_its_folder_and_nothing_else() {
    let folder = folder();
    let changes = [insert("old"), end("old", 0, completed()), insert("waits"), insert("runs"), start("runs", 1)];
    let admin = admin(&settings(&folder), &changes).await;
    for name in ["old", "waits", "runs"] {
        admin.folders.of(key(name)).make().expect("it can be made");
    }
    assert_eq!(admin.ended_until(2_999).await.expect("the store works"), []);
    let keys = admin.ended_until(3_000).await.expect("the store works");
    assert_eq!(keys, [key("old")]);
    // What was begun again meanwhile, and what is not there any more.
    let keys = [keys[0], key("runs"), key("nobody")];
    let purged = admin.purge(&keys).await.expect("it can be done");
    assert_eq!((purged.removed, purged.left, purged.stuck.len()), (1, 0, 0));
    assert_eq!(ids(&admin, 9).await.0, ["runs", "waits"]);
    let exist = ["old", "waits", "runs"].map(|name| admin.folders.of(key(name)).path().exists());
    assert_eq!(exist, [false, true, true]);
}

#[tokio::test]
async fn a_server_removes_what_it_is_asked_to() {
    let folder = folder();
    let settings = settings(&folder);
    let ended = ["a", "b"].map(|name| [insert(name), end(name, 0, completed())]).concat();
    let admin = admin(&settings, &[&ended[..], &[insert("c")]].concat()).await;
    let _server = crate::jobs::try_lock(&settings.data_dir).expect("nothing is wrong").expect("it is free");
    let keys = ["a", "b", "c"].map(key);
    let serve = async {
        loop {
            tokio::time::sleep(LOOK).await;
            let wanted = admin.store.wanted().await.expect("the store works");
            if let [(first, Wanted::Removal), (second, Wanted::Removal)] = wanted[..] {
                let removals = [first, second].map(|key| Change::Remove { key });
                return admin.store.commit(&removals).await.expect("the store works");
            }
        }
    };
    let (purged, removed) = tokio::join!(admin.purge(&keys), serve);
    let purged = purged.expect("nothing is wrong");
    assert_eq!((purged.removed, purged.left, removed), (2, 0, vec![true, true]));
    assert_eq!(ids(&admin, 9).await.0, ["c"]);
}
