//! `soap call`.

use std::io::Write;

use serde_json::{Value, json};

use crate::program::{Said, command, run, run_with_input};
use crate::services::{kitchen_sink, waiter};

fn sink() -> &'static str {
    kitchen_sink().wsdl("KitchenSink")
}

fn call(line: &[&str]) -> Said {
    run(&[&["call", sink()], line].concat())
}

const ORDER: &[&str] = &[
    "echoOrder",
    "order.@number=18446744073709551615",
    "order.orderedOn=2026-01-31",
    "order.customer.street=Main street 1",
    "order.customer.city=Oslo",
    "order.lines[0].article=tea",
    "order.lines[0].count=3",
    "order.lines[0].price.@currency=EUR",
    "order.lines[0].price.#text=1.25",
    "order.lines[1]={\"article\": \"milk\", \"count\": 1, \"price\": {\"@currency\": \"EUR\", \"#text\": 2}}",
    "order.invoice.address:={\"street\": \"x\", \"city\": \"y\"}",
    "order.invoice.days=30",
    "order.tags=[\"a\", \"b\"]",
    "order.remarks.entry={\"key\": \"note\", \"value\": \"two\\nlines\"}",
];

#[test]
fn outputs_are_lines() {
    insta::assert_snapshot!(call(ORDER).expect_code(0).with(&[]));
}

#[test]
fn scripts_get_json() {
    insta::assert_snapshot!(call(&[ORDER, &["--json"]].concat()).expect_code(0).with(&[]));
}

#[test]
fn the_body_can_be_seen() {
    insta::assert_snapshot!(call(&["echoMatrix", "rows:=[[1, 2.5], []]", "--xml"]).expect_code(0).with(&[]));
}

#[test]
fn the_wire_can_be_seen() {
    let said = call(&["echoString", "value=a < b", "--raw"]).expect_code(0);
    let took = said.stdout.lines().find_map(|line| line.strip_prefix("HTTP 200, ")?.split(" ms").next());
    let took = format!("{} ms", took.expect("it says how long it took"));
    let words = [kitchen_sink().words()[0], (took.as_str(), "TIME")];
    insta::assert_snapshot!(said.with(&words));
}

#[test]
fn a_request_can_be_seen_before_it_is_sent() {
    insta::assert_snapshot!(call(&[ORDER, &["--dry-run"]].concat()).expect_code(0).with(&[]));
}

#[test]
fn a_port_of_soap_12_can_be_chosen() {
    let said = call(&["echoInt", "value=1", "--port", "KitchenSinkSoap12Port", "--raw"]);
    let said = if said.code == 2 { said } else { said.expect_code(0) };
    assert!(said.stdout.contains("http://www.w3.org/2003/05/soap-envelope"), "{said}");
}

#[test]
fn a_fault_is_said_with_its_detail() {
    let line = [&ORDER[1..], &["kind=sold-out"]].concat();
    let said = call(&[&["order"], &line[..]].concat()).expect_code(1);
    insta::assert_snapshot!(said.with(&[]));
}

