//! What becomes of a call whose caller does not wait for it.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use soap_runtime::{Limits, Reply, Request, Service, soap_service};
use tokio::time::timeout;

/// Says which call begins, and waits until it may end.
struct Slow {
    begun: Sender<String>,
    may_end: Mutex<Receiver<()>>,
}

#[soap_service(namespace = "urn:slow")]
impl Slow {
    #[operation]
    fn work(&self, at: String) {
        self.begun.send(at).expect("the test goes on");
        self.may_end.lock().expect("nobody panics with it").recv().expect("the test goes on");
    }
}

async fn work(service: Service, at: &'static str) -> Reply {
    let body = format!(
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><work><at>{at}</at></work></e:Body>\
         </e:Envelope>"
    );
    service.call(Request { body: body.into(), charset: None, action: None, limits: Limits::default() }).await
}

#[test]
fn a_method_that_has_not_begun_never_does_if_nobody_waits_for_it() {
    let (begun, calls) = channel();
    let (go_on, may_end) = channel();
    let service = Service::new(Slow { begun, may_end: Mutex::new(may_end) }).expect("it is sound");
    let runtime = tokio::runtime::Builder::new_multi_thread().max_blocking_threads(1).enable_all().build();
    let runtime = runtime.expect("a runtime");
    let first = runtime.spawn(work(service.clone(), "first"));
    assert_eq!(calls.recv().as_deref(), Ok("first"));
    let second = async { timeout(Duration::from_millis(50), work(service.clone(), "second")).await };
    assert!(runtime.block_on(second).is_err(), "there is no thread for it");
    let third = runtime.spawn(work(service, "third"));
    (0..3).for_each(|_| go_on.send(()).expect("the service is there"));
    assert!(runtime.block_on(first).expect("it ends").fault.is_none());
    assert!(runtime.block_on(third).expect("it ends").fault.is_none());
    assert_eq!(calls.try_iter().collect::<Vec<_>>(), ["third"]);
}
