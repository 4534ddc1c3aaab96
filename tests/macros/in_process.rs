//! `soap_runtime::testing::Server`: services as they are served, without a socket and without waiting.

use std::time::Duration;

use soap_runtime::client::{CallError, Message, Progress, Transport};
use soap_runtime::testing::{Running, Server};
use soap_runtime::{BlockingJob, Job, JobError, UsernameToken, Version, Wsdl, soap_service};

// Compiled and run as they are shown: rustdoc leaves out what is marked as a test.
#[path = "guide.rs"]
mod guide;
#[path = "readme.rs"]
mod readme;

const HOUR: Duration = Duration::from_secs(3600);

struct Oven;

#[soap_service(client)]
impl Oven {
    /// Bakes, and says every minute how far it is.
    #[job(name = "startOven", outputs(bread))]
    async fn bake(&self, job: Job, minutes: u32) -> Result<String, JobError> {
        for minute in 1..=minutes {
            job.sleep(Duration::from_secs(60)).await?;
            job.progress(minute, minutes).await?;
        }
        Ok(format!("baked for {minutes} minutes"))
    }

    /// Writes what it does to the job's log, so that it has a folder.
    #[job(outputs(bread))]
    async fn note(&self, job: Job) -> Result<String, JobError> {
        job.log("rises")?;
        job.sleep(HOUR).await?;
        Ok(job.folder()?.display().to_string())
    }

    #[job(outputs(bread))]
    fn smoulder(&self, job: BlockingJob) -> Result<String, JobError> {
        job.sleep(HOUR)?;
        Ok("smoked".to_owned())
    }

    #[operation(outputs(degrees))]
    fn temperature(&self, celsius: f64) -> f64 {
        celsius * 1.8 + 32.0
    }
}

struct Other;

#[soap_service]
impl Other {
    #[operation]
    fn nothing(&self) {}
}

async fn oven() -> (Running, OvenClient) {
    let server = Server::new().service(Oven).start().await;
    let client = server.client();
    (server, client)
}

fn page<O: std::fmt::Debug>(progress: Result<Progress<O>, CallError>) -> String {
    match progress {
        Ok(Progress::Page(page)) => page,
        other => panic!("{other:?} is no page"),
    }
}

fn fault<O: std::fmt::Debug>(answer: Result<O, CallError>) -> String {
    match answer {
        Err(CallError::Fault(fault)) => fault.message.clone(),
        other => panic!("{other:?} is no fault"),
    }
}

