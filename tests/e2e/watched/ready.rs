//! `/ready`, beside `/health`.

use soap_runtime::{HttpSettings, Service, soap_service};

use super::get;
use crate::jobs::lab::Place;
use crate::processes::eventually;
use crate::server::Server;

#[test]
fn a_server_whose_store_is_gone_lives_and_is_not_ready() {
    let place = Place::new();
    let lab = place.start_with(&[("EXECUTOR", "task"), ("CONTEXT_ROOT", "")]);
    let ready = get(lab.address(), "/ready");
    assert_eq!((ready.status, &*ready.body), (200, "ready\n"));
    assert_eq!((ready.header("cache-control"), ready.header("x-request-id").is_some()), (Some("no-store"), true));
    std::fs::remove_file(place.data_dir().join("jobs.db")).expect("it is there");
    let ready = eventually(|| Some(get(lab.address(), "/ready")).filter(|answer| answer.status != 200));
    let reason = "the store of the jobs cannot be reached: its file is gone, or another one is in its place\n";
    assert_eq!((ready.status, &*ready.body), (503, reason));
    assert_eq!(get(lab.address(), "/health").status, 200);
    assert_eq!(place.log().matches("not ready: ").count(), 1, "{}", place.log());
}

#[test]
fn the_probes_are_at_the_root_and_below_the_context_root() {
    let mut settings = HttpSettings::default();
    settings.context_root = "/r".to_owned();
    let server = Server::with(settings);
    for path in ["/ready", "/r/ready"] {
        assert_eq!((server.get(path).status, &*server.get(path).body), (200, "ready\n"));
        assert_eq!(server.request(&format!("POST {path} HTTP/1.1"), &[], b"").status, 405);
    }
    for path in ["/health", "/r/health"] {
        assert_eq!((server.get(path).status, &*server.get(path).body), (200, "ok\n"));
    }
}

struct Greedy;

#[soap_service(path = "/ready", namespace = "tns")]
impl Greedy {
    #[operation]
    async fn nothing(&self) {}
}

#[test]
fn no_service_is_in_the_place_of_a_probe() {
    for root in ["", "/r"] {
        let mut settings = HttpSettings::default();
        settings.context_root = root.to_owned();
        let refused = soap_runtime::router(vec![Service::new(Greedy).expect("it fits the rules")], settings);
        assert_eq!(
            refused.expect_err("it is taken").to_string(),
            format!("service `Greedy` cannot be at {root}/ready: that is where the server tells whether it is ready")
        );
    }
}
