//! Jobs: which operations they are published as.

use soap_runtime::describe::{OperationDescription, Part};
use soap_runtime::{BlockingJob, Fault, Job, JobError, Service, ServiceId, SessionToken, SoapFault, SoapOutput};
use soap_runtime::{SoapService, Status, soap_service};

use super::answer_or_fault;

#[derive(Debug, thiserror::Error, SoapFault)]
enum MeshError {
    /// The geometry has a hole.
    #[error("there is a hole at {place}")]
    Hole { place: f64 },
    #[error(transparent)]
    #[soap(server)]
    Job(
        #[from]
        #[soap(skip)]
        JobError,
    ),
}

struct Mesher;

/// Makes meshes.
#[soap_service(namespace = "urn:desk", on_failure(complete(report)), abort_output = "stopped")]
impl Mesher {
    /// Meshes a geometry.
    #[job(name = "startMesher", outputs(report, quality, parts), requeue)]
    async fn mesh(
        &self,
        job: Job,
        /// Of the elements, in mm.
        #[soap(default = 1.5)]
        size: f64,
    ) -> Result<(String, f64, Vec<String>), MeshError> {
        job.progress(1, 2).await?;
        if size > 0.0 { Ok((String::new(), 1.0, Vec::new())) } else { Err(MeshError::Hole { place: size }) }
    }

    /// Makes a mesh finer.
    #[job(outputs(report, quality, parts))]
    fn refine(&self, _: BlockingJob, mesh: String) -> (String, f64, Vec<String>) {
        (mesh, 1.0, Vec::new())
    }

    /// The version.
    #[operation(outputs(version))]
    async fn version(&self) -> u32 {
        1
    }
}

fn operation<'a>(service: &'a Service, name: &str) -> &'a OperationDescription {
    let operations = &service.description().operations;
    operations.iter().find(|operation| operation.name == name).unwrap_or_else(|| panic!("there is no {name}"))
}

fn names(parts: &[Part]) -> Vec<&str> {
    parts.iter().map(|part| &*part.name).collect()
}

fn service<S: SoapService>(service: S) -> Service {
    Service::new(service).expect("the description is sound")
}

#[test]
fn a_job_is_published_as_its_start_and_three_operations_more() {
    let mesher = service(Mesher);
    let published: Vec<_> = mesher.description().operations.iter().map(|operation| operation.name).collect();
    let expected = ["startMesher", "refine", "version", "getServiceStatus", "abortService", "notifyService"];
    assert_eq!(published, expected);
    for (name, input, output) in [
        (
            "startMesher",
            &["serviceID", "sessionToken", "size"][..],
            &["status_base64", "report", "quality", "parts"][..],
        ),
        ("refine", &["serviceID", "sessionToken", "mesh"], &["status_base64", "report", "quality", "parts"]),
        ("getServiceStatus", &["serviceID", "sessionToken"], &["status_base64", "report", "quality", "parts"]),
        ("abortService", &["serviceID", "sessionToken"], &["stopped"]),
        ("notifyService", &["serviceID", "sessionToken", "message"], &["response"]),
        ("version", &[], &["version"]),
    ] {
        let operation = operation(&mesher, name);
        assert_eq!((&*names(&operation.input), &*names(&operation.output)), (input, output), "{name}");
        assert!(!operation.docs.is_empty(), "{name}");
        assert!(name == "version" || operation.input.iter().take(2).all(|part| !part.docs.is_empty()), "{name}");
    }
}

#[test]
fn a_jobs_own_arguments_are_those_of_its_method() {
    let mesher = service(Mesher);
    let start = operation(&mesher, "startMesher");
    assert_eq!(start.docs, "Meshes a geometry.");
    let [service_id, token, size] = &start.input[..] else { panic!("{:?}", start.input) };
    assert_eq!((service_id, token), (&part::<ServiceId>(service_id), &part::<SessionToken>(token)));
    assert_eq!((size.docs, size.default.as_deref()), ("Of the elements, in mm.", Some("1.5")));
}

fn part<T: soap_runtime::SoapType>(like: &Part) -> Part {
    Part::of::<T>(like.name.clone(), like.docs)
}

