//! A server that is killed again and again, at random moments, while jobs start, run and end: what it
//! accepted is known afterwards, and has reached the right end.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use super::lab::{End, Lab, Place, call};
use crate::processes::{eventually, zombies_of};

const ROUNDS: u32 = 50;
/// How many jobs are started in a round, at most: each of them has to come to its end.
const JOBS: u32 = 8;
/// How many callers start them.
const CALLERS: u32 = 3;

#[test]
fn fifty_killed_servers_lose_nothing_and_run_nothing_twice_at_once() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is after 1970");
        now.as_nanos() as u64
    });
    eprintln!("SEED={seed}");
    let place = Place::new();
    fs::create_dir(place.path("tallies")).expect("a new folder");
    let mut random = Random(seed);
    let mut started = HashMap::new();
    for round in 0..ROUNDS {
        let executor = random.one_of(&["task", "process"]);
        let settings = [("EXECUTOR", executor), ("MAX_RUNNING", "6")];
        if random.below(5) == 0 {
            // Before it listens, or just when it does.
            let mut child = place.command(&settings).spawn().expect("it was built");
            std::thread::sleep(Duration::from_millis(random.below(60)));
            child.kill().expect("it is ours");
            child.wait().expect("it is ours");
        } else {
            let mut lab = place.start_with(&settings);
            started.extend(one_round(&place, &mut lab, executor, round, &mut random));
        }
    }
    let mut lab = place.start_with(&[("MAX_RUNNING", "6")]);
    started.iter().for_each(|(id, job)| check(&lab, id, job));
    let count = |accepted: Accepted| started.values().filter(|job| job.accepted == accepted).count();
    eprintln!(
        "{} accepted, {} unheard of, {} aborted",
        count(Accepted::Yes),
        count(Accepted::Unheard),
        count(Accepted::Aborted)
    );
    assert!(count(Accepted::Yes) > 50, "the rounds were too short");
    assert!(place.processes().is_empty(), "{:?}", place.processes());
    eventually(|| (zombies_of(lab.child.id()) == 0).then_some(()));
    assert!(lab.stop().success());
    files_are_sound(&place, started.len());
}

/// What a caller knows of a job.
#[derive(Clone, Debug)]
struct Started {
    executor: &'static str,
    may_begin_again: bool,
    tally: PathBuf,
    accepted: Accepted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Accepted {
    /// The reply was read.
    Yes,
    /// The server died before.
    Unheard,
    /// It was accepted, and then that nothing is left of it.
    Aborted,
}

/// Starts jobs until the server is killed.
fn one_round(
    place: &Place,
    lab: &mut Lab,
    executor: &'static str,
    round: u32,
    random: &mut Random,
) -> Vec<(String, Started)> {
    let started = Mutex::new(Vec::new());
    let (left, is_over) = (AtomicU32::new(JOBS), AtomicBool::new(false));
    let address = lab.address().to_owned();
    let lifetime = Duration::from_millis(random.below(600));
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let mut random = Random(random.next());
            let (started, left, is_over, address) = (&started, &left, &is_over, &address);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed)
                    && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
                {
                    let id = format!("{round} {caller} {}", random.next());
                    let job = start(place, address, executor, &id, &mut random);
                    started.lock().expect("nobody panics").push((id, job));
                    std::thread::sleep(Duration::from_millis(random.below(60)));
                }
            });
        }
        std::thread::sleep(lifetime);
        lab.kill_9();
        is_over.store(true, Ordering::Relaxed);
    });
    started.into_inner().expect("nobody panics")
}