#[tokio::test(start_paused = true)]
async fn an_hour_is_over_at_once_and_can_be_looked_at_meanwhile() {
    let (_server, client) = oven().await;
    page(client.start_oven("a", "token", 60_u32).await);
    tokio::time::sleep(HOUR / 2 + Duration::from_secs(1)).await;
    let half = page(client.get_service_status("a", "token").await);
    assert!(half.contains("50 %") || half.contains("50%"), "{half}");
    assert!(half.contains("30 min"), "{half}");
    assert_eq!(client.get_service_status("a", "token").await.expect("it goes on"), Progress::Unchanged);
    tokio::time::sleep(HOUR / 2).await;
    let done = client.get_service_status("a", "token").await.expect("it has ended");
    assert_eq!(done, Progress::Completed("baked for 60 minutes".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn jobs_run_out_of_time_and_wait_and_are_forgotten_on_the_same_clock() {
    let server = Server::new().service(Oven).job_settings(|settings| {
        settings.max_running = Some(1);
        settings.run_timeout = Some(HOUR);
        settings.queue_timeout = Some(HOUR / 2);
        settings.retention = 10 * HOUR;
    });
    let client = server.start().await.client::<OvenClient>();
    page(client.start_oven("long", "token", 600_u32).await);
    let waits = page(client.start_oven("waits", "token", 1_u32).await);
    assert!(waits.contains("queue") || waits.contains("wait"), "{waits}");
    tokio::time::sleep(HOUR / 2 + Duration::from_secs(5)).await;
    let waited = fault(client.get_service_status("waits", "token").await);
    assert!(waited.contains("QUEUE_TIMEOUT"), "{waited}");
    page(client.start_oven("next", "token", 1_u32).await);
    tokio::time::sleep(HOUR / 2 + Duration::from_secs(60)).await;
    let late = fault(client.get_service_status("long", "token").await);
    assert!(late.contains("RUN_TIMEOUT"), "{late}");
    let next = client.get_service_status("next", "token").await.expect("it had its turn");
    assert_eq!(next, Progress::Completed("baked for 1 minutes".to_owned()));
    tokio::time::sleep(11 * HOUR).await;
    let gone = fault(client.get_service_status("next", "token").await);
    assert!(!gone.contains("TIMEOUT"), "{gone}");
}

#[tokio::test(start_paused = true)]
async fn what_a_job_writes_is_gone_with_the_server() {
    let (server, client) = oven().await;
    page(client.note("a", "token").await);
    tokio::time::sleep(HOUR / 2).await;
    let shown = page(client.get_service_status("a", "token").await);
    assert!(shown.contains("rises"), "{shown}");
    tokio::time::sleep(HOUR).await;
    let Ok(Progress::Completed(folder)) = client.get_service_status("a", "token").await else { panic!("it goes on") };
    assert!(std::path::Path::new(&folder).is_dir(), "{folder}");
    drop((server, client));
    assert!(!std::path::Path::new(&folder).exists(), "{folder}");
}

#[tokio::test(start_paused = true)]
async fn a_job_on_a_thread_goes_on_when_the_test_moves_the_clock() {
    let (_server, client) = oven().await;
    page(client.smoulder("a", "token").await);
    // The clock does not go on by itself as long as a thread works, so the test does it.
    let completed = loop {
        tokio::time::advance(HOUR / 10).await;
        match client.get_service_status("a", "token").await.expect("it goes on or has ended") {
            Progress::Completed(bread) => break bread,
            _ => tokio::task::yield_now().await,
        }
    };
    assert_eq!(completed, "smoked");
}

#[tokio::test]
async fn answers_are_those_of_a_server() {
    let (server, client) = oven().await;
    assert_eq!(client.temperature(100.0).await.expect("it answers"), 212.0);
    let envelope = |body: &str| {
        format!("<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{body}</e:Body></e:Envelope>")
    };
    let answer = server.call(envelope("<temperature><celsius>0</celsius></temperature>")).await;
    assert_eq!((answer.status, answer.content_type.as_deref()), (200, Some("text/xml; charset=utf-8")));
    let text = String::from_utf8_lossy(&answer.body);
    assert!(text.contains(">32.0</") || text.contains(">32</"), "{text}");
    let refused = server.call(envelope("<temperature><celsius>hot</celsius></temperature>")).await;
    assert_eq!(refused.status, 500);
    let soap12 = envelope("<temperature/>")
        .replace("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope");
    let refused = server.transport().send(Message::new(Version::Soap12, "", soap12)).await.expect("it answers");
    assert_eq!(refused.status, 400);
    assert!(refused.content_type.is_some_and(|content_type| content_type.starts_with("application/soap+xml")));
    let wsdl = server.get("/Oven?wsdl").await;
    let expected = Wsdl::of::<Oven>().expect("it keeps the rules").at("http://localhost/Oven");
    assert_eq!(String::from_utf8_lossy(&wsdl.body), expected);
    assert_eq!(server.get("/nowhere").await.status, 404);
}

#[tokio::test]
async fn limits_and_header_handlers_are_kept() {
    let server = Server::new().service(Oven).http_settings(|settings| settings.max_body = 100).start().await;
    assert_eq!(server.call("x".repeat(101)).await.status, 413);
    let server = Server::new().service_with(Oven, UsernameToken::new(|_: &str| None)).start().await;
    let refused = fault(server.client::<OvenClient>().temperature(1.0).await);
    assert!(refused.to_lowercase().contains("security") || refused.to_lowercase().contains("name"), "{refused}");
}

#[tokio::test]
async fn each_of_several_services_is_asked_by_its_name() {
    let settings = |settings: &mut soap_runtime::HttpSettings| settings.context_root = "/root".to_owned();
    let server = Server::new().service(Other).service(Oven).http_settings(settings).start().await;
    let client = OvenClient::over(server.transport_to("Oven"));
    assert_eq!(client.temperature(10.0).await.expect("it answers"), 50.0);
    assert_eq!(server.transport_to("Other").address(), "http://localhost/root/Other");
}

#[tokio::test]
#[should_panic(expected = "say which service is meant, with `transport_to`: there is Other, Oven")]
async fn one_of_several_services_has_to_be_named() {
    Server::new().service(Other).service(Oven).start().await.transport();
}

#[tokio::test]
#[should_panic(expected = "services `Oven` and `Oven` are both at /Oven")]
async fn what_cannot_be_published_is_said_at_once() {
    Server::new().service(Oven).service(Oven).start().await;
}

#[test]
fn the_readme_and_the_guide_show_what_is_run_here() {
    let readme = include_str!("../../README.md");
    assert!(readme.contains(concat!("```rust\n", include_str!("readme.rs"), "```")), "copy tests/macros/readme.rs");
    let guide = include_str!("../../docs/guide/testing.md");
    assert!(guide.contains(concat!("```rust\n", include_str!("guide.rs"), "```")), "copy tests/macros/guide.rs");
}
