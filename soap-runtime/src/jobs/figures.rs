//! What jobs amount to, in numbers: what has happened is counted here, how things stand is asked.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::core::{Core, Standing};
use super::live::Shown;
use super::state::{Ending, State};
use crate::times::Times;

/// From half a millisecond, a fast disk, to ten seconds, when callers have given up.
const COMMITS: &[u64] = &[
    500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000,
    10_000_000,
];

/// From a tenth of a second to three days: of jobs nobody wants to know it better.
const LONG: &[u64] = &[
    100_000,
    1_000_000,
    10_000_000,
    60_000_000,
    300_000_000,
    1_800_000_000,
    3_600_000_000,
    14_400_000_000,
    43_200_000_000,
    86_400_000_000,
    259_200_000_000,
];

/// What has happened to the jobs of a program since it began.
#[derive(Debug)]
pub(crate) struct Figures {
    services: Mutex<Vec<Arc<ServiceFigures>>>,
    /// How long jobs waited until an attempt began.
    pub(crate) waits: Times,
    /// How long transactions of the store took, whatever came of them.
    pub(crate) commits: Times,
    store_errors: AtomicU64,
}

/// The same for one service. Whoever counts has it at hand, and need not look for it.
#[derive(Debug)]
pub(crate) struct ServiceFigures {
    pub(crate) name: Arc<str>,
    accepted: AtomicU64,
    requeued: AtomicU64,
    ended: [AtomicU64; State::ENDS.len()],
    polls: [AtomicU64; PollAnswer::ALL.len()],
    /// How long attempts ran that ended the job.
    pub(crate) runs: Times,
}

/// What a poll was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PollAnswer {
    Page,
    Unchanged,
    Completed,
    Failed,
    Aborted,
    /// That there is no such job, or that it is somebody else's: callers cannot tell either.
    Unknown,
    /// That the answer cannot be given.
    Error,
}

/// How things stand at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stock {
    pub(crate) queued: usize,
    pub(crate) running: usize,
    /// Those that are known still, in the order of [`State::ENDS`].
    pub(crate) ended: [usize; State::ENDS.len()],
    /// How many places of the queue are taken.
    pub(crate) queue: usize,
    pub(crate) queue_limit: usize,
    pub(crate) running_limit: usize,
    /// How long the first in the queue has waited.
    pub(crate) longest_wait: Duration,
}

impl State {
    /// Those in which a job stays.
    pub(crate) const ENDS: [Self; 3] = [Self::Completed, Self::Failed, Self::Aborted];

    /// Its place among [`State::ENDS`].
    pub(super) fn end(self) -> Option<usize> {
        Self::ENDS.iter().position(|end| *end == self)
    }
}

impl PollAnswer {
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::Page, "page"),
        (Self::Unchanged, "unchanged"),
        (Self::Completed, "completed"),
        (Self::Failed, "failed"),
        (Self::Aborted, "aborted"),
        (Self::Unknown, "unknown"),
        (Self::Error, "error"),
    ];
}

impl From<&Standing> for PollAnswer {
    fn from(standing: &Standing) -> Self {
        match standing {
            Standing::Live(Shown::Page(_)) => Self::Page,
            Standing::Live(Shown::Unchanged) => Self::Unchanged,
            Standing::Ended { ending: Ending::Completed(_), .. } => Self::Completed,
            Standing::Ended { ending: Ending::Failed(_), .. } => Self::Failed,
            Standing::Ended { ending: Ending::Aborted, .. } => Self::Aborted,
        }
    }
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            services: Mutex::default(),
            waits: Times::new(LONG),
            commits: Times::new(COMMITS),
            store_errors: AtomicU64::new(0),
        }
    }
}

impl Figures {
    /// Those of the service of this name, for whoever will count.
    pub(crate) fn of(&self, name: &str) -> Arc<ServiceFigures> {
        let mut services = self.lock();
        if let Some(found) = services.iter().find(|service| &*service.name == name) {
            return Arc::clone(found);
        }
        let service = Arc::new(ServiceFigures::new(name));
        services.push(Arc::clone(&service));
        service
    }

    /// Those of all services, but for one without a name that nobody has used.
    pub(crate) fn services(&self) -> Vec<Arc<ServiceFigures>> {
        let mut services = self.lock().clone();
        services.retain(|service| !service.name.is_empty() || service.is_used());
        services
    }

    pub(crate) fn count_store_error(&self) {
        add_one(&self.store_errors);
    }

