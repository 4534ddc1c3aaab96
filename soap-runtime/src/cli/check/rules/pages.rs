//! What the portal gets to show.

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::live::{Exchange, Execution, Page, Purpose, Status, Step, shortened};
use super::super::subject::{STATUS, outputs};
use super::outside::outside;

const PLACE_HOLDER: &str = "UNSET";

pub(super) fn base64(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let Some(text) = exchange.reply.status_text() else {
            if exchange.purpose == Purpose::Start {
                // That outputs are missing there is said by a rule of its own.
                return None;
            }
            let what = format!("`{STATUS}` is missing from an answer");
            return Some(Finding::new(what, exchange.place(), format!("send `{STATUS}` in every answer")));
        };
        let place = || format!("{STATUS} of {}", exchange.place());
        if let Some(why) = broken(text, exchange.status.as_ref()?) {
            let mend = "send base64 of the page, with its padding (RFC 4648 section 4)";
            return Some(Finding::new(format!("this is no base64: {why}"), place(), mend));
        }
        let has_space = text.trim().contains(|c: char| c.is_ascii_whitespace());
        let what = "there is white space in the base64, which some decoders refuse";
        has_space.then(|| Finding::new(what, place(), "send it as one line").mild())
    })
}

/// Why it is no base64.
fn broken(text: &str, status: &Status) -> Option<String> {
    match status {
        Status::Broken(_) if text.split_ascii_whitespace().map(str::len).sum::<usize>() % 4 != 0 => {
            Some("its length is no multiple of 4, so that the padding is missing".to_owned())
        }
        Status::Broken(why) => Some(shortened(why)),
        Status::Page(page) if page.bytes.is_empty() => Some("it is empty".to_owned()),
        _ => None,
    }
}

fn text(page: &Page) -> Option<&str> {
    std::str::from_utf8(&page.bytes).ok()
}

pub(super) fn page_text(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let what = match text(exchange.page()?) {
            None => "a page is not in UTF-8",
            Some(text) if text.contains(|c: char| c.is_control() && !c.is_whitespace() && c != '\u{1b}') => {
                "a page has control characters in it: it is neither text nor HTML"
            }
            Some(_) => return None,
        };
        Some(Finding::new(what, exchange.place(), "send plain text or an HTML page, in UTF-8"))
    })
}

pub(super) fn self_contained(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let address = outside(text(exchange.page()?)?)?;
        let what = format!("a page fetches {}", shortened(&address));
        Some(Finding::new(
            what,
            exchange.place(),
            "put pictures into the page as `data:` URLs, and styles into `<style>`",
        ))
    })
}

pub(super) fn placeholders(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let operation = evidence.subject.port.operations.iter().find(|one| one.name == exchange.operation)?;
        let is_before_the_end = matches!(exchange.status.as_ref()?, Status::Page(_) | Status::Unchanged);
        if exchange.purpose == Purpose::Start || !is_before_the_end {
            return None;
        }
        let results = exchange.results()?;
        outputs(operation).iter().filter(|output| output.name.local != STATUS).find_map(|output| {
            let name = &output.name.local;
            let is_text = evidence.subject.definitions.builtin(&output.ty) == Some("string");
            let mend = format!("send `{PLACE_HOLDER}` until the end");
            match results.iter().find(|result| result.name == *name) {
                None if output.min == 0 => None,
                None => {
                    let what = format!("the output `{name}` is missing before the end");
                    Some(Finding::new(what, exchange.place(), mend))
                }
                Some(result) if !is_text || matches!(result.value.trim(), "" | PLACE_HOLDER) => None,
                Some(result) => {
                    let value = shortened(&result.value);
                    let what = format!("before the end the output `{name}` is \"{value}\", which looks like a result");
                    Some(Finding::new(what, exchange.place(), mend).mild())
                }
            }
        })
    })
}

/// The worst finding of all answers about executions: the others say the same.
fn judge(evidence: &Evidence<'_>, look: impl Fn(&Exchange) -> Option<Finding>) -> Judgement {
    if let Some(judgement) = evidence.without_executions() {
        return judgement;
    }
    let is_status = |exchange: &&Exchange| {
        let is_about_one = exchange.execution != Execution::None;
        is_about_one && matches!(exchange.purpose, Purpose::Start | Purpose::FirstStatus | Purpose::Status)
    };
    let answers = evidence.record.exchanges.iter().filter(is_status).filter(|one| one.reply.outputs().is_some());
    let findings = answers.filter_map(look);
    let worst = findings.min_by_key(|finding| finding.severity.is_some());
    Judgement::if_asked(worst.into_iter().collect(), evidence.asked(Step::Start))
}
