//! The two servers that are compared, and a client that drives them.
//!
//! Each server is a process of its own: this same binary with `serve KIND PAGE`. It runs on one
//! thread, says on standard output where it listens, and answers each line on standard input with
//! what it has used so far.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::RwLock;

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use nix::sys::resource::{UsageWho, getrusage};
use soap_runtime::{Fault, HttpSettings, Service, ServiceId, SessionToken, Status, soap_service};

/// The path that both servers answer at.
const PATH: &str = "/waiter/Waiter";
/// Polled in turn.
const JOBS: usize = 1000;

/// What is polled: a map of jobs in memory, and a page rendered anew for every call.
struct Waiter {
    /// How far each job is, in percent.
    jobs: RwLock<HashMap<String, u32>>,
    page_size: usize,
}

#[soap_service(path = "/waiter/Waiter", namespace = "tns")]
impl Waiter {
    #[operation(outputs(status_base64, result))]
    async fn get_service_status(
        &self,
        service_id: ServiceId,
        _session_token: SessionToken,
    ) -> Result<(Status, String), Fault> {
        let jobs = self.jobs.read().expect("nobody panics with the lock");
        let percent = *jobs.get(service_id.as_str()).ok_or_else(|| Fault::client("no such job"))?;
        Ok((Status::page(self.page(percent)), "UNSET".to_owned()))
    }

    #[operation(outputs(length))]
    async fn measure(&self, text: String) -> String {
        text.len().to_string()
    }
}

impl Waiter {
    fn new(page_size: usize) -> Self {
        let jobs = (0..JOBS as u32).map(|job| (job_id(job as usize), job % 100)).collect();
        Self { jobs: RwLock::new(jobs), page_size }
    }

    fn page(&self, percent: u32) -> String {
        let mut page = String::with_capacity(self.page_size + 200);
        page.push_str("<!DOCTYPE html><html lang=\"en\"><head><title>Waiter</title></head><body>");
        page.push_str(&format!("<p>{percent} %</p><div style=\"width: {}px\"></div>", percent * 8));
        while page.len() < self.page_size - 14 {
            page.push_str("<p>The log of the computation has a line.</p>\n");
        }
        page.truncate(self.page_size - 14);
        page.push_str("</body></html>");
        page
    }
}

fn job_id(job: usize) -> String {
    format!("5b6f1c1a-7d2e-4f8e-9a54-{job:012}")
}

/// The request that zeep sends.
pub(crate) fn poll(job: usize) -> String {
    envelope(&format!(
        "<ns0:getServiceStatus xmlns:ns0=\"tns\"><ns0:serviceID>{}</ns0:serviceID><ns0:sessionToken>\
         0123456789abcdef0123456789abcdef</ns0:sessionToken></ns0:getServiceStatus>",
        job_id(job % JOBS)
    ))
}

/// A request with one long string argument.
#[allow(dead_code, reason = "one of the two benches has no use for it")]
pub(crate) fn measure(length: usize) -> String {
    envelope(&format!("<ns0:measure xmlns:ns0=\"tns\"><ns0:text>{}</ns0:text></ns0:measure>", "x".repeat(length)))
}

fn envelope(operation: &str) -> String {
    let body = format!(
        "<?xml version='1.0' encoding='utf-8'?>\n<soap-env:Envelope xmlns:soap-env=\
         \"http://schemas.xmlsoap.org/soap/envelope/\"><soap-env:Body>{operation}</soap-env:Body></soap-env:Envelope>"
    );
    format!(
        "POST {PATH} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Zeep/4.3.2\r\nAccept-Encoding: gzip, deflate\r\n\
         Accept: */*\r\nConnection: keep-alive\r\nSOAPAction: \"getServiceStatus\"\r\n\
         Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// If this process is meant to be a server, it is one until its standard input ends.
pub(crate) fn serve_if_asked(allocations: fn() -> usize) {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, command, kind, page_size, ..] = &arguments[..] else { return };
    if command != "serve" {
        return;
    }
    let page_size = page_size.parse().expect("a size");
    let router = if kind == "soap" { soap_router(page_size) } else { plain_router(page_size) };
    std::thread::spawn(move || report(allocations));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("{}", listener.local_addr().expect("it is bound"));
        axum::serve(listener, router).await.expect("it serves until it is killed");
    });
}

/// What a service costs in the end is measured against a handler that reads the body and answers
/// with a constant of the size that the service would send.
fn plain_router(page_size: usize) -> Router {
    let size = page_size.div_ceil(3) * 4 + 319;
    let answer = Bytes::from("x".repeat(size));
    let handler = move |body: Bytes| async move {
        std::hint::black_box(&body);
        ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], answer)
    };
    Router::new().route(PATH, post(handler)).layer(axum::extract::DefaultBodyLimit::disable())
}

fn soap_router(page_size: usize) -> Router {
    let mut settings = HttpSettings::default();
    settings.max_body = 256 << 20;
    let service = Service::new(Waiter::new(page_size)).expect("it fits the rules");
    soap_runtime::router(vec![service], settings).expect("there is one path")
}

