//! What a build script and cargo say to each other.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::files;
pub(super) use crate::files::in_package;

/// Ends the build, once the script has ended. Cargo takes one line at a time.
pub(super) fn error(message: impl Display) {
    message.to_string().lines().for_each(|line| println!("cargo::error={line}"));
}

/// Something that the author of the package should know; the build goes on.
pub(super) fn warning(message: impl Display) {
    message.to_string().lines().for_each(|line| println!("cargo::warning={line}"));
}

/// The script is run again when this variable has another value.
pub(super) fn run_again_for(variable: &str) {
    println!("cargo::rerun-if-env-changed={variable}");
}

/// The script is run again once somebody has changed this file, or taken it away.
pub(super) fn run_again_after_changes_of(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// Makes `path` a file with that content, which is not written if it is one, and has cargo run the script
/// again once somebody has changed it.
///
/// That the script itself has written it is no such change, although it has happened after the moment that
/// cargo compares with, the start of the script: so the file says to be as old as the script's program.
///
/// # Errors
/// If the folder cannot be made or written.
pub(super) fn produce(path: &Path, content: &[u8]) -> io::Result<()> {
    run_again_after_changes_of(path);
    let path = in_package(path);
    if std::fs::read(&path).is_ok_and(|there| there == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    files::replace_as_of(&path, content, Some(age_of_the_script()?))
}

fn age_of_the_script() -> io::Result<SystemTime> {
    std::env::current_exe()?.metadata()?.modified()
}
