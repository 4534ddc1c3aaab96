//! What the operator does with jobs from the command line: over the same store as the server, while
//! one runs and while none does.
//!
//! A server alone knows what it runs, so with one the operator's wish is recorded, and `upkeep` does
//! the rest. Without one nobody has the lock of the data folder, and whoever takes it has the jobs to
//! himself as long as he holds it.

mod abort;
mod purge;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;

pub(crate) use abort::Abort;

use super::core::said_of;
use super::folder::Folders;
use super::id::JobKey;
use super::settings::{JobSettings, Store};
use super::state::{Change, Ending, Record};
use super::store::{JobStore, StoreError};
use super::{JobsError, open_store};

/// How long between two looks at what the server has done.
const LOOK: Duration = Duration::from_millis(100);
/// How long a server has for what it is asked to do, a second of which passes before it looks.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many of the last lines of a log are shown.
const LINES: usize = 10;

/// The jobs in a data folder, for the operator.
pub(crate) struct Admin {
    data_dir: PathBuf,
    store: Arc<dyn JobStore>,
    folders: Folders,
}

/// Why nothing could be seen or done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AdminError {
    #[error("the jobs in {} cannot be reached: {error}", folder.display())]
    Folder { folder: PathBuf, error: io::Error },
    #[error(transparent)]
    Opening(#[from] JobsError),
    #[error("{}", said_of(.0))]
    Store(#[from] StoreError),
    #[error("its processes cannot be killed; it stays as it is")]
    Unkillable,
}

/// The last of the jobs that were asked for.
pub(crate) struct Newest {
    /// The newest first.
    pub(crate) jobs: Vec<Record>,
    /// How many there are beside these.
    pub(crate) more: usize,
}

/// All that is known of a job.
pub(crate) struct Details {
    /// The arguments as XML, unless it was removed just now.
    pub(crate) request: Option<String>,
    /// However long it is.
    pub(crate) ending: Option<Ending>,
    /// If it has one.
    pub(crate) folder: Option<PathBuf>,
    /// The last lines.
    pub(crate) log: io::Result<Vec<String>>,
}

impl Admin {
    /// Opens what a server has made; nothing if there never was one. Makes nothing.
    pub(crate) async fn open(settings: &JobSettings) -> Result<Option<Self>, AdminError> {
        let in_folder = |error| AdminError::Folder { folder: settings.data_dir.clone(), error };
        let Some(folders) = Folders::existing_below(&settings.data_dir).map_err(in_folder)? else { return Ok(None) };
        if let Some(database) = database(settings)
            && !database.try_exists().map_err(|error| AdminError::Folder { folder: database, error })?
        {
            return Ok(None);
        }
        let store = open_store(settings).await?;
        Ok(Some(Self { data_dir: settings.data_dir.clone(), store, folders }))
    }

    /// The last `most` of those that `is_wanted`.
    pub(crate) async fn newest(
        &self,
        is_wanted: impl Fn(&Record) -> bool + Send + Sync,
        most: usize,
    ) -> Result<Newest, AdminError> {
        let (mut last, mut more) = (VecDeque::new(), 0);
        let mut take = |record| {
            if is_wanted(&record) {
                last.push_back(record);
                if last.len() > most {
                    last.pop_front();
                    more += 1;
                }
            }
        };
        self.store.load(&mut take).await?;
        Ok(Newest { jobs: last.into_iter().rev().collect(), more })
    }

    /// The jobs that `id` can mean, a serviceID or a key: one, unless two services have the same
    /// serviceID, or a caller made the key of another job his serviceID.
    pub(crate) async fn find(&self, id: &str, service: Option<&str>) -> Result<Vec<Record>, AdminError> {
        let key: Option<JobKey> = id.parse().ok();
        let is_meant = |record: &Record| record.service_id == id || Some(record.key) == key;
        let is_of_service = |record: &Record| service.is_none_or(|service| record.service == service);
        let found = self.newest(|record| is_meant(record) && is_of_service(record), usize::MAX).await?;
        Ok(found.jobs)
    }

    pub(crate) async fn details(&self, key: JobKey) -> Result<Details, AdminError> {
        let folder = self.folders.of(key);
        Ok(Details {
            request: self.store.request(key).await?,
            ending: self.store.ending(key).await?,
            log: folder.last_lines("log.txt", LINES),
            folder: Some(folder.path().to_owned()).filter(|path| path.is_dir()),
        })
    }

    async fn record(&self, key: JobKey) -> Result<Option<Record>, AdminError> {
        Ok(self.newest(|record| record.key == key, 1).await?.jobs.pop())
    }

    /// Whether the change fitted.
    async fn commit(&self, change: Change) -> Result<bool, AdminError> {
        Ok(self.store.commit(&[change]).await? == [true])
    }

    /// The folder's lock, unless a server has it.
    fn try_lock(&self) -> Result<Option<std::fs::File>, AdminError> {
        let in_folder = |error| AdminError::Folder { folder: self.data_dir.clone(), error };
        super::try_lock(&self.data_dir).map_err(in_folder)
    }
}

/// The file that the database is, if it is one.
fn database(settings: &JobSettings) -> Option<PathBuf> {
    match &settings.store {
        Store::File => Some(settings.data_dir.join("jobs.db")),
        Store::Url(url) => {
            // Another kind of URL, or a wrong one, is the store's to judge.
            let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok());
            Some(options??.get_filename().to_owned())
        }
        Store::Memory => None,
    }
}
