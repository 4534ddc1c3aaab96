//! `soap check`: the rules of the platform's contract, as far as a WSDL and a running service show them.
//!
//! First everything is asked and written down, by `web` and `live`; then each rule of `rules` judges that
//! [`Evidence`]. The parts that operations play are found by `subject`; `text` and `json` show the report.

mod evidence;
mod json;
mod judgement;
mod live;
mod report;
mod rules;
mod settings;
mod subject;
mod text;
mod web;

use super::console::Console;
use super::failure::{Done, Failure, Verdict};
use super::select;
use crate::client::{Http, describe};
use crate::wsdl::model::Operation;

use evidence::{Evidence, Pair};
use live::{Inputs, Lab, Record};
use report::Report;
use rules::Source;
pub(crate) use settings::CheckCommand;
use subject::{SERVICE_ID, Subject, inputs};
use web::Web;

pub(crate) async fn check(command: &CheckCommand, console: &Console) -> Done {
    if command.list {
        return list(command, console);
    }
    let rules = command.rules()?;
    let location = command.location.as_deref().ok_or_else(|| Failure::usage("no LOCATION is given"))?;
    let http = command.service.time.http();
    let (definitions, documents) = describe(location, &http).await?;
    let (service, port) = select::port(&definitions, &command.service)?;
    let named = command.operation.as_deref().map(|name| select::operation(port, name)).transpose()?;
    let subject = Subject::new(&definitions, (service, port), named);
    let has = |source: Source| rules.iter().any(|rule| rule.source == source);
    // The address of an endpoint may have been given, and ?wsdl tried.
    let fetched = Some(documents.main().location.clone()).filter(|url| matches!(url.scheme(), "http" | "https"));
    let web = match has(Source::Addresses) {
        true => Web::look(fetched, &port.address, &http).await,
        false => Web::default(),
    };
    let mut evidence = Evidence::new(&subject, web, command.service.time.timeout);
    if has(Source::Executions) {
        live(command, console, &mut evidence).await?;
    }
    let report = Report::new(title(location, &subject), &rules, &evidence);
    match command.json {
        true => console.say_json(&json::report(&report))?,
        false => console.say(&text::report(&report, console))?,
    }
    command.verdict(&report, evidence.record.unreachable.as_deref())
}

fn list(command: &CheckCommand, console: &Console) -> Done {
    match command.json {
        true => console.say_json(&json::list())?,
        false => console.say(&text::list(console))?,
    }
    Ok(Verdict::Yes)
}

fn title(location: &str, subject: &Subject<'_>) -> String {
    let starts: Vec<_> = subject.starts.iter().map(|start| &*start.name).collect();
    let what = match (&starts[..], subject.status) {
        ([], _) => "synchronous".to_owned(),
        (starts, Some(_)) => format!("asynchronous, started by {}", starts.join(", ")),
        (starts, None) => format!("an application, started by {}", starts.join(", ")),
    };
    format!("{} at {location}: {what}", subject.service.name.local)
}

/// Asks the running service, unless there is nothing to ask it; aborts what it has started in any case.
async fn live(command: &CheckCommand, console: &Console, evidence: &mut Evidence<'_>) -> Result<(), Failure> {
    let subject = evidence.subject;
    let operation = match chosen(command, subject) {
        Ok(operation) => operation,
        Err(why) => {
            evidence.record = Record::empty(why);
            return Ok(());
        }
    };
    let call = subject.call(operation);
    let inputs = Inputs::of(call, &command.arguments.given(&call, console)?).map_err(Failure::usage)?;
    evidence.invented.clone_from(&inputs.invented);
    evidence.pair = if inputs.others.is_some() { Pair::Different } else { Pair::Alike };
    let http: Http = command.service.transport(subject.port)?;
    let (settings, token) = command.settings(console)?;
    evidence.token = token;
    let lab = Lab::new(http, subject, operation, inputs, settings);
    let aborted = tokio::select! {
        () = lab.run() => false,
        _ = tokio::signal::ctrl_c() => true,
    };
    let left = lab.clean_up().await;
    if left > 0 {
        console.note(&format!("{left} of the executions that were started go on: they could not be aborted"));
    }
    evidence.record = lab.into_record();
    match aborted {
        true => Err(Failure::aborted("aborted; nothing was judged")),
        false => Ok(()),
    }
}

/// The operation that is tried, or why there is none.
fn chosen<'a>(command: &CheckCommand, subject: &Subject<'a>) -> Result<&'a Operation, String> {
    let operation = match (subject.named, &subject.starts[..]) {
        (Some(named), starts) if starts.is_empty() || starts.iter().any(|start| start.name == named.name) => named,
        (_, [only]) => only,
        (_, []) => return Err("name an operation, and give it its inputs".to_owned()),
        (_, several) => {
            let names: Vec<_> = several.iter().map(|start| format!("`{}`", start.name)).collect();
            return Err(format!("name one of the start methods: {}", names.join(", ")));
        }
    };
    let is_start = subject.starts.iter().any(|start| start.name == operation.name);
    if is_start && !inputs(operation).iter().any(|input| input.name.local == SERVICE_ID) {
        return Err(format!(
            "`{}` does not take `{SERVICE_ID}`, so that nobody can tell executions apart",
            operation.name
        ));
    }
    if let Some(why) = &operation.unsupported {
        return Err(format!("`{}` {why}", operation.name));
    }
    if !is_start && command.arguments.is_empty() && inputs(operation).iter().any(|input| input.min > 0) {
        return Err(format!("give `{}` its inputs, as name=value", operation.name));
    }
    Ok(operation)
}
