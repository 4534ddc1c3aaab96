//! The command `health`.

use std::process::Command;

use super::said;
use crate::app::{Running, calculator};
use crate::jobs::lab::Place;

/// It says this line on the right stream.
#[track_caller]
fn says(command: &mut Command, code: i32, line: &str) {
    let said = said(command);
    let (stdout, stderr) = if code == 0 { (line, "") } else { ("", line) };
    assert_eq!((said.0, &*said.1, &*said.2), (Some(code), stdout, stderr));
}

#[test]
fn the_command_asks_the_server_at_listen() {
    let place = Place::new();
    let mut lab = place.start("task");
    let address = lab.address().to_owned();
    let port = address.rsplit(':').next().expect("a port");
    for listen in [&address, &format!("localhost:{port}"), &format!("0.0.0.0:{port}")] {
        says(place.command(&[("LISTEN", listen)]).arg("health"), 0, "ok\n");
        says(place.command(&[]).args(["health", "--ready", "--timeout", "60s", "--listen", listen]), 0, "ready\n");
    }
    std::fs::remove_file(place.data_dir().join("jobs.db")).expect("it is there");
    crate::processes::eventually(|| {
        let (code, _, stderr) = said(place.command(&[("LISTEN", &address)]).args(["health", "--ready"]));
        let reason = format!("error: the server at {address} answers 503: the store of the jobs cannot be reached: ");
        (code == Some(1) && stderr.starts_with(&reason) && stderr.lines().count() == 1).then_some(())
    });
    lab.kill_9();
    let (code, stdout, stderr) = said(place.command(&[("LISTEN", &address)]).arg("health"));
    assert_eq!((code, &*stdout), (Some(1), ""));
    assert!(stderr.starts_with(&format!("error: the server at {address} cannot be asked: ")), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
}

#[test]
fn a_context_root_does_not_answer_in_the_place_of_the_probe() {
    for (root, found) in [("/health", "/health/health"), ("/ready", "/ready/ready"), ("/r", "/health")] {
        let running = Running::start(calculator().env("CONTEXT_ROOT", root));
        let address = running.endpoint.strip_prefix("http://localhost:").and_then(|rest| rest.split('/').next());
        let address = format!("127.0.0.1:{}", address.expect("a port"));
        let probe = super::get(&address, found);
        assert!(["ok\n", "ready\n"].contains(&&*probe.body), "{probe:?}");
        for (arguments, line) in [(&["health"][..], "ok\n"), (&["health", "--ready"], "ready\n")] {
            says(calculator().env("CONTEXT_ROOT", root).env("LISTEN", &address).args(arguments), 0, line);
        }
    }
}

#[test]
fn the_help_tells_of_it() {
    let (code, help, _) = said(calculator().arg("--help"));
    assert!(code == Some(0) && help.contains("  health "), "{help}");
    let (_, help, _) = said(calculator().args(["health", "--help"]));
    for word in ["--ready", "--timeout <TIME>", "[default: 3s]", "LISTEN", "CONTEXT_ROOT"] {
        assert!(help.contains(word), "{word} is not in {help}");
    }
    assert!(!help.contains("MAX_BODY"), "what does not matter here is not told: {help}");
}
