//! Attempts as processes of their own: this same program again, as `… job run FOLDER ATTEMPT`.
//!
//! What the process does is in `runner`; this is the server's side of it.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use nix::sys::signal::Signal;
use tokio::process::{Child, Command};

use super::{AGAIN, GRACE, PATIENCE, too_long, took_too_long};
use crate::jobs::attempt::Attempt;
use crate::jobs::core::Core;
use crate::jobs::folder::{Folder, is_full};
use crate::jobs::live::Live;
use crate::jobs::processes::{Identity, Kin, MARKER, kill_all, mark};
use crate::jobs::runner::Order;
use crate::jobs::state::{Ending, Failure};
use crate::origin::Trace;

/// How often a process that is no child of this one is looked for.
const LOOK: Duration = Duration::from_millis(200);
/// How many lines of the log a failure quotes.
const QUOTED: usize = 5;

/// A process that runs an attempt.
pub(crate) struct Process {
    identity: Option<Identity>,
    /// Nothing if another server started it.
    child: Option<Child>,
}

impl Process {
    /// One that an earlier server started.
    pub(crate) fn adopted(identity: Identity) -> Self {
        Self { identity: Some(identity), child: None }
    }

    /// One that is not there any more, if it ever was.
    pub(crate) fn gone() -> Self {
        Self { identity: None, child: None }
    }

    /// Waits for its end, and says how it ended, if this process can know.
    async fn ended(&mut self) -> Option<ExitStatus> {
        if let Some(child) = &mut self.child {
            return child.wait().await.ok();
        }
        while self.identity.as_ref().is_some_and(Identity::is_alive) {
            tokio::time::sleep(LOOK).await;
        }
        None
    }
}

/// Why an attempt is gone that did not come to its end.
pub(crate) struct Lost(pub(crate) String);

/// Runs one attempt.
pub(crate) async fn run(core: &Arc<Core>, live: &Arc<Live>, attempt: u32) -> Result<Ending, Lost> {
    match start(core, live, attempt).await {
        Ok(process) => follow(core, live, attempt, process, Duration::ZERO).await,
        Err(failure) => Ok(Ending::Failed(failure)),
    }
}

async fn start(core: &Arc<Core>, live: &Arc<Live>, attempt: u32) -> Result<Process, Failure> {
    let request = core.request(live).await?.to_string();
    let order = Order {
        service: live.service.to_string(),
        method: live.method.to_string(),
        service_id: live.service_id.clone(),
        request,
    };
    let order = Arc::new(order);
    loop {
        let (core, of_job, order) = (Arc::clone(core), Arc::clone(live), Arc::clone(&order));
        let spawned = tokio::task::spawn_blocking(move || spawn(&core, &of_job, attempt, &order)).await;
        match spawned.unwrap_or_else(|error| Err(io::Error::other(error))) {
            Ok(process) => return Ok(process),
            // It was accepted, and room is what others make.
            Err(error) if is_full(&error) && !live.is_aborting() => {
                tracing::warn!(serviceID = live.service_id.short(), "a process cannot be started yet: {error}");
                tokio::time::sleep(AGAIN).await;
            }
            Err(error) => return Err(Failure::new(format!("its process cannot be started: {error}"))),
        }
    }
}

fn spawn(core: &Core, live: &Live, attempt: u32, order: &Order) -> io::Result<Process> {
    let folder = core.folders.of(live.key);
    live.make_folder(&folder)?;
    folder.clear_reports()?;
    folder.write("request.xml", order.to_string())?;
    let log = folder.appending("log.txt")?;
    // The program that this process runs, also after another version has taken its place on the disk.
    let mut command = Command::new("/proc/self/exe");
    command.arg0(std::env::args_os().next().unwrap_or_default());
    command.args(["job", "run"]).arg(folder.path()).arg(attempt.to_string());
    command.env(MARKER, mark(folder.path())).envs(core.settings.environment.iter().cloned());
    hand_on(&mut command, live.trace());
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let child = command.spawn()?;
    let identity = child.id().and_then(|id| Identity::of(i32::try_from(id).ok()?));
    Ok(Process { identity, child: Some(child) })
}

