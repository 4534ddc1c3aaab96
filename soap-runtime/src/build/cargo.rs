//! What a build script and cargo say to each other.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::files;

/// Ends the build, once the script has ended. Cargo takes one line at a time.
pub(super) fn error(message: impl Display) {
    message.to_string().lines().for_each(|line| println!("cargo::error={line}"));
}

/// From the package's folder, where a path is relative.
pub(super) fn in_package(path: &Path) -> PathBuf {
    // What cargo has set when it runs the script: the script may have been built elsewhere.
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| path.to_owned(), |package| Path::new(&package).join(path))
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
    println!("cargo::rerun-if-changed={}", path.display());
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
