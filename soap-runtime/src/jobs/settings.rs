//! How jobs are kept and run.

use std::path::PathBuf;
use std::time::Duration;

use super::executor::Executor;

/// How the jobs of a program are kept and run.
///
/// ```
/// use soap_runtime::{Executor, JobSettings};
///
/// let mut settings = JobSettings::in_folder("/var/lib/mesher");
/// settings.executor = Executor::Process;
/// settings.max_running = Some(4);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JobSettings {
    /// Where the database and the folders of the jobs are.
    pub data_dir: PathBuf,
    /// Where the jobs are recorded.
    pub store: Store,
    /// Where they run.
    pub executor: Executor,
    /// How many run at once; more wait. Without a number, as many as there are processors with
    /// [`Executor::Process`], and 1024 with [`Executor::Task`].
    pub max_running: Option<usize>,
    /// How many may wait; more are refused.
    pub max_queued: usize,
    /// How long an execution stays known after its end.
    pub retention: Duration,
    /// How long an attempt may run; without it, as long as it likes.
    pub run_timeout: Option<Duration>,
    /// How long a job may wait in the queue; without it, as long as it takes.
    pub queue_timeout: Option<Duration>,
    /// Whether a poll is answered `UNCHANGED` if nothing has changed since the last one.
    pub unchanged: bool,
    /// Whether an execution is known only to callers with the session token that started it.
    pub ownership: bool,
    /// What processes of jobs have in their environment beside that of the server.
    pub(crate) environment: Vec<(&'static str, String)>,
}

/// Where jobs are recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Store {
    /// In a SQLite database in the data folder.
    File,
    /// In a database of this URL.
    Url(String),
    /// In memory: nothing outlives the program. For tests.
    Memory,
}

impl JobSettings {
    /// A SQLite database and the folders of the jobs in `data_dir`; jobs are tasks of the server.
    pub fn in_folder(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            store: Store::File,
            executor: Executor::Task,
            max_running: None,
            max_queued: 10_000,
            retention: Duration::from_secs(7 * 24 * 60 * 60),
            run_timeout: None,
            queue_timeout: None,
            unchanged: true,
            ownership: true,
            environment: Vec::new(),
        }
    }

    pub(crate) fn max_running(&self) -> usize {
        self.max_running.unwrap_or_else(|| match self.executor {
            Executor::Task => 1024,
            Executor::Process => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        })
    }
}
