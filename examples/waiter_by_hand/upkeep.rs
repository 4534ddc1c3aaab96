//! What a server does for executions beside answering: take up those of an earlier server when it
//! starts, and clear away old ones, then and every hour.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::executions::{CLAIM, Executions, kill};
use super::folder::Folder;

const INTERVAL: Duration = Duration::from_secs(60 * 60);

/// What a folder is called on its way out.
const REMOVED: &str = ".removed-";

/// Takes up what there is, and looks after it from then on.
///
/// # Errors
/// A sentence for the operator.
pub(crate) fn start(executions: Arc<Executions>, retention: Duration) -> Result<(), String> {
    let root = executions.root.clone();
    let unusable = |error| format!("cannot keep executions in {}: {error}; set WAITER_LOG_FOLDER", root.display());
    let running = executions.recover().map_err(unusable)?;
    tracing::info!("executions are kept in {}, {retention:?} after their end; {running} run", root.display());
    let look_after = move || {
        loop {
            match executions.clear_away(retention, SystemTime::now()) {
                Ok(0) => {}
                Ok(removed) => tracing::info!("cleared away {removed} executions"),
                Err(error) => complain(&executions.root, &error),
            }
            std::thread::sleep(INTERVAL);
        }
    };
    let upkeep = std::thread::Builder::new().name("upkeep".to_owned()).spawn(look_after);
    upkeep.map(drop).map_err(|error| format!("cannot start threads: {error}"))
}

impl Executions {
    /// Takes up the executions that an earlier server left, and says how many of them run. Aborts that
    /// it could not finish are finished.
    pub(crate) fn recover(&self) -> io::Result<usize> {
        self.create_root()?;
        let mut running = 0;
        for folder in self.folders()? {
            match (folder.is_alive(), folder.is_aborted()) {
                (Ok(false), _) => {}
                (Ok(true), Ok(false)) => running += 1,
                (Ok(true), Ok(true)) => kill(&folder).unwrap_or_else(|error| complain(folder.path(), &error)),
                (Err(error), _) | (_, Err(error)) => complain(folder.path(), &error),
            }
        }
        Ok(running)
    }

    /// Removes what ended longer than `retention` before `now`, and says how many that were.
    pub(crate) fn clear_away(&self, retention: Duration, now: SystemTime) -> io::Result<usize> {
        let mut removed = 0;
        for folder in self.folders()? {
            match self.clear_one(&folder, retention, now) {
                Ok(true) => removed += 1,
                Ok(false) => {}
                // One that resists must not keep the others from being cleared away.
                Err(error) => complain(folder.path(), &error),
            }
        }
        self.clear_leftovers(now)?;
        Ok(removed)
    }

    /// Renamed first: others see the whole folder, or none.
    pub(crate) fn remove(&self, folder: &Folder) -> io::Result<()> {
        let away = tempfile::Builder::new().prefix(REMOVED).tempdir_in(&self.root)?;
        fs::rename(folder.path(), away.path())?;
        away.close()
    }

    fn clear_one(&self, folder: &Folder, retention: Duration, now: SystemTime) -> io::Result<bool> {
        // In this order: the last change of what is not alive is its end.
        let is_due = !folder.is_alive()? && folder.age(now)? >= retention;
        if is_due {
            self.remove(folder)?;
        }
        Ok(is_due)
    }

    /// A server that dies while it makes or removes a folder leaves one without its final name.
    fn clear_leftovers(&self, now: SystemTime) -> io::Result<()> {
        let is_leftover = |name: &str| name.starts_with(CLAIM) || name.starts_with(REMOVED);
        for folder in self.folders_called(is_leftover)? {
            // Whoever is still at it, needs no hour.
            if folder.age(now).is_ok_and(|age| age >= INTERVAL) {
                fs::remove_dir_all(folder.path()).unwrap_or_else(|error| complain(folder.path(), &error));
            }
        }
        Ok(())
    }

    fn folders(&self) -> io::Result<Vec<Folder>> {
        self.folders_called(|name| name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    /// Nothing else that may lie beside our folders is touched.
    fn folders_called(&self, is_ours: impl Fn(&str) -> bool) -> io::Result<Vec<Folder>> {
        let entries = fs::read_dir(&self.root)?.collect::<io::Result<Vec<_>>>()?;
        let ours = entries.iter().filter(|entry| entry.file_name().to_str().is_some_and(&is_ours));
        Ok(ours.map(|entry| Folder::new(entry.path())).collect())
    }
}

fn complain(path: &Path, error: &(dyn Error + 'static)) {
    tracing::warn!(path = %path.display(), error, "an execution cannot be looked after");
}
