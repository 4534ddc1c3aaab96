//! `soap workflow`: runs a whole workflow against live services, as the workflow manager does.
//!
//! `parse` reads the file to a `model`, `services` finds the WSDLs (where they are: `bindings`), `check` makes
//! a `plan` of both, and `run` does what it says. All that is wrong is found before anything runs.

mod bindings;
mod check;
mod condition;
mod findings;
mod inputs;
mod model;
mod parse;
mod plan;
mod run;
mod scope;
mod services;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::Value;

use super::console::Console;
use super::execution::Kind;
use super::failure::{Done, Failure, Verdict};
use super::manager::Manager;
use super::options::{SecretOptions, TimeOptions};
use super::outputs;
use crate::app::duration;
use crate::client::HttpOptions;
use bindings::{Bindings, Pair};
use findings::Findings;
use plan::Plan;
use run::Run;

/// Runs a workflow of the platform against live services
///
/// The whole file and the WSDLs of all its services are checked before anything runs. Then its services are run in
/// their order, and their outputs handed on by IDs: each execution gets a serviceID of its own, asynchronous services
/// are polled, applications waited for. The `<repeat-until>` of the platform runs at least once, and again as long as
/// its condition is fulfilled.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(crate) struct Command {
    /// The workflow's XML
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Inputs of the workflow; NAME=@FILE takes what is in the file, NAME=@- standard input, NAME=@env:VARIABLE a
    /// variable
    #[arg(value_name = "NAME=VALUE")]
    inputs: Vec<String>,

    /// Where the service URI of the workflow is; may be repeated
    #[arg(long, value_name = "URI=WSDL#OPERATION", help_heading = "Service")]
    bind: Vec<Pair>,

    /// A file of such: on each line a URI, a WSDL and an operation, apart by blanks
    #[arg(long, value_name = "FILE", help_heading = "Service")]
    bindings: Option<PathBuf>,

    #[command(flatten)]
    time: TimeOptions,

    /// How long after an answer a service is asked again how far it is
    #[arg(long, value_name = "TIME", default_value = "6s", value_parser = duration, help_heading = "Service")]
    every: Duration,

    /// Where applications report to
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", help_heading = "Service")]
    listen: SocketAddr,

    /// How often one loop may go round
    #[arg(long, value_name = "COUNT", default_value_t = 1000, help_heading = "Service")]
    max_rounds: usize,

    #[command(flatten)]
    secrets: SecretOptions,

    /// Only checks; nothing runs
    #[arg(long, conflicts_with = "dry_run")]
    check: bool,

    /// Checks, and prints what would be done
    #[arg(long)]
    dry_run: bool,

    /// The outputs as JSON
    #[arg(long, help_heading = "Output")]
    json: bool,
}

const HELP: &str = "\
A service of a workflow is found by --bind, by --bindings, or by attributes of
its own:
  <service URI=\"http://demo/Waiter.owl#startWaiter_Service\"
           wsdl=\"http://localhost:8080/waiter/Waiter?wsdl\" operation=\"startWaiter\">

Examples:
  soap workflow build.xml --check
  soap workflow build.xml parts=3 name=bridge
  soap workflow build.xml --bindings where.txt
  soap workflow build.xml --bind 'http://demo/A.owl#add_Service=add.wsdl#add'
The session token comes from the environment variable SOAP_SESSION_TOKEN, and
extraParameters from SOAP_EXTRA_PARAMETERS.

Exit codes:
  0    done
  1    a mistake in the workflow, a fault of a service, a loop without end
  2    bad arguments, or a WSDL that cannot be had
  3    a service cannot be reached, or its answer is not SOAP
  130  aborted with Ctrl-C";

impl Command {
    pub(crate) async fn run(self, console: &Console) -> Done {
        let http = self.time.http();
        let plan = self.plan(&http).await?;
        if self.check {
            let (services, file) = (plan.calls().len(), self.file.display());
            let word = if services == 1 { "service" } else { "services" };
            console.say(&format!("{file}: nothing is wrong; {services} {word}"))?;
            return Ok(Verdict::Yes);
        }
        if self.dry_run {
            console.say(&plan.lines().iter().map(|line| crate::app::safe(line)).collect::<Vec<_>>().join("\n"))?;
            return Ok(Verdict::Yes);
        }
        let mut secrets = self.secrets.read(console)?;
        let mut given = inputs::given(&self.inputs, &self.secrets.token_env, console)?;
        inputs::take_secrets(&mut given, &mut secrets, console);
        if secrets.session_token.is_none() && plan.calls().iter().any(|call| call.service.needs_token()) {
            let variable = &self.secrets.token_env;
            return Err(Failure::usage(format!(
                "the workflow needs a sessionToken; put it into the variable {variable}"
            )));
        }
        let manager =
            match plan.calls().iter().any(|call| call.service.kind() == Kind::Application) {
                false => None,
                true => Some(Manager::start(self.listen).await.map_err(|error| {
                    Failure::usage(format!("applications cannot report to {}: {error}", self.listen))
                })?),
            };
        if let Some(manager) = &manager {
            secrets.extra_parameters = Some(manager.extra_parameters(secrets.extra_parameters.as_deref()));
        }
        let inputs = inputs::values(&plan.inputs, given, &secrets)?;
        let Self { every, max_rounds, json, .. } = self;
        let outputs = Run { console, secrets, manager, http, every, max_rounds }.all(&plan, inputs).await?;
        match json {
            true => console.say_json(&Value::Object(outputs))?,
            false => console.say(&outputs::lines(&outputs, console))?,
        }
        Ok(Verdict::Yes)
    }

    /// What the file says, checked.
    async fn plan(&self, http: &HttpOptions) -> Result<Plan, Failure> {
        let file = self.file.display().to_string();
        let cannot = |error| Failure::usage(format!("cannot read {file}: {error}"));
        let document = std::fs::read(&self.file).map_err(cannot)?;
        let bindings = Bindings::new(self.bindings.as_deref(), &self.bind)?;
        let mut findings = Findings::default();
        let workflow = parse::parse(document, &mut findings);
        let loaded = services::load(&workflow, &self.file, &bindings, http, &mut findings).await;
        let plan = check::check(&workflow, &loaded.services, &mut findings);
        if findings.is_empty() {
            return Ok(plan);
        }
        let count = findings.len();
        let sentence = format!("{count} {} in {file}", if count == 1 { "mistake" } else { "mistakes" });
        let failure = if loaded.lacks_wsdl { Failure::usage(sentence) } else { Failure::no(sentence) };
        Err(failure.with(findings.lines(&file)))
    }
}
