//! The accept loop: connections bounded in number, headers and stalled answers bounded in time, an
//! end with a deadline.
//!
//! `axum::serve` has neither a timeout for headers nor a bound on connections, and waits for ever
//! at the end; hyper underneath has all it takes.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower_service::Service;

use super::stall::Impatient;

/// How connections are treated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ServerSettings {
    /// How many there may be at once; more wait to be accepted.
    pub(crate) max_connections: usize,
    /// How long the headers of a request may take, and a connection may idle.
    pub(crate) header_timeout: Duration,
    /// How long a caller may take nothing of its answer.
    pub(crate) write_timeout: Duration,
    /// How long open calls may go on once the end has been asked for.
    pub(crate) shutdown_timeout: Duration,
}

/// How many connections are open, for whoever wants to know.
#[derive(Debug)]
pub(crate) struct Connections {
    open: AtomicUsize,
    limit: usize,
}

impl Connections {
    pub(crate) fn new(settings: &ServerSettings) -> Arc<Self> {
        Arc::new(Self { open: AtomicUsize::new(0), limit: settings.max_connections })
    }

    /// One more, until it is dropped.
    fn open(self: &Arc<Self>) -> Open {
        self.open.fetch_add(1, Ordering::Relaxed);
        Open(Arc::clone(self))
    }

    pub(super) fn count(&self) -> usize {
        self.open.load(Ordering::Relaxed)
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }
}

struct Open(Arc<Connections>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Serves until `shutdown` is ready and the open calls have ended, or their deadline has passed.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    settings: ServerSettings,
    open: &Arc<Connections>,
    shutdown: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(settings.header_timeout);
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(settings.max_connections));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await.expect("it is never closed");
            (accept(&listener).await, place)
        };
        let ((stream, peer), place) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut shutdown => break,
        };
        let open = open.open();
        let router = router.clone();
        let service = hyper::service::service_fn(move |mut request: Request<Incoming>| {
            // Only descriptions depend on who asks; calls are spared the allocation.
            if request.method() != Method::POST {
                request.extensions_mut().insert(ConnectInfo(peer));
            }
            router.clone().call(request)
        });
        let stream = Impatient::new(stream, settings.write_timeout);
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%peer, "connection ended: {error}");
            }
            drop((place, open));
        });
    }
    drop(listener);
    tracing::info!("shutting down: open calls have {} s to end", settings.shutdown_timeout.as_secs_f32());
    if tokio::time::timeout(settings.shutdown_timeout, connections.shutdown()).await.is_err() {
        tracing::warn!("calls were still open at the deadline and are cut off");
    }
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are written whole; waiting for more to send only adds delay.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%peer, "cannot turn off Nagle's algorithm: {error}");
                }
                return (stream, peer);
            }
            Err(error) => {
                // Out of file descriptors, most likely: another connection has to end first.
                tracing::warn!("cannot accept a connection: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use axum::routing::get;
    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn a_caller_that_takes_nothing_of_its_answer_makes_place_for_others() {
        // More than the buffers of both ends hold.
        let router = Router::new().route("/long", get(|| async { "x".repeat(64 << 20) }));
        let router = router.route("/short", get(|| async { "ok" }));
        let settings = ServerSettings {
            max_connections: 1,
            header_timeout: Duration::from_secs(60),
            write_timeout: Duration::from_millis(100),
            shutdown_timeout: Duration::from_secs(1),
        };
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (stop, stopped) = oneshot::channel::<()>();
        let server = runtime.spawn(async move {
            let open = Connections::new(&settings);
            serve(listener, router, settings, &open, async { drop(stopped.await) }).await;
            open.count()
        });
        let ask = |path: &str| {
            let mut stream = std::net::TcpStream::connect(address).expect("the server listens");
            stream.set_read_timeout(Some(Duration::from_secs(60))).expect("an option of sockets");
            let request = format!("GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).expect("the server reads");
            stream
        };
        let mut stalled = ask("/long");
        stalled.read_exact(&mut [0; 4]).expect("the answer begins");
        let mut answer = String::new();
        ask("/short").read_to_string(&mut answer).expect("the server answers");
        assert!(answer.ends_with("ok"), "{answer}");
        drop(stop);
        let open = runtime.block_on(server).expect("the server ends");
        assert_eq!(open, 0, "all that were opened are closed");
    }
}
