//! The program `soap`: services from the caller's side, on the command line.

#[allow(dead_code)]
mod manager;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Bad arguments, or a WSDL that cannot be had: nothing was done.
pub(crate) const USAGE: u8 = 2;

/// Describes, calls, runs and checks SOAP services
#[derive(Debug, Parser)]
#[command(name = "soap", version)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {}

/// What the program does.
pub fn main() -> ExitCode {
    match CommandLine::parse().command {}
}
