//! The jobs of a program: what callers ask of them.
//!
//! `schedule` decides when they run, `recovery` takes up those of an earlier server, `upkeep` looks
//! after them meanwhile.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::clock::{self, Instant};
use super::ended::Ended;
use super::executor::Executor;
use super::figures::{Figures, PollAnswer, ServiceFigures};
use super::folder::{Folder, Folders, is_full};
use super::id::{Digest, JobKey};
use super::index::{Index, Job};
use super::live::{Live, Pages, Shown};
use super::messages;
use super::methods::{Closure, JobMethods, Methods};
use super::report::Begun;
use super::schedule::{Admission, Queue};
use super::settings::JobSettings;
use super::state::{Change, Ending, Failure, Record, State, Wanted};
use super::store::{JobStore, StoreError};
use super::writer::Writer;
use crate::fault::Fault;
use crate::origin::Trace;
use crate::types::{ServiceId, SessionToken};

/// How long `abortService` waits for the end. The workflow manager gives a call ten seconds.
const PATIENCE: Duration = Duration::from_secs(8);
/// The longest serviceID, token and message that are taken, in bytes.
const LONGEST: usize = 64 << 10;

/// The jobs of a program, in a place where they are kept.
pub(crate) struct Core {
    pub(crate) settings: JobSettings,
    pub(crate) store: Arc<dyn JobStore>,
    pub(crate) writer: Writer,
    pub(crate) folders: Folders,
    pub(crate) index: Index,
    pub(crate) queue: Queue,
    pub(crate) methods: Arc<Methods>,
    pub(crate) figures: Arc<Figures>,
    /// Set when nothing new may begin.
    pub(crate) is_closing: AtomicBool,
    /// Held as long as this server looks after the folder.
    pub(crate) _lock: File,
}

/// What is to be started.
pub(crate) struct Start {
    pub(crate) service: Arc<ServiceFigures>,
    pub(crate) method: &'static str,
    pub(crate) service_id: ServiceId,
    pub(crate) token: SessionToken,
    /// The arguments, as XML.
    pub(crate) request: String,
    /// What is run, if that is no method.
    pub(crate) closure: Option<Closure>,
    /// What the call that starts it belongs to.
    pub(crate) trace: Option<Trace>,
}

/// Which execution is meant, and by whom.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) service: &'a ServiceFigures,
    pub(crate) service_id: &'a ServiceId,
    pub(crate) token: &'a SessionToken,
}

/// How an execution stands.
#[derive(Debug)]
pub(crate) enum Standing {
    Live(Shown),
    Ended {
        ending: Ending,
        /// Whether nobody was told yet.
        is_news: bool,
    },
}

impl Core {
    /// Records a job and has it run; one that is there already with the same arguments is that one.
    pub(crate) async fn start(self: &Arc<Self>, start: Start) -> Result<Standing, Fault> {
        refuse_long("serviceID", start.service_id.as_str())?;
        refuse_long("sessionToken", start.token.expose())?;
        let (record, live) = self.draft(&start);
        if let Some(job) = self.index.claim(&live) {
            return self.started_before(record, &start.service_id, job).await;
        }
        let Start { service_id, token, request, closure, trace, .. } = start;
        live.set_trace(trace);
        live.equip(token, &request, closure);
        let accepted = self.accept(record, &live, request).await;
        // Whoever asked for the same meanwhile waits for this.
        let _ = live.recorded.set(accepted.is_ok());
        if let Err(fault) = accepted {
            self.index.remove(live.key);
            return Err(fault);
        }
        self.standing(&service_id, Job::Live(live), Pages::Always).await
    }

    fn draft(&self, start: &Start) -> (Record, Arc<Live>) {
        let executor = if start.closure.is_some() { Executor::Task } else { self.settings.executor };
        let queued = Begun { at: clock::now(), instant: Instant::now() };
        let record = Record {
            key: JobKey::of(&start.service.name, start.service_id.as_str()),
            service: start.service.name.to_string(),
            service_id: start.service_id.as_str().to_owned(),
            method: start.method.to_owned(),
            owner: Digest::of(start.token.expose()),
            request: Digest::of_request(start.method, &start.request),
            executor: executor.to_string(),
            state: State::Queued,
            attempt: 0,
            queued_at: queued.at,
            started_at: None,
            ended_at: None,
            wanted: None,
            ending: None,
        };
        let live = Arc::new(Live::new(&record, executor, queued, Arc::clone(&start.service)));
        (record, live)
    }

