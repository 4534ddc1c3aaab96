//! The command line: the settings as flags, `serve`, `wsdl`, and the author's own commands.

use std::convert::Infallible;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Arg, ArgAction, Args as _, CommandFactory, Id, value_parser};

use super::Command;
use super::health;
use super::job_settings::JobFlags;
use super::jobs;
use super::settings::{Optional, Settings};
use super::wsdl;
use crate::jobs::Executor;

pub(super) const FOLDER: &str = "folder";
pub(super) const ATTEMPT: &str = "attempt";
pub(super) const ARGUMENTS: &str = "arguments";

/// Runs one attempt of a job: for the server, not for people.
pub(super) const JOB: &str = "job";

/// For the operator.
pub(super) const JOBS: &str = "jobs";

/// What an author gives for settings that are not set.
pub(super) struct Defaults {
    pub(super) context_root: String,
    pub(super) data_dir: PathBuf,
    pub(super) executor: Executor,
    pub(super) max_running: Option<NonZeroUsize>,
}

/// The whole of it; with what is about jobs, if the program has any.
pub(super) fn command_line(defaults: Defaults, commands: &[Command], has_jobs: HasJobs) -> clap::Command {
    let Defaults { context_root, data_dir, executor, max_running } = defaults;
    let own = commands.iter().map(|command| {
        let arguments = Arg::new(ARGUMENTS)
            .num_args(0..)
            .action(ArgAction::Append)
            .trailing_var_arg(true)
            .allow_hyphen_values(true)
            .value_parser(value_parser!(OsString));
        clap::Command::new(command.name).about(command.about).arg(arguments)
    });
    let command_line = Settings::command()
        .name(program_name())
        .mut_arg("context_root", |argument| {
            argument.hide_default_value(context_root.is_empty()).default_value(context_root)
        })
        .mut_arg("data_dir", |argument| {
            argument.default_value(data_dir.as_os_str().to_owned()).value_parser(folder_or(data_dir))
        })
        .mut_arg("executor", |argument| argument.default_value(executor.to_string()))
        .mut_arg("max_running", |argument| match max_running {
            Some(count) => argument.default_value(count.to_string()).hide_default_value(false),
            None => argument,
        })
        .subcommand(clap::Command::new("serve").about("Serves until it is stopped; the default"))
        .subcommand(wsdl::command())
        .subcommand(job_command())
        .subcommands(own)
        .disable_help_subcommand(true);
    // An author's own command of that name was there first.
    let is_taken = commands.iter().any(|command| command.name == health::HEALTH);
    let health = (!is_taken).then(|| health::command(&command_line));
    let command_line = command_line.subcommands(health);
    match has_jobs {
        HasJobs::Yes => {
            let jobs = jobs::command(&command_line);
            command_line.subcommand(jobs)
        }
        HasJobs::No => without_job_settings(command_line),
    }
}

/// All settings of the server but these, for a command of ours whose help they would be most of. They are
/// taken all the same, for they may stand in the environment.
pub(super) fn settings_but<'a>(parent: &'a clap::Command, shown: &'a [&str]) -> impl Iterator<Item = Arg> + 'a {
    let others = parent
        .get_arguments()
        .filter(|argument| argument.is_global_set() && !shown.iter().any(|name| argument.get_id().as_str() == *name));
    others.map(|argument| argument.clone().hide(true))
}

/// Whether a program has jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HasJobs {
    Yes,
    No,
}

/// They do not show, and the environment does not matter: what `EXECUTOR` is there for, another
/// program may know.
fn without_job_settings(command_line: clap::Command) -> clap::Command {
    let flags = JobFlags::augment_args(clap::Command::new(""));
    let is_about_jobs = |id: &Id| flags.get_arguments().any(|argument| argument.get_id() == id);
    command_line.mut_args(|argument| match is_about_jobs(argument.get_id()) {
        true => argument.hide(true).env(None::<&str>),
        false => argument,
    })
}

/// As env files leave it, an empty folder is none, and then the program's own holds.
fn folder_or(default: PathBuf) -> impl Fn(&str) -> Result<Optional<PathBuf>, Infallible> + Clone + Send + Sync {
    move |text| Ok(Optional(Some(if text.is_empty() { default.clone() } else { PathBuf::from(text) })))
}

fn job_command() -> clap::Command {
    let folder = Arg::new(FOLDER).required(true).value_parser(value_parser!(PathBuf));
    let attempt = Arg::new(ATTEMPT).required(true).value_parser(value_parser!(u32));
    let run = clap::Command::new("run").about("Runs one attempt of a job").arg(folder).arg(attempt);
    clap::Command::new(JOB).about("Runs jobs, for the server").hide(true).subcommand_required(true).subcommand(run)
}

pub(super) fn program_name() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    path.as_ref()
        .and_then(|path| path.file_name())
        .map_or_else(|| "app".to_owned(), |name| name.to_string_lossy().into_owned())
}
