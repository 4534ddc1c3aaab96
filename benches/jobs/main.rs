//! Jobs: what polls and starts cost, and what is kept of those that have ended.
//!
//! As in `load`, polls are judged by the server's own processor time per call, as ratios in one run,
//! servers in turns. Starts are judged by the clock, for they wait for the disk; the yardstick is how
//! fast the same file takes one job after the other.
//!
//! `cargo bench --bench jobs` runs everything, and takes some minutes; `-- polls`, `-- starts` or
//! `-- memory` run a part of it.

#[path = "../common/mod.rs"]
mod common;
mod database;
mod memory;
mod polls;
mod starts;

use std::path::Path;

use common::requests::Length;
use database::Database;
use polls::Known;

const FEW: usize = 10_000;
const MANY: usize = 1_000_000;

fn main() {
    common::serve_if_asked(|| 0);
    // On a disk: where temporary files are may be none.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a temporary folder");
    let parts: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let mut targets = Vec::new();
    if is_wanted("starts") {
        measure_starts(folder.path(), &mut targets);
    }
    if is_wanted("polls") || is_wanted("memory") {
        let (few, many) = (folder.path().join("few"), folder.path().join("many"));
        Database::fill(&few, FEW);
        Database::fill(&many, MANY);
        let (few, many) = (Known { folder: &few, jobs: FEW }, Known { folder: &many, jobs: MANY });
        if is_wanted("memory") {
            measure_memory(folder.path(), &few, &many, &mut targets);
        }
        if is_wanted("polls") {
            measure_polls(&few, &many, &mut targets);
        }
    }
    println!("\ntargets:");
    for (title, measured) in targets {
        println!("  {title:<34} {measured}");
    }
}

/// What was measured, and what was to be reached.
type Targets = Vec<(&'static str, String)>;

fn measure_starts(folder: &Path, targets: &mut Targets) {
    let ending = starts::measure(&folder.join("a"), "jobs that end at once", Length::None, 1_000_000);
    let running = starts::measure(&folder.join("b"), "jobs that run on", Length::Sleeping, 1_000_000);
    let waiting = starts::measure(&folder.join("c"), "jobs that have to wait", Length::Sleeping, 1);
    targets.push(("starts, jobs end at once", format!("{ending:6.0}  at least 2,000 a second")));
    targets.push(("starts, jobs run on", format!("{running:6.0}  at least 2,000 a second")));
    targets.push(("starts, jobs have to wait", format!("{waiting:6.0}")));
}

fn measure_memory(folder: &Path, few: &Known<'_>, many: &Known<'_>, targets: &mut Targets) {
    let loaded = memory::of_loaded(few, many);
    let run = memory::of_run(&folder.join("run"));
    memory::until_it_listens(few);
    let listening = memory::until_it_listens(many);
    targets.push(("memory, read from the database", format!("{loaded:6.0}  at most 400 bytes a finished job")));
    targets.push(("memory, ran in the server", format!("{run:6.0}  at most 400 bytes a finished job")));
    targets.push(("listening, 1,000,000 known jobs", format!("{listening:6.0}  ms")));
}

fn measure_polls(few: &Known<'_>, many: &Known<'_>, targets: &mut Targets) {
    let (pages, outputs) = polls::full_pages(few, many);
    let logged = polls::with_logs(few, many);
    let unchanged = polls::unchanged(few, many);
    targets.push(("full pages, 10,000 known jobs", format!("{:6.2}  at least 0.70", pages.few)));
    targets.push(("full pages, 1,000,000", format!("{:6.2}  at least 0.70", pages.many)));
    targets.push(("full pages, many to few", format!("{:6.2}  0.90 to 1.10", pages.growth)));
    targets.push(("the same with a log subscriber", format!("{:6.2}", logged.many)));
    targets.push(("UNCHANGED, 1,000,000", format!("{:6.2}", unchanged.many)));
    targets.push(("outputs, 10,000", format!("{:6.2}", outputs.few)));
    targets.push(("outputs, 1,000,000", format!("{:6.2}", outputs.many)));
}
