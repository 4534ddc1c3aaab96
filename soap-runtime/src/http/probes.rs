//! `/health` and `/ready`: whether the server lives, and whether it is to be sent calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::places;
use super::tracing::{not_allowed, origin_of, tell};
use crate::dispatch::Service;
use crate::jobs::{Jobs, Unreachable};

/// Where each of them is, at the root of the server and below its context root.
pub(super) const HEALTH: &str = "/health";
pub(super) const READY: &str = "/ready";

/// However many ask, the store is asked no more often.
const FRESH: Duration = Duration::from_secs(1);

/// When the store was asked, and what it said.
type Found = (Instant, Result<(), Unreachable>);

/// Whether the server is to be sent calls.
pub(crate) struct Readiness {
    /// Those of all services, each once.
    jobs: Vec<Jobs>,
    is_draining: AtomicBool,
    /// What was found, and when; whoever asks meanwhile waits for it.
    found: Arc<Mutex<Option<Found>>>,
}

impl Readiness {
    pub(crate) fn of(services: &[Service]) -> Arc<Self> {
        Arc::new(Self { jobs: places(services), is_draining: AtomicBool::new(false), found: Arc::default() })
    }

    /// From now on it says no, whatever the store says.
    pub(crate) fn drain(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
    }

    async fn answer(&self) -> Response {
        let reason = match self.is_draining.load(Ordering::Relaxed) {
            true => "draining\n".to_owned(),
            false => match self.look().await {
                Ok(()) => return said(StatusCode::OK, "ready\n"),
                Err(why) => format!("the store of the jobs cannot be reached: {why}\n"),
            },
        };
        said(StatusCode::SERVICE_UNAVAILABLE, reason)
    }

    async fn look(&self) -> Result<(), Unreachable> {
        let mut place = Arc::clone(&self.found).lock_owned().await;
        let before = match &*place {
            Some((at, found)) if at.elapsed() < FRESH => return found.clone(),
            Some((_, found)) => found.clone(),
            None => Ok(()),
        };
        let jobs = self.jobs.clone();
        // Whoever asked may go away, and the answer is for the next ones as well.
        let asked = tokio::spawn(async move {
            let found = ask(&jobs).await;
            log_change(&before, &found);
            *place = Some((Instant::now(), found.clone()));
            found
        });
        asked.await.unwrap_or(Err(Unreachable::Silent))
    }
}

async fn ask(places: &[Jobs]) -> Result<(), Unreachable> {
    for jobs in places {
        jobs.ping().await?;
    }
    Ok(())
}

fn log_change(before: &Result<(), Unreachable>, found: &Result<(), Unreachable>) {
    match (before, found) {
        (Ok(()), Err(why)) => {
            ::tracing::warn!(cause = why.cause(), "not ready: the store of the jobs cannot be reached: {why}");
        }
        (Err(_), Ok(())) => ::tracing::info!("ready again: the store of the jobs answers"),
        _ => {}
    }
}

/// Adds both, but for `taken`, where the context root itself answers.
pub(super) fn route(mut router: Router, root: &str, taken: &[String], readiness: &Arc<Readiness>) -> Router {
    let paths = |probe: &str| {
        let mut paths = vec![probe.to_owned(), format!("{root}{probe}")];
        paths.dedup();
        paths.retain(|path| !taken.contains(path));
        paths
    };
    for path in paths(HEALTH) {
        let health = |request: Request| async move { tell(said(StatusCode::OK, "ok\n"), origin_of(request.headers())) };
        router = router.route(&path, get(health).fallback(not_allowed));
    }
    for path in paths(READY) {
        let readiness = Arc::clone(readiness);
        let ready = move |request: Request| async move { tell(readiness.answer().await, origin_of(request.headers())) };
        router = router.route(&path, get(ready).fallback(not_allowed));
    }
    router
}

/// Nothing in between may keep it.
fn said(status: StatusCode, text: impl Into<String>) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], text.into()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;

    use super::*;
    use crate::jobs::JobSettings;

    async fn answered(readiness: &Readiness) -> (u16, String) {
        let response = readiness.answer().await;
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1000).await.expect("it is short");
        (status, String::from_utf8(body.to_vec()).expect("it speaks UTF-8"))
    }

    fn of(jobs: &Jobs) -> Readiness {
        Readiness { jobs: vec![jobs.clone()], is_draining: AtomicBool::new(false), found: Arc::default() }
    }

    #[tokio::test]
    async fn a_server_is_ready_until_it_drains() {
        let readiness = of(&Jobs::new());
        assert_eq!(answered(&readiness).await, (200, "ready\n".to_owned()));
        readiness.drain();
        assert_eq!(answered(&readiness).await, (503, "draining\n".to_owned()));
    }

    #[tokio::test]
    async fn a_store_that_is_gone_is_said_without_its_place_and_asked_once_a_second() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let jobs = Jobs::new();
        jobs.open(JobSettings::in_folder(folder.path())).await.expect("they can be kept there");
        let readiness = of(&jobs);
        assert_eq!(answered(&readiness).await, (200, "ready\n".to_owned()));
        std::fs::remove_file(folder.path().join("jobs.db")).expect("it is there");
        // The answer of before still holds; a look of its own does not.
        assert_eq!(readiness.found.lock().await.take().map(|(_, found)| found), Some(Ok(())));
        let reason = "the store of the jobs cannot be reached: its file is gone, or another one is in its place\n";
        assert_eq!(answered(&readiness).await, (503, reason.to_owned()));
        let at = readiness.found.lock().await.as_ref().map(|(at, _)| *at);
        assert_eq!(answered(&readiness).await, (503, reason.to_owned()));
        assert_eq!(readiness.found.lock().await.as_ref().map(|(at, _)| *at), at, "it was not asked again");
        jobs.close().await;
    }

    #[tokio::test]
    async fn who_goes_away_leaves_the_answer_to_the_next() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let jobs = Jobs::new();
        jobs.open(JobSettings::in_folder(folder.path())).await.expect("they can be kept there");
        let readiness = of(&jobs);
        {
            let mut gone = std::pin::pin!(readiness.look());
            assert!(futures_util::poll!(gone.as_mut()).is_pending(), "the store takes a moment");
        }
        assert_eq!(answered(&readiness).await, (200, "ready\n".to_owned()));
        jobs.close().await;
    }
}
