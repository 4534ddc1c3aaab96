//! `soap check`: each rule on a service that breaks it and nothing else, and on services that break none.

use std::process::Stdio;

use serde_json::Value;

use crate::bad::{Bad, TIMEOUT, Wrong};
use crate::processes::eventually;
use crate::program::{Said, Service, command, run};

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

#[test]
fn both_waiters_keep_all_rules() {
    for example in ["waiter", "waiter_by_hand"] {
        let waiter = Service::start_with(example, &[("MAX_RUNNING", "10")]);
        let said = run(&["check", waiter.wsdl("WaiterService"), "startWaiter", "secondsToWait=1", "--strict"]);
        if example == "waiter" {
            insta::assert_snapshot!("the_waiter", said.with(&waiter.words()));
        }
        said.expect_code(0);
    }
}

#[test]
fn synchronous_services_are_called_once_if_it_is_known_with_what() {
    let calculator = Service::start("calculator");
    let wsdl = calculator.wsdl("Calculator");
    let said = run(&["check", wsdl]).expect_code(0);
    insta::assert_snapshot!("a_synchronous_service", said.with(&calculator.words()));
    let said = run(&["check", wsdl, "add", "a=1", "b=2", "--strict", "--json"]).expect_code(0);
    assert_eq!(findings(&said), []);
    assert_eq!(said.json()["summary"]["not_checked"], 0, "{said}");
}

#[test]
fn the_kitchen_sink_is_only_warned_about() {
    let sink = Service::start("kitchen_sink");
    for service in ["KitchenSink", "Legacy", "Guarded"] {
        let said = run(&["check", sink.wsdl(service), "--json"]);
        let severities: Vec<_> = findings(&said).into_iter().map(|(_, severity)| severity).collect();
        assert!(severities.iter().all(|severity| severity == "warning"), "{said}");
        said.expect_code(0);
    }
}

#[test]
fn findings_say_where_and_how_to_mend() {
    let bad = Bad::start(Wrong::CompletedUnset);
    let said = run(&[&["check", &bad.wsdl()], &RUN[..], &["--only", "completed-outputs", "--only", "base64"]].concat());
    insta::assert_snapshot!("a_bad_service", said.with(&[(&bad.address, "localhost:PORT")]));
    let bad = Bad::start(Wrong::StatusInOtherOrder);
    let said = run(&["check", &bad.wsdl(), "--only", "status-outputs", "--only", "status-inputs", "--json"]);
    insta::assert_snapshot!("a_bad_service_as_json", said.with(&[(&bad.address, "localhost:PORT")]));
}

#[test]
fn all_rules_can_be_listed() {
    insta::assert_snapshot!("the_rules", run(&["check", "--list"]));
    insta::assert_snapshot!("help", run(&["check", "--help"]));
    let rules = run(&["check", "--list", "--json"]).expect_code(0).json();
    assert!(rules.as_array().is_some_and(|rules| rules.iter().all(|rule| rule["why"].is_string())), "{rules}");
}

#[test]
fn warnings_count_if_that_is_wanted() {
    check(Wrong::NoHead, &["--no-run"]).expect_code(0);
    check(Wrong::NoHead, &["--no-run", "--strict"]).expect_code(1);
    check(Wrong::NoHead, &["--no-run", "--strict", "--skip", "wsdl-query"]).expect_code(0);
    // What was not checked is no success then either.
    check(Wrong::Nothing, &["--only", "unknown-id", "--strict", "--within", "1ms", "startTicks"]).expect_code(1);
}

#[test]
fn what_there_was_no_time_for_is_said() {
    let said = check(Wrong::Nothing, &["startTicks", "text=hello", "ticks=10000", "--within", "2s", "--json"]);
    assert_eq!(findings(&said), []);
    let report = said.json();
    let rules = report["rules"].as_array().expect("all rules").iter();
    let open: Vec<_> = rules.filter(|rule| rule["verdict"] == "not_checked").map(|rule| &rule["rule"]).collect();
    assert_eq!(open, ["completed-outputs", "completed-stays", "completed-again", "apart", "abort-ends"], "{said}");
    said.expect_code(0);
}

#[test]
fn wrong_arguments_are_told_and_nothing_is_started() {
    let bad = Bad::start(Wrong::Nothing);
    let wsdl = bad.wsdl();
    for (line, says) in [
        (&["check"][..], "LOCATION"),
        (&["check", &wsdl, "--only", "status-output"], "did you mean `status-outputs`?"),
        (&["check", &wsdl, "startTick"], "did you mean `startTicks`?"),
        (&["check", &wsdl, "startTicks", "sessionToken=x"], "can be seen by all users"),
        (&["check", &wsdl, "startTicks", "tick=5"], "tick"),
        (&["check", "no-such.wsdl"], "no-such.wsdl"),
    ] {
        let said = run(line).expect_code(2);
        assert!(said.stderr.contains(says) && said.stdout.is_empty(), "{line:?}: {said}");
    }
    assert_eq!(bad.started(), 0);
}

#[test]
fn a_service_that_nobody_answers_for_is_not_judged() {
    // A port that is not among those that tests get.
    let said = check(Wrong::Nothing, &[&RUN[..], &["--endpoint", "http://127.0.0.1:1/"]].concat()).expect_code(3);
    assert!(said.stderr.contains("cannot be reached"), "{said}");
    assert!(said.stdout.contains("0 errors, 0 warnings, 21 not checked"), "{said}");
}

#[test]
fn nothing_of_what_was_started_is_left() {
    for end in [End::Itself, End::CtrlC] {
        let bad = Bad::start(Wrong::Nothing);
        let line = ["check", &bad.wsdl(), "startTicks", "text=hello", "ticks=10000", "--within", "2s"];
        let mut child = command(&line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it was built");
        eventually(|| (bad.started() > 0).then_some(()));
        if end == End::CtrlC {
            let pid = nix::unistd::Pid::from_raw(i32::try_from(child.id()).expect("a number of a process"));
            nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGINT).expect("it runs");
        }
        let code = child.wait().expect("it ends").code();
        assert_eq!(code, Some(if end == End::CtrlC { 130 } else { 0 }));
        assert_eq!(bad.running(), 0, "{end:?}");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Itself,
    CtrlC,
}
