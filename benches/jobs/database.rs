//! The database of a server, as the bench sees it from outside.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest as _, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, query};
use tokio::runtime::Runtime;

use crate::common::jobs::{Keeping, SERVICE, wait_for_the_end};
use crate::common::requests::{Length, service_id, start};

/// Another job like the first one, for each serviceID and key in an object.
const COPY: &str = "
    insert into jobs (key, service, service_id, method, owner, request_digest, executor, state, attempt,
        queued_at, started_at, ended_at, outputs, request)
    select each.value, service, each.key, method, owner, request_digest, executor, state, attempt,
        queued_at, started_at, ended_at, outputs, request
    from jobs, json_each($1) as each where seq = 1";

/// How many are copied at once.
const CHUNK: usize = 10_000;

pub(crate) struct Database {
    path: PathBuf,
    runtime: Runtime,
}

impl Database {
    pub(crate) fn of(folder: &Path) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { path: folder.join("jobs.db"), runtime }
    }

    /// Has a server run one job in a new folder, and then makes finished jobs 0 to `known` of it.
    pub(crate) fn fill(folder: &Path, known: usize) -> Self {
        std::fs::create_dir(folder).expect("it can be made");
        let server = Keeping::in_folder(folder).serve();
        let mut connection = server.connect();
        connection.send(start(0, Length::None).as_bytes());
        connection.receive();
        wait_for_the_end(&mut connection, 0);
        drop(server);
        let database = Self::of(folder);
        database.runtime.block_on(async {
            let mut connection = database.connect(SqliteSynchronous::Off).await;
            let jobs: Vec<usize> = (1..known).collect();
            for chunk in jobs.chunks(CHUNK) {
                copy(&mut connection, chunk).await;
            }
            connection.close().await.expect("it is flushed");
        });
        database
    }

    /// How many jobs per second can be recorded one by one, each on the disk before the next.
    pub(crate) fn single_commits(&self, jobs: std::ops::Range<usize>) -> f64 {
        self.runtime.block_on(async {
            let mut connection = self.connect(SqliteSynchronous::Full).await;
            let count = jobs.len() as f64;
            let start = Instant::now();
            for job in jobs {
                copy(&mut connection, &[job]).await;
            }
            let rate = count / start.elapsed().as_secs_f64();
            connection.close().await.expect("it is flushed");
            rate
        })
    }

    /// How many transactions there were, as SQLite counts them for itself: iChange in
    /// <https://www.sqlite.org/walformat.html> §2.1.
    pub(crate) fn transactions(&self) -> u32 {
        let shared = std::fs::read(self.path.with_extension("db-shm")).expect("a server has it open");
        u32::from_ne_bytes(shared[8..12].try_into().expect("four bytes"))
    }

    async fn connect(&self, synchronous: SqliteSynchronous) -> SqliteConnection {
        let options = SqliteConnectOptions::new()
            .filename(&self.path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .pragma("cache_size", "-200000");
        options.connect().await.expect("it is there")
    }
}

async fn copy(connection: &mut SqliteConnection, jobs: &[usize]) {
    let pairs: Vec<_> = jobs.iter().map(|&job| format!("\"{}\":\"{}\"", service_id(job), key(job))).collect();
    let copied = query(COPY).bind(format!("{{{}}}", pairs.join(","))).execute(connection).await;
    assert_eq!(copied.expect("it can be written").rows_affected(), jobs.len() as u64);
}

/// The key that the server finds a job by: half a SHA-256 of its service, with its length before it,
/// and its serviceID.
fn key(job: usize) -> String {
    let mut hash = Sha256::new();
    hash.update((SERVICE.len() as u32).to_le_bytes());
    hash.update(SERVICE);
    hash.update(service_id(job));
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}