/// Has a program know the trace that it belongs to, and not the one that this process was started in.
pub(crate) fn hand_on(command: &mut Command, trace: Option<&Trace>) {
    match trace {
        Some(trace) => command.env(Trace::VARIABLE, trace.as_str()),
        None => command.env_remove(Trace::VARIABLE),
    };
}

/// Waits for the end of a process, or makes it end, and says how the attempt ended. It has run for
/// `so_far` already.
pub(crate) async fn follow(
    core: &Arc<Core>,
    live: &Arc<Live>,
    attempt: u32,
    mut process: Process,
    so_far: Duration,
) -> Result<Ending, Lost> {
    let limit = core.settings.run_timeout;
    let folder = core.folders.of(live.key);
    let (status, forced) = tokio::select! {
        status = process.ended() => (status, None),
        () = live.cancelled.cancelled() => (stop(live, &folder, &mut process).await, Some(Ending::Aborted)),
        () = too_long(limit, so_far) => {
            (stop(live, &folder, &mut process).await, Some(Ending::Failed(took_too_long(limit))))
        }
    };
    // What it left running.
    kill(live, &folder, &process, None).await;
    match forced {
        // Should it have come to its end before it heard, a server that stops has that recorded.
        Some(Ending::Aborted) => {
            return Ok(Attempt::new(&folder, attempt).ending().ok().flatten().unwrap_or(Ending::Aborted));
        }
        Some(ending) => return Ok(ending),
        None => {}
    }
    let read_error = |error| Ok(Ending::Failed(Failure::new(format!("its files cannot be read: {error}"))));
    ending(live, &folder, attempt, status).unwrap_or_else(read_error)
}

/// Asks the process to end, and kills it with all that belongs to the job if it does not.
async fn stop(live: &Live, folder: &Folder, process: &mut Process) -> Option<ExitStatus> {
    if let Some(identity) = &process.identity {
        identity.terminate();
    }
    if let Ok(status) = tokio::time::timeout(GRACE, process.ended()).await {
        return status;
    }
    let own = process.child.as_ref().and_then(|child| i32::try_from(child.id()?).ok());
    kill(live, folder, process, own).await;
    tokio::time::timeout(PATIENCE, process.ended()).await.ok().flatten()
}

/// Kills all that belongs to the job; `own` is the process itself, if it is a child and still there.
async fn kill(live: &Live, folder: &Folder, process: &Process, own: Option<i32>) {
    let mark = mark(folder.path());
    // It has a session of its own.
    let kin = process.identity.clone().map(Kin::Session);
    let kill = move || kill_all(&[mark], kin.as_ref(), own, PATIENCE);
    if !tokio::task::spawn_blocking(kill).await.unwrap_or(false) {
        tracing::warn!(serviceID = live.service_id.short(), "processes of a job cannot be killed");
    }
}

/// What the attempt left, or what became of its process.
fn ending(live: &Live, folder: &Folder, attempt: u32, status: Option<ExitStatus>) -> io::Result<Result<Ending, Lost>> {
    match Attempt::new(folder, attempt).ending()? {
        // Who sends a signal to all processes, as a machine that goes down, aborts nothing.
        Some(Ending::Aborted) if !live.is_aborting() => {
            return Ok(Err(Lost(
                "its process was told to end by a signal that did not come from the server".to_owned(),
            )));
        }
        Some(ending) => return Ok(Ok(ending)),
        None => {}
    }
    let log = folder.last_lines("log.txt", QUOTED)?.join("; ");
    let last_words = if log.is_empty() { log } else { format!("; its log ends with `{log}`") };
    Ok(match status {
        Some(status) if !was_killed(status) => {
            let reason = format!("its process ended with {status}, and left no result{last_words}");
            Ok(Ending::Failed(Failure::new(reason)))
        }
        Some(status) => Err(Lost(format!("its process was ended by {status}, and left no result{last_words}"))),
        None => {
            let why = "its process is gone, and left no result: it was killed, or the machine was restarted";
            Err(Lost(format!("{why}{last_words}")))
        }
    })
}

/// Whether somebody from outside has ended the process. The other signals come of what it did itself:
/// begun again, it would do so again.
fn was_killed(status: ExitStatus) -> bool {
    let from_outside = [Signal::SIGKILL, Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP, Signal::SIGPWR];
    status.signal().is_some_and(|signal| from_outside.iter().any(|&known| known as i32 == signal))
}
