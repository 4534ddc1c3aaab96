//! A service that keeps the platform's contract but in one point, which is chosen; made by hand, since the
//! framework would not let it be wrong.
//!
//! It counts ticks: `startTicks(serviceID, sessionToken, text, ticks)` gives `result` and `count` in the end.

mod executions;
mod wrong;
mod wsdl;

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Method, Response, StatusCode, Uri, header};

use executions::{Answer, Executions, parse};
pub(crate) use wrong::Wrong;

const PATH: &str = "/bad/ticks/Ticks";

/// The running service.
pub(crate) struct Bad {
    pub(crate) address: String,
    site: Arc<Site>,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Bad {
    /// On a free port, until it is dropped.
    pub(crate) fn start(wrong: Wrong) -> Self {
        let (said, site) = channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("threads");
            runtime.block_on(async {
                let listen = || async { tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port") };
                let (listener, other) = (listen().await, listen().await);
                let [address, elsewhere] =
                    [&listener, &other].map(|one| one.local_addr().expect("it listens").to_string());
                let site = Arc::new(Site { wrong, address, elsewhere, executions: Executions::new(wrong) });
                said.send(Arc::clone(&site)).expect("somebody waits for it");
                let serve = |listener, site: Arc<Site>| axum::serve(listener, router(site)).into_future();
                tokio::select! {
                    _ = serve(listener, Arc::clone(&site)) => {}
                    _ = serve(other, site) => {}
                    _ = stopped => {}
                }
            });
        });
        let site = site.recv().expect("it listens");
        Self { address: site.address.clone(), site, _stop: stop }
    }

    /// How many executions it has seen.
    pub(crate) fn started(&self) -> usize {
        self.site.executions.count(|_| true)
    }

    /// How many of them go on.
    pub(crate) fn running(&self) -> usize {
        self.site.executions.count(|execution| execution.runs())
    }

    pub(crate) fn wsdl(&self) -> String {
        format!("http://{}{PATH}?wsdl", self.address)
    }
}

/// What is at its addresses.
struct Site {
    wrong: Wrong,
    address: String,
    /// A second one, which answers as well.
    elsewhere: String,
    executions: Executions,
}

fn router(site: Arc<Site>) -> Router {
    Router::new().fallback(move |method: Method, uri: Uri, body: Bytes| {
        let site = Arc::clone(&site);
        async move { site.answer(method, uri, body).await }
    })
}

impl Site {
    async fn answer(&self, method: Method, uri: Uri, body: Bytes) -> Response<Body> {
        let wsdl = uri.query().filter(|query| query.to_lowercase().starts_with("wsdl"));
        match (method, uri.path(), wsdl) {
            (Method::HEAD, _, Some(_)) if self.wrong == Wrong::NoHead => plain(StatusCode::METHOD_NOT_ALLOWED),
            (Method::GET | Method::HEAD, PATH, Some(query)) => self.wsdl(query),
            (Method::GET, PATH, None) if self.wrong == Wrong::Unreachable => plain(StatusCode::BAD_GATEWAY),
            (Method::GET, PATH, None) => plain(StatusCode::METHOD_NOT_ALLOWED),
            (Method::GET, "/bad/", None) if self.wrong != Wrong::NoContextRoot => plain(StatusCode::OK),
            (Method::POST, PATH, _) => self.call(&body).await,
            _ => plain(StatusCode::NOT_FOUND),
        }
    }

    fn wsdl(&self, query: &str) -> Response<Body> {
        let is_known = match self.wrong {
            Wrong::LowerCaseOnly => query.starts_with("wsdl"),
            Wrong::NoValue => !query.contains('='),
            _ => true,
        };
        if !is_known {
            return plain(StatusCode::NOT_FOUND);
        }
        let address = match self.wrong {
            Wrong::AnotherPort => format!("http://{}{PATH}", self.elsewhere),
            Wrong::AnotherPath => format!("http://{}/bad/Ticks", self.address),
            _ => format!("http://{}{PATH}", self.address),
        };
        xml(StatusCode::OK, "text/xml; charset=utf-8", wsdl::document(self.wrong, &address))
    }

    async fn call(&self, body: &[u8]) -> Response<Body> {
        let request = parse(body);
        let pause = self.executions.pause(&request);
        tokio::time::sleep(pause).await;
        match self.executions.answer(&request) {
            Answer::Outputs(outputs) => {
                let outputs: String = outputs
                    .into_iter()
                    .map(|(name, value)| format!("<t:{name}>{}</t:{name}>", escape(&value)))
                    .collect();
                let name = &request.operation;
                let body = format!("<t:{name}Response xmlns:t=\"urn:ticks\">{outputs}</t:{name}Response>");
                xml(StatusCode::OK, "text/xml; charset=utf-8", envelope(&body))
            }
            Answer::Fault(code, says) => self.fault(code, &says),
            Answer::ErrorPage => xml(StatusCode::INTERNAL_SERVER_ERROR, "text/html", "<h1>Oops</h1>".to_owned()),
        }
    }

    fn fault(&self, code: &str, says: &str) -> Response<Body> {
        let says = if self.wrong == Wrong::FaultWithoutText { "" } else { says };
        let fault =
            format!("<s:Fault><faultcode>s:{code}</faultcode><faultstring>{}</faultstring></s:Fault>", escape(says));
        let status = match self.wrong {
            Wrong::FaultWith200 => StatusCode::OK,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let media_type = if self.wrong == Wrong::FaultAsHtml { "text/html" } else { "text/xml; charset=utf-8" };
        xml(status, media_type, envelope(&fault))
    }
}

fn envelope(body: &str) -> String {
    format!("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>")
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

fn xml(status: StatusCode, media_type: &str, text: String) -> Response<Body> {
    let response = Response::builder().status(status).header(header::CONTENT_TYPE, media_type);
    response.body(Body::from(text)).expect("a plain response")
}

fn plain(status: StatusCode) -> Response<Body> {
    xml(status, "text/plain", String::new())
}

/// Longer than what the tests wait, or than a third of it.
pub(crate) const WAITS: [Duration; 2] = [Duration::from_secs(8), Duration::from_secs(3)];
/// What the tests wait.
pub(crate) const TIMEOUT: &str = "6s";
