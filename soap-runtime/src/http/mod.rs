//! Services over HTTP: an [`axum::Router`] with their endpoints.
//!
//! `POST` on an endpoint is a call, `GET` with `?wsdl` its description, `GET` alone its
//! documentation. The only module that knows axum.

mod address;
mod body;
mod compress;
mod download;
#[cfg(feature = "cli")]
mod elsewhere;
mod endpoint;
mod forwarded;
#[cfg(feature = "testing")]
mod in_process;
mod metrics;
mod probes;
mod server;
mod stall;
mod tracing;
mod upload;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use ipnet::IpNet;

pub use address::PublicUrl;
pub(crate) use address::{DEFAULT_LISTEN, address_at, parse_context_root};
#[cfg(feature = "cli")]
pub(crate) use elsewhere::open_to_pages;
#[cfg(feature = "testing")]
pub(crate) use in_process::InProcess;
pub(crate) use probes::Readiness;
pub(crate) use server::{Connections, ServerSettings, serve};

use crate::describe::{Form, ServiceDescription};
use crate::dispatch::Service;
use crate::envelope::{Version, write_fault};
use crate::fault::Fault;
use crate::jobs::Jobs;
use crate::xml::{Limits, cut};
use address::Addresses;
use endpoint::Endpoint;
use forwarded::names_several_hosts;
use metrics::{METRICS, Metrics, Requests};
use probes::{HEALTH, READY};
use tracing::{not_allowed, origin_of, tell};

/// How services are published over HTTP.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpSettings {
    /// The path that all endpoints are below: empty, or `/sintef/docker_services`.
    pub context_root: String,
    /// What the outside calls this server; without it, requests tell.
    pub public_url: Option<PublicUrl>,
    /// Whose `X-Forwarded-…` headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The longest body of a request, in bytes, also after decompression.
    pub max_body: usize,
    /// The most bytes of files that come beside one message, after decompression. What is not short goes
    /// to the system's temporary folder.
    pub max_attachments: u64,
    /// How long a caller may take to send a body; with files, how long it may send nothing.
    pub read_timeout: Duration,
    /// Whether answers are compressed for callers that ask for it.
    pub gzip: bool,
    /// How much of a document is looked at.
    pub limits: Limits,
}

impl Default for HttpSettings {
    /// Endpoints at the root, bodies up to 2 MiB within 60 s and 256 MiB of files, no proxy believed.
    fn default() -> Self {
        Self {
            context_root: String::new(),
            public_url: None,
            trusted_proxies: Vec::new(),
            max_body: 2 << 20,
            max_attachments: 256 << 20,
            read_timeout: Duration::from_secs(60),
            gzip: true,
            limits: Limits::default(),
        }
    }
}

/// Why services cannot be published together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RouteError {
    /// One path, two services.
    #[error("services `{first}` and `{second}` are both at {path}; give one of them another `path`")]
    SamePath {
        /// The service that came first.
        first: &'static str,
        /// The service that came second.
        second: &'static str,
        /// Where both want to be.
        path: String,
    },
    /// A service with jobs that are kept nowhere.
    #[error("service `{service}` has jobs, and they are kept nowhere; call `Jobs::open` first")]
    NoPlaceForJobs {
        /// The service.
        service: &'static str,
    },
    /// A path that cannot be one, or is taken by the server itself.
    #[error("service `{service}` cannot be at {path}: {reason}")]
    BadPath {
        /// The service.
        service: &'static str,
        /// Where it wants to be.
        path: String,
        /// Why it cannot.
        reason: &'static str,
    },
}

/// The endpoints of `services` as a router, with a landing page at the context root, `/health` and
/// `/ready`, and, at the server's root only, `/metrics` for Prometheus.
///
/// The peer's address is taken from [`axum::extract::ConnectInfo`] if it is there; without it no
/// forwarded header is believed.
///
/// # Errors
/// If two services want the same path, or one a path that cannot be; if a service has jobs that are
/// not open.
pub fn router(services: Vec<Service>, settings: HttpSettings) -> Result<Router, RouteError> {
    match services.iter().find(|service| service.lacks_a_place_for_jobs()) {
        Some(service) => Err(RouteError::NoPlaceForJobs { service: service.description().name }),
        None => routes(&services, settings, &Readiness::of(&services), None),
    }
}

