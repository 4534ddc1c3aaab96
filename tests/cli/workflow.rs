//! `soap workflow`: the example against the examples, and what goes wrong.

pub(crate) mod application;
mod mistakes;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::OnceLock;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::program::{Said, Service, command, run};

/// The services that the workflows of these tests are made of.
struct Services {
    calculator: Service,
    waiter: Service,
}

fn services() -> &'static Services {
    static SERVICES: OnceLock<Services> = OnceLock::new();
    SERVICES.get_or_init(|| Services { calculator: Service::start("calculator"), waiter: Service::start("waiter") })
}

/// The example, with the addresses that the services have here.
fn example(folder: &Path) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/workflows/countdown.xml");
    written(folder, &std::fs::read_to_string(path).expect("it is there"))
}

/// A workflow for `localhost:8080`, where the calculator is, and `localhost:8081`, where the waiter is.
fn written(folder: &Path, workflow: &str) -> PathBuf {
    let Services { calculator, waiter } = services();
    let workflow = workflow.replace("localhost:8080", &calculator.address).replace("localhost:8081", &waiter.address);
    let path = folder.join("flow.xml");
    std::fs::write(&path, workflow).expect("a temporary folder");
    path
}

/// A snapshot has the addresses of the documentation, and no folder.
fn shown(said: &Said, folder: &Path) -> String {
    let Services { calculator, waiter } = services();
    let folder = format!("{}/", folder.display());
    let said = Said { stderr: without_ids(&said.stderr), ..said.clone() };
    said.with(&[(&calculator.address, "localhost:8080"), (&waiter.address, "localhost:8081"), (&folder, "")])
}

#[test]
fn the_example_runs_and_says_its_outputs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = example(folder.path());
    let file = file.to_str().expect("UTF-8");
    let mut command = command(&["workflow", file, "seconds=1", "more=1", "--every", "100ms"]);
    let said = Said::of(command.env("SOAP_SESSION_TOKEN", "a-secret")).expect_code(0);
    // How far the waiter is at each poll is a matter of time.
    let said = Said { stderr: without_pages(&said.stderr), ..said };
    insta::assert_snapshot!(shown(&said, folder.path()));
}

#[test]
fn the_other_branch_and_json() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = example(folder.path());
    let file = file.to_str().expect("UTF-8");
    let said = run(&["workflow", file, "seconds=1", "more=5", "--every", "100ms", "--json"]).expect_code(0);
    let expected = serde_json::json!({ "waited": "FINISHED", "from": "4.0", "left": "0.0" });
    let outputs: serde_json::Map<_, _> = said.json().as_object().expect("an object").clone();
    let texts =
        outputs.into_iter().map(|(name, value)| (name, value.as_str().map_or(value.to_string(), str::to_owned)));
    assert_eq!(serde_json::Value::from_iter(texts), expected, "{said}");
    assert!(said.stderr.contains("step 3 of 6: subtract: done") && !said.stderr.contains("multiply"), "{said}");
    assert!(
        said.stderr.contains("step 6 of 6, round 4: subtract: done\n") && !said.stderr.contains("round 5"),
        "{said}"
    );
}

#[test]
fn the_plan_is_shown_without_anything_running() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = example(folder.path());
    let file = file.to_str().expect("UTF-8");
    let plan = run(&["workflow", file, "--dry-run"]).expect_code(0);
    let checked = run(&["workflow", file, "--check"]).expect_code(0);
    insta::assert_snapshot!(format!("{}\n\n{}", shown(&plan, folder.path()), shown(&checked, folder.path())));
}

#[test]
fn ctrl_c_aborts_the_service_that_runs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = example(folder.path());
    let file = file.to_str().expect("UTF-8");
    let mut command = command(&["workflow", file, "seconds=3600", "--every", "100ms"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it was built");
    let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines().map_while(Result::ok);
    // A page has come: it has started.
    lines.find(|line| line.starts_with("step 1 of 6: startWaiter: ")).expect("a page");
    kill(Pid::from_raw(child.id().try_into().expect("a small number")), Signal::SIGINT).expect("it is there");
    let error = lines.find(|line| line.starts_with("error: ")).expect("it says what has become of it");
    assert!(error.starts_with("error: step 1 (`startWaiter`, line 19): the execution "), "{error}");
    assert!(error.ends_with(" of `startWaiter` was aborted"), "{error}");
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
}

/// Each serviceID is new.
fn without_ids(stderr: &str) -> String {
    let lines = stderr.lines().map(|line| match line.split_once("started, serviceID ") {
        Some((before, _)) => format!("{before}started, serviceID ID\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// Without the lines that say how far a service is.
fn without_pages(stderr: &str) -> String {
    let lines = stderr.lines().filter(|line| !line.ends_with('%') && !line.contains(": page, "));
    lines.map(|line| format!("{line}\n")).collect()
}
