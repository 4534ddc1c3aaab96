//! Polls, beside a plain axum handler and with few and many known jobs.

use std::path::Path;

use crate::common::jobs::{Keeping, start_running};
use crate::common::requests::poll;
use crate::common::{Server, Side, spread};

const CONNECTIONS: usize = 64;
const CALLS: usize = 5000;
const ROUNDS: usize = 45;
/// How many jobs run, and are polled.
const RUNNING: usize = 100;
/// How many of those that have ended are polled.
const ENDED: usize = 100_000;

/// A folder with so many finished jobs.
pub(crate) struct Known<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) jobs: usize,
}

/// What was measured, each the middle of all rounds.
pub(crate) struct Compared {
    /// Processor time of the plain handler to ours, with few known jobs.
    pub(crate) few: f64,
    /// The same with many.
    pub(crate) many: f64,
    /// Ours with many known jobs to ours with few.
    pub(crate) growth: f64,
}

/// A server with a number of known jobs, some of which run.
struct Polled {
    side: Side,
    running: Vec<String>,
    ended: Vec<String>,
}

impl Polled {
    fn start(known: &Known<'_>, kind: &str, unchanged: bool, first: usize) -> Self {
        let side = Side::new(Keeping { unchanged, ..Keeping::in_folder(known.folder) }.serve_as(kind), CONNECTIONS);
        // Names that no earlier server has given out on this folder.
        let running = start_running(&mut side.server.connect(), first..first + RUNNING);
        // All over what is known, so that nothing is near the one before. 7919 is a prime.
        let ended = (0..ENDED.min(known.jobs)).map(|at| poll(at * 7919 % known.jobs)).collect();
        Self { side, running, ended }
    }
}

/// Full pages of running jobs, and the outputs of those that have ended.
pub(crate) fn full_pages(few: &Known<'_>, many: &Known<'_>) -> (Compared, Compared) {
    let mut few = Polled::start(few, "jobs", false, 10_000_000);
    let mut many = Polled::start(many, "jobs", false, 10_000_000);
    let pages = compare("full pages of 100 running jobs", &mut few, &mut many, |polled| &polled.running);
    let outputs = compare("outputs of finished jobs", &mut few, &mut many, |polled| &polled.ended);
    (pages, outputs)
}

/// As it is by default, where most polls are answered UNCHANGED.
pub(crate) fn unchanged(few: &Known<'_>, many: &Known<'_>) -> Compared {
    let mut few = Polled::start(few, "jobs", true, 11_000_000);
    let mut many = Polled::start(many, "jobs", true, 11_000_000);
    compare("UNCHANGED of 100 running jobs", &mut few, &mut many, |polled| &polled.running)
}

/// Full pages, with a log subscriber as an app has it.
pub(crate) fn with_logs(few: &Known<'_>, many: &Known<'_>) -> Compared {
    let mut few = Polled::start(few, "jobs-with-logs", false, 12_000_000);
    let mut many = Polled::start(many, "jobs-with-logs", false, 12_000_000);
    compare("full pages with a log subscriber", &mut few, &mut many, |polled| &polled.running)
}

fn compare(title: &str, few: &mut Polled, many: &mut Polled, polls: fn(&Polled) -> &Vec<String>) -> Compared {
    let (few_polls, many_polls) = (polls(few).clone(), polls(many).clone());
    let length = few.side.warm_up(&few_polls, CALLS / 10);
    let other = many.side.warm_up(&many_polls, CALLS / 10);
    assert!(length.abs_diff(other) < 100, "answers of {length} and of {other} bytes are not to be compared");
    let mut plain = Side::new(Server::plain(length), CONNECTIONS);
    plain.warm_up(&few_polls, CALLS / 10);
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        times[0].push(plain.round(&few_polls, CALLS));
        times[1].push(few.side.round(&few_polls, CALLS));
        times[2].push(many.side.round(&many_polls, CALLS));
    }
    println!("\n{title}, {length} bytes: {ROUNDS} rounds of {CALLS} calls over {CONNECTIONS} connections");
    let [plain, few, many] = times;
    for (name, times) in [("plain axum", &plain), ("few known jobs", &few), ("many", &many)] {
        println!("  {name:<16} {:8.2} µs of processor time per call", spread(times.clone()).0);
    }
    Compared {
        few: ratio("plain to few", &plain, &few),
        many: ratio("plain to many", &plain, &many),
        growth: ratio("many to few", &many, &few),
    }
}

/// The middle one of the ratios of each round.
fn ratio(name: &str, times: &[f64], to: &[f64]) -> f64 {
    let (ratio, least, most) = spread(times.iter().zip(to).map(|(a, b)| a / b).collect());
    println!("  {name:<16} {ratio:8.3}  ({least:.3} to {most:.3})");
    ratio
}
