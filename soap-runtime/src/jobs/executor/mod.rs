//! Where the attempts of jobs run.
//!
//! An executor runs one attempt to its end, whatever that is, and hears when it is to end earlier.
//! What may run, and when, is decided in `schedule`.

pub(super) mod process;
pub(super) mod task;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::state::Failure;

/// Where jobs run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Executor {
    /// In the server, as tasks: for light work. They end with the server.
    Task,
    /// Each in a process of its own, which outlives the server, and can be killed.
    Process,
}

impl Executor {
    const WORDS: [(&str, Self); 2] = [("task", Self::Task), ("process", Self::Process)];
}

impl fmt::Display for Executor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::WORDS.iter().find(|(_, executor)| executor == self).map_or("", |(word, _)| word);
        f.write_str(word)
    }
}

impl FromStr for Executor {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word).map(|&(_, executor)| executor);
        found.ok_or_else(|| format!("`{word}` is no executor; there are task and process"))
    }
}

/// How long a method has between being told to end and being made to.
pub(super) const GRACE: Duration = Duration::from_secs(2);
/// How long processes have to be gone once they are killed.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// How long until something is tried again that there was no room for.
pub(super) const AGAIN: Duration = Duration::from_secs(1);

/// Ready when an attempt has taken too long; never without a limit.
pub(super) async fn too_long(limit: Option<Duration>, so_far: Duration) {
    match limit {
        Some(limit) => tokio::time::sleep(limit.saturating_sub(so_far)).await,
        None => std::future::pending().await,
    }
}

pub(super) fn took_too_long(limit: Option<Duration>) -> Failure {
    let limit = limit.unwrap_or_default();
    Failure::new(format!("it has run for longer than it may, {limit:?} (RUN_TIMEOUT)"))
}
