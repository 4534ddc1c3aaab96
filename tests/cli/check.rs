//! `soap check`: each rule on a service that breaks it and nothing else, and on services that break none.

use serde_json::Value;

use crate::bad::{Bad, TIMEOUT, Wrong};
use crate::program::{Said, run};

/// `soap check` on the service that is wrong in one point, with what follows the WSDL.
fn check(wrong: Wrong, more: &[&str]) -> Said {
    let bad = Bad::start(wrong);
    let wsdl = bad.wsdl();
    run(&[&["check", &wsdl], more].concat())
}

/// Rules and severities of all findings.
fn findings(said: &Said) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let report = said.json();
    let rules = report["rules"].as_array().expect("all rules").clone();
    let all = rules.iter().flat_map(|rule| {
        let findings = rule["findings"].as_array().expect("there may be none").iter();
        findings.map(|finding| (text(&rule["rule"]), text(&finding["severity"])))
    });
    let mut all: Vec<_> = all.collect();
    all.dedup();
    all
}

#[track_caller]
fn expect(wrong: Wrong, more: &[&str], expected: &[(&str, &str)]) {
    let said = check(wrong, &[more, &["--json"]].concat());
    let found = findings(&said);
    let found: Vec<_> = found.iter().map(|(rule, severity)| (&**rule, &**severity)).collect();
    assert_eq!(found, expected, "{wrong:?}: {said}");
    let is_no = expected.iter().any(|(_, severity)| *severity == "error");
    said.expect_code(i32::from(is_no));
}

/// Each case on a service of its own, a few of them at once.
fn expect_each(more: &[&str], cases: &[(Wrong, &[(&str, &str)])]) {
    const AT_ONCE: usize = 4;
    for cases in cases.chunks(AT_ONCE) {
        std::thread::scope(|scope| {
            for (wrong, expected) in cases {
                scope.spawn(|| expect(*wrong, more, expected));
            }
        });
    }
}

/// Executions of half a second, with an input that can vary.
const RUN: [&str; 3] = ["startTicks", "text=hello", "ticks=5"];

const fn error(rule: &'static str) -> [(&'static str, &'static str); 1] {
    [(rule, "error")]
}

const fn warning(rule: &'static str) -> [(&'static str, &'static str); 1] {
    [(rule, "warning")]
}

#[test]
fn a_service_that_is_right_in_everything_has_no_findings_and_all_is_checked() {
    let said = check(Wrong::Nothing, &[&RUN[..], &["--strict", "--json"]].concat());
    assert_eq!(findings(&said), []);
    let summary = &said.json()["summary"];
    assert_eq!((&summary["not_checked"], &summary["do_not_apply"]), (&Value::from(0), &Value::from(0)), "{said}");
    said.expect_code(0);
}

#[test]
fn what_operations_take_and_give_is_read_in_the_wsdl() {
    expect_each(
        &["--no-run"],
        &[
            (Wrong::Nothing, &[]),
            (Wrong::StatusLacksOutput, &error("status-outputs")),
            (Wrong::StatusHasMore, &error("status-outputs")),
            (Wrong::StatusInOtherOrder, &error("status-outputs")),
            (Wrong::StatusOfOtherType, &error("status-outputs")),
            (Wrong::NoStatusBase64, &error("status-base64")),
            (Wrong::StatusBase64Last, &error("status-base64")),
            (Wrong::StatusBase64Binary, &error("status-base64")),
            (Wrong::StatusBase64Misspelt, &error("status-base64")),
            (Wrong::StartWithoutToken, &error("start-inputs")),
            (Wrong::StartWithMisspeltId, &error("start-inputs")),
            (Wrong::StatusWithoutId, &error("status-inputs")),
            (Wrong::StatusWantsMore, &error("status-inputs")),
            (Wrong::AbortGivesText, &error("abort-signature")),
            (Wrong::AbortWithoutToken, &error("abort-signature")),
            (Wrong::NotifyWithoutMessage, &error("notify-signature")),
            (Wrong::NotifyGivesOther, &error("notify-signature")),
        ],
    );
}

