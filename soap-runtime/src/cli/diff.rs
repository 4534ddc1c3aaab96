//! `soap diff`: what has changed between two WSDLs, and whether callers of the old one can go on.

use clap::Args;
use serde_json::{Value, json};

use super::console::{Console, Look};
use super::failure::{Done, Verdict};
use super::options::{LOCATION, TimeOptions};
use super::wrap::wrapped;
use super::{EXIT_CODES, load};
use crate::app::safe;
use crate::wsdl::diff::{Change, Judgement, Way, addresses, diff};

const EXAMPLES: &str = "\
Examples:
  soap diff wsdl/WaiterService.wsdl 'http://localhost:8080/waiter/Waiter?wsdl'
  soap diff old.wsdl new.wsdl --json
  git show v1:wsdl/Shop.wsdl > old.wsdl && soap diff old.wsdl wsdl/Shop.wsdl";

/// Compares two WSDLs and judges each change
///
/// A change is breaking if those who call the service by the old WSDL have to change with it: something is
/// gone, called otherwise, of another type, or newly required. New operations, optional inputs and more
/// values of an input are compatible. The exit code is 1 if there is a breaking change.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(super) struct DiffCommand {
    #[arg(help = LOCATION)]
    old: String,

    #[arg(help = LOCATION)]
    new: String,

    /// Print the changes as JSON
    #[arg(long, help_heading = "Output")]
    json: bool,

    #[command(flatten)]
    time: TimeOptions,
}

impl DiffCommand {
    pub(super) async fn run(self, console: &Console) -> Done {
        let http = self.time.http();
        let (old, new) = (load::definitions(&self.old, &http).await?, load::definitions(&self.new, &http).await?);
        let mut changes = diff(&old, &new);
        // Last, for they are compatible.
        changes.extend(addresses(&old, &new));
        match self.json {
            true => console.say_json(&as_json(&changes))?,
            false => console.say(&as_text(&changes, console))?,
        }
        Ok(if count(&changes, Judgement::Breaking) == 0 { Verdict::Yes } else { Verdict::No })
    }
}

fn count(changes: &[Change], judgement: Judgement) -> usize {
    changes.iter().filter(|change| change.judgement == judgement).count()
}

fn as_text(changes: &[Change], console: &Console) -> String {
    let lines = changes.iter().map(|change| line(change, console));
    lines.chain([total(changes)]).collect::<Vec<_>>().join("\n")
}

/// The judgement, and beside it what has changed.
fn line(change: &Change, console: &Console) -> String {
    // As wide as the longer word, and two spaces.
    const INDENT: usize = 12;
    let look = match change.judgement {
        Judgement::Breaking => Look::Bad,
        Judgement::Compatible => Look::Good,
    };
    let word = change.judgement.to_string();
    let text = wrapped(&safe(&change.to_string()), INDENT, console.width());
    format!("{}{}{text}", console.paint(look, &word), " ".repeat(INDENT - word.len()))
}

fn total(changes: &[Change]) -> String {
    let of = |judgement, kind: &str| match count(changes, judgement) {
        0 => format!("no {kind} change"),
        1 => format!("1 {kind} change"),
        number => format!("{number} {kind} changes"),
    };
    match changes {
        [] => "no changes".to_owned(),
        _ => format!("\n{}, {}", of(Judgement::Breaking, "breaking"), of(Judgement::Compatible, "compatible")),
    }
}

fn as_json(changes: &[Change]) -> Value {
    json!({
        "breaking": count(changes, Judgement::Breaking),
        "compatible": count(changes, Judgement::Compatible),
        "changes": changes.iter().map(change_as_json).collect::<Vec<_>>(),
    })
}

/// What does not apply is null: a port has no operation, and an operation that is gone no path.
fn change_as_json(change: &Change) -> Value {
    let place = &change.place;
    let fault = match &place.way {
        Some(Way::Fault(name)) => Some(name),
        _ => None,
    };
    json!({
        "judgement": change.judgement.to_string(),
        "service": place.service,
        "operation": place.operation,
        "part": place.way.as_ref().map(Way::word),
        "fault": fault,
        "path": (!place.path.is_empty()).then(|| place.path.join(".")),
        "change": change.sentence,
    })
}
