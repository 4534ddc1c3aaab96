//! The puppets as a program of their own: for tests that need processes, or kill the server.

#[path = "mod.rs"]
mod puppet;

use soap_runtime::{App, ExitCode};

fn main() -> ExitCode {
    App::new().service(puppet::Puppet).service(puppet::PagePuppet).service(puppet::CompletePuppet).run()
}
