//! Jobs in an SQL database.
//!
//! The statements are such that any database takes them, by way of sqlx's `Any`; what only SQLite
//! needs is in `sqlite`. One connection writes, for SQLite lets one write at a time anyway, and a
//! few others read.

mod changes;
mod migrations;
mod rows;
mod sqlite;

#[cfg(test)]
mod tests;

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use futures_util::TryStreamExt as _;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AnyPool, Connection as _, Row as _};
use tokio::sync::Mutex;

use self::sqlite::File;
use super::{JobStore, StoreError, StoreFuture};
use crate::jobs::id::JobKey;
use crate::jobs::state::{Change, Ending, Record, Wanted};

/// The columns of a [`Record`]. Long endings stay where they are.
const LOAD: &str = "
    select key, service, service_id, method, owner, request_digest, executor, state, attempt,
        queued_at, started_at, ended_at, wanted, code,
        case when octet_length(reason) + coalesce(octet_length(detail), 0) <= $1 then reason end as reason,
        case when octet_length(reason) + coalesce(octet_length(detail), 0) <= $1 then detail end as detail,
        case when octet_length(outputs) <= $1 then outputs end as outputs
    from jobs order by seq";

const REQUEST: &str = "
    select coalesce(jobs.request, long_requests.request)
    from jobs left join long_requests on long_requests.key = jobs.key
    where jobs.key = $1";

const ENDING: &str = "select state, code, reason, detail, outputs from jobs where key = $1";

const WANTED: &str = "select key, wanted from jobs where wanted is not null";

/// Jobs in an SQL database.
pub(crate) struct SqlStore {
    file: File,
    /// The connection that writes. Nothing while a commit has it, and after one that failed, or
    /// whose future was dropped: what state it is in nobody knows, so the next one opens another.
    writer: Mutex<Option<AnyConnection>>,
    readers: AnyPool,
    /// Which file that is, whatever lies in its place later.
    identity: Identity,
}

/// Device and number.
type Identity = (u64, u64);

async fn identity(path: &Path) -> Option<Identity> {
    tokio::fs::metadata(path).await.ok().map(|file| (file.dev(), file.ino()))
}

impl SqlStore {
    /// Opens the database of a URL, of which `sqlite:` is the only kind; makes it if there is none.
    pub(crate) async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_at(File::from_url(url)?).await
    }

    /// Opens the SQLite database in a file; makes it if there is none.
    pub(crate) async fn open_file(path: &Path) -> Result<Self, StoreError> {
        Self::open_at(File::new(path)?).await
    }

    async fn open_at(file: File) -> Result<Self, StoreError> {
        let (writer, readers) = connect(&file).await.map_err(|error| file.opening_error(error))?;
        let identity = identity(&file.path).await.ok_or(StoreError::Gone)?;
        Ok(Self { file, writer: Mutex::new(Some(writer)), readers, identity })
    }

    async fn carry_out(&self, changes: &[Change]) -> Result<Vec<bool>, StoreError> {
        let mut place = self.writer.lock().await;
        let mut writer = match place.take() {
            Some(writer) => writer,
            None => self.file.writer().await?,
        };
        match transaction(&mut writer, changes).await {
            Ok(fits) => {
                *place = Some(writer);
                Ok(fits)
            }
            Err(error) => {
                if let Err(error) = writer.close().await {
                    tracing::warn!(%error, "a connection to the database did not close");
                }
                Err(self.file.error(error))
            }
        }
    }

    async fn row(&self, statement: &'static str, key: JobKey) -> Result<Option<AnyRow>, StoreError> {
        let row = sqlx::query(statement).bind(key.to_string()).fetch_optional(&self.readers).await;
        row.map_err(|error| self.file.error(error))
    }
}

async fn connect(file: &File) -> Result<(AnyConnection, AnyPool), StoreError> {
    file.create()?;
    let mut writer = file.writer().await?;
    migrations::migrate(&mut writer).await.map_err(|error| file.migration_error(error))?;
    Ok((writer, file.readers().await?))
}

async fn transaction(writer: &mut AnyConnection, changes: &[Change]) -> sqlx::Result<Vec<bool>> {
    let mut transaction = writer.begin_with(sqlite::BEGIN).await?;
    let mut fits = Vec::with_capacity(changes.len());
    for change in changes {
        fits.push(changes::carry_out(&mut transaction, change).await?);
    }
    transaction.commit().await?;
    Ok(fits)
}

impl JobStore for SqlStore {
    fn commit<'a>(&'a self, changes: &'a [Change]) -> StoreFuture<'a, Vec<bool>> {
        Box::pin(async move { if changes.is_empty() { Ok(Vec::new()) } else { self.carry_out(changes).await } })
    }

    fn load<'a>(&'a self, each: &'a mut (dyn FnMut(Record) + Send)) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            let mut rows = sqlx::query(LOAD).bind(Record::SHORT as i64).fetch(&self.readers);
            while let Some(row) = rows.try_next().await.map_err(|error| self.file.error(error))? {
                each(rows::record(&row)?);
            }
            Ok(())
        })
    }

    fn request(&self, key: JobKey) -> StoreFuture<'_, Option<String>> {
        Box::pin(async move {
            let row = self.row(REQUEST, key).await?;
            Ok(row.map(|row| row.try_get(0)).transpose()?)
        })
    }

    fn ending(&self, key: JobKey) -> StoreFuture<'_, Option<Ending>> {
        Box::pin(async move {
            let row = self.row(ENDING, key).await?;
            row.map_or(Ok(None), |row| rows::ending(&row))
        })
    }

    fn ping(&self) -> StoreFuture<'_, ()> {
        Box::pin(async {
            // What is only open is read from and written to happily, and gone with this process.
            if identity(&self.file.path).await != Some(self.identity) {
                return Err(StoreError::Gone);
            }
            let found = sqlx::query("select 1 from jobs limit 1").fetch_optional(&self.readers).await;
            found.map(drop).map_err(|error| self.file.error(error))
        })
    }

    fn wanted(&self) -> StoreFuture<'_, Vec<(JobKey, Wanted)>> {
        Box::pin(async move {
            let rows = sqlx::query(WANTED).fetch_all(&self.readers).await;
            let rows = rows.map_err(|error| self.file.error(error))?;
            rows.iter().map(rows::wanted_of).collect()
        })
    }
}
