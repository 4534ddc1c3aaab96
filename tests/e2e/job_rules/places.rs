//! Where services with jobs are served: in this process, or as a program that can be killed.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use soap_runtime::{HttpSettings, JobSettings, Jobs, Service};
use tokio::runtime::Runtime;

use super::client::Client;
use super::puppet::{CompletePuppet, PagePuppet, Puppet};
use crate::processes::{eventually, kill_all, marked, port_of};
use crate::programs::example;

/// Services in this process, on a socket. Dropped, it goes without a word, as if it had been killed;
/// with what it has in memory, its jobs end as well.
pub(super) struct Here {
    pub(super) address: SocketAddr,
    runtime: Option<Runtime>,
}

impl Here {
    /// The puppets, with their jobs below `folder`.
    pub(super) fn open(folder: &Path, set: impl FnOnce(&mut JobSettings)) -> Self {
        Self::serving(folder, set, |jobs| {
            vec![
                Service::with_jobs(Puppet, jobs).expect("it fits the rules"),
                Service::with_jobs(PagePuppet, jobs).expect("it fits the rules"),
                Service::with_jobs(CompletePuppet, jobs).expect("it fits the rules"),
            ]
        })
    }

    pub(super) fn serving(
        folder: &Path,
        set: impl FnOnce(&mut JobSettings),
        services: impl FnOnce(&Jobs) -> Vec<Service>,
    ) -> Self {
        let mut settings = JobSettings::in_folder(folder);
        set(&mut settings);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let jobs = Jobs::new();
        let services = services(&jobs);
        runtime.block_on(jobs.open(settings)).expect("they can be kept there");
        let router = soap_runtime::router(services, HttpSettings::default()).expect("each has a path of its own");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, runtime: Some(runtime) }
    }

    pub(super) fn client(&self) -> Client {
        Client::new(self.address)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // So long that all is let go of; threads that block are left behind.
            runtime.shutdown_timeout(Duration::from_secs(2));
        }
    }
}

/// The puppets as a program. It and all processes of its jobs are killed with the test.
pub(super) struct Program {
    pub(super) child: Child,
    pub(super) address: SocketAddr,
}

impl Program {
    /// With its jobs below `folder`, as processes unless `settings` say otherwise.
    pub(super) fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        Self::run(&mut Self::command(folder, settings))
    }

    pub(super) fn command(folder: &Path, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(example("puppet"));
        for name in [
            "CONTEXT_ROOT",
            "PUBLIC_URL",
            "DATABASE_URL",
            "MAX_RUNNING",
            "MAX_QUEUED",
            "RETENTION",
            "RUN_TIMEOUT",
            "QUEUE_TIMEOUT",
            "UNCHANGED",
            "OWNERSHIP",
        ] {
            command.env_remove(name);
        }
        command.env("LISTEN", "127.0.0.1:0").env("DATA_DIR", folder).env("EXECUTOR", "process");
        command.envs(settings.iter().copied()).stdin(Stdio::null());
        command
    }

    pub(super) fn run(command: &mut Command) -> Self {
        Self::logging_to(std::env::var_os("SHOW_LOG").map_or_else(Stdio::null, |_| Stdio::inherit()), command)
    }

    pub(super) fn logging_to(log: impl Into<Stdio>, command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("it was built");
        let port = port_of(&mut child, 3).expect("it says where it is");
        Self { child, address: SocketAddr::from(([127, 0, 0, 1], port)) }
    }

    pub(super) fn client(&self) -> Client {
        Client::new(self.address)
    }

    pub(super) fn kill_9(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is ours");
    }

    /// Ends it as an operator does.
    pub(super) fn stop(mut self) -> ExitStatus {
        kill(Pid::from_raw(self.child.id().cast_signed()), Signal::SIGTERM).expect("it runs");
        eventually(|| self.child.try_wait().expect("it is ours"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder for jobs. No process of them outlives the test, however it ends.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The folders of the jobs.
    pub(super) fn of_jobs(&self) -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(self.path().join("jobs")).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        kill_all(|| marked(self.path()));
    }
}
