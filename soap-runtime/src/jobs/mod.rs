//! Durable jobs: long-running methods behind a start operation, `getServiceStatus`, `abortService`
//! and `notifyService`.
//!
//! | module | responsible for |
//! | --- | --- |
//! | `id`, `state`, `report`, `clock` | the vocabulary: keys, states and changes, progress, time |
//! | `page` | the status page |
//! | `store` | where jobs are recorded; `writer` hands changes to it in batches |
//! | `folder`, `attempt`, `messages` | the files of a job |
//! | `processes` | processes of the operating system |
//! | `executor` | where attempts run; `runner` is the process that runs one |
//! | `index`, `live`, `ended` | what is known in memory, which answers polls |
//! | `figures` | what it all amounts to, in numbers |
//! | `core` | what callers ask; `schedule`, `recovery`, `watch`, `upkeep`, `stopping` what happens meanwhile |
//! | `job`, `blocking`, `run`, `error` | the handle inside a method |
//! | `admin` | what the operator does from the command line |
//!
//! What callers see of them, the operations, is in `service`.

mod admin;
mod attempt;
mod blocking;
mod clock;
mod core;
mod ended;
mod error;
mod executor;
mod figures;
mod folder;
mod id;
mod index;
mod job;
mod live;
mod messages;
mod methods;
mod page;
mod processes;
mod recovery;
mod report;
mod run;
mod runner;
mod schedule;
mod settings;
mod state;
mod stopping;
mod store;
mod upkeep;
mod watch;
mod writer;

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, Weak};
use std::time::{Duration, Instant};

pub use blocking::BlockingJob;
pub use error::JobError;
pub use executor::Executor;
pub use job::Job;
pub use report::Amount;
pub use settings::{JobSettings, Store};

pub(crate) use self::core::{Asked, Standing, Start};
pub(crate) use admin::{Abort, Admin, AdminError, Details, Newest};
pub(crate) use clock::before;
pub(crate) use figures::{Figures, ServiceFigures, Stock};
pub(crate) use live::Shown;
pub(crate) use methods::{Closure, JobMethods};
pub(crate) use page::{Phase, StatusPage, Words, skip_control_sequence};
pub(crate) use state::{Ending, Record, State, Timestamp, Wanted};
pub(crate) use stopping::Unreachable;
#[cfg(test)]
pub(crate) use {
    id::{Digest, JobKey},
    state::Failure,
};

use self::core::{Core, said_of};
use crate::fault::Fault;
use folder::Folders;
use index::Index;
use methods::Methods;
use schedule::Queue;
use store::{JobStore, MemoryStore, SqlStore, StoreError};
use writer::Writer;

/// How long a server that is just ending has to let go of the data folder.
const HANDOVER: Duration = Duration::from_secs(5);

/// The jobs of a program: where the services keep their executions.
///
/// [`App`](crate::App) makes it, opens it where its settings say, and has the services with `#[job]`
/// methods use it. Without an `App`: give it to [`Service::with_jobs`](crate::Service::with_jobs),
/// then open it. Clones are the same jobs.
#[derive(Clone)]
pub struct Jobs {
    shared: Arc<Shared>,
    /// Of the service whose jobs are meant.
    service: Arc<ServiceFigures>,
}

#[derive(Default)]
struct Shared {
    methods: Arc<Methods>,
    figures: Arc<Figures>,
    core: OnceLock<Arc<Core>>,
    is_asked_by_hand: AtomicBool,
}

/// Why jobs cannot be kept or taken up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobsError {
    /// They are open already.
    #[error("the jobs are open already")]
    Open,
    /// Another server looks after the folder.
    #[error("another server keeps its jobs in {}; give this one a DATA_DIR of its own", .0.display())]
    InUse(PathBuf),
    /// The folder cannot be used.
    #[error("cannot keep jobs in {}: {error}; set DATA_DIR", folder.display())]
    Folder {
        /// The data folder.
        folder: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// The database cannot be used.
    #[error("cannot keep jobs in the database: {0}")]
    Database(String),
}

impl From<StoreError> for JobsError {
    fn from(error: StoreError) -> Self {
        Self::Database(said_of(&error))
    }
}

impl Default for Jobs {
    fn default() -> Self {
        let shared = Arc::<Shared>::default();
        let service = shared.figures.of("");
        Self { shared, service }
    }
}

impl Jobs {
    /// Jobs that are kept nowhere yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same jobs, for the service of this name: for those who ask by hand. The executions of each
    /// service are its own.
    #[must_use]
    pub fn of(&self, service: &'static str) -> Self {
        Self { shared: Arc::clone(&self.shared), service: self.shared.figures.of(service) }
    }

