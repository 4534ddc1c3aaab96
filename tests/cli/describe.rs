//! `soap describe`.

use std::path::Path;

use crate::program::{Said, Service, run};
use crate::services::{kitchen_sink, waiter};

fn file(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().expect("a plain name").to_owned()
}

#[track_caller]
fn described(service: &Service, name: &str, line: &[&str]) -> String {
    let line = [&["describe", service.wsdl(name)], line].concat();
    readable(run(&line)).with(&service.words())
}

/// In 80 columns, without colours; what is to be copied keeps its line.
#[track_caller]
fn readable(said: Said) -> Said {
    let said = said.expect_code(0);
    assert!(!said.stdout.contains('\u{1b}'), "{said}");
    let long: Vec<_> =
        said.stdout.lines().filter(|line| line.chars().count() > 80 && !line.contains("soap ")).collect();
    assert!(long.is_empty(), "{long:#?}");
    said
}

#[test]
fn a_service_with_jobs() {
    insta::assert_snapshot!(described(waiter(), "WaiterService", &[]));
}

#[test]
fn one_operation() {
    insta::assert_snapshot!(described(waiter(), "WaiterService", &["startWaiter"]));
}

#[test]
fn structures_are_shown_once() {
    insta::assert_snapshot!(described(kitchen_sink(), "KitchenSink", &["order"]));
}

#[test]
fn structures_that_hold_themselves_end() {
    insta::assert_snapshot!(described(kitchen_sink(), "KitchenSink", &["echoTree"]));
}

#[test]
fn kinds_of_a_structure_are_listed() {
    insta::assert_snapshot!(described(kitchen_sink(), "KitchenSink", &["echoShapes"]));
}

#[test]
fn all_of_the_kitchen_sink_fits() {
    let all = described(kitchen_sink(), "KitchenSink", &[]);
    assert!(all.contains("tell(text) (no answer)"), "{all}");
    assert!(all.contains("echoHeaders(session, trace) -> user"), "{all}");
    described(kitchen_sink(), "Legacy", &[]);
}

#[test]
fn scripts_get_json() {
    let line = ["describe", waiter().wsdl("WaiterService"), "startWaiter", "--json"];
    insta::assert_snapshot!(run(&line).expect_code(0).with(&waiter().words()));
}

#[test]
fn foreign_descriptions_are_read() {
    for (name, wsdl) in [
        ("reference_waiter", "reference/waiter"),
        ("reference_calculator", "reference/calculator"),
        ("foreign_gsoap", "foreign/gsoap/library"),
        ("foreign_jaxws", "foreign/jaxws/library"),
        ("foreign_spyne", "foreign/spyne/library"),
    ] {
        let path = file(&format!("tests/wsdl/{wsdl}.wsdl"));
        let said = readable(run(&["describe", &path]));
        insta::assert_snapshot!(name, said.with(&[(&path, "FILE")]));
    }
}

#[test]
fn an_endpoint_will_do() {
    let wsdl = waiter().wsdl("WaiterService");
    let endpoint = wsdl.trim_end_matches("?wsdl");
    let of = |location| {
        let said = run(&["describe", location]).expect_code(0);
        // The examples have the location in them.
        said.stdout.lines().filter(|line| !line.contains("soap ")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(of(endpoint), of(wsdl));
}

#[test]
fn colours_are_there_when_asked_for() {
    let said = run(&["describe", waiter().wsdl("WaiterService"), "--color", "always"]).expect_code(0);
    assert!(said.stdout.contains("\u{1b}[1mstartWaiter"), "{said}");
}

#[test]
fn what_is_not_there_is_said() {
    let wsdl = waiter().wsdl("WaiterService");
    let address = &waiter().address;
    let none = format!("http://{address}/nothing?wsdl");
    for (line, code) in [
        (&["describe", wsdl, "startWater"][..], 2),
        (&["describe", wsdl, "--port", "x"], 2),
        (&["describe", wsdl, "--service", "x"], 2),
        (&["describe", "/nowhere/x.wsdl"], 2),
        (&["describe", &none], 2),
        (&["describe", "http://127.0.0.1:1/x?wsdl"], 2),
    ] {
        let said = run(line).expect_code(code);
        assert!(said.stdout.is_empty() && said.stderr.starts_with("error: "), "{said}");
    }
    let said = run(&["describe", wsdl, "startWater"]);
    insta::assert_snapshot!(said.with(&waiter().words()));
}
