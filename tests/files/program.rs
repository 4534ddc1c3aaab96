//! The service of files as a program of its own: for tests that look at its memory.

#[path = "mod.rs"]
mod files;

use soap_runtime::{App, ExitCode};

fn main() -> ExitCode {
    App::new().service(files::Files).service(files::Mesher).run()
}
