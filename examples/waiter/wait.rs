//! The separate program that waits: `waiter wait SECONDS`.
//!
//! It knows nothing of SOAP, and tells how far it is in files of the folder it runs in. A service
//! that computes something real has any program in its place.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// What the subcommand is called.
pub(crate) const SUBCOMMAND: &str = "wait";

/// What the waiter has to say in the end.
const RESULT: &str = "FINISHED";

/// The command line that waits `seconds`: this same program.
pub(crate) fn command(seconds: u32) -> Command {
    // This very one, also after another version has taken its place on the disk.
    let mut command = Command::new("/proc/self/exe");
    command.arg0("waiter").arg(SUBCOMMAND).arg(seconds.to_string());
    command
}

/// Waits as the command line says.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let [seconds] = &arguments[..] else { return usage() };
    let Some(seconds) = seconds.to_str().and_then(|seconds| seconds.parse().ok()) else { return usage() };
    match wait(seconds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to the folder: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: waiter {SUBCOMMAND} SECONDS");
    ExitCode::from(2)
}

fn wait(seconds: u32) -> io::Result<()> {
    let start = Instant::now();
    println!("waits for {seconds} seconds");
    for second in 1..=seconds {
        // From the start, not from the last second: small delays do not add up.
        let due = Duration::from_secs(second.into());
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let percent = percent(second, seconds);
        if percent != self::percent(second - 1, seconds) {
            replace("status.txt", &percent.to_string())?;
        }
    }
    println!("finished");
    replace("result.txt", RESULT)
}

/// Under another name first, so that nobody ever reads half a file.
fn replace(name: &str, content: &str) -> io::Result<()> {
    let unfinished = format!(".{name}");
    fs::write(&unfinished, content)?;
    fs::rename(unfinished, name)
}

/// Whole percents, rounded down, so that 100 is reached with the last second only.
fn percent(done: u32, total: u32) -> u8 {
    let percent = u64::from(done) * 100 / u64::from(total).max(1);
    u8::try_from(percent).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_hundred_percent_is_reached_with_the_last_second_only() {
        let cases = [(0, 3, 0), (1, 3, 33), (2, 3, 66), (3, 3, 100), (299, 300, 99), (u32::MAX - 1, u32::MAX, 99)];
        for (done, total, expected) in cases {
            assert_eq!(percent(done, total), expected, "{done} of {total}");
        }
    }
}
