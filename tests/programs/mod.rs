//! The examples as programs, and the program `soap`.

// Not every binary of tests runs all of them.
#![allow(dead_code)]

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The example `name`, built from the sources as they are: cargo builds examples for some ways of
/// running the tests only.
pub(crate) fn example(name: &str) -> PathBuf {
    folder().join("examples").join(name)
}

/// The program `soap`, built in the same way.
pub(crate) fn soap() -> PathBuf {
    folder().join("soap")
}

/// Where cargo puts programs.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build)
}

fn build() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    let folder = test.ancestors().nth(2).expect("it lies in target/PROFILE/deps");
    let profile = folder.file_name().and_then(|name| name.to_str()).expect("a profile has a plain name");
    let profile = if profile == "debug" { "dev" } else { profile };
    // All members at once, as the tests are built: with the same features nothing is built twice.
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--examples", "--bin", "soap", "--profile", profile])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.expect("cargo is there").success(), "the programs cannot be built");
    folder.to_owned()
}
