use axum::body::to_bytes;

use super::*;
use crate::jobs::{JobSettings, Jobs, Store};
use crate::service::{Definition, SoapService, blocking, outputs};

/// Does nothing, at a path of its own; all of them have one name.
struct Twin<const AT: usize>;

impl<const AT: usize> SoapService for Twin<AT> {
    fn definition() -> Definition<Self> {
        let definition = Definition::new("Twin", "tns", ["/a", "/b"][AT], Default::default(), "");
        definition.operation("ping", "", (), outputs::<(), 0>([]), blocking(|_: Arc<Self>, ()| ()))
    }
}

async fn told(metrics: &Metrics) -> String {
    let response = metrics.answer(&HeaderMap::new()).await;
    assert_eq!(response.status(), StatusCode::OK);
    let body = to_bytes(response.into_body(), 1 << 20).await.expect("it is in memory");
    String::from_utf8(body.to_vec()).expect("it is text")
}

fn lines<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.lines().filter(|line| line.starts_with(start)).collect()
}

#[tokio::test]
async fn services_of_one_name_are_told_of_as_one() {
    let services = [Service::new(Twin::<0>).expect("it is one"), Service::new(Twin::<1>).expect("it is one")];
    let mut requests = Requests::default();
    let endpoints: Vec<_> = services.iter().map(|service| requests.service(service.description())).collect();
    for endpoint in &endpoints {
        let mut timed = endpoint.begin();
        (timed.operation, timed.outcome) = (Some(0), Outcome::Ok);
    }
    drop(endpoints[1].begin());
    let text = told(&Metrics::new(&services, &Arc::new(requests), None, false)).await;
    let of = |operation: &str| format!("soap_requests_total{{service=\"Twin\",operation=\"{operation}\",");
    assert_eq!(
        lines(&text, &of("ping")),
        [
            of("ping") + "outcome=\"ok\"} 2",
            of("ping") + "outcome=\"client_fault\"} 0",
            of("ping") + "outcome=\"server_fault\"} 0",
            of("ping") + "outcome=\"abandoned\"} 0",
        ]
    );
    assert_eq!(lines(&text, &(of("") + "outcome=\"abandoned\"")), [of("") + "outcome=\"abandoned\"} 1"]);
}

#[tokio::test]
async fn jobs_are_told_of_once_for_each_place_where_they_are_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let places = [Jobs::new(), Jobs::new(), Jobs::new()];
    // The last one stays closed, as that of a service without jobs.
    for (name, jobs) in ["a", "b"].iter().zip(&places) {
        let mut settings = JobSettings::in_folder(folder.path().join(name));
        (settings.store, settings.max_running, settings.max_queued) = (Store::Memory, Some(3), 10);
        jobs.open(settings).await.expect("they can be kept there");
    }
    let mut services: Vec<Service> = Vec::new();
    for jobs in &places {
        services.push(Service::with_jobs(Twin::<0>, jobs).expect("it is one"));
        services.push(Service::with_jobs(Twin::<1>, &jobs.of("Twin")).expect("it is one"));
    }
    let text = told(&Metrics::new(&services, &Arc::default(), None, false)).await;
    for line in ["soap_job_running_limit 6", "soap_job_queue_limit 20", "soap_jobs{state=\"queued\"} 0"] {
        assert_eq!(lines(&text, line.rsplit_once(' ').expect("a value").0), [line]);
    }
    assert_eq!(lines(&text, "soap_jobs_accepted_total"), ["soap_jobs_accepted_total{service=\"Twin\"} 0"]);
    for jobs in &places {
        jobs.close().await;
    }
}
