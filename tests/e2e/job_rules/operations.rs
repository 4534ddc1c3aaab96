//! The operations around a job: who may ask for what, and which execution is meant.

use std::fs;

use soap_runtime::Service;

use super::client::{Client, Told, argument};
use super::places::{Folder, Here};
use super::puppet::{CompletePuppet, Puppet};

#[test]
fn the_operations_have_the_names_and_parts_of_the_contract() {
    let parts = |service: &Service, name: &str| -> String {
        let operation = service.description().operations.iter().find(|operation| operation.name == name);
        let operation = operation.unwrap_or_else(|| panic!("there is no {name}"));
        let names = |parts: &[soap_runtime::describe::Part]| {
            parts.iter().map(|part| part.name.to_string()).collect::<Vec<_>>().join(" ")
        };
        format!("{} -> {}", names(&operation.input), names(&operation.output))
    };
    let puppet = Service::new(Puppet).expect("it fits the rules");
    let complete = Service::new(CompletePuppet).expect("it fits the rules");
    for (operation, expected) in [
        ("startPuppet", "serviceID sessionToken script -> status_base64 result"),
        ("startBlocking", "serviceID sessionToken parts milliseconds -> status_base64 result"),
        ("getServiceStatus", "serviceID sessionToken -> status_base64 result"),
        ("abortService", "serviceID sessionToken -> success"),
        ("notifyService", "serviceID sessionToken message -> response"),
    ] {
        assert_eq!(parts(&puppet, operation), expected, "{operation}");
    }
    assert_eq!(parts(&complete, "abortService"), "serviceID sessionToken -> aborted");
}

#[test]
fn answers_have_their_outputs_in_order_and_qualified() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client().at("/CompletePuppet");
    let calls = [
        ("startPuppet", "<script>listen</script>", "status_base64 result"),
        ("getServiceStatus", "", "status_base64 result"),
        ("notifyService", "<message>sleep 1</message>", "response"),
        ("abortService", "", "aborted"),
        ("getServiceStatus", "", "status_base64 result"),
    ];
    for (operation, arguments, outputs) in calls {
        let answer = client.call(operation, &(client.execution("a") + arguments));
        let response = format!("<tns:{operation}Response>");
        let (_, inside) = answer.body.split_once(&response).unwrap_or_else(|| panic!("{answer:?}"));
        let names = inside.split("</tns:").skip(1).filter_map(|rest| rest.split('>').next());
        let names: Vec<_> = names.filter(|name| !name.ends_with("Response")).collect();
        assert_eq!(names.join(" "), outputs, "{answer:?}");
    }
}

#[test]
fn a_service_id_has_to_be_there() {
    let folder = Folder::new();
    let client = Here::open(folder.path(), |_| {});
    let client = client.client();
    for operation in ["startPuppet", "getServiceStatus", "abortService", "notifyService"] {
        for service_id in ["", "<serviceID/>", "<serviceID></serviceID>"] {
            let answer = client.call(operation, &format!("{service_id}<message>x</message>"));
            assert!(answer.client_fault().contains("serviceID"), "{operation} {service_id}: {answer:?}");
        }
    }
    assert!(folder.of_jobs().is_empty());
}

#[test]
fn what_is_somebody_elses_and_what_is_unknown_look_the_same() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let (owner, stranger) = (here.client(), here.client().with_token("another"));
    owner.start("running", "listen");
    owner.start("is_over", "finish yes");
    owner.wait("is_over");
    for operation in ["getServiceStatus", "abortService", "notifyService"] {
        let ask = |client: &Client, id: &str| {
            let arguments = client.execution(id) + &argument("message", "x");
            let answer = client.call(operation, &arguments);
            answer.fault("Client");
            // The date in the head goes on meanwhile.
            (answer.status, answer.body.replace(id, "ID"))
        };
        let unknown = ask(&stranger, "unknown");
        assert_eq!(ask(&owner, "unknown"), unknown);
        assert_eq!(ask(&stranger, "running"), unknown, "{operation}");
        assert_eq!(ask(&stranger, "is_over"), unknown, "{operation}");
        assert_eq!(ask(&stranger.with_token(""), "running"), unknown, "{operation}");
    }
    owner.notify("running", "finish untouched");
    assert_eq!(owner.wait("running"), Told::Completed("untouched".to_owned()));
    let taken = stranger.start("is_over", "finish yes").fault();
    assert!(taken.contains("taken") && taken.contains("\"is_over\""), "{taken}");
}

#[test]
fn without_ownership_any_token_will_do() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |settings| settings.ownership = false);
    let (first, second) = (here.client(), here.client().with_token("another"));
    first.start("a", "listen");
    second.status("a");
    second.start("a", "listen").page();
    second.notify("a", "progress 1 2");
    assert!(second.with_token("").abort("a"));
    assert!(first.status("a").fault().contains("aborted"));
}

