//! The program `soap`: services from the caller's side, on the command line.
//!
//! Here is what its commands have in common; each has a file or a folder of its own. Results go to standard
//! output, all else to standard error; both through [`Console`], which lets no secret pass.

mod arguments;
mod call;
mod check;
mod console;
mod describe;
mod diff;
mod exchange;
mod execution;
mod failure;
mod indent;
mod load;
mod manager;
mod options;
mod outputs;
mod page;
mod platform;
mod run;
mod save;
mod select;
mod workflow;
mod wrap;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use console::{Colours, Console};
use failure::{Done, Failure, Verdict};

/// The end of every command's help.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    the answer is no: a fault, a finding, a breaking change, a failed job
  2    bad arguments, or a WSDL that cannot be had
  3    the service cannot be reached, or its answer is not SOAP
  130  aborted with Ctrl-C";

/// Describes, calls, runs and checks SOAP services
///
/// LOCATION is the URL or the file of a WSDL; the URL of an endpoint does as well, for which `?wsdl` is tried.
#[derive(Debug, Parser)]
#[command(name = "soap", version, after_help = EXIT_CODES)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,

    /// Whether there are colours; NO_COLOR turns them off as well
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    color: Colours,
}

#[derive(Debug, Subcommand)]
enum Command {
    Describe(describe::DescribeCommand),
    Call(call::CallCommand),
    Run(run::RunCommand),
    Check(Box<check::CheckCommand>),
    Diff(diff::DiffCommand),
    Save(save::SaveCommand),
    Workflow(workflow::Command),
}

impl Command {
    async fn run(self, console: &Console) -> Done {
        match self {
            Self::Describe(command) => command.run(console).await,
            Self::Call(command) => command.run(console).await,
            Self::Run(command) => command.run(console).await,
            Self::Check(command) => check::check(&command, console).await,
            Self::Diff(command) => command.run(console).await,
            Self::Save(command) => command.run(console).await,
            Self::Workflow(command) => command.run(console).await,
        }
    }
}

/// What the program does.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    // Help and errors of the command line itself have colours, too.
    let command = CommandLine::command().term_width(console::width()).color(console::asked_for(&arguments).choice());
    let parsed = command.try_get_matches_from(arguments).and_then(|matches| CommandLine::from_arg_matches(&matches));
    let CommandLine { command, color } = parsed.unwrap_or_else(|error| error.exit());
    let console = Console::new(color);
    match run(command, &console) {
        Ok(Verdict::Yes) => ExitCode::SUCCESS,
        Ok(Verdict::No) => ExitCode::from(failure::NO),
        Err(failure) => {
            console.error(&failure);
            ExitCode::from(failure.code())
        }
    }
}

fn run(command: Command, console: &Console) -> Done {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::usage(format!("cannot start threads: {error}")))?;
    let done = runtime.block_on(command.run(console));
    // A thread that reads from standard input may never end.
    runtime.shutdown_background();
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        CommandLine::command().debug_assert();
    }
}
