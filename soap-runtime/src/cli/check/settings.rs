//! What `soap check` is told on its command line.

use std::io::IsTerminal;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::super::arguments::{ARGUMENTS, ArgumentOptions};
use super::super::console::Console;
use super::super::failure::{Done, Failure, Verdict};
use super::super::options::{LOCATION, Secrets, ServiceOptions};

use super::evidence::Token;
use super::live::Settings;
use super::report::Report;
use super::rules::{RULES, Rule, Source};
use crate::app::duration;
use crate::client::dynamic::nearest;

/// Checks whether a service keeps the rules of the platform's contract
///
/// The WSDL is read, its addresses are asked, and executions are started, watched, started again and aborted, as
/// the workflow manager would, and as it might. What is started is aborted in the end.
#[derive(Clone, Debug, Args)]
#[command(after_help = format!("{ARGUMENTS}\n\n{AFTER_HELP}"))]
pub(crate) struct CheckCommand {
    #[arg(help = LOCATION, required_unless_present = "list")]
    pub(super) location: Option<String>,

    /// The start method, or a synchronous operation
    pub(super) operation: Option<String>,

    #[command(flatten)]
    pub(super) arguments: ArgumentOptions,

    /// Only this rule; can be given several times
    #[arg(long, value_name = "RULE", help_heading = "Rules")]
    only: Vec<String>,

    /// Not this rule; can be given several times
    #[arg(long, value_name = "RULE", help_heading = "Rules")]
    skip: Vec<String>,

    /// Only what can be seen without starting or calling anything
    #[arg(long, help_heading = "Rules")]
    no_run: bool,

    /// Warnings, and what could not be checked, count as well
    #[arg(long, help_heading = "Rules")]
    strict: bool,

    /// Shows all rules, and checks nothing
    #[arg(long, help_heading = "Rules")]
    pub(super) list: bool,

    /// How long everything may take that has to do with executions
    #[arg(long, value_name = "TIME", default_value = "2m", value_parser = duration, help_heading = "Service")]
    within: Duration,

    #[command(flatten)]
    pub(super) service: ServiceOptions,

    /// The report as JSON
    #[arg(long, help_heading = "Output")]
    pub(super) json: bool,
}

const AFTER_HELP: &str = "\
Examples:
  soap check http://localhost:8080/waiter/Waiter startWaiter secondsToWait=2
  soap check waiter.wsdl --no-run
  soap check http://localhost:8080/waiter/Waiter --only status-outputs --json
  soap check --list

Choose inputs with which an execution takes a few seconds: it has to run long
enough to be aborted, and short enough to be seen completing several times.
Inputs that are not given take their default; where there is none, a value is
invented.

Exit codes:
  0    no errors (with --strict: no warnings, and all was checked)
  1    at least one error
  2    bad arguments, or a WSDL that cannot be had
  3    the service cannot be reached
  130  aborted with Ctrl-C; what was started has been aborted";

impl CheckCommand {
    /// The rules that are meant.
    ///
    /// # Errors
    /// If a name is not that of a rule.
    pub(super) fn rules(&self) -> Result<Vec<&'static Rule>, Failure> {
        for id in self.only.iter().chain(&self.skip) {
            if !RULES.iter().any(|rule| rule.id == id) {
                let hint = nearest(id, RULES.iter().map(|rule| rule.id));
                let hint = hint.map_or_else(String::new, |hint| format!("; did you mean `{hint}`?"));
                return Err(
                    Failure::usage(format!("there is no rule `{id}`{hint}")).with(["soap check --list shows them"])
                );
            }
        }
        let is_meant = |rule: &&Rule| {
            let named = |names: &[String]| names.iter().any(|name| name == rule.id);
            let runs = rule.source == Source::Executions;
            (self.only.is_empty() || named(&self.only)) && !named(&self.skip) && !(runs && self.no_run)
        };
        Ok(RULES.iter().filter(is_meant).collect())
    }

    /// What executions are started with. Without a token of the user's, one that would be recognised anywhere.
    pub(super) fn settings(&self, console: &Console) -> Result<(Settings, Token), Failure> {
        let Secrets { session_token, extra_parameters } = self.arguments.secrets(console)?;
        let invented = || Token::Invented(format!("check-token-{}", uuid::Uuid::new_v4()));
        let token = session_token.map_or_else(invented, Token::Given);
        let settings = Settings {
            token: token.value().to_owned(),
            extra_parameters: extra_parameters.unwrap_or_default(),
            within: self.within,
            progress: progress(),
        };
        Ok((settings, token))
    }

    /// What the exit code says, after the report.
    pub(super) fn verdict(&self, report: &Report, unreachable: Option<&str>) -> Done {
        let counts = report.counts();
        let is_no = counts.errors > 0 || (self.strict && counts.warnings + counts.not_checked > 0);
        match (is_no, unreachable) {
            (true, _) => Ok(Verdict::No),
            (false, Some(why)) => Err(Failure::unreachable(format!("the service cannot be reached: {why}"))),
            (false, None) => Ok(Verdict::Yes),
        }
    }
}

/// What goes on, on terminals.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner().with_style(ProgressStyle::default_spinner());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
