//! `jobs`: what the operator sees of the jobs, and does with them, on the command line.
//!
//! What is done is in `crate::jobs::admin`; here it is asked for, and told.

mod abort;
mod command;
mod json;
mod list;
mod purge;
mod show;
mod table;
mod text;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::ArgMatches;

use super::serve::runtime;
use super::{Failure, USAGE, output};
use crate::jobs::{Admin, AdminError, JobSettings, Record, Store};
use command::{Order, Which};
use text::quoted;
pub(crate) use text::safe;

pub(super) use command::command;
#[cfg(feature = "cli")]
pub(crate) use text::{middle_cut, safe_lines};

/// Why nothing came of it: one sentence, and the exit code.
struct Problem {
    sentence: String,
    code: ExitCode,
}

impl Problem {
    fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: ExitCode::FAILURE }
    }

    /// The command line was not complete.
    fn usage(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), code: ExitCode::from(USAGE) }
    }
}

impl From<AdminError> for Problem {
    fn from(error: AdminError) -> Self {
        Self::new(error.to_string())
    }
}

/// Does what the arguments say.
pub(super) fn run(settings: &JobSettings, arguments: &ArgMatches) -> Result<ExitCode, Failure> {
    let order = Order::parse(arguments).ok_or_else(|| Failure("say what to do with the jobs".to_owned()))?;
    let runtime = runtime()?;
    let done = runtime.block_on(carry_out(settings, &order));
    // Threads that wait for a process or a disk have nothing to say any more.
    runtime.shutdown_background();
    Ok(done.unwrap_or_else(|Problem { sentence, code }| {
        tell(&format!("error: {}", safe(&sentence)));
        code
    }))
}

async fn carry_out(settings: &JobSettings, order: &Order) -> Result<ExitCode, Problem> {
    if let Order::Purge { consent, .. } = order {
        purge::can_be_asked(*consent)?;
    }
    let admin = Admin::open(settings).await?.ok_or_else(|| no_jobs(settings))?;
    match order {
        Order::List(selection, form) => list::list(&admin, selection, *form).await,
        Order::Show(which, form) => show::show(&admin, &find(&admin, which).await?, *form).await,
        Order::Abort(which) => abort::abort(&admin, &find(&admin, which).await?).await,
        Order::Purge { older_than, consent } => purge::purge(&admin, *older_than, *consent).await,
    }
}

fn no_jobs(settings: &JobSettings) -> Problem {
    // The URL may hold a password.
    let database = if matches!(settings.store, Store::Url(_)) { " and the database of DATABASE_URL" } else { "" };
    Problem::new(format!("there are no jobs in {}{database} yet", settings.data_dir.display()))
}

/// The one job that is meant.
async fn find(admin: &Admin, which: &Which) -> Result<Record, Problem> {
    let mut found = admin.find(&which.id, which.service.as_deref()).await?;
    let id = quoted(&which.id);
    match (found.pop(), &found[..]) {
        (Some(record), []) => Ok(record),
        (None, _) => {
            let of_service = which.service.as_ref().map(|service| format!(" of {}", quoted(service)));
            Err(Problem::new(format!("there is no job {id}{}", of_service.unwrap_or_default())))
        }
        (Some(first), others) => {
            let all = std::iter::once(&first).chain(others);
            let all: Vec<_> = all.map(|job| format!("{} (key {})", quoted(&job.service), job.key)).collect();
            let which = format!("{id} can be a job of {}", all.join(", or of "));
            Err(Problem::new(format!("{which}; say which one with --service, or give its key")))
        }
    }
}

fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    output::print(write).map_err(|error| Problem::new(format!("cannot write to standard output: {error}")))
}

/// Says something beside the output. If nobody listens, nobody is told.
fn tell(sentence: &str) {
    let _ = writeln!(io::stderr(), "{sentence}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{Digest, JobKey, State, Timestamp};

    /// One that was queued at 1 s, and ran from 3 s to 68 s, as far as its state goes.
    pub(super) fn record(service_id: &str, state: State) -> Record {
        let at = |time: Timestamp, has_come: bool| has_come.then_some(time);
        let has_begun = state != State::Queued;
        Record {
            key: JobKey::of("Waiter", service_id),
            service: "Waiter".to_owned(),
            service_id: service_id.to_owned(),
            method: "startWaiter".to_owned(),
            owner: Digest::of("token"),
            request: Digest::of("request"),
            executor: "process".to_owned(),
            state,
            attempt: u32::from(has_begun),
            queued_at: 1_000,
            started_at: at(3_000, has_begun),
            ended_at: at(68_000, state.has_ended()),
            wanted: None,
            ending: None,
        }
    }
}