#[test]
fn how_the_wsdl_says_it_is_read_there_as_well() {
    expect_each(
        &["--no-run"],
        &[
            (Wrong::MisspeltExtraParameters, &warning("reserved-names")),
            (Wrong::MisspeltToken, &warning("reserved-names")),
            (Wrong::MisspeltAbort, &warning("reserved-names")),
            (Wrong::Encoded, &error("style")),
            (Wrong::Bare, &warning("style")),
            (Wrong::OneWay, &warning("style")),
            (Wrong::OnlySoap12, &error("soap11-port")),
            (Wrong::TwoOfOneName, &error("operation-names")),
        ],
    );
}

#[test]
fn addresses_are_asked() {
    expect_each(
        &["--no-run"],
        &[
            (Wrong::Unreachable, &error("address-reachable")),
            (Wrong::AnotherPort, &error("address-outside")),
            (Wrong::AnotherPath, &error("address-outside")),
            (Wrong::LowerCaseOnly, &[("wsdl-query", "error"), ("wsdl-query", "warning")]),
            (Wrong::NoValue, &warning("wsdl-query")),
            (Wrong::NoHead, &warning("wsdl-query")),
            (Wrong::NoContextRoot, &warning("context-root")),
        ],
    );
}

#[test]
fn answers_come_in_time() {
    expect_each(
        &[&RUN[..], &["--timeout", TIMEOUT]].concat(),
        &[(Wrong::NeverAnswers, &error("in-time")), (Wrong::AnswersLate, &warning("in-time"))],
    );
}

#[test]
fn answers_say_what_they_have_to() {
    expect_each(
        &RUN,
        &[
            (Wrong::StartFails, &error("answered")),
            (Wrong::StartLacksOutput, &error("answered")),
            (Wrong::FirstStatusFails, &error("first-status")),
            (Wrong::StatusLacksItself, &error("base64")),
            (Wrong::UnpaddedBase64, &error("base64")),
            (Wrong::SpaceInBase64, &warning("base64")),
            (Wrong::Latin1Page, &error("page-text")),
            (Wrong::NulInPage, &error("page-text")),
            (Wrong::OutsidePicture, &warning("page-self-contained")),
            (Wrong::NoPlaceHolder, &error("placeholders")),
            (Wrong::ResultTooEarly, &warning("placeholders")),
        ],
    );
}

#[test]
fn the_end_is_final() {
    expect_each(
        &RUN,
        &[
            (Wrong::CompletedUnset, &error("completed-outputs")),
            (Wrong::CompletedChanges, &error("completed-outputs")),
            (Wrong::CompletedLacksOutput, &error("completed-outputs")),
            (Wrong::PageAfterCompleted, &error("completed-stays")),
            (Wrong::ForgetsCompleted, &warning("completed-again")),
        ],
    );
}

#[test]
fn each_id_is_one_execution_or_none() {
    expect_each(
        &RUN,
        &[
            (Wrong::UnknownIdHasPage, &error("unknown-id")),
            (Wrong::HostileIdHasPage, &error("hostile-id")),
            (Wrong::UnknownIdIsAborted, &error("abort-unknown")),
            (Wrong::SameStartBeginsAgain, &error("same-start")),
            (Wrong::OtherStartIsTaken, &error("other-start")),
            (Wrong::OthersInputsCount, &error("apart")),
            (Wrong::OthersResultCounts, &error("apart")),
            (Wrong::AbortHitsAll, &error("apart")),
            (Wrong::AbortSaysFalse, &error("abort-ends")),
            (Wrong::AbortFails, &error("abort-ends")),
            (Wrong::AbortGoesOn, &error("abort-ends")),
            (Wrong::NotifyFails, &error("notify-answers")),
        ],
    );
}

#[test]
fn faults_are_faults_and_say_no_secrets() {
    expect_each(
        &RUN,
        &[
            (Wrong::FaultWith200, &error("fault-form")),
            (Wrong::FaultAsHtml, &error("fault-form")),
            (Wrong::FaultWithoutText, &error("fault-form")),
            (Wrong::ErrorPage, &error("fault-form")),
            (Wrong::StackTrace, &error("fault-words")),
            (Wrong::TokenInPage, &error("token-secret")),
            (Wrong::TokenInFault, &error("token-secret")),
        ],
    );
}