#[test]
fn mistakes_are_named_before_anything_is_sent() {
    let nobody = ["--endpoint", "http://127.0.0.1:1/"];
    let mut all = String::new();
    for line in [
        &["echoInt", "value=abc"][..],
        &["echoInt", "valeu=1"],
        &["echoInt"],
        &["echoInt", "value"],
        &["echoInt", "value=1", "value=2"],
        &["echoInt", "value:=x"],
        &["echoInt", "value=@/nowhere"],
        &["echoIn", "value=1"],
        &["echoOrder", "order.lines[x]=1"],
        &["echoOrder", "order=x"],
        &["echoOrder", "--args", "/nowhere"],
    ] {
        let said = call(&[line, &nobody].concat()).expect_code(2);
        assert!(said.stdout.is_empty(), "{said}");
        all.push_str(&format!("$ soap call LOCATION {}\n{}", line.join(" "), said.stderr));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn nobody_there_is_exit_code_3() {
    let said = call(&["echoInt", "value=1", "--endpoint", "http://127.0.0.1:1/"]).expect_code(3);
    assert!(said.stderr.starts_with("error: http://127.0.0.1:1/ cannot be reached: "), "{said}");
    // A page of HTML is no answer.
    let page = format!("http://{}/", kitchen_sink().address);
    let said = call(&["echoInt", "value=1", "--endpoint", &page]).expect_code(3);
    assert!(said.stderr.contains("no SOAP message"), "{said}");
}

#[test]
fn values_come_from_files_and_from_standard_input() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(b"\0\xFFbytes").expect("there is room");
    let at = format!("value=@{}", file.path().display());
    assert_eq!(call(&["echoBase64", &at, "--json"]).expect_code(0).json(), json!({ "value": "AP9ieXRlcw==" }));
    assert_eq!(call(&["echoHex", &at, "--json"]).expect_code(0).json(), json!({ "value": "00FF6279746573" }));
    assert!(call(&["echoString", &at]).expect_code(2).stderr.contains("is not text in UTF-8"));

    let said = run_with_input(&["call", sink(), "echoString", "value=@-", "--json"], "in a pipe\n").expect_code(0);
    assert_eq!(said.json(), json!({ "value": "in a pipe\n" }));
    let said = run_with_input(&["call", sink(), "echoInt", "--args", "-", "--json"], "{\"value\": 5}").expect_code(0);
    assert_eq!(said.json(), json!({ "value": 5 }));
    assert_eq!(call(&["echoString", "value=@@at", "--json"]).expect_code(0).json(), json!({ "value": "@at" }));
}

#[test]
fn tokens_come_from_the_environment_and_are_shown_nowhere() {
    const TOKEN: &str = "to\"ken&that<nobody>sees";
    let wsdl = waiter().wsdl("WaiterService");
    let refused = run(&["call", wsdl, "startWaiter", "serviceID=a", "sessionToken=x"]).expect_code(2);
    insta::assert_snapshot!(refused.with(&[]));
    for form in ["--dry-run", "--raw", "--xml", "--json"] {
        for (variable, more) in [("SOAP_SESSION_TOKEN", &[][..]), ("MINE", &["--token-env", "MINE"])] {
            let line = [&["call", wsdl, "getServiceStatus", "serviceID=nobody", form], more].concat();
            let said = Said::of(command(&line).env(variable, TOKEN));
            let all = format!("{said}");
            assert!(!all.contains("nobody>") && !all.contains("nobody&gt;") && !all.contains("ken&"), "{all}");
            assert_eq!(all.contains("[hidden]"), ["--dry-run", "--raw"].contains(&form), "{all}");
        }
    }
    // The service says what it was sent.
    let line = ["call", sink(), "echoString", "value=@env:SECRET"];
    assert_eq!(Said::of(command(&line).env("SECRET", TOKEN)).expect_code(0).stdout, "value: [hidden]\n");
    let said = run(&["call", wsdl, "getServiceStatus", "serviceID=nobody", "--dry-run"]).expect_code(0);
    assert!(!said.stdout.contains("sessionToken"), "{said}");
}

#[test]
fn a_status_page_is_said_in_words() {
    let wsdl = waiter().wsdl("WaiterService");
    let said = run(&["call", wsdl, "startWaiter", "serviceID=in-words", "secondsToWait=0"]).expect_code(0);
    assert!(said.stdout.starts_with("status_base64: page, ") && said.stdout.contains(": WaiterService"), "{said}");
    assert!(said.stdout.ends_with("\nresult: UNSET\n"), "{said}");
}

#[test]
fn nothing_that_a_terminal_obeys_is_said() {
    let line = ["echoString", "value=a\u{9b}31m\u{202e}b"];
    assert_eq!(call(&line).expect_code(0).stdout, "value: a\\u{9b}31m\\u{202e}b\n");
    let json = call(&[&line[..], &["--json"]].concat()).expect_code(0);
    assert!(json.stdout.contains("a\\u009b31m\\u202eb"), "{json}");
    assert_eq!(json.json(), json!({ "value": "a\u{9b}31m\u{202e}b" }));
}

/// All of the kitchen sink that sends back what comes.
#[test]
fn every_operation_sends_back_what_came() {
    let order: Value = call(&[ORDER, &["--json"]].concat()).json()["order"].clone();
    let line = json!({ "article": "a", "count": 1, "price": { "@currency": "EUR", "#text": 1 } });
    for (operation, arguments) in [
        ("echoVoid", json!({})),
        ("echoString", json!({ "value": "<é>\n" })),
        ("echoBoolean", json!({ "value": false })),
        ("echoInt", json!({ "value": -7 })),
        ("echoUnsignedLong", json!({ "value": u64::MAX })),
        ("echoInteger", serde_json::from_str("{\"value\": 123456789012345678901234567890}").expect("JSON")),
        ("echoDecimal", serde_json::from_str("{\"value\": 12345678901234567890.125}").expect("JSON")),
        ("echoFloat", json!({ "value": 1.5 })),
        ("echoDouble", json!({ "value": "INF" })),
        ("echoDate", json!({ "value": "2026-01-31" })),
        ("echoTime", json!({ "value": "12:00:00" })),
        ("echoDateTime", json!({ "value": "2026-01-31T12:00:00+02:00" })),
        ("echoInstant", json!({ "value": "2026-01-31T12:00:00Z" })),
        ("echoDuration", json!({ "value": "PT5M" })),
        ("echoUri", json!({ "value": "http://example.org/?a=b&c" })),
        ("echoBase64", json!({ "value": "aGVsbG8=" })),
        ("echoHex", json!({ "value": "00FF" })),
        ("echoFile", json!({ "value": "aGVsbG8=" })),
        ("echoOptional", json!({})),
        ("echoNillable", json!({ "value": null })),
        ("echoDefault", json!({ "value": 5 })),
        ("echoStrings", json!({ "values": ["a", "", " b "] })),
        ("echoHoles", json!({ "values": [1, null, 3] })),
        ("echoArray", json!({ "values": { "item": [1, 2] } })),
        ("echoMatrix", json!({ "rows": [{ "item": [1.5] }, { "item": [] }] })),
        ("echoMap", json!({ "map": { "entry": [{ "key": "a", "value": 1 }] } })),
        ("echoColour", json!({ "colour": "dark-blue" })),
        ("echoPercent", json!({ "percent": 100 })),
        ("echoPrice", json!({ "price": { "@currency": "EUR", "#text": 1.25 } })),
        ("echoPayment", json!({ "payment": { "cash": true } })),
        ("echoOrder", json!({ "order": order })),
        ("echoOrders", json!({ "orders": [order] })),
        ("echoTree", json!({ "root": { "name": "a", "children": [{ "name": "b", "value": 1.5, "children": [] }] } })),
        ("echoPage", json!({ "page": { "start": 1, "items": [line] } })),
        (
            "echoShapes",
            json!({ "shapes": [
            { "name": "s", "middle": { "item": [1.5, 2.5] } },
            { "@type": "Circle", "name": "c", "middle": { "item": [0.5, 0.5] }, "radius": 2.5 },
        ] }),
        ),
        ("echoXml", json!({ "xml": { "#xml": "<a>1<b/></a>" } })),
        ("echoBounded", json!({ "code": "AB-1", "ratio": 0.5 })),
        ("echoNamed", json!({ "value": "x" })),
    ] {
        let said = run_with_input(&["call", sink(), operation, "--args", "-", "--json"], &arguments.to_string());
        assert_eq!(said.clone().expect_code(0).json(), arguments, "{operation}: {said}");
    }
    let said = run_with_input(&["call", sink(), "echoBare", "--args", "-", "--json"], &line.to_string());
    assert_eq!(said.expect_code(0).json(), line);
    let said = call(&["echoHeaders", "session.user=anna", "session.roles=cook", "--json"]).expect_code(0);
    assert_eq!(said.json(), json!({ "user": "anna" }));
    assert_eq!(call(&["tell", "text=heard"]).expect_code(0).stdout, "\n");
    assert_eq!(call(&["told"]).expect_code(0).stdout, "text: heard\n");
}

#[test]
fn rpc_is_spoken_as_well() {
    let wsdl = kitchen_sink().wsdl("Legacy");
    let said = run(&["call", wsdl, "add", "a=2", "b=3"]).expect_code(0);
    assert_eq!(said.stdout, "sum: 5\n");
    let pair = json!({ "address": { "street": "a", "city": "b" }, "colour": "green" });
    let said = run_with_input(&["call", wsdl, "echoPair", "--args", "-", "--json"], &pair.to_string()).expect_code(0);
    assert_eq!(said.json(), pair);
    let said = run(&["call", wsdl, "echoList", "values=[1.5, 2]", "--json"]).expect_code(0);
    assert_eq!(said.json(), json!({ "values": { "item": [1.5, 2.0] } }));
}
