//! Calls through the proxy: long ones, large ones, and those that meet a restart on either side.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use soap_runtime::{HttpSettings, Service, soap_service};
use tokio::sync::Semaphore;

use super::Site;
use super::nginx::{Nginx, chapter, send};
use super::programs::{CALCULATOR, Program, WAITER};
use crate::processes::eventually;
use crate::server::{Answer, Server, soap11};

const FILES: &str = "/sintef/calculators/files/Files";
const XML: &str = "Content-Type: text/xml; charset=utf-8";

#[track_caller]
fn post(nginx: &Nginx, path: &str, content_type: &str, body: &[u8]) -> Answer {
    nginx.ask(&format!("POST {path} HTTP/1.1"), &[content_type], body)
}

fn add() -> String {
    soap11("<t:add xmlns:t=\"urn:service:Calculator\"><t:a>1</t:a><t:b>2</t:b></t:add>")
}

/// One of the calculator.
fn call(nginx: &Nginx) -> Answer {
    post(nginx, CALCULATOR, XML, add().as_bytes())
}

#[track_caller]
fn is_three(answer: &Answer) {
    assert_eq!((answer.status, answer.element("addResult").as_deref()), (200, Some("3.0")), "{answer:?}");
}

/// The program with files in the place of the calculator.
fn files(settings: &[(&str, &str)], change: impl Fn(String) -> String) -> Option<(Nginx, Program)> {
    let program = Program::start("files", &[&[("CONTEXT_ROOT", "/sintef/calculators")], settings].concat());
    let config = chapter(0).replace("127.0.0.1:8082", &program.address()).replace("127.0.0.1:8081", "127.0.0.1:1");
    Some((Nginx::start(&change(config))?, program))
}

fn make(length: usize) -> String {
    soap11(&format!("<f:make xmlns:f=\"urn:files\"><f:length>{length}</f:length></f:make>"))
}

#[test]
fn files_go_through_in_both_directions() {
    let Some((nginx, _program)) = files(&[], |config| config) else { return };
    const LENGTH: usize = 20 << 20;
    let message = soap11(
        "<f:look xmlns:f=\"urn:files\"><file><x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:1'/>\
         </file></f:look>",
    );
    let head = "--b\r\nContent-Type: application/xop+xml; charset=utf-8; type=\"text/xml\"\r\nContent-ID: <m>\r\n\r\n";
    let part = "\r\n--b\r\nContent-Type: model/stl\r\nContent-ID: <1>\r\n\r\n";
    let package =
        [head.as_bytes(), message.as_bytes(), part.as_bytes(), &vec![0xAB; LENGTH], b"\r\n--b--\r\n"].concat();
    let media_type = "Content-Type: multipart/related; type=\"application/xop+xml\"; boundary=b; start=\"<m>\"; start-info=\"text/xml\"";
    let answer = post(&nginx, FILES, media_type, &package);
    assert!(
        answer.status == 200 && answer.body.contains("model/stl") && answer.body.contains("ABABABAB"),
        "{answer:?}"
    );
    // Longer than all of nginx's buffers, as base64 in the message.
    let answer = post(&nginx, FILES, XML, make(LENGTH).as_bytes());
    assert_eq!(answer.status, 200, "{}", answer.head);
    assert_eq!(answer.element("file").map(|file| file.len()), Some(LENGTH.div_ceil(3) * 4));
}

#[test]
fn what_is_too_long_is_refused_by_whoever_allows_less() {
    let body = make(1) + &" ".repeat(2 << 20);
    let Some((nginx, _program)) = files(&[("MAX_BODY", "1MiB")], |config| config) else { return };
    let answer = post(&nginx, FILES, XML, body.as_bytes());
    assert_eq!(answer.status, 413);
    answer.fault("Client.RequestTooLong");
    let less = |config: String| config.replace("client_max_body_size 260m", "client_max_body_size 1m");
    let Some((nginx, _program)) = files(&[("MAX_BODY", "4MiB")], less) else { return };
    let answer = post(&nginx, FILES, XML, body.as_bytes());
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (413, Some("text/html")),
        "a page of nginx's: {answer:?}"
    );
}

#[test]
fn answers_are_compressed_by_the_service_and_head_has_none() {
    let Some(site) = Site::trusting() else { return };
    let request = |method: &str| {
        let head =
            format!("{method} {WAITER}?wsdl HTTP/1.1\r\nHost: h\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n");
        let answer = site.nginx.send(head.as_bytes());
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends") + 4;
        (String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase(), answer[end..].to_vec())
    };
    let (head, body) = request("GET");
    assert!(head.contains("content-encoding: gzip") && head.contains("vary: accept-encoding"), "{head}");
    let mut wsdl = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&*body), &mut wsdl).expect("it is gzip");
    assert!(wsdl.contains(&format!("location=\"http://h{WAITER}\"")), "{wsdl}");
    let (of_head, nothing) = request("HEAD");
    assert!(nothing.is_empty() && of_head.starts_with("http/1.1 200"), "{of_head}");
    assert!(of_head.contains("content-encoding: gzip"), "{of_head}");
}

/// Lines of the kernel's table that have nginx's address on one side, and this port on the other.
fn connections(port: &str) -> usize {
    let port = format!(":{:04X}", port.parse::<u16>().expect("a port"));
    let table = fs::read_to_string("/proc/net/tcp").expect("these tests run on Linux");
    let ends = table.lines().filter_map(|line| {
        let mut words = line.split_whitespace().skip(1);
        Some((words.next()?, words.next()?))
    });
    // 127.0.0.2, as the table has it.
    ends.filter(|(local, remote)| local.starts_with("0200007F:") && remote.ends_with(&port)).count()
}

