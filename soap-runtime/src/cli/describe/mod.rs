//! `soap describe`: what a service can do, for people and for scripts.

mod example;
mod json;
mod text;
mod types;

use clap::Args;
use serde_json::Value;

use super::console::Console;
use super::failure::{Done, Failure, Verdict};
use super::options::{LOCATION, ServiceOptions};
use super::{EXIT_CODES, load, select};
use crate::wsdl::model::{Definitions, FaultMessage, Operation, Port, Service};

const EXAMPLES: &str = "\
Examples:
  soap describe 'http://localhost:8080/waiter/Waiter?wsdl'
  soap describe http://localhost:8080/waiter/Waiter startWaiter
  soap describe service.wsdl --json";

/// Shows what a service can do: operations, arguments, types, defaults
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(super) struct DescribeCommand {
    #[arg(help = LOCATION)]
    location: String,

    /// Only this operation
    operation: Option<String>,

    /// Print it as one JSON object
    #[arg(long, help_heading = "Output")]
    json: bool,

    #[command(flatten)]
    service: ServiceOptions,
}

/// What is described: a port, or one operation of it.
#[derive(Clone, Copy)]
struct Subject<'d> {
    definitions: &'d Definitions,
    service: &'d Service,
    port: &'d Port,
    only: Option<&'d Operation>,
    /// In example command lines.
    location: &'d str,
}

impl<'d> Subject<'d> {
    fn operations(&self) -> &'d [Operation] {
        self.only.map_or(&self.port.operations, std::slice::from_ref)
    }

    /// All types with names that its operations use, and what those use.
    fn types(&self) -> types::Types<'d> {
        types::Types::of(self.definitions, self.operations())
    }
}

/// What is said of a fault, or else of its element: few tools write the former.
fn fault_docs(fault: &FaultMessage) -> &str {
    match &fault.detail {
        Some(detail) if fault.docs.is_empty() => &detail.docs,
        _ => &fault.docs,
    }
}

impl DescribeCommand {
    pub(super) async fn run(self, console: &Console) -> Done {
        let definitions = load::definitions(&self.location, &self.service.time.http()).await?;
        let subjects = self.subjects(&definitions)?;
        if self.json {
            let mut all: Vec<Value> = subjects.iter().map(|subject| json::described(*subject, &self.service)).collect();
            // One service is the rule, and is not wrapped into a list.
            let one = if all.len() == 1 { all.remove(0) } else { Value::Array(all) };
            console.say_json(&one)?;
        } else {
            let texts: Vec<_> =
                subjects.iter().map(|&subject| text::described(subject, &self.service, console)).collect();
            console.say(&texts.join("\n"))?;
        }
        Ok(Verdict::Yes)
    }

    /// The chosen port; without a choice, one of each service.
    fn subjects<'d>(&'d self, definitions: &'d Definitions) -> Result<Vec<Subject<'d>>, Failure> {
        let of = |(service, port): (&'d Service, &'d Port), only| Subject {
            definitions,
            service,
            port,
            only,
            location: &self.location,
        };
        let usable = definitions.services.iter().filter(|service| !service.ports.is_empty()).count();
        if usable < 2 || self.service.service.is_some() || self.operation.is_some() {
            let found = select::port(definitions, &self.service)?;
            let only = self.operation.as_deref().map(|name| select::operation(found.1, name)).transpose()?;
            return Ok(vec![of(found, only)]);
        }
        let services = definitions.services.iter().filter(|service| !service.ports.is_empty());
        let ports = services.map(|service| {
            let options = ServiceOptions { service: Some(service.name.local.clone()), ..self.service.clone() };
            select::port(definitions, &options).map(|found| of(found, None))
        });
        ports.collect()
    }
}
