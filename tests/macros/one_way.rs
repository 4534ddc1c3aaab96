//! What becomes of a message in one direction: only the log hears of it.

use std::io;
use std::sync::{Arc, Mutex};

use soap_runtime::{Fault, Limits, Request, Service, soap_service};

struct Counter;

#[soap_service(namespace = "urn:counter")]
impl Counter {
    #[operation(one_way)]
    async fn count(&self, what: String) -> Result<(), Fault> {
        match what.as_str() {
            "stars" => panic!("they are too many"),
            _ => Err(Fault::server("it cannot be counted").with_log(what)),
        }
    }
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics with the lock").write(line)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_failure_is_logged_for_nobody_waits_for_it() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    // The runtime of this test has no thread but this one.
    let _here = tracing::subscriber::set_default(subscriber);
    let service = Service::new(Counter).expect("it is sound");
    for what in ["sand", "stars"] {
        let body = format!(
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><count><what>{what}</what></count>\
             </e:Body></e:Envelope>"
        );
        let request = Request { body: body.into(), charset: None, action: None, limits: Limits::default() };
        let reply = service.call(request).await;
        assert!(reply.is_accepted && reply.fault.is_none());
    }
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    let log = String::from_utf8(log.0.lock().expect("nobody panics with the lock").clone()).expect("it is text");
    for expected in [
        "fault=\"it cannot be counted\" cause=\"sand\"",
        "cause=\"panicked: they are too many\"",
        "operation=\"count\"",
    ] {
        assert!(log.contains(expected), "{expected} is not in\n{log}");
    }
}
