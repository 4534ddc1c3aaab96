//! `/metrics`: what Prometheus is told of calls and of jobs.

mod calls;
mod jobs;
mod places;
mod text;

use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use crate::server::Answer;
use text::Metrics;

/// What the server at this address tells.
#[track_caller]
fn scrape(address: &str) -> Metrics {
    Metrics::read(&scraped(address))
}

#[track_caller]
fn scraped(address: &str) -> String {
    let answer = get(address, "/metrics");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("content-type"), Some("application/openmetrics-text; version=1.0.0; charset=utf-8"));
    answer.body
}

fn get(address: &str, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("an option of sockets");
    let head = format!("GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    Answer::read(stream)
}
