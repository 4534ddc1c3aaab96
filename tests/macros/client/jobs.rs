//! Clients of services with jobs.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use soap_runtime::client::{Answer, CallError, Message, Progress, Sending, Transport};
use soap_runtime::{Job, JobError, Service, ServiceId, SessionToken, Status, soap_service};

use super::{Canned, envelope};

/// Waits.
#[soap_service(name = "WaiterService", path = "/waiter/Waiter", namespace = "tns", naming = "flask-spyne")]
trait Waiter {
    /// Starts to wait.
    #[job(name = "startWaiter", outputs(result, seconds))]
    async fn wait(&self, job: Job, #[soap(default = 300)] seconds_to_wait: u32) -> Result<(String, u32), JobError>;
}

/// The pages and words that a service answers, one after the other.
struct Script {
    answers: Mutex<Vec<&'static str>>,
    asked: Mutex<Vec<String>>,
}

impl Script {
    fn of(answers: &[&'static str]) -> Self {
        let answers = Mutex::new(answers.iter().rev().copied().collect());
        Self { answers, asked: Mutex::default() }
    }
}

impl Transport for Script {
    fn send(&self, message: Message) -> Sending<'_> {
        self.asked.lock().expect("nobody panics with it").push(message.action);
        let answer = self.answers.lock().expect("nobody panics with it").pop().expect("it was asked too often");
        let body = envelope(&format!("<S:Body><r xmlns='tns'>{answer}</r></S:Body>"));
        Box::pin(async move { Ok(Answer::new(200, None, body)) })
    }

    fn address(&self) -> &str {
        "there"
    }
}

/// `hello`, and outputs that only hold a place, which no number is.
const PAGE: &str = "<result>UNSET</result><seconds>UNSET</seconds><status_base64>aGVsbG8=</status_base64>";
const UNCHANGED: &str = "<status_base64>UNCHANGED</status_base64><result>UNSET</result><seconds/>";
const COMPLETED: &str = "<seconds>5</seconds><status_base64>COMPLETED</status_base64><result>FINISHED</result>";

fn outputs() -> (String, u32) {
    ("FINISHED".to_owned(), 5)
}

#[tokio::test]
async fn outputs_are_only_read_when_they_are_final() {
    let client = WaiterClient::over(Arc::new(Script::of(&[PAGE, UNCHANGED, COMPLETED])));
    let started = client.start_waiter("id-1", "token", 5).await.expect("it starts");
    assert_eq!(started, Progress::Page("hello".to_owned()));
    let next = client.get_service_status("id-1", "token").await.expect("it answers");
    assert_eq!(next, Progress::Unchanged);
    let last = client.get_service_status("id-1", "token").await.expect("it answers");
    assert_eq!(last, Progress::Completed(outputs()));
}

#[tokio::test(start_paused = true)]
async fn waiting_asks_every_so_often_and_hands_on_what_is_new() {
    let script = Arc::new(Script::of(&[PAGE, UNCHANGED, PAGE, COMPLETED]));
    let client = WaiterClient::over(Arc::clone(&script));
    let began = tokio::time::Instant::now();
    let started = client.start_waiter("id-1", "token", None).await.expect("it starts");
    let mut pages = Vec::new();
    let every = Duration::from_secs(6);
    let done = client.wait_for(started, "id-1", "token", every, |page| pages.push(page.to_owned())).await;
    assert_eq!(done.expect("it completes"), outputs());
    assert_eq!(pages, ["hello", "hello"]);
    assert_eq!(began.elapsed(), 3 * every);
    let expected = ["startWaiter", "getServiceStatus", "getServiceStatus", "getServiceStatus"];
    assert_eq!(*script.asked.lock().expect("nobody panics with it"), expected);
}

#[tokio::test]
async fn what_is_completed_is_not_asked_again() {
    let client = WaiterClient::over(Arc::new(Script::of(&[COMPLETED])));
    let started = client.start_waiter("id-1", "token", 0).await.expect("it starts");
    let done = client.wait_for(started, "id-1", "token", Duration::MAX, |_| panic!("there is no page")).await;
    assert_eq!(done.expect("it completes"), outputs());
}

#[tokio::test]
async fn who_is_meant_is_said() {
    let canned = Canned::answering(200, "");
    let client = WaiterClient::over(canned.clone());
    let error = client.notify_service("id-1", "token", "stop").await.expect_err("there is no answer");
    assert!(matches!(error, CallError::NoSoap { .. }), "{error}");
    let (text, message) = canned.asked();
    let body = "<tns:notifyService><tns:serviceID>id-1</tns:serviceID><tns:sessionToken>token</tns:sessionToken>\
                <tns:message>stop</tns:message></tns:notifyService>";
    assert!(text.contains(body), "{text}");
    assert_eq!(message.action, "notifyService");
    let error = client.abort_service("", "").await.expect_err("nobody is meant");
    let expected = "the arguments cannot be sent: `serviceID`: is empty, and names the execution";
    assert_eq!(error.to_string(), expected);
    let answer = "<S:Body><abortServiceResponse><success>true</success></abortServiceResponse></S:Body>";
    let client = WaiterClient::over(Canned::answering(200, &envelope(answer)));
    assert!(client.abort_service("id-1", String::new()).await.expect("it says true"));
}

/// Its three methods by hand.
struct ByHand;

#[soap_service(client)]
impl ByHand {
    #[operation(outputs(status_base64, result))]
    async fn start_waiter(&self, service_id: ServiceId, _session_token: SessionToken) -> (Status, String) {
        (Status::page(service_id.as_str()), "UNSET".to_owned())
    }

    #[operation(outputs(status_base64, result))]
    async fn get_service_status(&self, _service_id: ServiceId, _session_token: SessionToken) -> (Status, String) {
        (Status::Completed, "FINISHED".to_owned())
    }
}

#[tokio::test]
async fn operations_by_hand_are_operations() {
    let client = ByHandClient::over(Service::new(ByHand).expect("it is sound"));
    let started = client.start_waiter("id-1", "token").await.expect("it starts");
    assert_eq!(started, (Status::page("id-1"), "UNSET".to_owned()));
    let (status, result) = client.get_service_status(ServiceId::from("id-1"), "").await.expect("it answers");
    assert_eq!((status, result.as_str()), (Status::Completed, "FINISHED"));
}
