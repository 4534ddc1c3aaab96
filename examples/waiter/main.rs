//! The waiter of the tutorial: an asynchronous service whose work is done by a separate program.
//!
//! The method starts the program that waits and hands on its result. All else, `startWaiter` that
//! returns at once, `getServiceStatus`, `abortService`, `notifyService`, and that executions outlive
//! a server that is stopped or killed, comes with `#[job]`.
//!
//! ```text
//! cargo run --example waiter
//! ```

mod wait;

use std::num::NonZeroUsize;

use soap_runtime::{App, Executor, ExitCode, Job, JobError, soap_service};

struct Waiter;

/// Waits for a while, and says how far it is.
#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
impl Waiter {
    /// Starts to wait, and returns at once.
    ///
    /// The same serviceID again, with the same time to wait, is answered from the execution that there
    /// is; with another time it is a fault.
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(
        &self,
        job: Job,
        /// How long to wait. With 0 the execution is completed at once.
        #[soap(default = 300, xsd = "integer")]
        seconds_to_wait: u32,
    ) -> Result<String, JobError> {
        let result = job.run(wait::command(seconds_to_wait)).await?;
        Ok(result.unwrap_or_default())
    }
}

fn main() -> ExitCode {
    let app = match std::env::var_os("WAITER_LOG_FOLDER") {
        Some(folder) if !folder.is_empty() => App::new().data_dir(folder),
        _ => App::new(),
    };
    app.context_root("/sintef/docker_services")
        .executor(Executor::Process)
        // One for each processor is for those who compute; this one only waits.
        .max_running(const { NonZeroUsize::new(64).expect("it is more than none") })
        .command(wait::SUBCOMMAND, "Waits: the program that the service runs", wait::run)
        .service(Waiter)
        .run()
}
