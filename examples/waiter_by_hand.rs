//! The waiter of the tutorial: an asynchronous service whose work is done by a separate program.
//!
//! `startWaiter` starts a program that waits, `getServiceStatus` shows how far it is, `abortService`
//! stops it. The service keeps nothing in memory: an execution is a folder (`folder`), so that a
//! server that is stopped, or killed, and started again goes on where the other was.
//!
//! ```text
//! cargo run --example waiter_by_hand
//! ```

#[path = "waiter_by_hand/executions.rs"]
mod executions;
#[path = "waiter_by_hand/folder.rs"]
mod folder;
#[path = "waiter_by_hand/page.rs"]
mod page;
#[path = "waiter_by_hand/settings.rs"]
mod settings;
#[path = "waiter_by_hand/upkeep.rs"]
mod upkeep;
#[path = "waiter_by_hand/wait.rs"]
mod wait;

use std::error::Error;
use std::sync::Arc;

use executions::{ExecutionError, Executions, Progress};
use soap_runtime::{App, ExitCode, Fault, ServiceId, SessionToken, Status, soap_service};

/// What the outputs beside the status say until the execution has ended.
const UNSET: &str = "UNSET";

/// The service: all that it knows is where the executions are.
struct Waiter {
    executions: Arc<Executions>,
}

// The methods are plain ones, which run on threads that may block: each reads or writes a few small
// files. As `async` methods they would hold up every other call meanwhile.
/// Waits for a while, and says how far it is.
#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
impl Waiter {
    /// Starts to wait, and returns at once.
    ///
    /// The same serviceID again, with the same time to wait, is answered from the execution that there
    /// is; with another time it is a fault.
    #[operation(outputs(status_base64, result))]
    fn start_waiter(
        &self,
        /// Names the execution; unique for each.
        service_id: ServiceId,
        /// The user's login. The waiter needs nothing of the platform and does not look at it.
        _session_token: SessionToken,
        /// How long to wait. With 0 the execution is completed at once.
        #[soap(default = 300, xsd = "integer")]
        seconds_to_wait: u32,
    ) -> Result<(Status, String), Fault> {
        answer(&service_id, self.executions.start(service_id.as_str(), seconds_to_wait))
    }

    /// Says how far an execution is: a page to show, or `COMPLETED` together with the result.
    ///
    /// An execution that is not known, was aborted or has failed is a fault that says so.
    #[operation(outputs(status_base64, result))]
    fn get_service_status(
        &self,
        /// Names the execution, as at its start.
        service_id: ServiceId,
        /// The user's login, not looked at.
        _session_token: SessionToken,
    ) -> Result<(Status, String), Fault> {
        answer(&service_id, self.executions.progress(service_id.as_str()))
    }

    /// Ends an execution and all its processes. It says true once nothing of it runs any more, also
    /// if it had ended before; what has ended by itself stays as it is.
    #[operation(outputs(success))]
    fn abort_service(
        &self,
        /// Names the execution, as at its start.
        service_id: ServiceId,
        /// The user's login, not looked at.
        _session_token: SessionToken,
    ) -> Result<bool, Fault> {
        let aborted = self.executions.abort(service_id.as_str());
        aborted.map(|()| true).map_err(|error| fault(&service_id, &error))
    }
}

fn answer(service_id: &ServiceId, progress: Result<Progress, ExecutionError>) -> Result<(Status, String), Fault> {
    match progress {
        Ok(Progress::Running(percent)) => Ok((Status::page(page::progress_page(percent)), UNSET.to_owned())),
        Ok(Progress::Finished(result)) => Ok((Status::Completed, result)),
        Err(error) => Err(fault(service_id, &error)),
    }
}

/// The workflow manager shows the message to the user, so it names the execution.
fn fault(service_id: &ServiceId, error: &ExecutionError) -> Fault {
    use ExecutionError::{Aborted, Failed, Files, OtherInputs, Unkillable, Unknown};
    let fault = match error {
        Unknown => Fault::client(format!("there is no execution {service_id}: {error}")),
        OtherInputs(_) | Aborted => Fault::client(format!("execution {service_id}: {error}")),
        Failed(_) | Unkillable | Files(_) => Fault::server(format!("execution {service_id}: {error}")),
    };
    match error.source() {
        Some(cause) => fault.with_log(cause.to_string()),
        None => fault,
    }
}

fn main() -> ExitCode {
    let executions = Arc::new(Executions::new(settings::log_folder(), wait::command));
    let looked_after = Arc::clone(&executions);
    App::new()
        .context_root("/sintef/docker_services")
        .command(wait::SUBCOMMAND, "Waits: the program that the service starts", wait::run)
        .before_serving(move || upkeep::start(looked_after, settings::retention()?))
        .service(Waiter { executions })
        .run()
}
