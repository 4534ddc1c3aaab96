//! The waiter of the tutorial: an asynchronous service whose work is done by a separate program.

mod executions;
mod folder;
mod page;
mod wait;

fn main() -> std::process::ExitCode {
    wait::run_if_asked().unwrap_or(std::process::ExitCode::SUCCESS)
}
