//! That answers come, in time, and say what was declared.

use std::time::Duration;

use crate::client::ReceivedFault;

use super::super::evidence::{Evidence, Token};
use super::super::judgement::{Finding, Judgement};
use super::super::live::{Exchange, Purpose, Reply, Step};
use super::super::subject::{NOTIFY, outputs};

/// From this part of the time on an answer is late.
const LATE: u32 = 3;

pub(super) fn in_time(evidence: &Evidence<'_>) -> Judgement {
    let exchanges = &evidence.record.exchanges;
    let mut findings: Vec<Finding> = Vec::new();
    let mut operations: Vec<&str> = exchanges.iter().map(|exchange| &*exchange.operation).collect();
    operations.sort_unstable();
    operations.dedup();
    for operation in operations {
        let mine = exchanges.iter().filter(|exchange| exchange.operation == operation);
        findings.extend(mine.max_by_key(|exchange| exchange.took()).and_then(|slowest| late(evidence, slowest)));
    }
    let asked = if exchanges.is_empty() { Err(evidence.record.stopped.clone()) } else { Ok(()) };
    Judgement::if_asked(findings, asked)
}

fn late(evidence: &Evidence<'_>, exchange: &Exchange) -> Option<Finding> {
    let (took, most) = (exchange.took(), evidence.timeout);
    let mend = "answer at once, and let a job do the work";
    if matches!(exchange.reply, Reply::TimedOut) {
        let what = format!("no answer came within {}", seconds(most));
        return Some(Finding::new(what, exchange.place(), mend));
    }
    let what = || format!("an answer took more than {}, which is a third of what is waited", seconds(most / LATE));
    (took > most / LATE).then(|| Finding::new(what(), exchange.place(), mend).mild())
}

fn seconds(time: Duration) -> String {
    format!("{} s", time.as_secs_f32())
}

pub(super) fn answered(evidence: &Evidence<'_>) -> Judgement {
    let record = &evidence.record;
    let Some(exchange) = record.of(Purpose::Start).or_else(|| record.of(Purpose::Call)) else {
        return Judgement::NotChecked(record.stopped.clone());
    };
    match &exchange.reply {
        Reply::Outputs(_) => Judgement::of(missing_outputs(evidence, exchange).into_iter().collect()),
        Reply::TimedOut => Judgement::NotChecked("no answer came in time".to_owned()),
        Reply::Fault(fault) if may_be_our_own(evidence, fault) => Judgement::NotChecked(record.stopped.clone()),
        reply => Judgement::Found(vec![Finding::new(
            format!("the answer was {}", reply.words()),
            exchange.place(),
            "answer with outputs; its log should say more",
        )]),
    }
}

/// Whether a fault may be about what was sent rather than about the service.
fn may_be_our_own(evidence: &Evidence<'_>, fault: &ReceivedFault) -> bool {
    let says = fault.message.to_lowercase();
    let about_token = ["token", "session"].into_iter().any(|word| says.contains(word));
    let is_callers = ["Client", "Sender"].into_iter().any(|code| fault.code.starts_with(code));
    is_callers || !evidence.invented.is_empty() || (about_token && matches!(evidence.token, Token::Invented(_)))
}

fn missing_outputs(evidence: &Evidence<'_>, exchange: &Exchange) -> Option<Finding> {
    let operation = evidence.subject.port.operations.iter().find(|one| one.name == exchange.operation)?;
    let came = exchange.reply.outputs()?;
    let declared = outputs(operation).iter().filter(|output| output.min > 0);
    // A bare one has no name of its own.
    let is_wrapped = !matches!(operation.output.as_ref()?.body, crate::wsdl::model::Body::Bare(_));
    let missing =
        declared.filter(|_| is_wrapped).find(|output| !came.iter().any(|one| one.name == output.name.local))?;
    let name = &missing.name.local;
    Some(Finding::new(
        format!("the output `{name}` is missing"),
        exchange.place(),
        "send all outputs that the WSDL declares",
    ))
}

pub(super) fn first_status(evidence: &Evidence<'_>) -> Judgement {
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let Some(exchange) = evidence.record.of(Purpose::FirstStatus) else {
        return Judgement::NotChecked(evidence.record.stopped.clone());
    };
    let fault = exchange.reply.fault().map(|_| {
        let what = format!("the answer was {}", exchange.reply.words());
        Finding::new(what, exchange.place(), "say that nothing has been done yet, until the job reports")
    });
    Judgement::of(fault.into_iter().collect())
}

pub(super) fn notify_answers(evidence: &Evidence<'_>) -> Judgement {
    if evidence.subject.notify.is_none() {
        return Judgement::does_not_apply(format!("the service has no {NOTIFY}"));
    }
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let found = evidence.record.of(Purpose::Notify).and_then(|exchange| {
        let mend = "take the message, and answer with `response`";
        match &exchange.reply {
            Reply::Outputs(_) => missing_outputs(evidence, exchange),
            // Others have rules of their own.
            Reply::TimedOut | Reply::Unreadable(_) => None,
            reply => Some(Finding::new(format!("the answer was {}", reply.words()), exchange.place(), mend)),
        }
    });
    Judgement::if_asked(found.into_iter().collect(), evidence.asked(Step::Notify))
}
