//! Starts, each of which is on the disk when it is answered.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::common::client;
use crate::common::jobs::{Keeping, wait_for_the_end};
use crate::common::requests::{Length, start};
use crate::common::{Side, spread};
use crate::database::Database;

const CONNECTIONS: usize = 64;
const STARTS: usize = 10_000;
const ROUNDS: usize = 5;
/// Single commits in each round.
const COMMITS: usize = 1000;

/// Starts jobs, in turns with single commits to the same file; says how many per second, the middle
/// of all rounds.
pub(crate) fn measure(folder: &Path, title: &str, length: Length, max_running: usize) -> f64 {
    std::fs::create_dir(folder).expect("it can be made");
    // The yardstick copies a job that has ended.
    let database = Database::fill(&folder.join("data"), 1);
    let keeping = Keeping { max_running, ..Keeping::in_folder(&folder.join("data")) };
    let mut side = Side::new(keeping.serve(), CONNECTIONS);
    let mut rounds: Vec<Round> = Vec::new();
    let mut singles = Vec::new();
    let mut took = Vec::new();
    for round in 0..=ROUNDS {
        let first = 1_000_000 * (round + 1);
        let measured = Round::of(&mut side, &database, first, length, &mut took);
        let single = database.single_commits(first + STARTS..first + STARTS + COMMITS);
        // The first one is for warming up.
        if round == 0 {
            took.clear();
        } else {
            rounds.push(measured);
            singles.push(single);
        }
    }
    took.sort();
    let percentile = |percent: usize| took[(took.len() - 1) * percent / 100];
    let of = |value: fn(&Round) -> f64| spread(rounds.iter().map(value).collect());
    let (rate, least, most) = of(|round| round.rate);
    let (single, single_least, single_most) = spread(singles.clone());
    let ratios = rounds.iter().zip(&singles).map(|(round, single)| round.rate / single);
    let (ratio, ratio_least, ratio_most) = spread(ratios.collect());
    println!("\n{title}: {ROUNDS} rounds of {STARTS} starts over {CONNECTIONS} connections");
    println!("  starts           {rate:8.0} a second ({least:.0} to {most:.0})");
    println!("  single commits   {single:8.0} a second ({single_least:.0} to {single_most:.0}) to the same file");
    println!("  ratio            {ratio:8.2}  ({ratio_least:.2} to {ratio_most:.2})");
    println!("  a start takes    {:8.1?}, one in a hundred {:.1?} or more", percentile(50), percentile(99));
    println!("  processor time   {:8.1} µs for a start, with all that follows", of(|round| round.cpu).0);
    println!("  one transaction  {:8.1} jobs", of(|round| round.jobs).0);
    rate
}

struct Round {
    /// Starts a second.
    rate: f64,
    /// Processor time of the server for each, in microseconds.
    cpu: f64,
    /// How many starts there were for each transaction.
    jobs: f64,
}

impl Round {
    fn of(side: &mut Side, database: &Database, first: usize, length: Length, took: &mut Vec<Duration>) -> Self {
        let requests: Vec<_> = (first..first + STARTS).map(|job| start(job, length)).collect();
        let transactions = database.transactions();
        let before = side.server.used().cpu;
        let begun = Instant::now();
        client::run(&mut side.connections, &requests, |answer| took.push(answer.took));
        let seconds = begun.elapsed().as_secs_f64();
        if let Length::None = length {
            // They begin and end in the order in which they were accepted, more or less.
            for job in first + STARTS - 2 * CONNECTIONS..first + STARTS {
                wait_for_the_end(&mut side.connections[0], job);
            }
        }
        Self {
            rate: STARTS as f64 / seconds,
            cpu: (side.server.used().cpu - before) / STARTS as f64,
            jobs: STARTS as f64 / f64::from(database.transactions() - transactions),
        }
    }
}
