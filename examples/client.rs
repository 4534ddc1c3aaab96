//! Calls the waiter: starts an execution, shows how far it is, and prints its result.
//!
//! ```text
//! cargo run --example waiter
//! cargo run --example client
//! ```

use std::time::Duration;

use soap_runtime::client::CallError;
use soap_runtime::{Job, JobError, soap_service};

/// What the waiter offers. The macro makes `WaiterClient` of it; a server would implement it.
#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
trait Waiter {
    /// Starts to wait, and returns at once.
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(
        &self,
        job: Job,
        /// How long to wait.
        #[soap(default = 300)]
        seconds_to_wait: u32,
    ) -> Result<String, JobError>;
}

/// Where the waiter is, unless the command line says another place.
const WAITER: &str = "http://localhost:8080/sintef/docker_services/waiter/Waiter";

#[tokio::main]
async fn main() -> Result<(), CallError> {
    let address = std::env::args().nth(1).unwrap_or_else(|| WAITER.to_owned());
    let waiter = WaiterClient::connect(address)?;

    // Unique for each execution.
    let service_id = format!("client-{}", std::process::id());
    let session_token = "a token";

    let started = waiter.start_waiter(&*service_id, session_token, 5).await?;
    let every = Duration::from_secs(1);
    let result = waiter.wait_for(started, &*service_id, session_token, every, show).await?;
    println!("{result}");
    Ok(())
}

/// Pages are for browsers; this is what their progress bar says.
fn show(page: &str) {
    let percent = page.split_once("aria-valuenow=\"").and_then(|(_, rest)| rest.split_once('"'));
    println!("{}%", percent.map_or("?", |(percent, _)| percent));
}