/// The same, for jobs that will be open when the router is used. A server that is ours has its `connections` among
/// the metrics.
pub(crate) fn routes(
    services: &[Service],
    settings: HttpSettings,
    readiness: &Arc<Readiness>,
    connections: Option<&Arc<Connections>>,
) -> Result<Router, RouteError> {
    let settings = Arc::new(settings);
    let root = settings.context_root.clone();
    let mut router = Router::new();
    let mut taken = HashMap::new();
    let mut requests = Requests::default();
    for service in services {
        let path = endpoint_path(&root, service)?;
        let name = service.description().name;
        if let Some(first) = taken.insert(path.clone(), name) {
            return Err(RouteError::SamePath { first, second: name, path });
        }
        let counted = requests.service(service.description());
        let endpoint = Arc::new(Endpoint::new(service.clone(), Arc::clone(&settings), counted));
        router = router.route(&path, any(move |request| endpoint.clone().answer(request)));
    }
    let landing = Arc::new(Landing { services: services.to_vec(), addresses: Addresses::new(Arc::clone(&settings)) });
    let mut paths = if root.is_empty() { vec!["/".to_owned()] } else { vec![root.clone(), format!("{root}/")] };
    router = probes::route(router, &root, &paths, readiness);
    // The landing page is at that path with a slash as well.
    paths.retain(|path| path != METRICS);
    let requests = Arc::new(requests);
    router = Metrics::new(services, &requests, connections, settings.gzip).route(router);
    for path in paths {
        let landing = Arc::clone(&landing);
        let answer = move |request: Request| async move {
            let response = landing.answer(&request);
            tell(response, origin_of(request.headers()))
        };
        // A call that was meant for a service below.
        let requests = Arc::clone(&requests);
        let other = move |method: Method, headers: HeaderMap| {
            if method == Method::POST {
                requests.count_astray();
            }
            not_allowed(headers)
        };
        router = router.route(&path, get(answer).fallback(other));
    }
    let endpoints: Vec<String> = taken.into_keys().collect();
    Ok(router.fallback(move |method: Method, uri: Uri, headers: HeaderMap| {
        if method == Method::POST {
            requests.count_astray();
        }
        let response = tell(not_found(&method, &uri, &endpoints), origin_of(&headers));
        async { response }
    }))
}

/// The places where the jobs of services are kept, each once.
fn places(services: &[Service]) -> Vec<Jobs> {
    let mut places: Vec<Jobs> = Vec::new();
    for jobs in services.iter().map(Service::jobs) {
        if !places.iter().any(|known| known.are_those_of(jobs)) {
            places.push(jobs.clone());
        }
    }
    places
}

/// Where a service is, and nothing else may be.
fn endpoint_path(root: &str, service: &Service) -> Result<String, RouteError> {
    let description = service.description();
    let path = format!("{root}{}", description.path);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$'(),;=@+&%".contains(&byte);
    let reason = if !root.is_empty() && (!root.starts_with('/') || root.ends_with('/')) {
        "a context root starts with `/` and does not end with one"
    } else if !description.path.starts_with('/') || description.path.len() < 2 {
        "a path starts with `/` and names something"
    } else if path.contains("//") || !path.bytes().all(allowed) {
        "it holds what a path cannot hold"
    } else if let Some(reason) = reason_of_probe(root, &path) {
        reason
    } else {
        return Ok(path);
    };
    Err(RouteError::BadPath { service: description.name, path, reason })
}

/// Why nothing else can be where the server is asked how it is.
fn reason_of_probe(root: &str, path: &str) -> Option<&'static str> {
    let is = |probe: &str| path == probe || path.strip_prefix(root) == Some(probe);
    if is(HEALTH) {
        Some("that is where the server tells its health")
    } else if is(READY) {
        Some("that is where the server tells whether it is ready")
    } else if path == METRICS {
        Some("that is where the server tells its metrics")
    } else {
        None
    }
}

/// The page at the context root: that the server is there, and what it offers.
struct Landing {
    services: Vec<Service>,
    addresses: Addresses,
}

impl Landing {
    fn addresses<'a>(&'a self, request: &'a Request) -> impl Iterator<Item = (&'a ServiceDescription, String)> {
        let described = self.services.iter().map(Service::description);
        described.map(|description| (description, self.addresses.of(&description.path, request)))
    }

    fn answer(&self, request: &Request) -> Response {
        if names_several_hosts(request.headers()) {
            return (StatusCode::BAD_REQUEST, "several Host headers; send one\n").into_response();
        }
        let mut response = self.page(request);
        self.addresses.mark(response.headers_mut());
        response
    }

    #[cfg(feature = "pages")]
    fn page(&self, request: &Request) -> Response {
        let services: Vec<_> = self.addresses(request).collect();
        axum::response::Html(crate::pages::landing(&services)).into_response()
    }

    #[cfg(not(feature = "pages"))]
    fn page(&self, request: &Request) -> Response {
        let mut text = String::from("SOAP services:\n");
        for (description, address) in self.addresses(request) {
            text.push_str(&format!("{}  {address}?wsdl\n", description.name));
        }
        text.into_response()
    }
}

fn not_found(method: &Method, uri: &Uri, endpoints: &[String]) -> Response {
    let message = format!("nothing is at {}; there are {}", cut(uri.path()), endpoints.join(", "));
    if method != Method::POST {
        return (StatusCode::NOT_FOUND, message + "\n").into_response();
    }
    let fault = Fault::client(message).with_subcode("ResourceNotFound");
    let body = write_fault(&Version::Soap11.into(), ("", Form::default()), &fault);
    (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, Version::Soap11.content_type())], body).into_response()
}
