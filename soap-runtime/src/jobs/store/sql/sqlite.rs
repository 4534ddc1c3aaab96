//! What only SQLite needs, and what only SQLite says.

use std::fs::OpenOptions;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf, absolute};
use std::str::FromStr as _;
use std::time::Duration;

use nix::sys::statvfs::statvfs;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Executor as _};

use super::super::StoreError;

/// Takes the lock on the database at once. Taken later, when something was read before, it may be
/// refused without waiting for whoever has it.
pub(super) const BEGIN: &str = "begin immediate";

/// On every connection. How long to wait comes first, for the others may have to.
const PRAGMAS: &str = "pragma busy_timeout = 10000; pragma synchronous = full; pragma foreign_keys = on";

const READERS: u32 = 2;

/// Free space, in bytes, below which whatever goes wrong does so for want of it.
const NO_ROOM: u64 = 64 * 1024;

// https://www.sqlite.org/rescode.html; the low byte of a code is its kind.
const BUSY: i32 = 5;
const IO_ERROR: i32 = 10;
const FULL: i32 = 13;
const CANNOT_OPEN: i32 = 14;

/// A database in a file.
pub(super) struct File {
    pub(super) path: PathBuf,
    options: AnyConnectOptions,
}

impl File {
    pub(super) fn from_url(url: &str) -> Result<Self, StoreError> {
        let unusable = |sentence: &str| Err(StoreError::Unusable(sentence.to_owned()));
        let Some(file) = url.strip_prefix("sqlite:") else {
            return unusable("only SQLite is supported so far: give a URL like `sqlite:///var/lib/jobs.db`");
        };
        if file.contains('?') {
            return unusable("a `sqlite:` URL takes no parameters; in the name of the file, write `%3F` for `?`");
        }
        if matches!(file.trim_start_matches('/'), "" | ":memory:") {
            return unusable("a `sqlite:` URL has to name a file, or the jobs would not survive a restart");
        }
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| StoreError::Unusable(format!("its URL is not right: {error}")))?;
        Self::new(options.get_filename())
    }

    /// The path is made absolute: to SQLite, one that begins with `file:` is a URL, and `:memory:`
    /// is no file.
    pub(super) fn new(path: &Path) -> Result<Self, StoreError> {
        let unusable = |error: &dyn std::fmt::Display| StoreError::Unusable(format!("`{}`: {error}", path.display()));
        let path = absolute(path).map_err(|error| unusable(&error))?;
        let text = path.to_str().ok_or_else(|| unusable(&"the path of a database has to be UTF-8"))?;
        let options = AnyConnectOptions::from_str(&url_of(text)).map_err(|error| unusable(&error))?;
        Ok(Self { options: options.disable_statement_logging(), path })
    }

    /// Makes the file if there is none. SQLite would let everybody read it; the files that it puts
    /// beside it get the same mode.
    ///
    /// One that is there must not be opened: on closing it, this process would lose the locks that
    /// other connections of it have (<https://www.sqlite.org/howtocorrupt.html> §2.2).
    pub(super) fn create(&self) -> Result<(), StoreError> {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&self.path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(self.unusable(error)),
            _ => Ok(()),
        }
    }

    /// A connection that writes.
    pub(super) async fn writer(&self) -> Result<AnyConnection, StoreError> {
        // Idempotent, and what the whole process shares, hence nothing but the default will do.
        sqlx::any::install_default_drivers();
        let mut writer = self.options.connect().await.map_err(|error| self.error(error))?;
        writer.execute(PRAGMAS).await.map_err(|error| self.error(error))?;
        let mode = write_ahead(&mut writer).await.map_err(|error| self.error(error))?;
        if mode == "wal" {
            Ok(writer)
        } else {
            Err(self.unusable("its file system cannot share memory, which SQLite needs: put it on a local disk"))
        }
    }

    /// The connections that read. The first is there at once and stays: while there is one, SQLite
    /// keeps the files beside the database, which it could not make anew on a full disk.
    pub(super) async fn readers(&self) -> Result<AnyPool, StoreError> {
        let pool = AnyPoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .after_connect(|reader, _| {
                Box::pin(async move {
                    reader.execute(PRAGMAS).await?;
                    reader.execute("pragma query_only = on").await?;
                    Ok(())
                })
            });
        pool.connect_with(self.options.clone()).await.map_err(|error| self.error(error))
    }

    pub(super) fn error(&self, error: sqlx::Error) -> StoreError {
        if self.is_full(&error) { StoreError::Full(error) } else { StoreError::Database(error) }
    }

    pub(super) fn migration_error(&self, error: MigrateError) -> StoreError {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => self.error(error),
            MigrateError::VersionMissing(step) => self.unusable(format_args!(
                "it was made by a newer version of this program (step {step} of its schema is unknown here): \
                 run that version, or name another file"
            )),
            other => self.unusable(other),
        }
    }

    /// Of a database that does not open, people have to know which one it is.
    pub(super) fn opening_error(&self, error: StoreError) -> StoreError {
        match error {
            StoreError::Database(error) => self.unusable(error),
            other => other,
        }
    }

    fn unusable(&self, error: impl std::fmt::Display) -> StoreError {
        StoreError::Unusable(format!("`{}`: {error}", self.path.display()))
    }

    /// SQLite says that the disk is full only where it writes to the database itself. Elsewhere it is
    /// an error like others, and the cause is not to be had: so see how much room there is.
    fn is_full(&self, error: &sqlx::Error) -> bool {
        match code_of(error) {
            Some(FULL) => true,
            Some(IO_ERROR | CANNOT_OPEN) => statvfs(&self.path).is_ok_and(|disk| {
                let no_inodes = disk.files() > 0 && disk.files_available() == 0;
                no_inodes || disk.blocks_available() * disk.fragment_size() < NO_ROOM
            }),
            _ => false,
        }
    }
}

/// Every byte that is not plain is escaped, the slashes too: a URL with none has no `..` that would
/// be resolved, and nothing else that would be changed.
fn url_of(path: &str) -> String {
    let escape = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    "sqlite:".chars().map(String::from).chain(path.bytes().map(escape)).collect()
}

/// Turns the write-ahead log on, and says what kind of journal there is then. The busy timeout is
/// not always heeded here: when another program does the same, SQLite may refuse at once.
async fn write_ahead(writer: &mut AnyConnection) -> sqlx::Result<String> {
    let mut tries = 0;
    loop {
        let mode = sqlx::query_scalar("pragma journal_mode = wal").fetch_one(&mut *writer).await;
        match mode {
            Err(error) if code_of(&error) == Some(BUSY) && tries < 500 => tries += 1,
            mode => return mode,
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The kind of error that SQLite tells of.
fn code_of(error: &sqlx::Error) -> Option<i32> {
    let code: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