    async fn started_before(&self, record: Record, id: &ServiceId, job: Job) -> Result<Standing, Fault> {
        if self.settings.ownership && job.owner() != record.owner {
            return Err(Fault::client(format!("the serviceID {id} is taken; start under one of your own")));
        }
        if job.request() != record.request {
            let message = format!(
                "execution {id}: it was started before with other arguments; start another one under a serviceID of \
                 its own"
            );
            return Err(Fault::client(message));
        }
        if let Job::Live(live) = &job
            && !*live.recorded.wait().await
        {
            return Err(Fault::server(format!("execution {id} cannot be recorded; try again later")));
        }
        self.standing(id, job, Pages::Always).await
    }

    /// Accepted means recorded: it is on the disk when this returns.
    async fn accept(self: &Arc<Self>, mut record: Record, live: &Arc<Live>, request: String) -> Result<(), Fault> {
        let admission = self.queue.admit(live, &self.settings);
        if admission == Admission::Full {
            let message = format!("{} jobs wait already, and no more may; try again later", self.settings.max_queued);
            return Err(Fault::server(message));
        }
        if admission == Admission::Now {
            (record.state, record.attempt, record.started_at) = (State::Running, 1, Some(record.queued_at));
        }
        let kept = self.keep_token(live, admission).await;
        let id = &live.service_id;
        let committed = match kept {
            Ok(()) => self.writer.commit(Change::Insert(Box::new(record), request)).await,
            Err(error) if is_full(&error) => Err(Arc::new(StoreError::Full(error.into()))),
            Err(error) => Err(Arc::new(StoreError::Unusable(format!("the token cannot be kept: {error}")))),
        };
        match committed {
            Ok(true) => {
                live.figures.count_accepted();
                match admission {
                    Admission::Now => self.launch(live, 1),
                    _ => self.enter(live),
                }
            }
            Ok(false) => {
                self.retract(live, admission);
                return Err(Fault::server(format!("execution {id} is recorded already, by another server")));
            }
            Err(error) => {
                self.retract(live, admission);
                // Nobody was told of it, and nobody else has one of that name.
                self.in_folder(live.key, |folder| folder.remove()).await.unwrap_or_else(|error| {
                    tracing::warn!(serviceID = id.short(), "a folder cannot be removed: {error}");
                });
                return Err(fault(id, &error));
            }
        }
        Ok(())
    }

    /// A job that may have to begin after this server is gone needs its token then, and of that the
    /// store has a digest only. That of one in a process is there in any case: without it, nobody could
    /// tell whether the process has begun.
    async fn keep_token(&self, live: &Arc<Live>, admission: Admission) -> io::Result<()> {
        let token = live.token();
        let ends_with_this = live.executor == Executor::Task && admission == Admission::Now && !self.may_requeue(live);
        let needs_folder = live.executor == Executor::Process || !token.is_empty();
        if ends_with_this || !needs_folder {
            return Ok(());
        }
        let live = Arc::clone(live);
        self.in_folder(live.key, move |folder| {
            live.make_folder(folder)?;
            live.keep_trace(folder)?;
            if token.is_empty() { Ok(()) } else { folder.write("token", token.expose()) }
        })
        .await
    }

