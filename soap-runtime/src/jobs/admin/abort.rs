//! Ending a job that has not ended.

use std::time::{Duration, Instant};

use super::{Admin, AdminError, LOOK, PATIENCE};
use crate::jobs::attempt::Attempt;
use crate::jobs::clock;
use crate::jobs::folder::Folder;
use crate::jobs::id::JobKey;
use crate::jobs::processes::{Identity, Kin, kill_all, mark};
use crate::jobs::state::{Change, Ending, Record, State, Wanted};

/// How long a process has between being asked to end and being killed.
const GRACE: Duration = Duration::from_secs(2);
/// How long processes have to be gone once they are killed. With [`GRACE`] it is less than a server
/// that starts meanwhile waits for the lock.
const KILLING: Duration = Duration::from_secs(2);

/// What became of the wish to abort a job.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Abort {
    /// It has ended: so, or another way just before.
    Ended(Ending),
    /// The server knows, and has not ended it yet.
    Asked,
    /// It is not there any more.
    Gone,
}

impl Admin {
    /// Ends a job with all that it started, or has the server do so and waits for it.
    pub(crate) async fn abort(&self, key: JobKey) -> Result<Abort, AdminError> {
        let deadline = Instant::now() + PATIENCE;
        let mut is_asked = false;
        loop {
            // Each time anew: a server may end while it is waited for, or begin.
            if let Some(_held) = self.try_lock()? {
                return self.abort_here(key).await;
            }
            if !is_asked {
                // It does not fit what has ended by now, or is not there any more.
                self.commit(Change::Want { key, wanted: Wanted::Abort }).await?;
                is_asked = true;
            }
            // In this order: it ends, and is not wanted any more, in one step.
            let is_wanted = self.store.wanted().await?.iter().any(|(wanted, _)| *wanted == key);
            if let Some(ending) = self.store.ending(key).await? {
                return Ok(Abort::Ended(ending));
            }
            if !is_wanted {
                return Ok(Abort::Gone);
            }
            if Instant::now() >= deadline {
                return Ok(Abort::Asked);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The same where there is no server, under its lock.
    async fn abort_here(&self, key: JobKey) -> Result<Abort, AdminError> {
        let Some(record) = self.record(key).await? else { return Ok(Abort::Gone) };
        let ending = match record.state {
            State::Queued => Ending::Aborted,
            State::Running => self.stop(&record).await?,
            State::Completed | State::Failed | State::Aborted => {
                return Ok(self.store.ending(key).await?.map_or(Abort::Gone, Abort::Ended));
            }
        };
        // As when a server ends it: nobody needs the token any more.
        let _ = self.folders.of(key).remove_file("token");
        let change = Change::End { key, attempt: record.attempt, ending: ending.clone(), at: clock::now() };
        Ok(if self.commit(change).await? { Abort::Ended(ending) } else { Abort::Gone })
    }

    /// Ends what runs of an attempt. If it has ended by itself since there was a server to see it,
    /// that is how it ended.
    async fn stop(&self, record: &Record) -> Result<Ending, AdminError> {
        let (folder, number) = (self.folders.of(record.key), record.attempt);
        let stop = move || {
            let attempt = Attempt::new(&folder, number);
            let ending = attempt.ending().ok().flatten().unwrap_or(Ending::Aborted);
            end_processes(&folder, &attempt).then_some(ending)
        };
        tokio::task::spawn_blocking(stop).await.ok().flatten().ok_or(AdminError::Unkillable)
    }
}

/// Whether none is left.
fn end_processes(folder: &Folder, attempt: &Attempt) -> bool {
    // A process that is still on its way to the attempt finds that, and leaves; and should this be killed
    // before it is done, the next server can tell that nothing ran. It is no matter if there is no folder.
    let _ = attempt.withdraw();
    // One that is gone has no kin that could be told from others: its id may be another's by now.
    let process = attempt.process().filter(Identity::is_alive);
    if let Some(process) = &process {
        process.terminate();
        let deadline = Instant::now() + GRACE;
        while process.is_alive() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    // It has a session of its own.
    let kin = process.map(Kin::Session);
    kill_all(&[mark(folder.path())], kin.as_ref(), None, KILLING)
}
