//! When jobs run, and what happens when they have.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tracing::Instrument;

use super::clock::{self, Instant};
use super::core::{Core, said_of};
use super::ended::Ended;
use super::executor::process::{self, Lost};
use super::executor::{Executor, task};
use super::id::JobKey;
use super::live::Live;
use super::report::Begun;
use super::settings::JobSettings;
use super::state::{Change, Ending, Failure};
use super::stopping::STOPPED;

/// How long until something that could not be recorded is tried again.
const AGAIN: Duration = Duration::from_secs(1);
/// How often a job is begun, if its attempts get lost.
const ATTEMPTS: u32 = 3;

/// Which jobs run, and which wait, in order.
#[derive(Default)]
pub(crate) struct Queue {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    running: HashMap<JobKey, Arc<Live>>,
    /// In the order of their numbers.
    waiting: VecDeque<(u64, Arc<Live>)>,
    /// Those on their way into the queue, for they are being recorded.
    entering: usize,
    next: u64,
    /// Nothing begins any more: what comes waits for the next server.
    is_closed: bool,
}

/// Whether there is a place for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It runs, as soon as it is recorded.
    Now,
    /// It waits.
    Later,
    /// There is none.
    Full,
}

impl Queue {
    /// Takes a place for a job that is about to be recorded.
    pub(super) fn admit(&self, live: &Arc<Live>, settings: &JobSettings) -> Admission {
        let mut inner = self.lock();
        let waiting = inner.waiting.len() + inner.entering;
        if !inner.is_closed && waiting == 0 && inner.running.len() < settings.max_running() {
            inner.running.insert(live.key, Arc::clone(live));
            Admission::Now
        } else if waiting < settings.max_queued {
            inner.entering += 1;
            Admission::Later
        } else {
            Admission::Full
        }
    }

