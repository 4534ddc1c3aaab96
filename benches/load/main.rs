//! `getServiceStatus` end to end over a socket, against a plain axum handler.
//!
//! Judged by the server's own processor time per call (getrusage), as a ratio in one run: calls per
//! second swing with whatever else the machine does, this does not. The two servers take turns.
//!
//! `cargo bench --bench load` runs everything; a higher ratio is better, 1 is plain axum.

#[path = "../common/mod.rs"]
mod common;

use std::time::Instant;

use common::requests::measure;
use common::{Server, Side, spread, waiter};

const MIB: usize = 1 << 20;

fn main() {
    common::serve_if_asked(|| 0);
    let status = compare("getServiceStatus, page of 960 bytes", "soap", 960, 64, 20_000, 15);
    let logged = compare("the same with a log subscriber at info", "soap-with-logs", 960, 64, 20_000, 15);
    let large = compare("getServiceStatus, page of 1 MiB", "soap", MIB, 8, 400, 9);
    let memory = peak_memory(64 * MIB);
    let start = first_wsdl(20);
    println!("\ntargets:");
    println!("  poll, page of 960 bytes   {status:.2}  at least 0.73 ({logged:.2} with a log subscriber)");
    println!("  poll, page of 1 MiB       {large:.2}  at least 0.45");
    println!("  string of 64 MiB          {memory:.2}  at most 1.10 times its size");
    println!("  first WSDL               {start:5.2}  at most 10 ms");
}

/// The ratio of processor time per call, plain axum to ours, and prints what it is made of.
fn compare(title: &str, kind: &str, page_size: usize, connections: usize, calls: usize, rounds: usize) -> f64 {
    let polls = waiter::polls();
    let mut plain = Side::new(Server::plain(waiter::answer_length(page_size)), connections);
    let mut soap = Side::new(waiter::start(kind, page_size), connections);
    assert_eq!(plain.warm_up(&polls, calls / 10), soap.warm_up(&polls, calls / 10), "both answers have one length");
    let mut ratios = Vec::new();
    let (mut plain_cpu, mut soap_cpu) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let (a, b) = (plain.round(&polls, calls), soap.round(&polls, calls));
        ratios.push(a / b);
        plain_cpu.push(a);
        soap_cpu.push(b);
    }
    let (ratio, least, most) = spread(ratios);
    println!("\n{title}: {rounds} rounds of {calls} calls over {connections} connections");
    println!("  plain axum  {:8.2} µs of processor time per call", spread(plain_cpu).0);
    println!("  this        {:8.2} µs", spread(soap_cpu).0);
    println!("  ratio       {ratio:8.3}  ({least:.3} to {most:.3})");
    ratio
}

/// How much the server grows while it takes in a string argument of `length` bytes, as a multiple
/// of that length.
fn peak_memory(length: usize) -> f64 {
    let server = waiter::start("soap", 960);
    let request = measure(length);
    let before = server.memory("VmRSS");
    let start = Instant::now();
    let mut connection = server.connect();
    connection.send(request.as_bytes());
    connection.receive();
    let took = start.elapsed();
    let grown = (server.memory("VmHWM") - before) / length as f64;
    println!("\nstring argument of {} MiB: peak memory {grown:.3} times its size, {took:.0?}", length / MIB);
    grown
}

/// How long it takes from starting the program to having read its WSDL, in milliseconds.
fn first_wsdl(starts: usize) -> f64 {
    let times = (0..starts).map(|_| {
        let start = Instant::now();
        let server = waiter::start("soap", 960);
        let mut connection = server.connect();
        connection.send(b"GET /waiter/Waiter?wsdl HTTP/1.1\r\nHost: localhost\r\n\r\n");
        connection.receive();
        start.elapsed().as_secs_f64() * 1000.0
    });
    let (middle, least, most) = spread(times.collect());
    println!("\nfirst WSDL: {middle:.2} ms after the start of the program ({least:.2} to {most:.2})");
    middle
}
