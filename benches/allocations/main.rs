//! Allocations per call, ours and a plain axum handler's, counted in the server's process.
//!
//! Apart from `load`, for counting costs time.

#[path = "../common/mod.rs"]
mod common;

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    common::serve_if_asked(|| {
        let stats = ALLOCATOR.stats();
        stats.allocations + stats.reallocations
    });
    let (plain, soap) = (per_call("plain"), per_call("soap"));
    println!("allocations per call: plain axum {plain:.2}, this {soap:.2}, {:.2} more (at most 14)", soap - plain);
}

fn per_call(kind: &str) -> f64 {
    const CALLS: usize = 10_000;
    let mut server = common::Server::start(kind, 960);
    let mut connections = [server.connect()];
    common::run(&mut connections, 1000);
    let before = server.used().allocations;
    common::run(&mut connections, CALLS);
    (server.used().allocations - before) / CALLS as f64
}
