//! A job that has not ended: what is known of it, and the page that shows it.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use tokio::sync::SetOnce;
use tokio_util::sync::CancellationToken;
use tracing::Span;

use super::clock::Instant;
use super::executor::Executor;
use super::figures::ServiceFigures;
use super::folder::{Folder, LONGEST};
use super::id::{Digest, JobKey};
use super::methods::Closure;
use super::page::{Phase, StatusPage};
use super::report::{Begun, Told};
use super::state::Record;
use super::watch::Seen;
use crate::origin::Trace;
use crate::types::{ServiceId, SessionToken, base64};

/// After this time a page is sent again though it has not changed: the answer that brought it may
/// have got lost on its way.
pub(crate) const AGAIN: Duration = Duration::from_secs(60);
/// A page tells how much time has passed, so it is made anew when it is sent and older than this.
const FRESH: Duration = Duration::from_secs(1);
/// The messages of one attempt, in bytes together, whether they were taken or not: each of those who
/// read them counts from the first.
const MESSAGES: usize = 1 << 20;
/// Longer requests are fetched from the store when their time comes.
const SHORT_REQUEST: usize = 4 << 10;

/// The file with its place in a trace.
const TRACE: &str = "traceparent";

/// A job that has not ended.
pub(crate) struct Live {
    pub(crate) key: JobKey,
    pub(crate) service: Arc<str>,
    pub(crate) service_id: ServiceId,
    /// The name of the start operation.
    pub(crate) method: Arc<str>,
    pub(crate) owner: Digest,
    pub(crate) request: Digest,
    pub(crate) executor: Executor,
    pub(crate) queued: Begun,
    /// Of its service.
    pub(crate) figures: Arc<ServiceFigures>,
    /// Whether it could be recorded, once that is known. Only then is it accepted.
    pub(crate) recorded: SetOnce<bool>,
    /// Cancelled when it is to end.
    pub(crate) cancelled: CancellationToken,
    /// Cancelled when it has ended, and that is recorded.
    pub(crate) over: CancellationToken,
    /// In the queue; 0 before it was in it.
    number: AtomicU64,
    /// What the call that started it belongs to.
    trace: OnceLock<Trace>,
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    attempt: u32,
    begun: Option<Begun>,
    /// When it was queued again, for an attempt was lost.
    queued_again: Option<Instant>,
    is_aborting: bool,
    /// No server saw how its attempt went to the end, and when.
    is_unwatched: bool,
    /// It was told to end, has been given up, and a thread of it does not hear.
    goes_on: bool,
    told: Told,
    /// The method's own page.
    page: Option<String>,
    /// The version that it came with.
    page_version: u64,
    log: Vec<String>,
    messages: Vec<String>,
    has_folder: bool,
    seen: Seen,
    token: SessionToken,
    request: Option<Arc<str>>,
    closure: Option<Closure>,
    /// Counts what changes the page.
    version: u64,
    answered: Option<(Stamp, Instant)>,
    rendered: Option<(Stamp, Instant, Arc<str>)>,
}

/// What a page shows, but for the time: the version, and the place in the queue. Of a page of the
/// method's own, which shows none of the rest, only when it came.
type Stamp = (u64, Option<usize>);

/// What a poll is told of a job that has not ended.
#[derive(Debug)]
pub(crate) enum Shown {
    /// A page, in base64.
    Page(Arc<str>),
    /// The same as the last time.
    Unchanged,
}

/// Whether a poll can do without a page that it has seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pages {
    Always,
    WhenChanged,
}

impl Live {
    pub(crate) fn new(record: &Record, executor: Executor, queued: Begun, figures: Arc<ServiceFigures>) -> Self {
        let inner = Inner { attempt: record.attempt, ..Inner::default() };
        Self {
            key: record.key,
            service: Arc::clone(&figures.name),
            service_id: ServiceId::new(&record.service_id),
            method: Arc::from(&*record.method),
            owner: record.owner,
            request: record.request,
            executor,
            queued,
            figures,
            recorded: SetOnce::new(),
            cancelled: CancellationToken::new(),
            over: CancellationToken::new(),
            number: AtomicU64::new(0),
            trace: OnceLock::new(),
            inner: Mutex::new(inner),
        }
    }

