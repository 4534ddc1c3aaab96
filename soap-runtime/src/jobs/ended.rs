//! The jobs that have ended, packed: there may be a million of them.
//!
//! They lie in blocks, each with one text for all of its jobs, in the order in which they came. So
//! there is little around each; and one that stays for days takes no place between things that come
//! and go, where gaps would be left that nothing else fits into. They ended in nearly the same order,
//! and the oldest go block by block.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicU32, Ordering};

use super::clock;
use super::id::{Digest, JobKey};
use super::live::AGAIN;
use super::state::{Ending, Failure, Record, State, Timestamp};
use crate::fault::FaultCode;

/// How many jobs are in a block.
const BLOCK: usize = 1024;

/// What is kept in memory of a job that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) key: JobKey,
    pub(crate) owner: Digest,
    pub(crate) request: Digest,
    pub(crate) ended_at: Timestamp,
    pub(crate) state: State,
    /// Nothing if it is too long to be kept here.
    pub(crate) ending: Option<Ending>,
}

#[derive(Default)]
pub(super) struct EndedJobs {
    /// By the number that a job got when it came.
    numbers: HashMap<JobKey, u64>,
    blocks: VecDeque<Block>,
    /// How many are known in each of [`State::ENDS`]: there is nobody who would count a million of them.
    counts: [usize; State::ENDS.len()],
    /// How many blocks were before the first.
    gone: u64,
}

#[derive(Default)]
struct Block {
    jobs: Vec<Packed>,
    texts: String,
    /// How many of the jobs are known still.
    known: usize,
    /// When the first of them ended.
    oldest: Timestamp,
}

struct Packed {
    key: JobKey,
    owner: Digest,
    request: Digest,
    ended_at: Timestamp,
    /// Where its texts begin.
    start: u32,
    /// When somebody was last shown how it ended, in seconds; 0 if nobody was.
    shown: AtomicU32,
    ending: Option<PackedEnding>,
    state: State,
    is_known: bool,
}

/// An [`Ending`] with the lengths of its texts.
#[derive(Clone, Copy)]
enum PackedEnding {
    Completed { outputs: u8 },
    Failed { code: FaultCode, reason: u8, detail: Option<u8> },
    Aborted,
}

impl EndedJobs {
    pub(super) fn insert(&mut self, ended: &Ended) {
        if self.blocks.back().is_none_or(Block::is_full) {
            self.blocks.push_back(Block::new());
        }
        let at = self.blocks.len() - 1;
        let block = &mut self.blocks[at];
        let number = (self.gone + at as u64) * BLOCK as u64 + block.jobs.len() as u64;
        block.push(ended);
        if let Some(count) = ended.state.end() {
            self.counts[count] += 1;
        }
        if let Some(before) = self.numbers.insert(ended.key, number) {
            self.forget(before);
        }
    }

    pub(super) fn get(&self, key: JobKey) -> Option<Ended> {
        let (block, job) = self.find(key)?;
        Some(block.unpack(job))
    }

    pub(super) fn contains(&self, key: JobKey) -> bool {
        self.numbers.contains_key(&key)
    }

    pub(super) fn remove(&mut self, key: JobKey) {
        if let Some(number) = self.numbers.remove(&key) {
            self.forget(number);
        }
    }

    /// Whether it is to be shown how this one ended: it never was, or so long ago that the answer may
    /// have got lost.
    pub(super) fn is_news(&self, key: JobKey) -> bool {
        self.find(key).is_none_or(|(_, job)| job.is_news())
    }

    /// How many there are in each of [`State::ENDS`].
    pub(super) fn counts(&self) -> [usize; State::ENDS.len()] {
        self.counts
    }

    /// Those that ended before `then`.
    pub(super) fn before(&self, then: Timestamp) -> Vec<JobKey> {
        let blocks = self.blocks.iter().filter(|block| block.known > 0 && block.oldest < then);
        let jobs = blocks.flat_map(|block| &block.jobs);
        jobs.filter(|job| job.is_known && job.ended_at < then).map(|job| job.key).collect()
    }

    fn find(&self, key: JobKey) -> Option<(&Block, &Packed)> {
        let (block, at) = self.place(*self.numbers.get(&key)?);
        let block = &self.blocks[block];
        Some((block, &block.jobs[at]))
    }

    /// Which block, and where in it.
    fn place(&self, number: u64) -> (usize, usize) {
        let block = number / BLOCK as u64 - self.gone;
        (block as usize, (number % BLOCK as u64) as usize)
    }

