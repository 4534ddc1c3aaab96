//! A service with a job: what is polled and started is what the framework publishes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use axum::Router;
use soap_runtime::{HttpSettings, Job, JobError, JobSettings, Jobs, Service, soap_service};

use super::Server;
use super::client::Connection;
use super::requests::{Length, poll, start};

/// The name that its jobs are recorded under.
pub(crate) const SERVICE: &str = "Waiter";
/// With the tags around it, the result is as long as outputs may be that are kept in memory.
const RESULT: usize = 128 - "<tns:result></tns:result>".len();
/// An answer with a page is longer, any other is shorter.
const SHORT: usize = 1000;

struct Waiter;

#[soap_service(path = "/waiter/Waiter", namespace = "tns")]
impl Waiter {
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(&self, job: Job, steps: u32, seconds: u32) -> Result<String, JobError> {
        for step in 1..=steps {
            job.sleep(Duration::from_secs(seconds.into())).await?;
            job.progress_with(step, steps, format!("step {step}")).await?;
        }
        Ok("r".repeat(RESULT))
    }
}

/// How a server keeps its jobs.
#[derive(Clone)]
pub(crate) struct Keeping {
    pub(crate) folder: PathBuf,
    pub(crate) unchanged: bool,
    pub(crate) max_running: usize,
}

impl Keeping {
    /// Every poll is answered with a full page.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), unchanged: false, max_running: 1024 }
    }

    pub(crate) fn serve(&self) -> Server {
        self.serve_as("jobs")
    }

    pub(crate) fn serve_as(&self, kind: &str) -> Server {
        let folder = self.folder.to_str().expect("it has a plain name").to_owned();
        Server::start(kind, &[folder, self.unchanged.to_string(), self.max_running.to_string()])
    }

    fn parse(arguments: &[&str]) -> Self {
        let [folder, unchanged, max_running] = arguments else { panic!("not how to keep jobs: {arguments:?}") };
        Self {
            folder: PathBuf::from(folder),
            unchanged: unchanged.parse().expect("true or false"),
            max_running: max_running.parse().expect("a number"),
        }
    }
}

pub(crate) async fn router(arguments: &[&str]) -> Router {
    let Keeping { folder, unchanged, max_running } = Keeping::parse(arguments);
    let mut settings = JobSettings::in_folder(folder);
    settings.unchanged = unchanged;
    settings.max_running = Some(max_running);
    settings.max_queued = 1_000_000;
    let jobs = Jobs::new();
    let service = Service::with_jobs(Waiter, &jobs).expect("it fits the rules");
    jobs.open(settings).await.expect("the folder can be used");
    soap_runtime::router(vec![service], HttpSettings::default()).expect("there is one path")
}

/// Starts jobs that run for as long as anything is measured, with news every second, and says which
/// requests poll them.
pub(crate) fn start_running(connection: &mut Connection, jobs: std::ops::Range<usize>) -> Vec<String> {
    for job in jobs.clone() {
        connection.send(start(job, Length::Reporting).as_bytes());
        connection.receive();
    }
    jobs.map(poll).collect()
}

/// Polls until the job has ended.
pub(crate) fn wait_for_the_end(connection: &mut Connection, job: usize) {
    let poll = poll(job);
    loop {
        connection.send(poll.as_bytes());
        if connection.receive().length < SHORT {
            return;
        }
    }
}