    pub(crate) fn store_errors(&self) -> u64 {
        self.store_errors.load(Ordering::Relaxed)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<ServiceFigures>>> {
        self.services.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ServiceFigures {
    fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            accepted: AtomicU64::new(0),
            requeued: AtomicU64::new(0),
            ended: Default::default(),
            polls: Default::default(),
            runs: Times::new(LONG),
        }
    }

    fn is_used(&self) -> bool {
        let polled = self.polls.iter().any(|count| count.load(Ordering::Relaxed) > 0);
        polled || self.accepted() > 0
    }

    pub(super) fn count_accepted(&self) {
        add_one(&self.accepted);
    }

    /// Jobs that were recorded.
    pub(crate) fn accepted(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }

    pub(super) fn count_requeued(&self) {
        add_one(&self.requeued);
    }

    /// Attempts that were lost, after which the job waited again.
    pub(crate) fn requeued(&self) -> u64 {
        self.requeued.load(Ordering::Relaxed)
    }

    pub(super) fn count_end(&self, ending: &Ending, ran: Option<Duration>) {
        if let Some(at) = ending.state().end() {
            add_one(&self.ended[at]);
        }
        if let Some(ran) = ran {
            self.runs.count(ran);
        }
    }

    /// Jobs whose end this program has recorded.
    pub(crate) fn ended(&self) -> impl Iterator<Item = (State, u64)> {
        State::ENDS.into_iter().zip(self.ended.iter().map(|count| count.load(Ordering::Relaxed)))
    }

    pub(super) fn count_poll(&self, answer: PollAnswer) {
        if let Some(at) = PollAnswer::ALL.iter().position(|(known, _)| *known == answer) {
            add_one(&self.polls[at]);
        }
    }

    /// Polls by the word for what they were told.
    pub(crate) fn polls(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let words = PollAnswer::ALL.iter().map(|(_, word)| *word);
        words.zip(self.polls.iter().map(|count| count.load(Ordering::Relaxed)))
    }
}

fn add_one(count: &AtomicU64) {
    count.fetch_add(1, Ordering::Relaxed);
}

impl Core {
    /// How things stand. It takes the same time whatever the number of jobs.
    pub(crate) fn stock(&self) -> Stock {
        let (live, ended) = self.index.counts();
        let (running, queue, longest_wait) = self.queue.figures();
        Stock {
            // One that was taken out of the queue is not over before that is recorded.
            queued: live.saturating_sub(running),
            running,
            ended,
            queue,
            queue_limit: self.settings.max_queued,
            running_limit: self.settings.max_running(),
            longest_wait,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::Counted;

    #[test]
    fn a_service_is_counted_in_one_place_whoever_counts() {
        let figures = Figures::default();
        figures.of("Waiter").count_accepted();
        figures.of("Waiter").count_accepted();
        figures.of("Mesher").count_requeued();
        let services = figures.services();
        let counts: Vec<_> =
            services.iter().map(|service| (&*service.name, service.accepted(), service.requeued())).collect();
        assert_eq!(counts, [("Waiter", 2, 0), ("Mesher", 0, 1)]);
    }

    #[test]
    fn a_service_without_a_name_is_told_of_once_somebody_used_it() {
        let figures = Figures::default();
        let nameless = figures.of("");
        assert!(figures.services().is_empty());
        nameless.count_poll(PollAnswer::Unknown);
        assert_eq!(figures.services().len(), 1);
    }

    #[test]
    fn each_answer_and_each_end_has_a_count_of_its_own() {
        let service = ServiceFigures::new("Waiter");
        for (at, (answer, _)) in PollAnswer::ALL.into_iter().enumerate() {
            (0..=at).for_each(|_| service.count_poll(answer));
        }
        let polls: Vec<_> = service.polls().collect();
        let words = ["page", "unchanged", "completed", "failed", "aborted", "unknown", "error"];
        assert_eq!(polls, words.into_iter().zip(1..).collect::<Vec<_>>());
        service.count_end(&Ending::Completed(String::new()), Some(Duration::from_secs(2)));
        service.count_end(&Ending::Aborted, None);
        let ended: Vec<_> = service.ended().collect();
        assert_eq!(ended, [(State::Completed, 1), (State::Failed, 0), (State::Aborted, 1)]);
        assert_eq!(Counted::of([&service.runs]).count(), 1, "what never ran took no time");
    }
}
