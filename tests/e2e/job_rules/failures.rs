//! What is told of an execution that has ended without its outputs, as the service wants it told.

use super::client::{Client, Told, argument};
use super::places::{Folder, Here, Program};
use crate::processes::eventually;

/// The place where jobs run in processes, and the one where they are tasks.
fn in_both(test: impl Fn(&Client)) {
    let folder = Folder::new();
    test(&Here::open(folder.path(), |_| {}).client());
    let folder = Folder::new();
    test(&Program::start(folder.path(), &[]).client());
}

/// The fault that an execution ends with: its code, its message and its detail.
fn fault(client: &Client, id: &str) -> (String, String, String) {
    client.wait(id).fault();
    let answer = client.call("getServiceStatus", &client.execution(id));
    let again = client.call("getServiceStatus", &client.execution(id));
    assert_eq!(answer.body, again.body, "it is told as often as it is asked");
    let detail = answer.body.split_once("<detail>").and_then(|(_, rest)| rest.split_once("</detail>"));
    let detail = detail.map(|(detail, _)| detail.to_owned()).unwrap_or_default();
    let code = answer.element("faultcode").expect("a fault has a code");
    (code, answer.element("faultstring").expect("a fault says why"), detail)
}

fn service_failed(id: &str, reason: &str) -> String {
    format!(
        "<tns:ServiceFailedFault><tns:serviceID>{id}</tns:serviceID><tns:reason>{reason}</tns:reason>\
         </tns:ServiceFailedFault>"
    )
}

#[test]
fn a_failure_is_a_fault_with_a_detail() {
    in_both(|client| {
        client.start("a", "break &lt; neck");
        let (code, message, detail) = fault(client, "a");
        assert_eq!(
            (&*code, &*message),
            ("soap11env:Server", "execution \"a\": a string of the puppet broke: &lt; neck")
        );
        assert_eq!(detail, "<tns:Broken><tns:which>&amp;lt; neck</tns:which></tns:Broken>");

        client.start("b", "refuse it");
        let (code, message, detail) = fault(client, "b");
        assert_eq!((&*code, &*message), ("soap11env:Client", "execution \"b\": the script is refused: it"));
        assert_eq!(detail, "<tns:RefusedFault><tns:why>it</tns:why></tns:RefusedFault>");

        client.start("c", "panic at the <disco>");
        let (code, message, detail) = fault(client, "c");
        assert_eq!(code, "soap11env:Server");
        let reason = "the method panicked: at the &lt;disco&gt;";
        assert!(message.contains("at the <disco>"), "{message}");
        assert_eq!(detail, service_failed("c", reason));

        client.start_with("startProgram", "d", &argument("shell", "echo its last words; exit 3"));
        let (code, message, detail) = fault(client, "d");
        let reason = "`sh` ended with exit status: 3; its log ends with `its last words`";
        assert_eq!((&*code, &*message), ("soap11env:Server", &*format!("execution \"d\": {reason}")));
        assert_eq!(detail, service_failed("d", reason));
        let again = client.start_with("startProgram", "d", &argument("shell", "echo its last words; exit 3"));
        assert_eq!(again.fault(), message, "a start is told the same");

        client.start("e", "listen");
        assert!(client.abort("e"));
        let (code, message, _) = fault(client, "e");
        assert_eq!((&*code, &*message), ("soap11env:Client", "execution \"e\": it was aborted"));
        assert!(client.abort("a") && client.abort("e"), "what has ended stays as it is");
        assert_eq!(fault(client, "a").1, "execution \"a\": a string of the puppet broke: &lt; neck");
    });
}

#[test]
fn failures_are_told_again_after_a_restart() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    // The short ones are kept in memory, the long one is not.
    let long = "x".repeat(5000);
    client.start("a", "break it");
    client.start("b", &format!("break {long}"));
    client.start("c", "listen");
    client.abort("c");
    let before = ["a", "b", "c"].map(|id| fault(&client, id));
    assert!(before[1].2.contains(&long));
    drop(here);
    let here = Here::open(folder.path(), |_| {});
    assert_eq!(["a", "b", "c"].map(|id| fault(&here.client(), id)), before);
}

#[test]
fn the_faults_are_declared() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let wsdl = here.client().wsdl();
    let operation = |name: &str| {
        let (_, rest) = wsdl.split_once(&format!("<wsdl:operation name=\"{name}\"")).expect("it is there");
        rest.split_once("</wsdl:operation>").expect("it ends").0.to_owned()
    };
    for (name, faults) in [
        ("startPuppet", "ServiceFailedFault Broken RefusedFault Stopped"),
        ("startProgram", "ServiceFailedFault"),
        ("getServiceStatus", "ServiceFailedFault Broken RefusedFault Stopped"),
        ("abortService", ""),
    ] {
        let declared = operation(name);
        let declared = declared.split("<wsdl:fault").skip(1).filter_map(|fault| fault.split("name=\"").nth(1));
        let names: Vec<_> = declared.filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names.join(" "), faults, "{name}");
    }
    for part in ["serviceID", "reason"] {
        let (_, fault) = wsdl.split_once("<xs:element name=\"ServiceFailedFault\"").expect("it is described");
        assert!(fault.contains(&format!("<xs:element name=\"{part}\" type=\"xs:string\"")), "{fault}");
    }
}

#[test]
fn a_failure_can_be_a_page() {
    in_both(|client| {
        let client = client.at("/PagePuppet");
        client.start("a", "break <it>");
        let page = client.wait_for_page("a", &["Failed"]);
        assert!(page.contains("a string of the puppet broke: &#60;it&#62;"), "{page}");
        assert!(!page.contains("Abort it now") && !page.contains("0 s"), "{page}");
        for _ in 0..3 {
            assert_eq!(client.status("a"), Told::Unchanged);
        }
        assert_eq!(client.start("a", "break <it>").page(), page, "a start is always told");
        assert_eq!(client.status("a"), Told::Unchanged);

        client.start("b", "listen");
        assert!(client.abort("b"));
        client.wait_for_page("b", &["Aborted"]);
        assert_eq!(client.status("b"), Told::Unchanged);

        client.start("c", "finish it");
        assert_eq!(client.wait("c"), Told::Completed("it".to_owned()));
        let answer = client.call("getServiceStatus", &client.execution("a"));
        assert_eq!(answer.result(), "UNSET");
    });
}

#[test]
fn a_failure_can_be_an_output() {
    in_both(|client| {
        let client = client.at("/CompletePuppet");
        client.start("a", "break <it>");
        client.start("b", "listen");
        assert_eq!(client.call("abortService", &client.execution("b")).element("aborted").as_deref(), Some("true"));
        client.start("c", "finish it");
        for _ in 0..2 {
            let error = "ERROR: a string of the puppet broke: <it>";
            assert_eq!(client.wait("a"), Told::Completed(error.to_owned()));
            assert_eq!(client.wait("b"), Told::Completed("ERROR: it was aborted".to_owned()));
            assert_eq!(client.wait("c"), Told::Completed("it".to_owned()));
        }
        assert_eq!(client.start("a", "break <it>"), client.status("a"));
    });
}

#[test]
fn a_page_about_a_failure_comes_again_after_a_restart() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    let client = here.client().at("/PagePuppet");
    client.start("a", "break it");
    let page = client.wait_for_page("a", &["Failed"]);
    drop(here);
    let here = Here::open(folder.path(), |_| {});
    let client = here.client().at("/PagePuppet");
    assert_eq!(client.status("a").page(), page);
    eventually(|| (client.status("a") == Told::Unchanged).then_some(()));
}
