//! Calls that panic, that outlive their caller, that hold up nobody.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use soap_runtime::{
    Element, HttpSettings, Limits, ReadError, Request, Schema, Service, SoapType, Writer, soap_service,
};
use tokio::sync::Semaphore;

use crate::server::{Server, good, soap11};

#[test]
fn a_panic_is_a_server_fault_and_the_server_lives_on() {
    let server = Server::start();
    for _ in 0..10 {
        let answer = server.post(soap11("<breakDown xmlns=\"tns\"><how>panic</how></breakDown>"));
        assert_eq!(answer.status, 500);
        let message = answer.fault("Server");
        assert!(!message.contains("broke down"), "what it panicked with is for the log: {message}");
    }
    assert_eq!(server.post(good()).result(), "a||300");
}

/// Says when it has begun, waits for leave to end, and counts its ends.
#[derive(Clone)]
struct Patient {
    begun: Arc<Semaphore>,
    leave: Arc<Semaphore>,
    ended: Arc<AtomicU32>,
}

#[soap_service(path = "/waiter/Waiter", namespace = "tns")]
impl Patient {
    #[operation(outputs(result))]
    async fn wait(&self) -> String {
        self.begun.add_permits(1);
        self.leave.acquire().await.expect("it is never closed").forget();
        self.ended.fetch_add(1, Ordering::SeqCst);
        "done".to_owned()
    }

    #[operation(outputs(result))]
    fn block(&self) -> String {
        self.begun.add_permits(1);
        while self.leave.try_acquire().map(tokio::sync::SemaphorePermit::forget).is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
        self.ended.fetch_add(1, Ordering::SeqCst);
        "done".to_owned()
    }

    #[operation(outputs(result))]
    async fn greet(&self) -> String {
        "hello".to_owned()
    }
}

fn patient() -> (Patient, Server) {
    let service = Patient {
        begun: Arc::new(Semaphore::new(0)),
        leave: Arc::new(Semaphore::new(0)),
        ended: Arc::new(AtomicU32::new(0)),
    };
    let server = Server::serving(Service::new(service.clone()).expect("it fits"), HttpSettings::default());
    (service, server)
}

fn until(what: &str, mut condition: impl FnMut() -> bool) {
    for _ in 0..3000 {
        if condition() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("never came: {what}");
}

#[test]
fn a_method_goes_on_when_its_caller_is_gone() {
    for operation in ["wait", "block"] {
        let (service, server) = patient();
        let body = soap11(&format!("<{operation} xmlns=\"tns\"/>"));
        let mut stream = server.connect();
        let head = format!("POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all(format!("{head}{body}").as_bytes()).expect("sent");
        until("the method begins", || service.begun.available_permits() == 1);
        drop(stream);
        // The server has to notice that the connection is gone before the method may end.
        std::thread::sleep(Duration::from_millis(100));
        service.leave.add_permits(1);
        until("the method ends", || service.ended.load(Ordering::SeqCst) == 1);
    }
}

#[test]
fn methods_that_block_hold_up_nobody() {
    let (service, server) = patient();
    let server = Arc::new(server);
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let server = Arc::clone(&server);
            std::thread::spawn(move || server.post(soap11("<block xmlns=\"tns\"/>")).result())
        })
        .collect();
    until("all methods begin", || service.begun.available_permits() == 8);
    assert_eq!(server.post(soap11("<greet xmlns=\"tns\"/>")).result(), "hello");
    service.leave.add_permits(8);
    for call in calls {
        assert_eq!(call.join().expect("it answers"), "done");
    }
}

/// The thread that an argument was read on.
struct ReadOn(std::thread::ThreadId);

impl SoapType for ReadOn {
    fn schema() -> Schema {
        String::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        assert!(!String::read(element)?.is_empty(), "there is nothing to read");
        Ok(Self(std::thread::current().id()))
    }
    fn write(&self, _: &mut Writer) {}
}

struct Threads;

#[soap_service(namespace = "tns")]
impl Threads {
    #[operation(outputs(same))]
    async fn compare(&self, argument: ReadOn) -> bool {
        argument.0 == std::thread::current().id()
    }
}

#[tokio::test]
async fn a_long_body_is_decoded_beside_the_event_loop() {
    let service = Service::new(Threads).expect("it fits the rules");
    let call = async |argument: &str, padding: usize, charset| {
        let compare = format!("<compare xmlns=\"tns\"><argument>{argument}</argument></compare>");
        let body = soap11(&(compare + &" ".repeat(padding)));
        service.call(Request { body: body.into(), charset, action: None, limits: Limits::default() }).await
    };
    const LONG: usize = 1 << 20;
    for (padding, same) in [(0, true), (LONG, false)] {
        let body = call("x", padding, None).await.body;
        assert!(body.contains(&format!("<tns:same>{same}</tns:same>")), "{padding}: {body}");
        // A panic is a fault on either road.
        let fault = call("", padding, None).await.fault.expect("reading it panics");
        assert_eq!(fault.log(), Some("panicked: there is nothing to read"));
    }
    let fault = call("x", LONG, Some("klingon")).await.fault.expect("nobody knows it");
    assert!(fault.message().contains("klingon"), "{fault}");
}