fn start(place: &Place, address: &str, executor: &'static str, id: &str, random: &mut Random) -> Started {
    let may_begin_again = random.below(2) == 0;
    let tally = place.path("tallies").join(id);
    let mut job = Started { executor, may_begin_again, tally, accepted: Accepted::Unheard };
    let operation = if may_begin_again { "startTallyAgain" } else { "startTally" };
    let time = random.below(300).to_string();
    let arguments = [("file", job.tally.to_str().expect("a plain name")), ("milliseconds", &*time)];
    let Ok(answer) = call(address, operation, id, &arguments) else { return job };
    assert_eq!(answer.status, 200, "{answer:?}");
    job.accepted = Accepted::Yes;
    // Some are polled, and some are aborted.
    match random.below(8) {
        0 => {
            std::thread::sleep(Duration::from_millis(random.below(100)));
            let is_gone = call(address, "abortService", id, &[]).ok().and_then(|answer| answer.element("success"));
            if is_gone.as_deref() == Some("true") {
                job.accepted = Accepted::Aborted;
            }
        }
        1 | 2 => {
            if let Ok(answer) = call(address, "getServiceStatus", id, &[]) {
                assert_eq!(answer.status, 200, "{answer:?}");
            }
        }
        _ => {}
    }
    job
}

/// Whether a job came to the right end. One whose abort was never answered may have been aborted or not.
fn check(lab: &Lab, id: &str, job: &Started) {
    let end = lab.end(id);
    let tally = Tally::read(&job.tally);
    let told = format!("{id}: {job:?} {tally:?} {end:?}");
    assert_eq!(tally.overlaps, 0, "two at the same time: {told}");
    let is = |fault: &str| matches!(&end, End::Failed(answer) if answer.body.contains(fault));
    match &end {
        // Its caller was never told that it had been accepted, and so it was not.
        End::Failed(_) if is("there is no execution") => {
            assert_eq!((job.accepted, &tally), (Accepted::Unheard, &Tally::default()), "lost: {told}");
        }
        End::Completed(result) => {
            let attempt = result.strip_prefix("attempt ").and_then(|attempt| attempt.parse().ok());
            assert_eq!(tally.ends.last().copied(), attempt, "another's result: {told}");
            assert_eq!(tally.begins.last(), tally.ends.last(), "begun again after its end: {told}");
        }
        End::Failed(_) if is("it was aborted") => {}
        End::Failed(_) => {
            assert_ne!(job.accepted, Accepted::Aborted, "it was said to be gone: {told}");
            assert_eq!(job.executor, "task", "processes outlive the server: {told}");
            assert!(is("the server that it ran in was stopped or has died"), "{told}");
            assert!(!job.may_begin_again || tally.begins.len() <= 3, "{told}");
        }
    }
    if job.executor == "process" || !job.may_begin_again {
        assert!(tally.begins.len() <= 1, "run twice: {told}");
    }
    assert!(tally.begins.is_sorted_by(|one, other| one < other), "an attempt was run twice: {told}");
}

/// What ran, as `tests/lab/tally.rs` writes it down: the numbers of the attempts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    begins: Vec<u32>,
    ends: Vec<u32>,
    overlaps: usize,
}

impl Tally {
    fn read(path: &Path) -> Self {
        let mut tally = Self::default();
        for line in fs::read_to_string(path).unwrap_or_default().lines() {
            let words: Vec<_> = line.split(' ').collect();
            let [word, attempt, _pid] = words[..] else { panic!("{line}") };
            let attempt = attempt.parse().expect("a number");
            match word {
                "begin" => tally.begins.push(attempt),
                "end" => tally.ends.push(attempt),
                "overlap" => tally.overlaps += 1,
                _ => panic!("{line}"),
            }
        }
        tally
    }
}

/// The database is whole, all in it has ended, and no folder is without a job or keeps a token.
fn files_are_sound(place: &Place, most: usize) {
    let folders = place.folders();
    assert!(folders.len() <= most, "{} folders for {most} jobs", folders.len());
    for folder in &folders {
        assert!(!folder.join("token").exists(), "{}", folder.display());
        let unfinished = fs::read_dir(folder).expect("a folder").flatten();
        let names: Vec<_> = unfinished.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(place.data_dir().join("jobs.db"));
        let pool = sqlx::SqlitePool::connect_with(options).await.expect("it opens");
        let said: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&pool).await.expect("it reads");
        assert_eq!(said, "ok");
        let query = "SELECT COUNT(*) FROM jobs WHERE state NOT IN ('completed', 'failed', 'aborted')";
        let unfinished: i64 = sqlx::query_scalar(query).fetch_one(&pool).await.expect("it reads");
        assert_eq!(unfinished, 0);
    });
}

/// SplitMix64: few lines, and good enough to kill servers by.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("it is small")]
    }
}
