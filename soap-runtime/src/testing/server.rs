//! Services as a server publishes them, for tests: without a socket, and with jobs that nothing is left of.

use std::sync::Arc;

use bytes::Bytes;
use tempfile::TempDir;

use crate::client::{Answer, CallError, Message, Sending, ServiceClient, Transport};
use crate::describe::DescriptionError;
use crate::dispatch::Service;
use crate::envelope::{HeaderHandler, Version};
use crate::http::{HttpSettings, InProcess};
use crate::jobs::{JobSettings, Jobs, Store};
use crate::service::SoapService;

/// A server without a socket, before it is started.
///
/// Messages go through all that they go through in a program: status codes and media types, limits, header
/// handlers, the jobs. Jobs are recorded in memory, their files are in a temporary folder, and they run as
/// tasks of the test; with a clock that is paused they take no time.
///
/// ```
/// use std::time::Duration;
///
/// use soap_runtime::testing::Server;
/// use soap_runtime::{Job, JobError, soap_service};
///
/// struct Waiter;
///
/// #[soap_service(client)]
/// impl Waiter {
///     #[job(name = "startWaiter", outputs(result))]
///     async fn wait(&self, job: Job, minutes: u64) -> Result<String, JobError> {
///         job.sleep(Duration::from_secs(60 * minutes)).await?;
///         Ok("FINISHED".to_owned())
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?.block_on(async {
/// // In a test: #[tokio::test(start_paused = true)]
/// let server = Server::new().service(Waiter).start().await;
/// let client = server.client::<WaiterClient>();
/// client.start_waiter("id-1", "token", 60_u64).await?;
/// tokio::time::sleep(Duration::from_secs(2 * 3600)).await;
/// # let answer =
/// client.get_service_status("id-1", "token").await?;
/// # assert_eq!(answer, soap_runtime::client::Progress::Completed("FINISHED".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a server does nothing until it is started"]
pub struct Server {
    services: Vec<Result<Service, DescriptionError>>,
    jobs: Jobs,
    http: HttpSettings,
    job_settings: JobSettings,
    folder: TempDir,
}

impl Default for Server {
    fn default() -> Self {
        Self::new()
    }
}

impl Server {
    /// A server without services.
    ///
    /// # Panics
    /// If no temporary folder can be made.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("soap-test-").expect("a temporary folder can be made");
        let mut job_settings = JobSettings::in_folder(folder.path());
        job_settings.store = Store::Memory;
        Self { services: Vec::new(), jobs: Jobs::new(), http: HttpSettings::default(), job_settings, folder }
    }

    /// Publishes a service.
    pub fn service<S: SoapService>(mut self, service: S) -> Self {
        self.services.push(Service::with_jobs(service, &self.jobs));
        self
    }

    /// Publishes a service with an extension of SOAP that stands in headers.
    pub fn service_with<S: SoapService>(mut self, service: S, handler: impl HeaderHandler) -> Self {
        let service = Service::with_jobs(service, &self.jobs);
        self.services.push(service.map(|service| service.with_header_handler(handler)));
        self
    }

    /// Changes how services are published: limits, say.
    pub fn http_settings(mut self, change: impl FnOnce(&mut HttpSettings)) -> Self {
        change(&mut self.http);
        self
    }

    /// Changes how jobs are kept and run: how many at once, and how long.
    pub fn job_settings(mut self, change: impl FnOnce(&mut JobSettings)) -> Self {
        change(&mut self.job_settings);
        self
    }

    /// The jobs of this server, for services that ask by hand. They are open once it is started.
    pub fn jobs(&self) -> Jobs {
        self.jobs.by_hand()
    }

    /// Publishes them.
    ///
    /// # Panics
    /// If they cannot be published, with a sentence that says why.
    pub async fn start(self) -> Running {
        let Self { services, jobs, http, job_settings, folder } = self;
        let services: Result<Vec<_>, _> = services.into_iter().collect();
        let services = services.unwrap_or_else(|error| panic!("{error}"));
        jobs.open(job_settings).await.unwrap_or_else(|error| panic!("{error}"));
        let endpoint = |service: &Service| {
            let description = service.description();
            Endpoint { service: description.name, path: format!("{}{}", http.context_root, description.path) }
        };
        let endpoints = services.iter().map(endpoint).collect();
        let router = InProcess::new(services, http.clone()).unwrap_or_else(|error| panic!("{error}"));
        Running { inner: Arc::new(Inner { router, endpoints, _folder: folder }) }
    }
}

/// A server without a socket that answers.
#[derive(Clone)]
pub struct Running {
    inner: Arc<Inner>,
}

struct Inner {
    router: InProcess,
    endpoints: Vec<Endpoint>,
    /// Removed with the last who could ask for what is in it.
    _folder: TempDir,
}

struct Endpoint {
    service: &'static str,
    path: String,
}

impl Running {
    /// The client that `#[soap_service]` has made of the service, if there is one service only.
    ///
    /// # Panics
    /// If there are none or several: then it is `Client::over(server.transport_to("…"))`.
    pub fn client<C: ServiceClient>(&self) -> C {
        C::over(self.transport())
    }

    /// What carries messages to the service, if there is one service only.
    ///
    /// # Panics
    /// If there are none or several.
    pub fn transport(&self) -> Connection {
        match &self.inner.endpoints[..] {
            [one] => self.to(&one.path),
            all => panic!("say which service is meant, with `transport_to`: there is {}", names(all)),
        }
    }

    /// What carries messages to the service of this name.
    ///
    /// # Panics
    /// If there is none.
    pub fn transport_to(&self, service: &str) -> Connection {
        let all = &self.inner.endpoints;
        let found = all.iter().find(|endpoint| endpoint.service == service);
        let found = found.unwrap_or_else(|| panic!("there is no service `{service}`; there is {}", names(all)));
        self.to(&found.path)
    }

    fn to(&self, path: &str) -> Connection {
        Connection { server: self.clone(), address: format!("http://localhost{path}") }
    }

    /// Sends a message of SOAP 1.1 as it is, if there is one service only.
    ///
    /// # Panics
    /// If there are none or several, or if no answer comes.
    pub async fn call(&self, envelope: impl Into<Bytes>) -> Answer {
        let answer = self.transport().send(Message::new(Version::Soap11, "", envelope)).await;
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What a browser would get from this path: `/waiter/Waiter?wsdl`.
    ///
    /// # Panics
    /// If that is no path, or if no answer comes.
    pub async fn get(&self, path: &str) -> Answer {
        self.inner.router.get(path).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

fn names(endpoints: &[Endpoint]) -> String {
    let names: Vec<_> = endpoints.iter().map(|endpoint| endpoint.service).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// The way to a service of a server without a socket.
#[derive(Clone)]
pub struct Connection {
    server: Running,
    /// As the service itself would say it.
    address: String,
}

impl Transport for Connection {
    fn send(&self, message: Message) -> Sending<'_> {
        Box::pin(async move {
            let answer = self.server.inner.router.post(&self.address, message).await;
            answer.map_err(|reason| CallError::Unreachable { address: self.address.clone(), reason })
        })
    }

    fn address(&self) -> &str {
        &self.address
    }
}
