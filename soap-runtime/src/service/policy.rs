//! What callers are told of an execution: pages, outputs and their place-holders, failures.

use std::sync::{Arc, OnceLock};

use crate::attachment::Message;
use crate::describe::{DescriptionError, FaultDescription, Part, ServiceDescription};
use crate::envelope::{Exchange, ReplyFrame};
use crate::fault::Fault;
use crate::jobs::{Ending, Phase, Shown, Standing, StatusPage};
use crate::types::{Schema, ServiceId, base64};
use crate::xml::Writer;

/// The first output of a start operation and of `getServiceStatus`.
pub(super) const STATUS: &str = "status_base64";
/// What the other outputs say until they are final, where they are text (contract).
const UNSET: &str = "UNSET";
/// The declared fault of an execution that has failed.
const FAILED: &str = "ServiceFailedFault";

/// What `getServiceStatus` tells of an execution that has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// A fault that says why.
    Fault,
    /// A page that says why, for as long as it is asked.
    Page,
    /// `COMPLETED`, with the reason in the output of this name.
    Complete(&'static str),
}

/// What the jobs of a service have in common; known once all of them are described.
#[derive(Default)]
pub(crate) struct Policy {
    agreed: OnceLock<Agreed>,
}

struct Agreed {
    on_failure: OnFailure,
    /// The outputs beside the status.
    outputs: Vec<Part>,
    /// The same as place-holders, as XML.
    place_holders: String,
}

impl Policy {
    pub(super) fn agree(&self, on_failure: OnFailure, outputs: Vec<Part>) {
        let place_holders = place_holders(&outputs, |_| None);
        // There is one call of this in an expansion.
        let _ = self.agreed.set(Agreed { on_failure, outputs, place_holders });
    }

    /// Whether the output that tells of a failure is there, and can tell.
    pub(crate) fn check(&self, service: &ServiceDescription) -> Result<(), DescriptionError> {
        let Some(Agreed { on_failure: OnFailure::Complete(name), outputs, .. }) = self.agreed.get() else {
            return Ok(());
        };
        let problem = match outputs.iter().find(|part| part.name == *name) {
            None => format!("`on_failure(complete({name}))`: the jobs have no output `{name}`"),
            Some(part) if part.schema != Schema::Builtin("string") => {
                format!("`on_failure(complete({name}))`: the output `{name}` is no text, and has to hold the reason")
            }
            Some(_) => return Ok(()),
        };
        Err(DescriptionError::new(service.name, problem))
    }
}

/// How the execution's standing is told by one operation.
pub(super) struct Answers {
    pub(super) service: &'static str,
    pub(super) frame: Arc<ReplyFrame>,
    pub(super) policy: Arc<Policy>,
}

impl Answers {
    pub(super) fn reply(&self, exchange: &Exchange, id: &ServiceId, standing: Standing) -> Result<Message, Fault> {
        let Some(agreed) = self.policy.agreed.get() else {
            return Err(Fault::server("the service has no `getServiceStatus`"));
        };
        let unset = &agreed.place_holders;
        match standing {
            Standing::Live(Shown::Page(page)) => self.write(exchange, &page, unset),
            Standing::Live(Shown::Unchanged) => self.write(exchange, "UNCHANGED", unset),
            Standing::Ended { ending: Ending::Completed(outputs), .. } => self.write(exchange, "COMPLETED", &outputs),
            Standing::Ended { ending, is_news } => match agreed.on_failure {
                OnFailure::Fault => Err(failed(id, &ending)),
                OnFailure::Page if !is_news => self.write(exchange, "UNCHANGED", unset),
                OnFailure::Page => self.write(exchange, &base64(self.last_page(&ending)), unset),
                OnFailure::Complete(name) => {
                    let reason = format!("ERROR: {}", reason(&ending));
                    let outputs = place_holders(&agreed.outputs, |part| (part.name == name).then_some(&*reason));
                    self.write(exchange, "COMPLETED", &outputs)
                }
            },
        }
    }

