//! How it is said that something went wrong, and what must not be said.

use crate::envelope::Version;

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::live::{Exchange, Purpose, Reply};

pub(super) fn fault_form(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let answer = exchange.answer.as_ref()?;
        let what = match &exchange.reply {
            // What is wrong with the start itself is said by a rule of its own.
            Reply::Unreadable(why) if !matches!(exchange.purpose, Purpose::Start | Purpose::Call) => why.clone(),
            Reply::Fault(fault) if fault.message.is_empty() => "a fault has no faultstring".to_owned(),
            Reply::Fault(_) => wrong_http(evidence, answer.status, answer.content_type.as_deref())?,
            _ => return None,
        };
        let mend = "answer with a soap:Fault with a faultstring, HTTP status 500 and text/xml (SOAP 1.1 section 6.2)";
        Some(Finding::new(what, exchange.place(), mend))
    })
}

fn wrong_http(evidence: &Evidence<'_>, status: u16, content_type: Option<&str>) -> Option<String> {
    let (is_right, media_type) = match evidence.subject.port.version {
        Version::Soap11 => (status == 500, "text/xml"),
        Version::Soap12 => (matches!(status, 400 | 500), "application/soap+xml"),
    };
    if !is_right {
        return Some(format!("a fault came with HTTP status {status}"));
    }
    let came = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    (!came.eq_ignore_ascii_case(media_type))
        .then(|| format!("a fault came as {}", if came.is_empty() { "no media type" } else { came }))
}

/// What programs say to those who wrote them.
const SIGNS: [&str; 14] = [
    "Traceback (most recent call last)",
    "stack trace",
    "\tat ",
    "\n at ",
    "NullPointerException",
    "java.lang.",
    "java.io.",
    "[Errno",
    "No such file or directory",
    "panicked at",
    "Internal Server Error",
    "internal error",
    ".py\", line",
    "Segmentation fault",
];

pub(super) fn fault_words(evidence: &Evidence<'_>) -> Judgement {
    judge(evidence, |exchange| {
        let fault = exchange.reply.fault()?;
        let detail = fault.detail.as_ref().map_or("", |detail| detail.as_str());
        let sign = SIGNS.into_iter().find(|sign| {
            [fault.message.as_str(), detail].into_iter().any(|text| text.to_lowercase().contains(&sign.to_lowercase()))
        })?;
        let what =
            format!("a fault speaks of the inside of the program (\"{}\"): {}", sign.trim(), exchange.reply.words());
        Some(Finding::new(what, exchange.place(), "say what was wrong in the caller's words, and the rest in the log"))
    })
}

pub(super) fn token_secret(evidence: &Evidence<'_>) -> Judgement {
    let token = evidence.token.value();
    judge(evidence, |exchange| {
        let body = &exchange.answer.as_ref()?.body;
        let is_in = |bytes: &[u8]| memchr::memmem::find(bytes, token.as_bytes()).is_some();
        let in_body = is_in(body);
        let in_page = || exchange.page().is_some_and(|page| is_in(&page.bytes));
        let what = match (&exchange.reply, in_body) {
            (Reply::Fault(_), true) => "a fault holds the session token",
            (_, true) => "an answer holds the session token",
            (_, false) if in_page() => "a page holds the session token",
            _ => return None,
        };
        Some(Finding::new(
            what,
            exchange.place(),
            "leave the token out: pages are shown, and faults are written to logs",
        ))
    })
}

/// The first finding: the others say the same.
fn judge(evidence: &Evidence<'_>, look: impl Fn(&Exchange) -> Option<Finding>) -> Judgement {
    let exchanges = &evidence.record.exchanges;
    let asked = if exchanges.is_empty() { Err(evidence.record.stopped.clone()) } else { Ok(()) };
    Judgement::if_asked(exchanges.iter().find_map(look).into_iter().collect(), asked)
}
