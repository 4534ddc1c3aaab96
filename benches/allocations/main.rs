//! Allocations per call, ours and a plain axum handler's, counted in the server's process.
//!
//! Apart from `load`, for counting costs time.

#[path = "../common/mod.rs"]
mod common;

use std::alloc::System;

use common::jobs::{Keeping, start_running};
use common::{Server, Side, waiter};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    common::serve_if_asked(|| {
        let stats = ALLOCATOR.stats();
        stats.allocations + stats.reallocations
    });
    let plain = per_call(Server::plain(waiter::answer_length(960)), &waiter::polls());
    let soap = per_call(waiter::start("soap", 960), &waiter::polls());
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
    let server = Keeping::in_folder(folder.path()).serve();
    let polls = start_running(&mut server.connect(), 0..100);
    let job = per_call(server, &polls);
    println!("allocations per call of getServiceStatus; plain axum makes {plain:.2}:");
    println!("  written by hand  {soap:.2}, {:.2} more (at most 14)", soap - plain);
    println!("  of a job         {job:.2}, {:.2} more (at most 14)", job - plain);
}

fn per_call(server: Server, polls: &[String]) -> f64 {
    const CALLS: usize = 10_000;
    let mut side = Side::new(server, 1);
    side.warm_up(polls, 1000);
    let before = side.server.used().allocations;
    side.warm_up(polls, CALLS);
    (side.server.used().allocations - before) / CALLS as f64
}
