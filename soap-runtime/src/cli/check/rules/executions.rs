//! serviceIDs: each names one execution, or none.

use super::super::evidence::{Evidence, Pair};
use super::super::judgement::{Finding, Judgement};
use super::super::live::{Exchange, Execution, Purpose, Reply, Step};
use super::super::subject::ABORT;

pub(super) fn unknown_id(evidence: &Evidence<'_>) -> Judgement {
    let judgement = evidence.without_status();
    judgement.unwrap_or_else(|| faults(evidence, |purpose| purpose == Purpose::StatusOfUnknown))
}

pub(super) fn hostile_id(evidence: &Evidence<'_>) -> Judgement {
    let judgement = evidence.without_status();
    judgement.unwrap_or_else(|| faults(evidence, |purpose| matches!(purpose, Purpose::StatusOfHostile(_))))
}

pub(super) fn abort_unknown(evidence: &Evidence<'_>) -> Judgement {
    if evidence.subject.abort.is_none() {
        return no_abort();
    }
    let judgement = evidence.without_executions();
    judgement.unwrap_or_else(|| faults(evidence, |purpose| purpose == Purpose::AbortOfUnknown))
}

/// Whether all such questions are answered with faults.
fn faults(evidence: &Evidence<'_>, which: impl Fn(Purpose) -> bool) -> Judgement {
    let asked = evidence.record.exchanges.iter().filter(|exchange| which(exchange.purpose));
    let others = asked.filter(|exchange| matches!(exchange.reply, Reply::Outputs(_) | Reply::Broken(_)));
    let findings = others.map(|exchange| {
        let what = format!("the answer was {}, and no fault", exchange.reply.words());
        Finding::new(what, exchange.place(), "answer with a fault that says that there is no such execution")
    });
    Judgement::if_asked(findings.collect(), evidence.asked(Step::UnknownIds))
}

pub(super) fn same_start(evidence: &Evidence<'_>) -> Judgement {
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let again = evidence.record.exchanges.iter().filter(|exchange| exchange.purpose == Purpose::StartAgain);
    let found = again.filter_map(|again| match &again.reply {
        Reply::Outputs(_) => begins_again(evidence, again),
        Reply::Broken(_) => Some(Finding::new(format!("the answer was {}", again.reply.words()), again.place(), MEND)),
        _ => None,
    });
    Judgement::if_asked(found.take(1).collect(), evidence.asked(Step::Again))
}

const MEND: &str = "answer from the execution that runs, or with a fault";

/// Progress that falls: a second execution has taken the place of the first, or runs beside it.
fn begins_again(evidence: &Evidence<'_>, again: &Exchange) -> Option<Finding> {
    let is_status = |exchange: &&Exchange| exchange.purpose == Purpose::Status;
    let watched = || evidence.record.about(Execution::Watched).filter(is_status);
    // What comes after that may be its doing.
    let other = evidence.record.of(Purpose::StartOther).filter(|other| other.reply.outputs().is_some());
    let is_in_doubt = |exchange: &&Exchange| other.is_some_and(|other| exchange.received > other.sent);
    let before = watched().filter(|exchange| exchange.received < again.sent);
    let before = before.filter_map(|exchange| exchange.page()?.percent()).max()?;
    let after = watched().filter(|exchange| exchange.sent > again.received && !is_in_doubt(exchange));
    let after = after.filter_map(|exchange| exchange.page()?.percent()).find(|percent| *percent < before)?;
    let what = format!("it began again: the progress fell from {before} % to {after} %");
    Some(Finding::new(what, again.place(), MEND))
}

pub(super) fn other_start(evidence: &Evidence<'_>) -> Judgement {
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let taken = evidence.record.of(Purpose::StartOther).filter(|one| one.reply.outputs().is_some());
    let found = taken.map(|other| {
        let what = "it was taken, and nobody can tell which inputs count";
        Finding::new(what, other.place(), "answer with a fault that says that the serviceID is in use")
    });
    Judgement::if_asked(found.into_iter().collect(), evidence.asked(Step::OtherInputs))
}

pub(super) fn apart(evidence: &Evidence<'_>) -> Judgement {
    if let Some(judgement) = evidence.without_status() {
        return judgement;
    }
    let found = strange_mark(evidence).or_else(|| taken_down(evidence)).or_else(|| taken_result(evidence));
    Judgement::if_asked(found.into_iter().collect(), evidence.asked(Step::Pair))
}

