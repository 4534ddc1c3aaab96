//! The settings of jobs.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::log::environment;
use super::settings::{Optional, Settings, Switch, Time, any_duration};
use crate::jobs::{Executor, JobSettings, Store};

/// What can be set of jobs. The doc comments are the texts of `--help`.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Jobs")]
pub(super) struct JobFlags {
    /// Folder of the database and the files of the jobs
    #[arg(long, env, global = true, value_name = "FOLDER", default_value = "")]
    data_dir: Optional<PathBuf>,

    /// URL of the database; without it, a SQLite file in the data folder
    #[arg(
        long,
        env,
        global = true,
        value_name = "URL",
        default_value = "",
        hide_default_value = true,
        hide_env_values = true
    )]
    database_url: Optional<String>,

    /// Where jobs run: `task`, in the server, or `process`, each in a process of its own
    #[arg(long, env, global = true, value_name = "NAME", default_value_t = Executor::Task)]
    executor: Executor,

    /// How many run at once; without it, one for each processor (process), or 1024 (task)
    #[arg(long, env, global = true, value_name = "COUNT", default_value = "", hide_default_value = true)]
    max_running: Optional<Count>,

    /// How many may wait; more are refused
    #[arg(long, env, global = true, value_name = "COUNT", default_value_t = 10_000)]
    max_queued: usize,

    /// How long an execution stays known after its end
    #[arg(long, env, global = true, value_name = "TIME", default_value = "7d", value_parser = any_duration)]
    retention: Duration,

    /// Longest time that a job may run
    #[arg(long, env, global = true, value_name = "TIME", default_value = "", hide_default_value = true)]
    run_timeout: Optional<Time>,

    /// Longest time that a job may wait
    #[arg(long, env, global = true, value_name = "TIME", default_value = "", hide_default_value = true)]
    queue_timeout: Optional<Time>,

    /// Whether a poll is answered UNCHANGED if nothing has changed since the last one
    #[arg(long, env, global = true, value_name = "WORD", default_value = "on")]
    unchanged: Switch,

    /// Whether an execution is known only to callers with the session token that started it
    #[arg(long, env, global = true, value_name = "WORD", default_value = "on")]
    ownership: Switch,

    /// What becomes of the jobs that run when the server is stopped
    #[arg(long, env, global = true, value_name = "WORD", default_value = "leave")]
    pub(super) shutdown_jobs: ShutdownJobs,
}

/// What becomes of the jobs that run when the server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ShutdownJobs {
    /// Those in processes of their own run on, and the next server takes them up
    Leave,
    /// All are told to end, within the shutdown timeout
    End,
}

/// A number of jobs that run.
#[derive(Clone, Copy, Debug)]
struct Count(usize);

impl std::str::FromStr for Count {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || "a whole number from 1 on is wanted".to_owned();
        text.parse().ok().filter(|count| *count > 0).map(Self).ok_or_else(wrong)
    }
}

impl Settings {
    pub(super) fn jobs(&self) -> JobSettings {
        let JobFlags { data_dir, database_url, max_running, run_timeout, queue_timeout, .. } = &self.jobs;
        let data_dir = data_dir.0.clone().unwrap_or_else(|| default_data_dir(&super::command::program_name()));
        JobSettings {
            store: database_url.0.clone().map_or(Store::File, Store::Url),
            executor: self.jobs.executor,
            max_running: max_running.0.map(|count| count.0),
            max_queued: self.jobs.max_queued,
            retention: self.jobs.retention,
            run_timeout: run_timeout.0.map(|time| time.0),
            queue_timeout: queue_timeout.0.map(|time| time.0),
            unchanged: self.jobs.unchanged == Switch::On,
            ownership: self.jobs.ownership == Switch::On,
            environment: environment(&self.log, self.log_format),
            ..JobSettings::in_folder(data_dir)
        }
    }
}

/// Where programs keep what must outlive them (XDG Base Directory Specification, `XDG_STATE_HOME`).
pub(super) fn default_data_dir(program: &str) -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
    // A user without a home is a service in a container, which has its temporary folder for itself.
    state.unwrap_or_else(std::env::temp_dir).join(Path::new(program))
}