    /// Opens the place where they are kept, takes up what an earlier server left, and begins to look
    /// after them. To be called once, within a tokio runtime, when all services are there.
    ///
    /// # Errors
    /// A sentence for the operator.
    pub async fn open(&self, settings: JobSettings) -> Result<(), JobsError> {
        let in_folder = |error| JobsError::Folder { folder: settings.data_dir.clone(), error };
        let folders = Folders::below(&settings.data_dir).map_err(in_folder)?;
        let lock = lock(&settings.data_dir).await?;
        let store = open_store(&settings).await?;
        let core = Arc::new(Core {
            writer: Writer::start(Arc::clone(&store), Arc::clone(&self.shared.figures)),
            store,
            folders,
            index: Index::default(),
            queue: Queue::default(),
            methods: Arc::clone(&self.shared.methods),
            figures: Arc::clone(&self.shared.figures),
            is_closing: AtomicBool::new(false),
            _lock: lock,
            settings,
        });
        self.shared.core.set(Arc::clone(&core)).map_err(|_| JobsError::Open)?;
        let taken_up = core.recover().await?;
        tracing::info!(
            "jobs are kept in {}: {} run, {} wait, {} have ended",
            core.settings.data_dir.display(),
            taken_up.running,
            taken_up.waiting,
            taken_up.ended,
        );
        tokio::spawn(watch::watch(Arc::clone(&core)));
        tokio::spawn(upkeep::upkeep(Arc::clone(&core)));
        let clear = move || {
            if let Err(error) = core.clear_orphans() {
                tracing::warn!("folders without a job cannot be removed: {error}");
            }
        };
        drop(tokio::task::spawn_blocking(clear));
        Ok(())
    }

    /// Whether they are open.
    pub fn is_open(&self) -> bool {
        self.shared.core.get().is_some()
    }

    /// Begins nothing any more, and records of the jobs that run in this process that they were
    /// stopped: they begin again with the next server if their methods may, or have failed. Jobs in
    /// processes of their own run on.
    pub async fn close(&self) {
        let Some(core) = self.shared.core.get() else { return };
        core.queue.close();
        core.is_closing.store(true, Ordering::Relaxed);
        core.let_go().await;
    }

    /// Whether anything would ask them: a service with jobs, or an author by hand.
    pub(crate) fn are_used(&self) -> bool {
        !self.shared.methods.is_empty() || self.shared.is_asked_by_hand.load(Ordering::Relaxed)
    }

    /// The same jobs, for an author who will ask by hand.
    pub(crate) fn by_hand(&self) -> Self {
        self.shared.is_asked_by_hand.store(true, Ordering::Relaxed);
        self.clone()
    }

    pub(crate) fn add(&self, service: &'static str, methods: Weak<dyn JobMethods>) {
        self.shared.methods.add(service, methods);
    }

    /// Runs one attempt of a job in this process.
    pub(crate) async fn run_attempt(&self, folder: &Path, attempt: u32) -> io::Result<bool> {
        runner::run(&self.shared.methods, folder, attempt).await
    }

    /// Of the service whose jobs are meant.
    pub(crate) fn service(&self) -> &Arc<ServiceFigures> {
        &self.service
    }

    /// What has happened to them, and how they stand; nothing as long as they are not open.
    pub(crate) fn figures(&self) -> Option<(&Figures, Stock)> {
        Some((&self.shared.figures, self.shared.core.get()?.stock()))
    }

    pub(crate) fn core(&self) -> Result<&Arc<Core>, Fault> {
        self.shared.core.get().ok_or_else(|| {
            Fault::server("this service keeps jobs, and has no place for them")
                .with_log("`Jobs::open` was not called; `App` does so when it serves")
        })
    }
}

async fn open_store(settings: &JobSettings) -> Result<Arc<dyn JobStore>, JobsError> {
    Ok(match &settings.store {
        Store::Memory => Arc::new(MemoryStore::default()),
        Store::File => Arc::new(SqlStore::open_file(&settings.data_dir.join("jobs.db")).await?),
        Store::Url(url) => Arc::new(SqlStore::open(url).await?),
    })
}

/// How long this process has run.
pub(crate) fn own_age() -> Option<Duration> {
    processes::Identity::own().map(|own| own.age())
}

/// Of two servers that look after one folder each would take the other's jobs for lost.
async fn lock(data_dir: &Path) -> Result<File, JobsError> {
    let deadline = Instant::now() + HANDOVER;
    loop {
        let locked = try_lock(data_dir).map_err(|error| JobsError::Folder { folder: data_dir.to_owned(), error })?;
        match locked {
            Some(file) => return Ok(file),
            None if Instant::now() < deadline => tokio::time::sleep(Duration::from_millis(50)).await,
            None => return Err(JobsError::InUse(data_dir.to_owned())),
        }
    }
}

/// Takes the folder's lock, unless somebody has it; it is held as long as the file is open.
fn try_lock(data_dir: &Path) -> io::Result<Option<File>> {
    let file = File::options().create(true).truncate(false).write(true).open(data_dir.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
