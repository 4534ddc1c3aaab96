//! The command line: the settings as flags, `serve`, `wsdl`, and the author's own commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, CommandFactory, value_parser};

use super::Command;
use super::settings::Settings;

pub(super) const WSDL: &str = "wsdl";
pub(super) const SERVICE: &str = "service";
pub(super) const ARGUMENTS: &str = "arguments";

pub(super) fn command_line(context_root: &str, commands: &[Command]) -> clap::Command {
    let service = Arg::new(SERVICE).long(SERVICE).value_name("NAME").help("Which one, if there are several");
    let own = commands.iter().map(|command| {
        let arguments = Arg::new(ARGUMENTS)
            .num_args(0..)
            .action(ArgAction::Append)
            .trailing_var_arg(true)
            .allow_hyphen_values(true)
            .value_parser(value_parser!(OsString));
        clap::Command::new(command.name).about(command.about).arg(arguments)
    });
    Settings::command()
        .name(program_name())
        .mut_arg("context_root", |argument| {
            argument.default_value(context_root.to_owned()).hide_default_value(context_root.is_empty())
        })
        .subcommand(clap::Command::new("serve").about("Serves until it is stopped; the default"))
        .subcommand(clap::Command::new(WSDL).about("Prints the WSDL of a service and ends").arg(service))
        .subcommands(own)
        .disable_help_subcommand(true)
}

fn program_name() -> String {
    let path = std::env::args_os().next().map(PathBuf::from);
    path.as_ref()
        .and_then(|path| path.file_name())
        .map_or_else(|| "app".to_owned(), |name| name.to_string_lossy().into_owned())
}
