//! What every store has to do: one suite of rules, each run on every store.

mod changes;
mod random;
mod texts;

use super::{JobStore, MemoryStore, SqlStore};
use crate::fault::FaultCode;
use crate::jobs::id::{Digest, JobKey};
use crate::jobs::state::{Change, Ending, Failure, Record, State, Timestamp, Wanted};

/// Makes a test of each rule for each store. A rule is an `async fn(&dyn JobStore)`.
macro_rules! rules {
    ($($file:ident: $($rule:ident),* $(,)?;)*) => {
        mod memory {
            $($(
                #[tokio::test]
                async fn $rule() {
                    super::$file::$rule(&super::MemoryStore::default()).await;
                }
            )*)*
        }

        mod sql {
            $($(
                #[tokio::test]
                async fn $rule() {
                    let folder = super::folder();
                    super::$file::$rule(&super::sql_store(&folder).await).await;
                }
            )*)*
        }
    };
}

rules! {
    changes:
        each_change_fits_where_it_is_said_to,
        a_change_that_does_not_fit_changes_nothing,
        a_life_leaves_its_traces,
        changes_of_one_job_in_one_commit_come_in_order,
        one_that_does_not_fit_stops_no_other,
        nothing_may_be_committed,
        a_key_is_inserted_once,
        many_may_commit_at_once,
        one_that_is_there_answers;
    texts:
        jobs_come_in_the_order_in_which_they_were_queued,
        a_record_comes_back_as_it_was_inserted,
        long_endings_come_only_when_asked_for,
        no_text_is_too_odd,
        requests_come_back_and_go_with_their_job,
        what_is_wanted_is_wanted_until_it_is_done;
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

async fn sql_store(folder: &tempfile::TempDir) -> SqlStore {
    SqlStore::open_file(&folder.path().join("jobs.db")).await.expect("a new database can be made")
}

pub(super) fn key(name: &str) -> JobKey {
    JobKey::of("Waiter", name)
}

/// A new job.
pub(super) fn record(name: &str) -> Record {
    Record {
        key: key(name),
        service: "Waiter".to_owned(),
        service_id: name.to_owned(),
        method: "startWaiter".to_owned(),
        owner: Digest::of("token"),
        request: Digest::of("request"),
        executor: "task".to_owned(),
        state: State::Queued,
        attempt: 0,
        queued_at: 1_000,
        started_at: None,
        ended_at: None,
        wanted: None,
        ending: None,
    }
}

pub(super) fn insert(name: &str) -> Change {
    Change::Insert(Box::new(record(name)), "<request/>".to_owned())
}

pub(super) fn start(name: &str, attempt: u32) -> Change {
    Change::Start { key: key(name), attempt, at: Timestamp::from(attempt) + 2_000 }
}

pub(super) fn end(name: &str, attempt: u32, ending: Ending) -> Change {
    Change::End { key: key(name), attempt, ending, at: 3_000 }
}

fn requeue(name: &str, attempt: u32) -> Change {
    Change::Requeue { key: key(name), attempt }
}

pub(super) fn want(name: &str, wanted: Wanted) -> Change {
    Change::Want { key: key(name), wanted }
}

pub(super) fn remove(name: &str) -> Change {
    Change::Remove { key: key(name) }
}

pub(super) fn completed() -> Ending {
    Ending::Completed("<result>FINISHED</result>".to_owned())
}

fn failed() -> Ending {
    let detail = Some("<NoMesh/>".to_owned());
    Ending::Failed(Failure { code: FaultCode::Client, reason: "no mesh".to_owned(), detail })
}

pub(super) async fn commit(store: &dyn JobStore, changes: &[Change]) -> Vec<bool> {
    store.commit(changes).await.expect("the store works")
}

pub(super) async fn load(store: &dyn JobStore) -> Vec<Record> {
    let mut records = Vec::new();
    store.load(&mut |record| records.push(record)).await.expect("the store works");
    records
}

async fn find(store: &dyn JobStore, name: &str) -> Option<Record> {
    load(store).await.into_iter().find(|record| record.key == key(name))
}

pub(super) async fn request(store: &dyn JobStore, name: &str) -> Option<String> {
    store.request(key(name)).await.expect("the store works")
}

async fn ending(store: &dyn JobStore, name: &str) -> Option<Ending> {
    store.ending(key(name)).await.expect("the store works")
}

pub(super) async fn wanted(store: &dyn JobStore) -> Vec<(JobKey, Wanted)> {
    let mut wanted = store.wanted().await.expect("the store works");
    wanted.sort_by_key(|(key, _)| *key);
    wanted
}
