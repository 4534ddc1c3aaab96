//! `soap run`: one execution of a service, as the workflow manager runs it.

mod messages;
mod page_file;
mod progress;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use serde_json::{Value, json};

use super::arguments::{ARGUMENTS, ArgumentOptions};
use super::console::Console;
use super::execution::{Execution, Kind, SERVICE_ID, SESSION_TOKEN, new_id};
use super::failure::{Done, Failure, Verdict};
use super::manager::Manager;
use super::options::{LOCATION, Secrets, ServiceOptions};
use super::{EXIT_CODES, load, outputs, select};
use crate::app::{any_duration, duration};
use crate::client::dynamic::{Call, Record};
use messages::Messages;
pub(super) use page_file::PageFile;
pub(super) use progress::Progress;

const EXAMPLES: &str = "\
Examples:
  soap run http://localhost:8080/waiter/Waiter startWaiter secondsToWait=30
  soap run service.wsdl startMesher model=@part.step --page page.html --open
  soap run service.wsdl startWaiter --notify 'go on' --json

Ctrl-C aborts the execution with abortService and waits for its answer; once
more leaves at once.";

/// Runs a service as the workflow manager does: starts it, asks how far it is, ends with its outputs
///
/// An asynchronous service is asked with getServiceStatus until it says COMPLETED. An application gets the address of
/// a server that stands in for the workflow manager (WFM in its extraParameters), and is waited for until it calls
/// serviceExecutionFinished there. A synchronous service is called once.
#[derive(Debug, Args)]
#[command(after_help = format!("{ARGUMENTS}\n\n{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(super) struct RunCommand {
    #[arg(help = LOCATION)]
    location: String,

    /// The operation that starts it
    operation: String,

    #[command(flatten)]
    arguments: ArgumentOptions,

    /// The serviceID, in place of a new one
    #[arg(long, value_name = "ID", help_heading = "Execution")]
    id: Option<String>,

    /// How long after an answer the service is asked again how far it is
    #[arg(long, value_name = "TIME", default_value = "6s", value_parser = duration, help_heading = "Execution")]
    every: Duration,

    /// How long the service may be out of reach, once it has started
    #[arg(long, value_name = "TIME", default_value = "1m", value_parser = any_duration, help_heading = "Execution")]
    retry: Duration,

    /// A message for notifyService, sent once the execution runs; may be repeated
    #[arg(long, value_name = "MESSAGE", help_heading = "Execution")]
    notify: Vec<String>,

    /// Sends each line of standard input to notifyService
    #[arg(long, help_heading = "Execution")]
    interactive: bool,

    /// Where applications report to
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0", help_heading = "Execution")]
    listen: SocketAddr,

    /// Each new status page is written there
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    page: Option<PathBuf>,

    /// Opens the first status page in the browser; reload it there to see the newest
    #[arg(long, help_heading = "Output")]
    open: bool,

    /// Print one JSON object: serviceID, outputs, seconds, polls
    #[arg(long, help_heading = "Output")]
    json: bool,

    #[command(flatten)]
    service: ServiceOptions,
}

impl RunCommand {
    pub(super) async fn run(self, console: &Console) -> Done {
        let definitions = load::definitions(&self.location, &self.service.time.http()).await?;
        let (_, port) = select::port(&definitions, &self.service)?;
        let call = Call::new(&definitions, port, select::callable(port, &self.operation)?);
        let kind = Kind::of(&call);
        let messages = Messages::new(&call, kind, &self.notify, self.interactive)?;
        let arguments = self.arguments.read(&call, console)?;
        let id = self.id(&arguments);
        let secrets = self.secrets(&arguments, console)?;
        let manager = match kind {
            Kind::Application => Some(self.manager().await?),
            Kind::Synchronous | Kind::Asynchronous => None,
        };
        let transport = self.service.transport(port)?;
        let execution = Execution {
            call,
            transport: &transport,
            id: &id,
            secrets: &secrets,
            every: self.every,
            retry: self.retry,
            manager: manager.as_ref(),
        };
        // Before anything is sent: what cannot be sent is no execution.
        execution.check(&arguments)?;
        if let Some(manager) = &manager {
            console.note(&format!("stands in for the workflow manager at {}", manager.address()));
        }
        self.service.tell_other_host(&self.location, port, console);
        let page = PageFile::new(self.page.as_deref(), self.open, &id);
        let mut progress = Progress::new(console, &call.operation.name, &id, kind, page);
        let start = Instant::now();
        let ended = messages.beside(&execution, arguments, &mut progress, console).await;
        let polls = progress.end();
        let outputs = ended?;
        if kind == Kind::Synchronous && start.elapsed() > SAFE {
            let took = start.elapsed().as_secs();
            console.note(&format!("it took {took} s: the workflow manager gives up after 30 s, and 10 s are safe"));
        }
        match self.json {
            false => console.say(&outputs::lines(&outputs, console))?,
            true => console.say_json(&ended_as_json(kind, &id, outputs, start.elapsed(), polls))?,
        }
        Ok(Verdict::Yes)
    }

    /// What names the execution.
    fn id(&self, arguments: &Record) -> String {
        let given = arguments.get(SERVICE_ID).and_then(Value::as_str).map(str::to_owned);
        given.or_else(|| self.id.clone()).unwrap_or_else(new_id)
    }

    /// A token that is given as an argument goes along with all calls.
    fn secrets(&self, arguments: &Record, console: &Console) -> Result<Secrets, Failure> {
        let mut secrets = self.arguments.secrets(console)?;
        if let Some(token) = arguments.get(SESSION_TOKEN).and_then(Value::as_str) {
            secrets.session_token = Some(token.to_owned());
        }
        Ok(secrets)
    }

    async fn manager(&self) -> Result<Manager, Failure> {
        Manager::start(self.listen).await.map_err(|error| {
            Failure::usage(format!("applications cannot report to {}: {error}; choose with --listen", self.listen))
        })
    }
}

/// What a synchronous service may take.
const SAFE: Duration = Duration::from_secs(10);

fn ended_as_json(kind: Kind, id: &str, outputs: Record, took: Duration, polls: u32) -> Value {
    let id = if kind == Kind::Synchronous { Value::Null } else { id.into() };
    let seconds = (took.as_secs_f64() * 10.0).round() / 10.0;
    json!({ "serviceID": id, "outputs": outputs, "seconds": seconds, "polls": polls })
}
