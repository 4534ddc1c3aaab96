//! What callers entrust to a server is seen nowhere but where they wanted it.

use std::fs;
use std::process::{Command, Stdio};

use super::{ask, call, get, said};
use crate::jobs::lab::{Lab, Place, TOKEN};
use crate::jobs::test_on_both;
use crate::processes::{eventually, port_of};
use crate::programs::example;
use crate::server::{SOAP11, envelope, soap11};

/// As the workflow manager has them among its extra parameters.
const GSS: &str = "gss-credential-AbCd0123";
const PASSWORD: &str = "password-that-nobody-may-see";

test_on_both! {
    tokens_are_in_no_log_no_page_and_no_process
}

fn tokens_are_in_no_log_no_page_and_no_process(executor: &str) {
    for format in ["text", "json"] {
        let place = Place::new();
        let settings = [("EXECUTOR", executor), ("LOG", "trace"), ("LOG_FORMAT", format)];
        let mut lab = place.start_with(&settings);
        run_all_kinds(&lab);
        mistreat(&lab);
        let mut places = vec![("pages", pages(&lab)), ("processes", processes(&place, &lab))];
        for line in [&["list"][..], &["list", "--json"], &["show", "runs"], &["show", "panics", "--json"]] {
            let (code, stdout, stderr) = said(place.command(&settings).arg("jobs").args(line));
            assert_eq!(code, Some(0), "{stderr}");
            places.push(("jobs", stdout + &stderr));
        }
        assert!(lab.stop().success());
        let logs = place.folders().into_iter().filter_map(|folder| fs::read_to_string(folder.join("log.txt")).ok());
        places.extend([("log", place.log()), ("logs of jobs", logs.collect())]);
        for (name, text) in places {
            assert!(!text.is_empty() || name == "logs of jobs", "{name}");
            for secret in [TOKEN, GSS, PASSWORD] {
                let line = text.split(['\n', '\0']).find(|line| line.contains(secret));
                assert_eq!(line, None, "{secret} is in the {name} ({executor}, {format})");
            }
        }
    }
}

/// Executions of all kinds, each started with more than it takes.
fn run_all_kinds(lab: &Lab) {
    let extra = format!("<t:extraParameters>WFM=http://wfm,gss={GSS}</t:extraParameters>");
    let start = |operation: &str, id: &str, arguments: &str| {
        assert_eq!(call(lab, &[], operation, id, &format!("{extra}{arguments}")).status, 200);
    };
    start("startNap", "done", "");
    start("startPanic", "panics", "");
    start("startExit", "fails", "<t:code>3</t:code>");
    start("startNap", "aborted", "<t:milliseconds>300000</t:milliseconds>");
    start("startMessages", "listens", "");
    start("startScript", "runs", "<t:script>sleep 300</t:script>");
    lab.abort("aborted");
    call(lab, &[], "notifyService", "listens", "<t:message>hello</t:message>");
    for id in ["done", "panics", "fails", "aborted", "listens"] {
        lab.end(id);
    }
    lab.status("unknown");
}

