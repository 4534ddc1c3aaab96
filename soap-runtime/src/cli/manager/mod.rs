//! The workflow manager's side of applications: the service that they tell their outputs.
//!
//! An application gets the address of this service in its extraParameters (`WFM=…`), and calls
//! `serviceExecutionFinished` when its user is done. Whoever started it waits for that here.

mod outputs;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

use crate::dispatch::Service;
use crate::fault::Fault;
use crate::http::{Connections, HttpSettings, Readiness, ServerSettings, open_to_pages, routes, serve};
use crate::soap_service;
use crate::types::{ServiceId, SessionToken};

const PATH: &str = "/WorkflowManager";

/// How connections are treated: there are few of them, and all from this machine.
const SERVER: ServerSettings = ServerSettings {
    max_connections: 64,
    header_timeout: Duration::from_secs(30),
    write_timeout: Duration::from_secs(30),
    shutdown_timeout: Duration::from_secs(1),
};

/// What an application has said of its execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It has finished: its outputs by name, as text.
    Finished(Vec<(String, String)>),
    /// Something that was answered with a fault, in these words; the application may try again.
    Refused(String),
}

/// The service, for as long as it is kept.
pub(crate) struct Manager {
    address: String,
    executions: Executions,
    _stop: oneshot::Sender<()>,
}

/// An execution of an application that is waited for; it is forgotten when this is dropped.
pub(crate) struct Waiting {
    id: String,
    executions: Executions,
    said: mpsc::UnboundedReceiver<Said>,
}

/// Those that are waited for, by serviceID.
type Executions = Arc<Mutex<HashMap<String, Execution>>>;

struct Execution {
    token: String,
    /// Names of what the start method returns.
    outputs: Vec<String>,
    said: mpsc::UnboundedSender<Said>,
}

impl Manager {
    /// Listens at `listen`; `127.0.0.1:0` is a free port that only this machine sees, and applications are told
    /// an address of this machine where it is `0.0.0.0`.
    ///
    /// # Errors
    /// If nobody can listen there.
    pub(crate) async fn start(listen: SocketAddr) -> io::Result<Self> {
        let executions = Executions::default();
        let service = WorkflowManager { executions: Arc::clone(&executions) };
        let service = Service::new(service).map_err(io::Error::other)?;
        let services = [service];
        let router = routes(&services, HttpSettings::default(), &Readiness::of(&services), None);
        let router = router.map_err(io::Error::other)?;
        let listener = TcpListener::bind(listen).await?;
        let mut local = listener.local_addr()?;
        if local.ip().is_unspecified() {
            local.set_ip(outside());
        }
        let address = format!("http://{local}{PATH}");
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            serve(listener, open_to_pages(router), SERVER, &Connections::new(&SERVER), stopped).await;
        });
        Ok(Self { address, executions, _stop: stop })
    }

    /// Where applications call it: the value of `WFM` in extraParameters.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The extraParameters of a service, with this as their `WFM`: `key=value,…,` with a comma at the end.
    pub(crate) fn extra_parameters(&self, given: Option<&str>) -> String {
        let others = given.unwrap_or_default().split(',').filter(|pair| !pair.is_empty() && !pair.starts_with("WFM="));
        others.fold(format!("WFM={},", self.address), |all, pair| all + pair + ",")
    }

    /// Expects that the execution `id` finishes, with outputs of these names: those that its start method
    /// returns. To be called before the start method is, which may be slower than its user.
    pub(crate) fn expect(&self, id: &str, token: &str, outputs: Vec<String>) -> Waiting {
        let (sender, said) = mpsc::unbounded_channel();
        let execution = Execution { token: token.to_owned(), outputs, said: sender };
        locked(&self.executions).insert(id.to_owned(), execution);
        Waiting { id: id.to_owned(), executions: Arc::clone(&self.executions), said }
    }
}

/// The address that others have for this machine: the one that its packets to them come from. None is sent.
fn outside() -> IpAddr {
    // A network of nobody (RFC 5737): what leads there leads everywhere.
    let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    asked.map_or(Ipv4Addr::LOCALHOST.into(), |address| address.ip())
}

impl Waiting {
    /// What the application says next. Once it has finished, nothing comes any more.
    pub(crate) async fn next(&mut self) -> Said {
        match self.said.recv().await {
            Some(said) => said,
            // It has finished, and that was told before.
            None => std::future::pending().await,
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        locked(&self.executions).remove(&self.id);
    }
}

/// A panic of another thread leaves the table as it was: each change is one call.
fn locked(executions: &Executions) -> MutexGuard<'_, HashMap<String, Execution>> {
    executions.lock().unwrap_or_else(PoisonError::into_inner)
}

struct WorkflowManager {
    executions: Executions,
}

/// Stands in for the workflow manager of the platform while a service is tried.
#[soap_service(path = "/WorkflowManager", namespace = "http://www.eu-cloudflow.eu/dfki/WorkflowManager2/")]
impl WorkflowManager {
    /// Called by an application when it has finished.
    #[operation(outputs(success))]
    async fn service_execution_finished(
        &self,
        service_id: ServiceId,
        session_token: SessionToken,
        /// An element that holds one element for each output, with its value as text; in base64.
        #[soap(name = "xmlOutputs_base64")]
        xml_outputs: Vec<u8>,
    ) -> Result<bool, Fault> {
        match self.finish(&service_id, &session_token, xml_outputs) {
            Ok(()) => Ok(true),
            Err(refusal) => {
                self.tell(service_id.as_str(), &refusal);
                Err(Fault::client(refusal))
            }
        }
    }

    fn finish(&self, id: &ServiceId, token: &SessionToken, outputs: Vec<u8>) -> Result<(), String> {
        let mut executions = locked(&self.executions);
        let execution = executions.get(id.as_str()).ok_or_else(|| {
            format!("no execution {id} is waited for here; send the serviceID that the start method got")
        })?;
        if execution.token != token.expose() {
            return Err(format!("the sessionToken is not the one that the execution {id} was started with"));
        }
        let outputs = outputs::read(outputs)?;
        outputs::check(&outputs, &execution.outputs)?;
        if let Some(execution) = executions.remove(id.as_str()) {
            // Whoever waited may have stopped doing so this very moment.
            let _heard = execution.said.send(Said::Finished(outputs));
        }
        Ok(())
    }

    /// Says it to whoever waits for the execution; to all if nobody does, for it is one of theirs most likely.
    fn tell(&self, id: &str, refusal: &str) {
        let executions = locked(&self.executions);
        let known = executions.get(id).map(|execution| vec![execution]);
        for execution in known.unwrap_or_else(|| executions.values().collect()) {
            let _heard = execution.said.send(Said::Refused(refusal.to_owned()));
        }
    }
}
