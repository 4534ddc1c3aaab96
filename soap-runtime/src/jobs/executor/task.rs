//! Attempts as tasks of the server.

use std::sync::Arc;
use std::time::Duration;

use tracing::Instrument;

use super::{GRACE, too_long, took_too_long};
use crate::jobs::core::Core;
use crate::jobs::folder::Folder;
use crate::jobs::job::{Job, Link, Named};
use crate::jobs::live::Live;
use crate::jobs::methods::{Running, spawn};
use crate::jobs::state::{Ending, Failure};
use crate::origin::Trace;

/// Runs one attempt.
pub(crate) async fn run(core: &Arc<Core>, live: &Arc<Live>, attempt: u32) -> Ending {
    let folder = core.folders.of(live.key);
    if live.has_folder() {
        // They only inform; what cannot be removed is shown until there is something newer.
        let _ = core.in_folder(live.key, Folder::clear_reports).await;
    }
    let named = Named { service_id: live.service_id.clone(), token: live.token(), attempt };
    let job = Job::new(named, folder, live.cancelled.clone(), Link::Here(Arc::clone(live)));
    let ending = match start(core, live, job).await {
        Ok(running) => wait(core, live, running).await,
        Err(failure) => Ending::Failed(failure),
    };
    if live.has_folder() {
        // What its programs left running.
        core.kill_leftovers(&[Arc::clone(live)]).await;
    }
    ending
}

async fn start(core: &Arc<Core>, live: &Arc<Live>, job: Job) -> Result<Running, Failure> {
    let span = tracing::error_span!(
        parent: None,
        "job",
        service = &*live.service,
        serviceID = live.service_id.short(),
        trace_id = live.trace().map(Trace::id)
    );
    if let Some(closure) = live.take_closure() {
        return Ok(Running::of(closure(job).instrument(span)));
    }
    if live.method.is_empty() {
        // It was such a closure, which nobody finds again.
        return Err(Failure::new("the server that was to run it was stopped or has died"));
    }
    let request = core.request(live).await?;
    Ok(spawn(core.methods_of(&live.service)?, Arc::clone(&live.method), job, request, span))
}

async fn wait(core: &Arc<Core>, live: &Arc<Live>, mut running: Running) -> Ending {
    let limit = core.settings.run_timeout;
    tokio::select! {
        // What was told to end and has ended did so for that.
        biased;
        () = live.cancelled.cancelled() => {
            // Should it have come to its end meanwhile, a server that stops has that recorded.
            match stop(live, running).await {
                Some(ending @ Ending::Completed(_)) => ending,
                _ => Ending::Aborted,
            }
        }
        ending = running.ended() => ending,
        () = too_long(limit, Duration::ZERO) => {
            live.cancelled.cancel();
            stop(live, running).await;
            Ending::Failed(took_too_long(limit))
        }
    }
}

/// Waits for a method that was told to end, and drops what it has left to do if it does not. How it ended, if it
/// did by itself.
async fn stop(live: &Live, mut running: Running) -> Option<Ending> {
    if let Ok(ending) = tokio::time::timeout(GRACE, running.ended()).await {
        return Some(ending);
    }
    running.abort();
    if tokio::time::timeout(GRACE, running.gone()).await.is_err() {
        live.set_goes_on();
        tracing::warn!(serviceID = live.service_id.short(), "a method that was told to end goes on blocking a thread");
    }
    None
}
