//! `jobs purge`.

use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use super::command::Consent;
use super::text::{jobs, safe};
use super::{Problem, print, tell};
use crate::jobs::{Admin, Words, before};

/// Before anything is looked at: whether there is somebody to ask.
pub(super) fn can_be_asked(consent: Consent) -> Result<(), Problem> {
    if consent == Consent::Given || io::stdin().is_terminal() && io::stderr().is_terminal() {
        return Ok(());
    }
    Err(Problem::usage("nobody can be asked whether the jobs shall be removed; say so with --yes"))
}

pub(super) async fn purge(admin: &Admin, older_than: Duration, consent: Consent) -> Result<ExitCode, Problem> {
    let keys = admin.ended_until(before(older_than)).await?;
    if keys.is_empty() {
        let ago = if older_than.is_zero() { String::new() } else { format!(" more than {} ago", Words(older_than)) };
        print(|out| writeln!(out, "no job has ended{ago}; none is removed"))?;
        return Ok(ExitCode::SUCCESS);
    }
    if consent == Consent::Wanted && !asked(keys.len())? {
        print(|out| writeln!(out, "nothing was removed"))?;
        return Ok(ExitCode::FAILURE);
    }
    let purged = admin.purge(&keys).await?;
    print(|out| writeln!(out, "removed {}", jobs(purged.removed)))?;
    for (folder, error) in &purged.stuck {
        tell(&format!("error: {} cannot be removed: {error}", safe(&folder.to_string_lossy())));
    }
    match purged.left {
        0 if purged.stuck.is_empty() => Ok(ExitCode::SUCCESS),
        0 => Ok(ExitCode::FAILURE),
        left => Err(Problem::new(format!("the server has not removed {} yet; look again later", jobs(left)))),
    }
}

/// Whether the operator agrees.
fn asked(count: usize) -> Result<bool, Problem> {
    let question = format!("Remove {} that ended, with outputs and folders? [y/N] ", jobs(count));
    let mut answer = String::new();
    let asked = write!(io::stderr(), "{question}").and_then(|()| io::stdin().lock().read_line(&mut answer));
    asked.map_err(|error| Problem::new(format!("nobody answers: {error}")))?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
