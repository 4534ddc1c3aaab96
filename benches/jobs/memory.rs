//! What a server keeps in memory of jobs that have ended, and how soon it has read them.

use std::path::Path;
use std::time::Instant;

use crate::common::jobs::{Keeping, wait_for_the_end};
use crate::common::requests::{Length, start};
use crate::common::{Side, spread};
use crate::polls::Known;

const STARTS: usize = 5;
/// Jobs that run in the server for real, and those before them.
const RUN: usize = 50_000;
const WARM_UP: usize = 5000;

/// Memory per job that was read from the database, in bytes.
pub(crate) fn of_loaded(few: &Known<'_>, many: &Known<'_>) -> f64 {
    let memory = |known: &Known<'_>, key: &str| Keeping::in_folder(known.folder).serve().memory(key);
    let growth = |key: &str| (memory(many, key) - memory(few, key)) / (many.jobs - few.jobs) as f64;
    let (held, peak) = (growth("VmRSS"), growth("VmHWM"));
    println!("\nmemory of a finished job that was read from the database: {held:.0} bytes ({peak:.0} at the peak)");
    held
}

/// Memory per job that ran in the server, in bytes.
pub(crate) fn of_run(folder: &Path) -> f64 {
    std::fs::create_dir(folder).expect("it can be made");
    let mut side = Side::new(Keeping::in_folder(folder).serve(), 64);
    run(&mut side, 0, WARM_UP);
    let before = side.server.memory("VmRSS");
    run(&mut side, WARM_UP, RUN);
    let held = (side.server.memory("VmRSS") - before) / RUN as f64;
    println!("\nmemory of a finished job that ran in the server: {held:.0} bytes");
    held
}

fn run(side: &mut Side, first: usize, count: usize) {
    let requests: Vec<_> = (first..first + count).map(|job| start(job, Length::None)).collect();
    side.warm_up(&requests, count);
    for job in first..first + count {
        wait_for_the_end(&mut side.connections[0], job);
    }
}

/// From the start of the program until it listens, in milliseconds.
pub(crate) fn until_it_listens(known: &Known<'_>) -> f64 {
    let times = (0..STARTS).map(|_| {
        let start = Instant::now();
        let _server = Keeping::in_folder(known.folder).serve();
        start.elapsed().as_secs_f64() * 1000.0
    });
    let (middle, least, most) = spread(times.collect());
    println!("\nlistening: {middle:.0} ms after the start with {} known jobs ({least:.0} to {most:.0})", known.jobs);
    middle
}
