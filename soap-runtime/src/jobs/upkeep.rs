//! What is due from time to time: clearing away what ended long ago, ending what has waited for too
//! long, and what the command line asks for.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::clock::{self, Instant};
use super::core::{Core, said_of};
use super::id::JobKey;
use super::index::Job;
use super::state::{Change, Ending, Failure, Wanted};

const INTERVAL: Duration = Duration::from_secs(1);
/// How many jobs are forgotten between two looks at anything else.
const REMOVALS: usize = 1000;

/// Looks after the jobs until the server ends.
pub(super) async fn upkeep(core: Arc<Core>) {
    let mut interval = tokio::time::interval(INTERVAL);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut cleared: Option<Instant> = None;
    while !core.is_closing.load(Ordering::Relaxed) {
        interval.tick().await;
        core.do_what_is_wanted().await;
        core.end_what_is_overdue().await;
        // With a short retention often, with a long one every minute.
        let pause = (core.settings.retention / 10).clamp(INTERVAL, Duration::from_secs(60));
        if cleared.is_none_or(|at| at.elapsed() >= pause) {
            core.clear_away().await;
            cleared = Some(Instant::now());
        }
    }
}

impl Core {
    async fn do_what_is_wanted(self: &Arc<Self>) {
        let wanted = match self.store.wanted().await {
            Ok(wanted) => wanted,
            Err(error) => {
                self.figures.count_store_error();
                return tracing::warn!("the database cannot be asked: {}", said_of(&error));
            }
        };
        let mut removals = Vec::new();
        for (key, wanted) in wanted {
            match (wanted, self.index.get(key)) {
                (Wanted::Abort, Some(Job::Live(live))) if !live.is_aborting() => self.make_end(&live),
                (Wanted::Removal, Some(Job::Ended(_)) | None) => removals.push(key),
                _ => {}
            }
        }
        // Together: each alone would be a transaction of its own.
        for some in removals.chunks(REMOVALS) {
            self.forget(some).await;
        }
    }

    async fn end_what_is_overdue(self: &Arc<Self>) {
        let Some(limit) = self.settings.queue_timeout else { return };
        for live in self.queue.overdue(limit) {
            if self.queue.withdraw(&live) {
                let why = format!("it has waited for longer than it may, {limit:?} (QUEUE_TIMEOUT)");
                let core = Arc::clone(self);
                // Aside, for on a full disk it takes until there is room, and that is made here.
                tokio::spawn(async move {
                    core.end(&live, live.attempt(), Ending::Failed(Failure::new(why))).await;
                });
            }
        }
    }

    async fn clear_away(self: &Arc<Self>) {
        let retention = i64::try_from(self.settings.retention.as_millis()).unwrap_or(i64::MAX);
        let old = self.index.ended_before(clock::steady().saturating_sub(retention));
        if old.is_empty() {
            return;
        }
        for some in old.chunks(REMOVALS) {
            self.forget(some).await;
        }
        tracing::info!("{} executions were cleared away, {:?} after their end", old.len(), self.settings.retention);
    }

    /// Forgets jobs that have ended: first their folders, for what is recorded is tried again.
    async fn forget(self: &Arc<Self>, keys: &[JobKey]) {
        let folders: Vec<_> = keys.iter().map(|&key| self.folders.of(key)).collect();
        let remove = move || {
            for folder in folders {
                if let Err(error) = folder.remove() {
                    tracing::warn!(folder = %folder.path().display(), "a folder cannot be removed: {error}");
                }
            }
        };
        if tokio::task::spawn_blocking(remove).await.is_err() {
            return;
        }
        let removals = keys.iter().map(|&key| (key, self.writer.clone()));
        let removals: Vec<_> = removals
            .map(|(key, writer)| (key, tokio::spawn(async move { writer.commit(Change::Remove { key }).await })))
            .collect();
        for (key, removal) in removals {
            match removal.await {
                Ok(Ok(_)) => self.index.remove(key),
                Ok(Err(error)) => return tracing::warn!("jobs cannot be cleared away: {}", said_of(&*error)),
                Err(_) => return,
            }
        }
    }
}