    fn write(&self, exchange: &Exchange, status: &str, outputs: &str) -> Result<Message, Fault> {
        self.frame.reply_with(exchange, status, outputs)
    }

    fn last_page(&self, ending: &Ending) -> String {
        let phase = match ending {
            Ending::Aborted => Phase::Aborted,
            other => Phase::Failed { reason: reason(other) },
        };
        let page = StatusPage {
            service: self.service,
            phase,
            fraction: None,
            message: None,
            elapsed: None,
            remaining: None,
            log: &[],
        };
        page.render()
    }
}

/// What stands for outputs that are not final: a word where they are text; nothing where there may
/// be none or many; else an element that says it has no value.
fn place_holders<'a>(outputs: &[Part], said: impl Fn(&Part) -> Option<&'a str>) -> String {
    let mut writer = Writer::with_capacity(64);
    for part in outputs {
        match said(part) {
            Some(text) => writer.element(&part.name, |writer| writer.replacing_text(text)),
            None if part.schema == Schema::Builtin("string") && part.occurs.max == Some(1) => {
                writer.element(&part.name, |writer| writer.plain(UNSET));
            }
            None if part.occurs.max == Some(1) => writer.nil(&part.name),
            None => {}
        }
    }
    writer.into_xml()
}

/// The outputs of a job as they are published: what is no text has no value at first.
pub(super) fn published(mut outputs: Vec<Part>) -> Vec<Part> {
    for part in &mut outputs {
        part.occurs.nillable |= part.schema != Schema::Builtin("string") && part.occurs.max == Some(1);
    }
    outputs
}

fn reason(ending: &Ending) -> &str {
    match ending {
        Ending::Completed(_) => "",
        Ending::Failed(failure) => &failure.reason,
        Ending::Aborted => "it was aborted",
    }
}

/// The fault for an execution that has ended without outputs.
pub(super) fn failed(id: &ServiceId, ending: &Ending) -> Fault {
    let message = format!("execution {id}: {}", reason(ending));
    let Ending::Failed(failure) = ending else { return Fault::client(message) };
    let fault = Fault::new(failure.code, message);
    match &failure.detail {
        Some(detail) => fault.with_written_detail(detail),
        None => fault.with_detail(FAILED, |writer| {
            writer.element("serviceID", |writer| writer.replacing_text(id.as_str()));
            writer.element("reason", |writer| writer.replacing_text(&failure.reason));
        }),
    }
}

/// How [`failed`] is declared.
pub(super) fn declared() -> FaultDescription {
    let parts = vec![
        Part::of::<ServiceId>("serviceID", "Names the execution."),
        Part::of::<String>("reason", "Why it has no outputs."),
    ];
    FaultDescription::new(FAILED, "The execution has failed.", parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_holders_are_values_of_their_types() {
        let outputs = published(vec![
            Part::of::<String>("result", ""),
            Part::of::<f64>("mass", ""),
            Part::of::<Vec<String>>("parts", ""),
            Part::of::<Option<String>>("note", ""),
        ]);
        let nil = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>";
        let expected = format!("<tns:result>UNSET</tns:result><tns:mass {nil}<tns:note>UNSET</tns:note>");
        assert_eq!(place_holders(&outputs, |_| None), expected);
        assert!(!outputs[0].occurs.nillable && outputs[1].occurs.nillable);
        let said = place_holders(&outputs[..1], |_| Some("ERROR: <\u{1}>"));
        assert_eq!(said, "<tns:result>ERROR: &lt;\u{FFFD}&gt;</tns:result>");
    }

    #[test]
    fn a_failure_names_the_execution_and_the_reason() {
        use crate::jobs::Failure;
        let ending = Ending::Failed(Failure::new("exit status: 3"));
        let fault = failed(&ServiceId::new("a"), &ending);
        assert_eq!(fault.message(), "execution \"a\": exit status: 3");
        let detail = "<tns:ServiceFailedFault><tns:serviceID>a</tns:serviceID><tns:reason>exit status: 3</tns:reason></tns:ServiceFailedFault>";
        assert_eq!(fault.detail(), Some(detail));
    }
}
