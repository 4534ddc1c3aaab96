//! Calls by what came of them.

use std::io::Write;
use std::sync::Arc;

use soap_runtime::{Fault, Service, soap_service};
use tokio::sync::Semaphore;

use super::{scrape, text::Metrics};
use crate::processes::eventually;
use crate::server::{Server, good, soap11};

/// Ends in all ways that there are.
struct Ends {
    begun: Arc<Semaphore>,
}

#[soap_service(path = "/ends/Ends", namespace = "tns")]
impl Ends {
    #[operation(outputs(number))]
    async fn end(&self, how: u8) -> Result<u8, Fault> {
        match how {
            0 => Ok(0),
            1 => Err(Fault::client("it is the caller's")),
            2 => Err(Fault::server("it is ours")),
            _ => panic!("it is nobody's"),
        }
    }

    #[operation(one_way)]
    async fn tell(&self, text: String) {
        let _heard = text;
    }

    #[operation]
    async fn hang(&self) {
        self.begun.add_permits(1);
        std::future::pending::<()>().await;
    }
}

fn ends() -> (Server, Arc<Semaphore>) {
    let begun = Arc::new(Semaphore::new(0));
    let service = Service::new(Ends { begun: Arc::clone(&begun) }).expect("it fits the rules");
    (Server::serving(service, Default::default()), begun)
}

fn call(body: &str) -> String {
    format!("<t:{body} xmlns:t=\"tns\"")
}

fn send(server: &Server, body: &str) -> u16 {
    let headers = [("Content-Type", "text/xml; charset=utf-8")];
    server.request("POST /ends/Ends HTTP/1.1", &headers, soap11(body).as_bytes()).status
}

fn end(server: &Server, how: &str) -> u16 {
    send(server, &format!("{}><t:how>{how}</t:how></t:end>", call("end")))
}

#[track_caller]
fn requests(metrics: &Metrics, operation: &str, outcome: &str) -> f64 {
    metrics.get(&format!("soap_requests_total{{service=\"Ends\",operation=\"{operation}\",outcome=\"{outcome}\"}}"))
}

#[test]
fn calls_are_counted_by_what_came_of_them() {
    let (server, _) = ends();
    let address = server.address.to_string();
    assert!(scrape(&address).counted("soap_requests_total").is_empty(), "all are told of before the first call, as 0");
    for (how, status, times) in [("0", 200, 3), ("1", 500, 2), ("2", 500, 1), ("3", 500, 1), ("no number", 500, 1)] {
        (0..times).for_each(|_| assert_eq!(end(&server, how), status, "{how}"));
    }
    assert_eq!(send(&server, &format!("{}><t:text>psst</t:text></t:tell>", call("tell"))), 202);
    let metrics = scrape(&address);
    for (operation, outcome, count) in [
        ("end", "ok", 3.0),
        ("end", "client_fault", 3.0),
        ("end", "server_fault", 2.0),
        ("end", "abandoned", 0.0),
        ("tell", "accepted", 1.0),
        ("tell", "client_fault", 0.0),
        ("", "client_fault", 0.0),
    ] {
        assert_eq!(requests(&metrics, operation, outcome), count, "{operation} {outcome}");
    }
    let seconds = "soap_request_seconds_count{service=\"Ends\",operation=\"end\"}";
    assert_eq!(metrics.get(seconds), 8.0);
    let impossible = "soap_requests_total{service=\"Ends\",operation=\"tell\",outcome=\"ok\"}";
    assert_eq!(metrics.find(impossible), None, "a message in one direction has no reply");
}

#[test]
fn what_is_wrong_before_an_operation_is_known_is_counted_without_one() {
    let (server, _) = ends();
    let post = "POST /ends/Ends HTTP/1.1";
    let xml = ("Content-Type", "text/xml; charset=utf-8");
    let (long, unknown) = (vec![b' '; 3 << 20], soap11("<t:nothing xmlns:t=\"tns\"/>"));
    let refused = |start: &str, header, body: &[u8]| server.request(start, &[header], body).status;
    assert_eq!(refused(post, xml, b"<not<xml"), 500);
    assert_eq!(refused(post, xml, unknown.as_bytes()), 500);
    assert_eq!(refused(post, ("Content-Type", "text/xml; charset=klingon"), b""), 415);
    assert_eq!(refused(post, xml, &long), 413);
    assert_eq!(refused("PUT /ends/Ends HTTP/1.1", xml, b""), 405);
    let metrics = scrape(&server.address.to_string());
    assert_eq!(requests(&metrics, "", "client_fault"), 5.0);
    assert_eq!(metrics.get("soap_request_seconds_count{service=\"Ends\",operation=\"\"}"), 5.0);
}

#[test]
fn a_call_where_no_service_is_counts_for_none() {
    let server = Server::start();
    assert_eq!(server.request("POST /waiter/Waiterr HTTP/1.1", &[], good().as_bytes()).status, 404);
    assert_eq!(server.request("POST / HTTP/1.1", &[], good().as_bytes()).status, 405);
    assert_eq!(server.get("/robots.txt").status, 404);
    let metrics = scrape(&server.address.to_string());
    let astray = "soap_requests_total{service=\"\",operation=\"\",outcome=\"client_fault\"}";
    assert_eq!(metrics.counted("soap_requests_total"), [(astray, 2.0)], "what is no call is not counted");
}

#[test]
fn a_call_whose_caller_goes_away_is_counted_as_abandoned() {
    let (server, begun) = ends();
    let body = soap11(&format!("{}/>", call("hang")));
    let mut caller = server.connect();
    let head = format!(
        "POST /ends/Ends HTTP/1.1\r\nHost: h\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    caller.write_all([head, body].concat().as_bytes()).expect("the server reads");
    eventually(|| begun.try_acquire().ok().map(drop));
    drop(caller);
    let address = server.address.to_string();
    eventually(|| (requests(&scrape(&address), "hang", "abandoned") == 1.0).then_some(()));
    assert_eq!(requests(&scrape(&address), "hang", "server_fault"), 0.0);
}

#[test]
fn nothing_of_jobs_is_told_where_there_are_none() {
    let metrics = scrape(&Server::start().address.to_string());
    let of_jobs = metrics.types.keys().filter(|name| name.starts_with("soap_job") || name.starts_with("soap_store"));
    assert_eq!(of_jobs.count(), 0);
    assert!(metrics.find("soap_connections").is_none(), "the server is not ours");
}
