//! What becomes of a message in one direction: only the log hears of it.

use std::io;
use std::sync::{Arc, Mutex};

use soap_runtime::{Fault, Limits, Reply, Request, Service, soap_service};
use tokio::sync::Semaphore;

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

/// Works at each message until it may go on.
struct Slow(Arc<Semaphore>);

#[soap_service(namespace = "urn:slow")]
impl Slow {
    #[operation(one_way)]
    async fn carry(&self) {
        self.0.acquire().await.expect("it is never closed").forget();
    }
}

async fn carry(service: &Service) -> Reply {
    let body = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body><carry/></e:Body></e:Envelope>";
    service.call(Request { body: body.into(), charset: None, action: None, limits: Limits::default() }).await
}

#[tokio::test]
async fn no_more_messages_are_taken_than_can_be_worked_at() {
    // A test without one beside that with a log could turn its spans off.
    let _here = tracing::subscriber::set_default(tracing_subscriber::fmt().with_writer(io::sink).finish());
    let may_go_on = Arc::new(Semaphore::new(0));
    let service = Service::new(Slow(Arc::clone(&may_go_on))).expect("it is sound");
    for _ in 0..1024 {
        assert!(carry(&service).await.is_accepted);
    }
    let refused = carry(&service).await;
    assert!(!refused.is_accepted);
    let fault = refused.fault.expect("it is refused");
    assert_eq!(fault.message(), "1024 messages are still being worked at; try again later");
    may_go_on.add_permits(1);
    for _ in 0..3000 {
        tokio::task::yield_now().await;
    }
    assert!(carry(&service).await.is_accepted && carry(&service).await.fault.is_some());
}
