//! Jobs, as the built program tells of them.

use super::{scrape, scraped, text::Metrics};
use crate::jobs::lab::{Lab, Place, TOKEN};
use crate::processes::{eventually, sigkill};

/// In the order of [`states`].
const STATES: [&str; 5] = ["queued", "running", "completed", "failed", "aborted"];

fn states(metrics: &Metrics) -> [f64; 5] {
    STATES.map(|state| metrics.get(&format!("soap_jobs{{state=\"{state}\"}}")))
}

#[track_caller]
fn of_lab(metrics: &Metrics, name: &str, label: &str, value: &str) -> f64 {
    metrics.get(&format!("{name}{{service=\"Lab\",{label}=\"{value}\"}}"))
}

fn polls(metrics: &Metrics) -> Vec<(&str, f64)> {
    let counted = metrics.counted("soap_job_polls_total{service=\"Lab\"");
    counted.into_iter().map(|(sample, count)| (sample.split('"').nth(3).expect("an answer"), count)).collect()
}

fn scrape_until(lab: &Lab, is_so: impl Fn(&Metrics) -> bool) -> Metrics {
    eventually(|| Some(scrape(lab.address())).filter(&is_so))
}

/// One that completed, one that failed, one that was aborted, one that runs and two that wait.
fn lab_with_all_states(place: &Place, settings: &[(&str, &str)]) -> Lab {
    let lab = place.start_with(settings);
    lab.start("startNap", "done-id", &[]);
    assert_eq!(lab.result("done-id"), "rested");
    lab.start("startPanic", "failed-id", &[]);
    lab.fault("failed-id");
    lab.start("startNap", "running-id", &[("milliseconds", "300000")]);
    for id in ["aborted-id", "waiting-id", "last-id"] {
        lab.start("startNap", id, &[("milliseconds", "300000")]);
    }
    lab.abort("aborted-id");
    lab
}

#[test]
fn jobs_are_told_of_by_state_also_by_the_next_server() {
    let place = Place::new();
    let settings = [("EXECUTOR", "task"), ("MAX_RUNNING", "1"), ("MAX_QUEUED", "17")];
    let mut lab = lab_with_all_states(&place, &settings);
    let metrics = scrape_until(&lab, |metrics| states(metrics) == [2.0, 1.0, 1.0, 1.0, 1.0]);
    for (name, value) in [
        ("soap_job_queue_length", 2.0),
        ("soap_job_queue_limit", 17.0),
        ("soap_job_running_limit", 1.0),
        ("soap_jobs_accepted_total{service=\"Lab\"}", 6.0),
        ("soap_jobs_accepted_total{service=\"Pages\"}", 0.0),
        ("soap_jobs_requeued_total{service=\"Lab\"}", 0.0),
        ("soap_job_wait_seconds_count", 3.0),
        ("soap_job_run_seconds_count{service=\"Lab\"}", 2.0),
        ("soap_store_errors_total", 0.0),
    ] {
        assert_eq!(metrics.get(name), value, "{name}");
    }
    for outcome in ["completed", "failed", "aborted"] {
        assert_eq!(of_lab(&metrics, "soap_jobs_finished_total", "outcome", outcome), 1.0, "{outcome}");
    }
    assert!(metrics.get("soap_job_queue_oldest_seconds") > 0.0);
    assert!(metrics.get("soap_store_commit_seconds_count") >= 6.0, "at least one for each start");
    assert!(lab.stop().success());

    let lab = place.start_with(&settings);
    // The one that ran has failed with its server, so one more has failed and one less waits.
    let metrics = scrape_until(&lab, |metrics| states(metrics) == [1.0, 1.0, 1.0, 2.0, 1.0]);
    assert!(metrics.counted("soap_jobs_accepted_total").is_empty(), "what has happened is counted from the start");
    assert_eq!(of_lab(&metrics, "soap_jobs_finished_total", "outcome", "completed"), 0.0);
    assert!(metrics.get("soap_job_queue_oldest_seconds") > 0.0);
}

