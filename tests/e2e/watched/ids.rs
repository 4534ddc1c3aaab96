//! Which request a log line is about, and which trace that belongs to.

use std::fs;

use super::{PARENT, TRACE, ask, call};
use crate::jobs::lab::Place;
use crate::jobs::test_on_both;
use crate::processes::eventually;
use crate::server::Server;

#[test]
fn every_reply_names_its_request() {
    let server = Server::start();
    let id_of = |start: &str, headers: &[(&str, &str)], body: &str| {
        let answer = server.request(&format!("{start} HTTP/1.1"), headers, body.as_bytes());
        answer.header("x-request-id").unwrap_or_else(|| panic!("{start}: {answer:?}")).to_owned()
    };
    let good = crate::server::good();
    let requests = [
        ("POST /waiter/Waiter", &*good),
        ("POST /waiter/Waiter", "<broken"),
        ("DELETE /waiter/Waiter", ""),
        ("GET /waiter/Waiter?wsdl", ""),
        ("GET /waiter/Waiter", ""),
        ("GET /", ""),
        ("GET /nowhere", ""),
        ("POST /nowhere", ""),
        ("GET /health", ""),
        ("GET /ready", ""),
        ("POST /", ""),
        ("POST /health", ""),
        ("POST /ready", ""),
        ("POST /metrics", ""),
    ];
    let mut made = std::collections::HashSet::new();
    for (start, body) in requests {
        assert_eq!(id_of(start, &[("X-Request-ID", "from.outside_1-A")], body), "from.outside_1-a", "{start}");
        assert!(made.insert(id_of(start, &[], body)), "{start}: two requests have one id");
        let forged = id_of(start, &[("X-Request-ID", "no id at all")], body);
        assert!(made.insert(forged.clone()) && !forged.contains(' '), "{start}: {forged}");
    }
}

test_on_both! {
    each_line_about_a_request_names_it
    a_job_belongs_to_the_trace_of_the_call_that_started_it
    the_next_server_knows_the_trace_of_a_job
}

fn each_line_about_a_request_names_it(executor: &str) {
    let place = Place::new();
    // Also where nothing but errors is logged.
    let lab = place.start_with(&[("EXECUTOR", executor), ("LOG", "soap_runtime=info")]);
    let headers = |id: &'static str| [("X-Request-ID", id), ("traceparent", PARENT)];
    call(&lab, &headers("unknown-id"), "getServiceStatus", "nobody", "");
    call(&lab, &headers("no-operation"), "makeCoffee", "x", "");
    ask(lab.address(), "POST /lab/Lab", &headers("no-xml"), "<broken");
    ask(lab.address(), "PUT /lab/Lab", &headers("no-method"), "");
    ask(lab.address(), "POST /lab/Lab", &[("X-Request-ID", "no-trace"), ("traceparent", "00-bad")], "<broken");
    call(&lab, &headers("no-number"), "startNap", "x", "<t:milliseconds>soon</t:milliseconds>");
    let log = place.log();
    let line = log.lines().find(|line| line.contains("no-number")).unwrap_or_else(|| panic!("{log}"));
    assert!(line.contains("operation=\"startNap\"") && !line.contains("soon"), "{line}");
    for id in ["unknown-id", "no-operation", "no-xml", "no-method", "no-trace"] {
        let mut lines = log.lines().filter(|line| line.contains("refused") && line.contains(id));
        let line = lines.next().unwrap_or_else(|| panic!("nothing about {id} in {log}"));
        assert_eq!(lines.next(), None, "{log}");
        assert!(line.contains(&format!("request_id=\"{id}\"")), "{line}");
        assert_eq!(line.contains(&format!("trace_id=\"{TRACE}\"")), id != "no-trace", "{line}");
    }
}

fn a_job_belongs_to_the_trace_of_the_call_that_started_it(executor: &str) {
    let place = Place::new();
    let alien = "00-11111111111111111111111111111111-2222222222222222-00";
    let lab = place.start_with(&[("EXECUTOR", executor), ("TRACEPARENT", alien), ("LOG_FORMAT", "json")]);
    let script = "<t:script>echo \"&lt;$TRACEPARENT&gt;\" &gt; result.txt</t:script>";
    call(&lab, &[("traceparent", PARENT)], "startScript", "traced", script);
    call(&lab, &[], "startScript", "alone", script);
    assert_eq!(lab.result("traced"), format!("<{PARENT}>"));
    assert_eq!(lab.result("alone"), "<>", "what the server itself was started in is not the job's");
    let log = place.log();
    let line = log.lines().find(|line| line.contains("\"completed\"") && line.contains("\"traced\""));
    assert!(line.is_some_and(|line| line.contains(TRACE)), "{log}");
    call(&lab, &[("traceparent", PARENT)], "startPanic", "panics", "");
    lab.fault("panics");
    let log = match executor {
        "task" => place.log(),
        // That of the job itself.
        _ => place.folders().iter().filter_map(|folder| fs::read_to_string(folder.join("log.txt")).ok()).collect(),
    };
    let line = log.lines().find(|line| line.contains("panicked: the lab blew up"));
    assert!(line.is_some_and(|line| line.contains(&format!("\"trace_id\":\"{TRACE}\""))), "{log}");
}

fn the_next_server_knows_the_trace_of_a_job(executor: &str) {
    let place = Place::new();
    let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "1")];
    let mut lab = place.start_with(&settings);
    lab.start("startNap", "runs", &[("milliseconds", "300000")]);
    call(
        &lab,
        &[("traceparent", PARENT)],
        "startScript",
        "waits",
        "<t:script>echo $TRACEPARENT &gt; result.txt</t:script>",
    );
    lab.kill_9();
    let lab = place.start_with(&settings);
    lab.abort("runs");
    assert_eq!(lab.result("waits"), PARENT);
    let told = |log: String| log.lines().any(|line| line.contains("completed") && line.contains(TRACE)).then_some(());
    eventually(|| told(place.log()));
}
