//! `soap run`.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::json;

use crate::processes::eventually;
use crate::program::{Said, Service, command, run};
use crate::services::{kitchen_sink, waiter};

fn wsdl() -> &'static str {
    waiter().wsdl("WaiterService")
}

/// `soap run … startWaiter`, which polls fast.
fn wait(line: &[&str]) -> Said {
    run(&[&["run", wsdl(), "startWaiter", "--every", "50ms"], line].concat())
}

#[test]
fn outputs_come_at_the_end_and_progress_goes_elsewhere() {
    let said = wait(&["secondsToWait=2", "--id", "shown"]).expect_code(0);
    assert_eq!(said.stdout, "status_base64: COMPLETED\nresult: FINISHED\n");
    let lines: Vec<_> = said.stderr.lines().collect();
    assert_eq!(lines.first(), Some(&"startWaiter: started, serviceID shown"), "{said}");
    assert!(lines.contains(&"startWaiter: 50%") && !said.stderr.contains('\r'), "{said}");
    let mut once = lines.clone();
    once.dedup();
    assert_eq!(once, lines, "a line says something new");
}

#[test]
fn scripts_get_json() {
    let said = wait(&["secondsToWait=0", "--id", "as json", "--json"]).expect_code(0);
    let ended = said.json();
    assert_eq!(ended["serviceID"], "as json");
    assert_eq!(ended["outputs"], json!({ "status_base64": "COMPLETED", "result": "FINISHED" }));
    assert!(ended["polls"].as_u64().is_some_and(|polls| polls > 0), "{said}");
    assert!(ended["seconds"].is_number(), "{said}");
}

#[test]
fn each_execution_has_an_id_of_its_own() {
    let ids: Vec<_> =
        (0..2).map(|_| wait(&["secondsToWait=0", "--json"]).expect_code(0).json()["serviceID"].clone()).collect();
    assert!(ids[0] != ids[1] && ids[0].as_str().is_some_and(|id| id.len() == 36), "{ids:?}");
}

#[test]
fn pages_are_written_and_opened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.html");
    let page = page.to_str().expect("a plain name");
    // A browser that makes a copy of what it is to show.
    let browser = folder.path().join("browser");
    std::fs::write(&browser, "#!/bin/sh\ncp \"$1\" \"$0.shows\"\n").expect("there is room");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(&browser, mode).expect("it is ours");
    let line = ["run", wsdl(), "startWaiter", "secondsToWait=1", "--every", "50ms", "--page", page, "--open"];
    Said::of(command(&line).env("BROWSER", &browser)).expect_code(0);
    assert!(std::fs::read_to_string(page).is_ok_and(|page| page.contains("<title>WaiterService")));
    let shows = folder.path().join("browser.shows");
    eventually(|| std::fs::read_to_string(&shows).ok().filter(|page| page.contains("</html>")));
}

#[test]
fn messages_are_sent_once_it_runs() {
    let said = wait(&["secondsToWait=2", "--notify", "first", "--notify", "second one"]).expect_code(0);
    for message in ["first", "second one"] {
        assert!(said.stderr.contains(&format!("message \"{message}\": OK\n")), "{said}");
    }
    let said = run(&["run", kitchen_sink().wsdl("KitchenSink"), "echoInt", "value=1", "--notify", "x"]).expect_code(2);
    assert!(said.stderr.contains("`echoInt` has no execution that could take messages"), "{said}");
}

#[test]
fn a_synchronous_service_is_called_once() {
    let said = run(&["run", kitchen_sink().wsdl("KitchenSink"), "echoInt", "value=1", "--json"]).expect_code(0);
    let ended = said.json();
    assert_eq!((&ended["outputs"], &ended["polls"]), (&json!({ "value": 1 }), &json!(0)));
    assert_eq!(ended["serviceID"], serde_json::Value::Null);
    assert!(said.stderr.is_empty(), "{said}");
}