#[test]
fn jobs_that_are_cleared_away_are_counted_no_more() {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", "task"), ("RETENTION", "1s")]);
    for id in ["a", "b", "c"] {
        lab.start("startNap", id, &[]);
    }
    lab.start("startPanic", "d", &[]);
    lab.start("startNap", "stays", &[("milliseconds", "300000")]);
    let metrics = scrape_until(&lab, |metrics| states(metrics) == [0.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(of_lab(&metrics, "soap_jobs_finished_total", "outcome", "completed"), 3.0);
    assert_eq!(of_lab(&metrics, "soap_jobs_finished_total", "outcome", "failed"), 1.0);
}

#[test]
fn polls_are_told_of_by_what_they_were_told() {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", "task"), ("MAX_RUNNING", "1")]);
    // Its own page stays as it is, however long it takes.
    lab.start("startPage", "page", &[("page", "<p>mine</p>"), ("milliseconds", "300000")]);
    assert!(polls(&scrape(lab.address())).is_empty(), "the answer of a start is no poll");
    let told = |id: &str| lab.status(id).element("status_base64").unwrap_or_default();
    eventually(|| (told("page") == "UNCHANGED").then_some(()));
    assert_eq!(told("page"), "UNCHANGED");
    lab.abort("page");
    lab.status("page");
    lab.start("startNap", "done", &[]);
    lab.result("done");
    lab.start("startPanic", "failed", &[]);
    lab.fault("failed");
    lab.status("failed");
    lab.status("nobody-knows-me");
    lab.status("../../etc/passwd");
    let metrics = scrape(lab.address());
    let polls: std::collections::BTreeMap<_, _> = polls(&metrics).into_iter().collect();
    assert!(polls["unchanged"] >= 2.0 && polls["completed"] == 1.0 && polls["failed"] == 2.0, "{polls:?}");
    assert_eq!((polls["aborted"], polls["unknown"]), (1.0, 2.0));
    assert!(!polls.contains_key("error"), "{polls:?}");
    let requests = metrics.counted("soap_requests_total{service=\"Lab\",operation=\"getServiceStatus\"");
    let (counted, called) = (polls.values().sum::<f64>(), requests.iter().map(|(_, count)| count).sum::<f64>());
    assert_eq!(counted, called, "each of them once");
}

#[test]
fn an_attempt_that_is_lost_is_counted_if_the_job_waits_again() {
    let place = Place::new();
    let lab = place.start("process");
    lab.start("startScriptAgain", "again", &[("script", "sleep 300")]);
    sigkill(place.only_runner());
    let again = "soap_jobs_requeued_total{service=\"Lab\"}";
    scrape_until(&lab, |metrics| metrics.get(again) == 1.0 && states(metrics) == [0.0, 1.0, 0.0, 0.0, 0.0]);
    lab.abort("again");
    let metrics = scrape(lab.address());
    assert_eq!(metrics.get("soap_job_wait_seconds_count"), 2.0, "it has waited twice");
    assert_eq!(states(&metrics), [0.0, 0.0, 0.0, 0.0, 1.0]);
}

#[test]
fn nothing_that_callers_send_is_in_them() {
    let place = Place::new();
    let lab = lab_with_all_states(&place, &[("EXECUTOR", "task"), ("MAX_RUNNING", "1")]);
    lab.status("nobody-knows-me");
    lab.call("startNothingThatIsThere", "a-strange-id", &[("word", "a-strange-word")]);
    let text = scraped(lab.address());
    for sent in
        [TOKEN, "done-id", "failed-id", "aborted-id", "waiting-id", "nobody-knows-me", "NothingThatIs", "strange"]
    {
        assert!(!text.contains(sent), "{sent} is in {text}");
    }
}

#[test]
fn connections_are_told_of_with_their_limit() {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", "task"), ("MAX_CONNECTIONS", "7")]);
    let idle: Vec<_> = (0..3).map(|_| std::net::TcpStream::connect(lab.address()).expect("it listens")).collect();
    let metrics = scrape_until(&lab, |metrics| metrics.get("soap_connections") == 4.0);
    assert_eq!(metrics.get("soap_connections_limit"), 7.0);
    drop(idle);
    scrape_until(&lab, |metrics| metrics.get("soap_connections") == 1.0);
}