#[test]
fn calls_share_a_connection_to_the_service() {
    let Some(site) = Site::trusting() else { return };
    for _ in 0..20 {
        is_three(&call(&site.nginx));
    }
    let address = site.calculator.address();
    let (_, port) = address.rsplit_once(':').expect("it has a port");
    assert_eq!(connections(port), 1);
}

#[test]
fn calls_get_502_only_while_the_service_is_down() {
    let Some(mut site) = Site::trusting() else { return };
    is_three(&call(&site.nginx));
    for _ in 0..3 {
        site.calculator.kill();
        let answer = call(&site.nginx);
        assert_eq!((answer.status, answer.header("content-type")), (502, Some("text/html")), "{answer:?}");
        // The other one goes on.
        assert_eq!(site.nginx.get(&format!("{WAITER}?wsdl"), &[]).status, 200);
        site.calculator.restart(&[("CONTEXT_ROOT", "/sintef/calculators")]);
        is_three(&call(&site.nginx));
    }
}

#[test]
fn a_reload_of_nginx_loses_no_call() {
    let Some(site) = Site::trusting() else { return };
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::SeqCst) {
                    is_three(&call(&site.nginx));
                }
            });
        }
        for _ in 0..3 {
            site.nginx.reload();
            (0..10).for_each(|_| is_three(&call(&site.nginx)));
        }
        done.store(true, Ordering::SeqCst);
    });
}

/// Answers when it may.
#[derive(Clone)]
struct Slow {
    begun: Arc<Semaphore>,
    leave: Arc<Semaphore>,
}

#[soap_service(path = "/sintef/calculators/Slow", namespace = "tns")]
impl Slow {
    #[operation(outputs(result))]
    async fn wait(&self) -> String {
        self.begun.add_permits(1);
        self.leave.acquire().await.expect("it is never closed").forget();
        "done".to_owned()
    }
}

#[test]
fn a_call_that_takes_long_outlives_a_reload() {
    let slow = Slow { begun: Arc::new(Semaphore::new(0)), leave: Arc::new(Semaphore::new(0)) };
    let server = Server::serving(Service::new(slow.clone()).expect("it fits"), HttpSettings::default());
    let config = chapter(0).replace("127.0.0.1:8081", "127.0.0.1:1");
    let Some(nginx) = Nginx::start(&config.replace("127.0.0.1:8082", &server.address.to_string())) else { return };
    let call = || post(&nginx, "/sintef/calculators/Slow", XML, soap11("<wait xmlns=\"tns\"/>").as_bytes());
    thread::scope(|scope| {
        let first = scope.spawn(call);
        eventually(|| (slow.begun.available_permits() == 1).then_some(()));
        nginx.reload();
        let second = scope.spawn(call);
        eventually(|| (slow.begun.available_permits() == 2).then_some(()));
        slow.leave.add_permits(2);
        for call in [first, second] {
            assert_eq!(call.join().expect("it answers").result(), "done");
        }
    });
}

#[test]
fn the_log_of_the_service_has_the_request_id_of_nginx_and_the_trace_of_the_caller() {
    let told = |config: String| "add_header X-Of-Nginx $request_id always;\n".to_owned() + &config;
    let Some(site) = Site::with(&[], told) else { return };
    let trace = "0af7651916cd43dd8448eb211c80319c";
    // Of what is refused there is a line.
    let body = soap11("<t:getServiceStatus xmlns:t=\"tns\"><t:serviceID>a</t:serviceID></t:getServiceStatus>");
    let lines = [XML, "X-Request-Id: made-up", &format!("traceparent: 00-{trace}-b7ad6b7169203331-01")];
    let answer = site.nginx.ask(&format!("POST {WAITER} HTTP/1.1"), &lines, body.as_bytes());
    assert_eq!(answer.status, 500, "{answer:?}");
    let id = answer.header("x-request-id").expect("it is told");
    assert_eq!((id.len(), answer.header("x-of-nginx")), (32, Some(id)));
    let has = |line: &str| line.contains(id) && line.contains(trace);
    eventually(|| site.waiter.log().lines().any(has).then_some(()));
    assert!(!site.waiter.log().contains("made-up"));
}

/// The shape of a request that one of two servers in a row takes for two.
#[test]
fn nothing_is_smuggled_past_the_proxy() {
    let Some(site) = Site::trusting() else { return };
    let second = format!("GET {CALCULATOR}?wsdl HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    let head = format!("POST {CALCULATOR} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{XML}\r\n");
    let (length, chunked) = (format!("Content-Length: {}\r\n", second.len()), "Transfer-Encoding: chunked\r\n");
    for lines in [
        format!("{length}{chunked}"),
        format!("{chunked}{length}"),
        format!("{length}Content-Length: 0\r\n"),
        format!("Transfer-Encoding: identity, chunked\r\n{length}"),
        format!("Transfer-Encoding : chunked\r\n{length}"),
    ] {
        let request = format!("{head}{lines}\r\n0\r\n\r\n{second}");
        for address in [site.nginx.http(), site.calculator.address()] {
            let answer = String::from_utf8_lossy(&send(&address, request.as_bytes())).into_owned();
            assert!(!answer.contains("http://evil.example"), "{lines}: {answer}");
        }
        // Nobody else gets an answer that is not theirs.
        is_three(&call(&site.nginx));
    }
}