#[test]
fn an_application_tells_its_outputs_itself() {
    let wsdl = format!("http://{}/Question?wsdl", crate::workflow::application::serve());
    let line = ["run", &wsdl, "ask", "text=How many?", "--id", "asked", "--json"];
    let said = Said::of(command(&line).env("SOAP_SESSION_TOKEN", "a-secret")).expect_code(0);
    assert_eq!((&said.json()["serviceID"], &said.json()["outputs"]["answer"]), (&json!("asked"), &json!("7")));
    for line in ["ask: started, serviceID asked", "ask: page, 18 bytes: How many?"] {
        assert!(said.stderr.contains(line), "{said}");
    }
    assert!(said.stderr.contains("refused: ") && !said.to_string().contains("a-secret"), "{said}");
}

#[test]
fn mistakes_are_found_before_it_starts() {
    let said = wait(&["secondsToWait=soon"]).expect_code(2);
    assert_eq!(said.stderr, "error: `secondsToWait` must be a whole number, and is `soon`\n");
    let said = wait(&["--id", "twice", "secondsToWait=0"]).expect_code(0);
    assert!(said.stdout.contains("FINISHED"), "{said}");
    let said = wait(&["--id", "twice", "secondsToWait=1"]).expect_code(1);
    assert!(said.stderr.contains("the service says: "), "{said}");
}

/// A program that waits for an execution, and what it says.
struct Waiting {
    child: Child,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Waiting {
    /// Until the first page is there.
    fn start(wsdl: &str, id: &str, more: &[&str]) -> Self {
        let line = [&["run", wsdl, "startWaiter", "secondsToWait=1000", "--every", "50ms", "--id", id], more].concat();
        let mut command = command(&line);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it was built");
        let mut waiting = Self { stderr: BufReader::new(child.stderr.take().expect("a pipe")), child };
        waiting.read_to("startWaiter: 0%");
        waiting
    }

    fn read_to(&mut self, text: &str) {
        let mut line = String::new();
        while !line.starts_with(text) {
            line.clear();
            assert!(self.stderr.read_line(&mut line).expect("a pipe") > 0, "it ended without `{text}`");
        }
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().try_into().expect("a small number")), signal).expect("it runs");
    }

    /// What it says from here on, and its exit code.
    fn end(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.stderr.read_to_string(&mut said).expect("it speaks UTF-8");
        (self.child.wait().expect("it ends").code(), said)
    }
}

#[test]
fn ctrl_c_aborts_the_execution() {
    let waiting = Waiting::start(wsdl(), "aborted", &[]);
    waiting.signal(Signal::SIGINT);
    let (code, said) = waiting.end();
    assert_eq!(code, Some(130), "{said}");
    let expected = "error: the execution aborted of `startWaiter` was aborted\n";
    assert_eq!(said, format!("aborting; Ctrl-C once more leaves at once\n{expected}"));
    let said = run(&["call", wsdl(), "getServiceStatus", "serviceID=aborted"]).expect_code(1);
    assert!(said.stderr.contains("aborted"), "{said}");
}

#[test]
fn a_second_ctrl_c_leaves_at_once() {
    let service = Service::start("waiter");
    let mut waiting = Waiting::start(service.wsdl("WaiterService"), "left", &[]);
    // It does not answer any more.
    service.signal(Signal::SIGSTOP);
    waiting.signal(Signal::SIGINT);
    waiting.read_to("aborting");
    waiting.signal(Signal::SIGINT);
    let (code, said) = waiting.end();
    service.signal(Signal::SIGCONT);
    assert_eq!((code, said.as_str()), (Some(130), "error: the execution left of `startWaiter` may go on\n"));
}

#[test]
fn a_service_that_comes_back_is_waited_for() {
    let mut service = Service::start("waiter");
    let mut waiting = Waiting::start(service.wsdl("WaiterService"), "comes-back", &["--retry", "60s"]);
    service.stop();
    waiting.read_to("http://");
    service.go_on();
    // It runs on in its own process.
    eventually(|| {
        let line = ["call", service.wsdl("WaiterService"), "abortService", "serviceID=comes-back"];
        (run(&line).code == 0).then_some(())
    });
    let (code, said) = waiting.end();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("error: the service says: "), "{said}");
}

#[test]
fn a_service_that_stays_away_is_exit_code_3() {
    let mut service = Service::start("waiter");
    let waiting = Waiting::start(service.wsdl("WaiterService"), "away", &["--retry", "0s"]);
    service.stop();
    let (code, said) = waiting.end();
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("cannot be reached"), "{said}");
}
