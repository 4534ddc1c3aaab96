//! Serving, until a signal ends it.

use std::io::{self, Write};
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::settings::Settings;
use super::{Failure, Preparation, log};
use crate::dispatch::Service;
use crate::http::{self, Connections};
use crate::jobs::Jobs;

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
    let connections = Connections::new(&settings.server());
    let router = http::routes(&services, settings.http(), Some(Arc::clone(&connections)));
    let router = router.map_err(|error| Failure(error.to_string()))?;
    let runtime = runtime()?;
    let served = runtime.block_on(async {
        if jobs.are_used() {
            jobs.open(settings.jobs()).await.map_err(|error| Failure(error.to_string()))?;
        }
        let served = listen(&services, router, settings, &connections).await;
        if tokio::time::timeout(settings.shutdown_timeout, jobs.close()).await.is_err() {
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

async fn listen(
    services: &[Service],
    router: Router,
    settings: &Settings,
    connections: &Arc<Connections>,
) -> Result<(), Failure> {
    let cannot_listen = |error: io::Error| {
        let reason = match error.kind() {
            io::ErrorKind::AddrInUse => {
                "another program is using that port; choose one with --listen or LISTEN".to_owned()
            }
            io::ErrorKind::PermissionDenied => "ports below 1024 need a privilege; choose a higher one".to_owned(),
            _ => error.to_string(),
        };
        Failure(format!("cannot listen on {}: {reason}", settings.listen))
    };
    let listener = TcpListener::bind(&settings.listen).await.map_err(cannot_listen)?;
    let listening = listener.local_addr().map_err(cannot_listen)?.to_string();
    let stopped = stop_signal().map_err(|error| Failure(format!("cannot listen for signals: {error}")))?;
    announce(services, settings, &listening);
    http::serve(listener, router, settings.server(), connections, stopped).await;
    Ok(())
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
