//! stub
mod executions;
mod folder;
mod page;
mod settings;
mod upkeep;
mod wait;
use executions::Executions;
use soap_runtime::{App, ExitCode};
use std::sync::Arc;
fn main() -> ExitCode {
    let executions = Arc::new(Executions::new(settings::log_folder(), wait::command));
    let looked_after = Arc::clone(&executions);
    App::new()
        .context_root("/sintef/docker_services")
        .command(wait::SUBCOMMAND, "Waits: the program that the service starts", wait::run)
        .before_serving(move || upkeep::start(looked_after, settings::retention()?))
        .run()
}
