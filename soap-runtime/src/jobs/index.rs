//! All jobs that are known, in memory: polls ask nobody else.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Instant;

use super::id::{Digest, JobKey};
use super::live::{AGAIN, Live};
use super::state::{Ending, Failure, Record, Timestamp};

/// The jobs by their keys. There may be a million, nearly all of which have ended.
#[derive(Default)]
pub(crate) struct Index {
    jobs: RwLock<HashMap<JobKey, Job>>,
}

/// A job that is known. One word and a tag, for there are many.
#[derive(Clone)]
pub(crate) enum Job {
    Live(Arc<Live>),
    Ended(Arc<Ended>),
}

/// What is kept in memory of a job that has ended.
pub(crate) struct Ended {
    pub(crate) key: JobKey,
    pub(crate) owner: Digest,
    pub(crate) request: Digest,
    pub(crate) ended_at: Timestamp,
    /// Nothing if it is too long to be kept here.
    ending: Option<ShortEnding>,
    /// When somebody was last shown how it ended, in seconds since the first was, from 1.
    shown: AtomicU32,
}

/// An [`Ending`] without room to grow.
enum ShortEnding {
    Completed(Box<str>),
    Failed(Box<Failure>),
    Aborted,
}

impl Ended {
    pub(crate) fn new(
        key: JobKey,
        owner: Digest,
        request: Digest,
        ended_at: Timestamp,
        ending: Option<&Ending>,
    ) -> Self {
        let ending = ending.and_then(ShortEnding::of);
        Self { key, owner, request, ended_at, ending, shown: AtomicU32::new(0) }
    }

    pub(crate) fn ending(&self) -> Option<Ending> {
        Some(match self.ending.as_ref()? {
            ShortEnding::Completed(outputs) => Ending::Completed(outputs.to_string()),
            ShortEnding::Failed(failure) => Ending::Failed((**failure).clone()),
            ShortEnding::Aborted => Ending::Aborted,
        })
    }

    /// Whether it is to be shown: it never was, or so long ago that the answer may have got lost.
    pub(crate) fn is_news(&self) -> bool {
        static BEGINNING: LazyLock<Instant> = LazyLock::new(Instant::now);
        let now = u32::try_from(BEGINNING.elapsed().as_secs()).unwrap_or(u32::MAX - 1) + 1;
        let shown = self.shown.load(Ordering::Relaxed);
        let is_news = shown == 0 || u64::from(now - shown) >= AGAIN.as_secs();
        if is_news {
            self.shown.store(now, Ordering::Relaxed);
        }
        is_news
    }
}

impl ShortEnding {
    fn of(ending: &Ending) -> Option<Self> {
        match ending {
            Ending::Completed(outputs) => {
                (outputs.len() <= Record::SHORT).then(|| Self::Completed(outputs.as_str().into()))
            }
            Ending::Failed(failure) => {
                let length = failure.reason.len() + failure.detail.as_ref().map_or(0, String::len);
                (length <= Record::SHORT).then(|| Self::Failed(Box::new(failure.clone())))
            }
            Ending::Aborted => Some(Self::Aborted),
        }
    }
}

impl Job {
    pub(crate) fn owner(&self) -> Digest {
        match self {
            Self::Live(live) => live.owner,
            Self::Ended(ended) => ended.owner,
        }
    }

    pub(crate) fn request(&self) -> Digest {
        match self {
            Self::Live(live) => live.request,
            Self::Ended(ended) => ended.request,
        }
    }
}

impl Index {
    pub(crate) fn get(&self, key: JobKey) -> Option<Job> {
        self.read().get(&key).cloned()
    }

    /// The job that has the key already, or this one takes it.
    pub(crate) fn claim(&self, live: &Arc<Live>) -> Option<Job> {
        let mut jobs = self.write();
        match jobs.entry(live.key) {
            std::collections::hash_map::Entry::Occupied(found) => Some(found.get().clone()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(Job::Live(Arc::clone(live)));
                None
            }
        }
    }

    pub(crate) fn insert(&self, key: JobKey, job: Job) {
        self.write().insert(key, job);
    }

    pub(crate) fn remove(&self, key: JobKey) {
        self.write().remove(&key);
    }

    pub(crate) fn contains(&self, key: JobKey) -> bool {
        self.read().contains_key(&key)
    }

    /// Those that ended before `then`.
    pub(crate) fn ended_before(&self, then: Timestamp) -> Vec<JobKey> {
        let jobs = self.read();
        let is_old = |job: &Job| matches!(job, Job::Ended(ended) if ended.ended_at < then);
        jobs.iter().filter(|(_, job)| is_old(job)).map(|(key, _)| *key).collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<JobKey, Job>> {
        self.jobs.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<JobKey, Job>> {
        self.jobs.write().unwrap_or_else(PoisonError::into_inner)
    }
}
