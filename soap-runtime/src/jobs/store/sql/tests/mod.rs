//! What only SQLite can do, or fail to do.

mod full_disk;
mod opening;
mod trouble;

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};

use super::super::StoreError;
use super::SqlStore;

async fn open(path: &Path) -> SqlStore {
    SqlStore::open_file(path).await.expect("the database can be opened")
}

/// A connection that knows nothing of the store.
async fn stranger(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.expect("the database can be opened")
}

/// Runs a statement on a connection of its own.
async fn interfere(path: &Path, statement: &'static str) {
    sqlx::query(statement).execute(&mut stranger(path).await).await.expect("the statement is right");
}

fn sentence<T>(result: Result<T, StoreError>) -> String {
    match result {
        Err(StoreError::Unusable(sentence)) => sentence,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it went well"),
    }
}
