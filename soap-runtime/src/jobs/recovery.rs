//! Taking up the jobs that an earlier server left, however it ended.
//!
//! What was recorded as ended is known again, what waited waits again. Of an attempt that was under
//! way the executor's traces tell: a process that lives is adopted, one that has ended has said how,
//! and one that never began never will, for this server takes its attempt away from it. The rest
//! is lost, and begins again or has failed.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument;

use super::attempt::Attempt;
use super::clock::{self, Instant};
use super::core::Core;
use super::ended::Ended;
use super::executor::{Executor, PATIENCE, process};
use super::live::Live;
use super::processes::{Identity, is_any_alive, kill_all, mark};
use super::report::Begun;
use super::state::{Record, State, Timestamp, Wanted};
use super::store::StoreError;

/// A process that has claimed its attempt says soon which one it is; as soon as the machine lets it.
const SOON: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

/// How many jobs were taken up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TakenUp {
    pub(super) ended: usize,
    pub(super) waiting: usize,
    pub(super) running: usize,
}

/// What became of an attempt while there was no server.
enum Found {
    NeverBegan,
    Runs(Identity),
    Gone,
}

impl Core {
    /// Takes up all that the store knows. What takes time goes on in the background.
    pub(super) async fn recover(self: &Arc<Self>) -> Result<TakenUp, StoreError> {
        let mut taken_up = TakenUp::default();
        let mut unfinished = Vec::new();
        self.store
            .load(&mut |record| match record.ended_at {
                Some(at) if record.state.has_ended() => {
                    taken_up.ended += 1;
                    let Record { key, owner, request, state, ending, .. } = record;
                    let ended_at = clock::steady_of(at);
                    self.index.end(&Ended { key, owner, request, ended_at, state, ending });
                }
                _ => unfinished.push(record),
            })
            .await?;
        for record in unfinished {
            match record.state {
                State::Running => taken_up.running += 1,
                _ => taken_up.waiting += 1,
            }
            self.take_up(record)?;
        }
        self.pump();
        Ok(taken_up)
    }

    fn take_up(self: &Arc<Self>, record: Record) -> Result<(), StoreError> {
        let executor = record.executor.parse().map_err(StoreError::Unusable)?;
        let queued = Begun { at: record.queued_at, instant: clock::instant_of(record.queued_at) };
        let live = Arc::new(Live::new(&record, executor, queued, self.figures.of(&record.service)));
        live.take_up(&self.folders.of(live.key));
        // It was accepted by an earlier server; nobody waits to hear so.
        let _ = live.recorded.set(true);
        self.index.take_up(&live);
        if record.state == State::Running {
            let at = record.started_at.unwrap_or(record.queued_at);
            live.begin(record.attempt, Begun { at, instant: clock::instant_of(at) });
            self.queue.adopt(&live);
            let (core, attempt, live, span) = (Arc::clone(self), record.attempt, Arc::clone(&live), live.span());
            tokio::spawn(async move { core.resume(live, attempt, at).await }.instrument(span));
        } else {
            self.queue.push(&live);
        }
        if record.wanted == Some(Wanted::Abort) {
            self.make_end(&live);
        }
        Ok(())
    }

    /// Goes on with an attempt that an earlier server began.
    async fn resume(self: Arc<Self>, live: Arc<Live>, attempt: u32, begun: Timestamp) {
        let found = match live.executor {
            Executor::Task => Ok(Found::Gone),
            Executor::Process => {
                let folder = self.folders.of(live.key);
                find(&Attempt::new(&folder, attempt), mark(folder.path())).await
            }
        };
        if !matches!(found, Ok(Found::Runs(_))) {
            live.set_unwatched();
        }
        match found {
            Ok(Found::NeverBegan) => self.requeue(&live, attempt, "the server was stopped before it began").await,
            Ok(Found::Runs(identity)) => {
                tracing::info!(serviceID = live.service_id.short(), pid = identity.pid, "a job's process is adopted");
                let so_far = identity.age();
                let instant = Instant::now().checked_sub(so_far).unwrap_or_else(Instant::now);
                live.begin(attempt, Begun { at: begun, instant });
                self.follow(&live, attempt, process::Process::adopted(identity), so_far).await;
            }
            Ok(Found::Gone) if live.executor == Executor::Process => {
                self.follow(&live, attempt, process::Process::gone(), Duration::ZERO).await;
            }
            Ok(Found::Gone) => {
                self.kill_leftovers(&[Arc::clone(&live)]).await;
                self.lost(&live, attempt, "the server that it ran in was stopped or has died").await;
            }
            Err(error) => {
                self.kill_leftovers(&[Arc::clone(&live)]).await;
                self.lost(&live, attempt, &format!("its files cannot be read: {error}")).await;
            }
        }
    }

    async fn follow(self: &Arc<Self>, live: &Arc<Live>, attempt: u32, process: process::Process, so_far: Duration) {
        let ended = process::follow(self, live, attempt, process, so_far).await;
        self.conclude(live, attempt, ended).await;
    }

    /// Kills what programs of jobs have left running that ran in a server.
    pub(super) async fn kill_leftovers(&self, of: &[Arc<Live>]) {
        let marks: Vec<_> = of.iter().map(|live| mark(self.folders.of(live.key).path())).collect();
        if marks.is_empty() {
            return;
        }
        let kill = move || kill_all(&marks, None, None, PATIENCE);
        if !tokio::task::spawn_blocking(kill).await.unwrap_or(false) {
            let ids: Vec<_> = of.iter().map(|live| live.service_id.short()).collect();
            tracing::warn!(serviceIDs = ids.join(" "), "processes that jobs have left cannot be killed");
        }
    }

    /// Removes folders that belong to no job: a server died between making one and recording it.
    pub(super) fn clear_orphans(&self) -> io::Result<usize> {
        let orphans: Vec<_> = self.folders.keys()?.into_iter().filter(|&key| !self.index.contains(key)).collect();
        orphans.iter().try_for_each(|&key| self.folders.of(key).remove())?;
        Ok(orphans.len())
    }
}

/// What became of an attempt in a process, of a job whose processes have this mark.
async fn find(attempt: &Attempt, mark: String) -> io::Result<Found> {
    // Should its process still be on its way, it finds that, and leaves. It is an error as well if there
    // is no folder: it was there before the attempt was recorded, so somebody has removed it, and nobody
    // knows how far the attempt came.
    if attempt.withdraw()? {
        return Ok(Found::NeverBegan);
    }
    let deadline = tokio::time::Instant::now() + SOON;
    loop {
        match attempt.process() {
            Some(identity) if identity.is_alive() => return Ok(Found::Runs(identity)),
            Some(_) => return Ok(Found::Gone),
            None => {}
        }
        let marks = [mark.clone()];
        let lives = tokio::task::spawn_blocking(move || is_any_alive(&marks)).await.unwrap_or(false);
        if !lives || tokio::time::Instant::now() >= deadline {
            return Ok(Found::Gone);
        }
        tokio::time::sleep(LOOK).await;
    }
}
