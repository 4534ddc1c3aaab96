//! Commits that fail, or are given up.

use std::pin::pin;
use std::task::Poll;

use sqlx::{Connection as _, Executor as _};
use tempfile::tempdir;

use super::super::SqlStore;
use super::{interfere, open, sentence, stranger};
use crate::jobs::store::contract::{commit, completed, end, insert, load, record, request, start};
use crate::jobs::store::{JobStore as _, StoreError};

/// A commit of which the third change fails leaves nothing, and the next one works.
async fn fails_as_a_whole(trigger: &'static str) {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store = open(&path).await;
    commit(&store, &[insert("before")]).await;
    interfere(&path, trigger).await;
    for _ in 0..3 {
        let failing = [insert("a"), start("before", 1), insert("bad"), insert("b")];
        let failure = store.commit(&failing).await;
        assert!(matches!(failure, Err(StoreError::Database(_))), "{failure:?}");
        assert_eq!(load(&store).await, [record("before")]);
    }
    assert_eq!(commit(&store, &[insert("a"), start("a", 1), end("a", 1, completed())]).await, [true; 3]);
    assert_eq!(commit(&store, &[insert("b")]).await, [true]);
    drop(store);
    let names: Vec<_> = load(&open(&path).await).await.into_iter().map(|job| job.service_id).collect();
    assert_eq!(names, ["before", "a", "b"]);
}

#[tokio::test]
async fn a_failing_statement_takes_the_whole_commit_back() {
    fails_as_a_whole(
        "create trigger bad before insert on jobs when new.service_id = 'bad' begin select raise(abort, 'bad'); end",
    )
    .await;
}

/// As with a full disk: SQLite rolls back by itself, and the rollback that follows fails.
#[tokio::test]
async fn a_failing_rollback_does_not_wedge_the_store() {
    fails_as_a_whole(
        "create trigger bad before insert on jobs when new.service_id = 'bad' begin select raise(rollback, 'bad'); end",
    )
    .await;
}

#[tokio::test]
async fn a_commit_given_up_is_carried_out_as_a_whole_or_not_at_all() {
    let folder = tempdir().expect("a temporary folder can be made");
    let store = open(&folder.path().join("jobs.db")).await;
    for polls in 0..40 {
        let [first, second] = ["first", "second"].map(|name| format!("{name} {polls}"));
        {
            let changes = [insert(&first), insert(&second)];
            let mut commit = pin!(store.commit(&changes));
            for _ in 0..polls {
                let ready = std::future::poll_fn(|context| Poll::Ready(commit.as_mut().poll(context).is_ready())).await;
                if ready {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_micros(200)).await;
            }
        }
        // Waits for whatever is still on its way.
        assert_eq!(commit(&store, &[insert(&format!("next {polls}"))]).await, [true]);
        assert_eq!(request(&store, &first).await.is_some(), request(&store, &second).await.is_some());
    }
}

#[tokio::test]
async fn a_commit_waits_for_another_writer() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store = open(&path).await;
    let mut other = stranger(&path).await;
    let mut writing = other.begin_with("begin immediate").await.expect("nobody else writes");
    writing.execute("create table something (a text)").await.expect("the statement is right");
    let waiting = tokio::spawn(async move { commit(&store, &[insert("a")]).await });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!waiting.is_finished());
    writing.commit().await.expect("the statement is right");
    assert_eq!(waiting.await.ok(), Some(vec![true]));
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store: SqlStore = open(&path).await;
    commit(&store, &[insert("a"), end("a", 0, completed())]).await;
    for (statement, expected) in [
        ("update jobs set state = 'odd'", "`odd` in the column `state`: `odd` is no state"),
        ("update jobs set state = 'queued', attempt = -1", "`-1` in the column `attempt`"),
        ("update jobs set attempt = 0, owner = 'x'", "`x` in the column `owner`: is not 32 hex"),
    ] {
        interfere(&path, statement).await;
        let sentence = sentence(store.load(&mut |_| ()).await);
        assert!(sentence.contains(expected), "{sentence}");
    }
}
