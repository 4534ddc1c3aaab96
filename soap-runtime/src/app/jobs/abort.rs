//! `jobs abort`.

use std::process::ExitCode;

use super::text::{quoted, safe};
use super::{Problem, print};
use crate::jobs::{Abort, Admin, Ending, Record};

pub(super) async fn abort(admin: &Admin, job: &Record) -> Result<ExitCode, Problem> {
    let id = quoted(&job.service_id);
    let said = if job.state.has_ended() {
        format!("job {id} has ended already ({})", job.state)
    } else {
        match admin.abort(job.key).await? {
            Abort::Ended(ending) => told(&id, &ending),
            Abort::Gone => return Err(Problem::new(format!("job {id} was removed meanwhile"))),
            Abort::Asked => {
                let said = format!("job {id} was told to end by the server, and has not ended yet; look again later");
                return Err(Problem::new(said));
            }
        }
    };
    print(|out| writeln!(out, "{said}"))?;
    Ok(ExitCode::SUCCESS)
}

fn told(id: &str, ending: &Ending) -> String {
    match ending {
        Ending::Aborted => format!("job {id} is aborted"),
        Ending::Completed(_) => format!("job {id} was not aborted: it had completed just before"),
        Ending::Failed(failure) => format!("job {id} was not aborted: it had failed before, {}", safe(&failure.reason)),
    }
}
