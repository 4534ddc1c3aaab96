//! Logs for programs: one object a line, whatever happens.

use serde_json::Value;

use super::{PARENT, TRACE, ask, call};
use crate::jobs::lab::Place;
use crate::server::soap11;

#[test]
fn each_line_is_an_object_and_tells_whose_it_is() {
    let place = Place::new();
    let mut lab = place.start_with(&[("EXECUTOR", "task"), ("LOG_FORMAT", "json"), ("LOG", "trace")]);
    let headers = [("X-Request-ID", "from-outside"), ("traceparent", PARENT)];
    call(&lab, &headers, "getServiceStatus", "nobody&#10;{\"forged\":1}", "");
    ask(lab.address(), "POST /lab/Lab", &headers, "<broken");
    call(&lab, &headers, "startPanic", "panics", "");
    lab.fault("panics");
    ask(lab.address(), "POST /lab/Lab", &[], &soap11("<echo xmlns=\"tns\"><text>x</text></echo>"));
    assert!(lab.stop().success());
    let log = place.log();
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect();
    for line in &lines {
        for name in ["timestamp", "level", "target"] {
            assert!(line[name].is_string(), "{name} is not in {line}");
        }
    }
    let find = |test: &dyn Fn(&Value) -> bool| {
        lines.iter().find(|line| test(line)).unwrap_or_else(|| panic!("no such line in {log}"))
    };
    let refused = find(&|line| line["span"]["operation"] == "getServiceStatus");
    assert_eq!((&refused["message"], &refused["level"]), (&"refused".into(), &"INFO".into()));
    assert_eq!(refused["span"]["request_id"], "from-outside");
    assert_eq!(refused["span"]["trace_id"], TRACE);
    assert_eq!(refused["span"]["serviceID"], "nobody\n{\"forged\":1}");
    let broken = find(&|line| line["span"]["name"] == "request");
    assert_eq!((&broken["span"]["request_id"], &broken["span"]["trace_id"]), (&"from-outside".into(), &TRACE.into()));
    let panicked = find(&|line| line["message"] == "panicked: the lab blew up");
    assert_eq!((&panicked["span"]["serviceID"], &panicked["span"]["trace_id"]), (&"panics".into(), &TRACE.into()));
    assert!(panicked["location"].as_str().is_some_and(|place| place.contains("lab.rs:")), "{panicked}");
    let failed = find(&|line| line["message"] == "failed" && line["serviceID"] == "panics");
    assert_eq!(failed["span"]["trace_id"], TRACE);
}
