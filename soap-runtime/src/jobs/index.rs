//! All jobs that are known, in memory: polls ask nobody else.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::ended::{Ended, EndedJobs};
use super::id::{Digest, JobKey};
use super::live::Live;
use super::state::{State, Timestamp};

/// The jobs by their keys.
#[derive(Default)]
pub(crate) struct Index {
    jobs: RwLock<Jobs>,
}

/// Those that have not ended are few, and polled often: so they are by themselves.
#[derive(Default)]
struct Jobs {
    live: HashMap<JobKey, Arc<Live>>,
    ended: EndedJobs,
}

/// A job that is known.
pub(crate) enum Job {
    Live(Arc<Live>),
    Ended(Ended),
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

impl Jobs {
    fn get(&self, key: JobKey) -> Option<Job> {
        match self.live.get(&key) {
            Some(live) => Some(Job::Live(Arc::clone(live))),
            None => self.ended.get(key).map(Job::Ended),
        }
    }
}

impl Index {
    pub(crate) fn get(&self, key: JobKey) -> Option<Job> {
        self.read().get(key)
    }

    /// The job that has the key already, or this one takes it.
    pub(crate) fn claim(&self, live: &Arc<Live>) -> Option<Job> {
        let mut jobs = self.write();
        let found = jobs.get(live.key);
        if found.is_none() {
            jobs.live.insert(live.key, Arc::clone(live));
        }
        found
    }

    /// A job that has not ended.
    pub(crate) fn take_up(&self, live: &Arc<Live>) {
        self.write().live.insert(live.key, Arc::clone(live));
    }

    /// A job has ended, or is known to have.
    pub(crate) fn end(&self, ended: &Ended) {
        let mut jobs = self.write();
        jobs.ended.insert(ended);
        jobs.live.remove(&ended.key);
    }

    pub(crate) fn remove(&self, key: JobKey) {
        let mut jobs = self.write();
        jobs.live.remove(&key);
        jobs.ended.remove(key);
    }

    pub(crate) fn contains(&self, key: JobKey) -> bool {
        let jobs = self.read();
        jobs.live.contains_key(&key) || jobs.ended.contains(key)
    }

    /// Whether it is to be shown how this one ended: it never was, or so long ago that the answer may
    /// have got lost.
    pub(crate) fn is_news(&self, ended: &Ended) -> bool {
        self.read().ended.is_news(ended.key)
    }

    /// How many have not ended, and how many have in each of [`State::ENDS`].
    pub(crate) fn counts(&self) -> (usize, [usize; State::ENDS.len()]) {
        let jobs = self.read();
        (jobs.live.len(), jobs.ended.counts())
    }

    /// Those that ended before `then`, by `clock::steady`.
    pub(crate) fn ended_before(&self, then: Timestamp) -> Vec<JobKey> {
        self.read().ended.before(then)
    }

    fn read(&self) -> RwLockReadGuard<'_, Jobs> {
        self.jobs.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Jobs> {
        self.jobs.write().unwrap_or_else(PoisonError::into_inner)
    }
}
