//! Jobs in memory: for tests, and for services that do not mind losing them.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{JobStore, StoreFuture};
use crate::jobs::id::JobKey;
use crate::jobs::state::{Change, Ending, Record, State, Wanted};

/// Jobs in memory. All is lost with it.
#[derive(Default)]
pub(crate) struct MemoryStore(Mutex<Jobs>);

#[derive(Default)]
struct Jobs {
    jobs: HashMap<JobKey, Job>,
    /// How many were ever inserted.
    inserted: u64,
}

struct Job {
    /// The first is 0.
    place: u64,
    /// With its ending, however long.
    record: Record,
    request: String,
}

impl MemoryStore {
    /// A panic cannot leave them in the middle of a change.
    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Jobs {
    fn carry_out(&mut self, change: &Change) -> bool {
        match change {
            Change::Insert(record, request) => self.insert(record, request),
            Change::Start { key, attempt, at } => self.change(*key, |job| {
                let fits = job.state == State::Queued && job.attempt.checked_add(1) == Some(*attempt);
                fits.then(|| (job.state, job.attempt, job.started_at) = (State::Running, *attempt, Some(*at)))
            }),
            Change::End { key, attempt, ending, at } => self.change(*key, |job| {
                let fits = !job.state.has_ended() && job.attempt == *attempt;
                fits.then(|| {
                    (job.state, job.ended_at, job.wanted) = (ending.state(), Some(*at), None);
                    job.ending = Some(ending.clone());
                })
            }),
            Change::Requeue { key, attempt } => self.change(*key, |job| {
                (job.state == State::Running && job.attempt == *attempt).then(|| job.state = State::Queued)
            }),
            Change::Want { key, wanted } => self.change(*key, |job| {
                (job.state.has_ended() == (*wanted == Wanted::Removal)).then(|| job.wanted = Some(*wanted))
            }),
            Change::Remove { key } => {
                let fits = self.jobs.get(key).is_some_and(|job| job.record.state.has_ended());
                fits && self.jobs.remove(key).is_some()
            }
        }
    }

    fn insert(&mut self, record: &Record, request: &str) -> bool {
        if self.jobs.contains_key(&record.key) {
            return false;
        }
        let job = Job { place: self.inserted, record: record.clone(), request: request.to_owned() };
        self.inserted += 1;
        self.jobs.insert(record.key, job);
        true
    }

    fn change(&mut self, key: JobKey, change: impl FnOnce(&mut Record) -> Option<()>) -> bool {
        self.jobs.get_mut(&key).and_then(|job| change(&mut job.record)).is_some()
    }
}

fn is_short(ending: &Ending) -> bool {
    let length = match ending {
        Ending::Completed(outputs) => outputs.len(),
        Ending::Failed(failure) => failure.reason.len() + failure.detail.as_ref().map_or(0, String::len),
        Ending::Aborted => 0,
    };
    length <= Record::SHORT
}

impl JobStore for MemoryStore {
    fn commit<'a>(&'a self, changes: &'a [Change]) -> StoreFuture<'a, Vec<bool>> {
        Box::pin(async move {
            let mut jobs = self.jobs();
            Ok(changes.iter().map(|change| jobs.carry_out(change)).collect())
        })
    }

    fn load<'a>(&'a self, each: &'a mut (dyn FnMut(Record) + Send)) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let jobs = self.jobs();
            let mut in_order: Vec<_> = jobs.jobs.values().collect();
            in_order.sort_unstable_by_key(|job| job.place);
            for job in in_order {
                let ending = job.record.ending.clone().filter(is_short);
                each(Record { ending, ..job.record.clone() });
            }
            Ok(())
        })
    }

    fn request(&self, key: JobKey) -> StoreFuture<'_, Option<String>> {
        Box::pin(async move { Ok(self.jobs().jobs.get(&key).map(|job| job.request.clone())) })
    }

    fn ending(&self, key: JobKey) -> StoreFuture<'_, Option<Ending>> {
        Box::pin(async move { Ok(self.jobs().jobs.get(&key).and_then(|job| job.record.ending.clone())) })
    }

    fn ping(&self) -> StoreFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    fn wanted(&self) -> StoreFuture<'_, Vec<(JobKey, Wanted)>> {
        Box::pin(async move {
            let jobs = self.jobs();
            Ok(jobs.jobs.iter().filter_map(|(key, job)| Some((*key, job.record.wanted?))).collect())
        })
    }
}
