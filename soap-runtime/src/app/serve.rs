//! Serving, until a signal ends it.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::SetOnce;

use super::job_settings::ShutdownJobs;
use super::settings::Settings;
use super::{Failure, Preparation, log};
use crate::dispatch::Service;
use crate::http::{self, Connections, Readiness};
use crate::jobs::Jobs;

/// What recording how the jobs stand has at least, however long the open calls took.
const CLOSING: Duration = Duration::from_secs(5);

pub(super) fn serve(
    services: Vec<Service>,
    jobs: &Jobs,
    settings: &Settings,
    prepare: Vec<Preparation>,
) -> Result<(), Failure> {
    if services.is_empty() {
        return Err(Failure("there is no service to serve; add one with `App::service`".to_owned()));
    }
    log::start(&settings.log, settings.log_format)?;
    prepare.into_iter().try_for_each(|prepare| prepare().map_err(Failure))?;
    let readiness = Readiness::of(&services);
    let connections = Connections::new(&settings.server());
    let router = http::routes(&services, settings.http(), &readiness, Some(&connections));
    let router = router.map_err(|error| Failure(error.to_string()))?;
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        if jobs.are_used() {
            jobs.open(settings.jobs()).await.map_err(|error| Failure(error.to_string()))?;
        }
        let stopping =
            Stopping { jobs, readiness: &readiness, connections: &connections, settings, begun: SetOnce::new() };
        let served = stopping.listen(&services, router).await;
        if tokio::time::timeout(stopping.left().max(CLOSING), jobs.close()).await.is_err() {
            tracing::warn!("what became of the jobs could not be recorded; the next server finds out");
        }
        served
    });
    // A method that never ends must not hold the program: its thread is left behind.
    runtime.shutdown_background();
    served
}

pub(super) fn runtime() -> Result<Runtime, Failure> {
    Runtime::new().map_err(|error| Failure(format!("cannot start threads: {error}")))
}

/// A server that will be stopped, and how it is: draining, then ending its open calls and jobs, then recording.
struct Stopping<'a> {
    jobs: &'a Jobs,
    readiness: &'a Readiness,
    connections: &'a Arc<Connections>,
    settings: &'a Settings,
    /// When no more connections were taken.
    begun: SetOnce<Instant>,
}

impl Stopping<'_> {
    async fn listen(&self, services: &[Service], router: Router) -> Result<(), Failure> {
        let listen = &self.settings.listen;
        let listener = TcpListener::bind(listen).await.map_err(|error| cannot_listen(listen, &error))?;
        let listening = listener.local_addr().map_err(|error| cannot_listen(listen, &error))?.to_string();
        let stopped = stop_signal().map_err(|error| Failure(format!("cannot listen for signals: {error}")))?;
        announce(services, self.settings, &listening);
        let stopped = async {
            stopped.await;
            self.drain().await;
            let _first = self.begun.set(Instant::now());
        };
        let serving = http::serve(listener, router, self.settings.server(), self.connections, stopped);
        tokio::join!(serving, self.end_jobs());
        Ok(())
    }

    /// Has proxies look elsewhere before there is nothing here any more.
    async fn drain(&self) {
        self.readiness.drain();
        let time = self.settings.drain_time;
        if !time.is_zero() {
            tracing::info!("draining: calls are taken for {} s more, and /ready says no", time.as_secs_f32());
            tokio::time::sleep(time).await;
        }
    }

    /// While the open calls end, so that one time is enough for both.
    async fn end_jobs(&self) {
        self.begun.wait().await;
        if self.settings.jobs.shutdown_jobs == ShutdownJobs::End {
            self.jobs.end_running(self.left()).await;
        }
    }

    /// What is left of the time for an orderly end.
    fn left(&self) -> Duration {
        let passed = self.begun.get().map_or(Duration::ZERO, Instant::elapsed);
        self.settings.shutdown_timeout.saturating_sub(passed)
    }
}

fn cannot_listen(listen: &str, error: &io::Error) -> Failure {
    let reason = match error.kind() {
        io::ErrorKind::AddrInUse => "another program is using that port; choose one with --listen or LISTEN".to_owned(),
        io::ErrorKind::PermissionDenied => "ports below 1024 need a privilege; choose a higher one".to_owned(),
        _ => error.to_string(),
    };
    Failure(format!("cannot listen on {listen}: {reason}"))
}

/// Says where everything is, to whoever started the program.
fn announce(services: &[Service], settings: &Settings, listening: &str) {
    for service in services {
        let description = service.description();
        let address = settings.address(listening, &description.path);
        let said = format!("{}\n  endpoint  {address}\n  WSDL      {address}?wsdl\n", description.name);
        // Whoever started the program may have stopped reading; that is no reason not to serve.
        let _written = io::stdout().write_all(said.as_bytes());
    }
    tracing::info!("listening on {listening}");
}

/// Ready once SIGTERM or SIGINT has come; another one then ends the program at once.
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            tracing::warn!("ended by a second signal");
            std::process::exit(1);
        });
    })
}
