//! What becomes of the jobs when the server stops, and whether their store answers while it does not.

use std::sync::Arc;
use std::time::Duration;

use super::Jobs;
use super::core::{Core, said_of};
use super::executor::Executor;
use super::store::StoreError;

/// How often those that are to end are looked at.
const LOOK: Duration = Duration::from_millis(50);

/// How long the store has to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is recorded of a job whose server does not let it run on.
pub(super) const STOPPED: &str = "the server was stopped, and ended its jobs (SHUTDOWN_JOBS)";

/// Why the store of the jobs does not answer: for anybody, hence without its place and its words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreachable {
    #[error("it does not answer within 2 s")]
    Silent,
    #[error("its file is gone, or another one is in its place")]
    Gone,
    /// With what it says.
    #[error("the database failed; the log says why")]
    Failed(String),
}

impl Unreachable {
    /// What only the log is told.
    pub(crate) fn cause(&self) -> Option<&str> {
        match self {
            Self::Failed(cause) => Some(cause),
            Self::Silent | Self::Gone => None,
        }
    }
}

impl Jobs {
    /// Whether the place where they are kept can be reached. Those that are kept nowhere need none.
    pub(crate) async fn ping(&self) -> Result<(), Unreachable> {
        let Some(core) = self.shared.core.get() else { return Ok(()) };
        let answer = match tokio::time::timeout(PATIENCE, core.store.ping()).await {
            Ok(answer) => answer.map_err(|error| match error {
                StoreError::Gone => Unreachable::Gone,
                error => Unreachable::Failed(said_of(&error)),
            }),
            Err(_) => Err(Unreachable::Silent),
        };
        answer.inspect_err(|_| core.figures.count_store_error())
    }

    /// Whether those are the same jobs.
    pub(crate) fn are_those_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// Begins nothing any more, and tells the jobs that run to end, wherever they run. Those that take longer than
    /// `patience` are let be.
    ///
    /// They have been interrupted, and nobody asked for their end: so they begin again with the next server if
    /// their methods may, and else have failed. One that comes to its end by itself meanwhile has that end.
    pub(crate) async fn end_running(&self, patience: Duration) {
        let Some(core) = self.shared.core.get() else { return };
        core.queue.close();
        if tokio::time::timeout(patience, core.end_running()).await.is_err() {
            let left = core.queue.running().len();
            tracing::warn!(left, "jobs did not end in time; the next server finds out what became of them");
        }
    }
}

impl Core {
    async fn end_running(self: &Arc<Self>) {
        tracing::info!(running = self.queue.running().len(), "jobs are told to end");
        // A call that is still open may have started another one.
        loop {
            let running = self.queue.running();
            if running.is_empty() {
                return;
            }
            running.iter().for_each(|live| live.cancelled.cancel());
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Lets go of the jobs that run in this process, for it is about to end.
    pub(super) async fn let_go(self: &Arc<Self>) {
        let mut tasks = self.queue.running();
        tasks.retain(|live| live.executor == Executor::Task && live.has_begun());
        for live in &tasks {
            self.lost(live, live.attempt(), "the server that it ran in was stopped").await;
        }
        // Only now: a method would take the end of its program for a failure.
        tasks.retain(|live| live.has_folder());
        self.kill_leftovers(&tasks).await;
    }
}