#[test]
fn a_start_from_many_at_once_starts_one() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    let notes = folder.path().join("notes");
    let script = format!("note {} begun\nlisten", notes.display());
    for round in 0..10 {
        let id = format!("round {round}");
        let answers = from_threads(16, |_| client.start(&id, &script));
        assert!(answers.iter().all(|answer| matches!(answer, Told::Page(_))), "{answers:?}");
        client.notify(&id, "finish it");
        assert_eq!(client.wait(&id), Told::Completed("it".to_owned()));
        assert_eq!(client.start(&id, &script), Told::Completed("it".to_owned()));
    }
    assert_eq!(fs::read_to_string(notes).expect("they wrote").lines().count(), 10);
}

#[test]
fn of_different_starts_at_once_one_is_accepted() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    for round in 0..10 {
        let id = format!("round {round}");
        let answers = from_threads(16, |thread| client.start(&id, &format!("sleep 1\nfinish {thread}")));
        let refused = |answer: &&Told| matches!(answer, Told::Fault(why) if why.contains("other arguments"));
        assert_eq!(answers.iter().filter(refused).count(), 15, "{answers:?}");
        let accepted = answers.iter().position(|answer| !refused(&answer)).expect("one of them");
        assert_eq!(client.wait(&id), Told::Completed(accepted.to_string()));
    }
}

#[test]
fn the_same_id_in_two_services_are_two_executions() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let (puppet, other) = (here.client(), here.client().at("/PagePuppet"));
    puppet.start("a", "listen");
    other.start("a", "finish the other");
    assert_eq!(other.wait("a"), Told::Completed("the other".to_owned()));
    assert!(puppet.abort("a"));
    assert_eq!(other.status("a"), Told::Completed("the other".to_owned()));
}

#[test]
fn the_same_id_with_another_operation_is_another_thing() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    client.start("a", "listen");
    let script = argument("script", "listen");
    let fault = client.start_with("startStubborn", "a", &script).fault();
    assert!(fault.contains("other arguments"), "{fault}");
}

#[test]
fn a_service_id_never_becomes_a_path() {
    let outer = Folder::new();
    let data_dir = outer.path().join("data");
    let here = Here::open(&data_dir, |_| {});
    let client = here.client();
    let long = "x".repeat(10_000);
    let same_start = "x".repeat(10_001);
    let hostile = [
        "../../etc/passwd",
        "..",
        ".",
        "/",
        "/tmp/x",
        "%2e%2e%2f",
        "%2e",
        "a b\u{202e}ö\u{1f600}",
        "'; drop table jobs; --",
        "a\nb\tc\r",
        " a ",
        "a",
        "A",
        "<job>&amp;]]>",
        &long,
        &same_start,
    ];
    for (number, id) in hostile.iter().enumerate() {
        // With a folder, which a log makes.
        client.start(id, &format!("log x\nfinish {number}"));
    }
    for (number, id) in hostile.iter().enumerate() {
        assert_eq!(client.wait(id), Told::Completed(number.to_string()), "{id}");
    }
    let names = |path: &std::path::Path| {
        let entries = fs::read_dir(path).expect("a folder").flatten();
        let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().expect("plain")).collect();
        names.sort();
        names
    };
    assert_eq!(names(outer.path()), ["data"]);
    assert_eq!(names(&data_dir), ["jobs", "jobs.db", "jobs.db-shm", "jobs.db-wal", "lock"]);
    let folders = names(&data_dir.join("jobs"));
    assert_eq!(folders.len(), hostile.len());
    assert!(folders.iter().all(|name| name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit())));
}

#[test]
fn texts_that_would_fill_the_server_are_refused() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    let longest = "x".repeat(64 << 10);
    client.start(&longest, "listen").page();
    assert!(client.abort(&longest));
    let too_long = "x".repeat(70_000);
    let fault = client.start(&too_long, "listen").fault();
    assert!(fault.contains("`serviceID` has 70000 bytes") && fault.len() < 200, "{fault}");
    let arguments = argument("serviceID", "a") + &argument("sessionToken", &too_long);
    let answer = client.call("startPuppet", &arguments);
    assert!(answer.client_fault().contains("`sessionToken` has 70000 bytes"), "{answer:?}");
    assert!(!answer.body.contains("xxxx"), "{answer:?}");
    let unknown = client.status(&too_long).fault();
    assert!(unknown.contains("no execution") && unknown.len() < 300, "{unknown}");
}

/// What `ask` says in each of so many threads that begin at once.
pub(super) fn from_threads<T: Send>(threads: usize, ask: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let together = std::sync::Barrier::new(threads);
    std::thread::scope(|scope| {
        let ask = |thread| {
            let (ask, together) = (&ask, &together);
            scope.spawn(move || {
                together.wait();
                ask(thread)
            })
        };
        let threads: Vec<_> = (0..threads).map(ask).collect();
        threads.into_iter().map(|thread| thread.join().expect("it does not panic")).collect()
    })
}
