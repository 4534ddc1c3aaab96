use super::*;
use crate::dispatch::Request;
use crate::types::base64;
use crate::xml::Limits;

const LOCAL: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

/// Calls the service as the pages of applications do: with elements in no namespace.
async fn call(manager: &Manager, id: &str, token: &str, outputs: &str) -> String {
    let service = WorkflowManager { executions: Arc::clone(&manager.executions) };
    let body = format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Header/><s:Body>\
         <w:serviceExecutionFinished xmlns:w='http://www.eu-cloudflow.eu/dfki/WorkflowManager2/'>\
         <serviceID>{id}</serviceID><sessionToken>{token}</sessionToken>\
         <xmlOutputs_base64>{}</xmlOutputs_base64></w:serviceExecutionFinished></s:Body></s:Envelope>",
        base64(outputs),
    );
    let request = Request { body: body.into(), charset: None, action: None, limits: Limits::default() };
    let reply = Service::new(service).expect("it fits the rules").call(request).await;
    match &reply.fault {
        Some(fault) => format!("{:?}: {}", fault.code(), fault.message()),
        None => {
            assert!(reply.body.contains(":success>true</"), "{}", reply.body);
            "success".to_owned()
        }
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn outputs_reach_whoever_waits_for_them() {
    let manager = Manager::start(LOCAL).await.expect("a free port");
    let mut waiting = manager.expect("run-1", "secret", names(&["status_base64", "file", "size"]));
    let mut other = manager.expect("run-2", "secret", names(&["status_base64"]));
    let outputs = "<ServiceOutputs>\n <size>3</size><file>a &amp; b</file></ServiceOutputs>";
    assert_eq!(call(&manager, "run-1", "secret", outputs).await, "success");
    let expected = [("size", "3"), ("file", "a & b")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(waiting.next().await, Said::Finished(expected.to_vec()));
    assert_eq!(call(&manager, "run-2", "secret", "<Other><status_base64/></Other>").await, "success");
    assert_eq!(other.next().await, Said::Finished(vec![("status_base64".to_owned(), String::new())]));
}

#[tokio::test]
async fn what_does_not_fit_is_a_fault_and_is_told_to_whoever_waits() {
    let manager = Manager::start(LOCAL).await.expect("a free port");
    let mut waiting = manager.expect("run-1", "secret", names(&["status_base64", "file"]));
    let cases = [
        ("run-2", "secret", "<o><file/></o>", "no execution \"run-2\" is waited for here"),
        ("run-1", "guess", "<o><file/></o>", "the sessionToken is not the one"),
        ("run-1", "secret", "<o/>", "the output `file` is missing"),
        ("run-1", "secret", "<o><file/><file/></o>", "the output `file` is there 2 times"),
        ("run-1", "secret", "<o><file/><size/></o>", "the start method has no output `size`"),
        ("run-1", "secret", "<o><file><part/></file></o>", "`file`: expected a value, found the element `<part>`"),
        ("run-1", "secret", "<o><file></o>", "xmlOutputs_base64 holds no outputs"),
        ("run-1", "secret", "", "xmlOutputs_base64 holds no outputs"),
    ];
    for (id, token, outputs, expected) in cases {
        let said = call(&manager, id, token, outputs).await;
        assert!(said.starts_with("Client: ") && said.contains(expected), "{outputs}: {said}");
        assert!(!said.contains("secret") && !said.contains("guess"), "{said}");
        match waiting.next().await {
            Said::Refused(reason) => assert!(reason.contains(expected), "{reason}"),
            Said::Finished(outputs) => panic!("{outputs:?}"),
        }
    }
    // It may try again.
    assert_eq!(call(&manager, "run-1", "secret", "<o><file/></o>").await, "success");
    assert!(matches!(waiting.next().await, Said::Finished(_)));
    assert!(call(&manager, "run-1", "secret", "<o><file/></o>").await.contains("no execution"), "it has finished");
}

#[tokio::test]
async fn an_execution_that_nobody_waits_for_any_more_is_unknown() {
    let manager = Manager::start(LOCAL).await.expect("a free port");
    drop(manager.expect("run-1", "", names(&["file"])));
    assert!(call(&manager, "run-1", "", "<o><file/></o>").await.contains("no execution"));
}

#[tokio::test]
async fn applications_are_told_where_to_report_to() {
    let manager = Manager::start(LOCAL).await.expect("a free port");
    let address = manager.address();
    assert_eq!(manager.extra_parameters(None), format!("WFM={address},"));
    let given = "gss=http://g/?a=b,WFM=http://platform/,auth=http://a,";
    let expected = format!("WFM={address},gss=http://g/?a=b,auth=http://a,");
    assert_eq!(manager.extra_parameters(Some(given)), expected);
}

#[tokio::test]
async fn applications_elsewhere_get_an_address_that_leads_here() {
    let manager = Manager::start("0.0.0.0:0".parse().expect("an address")).await.expect("a free port");
    let host = manager.address().trim_start_matches("http://").split('/').next().expect("it has one");
    let address: SocketAddr = host.parse().expect("an address with a port");
    assert!(!address.ip().is_unspecified() && address.port() != 0, "{host}");
}
