//! The end of an execution.

use std::time::Instant;

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::live::{Exchange, Execution, Reply, Status, Step};
use super::super::subject::{STATUS, outputs};

/// Those that are watched up to their end.
const WATCHED: [Execution; 3] = [Execution::Watched, Execution::Same, Execution::Other];

pub(super) fn completed_outputs(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |execution| {
        let completed = evidence.record.about(execution).filter(|exchange| exchange.is_completed());
        let last = completed.clone().last()?;
        completed.clone().find_map(|exchange| unfinished(evidence, exchange)).or_else(|| {
            let first = completed.clone().find(|exchange| exchange.results() != last.results())?;
            let what = format!("COMPLETED came with {}, and with {} later", values(first), values(last));
            Some(Finding::new(what, first.place(), "say COMPLETED only once the outputs are final"))
        })
    })
}

/// An output that is no result.
fn unfinished(evidence: &Evidence<'_>, exchange: &Exchange) -> Option<Finding> {
    let results = exchange.results()?;
    let mend = "say COMPLETED only once the outputs are final, in the same answer";
    if results.iter().any(|result| result.value.trim() == "UNSET") {
        let what = format!("COMPLETED came with {}", values(exchange));
        return Some(Finding::new(what, exchange.place(), mend));
    }
    let declared =
        outputs(evidence.subject.status?).iter().filter(|output| output.min > 0 && output.name.local != STATUS);
    let missing =
        declared.map(|output| &output.name.local).find(|name| !results.iter().any(|one| one.name == **name))?;
    Some(Finding::new(format!("COMPLETED came without the output `{missing}`"), exchange.place(), mend))
}

fn values(exchange: &Exchange) -> String {
    let results = exchange.results().unwrap_or_default();
    let all = results.iter().map(|result| format!("{}={}", result.name, super::super::live::shortened(&result.value)));
    all.collect::<Vec<_>>().join(", ")
}

pub(super) fn completed_stays(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |execution| {
        let end = first_completed(evidence, execution)?;
        let after = evidence.record.about(execution).filter(|exchange| exchange.sent > end);
        let again = after.filter(|exchange| matches!(exchange.status, Some(Status::Page(_) | Status::Unchanged)));
        let what = "a page came after COMPLETED";
        again
            .map(|one| Finding::new(what, one.place(), "once an execution has completed, say nothing else of it"))
            .next()
    })
}

pub(super) fn completed_again(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |execution| {
        let end = first_completed(evidence, execution)?;
        let after = evidence.record.about(execution).filter(|exchange| exchange.sent > end && is_status(exchange));
        let faults = after.filter(|exchange| matches!(exchange.reply, Reply::Fault(_) | Reply::Broken(_)));
        faults
            .map(|exchange| {
                let what = format!("after COMPLETED the answer was {}", exchange.reply.words());
                Finding::new(
                    what,
                    exchange.place(),
                    "keep what has ended for a while: the answer may have got lost on its way",
                )
            })
            .next()
    })
}

fn is_status(exchange: &Exchange) -> bool {
    use super::super::live::Purpose;
    matches!(exchange.purpose, Purpose::FirstStatus | Purpose::Status)
}

/// When it was known to have completed.
fn first_completed(evidence: &Evidence<'_>, execution: Execution) -> Option<Instant> {
    evidence.record.about(execution).filter(|exchange| exchange.is_completed()).map(|exchange| exchange.received).min()
}

fn judge(evidence: &Evidence<'_>, look: impl Fn(Execution) -> Option<Finding>) -> Judgement {
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let found = WATCHED.into_iter().find_map(look);
    Judgement::if_asked(found.into_iter().collect(), evidence.asked(Step::Watch))
}