    /// Does something with the files of a job, on a thread that may wait for a slow disk.
    pub(super) async fn in_folder<T: Send + 'static>(
        &self,
        key: JobKey,
        work: impl FnOnce(&Folder) -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let folder = self.folders.of(key);
        tokio::task::spawn_blocking(move || work(&folder)).await.unwrap_or_else(|error| Err(io::Error::other(error)))
    }

    /// How an execution stands.
    pub(crate) async fn status(&self, asked: Asked<'_>) -> Result<Standing, Fault> {
        let job = self.find(asked).inspect_err(|_| asked.service.count_poll(PollAnswer::Unknown))?;
        let pages = if self.settings.unchanged { Pages::WhenChanged } else { Pages::Always };
        let standing = self.standing(asked.service_id, job, pages).await;
        asked.service.count_poll(standing.as_ref().map_or(PollAnswer::Error, PollAnswer::from));
        standing
    }

    async fn standing(&self, id: &ServiceId, job: Job, pages: Pages) -> Result<Standing, Fault> {
        match job {
            Job::Live(live) => Ok(Standing::Live(live.answer(self.queue.place(&live), pages))),
            Job::Ended(ended) => {
                let is_news = self.index.is_news(&ended) || pages == Pages::Always;
                Ok(Standing::Ended { ending: self.ending(id, ended).await?, is_news })
            }
        }
    }

    async fn ending(&self, id: &ServiceId, ended: Ended) -> Result<Ending, Fault> {
        if let Some(ending) = ended.ending {
            return Ok(ending);
        }
        let found = self.store.ending(ended.key).await.map_err(|error| {
            self.figures.count_store_error();
            let message = format!("the outputs of execution {id} cannot be read; try again later");
            Fault::server(message).with_log(said_of(&error))
        })?;
        // It was cleared away since it was found.
        found.ok_or_else(|| unknown(id))
    }

    /// Ends an execution, with all that it started; whether nothing of it is left. One that has ended
    /// already stays as it is.
    pub(crate) async fn abort(self: &Arc<Self>, asked: Asked<'_>) -> Result<bool, Fault> {
        match self.find(asked)? {
            Job::Ended(_) => Ok(true),
            Job::Live(live) => {
                let wanted = Change::Want { key: live.key, wanted: Wanted::Abort };
                // On the disk first: a server that dies now goes on with it when it starts again. If
                // that cannot be, it ends all the same: it may be what has filled the disk.
                if let Err(error) = self.writer.commit(wanted).await {
                    let id = live.service_id.short();
                    tracing::warn!(serviceID = id, "an abort cannot be recorded: {}", said_of(&*error));
                }
                self.make_end(&live);
                let is_over = tokio::time::timeout(PATIENCE, live.over.cancelled()).await.is_ok();
                Ok(is_over && !live.goes_on())
            }
        }
    }

    /// Hands a message to an execution that has not ended.
    pub(crate) async fn notify(self: &Arc<Self>, asked: Asked<'_>, message: String) -> Result<(), Fault> {
        refuse_long("message", &message)?;
        let Job::Live(live) = self.find(asked)? else {
            return Err(Fault::client(format!("execution {} has ended, and takes no messages", asked.service_id)));
        };
        if message == super::page::ABORT_MESSAGE {
            return self.abort(asked).await.map(drop);
        }
        let full = || Fault::client(format!("execution {} has as many messages as it can hold", asked.service_id));
        if live.executor == Executor::Task {
            return if live.push_message(&message) { Ok(()) } else { Err(full()) };
        }
        match self.in_folder(live.key, move |folder| messages::append(folder, &message)).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(full()),
            Err(error) => Err(Fault::server("the message cannot be handed over").with_log(error.to_string())),
        }
    }

    /// The same fault for what is unknown and for what is somebody else's.
    fn find(&self, asked: Asked<'_>) -> Result<Job, Fault> {
        let found = self.index.get(JobKey::of(&asked.service.name, asked.service_id.as_str()));
        let is_owner = |job: &Job| !self.settings.ownership || job.owner() == Digest::of(asked.token.expose());
        found.filter(is_owner).ok_or_else(|| unknown(asked.service_id))
    }

    /// The arguments of a job, when its time has come.
    pub(crate) async fn request(&self, live: &Live) -> Result<Arc<str>, Failure> {
        if let Some(request) = live.take_request() {
            return Ok(request);
        }
        let key = live.key;
        let lost = |log: String| {
            tracing::error!(%key, "the arguments of a job cannot be read: {log}");
            Failure::new("its arguments cannot be read from the database")
        };
        let found = self.store.request(key).await.map_err(|error| {
            self.figures.count_store_error();
            lost(said_of(&error))
        })?;
        found.map(Arc::from).ok_or_else(|| lost("it is not there".to_owned()))
    }

    pub(crate) fn methods_of(&self, service: &str) -> Result<Arc<dyn JobMethods>, Failure> {
        self.methods.of(service).ok_or_else(|| Failure::new(format!("there is no service `{service}` here any more")))
    }

    /// Whether the job's method may begin again when an attempt was lost.
    pub(crate) fn may_requeue(&self, live: &Live) -> bool {
        self.methods.of(&live.service).is_some_and(|methods| methods.may_requeue(&live.method))
    }
}

/// The same for what was never there and for what is not there any more.
fn unknown(id: &ServiceId) -> Fault {
    Fault::client(format!("there is no execution {id}: it was never started here, or has been cleared away"))
}

/// Nothing that a caller sends may fill the server.
fn refuse_long(name: &str, text: &str) -> Result<(), Fault> {
    match text.len() {
        ..=LONGEST => Ok(()),
        length => {
            let message = format!("`{name}` has {length} bytes, and may have {LONGEST}");
            Err(Fault::client(message).with_subcode("ValidationError"))
        }
    }
}

/// Why something was not recorded: for the caller the word, for the log the cause.
fn fault(service_id: &ServiceId, error: &StoreError) -> Fault {
    let why = match error {
        StoreError::Full(_) => "the disk is full",
        _ => "the database failed",
    };
    Fault::server(format!("execution {service_id} cannot be recorded: {why}; try again later")).with_log(said_of(error))
}

/// An error with its causes.
pub(super) fn said_of(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
