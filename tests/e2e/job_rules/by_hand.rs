//! Services that write some or all of the operations themselves, over the same jobs.

use std::time::Duration;

use soap_runtime::{Fault, Job, JobError, Jobs, Service, ServiceId, SessionToken, Status, soap_service};

use super::client::{Client, TOKEN, Told, argument};
use super::places::{Folder, Here};
use super::puppet::PuppetError;
use crate::processes::eventually;

/// All by hand.
struct ByHand {
    jobs: Jobs,
}

type Answer = Result<(Status, String), Fault>;

fn told((status, value): (Status, Option<f64>)) -> (Status, String) {
    (status, value.map_or("UNSET".to_owned(), |value| value.to_string()))
}

#[soap_service(path = "/ByHand", namespace = "urn:hand")]
impl ByHand {
    #[operation(outputs(status_base64, result))]
    async fn start_half(&self, service_id: ServiceId, session_token: SessionToken, number: f64) -> Answer {
        let work = move |job: Job| async move {
            job.page(format!("half of {number}")).await?;
            loop {
                match job.messages().pop().as_deref() {
                    Some("break") => return Err(PuppetError::Broken { which: "the left one".to_owned() }),
                    Some(_) => return Ok(number / 2.0),
                    None => job.sleep(Duration::from_millis(5)).await?,
                }
            }
        };
        Ok(told(self.jobs.start(&service_id, &session_token, &number.to_string(), work).await?))
    }

    #[operation(outputs(status_base64, result))]
    async fn get_service_status(&self, service_id: ServiceId, session_token: SessionToken) -> Answer {
        Ok(told(self.jobs.status(&service_id, &session_token).await?))
    }

    #[operation(outputs(gone))]
    async fn abort_service(&self, service_id: ServiceId, session_token: SessionToken) -> Result<bool, Fault> {
        self.jobs.abort(&service_id, &session_token).await
    }

    #[operation(outputs(response))]
    async fn notify_service(
        &self,
        service_id: ServiceId,
        session_token: SessionToken,
        message: String,
    ) -> Result<String, Fault> {
        self.jobs.notify(&service_id, &session_token, message).await?;
        Ok("HEARD".to_owned())
    }
}

/// A job, and a status by hand that says more of it.
struct Mixed {
    jobs: Jobs,
}

#[soap_service(path = "/Mixed", namespace = "urn:hand")]
impl Mixed {
    #[job(name = "startTwice", outputs(result))]
    async fn twice(&self, job: Job, number: f64) -> Result<String, JobError> {
        while job.messages().is_empty() {
            job.sleep(Duration::from_millis(5)).await?;
        }
        Ok((number * 2.0).to_string())
    }

    #[operation(outputs(status_base64, result))]
    async fn get_service_status(&self, service_id: ServiceId, session_token: SessionToken) -> Answer {
        match self.jobs.status::<String>(&service_id, &session_token).await? {
            (Status::Completed, Some(result)) => Ok((Status::Completed, format!("it is {result}"))),
            _ => Ok((Status::page("a page by hand"), "UNSET".to_owned())),
        }
    }
}

fn open(folder: &Folder, max_running: Option<usize>) -> Here {
    let set = |settings: &mut soap_runtime::JobSettings| settings.max_running = max_running;
    Here::serving(folder.path(), set, |jobs| {
        let by_hand = Service::new(ByHand { jobs: jobs.of("ByHand") });
        let mixed = Service::with_jobs(Mixed { jobs: jobs.of("Mixed") }, jobs);
        vec![by_hand.expect("it fits the rules"), mixed.expect("it fits the rules")]
    })
}

fn client(here: &Here, path: &'static str) -> Client {
    Client { address: here.address, path, namespace: "urn:hand", token: TOKEN }
}

fn number(number: f64) -> String {
    argument("number", &number.to_string())
}

#[test]
fn an_author_can_ask_for_all_of_it_by_hand() {
    let folder = Folder::new();
    let here = open(&folder, None);
    let client = client(&here, "/ByHand");
    client.start_with("startHalf", "a", &number(7.0)).page();
    assert_eq!(client.wait_for_page("a", &["half"]), "half of 7");
    assert_eq!(client.status("a"), Told::Unchanged);
    client.start_with("startHalf", "a", &number(7.0)).page();
    let fault = client.start_with("startHalf", "a", &number(8.0)).fault();
    assert!(fault.contains("other arguments"), "{fault}");
    assert!(client.with_token("another").status("a").fault().contains("no execution"));
    assert_eq!(client.try_notify("a", "go on").element("response").as_deref(), Some("HEARD"));
    assert_eq!(client.wait("a"), Told::Completed("3.5".to_owned()));
    assert_eq!(client.start_with("startHalf", "a", &number(7.0)), Told::Completed("3.5".to_owned()));
    client.try_notify("a", "too late").client_fault();
    drop(here);
    let here = open(&folder, None);
    let client = self::client(&here, "/ByHand");
    assert_eq!(client.status("a"), Told::Completed("3.5".to_owned()));
}

#[test]
fn by_hand_a_failure_is_a_fault_with_its_detail() {
    let folder = Folder::new();
    let here = open(&folder, None);
    let client = client(&here, "/ByHand");
    client.start_with("startHalf", "a", &number(1.0));
    client.try_notify("a", "break");
    let fault = client.wait("a").fault();
    assert!(fault.contains("\"a\"") && fault.contains("a string of the puppet broke: the left one"), "{fault}");
    let answer = client.call("getServiceStatus", &client.execution("a"));
    assert!(answer.body.contains("<detail><tns:Broken><tns:which>the left one</tns:which></tns:Broken>"), "{answer:?}");
    client.start_with("startHalf", "b", &number(1.0));
    let gone = client.call("abortService", &client.execution("b"));
    assert_eq!(gone.element("gone").as_deref(), Some("true"), "{gone:?}");
    assert!(client.status("b").fault().contains("it was aborted"));
}

#[test]
fn by_hand_what_is_lost_with_its_server_says_so() {
    let folder = Folder::new();
    let here = open(&folder, Some(1));
    let client = client(&here, "/ByHand");
    client.start_with("startHalf", "runs", &number(1.0));
    client.start_with("startHalf", "waits", &number(1.0));
    drop(here);
    let here = open(&folder, Some(1));
    let client = self::client(&here, "/ByHand");
    for id in ["runs", "waits"] {
        let fault = client.wait(id).fault();
        assert!(fault.contains(id) && fault.contains("the server") && fault.contains("stopped or has died"), "{fault}");
    }
}

#[test]
fn a_status_by_hand_stands_beside_a_job() {
    let folder = Folder::new();
    let here = open(&folder, None);
    let client = client(&here, "/Mixed");
    let page = client.start_with("startTwice", "a", &number(1.5)).page();
    assert!(page.contains("Mixed"), "{page}");
    assert_eq!(client.status("a").page(), "a page by hand");
    client.notify("a", "go on");
    eventually(|| (client.status("a") == Told::Completed("it is 3".to_owned())).then_some(()));
    // The start operation is the one that comes with the job.
    assert_eq!(client.start_with("startTwice", "a", &number(1.5)), Told::Completed("3".to_owned()));
    assert!(client.abort("a"), "and so is the abort");
    assert_eq!(
        client.wsdl().matches("<wsdl:operation name=\"getServiceStatus\"").count(),
        2,
        "in port type and binding"
    );
}
