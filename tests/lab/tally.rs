//! A file in which a job writes down that it runs, so that a test sees afterwards what ran, how often,
//! and whether two of them did at the same time.
//!
//! A line each: `begin ATTEMPT PID`, `end ATTEMPT PID`, and `overlap ATTEMPT PID` where another one
//! held the file at the beginning. The lock goes with the process that holds it, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};

/// Held while a job runs.
pub(crate) struct Tally {
    file: File,
    attempt: u32,
}

impl Tally {
    pub(crate) fn begin(path: &str, attempt: u32) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).create(true).open(path)?;
        let overlaps = match file.try_lock() {
            Ok(()) => false,
            Err(TryLockError::WouldBlock) => true,
            Err(TryLockError::Error(error)) => return Err(error),
        };
        let mut tally = Self { file, attempt };
        if overlaps {
            tally.write("overlap")?;
        }
        tally.write("begin")?;
        Ok(tally)
    }

    /// The result of the job: its attempt.
    pub(crate) fn end(mut self) -> io::Result<String> {
        self.write("end")?;
        Ok(format!("attempt {}", self.attempt))
    }

    fn write(&mut self, word: &str) -> io::Result<()> {
        // In one piece, for others may write at the same time.
        self.file.write_all(format!("{word} {} {}\n", self.attempt, std::process::id()).as_bytes())
    }
}