#[test]
fn outputs_that_are_no_text_may_be_nil_until_they_are_final() {
    let mesher = service(Mesher);
    let status = operation(&mesher, "getServiceStatus");
    let nillable: Vec<_> = status.output.iter().map(|part| part.occurs.nillable).collect();
    assert_eq!(nillable, [false, false, true, false]);
    for start in ["startMesher", "refine"] {
        assert_eq!(operation(&mesher, start).output, status.output, "{start}");
    }
}

#[test]
fn what_a_failed_job_says_is_declared_wherever_it_is_said() {
    let mesher = service(Mesher);
    let faults = |name| operation(&mesher, name).faults.iter().map(|fault| fault.name).collect::<Vec<_>>();
    assert_eq!(faults("startMesher"), ["ServiceFailedFault", "Hole", "Job"]);
    assert_eq!(faults("refine"), ["ServiceFailedFault"]);
    assert_eq!(faults("getServiceStatus"), ["ServiceFailedFault", "Hole", "Job"]);
    assert_eq!((faults("abortService"), faults("notifyService")), (vec![], vec![]));
    assert_eq!(names(&operation(&mesher, "refine").faults[0].parts), ["serviceID", "reason"]);
}

#[derive(SoapOutput)]
struct Progress {
    status_base64: Status,
    result: String,
}

struct Clock;

#[soap_service(namespace = "urn:desk")]
impl Clock {
    /// Waits.
    #[job(outputs(result))]
    async fn wait(&self, _job: Job) -> String {
        String::new()
    }

    /// Starts by hand.
    #[operation]
    async fn start(&self, _service_id: ServiceId) -> Result<Progress, Fault> {
        Ok(Progress { status_base64: Status::Unchanged, result: String::new() })
    }

    /// Never looks.
    #[operation]
    async fn get_service_status(&self, service_id: ServiceId) -> Progress {
        Progress { status_base64: Status::Completed, result: service_id.as_str().to_owned() }
    }

    /// Never listens.
    #[operation(outputs(answer))]
    async fn notify_service(&self, _service_id: ServiceId, _message: String) -> String {
        "no".to_owned()
    }
}

#[tokio::test]
async fn operations_of_the_authors_own_take_the_place_of_those_that_come_with_jobs() {
    let clock = service(Clock);
    let published: Vec<_> = clock.description().operations.iter().map(|operation| operation.name).collect();
    assert_eq!(published, ["wait", "start", "getServiceStatus", "notifyService", "abortService"]);
    assert_eq!(operation(&clock, "getServiceStatus").docs, "Never looks.");
    assert_eq!(names(&operation(&clock, "notifyService").output), ["answer"]);
    let status = answer_or_fault(&clock, "<getServiceStatus><serviceID>7</serviceID></getServiceStatus>").await;
    assert!(status.is_ok_and(|answer| answer.contains("<tns:result>7</tns:result>")));
}

#[tokio::test]
async fn without_a_place_for_jobs_a_start_is_refused_and_other_operations_work() {
    let mesher = service(Mesher);
    let version = answer_or_fault(&mesher, "<version/>").await.expect("it needs no jobs");
    assert!(version.contains("<tns:version>1</tns:version>"), "{version}");
    for call in
        ["<startMesher><serviceID>a</serviceID></startMesher>", "<abortService><serviceID>a</serviceID></abortService>"]
    {
        let fault = answer_or_fault(&mesher, call).await.expect_err("there is no place for jobs");
        assert_eq!(fault.message(), "this service keeps jobs, and has no place for them", "{call}");
        assert!(fault.log().is_some_and(|log| log.contains("Jobs::open")), "{fault:?}");
    }
}

struct Numbers;

#[soap_service(on_failure(complete(sum)))]
impl Numbers {
    #[job(outputs(sum))]
    async fn add(&self, _job: Job) -> f64 {
        0.0
    }
}

#[test]
fn a_reason_cannot_be_told_in_an_output_that_is_no_text() {
    let refused = Service::new(Numbers).map(drop).expect_err("a number holds no reason").to_string();
    assert!(refused.contains("`on_failure(complete(sum))`: the output `sum` is no text"), "{refused}");
}