    /// Has nothing begin any more.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
    }

    /// The place of a job that waits, the first of which is 1.
    pub(super) fn place(&self, live: &Live) -> Option<usize> {
        let number = live.number()?;
        let inner = self.lock();
        inner.waiting.binary_search_by_key(&number, |(number, _)| *number).ok().map(|at| at + 1)
    }

    pub(super) fn push(&self, live: &Arc<Live>) {
        let mut inner = self.lock();
        inner.next += 1;
        let number = inner.next;
        live.set_number(number);
        inner.waiting.push_back((number, Arc::clone(live)));
    }

    /// Whether it waited, and does not any more.
    pub(super) fn withdraw(&self, live: &Live) -> bool {
        let Some(number) = live.number() else { return false };
        let mut inner = self.lock();
        let found = inner.waiting.binary_search_by_key(&number, |(number, _)| *number);
        found.is_ok_and(|at| inner.waiting.remove(at).is_some())
    }

    /// The next one that may run; it has its place among the running then.
    fn next(&self, settings: &JobSettings) -> Option<Arc<Live>> {
        let mut inner = self.lock();
        if inner.is_closed || inner.running.len() >= settings.max_running() {
            return None;
        }
        let (_, live) = inner.waiting.pop_front()?;
        inner.running.insert(live.key, Arc::clone(&live));
        Some(live)
    }

    /// Those that run now.
    pub(super) fn running(&self) -> Vec<Arc<Live>> {
        self.lock().running.values().cloned().collect()
    }

    /// Those that have waited for longer than `limit`.
    pub(super) fn overdue(&self, limit: Duration) -> Vec<Arc<Live>> {
        let now = Instant::now();
        let is_overdue = |live: &Arc<Live>| now.duration_since(live.waits_since()) > limit;
        self.lock().waiting.iter().map(|(_, live)| live).filter(|live| is_overdue(live)).cloned().collect()
    }

    /// How many run, how many places of the queue are taken, and how long the first there has waited.
    pub(super) fn figures(&self) -> (usize, usize, Duration) {
        let inner = self.lock();
        let longest_wait = inner.waiting.front().map(|(_, live)| live.waits_since().elapsed());
        (inner.running.len(), inner.waiting.len() + inner.entering, longest_wait.unwrap_or_default())
    }

    /// An attempt of an earlier server that goes on has a place, whatever the limit.
    pub(super) fn adopt(&self, live: &Arc<Live>) {
        self.lock().running.insert(live.key, Arc::clone(live));
    }

    fn release(&self, live: &Live) {
        self.lock().running.remove(&live.key);
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Core {
    /// A job that was admitted and is recorded now takes its place in the queue.
    pub(super) fn enter(self: &Arc<Self>, live: &Arc<Live>) {
        self.queue.push(live);
        self.queue.lock().entering -= 1;
        if live.is_aborting() {
            // It was told to end before it could be found here.
            self.make_end(live);
        }
        self.pump();
    }

    /// A job that was admitted and could not be recorded gives its place back.
    pub(super) fn retract(self: &Arc<Self>, live: &Live, admission: Admission) {
        match admission {
            Admission::Now => self.queue.release(live),
            Admission::Later => self.queue.lock().entering -= 1,
            Admission::Full => {}
        }
        self.pump();
    }

    /// Begins what may begin.
    pub(super) fn pump(self: &Arc<Self>) {
        while let Some(live) = self.queue.next(&self.settings) {
            let core = Arc::clone(self);
            let span = live.span();
            tokio::spawn(async move { core.begin(live).await }.instrument(span));
        }
    }

    /// Records that an attempt begins, and begins it.
    async fn begin(self: Arc<Self>, live: Arc<Live>) {
        let attempt = live.attempt() + 1;
        loop {
            let change = Change::Start { key: live.key, attempt, at: clock::now() };
            match self.writer.commit(change).await {
                Ok(true) => return self.launch(&live, attempt),
                Ok(false) => return self.give_up(&live, "it was taken on by another server"),
                Err(_) if live.is_aborting() => return self.end(&live, live.attempt(), Ending::Aborted).await,
                Err(error) => {
                    tracing::warn!(serviceID = live.service_id.short(), "a job cannot begin: {}", said_of(&*error));
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
    }

    /// Runs an attempt that is recorded.
    pub(super) fn launch(self: &Arc<Self>, live: &Arc<Live>, attempt: u32) {
        self.figures.waits.count(live.waits_since().elapsed());
        live.begin(attempt, Begun { at: clock::now(), instant: Instant::now() });
        let (core, live, span) = (Arc::clone(self), Arc::clone(live), live.span());
        let run = async move {
            let ending = match live.executor {
                _ if live.is_aborting() => Ok(Ending::Aborted),
                Executor::Task => Ok(task::run(&core, &live, attempt).await),
                Executor::Process => process::run(&core, &live, attempt).await,
            };
            core.conclude(&live, attempt, ending).await;
        };
        tokio::spawn(run.instrument(span));
    }

    /// An attempt is over, one way or the other.
    pub(super) async fn conclude(self: &Arc<Self>, live: &Arc<Live>, attempt: u32, over: Result<Ending, Lost>) {
        match over {
            // Nobody wanted its end but a server that stops.
            Ok(Ending::Aborted) if !live.is_aborting() => self.lost(live, attempt, STOPPED).await,
            Ok(ending) => self.end(live, attempt, ending).await,
            Err(Lost(why)) => self.lost(live, attempt, &why).await,
        }
    }

    /// Tells a job to end.
    pub(super) fn make_end(self: &Arc<Self>, live: &Arc<Live>) {
        live.want_abort();
        if self.queue.withdraw(live) {
            let (core, live, span) = (Arc::clone(self), Arc::clone(live), live.span());
            tokio::spawn(async move { core.end(&live, live.attempt(), Ending::Aborted).await }.instrument(span));
        } else {
            live.cancelled.cancel();
        }
    }

    /// Records how a job ended; it is known to callers only then, and its place is free.
    pub(super) async fn end(self: &Arc<Self>, live: &Arc<Live>, attempt: u32, ending: Ending) {
        // What was told to end has not ended by itself, whatever it said last.
        let ending = if live.is_aborting() { Ending::Aborted } else { ending };
        if live.has_folder() {
            // Nobody needs it any more. What cannot be removed now goes with the folder.
            let _ = self.in_folder(live.key, |folder| folder.remove_file("token")).await;
        }
        let at = clock::now();
        loop {
            let change = Change::End { key: live.key, attempt, ending: ending.clone(), at };
            match self.writer.commit(change).await {
                Ok(true) => break,
                Ok(false) => return self.give_up(live, "its end was recorded by another server"),
                // The next server finds that this one is gone.
                Err(_) if self.is_closing.load(Ordering::Relaxed) => return,
                Err(error) => {
                    let id = live.service_id.short();
                    tracing::warn!(serviceID = id, "the end of a job cannot be recorded yet: {}", said_of(&*error));
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
        log_end(live, &ending);
        live.figures.count_end(&ending, live.ran());
        let (Live { key, owner, request, .. }, state) = (&**live, ending.state());
        let (key, owner, request, ended_at) = (*key, *owner, *request, clock::steady());
        self.index.end(&Ended { key, owner, request, ended_at, state, ending: Some(ending) });
        self.queue.release(live);
        live.over.cancel();
        self.pump();
    }

    /// Somebody else looks after it: the fence kept this server's change out.
    fn give_up(self: &Arc<Self>, live: &Live, why: &str) {
        // Of a job that this server has just let go of, its method may still come to its end.
        if !self.is_closing.load(Ordering::Relaxed) {
            tracing::error!(serviceID = live.service_id.short(), "a job is left alone: {why}");
        }
        self.queue.release(live);
        self.index.remove(live.key);
        live.over.cancel();
        self.pump();
    }

    /// An attempt is gone without a trace: the job waits again, if its method may begin again.
    pub(super) async fn lost(self: &Arc<Self>, live: &Arc<Live>, attempt: u32, why: &str) {
        let may_begin_again = self.may_requeue(live) && attempt < ATTEMPTS && !live.is_aborting();
        if !may_begin_again {
            return self.end(live, attempt, Ending::Failed(Failure::new(why))).await;
        }
        self.requeue(live, attempt, why).await;
    }

    /// Has a job wait again whose attempt did nothing, or may be made again.
    pub(super) async fn requeue(self: &Arc<Self>, live: &Arc<Live>, attempt: u32, why: &str) {
        tracing::info!(serviceID = live.service_id.short(), attempt, "a job is queued again: {why}");
        loop {
            match self.writer.commit(Change::Requeue { key: live.key, attempt }).await {
                Ok(true) => break,
                Ok(false) => return self.give_up(live, "it was queued again by another server"),
                Err(_) if self.is_closing.load(Ordering::Relaxed) => return,
                Err(error) => {
                    tracing::warn!("a job cannot be queued again yet: {}", said_of(&*error));
                    tokio::time::sleep(AGAIN).await;
                }
            }
        }
        live.figures.count_requeued();
        live.begin_again();
        self.queue.release(live);
        self.queue.push(live);
        if live.is_aborting() {
            self.make_end(live);
        }
        self.pump();
    }
}

fn log_end(live: &Live, ending: &Ending) {
    let (service, id) = (&*live.service, live.service_id.short());
    match ending {
        Ending::Completed(_) => tracing::info!(service, serviceID = id, "completed"),
        Ending::Aborted => tracing::info!(service, serviceID = id, "aborted"),
        Ending::Failed(failure) => tracing::warn!(service, serviceID = id, reason = failure.reason, "failed"),
    }
}
