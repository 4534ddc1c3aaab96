//! The waiter, from its start to its end.

use std::time::Duration;

use soap_runtime::client::{CallError, Progress};
use soap_runtime::{Job, JobError, soap_service};

use crate::waiter::process::{Folder, WITH_JOBS};

#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
trait Waiter {
    #[job(name = "startWaiter", outputs(result))]
    async fn wait(&self, job: Job, #[soap(default = 300)] seconds_to_wait: u32) -> Result<String, JobError>;
}

/// How often it is asked.
const EVERY: Duration = Duration::from_millis(50);

#[tokio::test]
async fn an_execution_is_waited_for() {
    let folder = Folder::new();
    let server = WITH_JOBS.start(folder.path());
    let client = WaiterClient::connect(server.endpoint()).expect("that is a URL");
    let started = client.start_waiter("a", "token", 1).await.expect("it starts");
    assert!(matches!(&started, Progress::Page(page) if page.contains("<html")), "{started:?}");
    let mut pages = 0;
    let result = client.wait_for(started, "a", "token", EVERY, |_| pages += 1).await;
    assert_eq!(result.expect("it completes"), "FINISHED");
    assert!(pages > 0);
    // Whoever has not heard the start can wait as well.
    let result = client.wait_for(Progress::Unchanged, "a", "token", EVERY, |_| panic!("it has ended")).await;
    assert_eq!(result.expect("it is completed"), "FINISHED");
}

#[tokio::test]
async fn an_execution_is_told_something_and_aborted() {
    let folder = Folder::new();
    let server = WITH_JOBS.start(folder.path());
    let client = WaiterClient::connect(server.endpoint()).expect("that is a URL");
    client.start_waiter("a", "token", None).await.expect("it starts");
    assert_eq!(client.notify_service("a", "token", "go on").await.expect("it hears"), "OK");
    assert!(client.abort_service("a", "token").await.expect("it ends"));
    let error = client.wait_for(Progress::Unchanged, "a", "token", EVERY, |_| {}).await.expect_err("it was aborted");
    assert_eq!(error.to_string(), "execution \"a\": it was aborted (Client)");
    let CallError::Fault(fault) = client.get_service_status("b", "token").await.expect_err("there is none") else {
        panic!("it is a fault");
    };
    assert!(fault.message.contains("there is no execution \"b\""), "{fault}");
}
