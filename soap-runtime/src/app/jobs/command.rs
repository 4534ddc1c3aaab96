//! The command line of `jobs`.

use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};

use super::super::command::{JOBS, program_name, settings_but};
use super::super::settings::any_duration;
use crate::jobs::State;

/// How many jobs are listed, unless more are asked for.
const MOST: &str = "50";
/// The settings that matter here, too.
const SETTINGS: [&str; 2] = ["data_dir", "database_url"];

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Order {
    List(Selection, Form),
    Show(Which, Form),
    Abort(Which),
    Purge { older_than: Duration, consent: Consent },
}

/// Which jobs are listed.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Selection {
    /// All, if there is none.
    pub(super) states: Vec<State>,
    pub(super) service: Option<String>,
    pub(super) most: usize,
}

/// Which job is meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Which {
    pub(super) id: String,
    pub(super) service: Option<String>,
}

/// Whom the output is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    People,
    Json,
}

/// Whether the operator has agreed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Consent {
    Given,
    Wanted,
}

impl ValueEnum for State {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Queued, Self::Running, Self::Completed, Self::Failed, Self::Aborted]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

/// `jobs`, for a program with this command line.
pub(in super::super) fn command(parent: &Command) -> Command {
    Command::new(JOBS)
        .about("Lists, shows, aborts and removes jobs, whether a server runs or not")
        .after_help(example("list"))
        .args(settings_but(parent, &SETTINGS))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands([list(), show(), abort(), purge()])
}

fn list() -> Command {
    let state = Arg::new("state").long("state").value_name("WORD").action(ArgAction::Append).num_args(1..);
    let limit = Arg::new("limit").long("limit").value_name("COUNT").value_parser(value_parser!(usize));
    Command::new("list")
        .about("Lists jobs, the newest first; columns that a terminal has no room for are left out")
        .after_help(example("list --state queued running"))
        .arg(state.value_parser(value_parser!(State)).help("Only those in one of these states"))
        .arg(service("Only those of this service"))
        .arg(limit.default_value(MOST).help("The most that are listed"))
        .arg(flag("all").conflicts_with("limit").help("All are listed"))
        .arg(flag("json").help("One JSON object on each line, with nothing cut"))
}

fn show() -> Command {
    Command::new("show")
        .about("Shows all that is known of a job")
        .after_help(example("show 9f1c-42"))
        .arg(id())
        .arg(service("Its service, if several have a job of that serviceID"))
        .arg(flag("json").help("One JSON object, with nothing cut"))
}

fn abort() -> Command {
    Command::new("abort")
        .about("Ends a job with all that it started; one that has ended stays as it is")
        .after_help(example("abort 9f1c-42"))
        .arg(id())
        .arg(service("Its service, if several have a job of that serviceID"))
}

fn purge() -> Command {
    let older_than = Arg::new("older_than").long("older-than").value_name("TIME").value_parser(any_duration);
    Command::new("purge")
        .about("Removes jobs that have ended, with their outputs and their folders")
        .after_help(example("purge --older-than 7d"))
        .arg(older_than.default_value("0s").help("Only those that ended longer ago than this"))
        .arg(flag("yes").help("Does not ask first"))
}

fn id() -> Arg {
    Arg::new("id").value_name("ID").required(true).help("Its serviceID, or its key (32 hexadecimal digits)")
}

fn service(help: &'static str) -> Arg {
    Arg::new("service").long("service").value_name("NAME").help(help)
}

fn flag(name: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue)
}

fn example(arguments: &str) -> String {
    format!("Example: {} {JOBS} {arguments}", program_name())
}

impl Order {
    /// Nothing, if it is none of what [`command`] takes.
    pub(super) fn parse(arguments: &ArgMatches) -> Option<Self> {
        let (name, arguments) = arguments.subcommand()?;
        let service = || arguments.get_one::<String>("service").cloned();
        let which = || Some(Which { id: arguments.get_one::<String>("id")?.clone(), service: service() });
        let form = || if arguments.get_flag("json") { Form::Json } else { Form::People };
        Some(match name {
            "list" => {
                let states = arguments.get_many("state").into_iter().flatten().copied().collect();
                let limit = arguments.get_one("limit").copied()?;
                let most = if arguments.get_flag("all") { usize::MAX } else { limit };
                Self::List(Selection { states, service: service(), most }, form())
            }
            "show" => Self::Show(which()?, form()),
            "abort" => Self::Abort(which()?),
            "purge" => Self::Purge {
                older_than: *arguments.get_one("older_than")?,
                consent: if arguments.get_flag("yes") { Consent::Given } else { Consent::Wanted },
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Order, String> {
        let parent = Command::new("waiter").arg(Arg::new("listen").long("listen").global(true).default_value("x"));
        let jobs = command(&parent);
        let line = ["waiter", JOBS].iter().chain(arguments);
        let matches = parent.subcommand(jobs).try_get_matches_from(line).map_err(|error| error.to_string())?;
        matches.subcommand().and_then(|(_, jobs)| Order::parse(jobs)).ok_or_else(|| "none".to_owned())
    }

    #[test]
    fn orders_are_understood() {
        let every = Selection { states: vec![], service: None, most: 50 };
        assert_eq!(parse(&["list"]), Ok(Order::List(every, Form::People)));
        let line = ["list", "--state", "queued", "running", "--state", "failed", "--service", "W", "--all", "--json"];
        let states = vec![State::Queued, State::Running, State::Failed];
        let some = Selection { states, service: Some("W".to_owned()), most: usize::MAX };
        assert_eq!(parse(&line), Ok(Order::List(some, Form::Json)));
        let which = Which { id: "a b".to_owned(), service: Some("W".to_owned()) };
        assert_eq!(parse(&["abort", "a b", "--service", "W", "--listen", "y"]), Ok(Order::Abort(which)));
        let purge = Order::Purge { older_than: Duration::from_secs(60), consent: Consent::Given };
        assert_eq!(parse(&["purge", "--older-than", "1m", "--yes"]), Ok(purge));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (line, word) in [
            (&["list", "--state", "lost"][..], "lost"),
            (&["list", "--limit", "-1"], "-1"),
            (&["list", "--all", "--limit", "3"], "--limit"),
            (&["purge", "--older-than", "soon"], "soon"),
            (&["show"], "ID"),
            (&["remove"], "remove"),
        ] {
            let refused = parse(line).expect_err("it cannot be meant");
            assert!(refused.contains(word), "{refused}");
        }
    }

    #[test]
    fn the_help_has_an_example_and_no_settings_of_the_server() {
        for name in ["list", "show", "abort", "purge"] {
            let help = parse(&[name, "--help"]).expect_err("it is help");
            assert!(help.contains(&format!(" {JOBS} {name}")) && help.contains("Example: "), "{help}");
            assert!(!help.contains("--listen"), "{help}");
        }
    }
}