/// Requests that are wrong in all places where a secret may stand.
fn mistreat(lab: &Lab) {
    let security = format!(
        "<s:Header><w:Security xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/\
         oasis-200401-wss-wssecurity-secext-1.0.xsd\"><w:UsernameToken><w:Username>u</w:Username>\
         <w:Password>{PASSWORD}</w:Password></w:UsernameToken></w:Security></s:Header>"
    );
    let nap = |content: &str| soap11(&format!("<t:startNap xmlns:t=\"tns\">{content}</t:startNap>"));
    let token = format!("<t:sessionToken>{TOKEN}</t:sessionToken>");
    let id = "<t:serviceID>x</t:serviceID>";
    for body in [
        format!("<a>{TOKEN}</a>"),
        TOKEN.to_owned(),
        nap(TOKEN),
        nap(&format!("{id}<t:sessionToken>{TOKEN}")),
        nap(&format!("{id}<t:sessionToken>{TOKEN}</t:wrong>")),
        nap(&format!("{id}<t:sessionToken>{TOKEN}<t:b/></t:sessionToken>")),
        nap(&format!("{id}{token}{token}")),
        nap(&format!("{id}{token}<t:milliseconds>many</t:milliseconds>")),
        nap(&format!("{id}<t:milliseconds>{TOKEN}</t:milliseconds>")),
        nap(&format!("{id}<t:milliseconds>&#32;{TOKEN}</t:milliseconds>")),
        nap(&format!("{id}<t:milliseconds>{TOKEN}{}</t:milliseconds>", "x".repeat(100))),
        nap(&format!("{token}<t:serviceID><t:a/></t:serviceID>")),
        nap(&format!("{id}<t:sessionToken a=\"{TOKEN}&bad;\">{TOKEN}&bad;</t:sessionToken>")),
        soap11(&format!("<t:makeCoffee xmlns:t=\"tns\">{token}</t:makeCoffee>")),
        soap11(&format!("{token}<t:startNap xmlns:t=\"tns\"/>")),
        envelope(SOAP11, &security, &format!("<t:getServiceStatus xmlns:t=\"tns\">{id}{token}</t:getServiceStatus>")),
        envelope(SOAP11, &security, "<t:makeCoffee xmlns:t=\"tns\"/>"),
        envelope(SOAP11, &security.replace("<w:Security", "<w:Security s:mustUnderstand=\"1\""), ""),
    ] {
        ask(lab.address(), "POST /lab/Lab", &[("Content-Type", "text/xml")], &body);
    }
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("Authorization", &*bearer), ("Cookie", &format!("session={TOKEN}"))];
    for start in ["POST /lab/Lab", "GET /lab/Lab", "GET /nowhere", "POST /nowhere", "PUT /lab/Lab", "GET /health"] {
        ask(lab.address(), &format!("{start}?sessionToken={TOKEN}"), &headers, "<broken");
    }
}

/// All that a browser or a probe sees.
fn pages(lab: &Lab) -> String {
    let paths = ["/", "/lab/Lab", "/lab/Lab?wsdl", "/health", "/ready", "/metrics", "/nowhere"];
    paths.iter().map(|path| get(lab.address(), path).body).collect()
}

/// What everybody on the machine sees of the processes of jobs, and of the server, and what their user sees.
fn processes(place: &Place, lab: &Lab) -> String {
    let jobs = eventually(|| Some(place.processes()).filter(|found| !found.is_empty()));
    let server = lab.child.id().cast_signed();
    let mut all = Vec::new();
    for process in jobs.into_iter().chain([server]) {
        for file in ["cmdline", "environ", "comm"] {
            // It may have ended meanwhile.
            all.extend(fs::read(format!("/proc/{process}/{file}")).unwrap_or_default());
        }
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn passwords_of_ws_security_are_in_no_log() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = folder.path().join("log");
    let mut command = Command::new(example("kitchen_sink"));
    command.env_remove("CONTEXT_ROOT").env_remove("PUBLIC_URL").env("LISTEN", "127.0.0.1:0").env("LOG", "trace");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(fs::File::create(&log).expect("a new file"));
    let mut child = command.spawn().expect("it was built");
    let address = format!("127.0.0.1:{}", port_of(&mut child, 3).expect("it serves"));
    let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    for user in ["anna", "nobody"] {
        for tag in ["Password", "Nonsense"] {
            let header = format!(
                "<s:Header><w:Security xmlns:w=\"{wsse}\" s:mustUnderstand=\"1\"><w:UsernameToken>\
                 <w:Username>{user}</w:Username><w:{tag}>{PASSWORD}</w:{tag}></w:UsernameToken></w:Security></s:Header>"
            );
            let body = envelope(SOAP11, &header, "<t:echoString xmlns:t=\"urn:kitchen:guarded\"/>");
            let answer = ask(&address, "POST /kitchen/Guarded", &[("Content-Type", "text/xml")], &body);
            assert_ne!(answer.status, 200, "{answer:?}");
        }
    }
    child.kill().expect("it runs");
    child.wait().expect("it is ours");
    let log = fs::read_to_string(log).expect("it is there");
    assert!(log.contains("refused"), "{log}");
    assert_eq!(log.lines().find(|line| line.contains(PASSWORD)), None);
}
