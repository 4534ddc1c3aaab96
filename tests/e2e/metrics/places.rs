//! Where the metrics are, and where they are not.

use soap_runtime::{HttpSettings, RouteError, Service, router, soap_service};

use super::{get, scrape, scraped};
use crate::server::Server;

struct Measured;

/// Would be where the metrics are.
#[soap_service(path = "/metrics", namespace = "tns")]
impl Measured {
    #[operation(outputs(length))]
    async fn measure(&self) -> f64 {
        1.0
    }
}

fn measured(context_root: &str) -> (Vec<Service>, HttpSettings) {
    let mut settings = HttpSettings::default();
    settings.context_root = context_root.to_owned();
    (vec![Service::new(Measured).expect("it fits the rules")], settings)
}

#[test]
fn a_service_cannot_be_where_the_metrics_are() {
    let (services, settings) = measured("");
    let error = router(services, settings).expect_err("the path is taken");
    assert!(matches!(error, RouteError::BadPath { service: "Measured", .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "service `Measured` cannot be at /metrics: that is where the server tells its metrics"
    );
}

#[test]
fn below_a_context_root_there_are_none() {
    let (services, settings) = measured("/sintef");
    let server = Server::serving_all(services, settings);
    let address = server.address.to_string();
    assert!(server.get("/sintef/metrics?wsdl").body.contains("measure"), "a service may be there");
    scrape(&address);
    let mut settings = HttpSettings::default();
    settings.context_root = "/sintef".to_owned();
    assert_eq!(Server::with(settings).get("/sintef/metrics").status, 404);
}

#[test]
fn a_context_root_of_that_name_leaves_them_where_they_are() {
    let (services, settings) = measured("/metrics");
    let server = Server::serving_all(services, settings);
    scrape(&server.address.to_string());
    assert!(server.get("/metrics/").body.contains("Measured"), "the landing page");
    assert_eq!(server.get("/metrics/metrics?wsdl").status, 200);
}

#[test]
fn they_are_for_get_and_head() {
    let server = Server::start();
    let head = server.request("HEAD /metrics HTTP/1.1", &[], b"");
    assert_eq!((head.status, &*head.body), (200, ""));
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.request(&format!("{method} /metrics HTTP/1.1"), &[], b"");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("get, head")), "{method}");
    }
}

#[test]
fn the_program_is_told_of() {
    let server = Server::start();
    let metrics = scrape(&server.address.to_string());
    assert_eq!(metrics.get(&format!("soap_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION"))), 1.0);
    assert!(metrics.get("process_start_time_seconds") > 1.7e9);
    assert!(metrics.get("process_resident_memory_bytes") > 1e6);
    assert!(metrics.get("process_open_fds") > 3.0);
    assert!(metrics.get("process_cpu_seconds_total") > 0.0);
    assert!(metrics.helps.values().all(|help| help.ends_with('.')), "{:?}", metrics.helps);
}

#[test]
fn two_servers_in_one_program_tell_of_their_own_calls() {
    let (one, other) = (Server::start(), Server::start());
    assert_eq!(one.start_waiter("<t:serviceID>a</t:serviceID>").status, 200);
    let counted = |server: &Server| scrape(&server.address.to_string()).counted("soap_requests_total").len();
    assert_eq!((counted(&one), counted(&other)), (1, 0));
}

#[test]
fn they_are_compressed_for_those_who_ask_for_it() {
    let server = Server::start();
    let plain = scraped(&server.address.to_string()).len();
    let mut stream = server.connect();
    std::io::Write::write_all(
        &mut stream,
        b"GET /metrics HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n",
    )
    .expect("the server reads");
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut bytes).expect("the server answers");
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).to_ascii_lowercase();
    assert!(head.contains("content-encoding: gzip") && bytes.len() < plain / 2, "{} of {plain}", bytes.len());
    assert_eq!(get(&server.address.to_string(), "/metrics/").status, 404);
}