const APART: &str = "keep what belongs to an execution under its serviceID, and nothing beside it";

/// A text of one execution in an answer about another one.
fn strange_mark(evidence: &Evidence<'_>) -> Option<Finding> {
    let record = &evidence.record;
    record.marks.iter().find_map(|(execution, mark)| {
        // The watched one has been sent the inputs of the other one, too.
        let is_other = |one: &&Exchange| {
            !matches!(one.execution, Execution::None | Execution::Watched) && one.execution != *execution
        };
        let strange = record.exchanges.iter().filter(is_other).find(|exchange| says(exchange, mark))?;
        let what = "an answer about one execution holds the serviceID or an input of another one";
        Some(Finding::new(what, strange.place(), APART))
    })
}

fn says(exchange: &Exchange, mark: &str) -> bool {
    let in_page = || exchange.page().is_some_and(|page| memchr::memmem::find(&page.bytes, mark.as_bytes()).is_some());
    let in_outputs = || exchange.results().is_some_and(|all| all.iter().any(|output| output.value.contains(mark)));
    in_page() || in_outputs() || exchange.reply.fault().is_some_and(|fault| fault.message.contains(mark))
}

/// A failure of an execution whose inputs are good.
fn taken_down(evidence: &Evidence<'_>) -> Option<Finding> {
    let last = evidence.record.about(Execution::Same).filter(|exchange| exchange.purpose == Purpose::Status).last();
    let failed = last.filter(|exchange| exchange.reply.fault().is_some())?;
    let what = format!("beside others an execution failed that completes alone: {}", failed.reply.words());
    Some(Finding::new(what, failed.place(), APART))
}

/// The result of the other one.
fn taken_result(evidence: &Evidence<'_>) -> Option<Finding> {
    if evidence.pair == Pair::Alike {
        return None;
    }
    let results = |execution| evidence.record.completed(execution)?.results();
    let [alone, same, other] = [Execution::Watched, Execution::Same, Execution::Other].map(results);
    let (alone, same, other) = (alone?, same?, other?);
    let what = "an execution got the outputs of another one, which ran beside it with other inputs";
    (same == other && same != alone)
        .then(|| Finding::new(what, evidence.subject.status.map_or("", |one| &one.name), APART))
}

pub(super) fn abort_ends(evidence: &Evidence<'_>) -> Judgement {
    if evidence.subject.abort.is_none() {
        return no_abort();
    }
    if let Some(judgement) = evidence.without_executions() {
        return judgement;
    }
    let found =
        evidence.record.of(Purpose::Abort).and_then(|abort| refused(abort).or_else(|| goes_on(evidence, abort)));
    Judgement::if_asked(found.into_iter().collect(), evidence.asked(Step::Abort))
}

fn refused(abort: &Exchange) -> Option<Finding> {
    let what = match &abort.reply {
        Reply::Outputs(outputs) => match outputs.first().map(|output| output.value.trim()) {
            Some("true" | "1") => return None,
            Some(value) => format!("the answer was {}, and not true", super::super::live::shortened(value)),
            None => "the answer was empty, and not true".to_owned(),
        },
        reply => format!("the answer was {}", reply.words()),
    };
    Some(Finding::new(what, abort.place(), "stop the execution with all its processes, and answer true"))
}

/// What only happens while it runs.
fn goes_on(evidence: &Evidence<'_>, abort: &Exchange) -> Option<Finding> {
    let after = evidence.record.about(Execution::Aborted).filter(|exchange| exchange.sent > abort.received);
    let percents: Vec<u8> = after.clone().filter_map(|exchange| exchange.page()?.percent()).collect();
    let grown = percents.first().zip(percents.last()).filter(|(first, last)| last > first);
    let what = match (after.clone().any(Exchange::is_completed), grown) {
        (true, _) => "the execution was aborted, and has COMPLETED all the same".to_owned(),
        (false, Some((first, last))) => {
            format!("the execution was aborted, and went on from {first} % to {last} %")
        }
        (false, None) => return None,
    };
    Some(Finding::new(what, abort.place(), "stop the execution with all its processes before the answer"))
}

fn no_abort() -> Judgement {
    Judgement::does_not_apply(format!("the service has no {ABORT}"))
}
