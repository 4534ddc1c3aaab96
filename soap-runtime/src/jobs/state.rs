//! The states of a job, and the changes from one to the next.
//!
//! ```text
//! queued → running → completed | failed | aborted
//!    ↑        │
//!    └─ lost ─┘
//! ```
//!
//! A change names the attempt that it belongs to. One that comes late, from an attempt that was
//! given up meanwhile, does not fit any more and is not carried out: that is the fence.

use std::fmt;
use std::str::FromStr;

use super::id::{Digest, JobKey};
use crate::fault::FaultCode;

/// Milliseconds since 1970, by the wall clock: for records and retention, never for deadlines.
pub(crate) type Timestamp = i64;

/// Where a job is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It waits for its turn.
    Queued,
    /// An attempt of it runs, or is about to.
    Running,
    /// It has its outputs.
    Completed,
    /// It has ended without.
    Failed,
    /// It was told to end.
    Aborted,
}

impl State {
    /// The words in the store, and for people.
    const WORDS: [(&str, Self); 5] = [
        ("queued", Self::Queued),
        ("running", Self::Running),
        ("completed", Self::Completed),
        ("failed", Self::Failed),
        ("aborted", Self::Aborted),
    ];

    pub(crate) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, state)| *state == self).map_or("", |(word, _)| word)
    }

    pub(crate) fn has_ended(self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Aborted)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|&(_, state)| state).ok_or_else(|| format!("`{word}` is no state of a job"))
    }
}

/// How a job ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With its outputs, as the XML that stands in the reply.
    Completed(String),
    /// Without, and why.
    Failed(Failure),
    /// Because it was told to.
    Aborted,
}

impl Ending {
    pub(crate) fn state(&self) -> State {
        match self {
            Self::Completed(_) => State::Completed,
            Self::Failed(_) => State::Failed,
            Self::Aborted => State::Aborted,
        }
    }
}

/// Why a job has no outputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// [`FaultCode::Client`] or [`FaultCode::Server`].
    pub(crate) code: FaultCode,
    /// For the user.
    pub(crate) reason: String,
    /// The element of a declared fault, as XML.
    pub(crate) detail: Option<String>,
}

impl Failure {
    /// A failure that is not the caller's.
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { code: FaultCode::Server, reason: reason.into(), detail: None }
    }
}

/// What the store keeps of a job, but for its request and long endings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) key: JobKey,
    /// The name of the service.
    pub(crate) service: String,
    /// As it came.
    pub(crate) service_id: String,
    /// The name of the start operation.
    pub(crate) method: String,
    /// A digest of the token that started it.
    pub(crate) owner: Digest,
    /// A digest of its arguments.
    pub(crate) request: Digest,
    /// The name of the executor that its attempts run on.
    pub(crate) executor: String,
    pub(crate) state: State,
    /// How many attempts were begun; that of the last one. None was begun at 0.
    pub(crate) attempt: u32,
    pub(crate) queued_at: Timestamp,
    /// When the last attempt began.
    pub(crate) started_at: Option<Timestamp>,
    pub(crate) ended_at: Option<Timestamp>,
    /// What somebody wants of it who cannot reach the server that looks after it.
    pub(crate) wanted: Option<Wanted>,
    /// How it ended, if that is no longer than [`Record::SHORT`]; a long one the store has alone.
    pub(crate) ending: Option<Ending>,
}

impl Record {
    /// The most bytes (or characters, as a database counts) of outputs, or of reason and detail
    /// together, that are kept in memory once a job has ended.
    pub(crate) const SHORT: usize = 128;
}

/// What the command line asks the server for, by way of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// That it be aborted.
    Abort,
    /// That it, having ended, be forgotten.
    Removal,
}

/// One change of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A new job, with its arguments as XML. It does not fit if there is one of that key.
    Insert(Box<Record>, String),
    /// From queued to running, as attempt `attempt`: it fits a queued job whose last one was the
    /// one before.
    Start { key: JobKey, attempt: u32, at: Timestamp },
    /// From queued or running to an end: it fits if `attempt` is the job's last one. Nothing is
    /// wanted of it any more then.
    End { key: JobKey, attempt: u32, ending: Ending, at: Timestamp },
    /// From running back to queued, for the attempt was lost: it fits if `attempt` is the last one.
    /// The job keeps its place in the order.
    Requeue { key: JobKey, attempt: u32 },
    /// Something is wanted of it: it fits an abort of what has not ended, and a removal of what has.
    Want { key: JobKey, wanted: Wanted },
    /// It is forgotten: it fits what has ended.
    Remove { key: JobKey },
}