    /// What it needs to run: the token, the arguments if they are short, and what is run, if that is no method.
    pub(crate) fn equip(&self, token: SessionToken, request: &str, closure: Option<Closure>) {
        let mut inner = self.lock();
        inner.request = (request.len() <= SHORT_REQUEST).then(|| Arc::from(request));
        (inner.token, inner.closure) = (token, closure);
    }

    pub(crate) fn token(&self) -> SessionToken {
        self.lock().token.clone()
    }

    /// It was recorded by an earlier server, and may have a folder with what it needs.
    pub(crate) fn take_up(&self, folder: &Folder) {
        let token = folder.read("token", LONGEST).ok().flatten();
        let trace = folder.read(TRACE, LONGEST).ok().flatten();
        self.set_trace(trace.and_then(|trace| Trace::parse(&trace)));
        let mut inner = self.lock();
        inner.has_folder = folder.exists();
        inner.token = token.map(SessionToken::new).unwrap_or_default();
    }

    /// To be told once.
    pub(crate) fn set_trace(&self, trace: Option<Trace>) {
        if let Some(trace) = trace {
            let _ = self.trace.set(trace);
        }
    }

    pub(crate) fn trace(&self) -> Option<&Trace> {
        self.trace.get()
    }

    /// Has the next server know it as well.
    pub(crate) fn keep_trace(&self, folder: &Folder) -> io::Result<()> {
        self.trace().map_or(Ok(()), |trace| folder.write(TRACE, trace.as_str()))
    }

    /// For what the server says of it, where that names the execution already.
    pub(crate) fn span(&self) -> Span {
        match self.trace() {
            Some(trace) => tracing::error_span!(parent: None, "job", trace_id = trace.id()),
            None => Span::none(),
        }
    }

    pub(crate) fn take_request(&self) -> Option<Arc<str>> {
        self.lock().request.take()
    }

    pub(crate) fn take_closure(&self) -> Option<Closure> {
        self.lock().closure.take()
    }

    pub(crate) fn attempt(&self) -> u32 {
        self.lock().attempt
    }

    /// An attempt begins, or, if it did before this server was there, is taken up.
    pub(crate) fn begin(&self, attempt: u32, begun: Begun) {
        let mut inner = self.lock();
        inner.attempt = attempt;
        inner.begun = Some(begun);
        inner.version += 1;
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.lock().begun.is_some()
    }

    /// It waits again, and nothing of the attempt that was lost counts any more.
    pub(crate) fn begin_again(&self) {
        let mut inner = self.lock();
        let token = std::mem::take(&mut inner.token);
        let Inner { attempt, version, has_folder, is_aborting, .. } = *inner;
        let (version, queued_again) = (version + 1, Some(Instant::now()));
        *inner = Inner { attempt, version, queued_again, has_folder, is_aborting, token, ..Inner::default() };
    }

    /// Nobody knows when its attempt ended: there was no server.
    pub(crate) fn set_unwatched(&self) {
        self.lock().is_unwatched = true;
    }

    /// How long its attempt has run, if one has begun and that is known.
    pub(crate) fn ran(&self) -> Option<Duration> {
        let inner = self.lock();
        inner.begun.filter(|_| !inner.is_unwatched).map(|begun| begun.instant.elapsed())
    }

    /// Since when it has waited, if it waits.
    pub(crate) fn waits_since(&self) -> Instant {
        self.lock().queued_again.unwrap_or(self.queued.instant)
    }

    /// Its number in the queue, if it was ever in it.
    pub(crate) fn number(&self) -> Option<u64> {
        Some(self.number.load(Ordering::Relaxed)).filter(|&number| number > 0)
    }

    pub(crate) fn set_number(&self, number: u64) {
        self.number.store(number, Ordering::Relaxed);
    }

    /// From now on it is to end.
    pub(crate) fn want_abort(&self) {
        self.set(|inner| &mut inner.is_aborting, true);
    }

    pub(crate) fn is_aborting(&self) -> bool {
        self.lock().is_aborting
    }

    pub(crate) fn goes_on(&self) -> bool {
        self.lock().goes_on
    }

    pub(crate) fn set_goes_on(&self) {
        self.lock().goes_on = true;
    }

    /// Takes in what the method says.
    pub(crate) fn tell(&self, fraction: Option<f64>, message: Option<&str>) {
        let mut inner = self.lock();
        if inner.told.take_in(fraction, message) {
            inner.version += 1;
        }
    }

    /// The same from its file.
    pub(crate) fn set_told(&self, told: Told) {
        self.set(|inner| &mut inner.told, told);
    }