/// Answers each line with the processor time used, in microseconds, and the allocations made.
fn report(allocations: fn() -> usize) {
    for line in std::io::stdin().lines() {
        if line.is_err() {
            break;
        }
        let usage = getrusage(UsageWho::RUSAGE_SELF).expect("it is known");
        let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
        println!("{} {}", micros(usage.user_time()) + micros(usage.system_time()), allocations());
    }
    std::process::exit(0);
}

/// A server in a process of its own.
pub(crate) struct Server {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    address: SocketAddr,
}

/// What a server has used since it started.
#[derive(Clone, Copy)]
pub(crate) struct Used {
    /// Processor time, in microseconds.
    pub(crate) cpu: f64,
    #[allow(dead_code, reason = "one of the two benches has no use for it")]
    pub(crate) allocations: f64,
}

impl Server {
    pub(crate) fn start(kind: &str, page_size: usize) -> Self {
        let program = std::env::current_exe().expect("it is running");
        let mut process = Command::new(program)
            .args(["serve", kind, &page_size.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program starts again");
        let input = process.stdin.take().expect("it is piped");
        let mut output = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the server says where it is");
        let address = line.trim().parse().expect("an address");
        Self { process, input, output, address }
    }

    pub(crate) fn used(&mut self) -> Used {
        self.input.write_all(b"\n").expect("the server listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the server answers");
        let mut numbers = line.split_whitespace().map(|number| number.parse().expect("a number"));
        Used { cpu: numbers.next().expect("first"), allocations: numbers.next().expect("second") }
    }

    pub(crate) fn connect(&self) -> Connection {
        let stream = TcpStream::connect(self.address).expect("the server listens");
        stream.set_nodelay(true).expect("an option of TCP");
        stream.set_nonblocking(true).expect("an option of sockets");
        Connection { stream, buffer: vec![0; 1 << 16], filled: 0, whole: None }
    }

    #[allow(dead_code, reason = "one of the two benches has no use for it")]
    pub(crate) fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is killed by all means; there is nothing to do if it is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A connection that is kept open, and asked again and again whether its answer is there.
///
/// The client never sleeps, so that no server pays for waking it: that would cost the slower of
/// two servers more, and have nothing to do with either.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the answer has come.
    filled: usize,
    /// How long the answer is, head and body, once its head has come; and the body alone.
    whole: Option<(usize, usize)>,
}

impl Connection {
    pub(crate) fn send(&mut self, mut request: &[u8]) {
        while !request.is_empty() {
            match self.stream.write(request) {
                Ok(written) => request = &request[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::hint::spin_loop(),
                Err(error) => panic!("the server does not read: {error}"),
            }
        }
    }

    /// Waits for the answer, and says how long its body was.
    pub(crate) fn receive(&mut self) -> usize {
        loop {
            if let Some(length) = self.try_receive() {
                return length;
            }
        }
    }

    /// The length of the answer's body, if all of it has come.
    fn try_receive(&mut self) -> Option<usize> {
        // What is behind the head is not looked at, and written over.
        let start = if self.whole.is_some() { 0 } else { self.filled };
        match self.stream.read(&mut self.buffer[start..]) {
            Ok(0) => panic!("the server closed the connection"),
            Ok(read) => self.filled += read,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
            Err(error) => panic!("the server does not answer: {error}"),
        }
        if self.whole.is_none() {
            let head = find(&self.buffer[..self.filled], b"\r\n\r\n")?;
            assert!(
                self.buffer.starts_with(b"HTTP/1.1 200"),
                "{}",
                String::from_utf8_lossy(&self.buffer[..self.filled])
            );
            let length = content_length(&self.buffer[..head]);
            self.whole = Some((head + 4 + length, length));
        }
        let (_, length) = self.whole.filter(|(whole, _)| *whole == self.filled)?;
        (self.filled, self.whole) = (0, None);
        Some(length)
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn content_length(head: &[u8]) -> usize {
    let head = std::str::from_utf8(head).expect("headers are ASCII").to_ascii_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:")).expect("it is never chunked");
    value.trim().parse().expect("a number")
}

/// Makes `calls` polls, one after the other on each of `connections`, and says how long the last answer was.
pub(crate) fn run(connections: &mut [Connection], calls: usize) -> usize {
    let requests: Vec<String> = (0..JOBS).map(poll).collect();
    let mut next = requests.iter().cycle().take(calls);
    let mut under_way = 0;
    for connection in connections.iter_mut() {
        if let Some(request) = next.next() {
            connection.send(request.as_bytes());
            under_way += 1;
        }
    }
    let mut length = 0;
    while under_way > 0 {
        for connection in connections.iter_mut() {
            let Some(answer) = connection.try_receive() else { continue };
            length = answer;
            match next.next() {
                Some(request) => connection.send(request.as_bytes()),
                None => under_way -= 1,
            }
        }
    }
    length
}

/// The middle one, with the least and the most.
#[allow(dead_code, reason = "one of the two benches has no use for it")]
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[0], values[values.len() - 1])
}
