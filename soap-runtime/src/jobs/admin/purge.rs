//! Removing jobs that have ended, and their folders.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::{Admin, AdminError, LOOK, PATIENCE};
use crate::jobs::id::JobKey;
use crate::jobs::state::{Change, Timestamp, Wanted};

/// How many are removed under one lock, or asked for at once.
const CHUNK: usize = 2000;
/// Between two chunks, for a server that starts meanwhile and looks for the lock more often than that.
const BREATH: Duration = Duration::from_millis(120);

/// What became of the wish to remove jobs.
#[derive(Debug, Default)]
pub(crate) struct Purged {
    pub(crate) removed: usize,
    /// How many the server has not removed yet.
    pub(crate) left: usize,
    /// Folders that cannot be removed. Their jobs stay as well.
    pub(crate) stuck: Vec<(PathBuf, io::Error)>,
}

impl Admin {
    /// The jobs that ended at `then` or before.
    pub(crate) async fn ended_until(&self, then: Timestamp) -> Result<Vec<JobKey>, AdminError> {
        let mut keys = Vec::new();
        let mut take = |record: crate::jobs::state::Record| {
            if record.state.has_ended() && record.ended_at.is_none_or(|at| at <= then) {
                keys.push(record.key);
            }
        };
        self.store.load(&mut take).await?;
        Ok(keys)
    }

    /// Removes jobs that have ended and their folders, or has the server do so and waits for it.
    pub(crate) async fn purge(&self, keys: &[JobKey]) -> Result<Purged, AdminError> {
        let mut purged = Purged::default();
        for chunk in keys.chunks(CHUNK) {
            let held = self.try_lock()?;
            if held.is_some() {
                self.purge_here(chunk, &mut purged).await?;
                drop(held);
                if keys.len() > CHUNK {
                    tokio::time::sleep(BREATH).await;
                }
            } else {
                self.have_purged(chunk, &mut purged).await?;
            }
        }
        Ok(purged)
    }

    async fn purge_here(&self, keys: &[JobKey], purged: &mut Purged) -> Result<(), AdminError> {
        let mut removals = Vec::with_capacity(keys.len());
        for &key in keys {
            // A server may have been here since it was found, and have begun another of that key.
            if self.store.ending(key).await?.is_none() {
                continue;
            }
            let folder = self.folders.of(key);
            match folder.remove() {
                Ok(()) => removals.push(Change::Remove { key }),
                Err(error) => purged.stuck.push((folder.path().to_owned(), error)),
            }
        }
        purged.removed += self.store.commit(&removals).await?.into_iter().filter(|&fits| fits).count();
        Ok(())
    }

    async fn have_purged(&self, keys: &[JobKey], purged: &mut Purged) -> Result<(), AdminError> {
        let wants: Vec<_> = keys.iter().map(|&key| Change::Want { key, wanted: Wanted::Removal }).collect();
        let fits = self.store.commit(&wants).await?;
        let asked: HashSet<JobKey> = keys.iter().zip(fits).filter(|(_, fits)| *fits).map(|(&key, _)| key).collect();
        let (mut left, mut last_news) = (asked.len(), Instant::now());
        while left > 0 && last_news.elapsed() < PATIENCE {
            tokio::time::sleep(LOOK).await;
            let wanted = self.store.wanted().await?;
            let still = wanted.iter().filter(|(key, _)| asked.contains(key)).count();
            if still < left {
                (left, last_news) = (still, Instant::now());
            }
        }
        purged.removed += asked.len() - left;
        purged.left += left;
        Ok(())
    }
}