    pub(crate) fn show(&self, page: String) {
        let mut inner = self.lock();
        if inner.page.as_ref() != Some(&page) {
            inner.page = Some(page);
            inner.version += 1;
            inner.page_version = inner.version;
        }
    }

    pub(crate) fn set_log(&self, log: Vec<String>) {
        self.set(|inner| &mut inner.log, log);
    }

    fn set<T: PartialEq>(&self, field: fn(&mut Inner) -> &mut T, value: T) {
        let mut inner = self.lock();
        if *field(&mut inner) != value {
            *field(&mut inner) = value;
            inner.version += 1;
        }
    }

    /// Whether there is room for the message.
    pub(crate) fn push_message(&self, message: &str) -> bool {
        let mut inner = self.lock();
        let waiting: usize = inner.messages.iter().map(|message| message.len() + 32).sum();
        let has_room = waiting + message.len() <= MESSAGES;
        if has_room {
            inner.messages.push(message.to_owned());
        }
        has_room
    }

    pub(crate) fn messages_from(&self, taken: usize) -> Vec<String> {
        self.lock().messages.get(taken..).unwrap_or_default().to_vec()
    }

    /// Makes its folder, which from then on is looked at.
    pub(crate) fn make_folder(&self, folder: &Folder) -> io::Result<()> {
        if !self.lock().has_folder {
            folder.make()?;
            self.lock().has_folder = true;
        }
        Ok(())
    }

    pub(crate) fn has_folder(&self) -> bool {
        self.lock().has_folder
    }

    /// What of its folder was seen, for the one who looks.
    pub(crate) fn take_seen(&self) -> Seen {
        std::mem::take(&mut self.lock().seen)
    }

    pub(crate) fn put_seen(&self, seen: Seen) {
        self.lock().seen = seen;
    }

    /// What a poll is told; `place` is that in the queue, from 1.
    pub(crate) fn answer(&self, place: Option<usize>, pages: Pages) -> Shown {
        let now = Instant::now();
        let mut inner = self.lock();
        // One that has left the queue runs no more than before until that is recorded.
        let place = place.or_else(|| inner.begun.is_none().then_some(1));
        let stamp = if inner.page.is_some() { (inner.page_version, None) } else { (inner.version, place) };
        let is_known = inner.answered.is_some_and(|(last, at)| last == stamp && now.duration_since(at) < AGAIN);
        if pages == Pages::WhenChanged && is_known {
            return Shown::Unchanged;
        }
        inner.answered = Some((stamp, now));
        let is_fresh = |at: Instant| inner.page.is_some() || now.duration_since(at) < FRESH;
        if let Some((_, _, page)) = inner.rendered.as_ref().filter(|(last, at, _)| *last == stamp && is_fresh(*at)) {
            return Shown::Page(Arc::clone(page));
        }
        let page = match &inner.page {
            Some(page) => base64(page),
            None => base64(self.page(&inner, place, now).render()),
        };
        let page = Arc::from(page);
        inner.rendered = Some((stamp, now, Arc::clone(&page)));
        Shown::Page(page)
    }

    fn page<'a>(&'a self, inner: &'a Inner, place: Option<usize>, now: Instant) -> StatusPage<'a> {
        let phase = match (inner.is_aborting, place) {
            (true, _) => Phase::Aborting,
            (false, Some(place)) => Phase::Queued { place },
            (false, None) => Phase::Running,
        };
        let queued = inner.queued_again.unwrap_or(self.queued.instant);
        let elapsed = now.duration_since(inner.begun.map_or(queued, |begun| begun.instant));
        // All of it is there only with the outputs.
        let fraction = f64::from(inner.told.permille.min(990)) / 1000.0;
        StatusPage {
            service: &self.service,
            phase,
            fraction: Some(fraction),
            message: inner.told.message.as_deref(),
            elapsed: Some(elapsed),
            remaining: remaining(elapsed, fraction).filter(|_| phase == Phase::Running),
            log: &inner.log,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing that runs under the lock leaves it half-done.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long it will still take if it goes on as it did, once that is more than a guess.
fn remaining(elapsed: Duration, fraction: f64) -> Option<Duration> {
    let is_guess = fraction < 0.01 || elapsed < Duration::from_secs(2);
    let seconds = elapsed.as_secs_f64() * (1.0 - fraction) / fraction;
    (!is_guess).then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}