    fn forget(&mut self, number: u64) {
        let (block, at) = self.place(number);
        let block = &mut self.blocks[block];
        block.jobs[at].is_known = false;
        block.known -= 1;
        if let Some(count) = block.jobs[at].state.end() {
            self.counts[count] -= 1;
        }
        if block.known == 0 && block.is_full() {
            (block.texts, block.jobs) = Default::default();
        }
        while self.blocks.front().is_some_and(Block::is_done) {
            self.blocks.pop_front();
            self.gone += 1;
        }
    }
}

impl Block {
    fn new() -> Self {
        Self { jobs: Vec::with_capacity(BLOCK), oldest: Timestamp::MAX, ..Self::default() }
    }

    fn is_full(&self) -> bool {
        self.jobs.len() == BLOCK || self.is_done()
    }

    /// It was full, and all of it is forgotten.
    fn is_done(&self) -> bool {
        self.jobs.capacity() == 0
    }

    fn push(&mut self, ended: &Ended) {
        let start = self.texts.len() as u32;
        let ending = ended.ending.as_ref().and_then(|ending| PackedEnding::write(ending, &mut self.texts));
        let Ended { key, owner, request, ended_at, state, .. } = *ended;
        self.jobs.push(Packed {
            key,
            owner,
            request,
            ended_at,
            start,
            shown: AtomicU32::new(0),
            ending,
            state,
            is_known: true,
        });
        self.known += 1;
        self.oldest = self.oldest.min(ended_at);
        if self.is_full() {
            self.texts.shrink_to_fit();
        }
    }

    fn unpack(&self, job: &Packed) -> Ended {
        let Packed { key, owner, request, ended_at, start, ending, state, .. } = *job;
        let ending = ending.map(|ending| ending.read(&self.texts[start as usize..]));
        Ended { key, owner, request, ended_at, state, ending }
    }
}

impl Packed {
    fn is_news(&self) -> bool {
        let now = u32::try_from(clock::steady() / 1000).unwrap_or(u32::MAX);
        let shown = self.shown.load(Ordering::Relaxed);
        let is_news = shown == 0 || u64::from(now.saturating_sub(shown)) >= AGAIN.as_secs();
        if is_news {
            self.shown.store(now, Ordering::Relaxed);
        }
        is_news
    }
}

impl PackedEnding {
    /// Nothing, and nothing written, if it is too long.
    fn write(ending: &Ending, texts: &mut String) -> Option<Self> {
        const { assert!(Record::SHORT <= u8::MAX as usize) };
        let length = |text: &str| u8::try_from(text.len()).ok().filter(|&length| usize::from(length) <= Record::SHORT);
        match ending {
            Ending::Completed(outputs) => {
                let packed = Self::Completed { outputs: length(outputs)? };
                texts.push_str(outputs);
                Some(packed)
            }
            Ending::Failed(Failure { code, reason, detail }) => {
                let detail = detail.as_deref();
                let lengths = (length(reason)?, detail.map_or(Some(0), length)?);
                if usize::from(lengths.0) + usize::from(lengths.1) > Record::SHORT {
                    return None;
                }
                texts.push_str(reason);
                texts.push_str(detail.unwrap_or_default());
                Some(Self::Failed { code: *code, reason: lengths.0, detail: detail.map(|_| lengths.1) })
            }
            Ending::Aborted => Some(Self::Aborted),
        }
    }

