//! The separate program that waits: `waiter wait FOLDER SECONDS`.
//!
//! It knows nothing of SOAP and talks to the service through the files of its [`Folder`]. Because it
//! is a process of its own, a long wait outlives the server, and a service that computes something
//! real can put any program in its place.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use super::folder::Folder;

/// What the subcommand is called.
pub(crate) const SUBCOMMAND: &str = "wait";

/// What the waiter has to say in the end.
pub(crate) const RESULT: &str = "FINISHED";

/// The command line that waits `seconds` and reports to `folder`: this same program.
pub(crate) fn command(folder: &Path, seconds: u32) -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(SUBCOMMAND).arg(folder).arg(seconds.to_string());
    Ok(command)
}

/// The subcommand; `arguments` are those behind its name.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let parsed = match arguments.as_slice() {
        [folder, seconds] => seconds.to_str().and_then(|seconds| seconds.parse().ok()).map(|seconds| (folder, seconds)),
        _ => None,
    };
    let Some((folder, seconds)) = parsed else {
        eprintln!("usage: waiter {SUBCOMMAND} FOLDER SECONDS");
        return ExitCode::from(2);
    };
    match wait(&Folder::new(folder), seconds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write to {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn wait(folder: &Folder, seconds: u32) -> io::Result<()> {
    let start = Instant::now();
    let process = std::process::id();
    folder.write_process(process)?;
    println!("process {process} waits for {seconds} seconds");
    for second in 1..=seconds {
        // From the start, not from the last second: small delays do not add up.
        let due = Duration::from_secs(second.into());
        std::thread::sleep(due.saturating_sub(start.elapsed()));
        let percent = percent(second, seconds);
        if second < seconds && percent != self::percent(second - 1, seconds) {
            folder.write_percent(percent)?;
        }
    }
    // The result first: whoever sees 100 can see the result as well.
    folder.write_result(RESULT)?;
    folder.write_percent(100)?;
    println!("finished");
    Ok(())
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
