//! `soap call`: one operation, once.

use clap::Args;
use serde_json::Value;

use super::arguments::{ARGUMENTS, ArgumentOptions};
use super::console::Console;
use super::exchange::{Exchange, shown};
use super::failure::{Done, Failure, Verdict};
use super::indent::indented;
use super::options::{LOCATION, ServiceOptions};
use super::{EXIT_CODES, load, outputs, select};
use crate::client::dynamic::Call;
use crate::client::{Answer, open_body};
use crate::types::{AnyXml, SoapType};

const EXAMPLES: &str = "\
Examples:
  soap call http://localhost:8080/calculator/Calculator add a=1.5 b=2
  soap call service.wsdl convert picture=@in.png format=jpeg --xml
  soap call service.wsdl order --args order.json --json
  soap call service.wsdl add a=1 b=2 --dry-run";

/// Calls one operation and prints its outputs
#[derive(Debug, Args)]
#[command(after_help = format!("{ARGUMENTS}\n\n{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(super) struct CallCommand {
    #[arg(help = LOCATION)]
    location: String,

    /// The operation, as `soap describe` lists it
    operation: String,

    #[command(flatten)]
    arguments: ArgumentOptions,

    #[command(flatten)]
    form: FormOptions,

    #[command(flatten)]
    service: ServiceOptions,
}

/// At most one of them.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct FormOptions {
    /// Print the outputs as one JSON object
    #[arg(long, help_heading = "Output")]
    json: bool,

    /// Print what stands in the Body of the reply, indented
    #[arg(long, help_heading = "Output")]
    xml: bool,

    /// Print request and reply as they go over the wire, with the HTTP status and the time
    #[arg(long, help_heading = "Output")]
    raw: bool,

    /// Print the request, and do not send it
    #[arg(long, help_heading = "Output")]
    dry_run: bool,
}

impl CallCommand {
    pub(super) async fn run(self, console: &Console) -> Done {
        let definitions = load::definitions(&self.location, &self.service.time.http()).await?;
        let (_, port) = select::port(&definitions, &self.service)?;
        let operation = select::callable(port, &self.operation)?;
        let call = Call::new(&definitions, port, operation);
        let message = call.prepare(&self.arguments.read(&call, console)?)?;
        if self.form.dry_run {
            console.say(&indented(&shown(&message.body)))?;
            return Ok(Verdict::Yes);
        }
        let transport = self.service.transport(port)?;
        let address = self.service.address(port);
        let exchange = Exchange::of(&transport, message).await;
        if self.form.raw {
            exchange.say_raw(address, console)?;
        }
        let answer = exchange.answer?;
        let outputs = call.decode(&answer, address)?;
        match &self.form {
            FormOptions { raw: true, .. } => {}
            FormOptions { xml: true, .. } => console.say(&body_of(&answer, address)?)?,
            FormOptions { json: true, .. } => console.say_json(&Value::Object(outputs))?,
            _ => console.say(&outputs::lines(&outputs, console))?,
        }
        Ok(Verdict::Yes)
    }
}

/// What stands in the Body of an answer that is no fault.
fn body_of(answer: &Answer, address: &str) -> Result<String, Failure> {
    if answer.body.is_empty() {
        return Ok(String::new());
    }
    let xml = open_body(answer, address, |body| Ok(AnyXml::read(body)?.into_string()))?;
    Ok(indented(&shown(xml.as_bytes())))
}
