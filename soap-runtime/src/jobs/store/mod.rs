//! Where jobs are kept.
//!
//! [`JobStore`] is a contract with two implementations, `sql` (SQLite today) and `memory` (for
//! tests); `contract` is the suite of tests that both pass. A store knows the state machine of
//! [`Change`] and nothing of executors, folders or time.

mod memory;
mod sql;

#[cfg(test)]
mod contract;

use std::pin::Pin;

pub(crate) use memory::MemoryStore;
pub(crate) use sql::SqlStore;

use super::id::JobKey;
use super::state::{Change, Ending, Record, Wanted};

/// What a store's methods return: they are called through `dyn`.
pub(crate) type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Why a store did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// There is no room for it.
    #[error("the disk is full")]
    Full(#[source] sqlx::Error),
    /// Anything else that the database says.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// What was opened is not there any more.
    #[error("its file is gone, or another one is in its place")]
    Gone,
    /// What it holds makes no sense, or was made by a newer version of this program.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
}

/// Where jobs are kept.
pub(crate) trait JobStore: Send + Sync + 'static {
    /// Carries out all changes, in order, in one transaction that is on the disk when this returns.
    /// Tells of each whether it did fit; one that does not is left out, and the others go on.
    fn commit<'a>(&'a self, changes: &'a [Change]) -> StoreFuture<'a, Vec<bool>>;

    /// Hands all jobs to `each`, in the order in which they were queued.
    fn load<'a>(&'a self, each: &'a mut (dyn FnMut(Record) + Send)) -> StoreFuture<'a, ()>;

    /// The arguments of a job, as XML.
    fn request(&self, key: JobKey) -> StoreFuture<'_, Option<String>>;

    /// How a job ended, however long that is to tell; `None` if it has not, or is unknown.
    fn ending(&self, key: JobKey) -> StoreFuture<'_, Option<Ending>>;

    /// Whether it can be reached; costs next to nothing.
    fn ping(&self) -> StoreFuture<'_, ()>;

    /// What was asked for with [`Change::Want`] and not done yet.
    fn wanted(&self) -> StoreFuture<'_, Vec<(JobKey, Wanted)>>;
}
