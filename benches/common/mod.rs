//! The servers that are compared, and a client that drives them.
//!
//! Each server is a process of its own: this same binary with `serve KIND …`. It runs on one
//! thread, says on standard output where it listens, and answers each line on standard input with
//! what it has used so far.

#![allow(dead_code, reason = "each bench has its own use for it")]

pub(crate) mod client;
pub(crate) mod jobs;
pub(crate) mod requests;
pub(crate) mod waiter;

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use axum::Router;
use axum::body::Bytes;
use axum::http::header;
use axum::routing::post;
use nix::sys::resource::{UsageWho, getrusage};

use client::Connection;

/// If this process is meant to be a server, it is one until its standard input ends.
pub(crate) fn serve_if_asked(allocations: fn() -> usize) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ["serve", kind, arguments @ ..] = &arguments[..] else { return };
    if kind.ends_with("with-logs") {
        // As an app logs by default; nothing of it is worth reading here, but the calls have their spans.
        tracing_subscriber::fmt().with_writer(std::io::sink).init();
    }
    std::thread::spawn(move || report(allocations));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let router = match (*kind, arguments) {
            ("plain", [length]) => plain_router(length.parse().expect("a length")),
            ("soap" | "soap-with-logs", [page_size]) => waiter::router(page_size.parse().expect("a size")),
            ("jobs" | "jobs-with-logs", arguments) => jobs::router(arguments).await,
            _ => panic!("there is no such server: {kind} {arguments:?}"),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        println!("{}", listener.local_addr().expect("it is bound"));
        axum::serve(listener, router).await.expect("it serves until it is killed");
    });
}

/// What a service costs in the end is measured against a handler that reads the body and answers
/// with a constant of the size that the service would send.
fn plain_router(length: usize) -> Router {
    let answer = Bytes::from("x".repeat(length));
    let handler = move |body: Bytes| async move {
        std::hint::black_box(&body);
        ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], answer)
    };
    Router::new().route(requests::PATH, post(handler)).layer(axum::extract::DefaultBodyLimit::disable())
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
    pub(crate) allocations: f64,
}

impl Server {
    pub(crate) fn start(kind: &str, arguments: &[String]) -> Self {
        let program = std::env::current_exe().expect("it is running");
        let mut process = Command::new(program)
            .args(["serve", kind])
            .args(arguments)
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

    pub(crate) fn plain(length: usize) -> Self {
        Self::start("plain", &[length.to_string()])
    }

    pub(crate) fn used(&mut self) -> Used {
        self.input.write_all(b"\n").expect("the server listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the server answers");
        let mut numbers = line.split_whitespace().map(|number| number.parse().expect("a number"));
        Used { cpu: numbers.next().expect("first"), allocations: numbers.next().expect("second") }
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::to(self.address)
    }

    /// A line of `/proc/PID/status`, in bytes.
    pub(crate) fn memory(&self, key: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':')).expect("Linux tells");
        1024.0 * line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is killed by all means; there is nothing to do if it is gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A server, and the connections to it.
pub(crate) struct Side {
    pub(crate) server: Server,
    pub(crate) connections: Vec<Connection>,
}

impl Side {
    pub(crate) fn new(server: Server, connections: usize) -> Self {
        let connections = (0..connections).map(|_| server.connect()).collect();
        Self { server, connections }
    }

    /// Makes `calls` calls with the requests in turn, and says how long the last answer was.
    pub(crate) fn warm_up(&mut self, requests: &[String], calls: usize) -> usize {
        let mut length = 0;
        let requests = requests.iter().cycle().take(calls);
        client::run(&mut self.connections, requests, |answer| length = answer.length);
        length
    }

    /// The same; processor time of the server per call, in microseconds.
    pub(crate) fn round(&mut self, requests: &[String], calls: usize) -> f64 {
        let before = self.server.used().cpu;
        self.warm_up(requests, calls);
        (self.server.used().cpu - before) / calls as f64
    }
}

/// The middle one, with the least and the most.
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[0], values[values.len() - 1])
}