    /// With texts from the start of `texts`.
    fn read(self, texts: &str) -> Ending {
        match self {
            Self::Completed { outputs } => Ending::Completed(texts[..outputs.into()].to_owned()),
            Self::Failed { code, reason, detail } => {
                let (reason, rest) = texts.split_at(reason.into());
                let detail = detail.map(|detail| rest[..detail.into()].to_owned());
                Ending::Failed(Failure { code, reason: reason.to_owned(), detail })
            }
            Self::Aborted => Ending::Aborted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(number: u64, ending: Option<Ending>) -> Ended {
        let id = number.to_string();
        let (owner, request) = (Digest::of(&id), Digest::of_request("start", &id));
        let state = ending.as_ref().map_or(State::Completed, Ending::state);
        Ended { key: JobKey::of("Waiter", &id), owner, request, ended_at: number as Timestamp, state, ending }
    }

    fn outputs(number: u64) -> Ended {
        ended(number, Some(Ending::Completed(format!("<tns:result>größe {number}</tns:result>"))))
    }

    #[test]
    fn an_ending_comes_back_if_it_is_short() {
        let failure = |reason: &str, detail: Option<&str>| {
            Ending::Failed(Failure {
                code: FaultCode::Client,
                reason: reason.to_owned(),
                detail: detail.map(str::to_owned),
            })
        };
        let (half, long) = ("x".repeat(64), "x".repeat(129));
        let short = [
            Ending::Completed(String::new()),
            Ending::Completed("ä".repeat(64)),
            Ending::Aborted,
            failure("", None),
            failure("no space", Some("")),
            failure(&half, Some(&half)),
        ];
        let too_long = [
            Ending::Completed(long.clone()),
            Ending::Completed("x".repeat(100_000)),
            failure(&long, None),
            failure("", Some(&long)),
            failure(&half, Some(&format!("{half}x"))),
        ];
        let mut jobs = EndedJobs::default();
        for (number, ending) in short.iter().chain(&too_long).enumerate() {
            jobs.insert(&ended(number as u64, Some(ending.clone())));
        }
        for (number, ending) in short.iter().enumerate() {
            let job = ended(number as u64, Some(ending.clone()));
            assert_eq!(jobs.get(job.key), Some(job));
        }
        for (number, ending) in (short.len()..).zip(too_long) {
            let job = Ended { ending: None, ..ended(number as u64, Some(ending)) };
            assert_eq!(jobs.get(job.key), Some(job));
        }
    }

    #[test]
    fn what_is_removed_is_gone_and_nothing_else_is() {
        let mut jobs = EndedJobs::default();
        let count = 5 * BLOCK as u64 + 7;
        let is_kept = |number: u64| number % BLOCK as u64 == 5 || number / BLOCK as u64 == 3;
        (0..count).for_each(|number| jobs.insert(&outputs(number)));
        for number in (0..count).rev().filter(|&number| !is_kept(number)) {
            jobs.remove(outputs(number).key);
            jobs.remove(outputs(number).key);
        }
        for number in 0..count {
            let job = outputs(number);
            assert_eq!(jobs.contains(job.key), is_kept(number), "{number}");
            assert_eq!(jobs.get(job.key), is_kept(number).then_some(job), "{number}");
        }
        (0..count).for_each(|number| jobs.remove(outputs(number).key));
        assert_eq!((jobs.numbers.len(), jobs.blocks.len(), jobs.gone), (0, 1, 5), "only the one that is filled stays");
        jobs.insert(&outputs(0));
        assert_eq!(jobs.get(outputs(0).key), Some(outputs(0)));
    }

    #[test]
    fn a_block_in_the_middle_is_freed() {
        let mut jobs = EndedJobs::default();
        (0..3 * BLOCK as u64).for_each(|number| jobs.insert(&outputs(number)));
        (BLOCK as u64..2 * BLOCK as u64).for_each(|number| jobs.remove(outputs(number).key));
        assert!(jobs.blocks[1].is_done() && jobs.blocks.len() == 3);
        assert_eq!(jobs.get(outputs(2 * BLOCK as u64).key), Some(outputs(2 * BLOCK as u64)));
        (0..BLOCK as u64).for_each(|number| jobs.remove(outputs(number).key));
        assert_eq!((jobs.blocks.len(), jobs.gone), (1, 2));
        assert_eq!(jobs.get(outputs(2 * BLOCK as u64).key), Some(outputs(2 * BLOCK as u64)));
    }

    #[test]
    fn those_that_ended_before_a_time_are_found_in_whatever_order_they_came() {
        let mut jobs = EndedJobs::default();
        let count = 2 * BLOCK as u64;
        (0..count).for_each(|number| jobs.insert(&outputs(number * 7 % count)));
        jobs.remove(outputs(3).key);
        let mut before = jobs.before(5);
        before.sort_unstable();
        let mut expected = [0, 1, 2, 4].map(|number| outputs(number).key);
        expected.sort_unstable();
        assert_eq!(before, expected);
    }

    #[test]
    fn they_are_counted_by_state_as_they_come_and_go() {
        let mut jobs = EndedJobs::default();
        let failed = |number| Ended { state: State::Failed, ..ended(number, None) };
        (0..2000).for_each(|number| jobs.insert(&outputs(number)));
        (2000..2003).for_each(|number| jobs.insert(&failed(number)));
        jobs.insert(&ended(2003, Some(Ending::Aborted)));
        assert_eq!(jobs.counts(), [2000, 3, 1], "also those whose ending is too long to be kept");
        for number in [0, 0, 1024, 2000, 9999] {
            jobs.remove(outputs(number).key);
        }
        assert_eq!(jobs.counts(), [1998, 2, 1]);
        (0..2004).for_each(|number| jobs.remove(outputs(number).key));
        assert_eq!(jobs.counts(), [0, 0, 0]);
    }

    #[test]
    fn a_key_stands_for_what_came_last() {
        let mut jobs = EndedJobs::default();
        jobs.insert(&outputs(1));
        let again = ended(1, Some(Ending::Aborted));
        jobs.insert(&again);
        assert_eq!(jobs.counts(), [0, 0, 1]);
        assert_eq!(jobs.get(again.key), Some(again.clone()));
        assert_eq!(jobs.before(2), [again.key]);
        assert!(jobs.is_news(again.key) && !jobs.is_news(again.key));
    }
}
