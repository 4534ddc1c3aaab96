//! Services that have to fit their committed WSDLs, or the build fails.

use std::collections::BTreeSet;
use std::path::Path;

use super::cargo;
use super::wsdl::Wsdls;
use crate::describe::registry::Registered;
use crate::wsdl::contract::{AUTOMATIC, Contract, Mode, Told, VARIABLE, accepting, is_contract};

const COMMAND: &str = "cargo build";

/// Compares each service with its committed WSDL, `NAME.wsdl` in `folder`, and ends the build if it no longer
/// fits.
///
/// ```no_run
/// // build.rs
/// # #[cfg(any())]
/// #[allow(dead_code)] // it is the program that calls it
/// #[path = "src/service.rs"]
/// mod service;
///
/// fn main() {
///     soap_runtime::build::lock("wsdl");
/// }
/// ```
///
/// A change that callers have to follow is breaking: each is an error of the build, in a line of its own. Others
/// are compatible, and are warnings. Both are accepted by one command, which writes the files anew:
///
/// ```text
/// SOAP_LOCK=accept cargo build
/// ```
///
/// A service without a file is new: its file is written, with a warning to commit it. Where the variable `CI`
/// is set the build fails instead, for nobody would commit it there, and the service would be locked to
/// nothing. A file without its service is breaking as well, and is removed when that is accepted; WSDLs of other
/// names than their services, say of services that are called, may lie in the same folder. The address of a
/// service is not compared.
///
/// Which changes are breaking is told in `docs/guide/lock.md` of the repository.
pub fn lock(folder: impl AsRef<Path>) {
    Wsdls::new().lock(folder);
}

impl Wsdls {
    /// Locks them, as [`lock`] does.
    pub fn lock(self, folder: impl AsRef<Path>) {
        let folder = folder.as_ref();
        cargo::run_again_for(VARIABLE);
        cargo::run_again_for(AUTOMATIC);
        match (Mode::from_environment(), self.documents()) {
            (Ok(mode), Ok(documents)) => {
                documents.iter().for_each(|(name, document)| check(folder, name, document, mode));
                gone(folder, &documents.keys().copied().collect(), mode);
            }
            (mode, documents) => {
                mode.err().iter().for_each(cargo::error);
                documents.err().iter().flatten().for_each(cargo::error);
            }
        }
    }
}

fn check(folder: &Path, name: &str, document: &str, mode: Mode) {
    let path = folder.join(format!("{name}.wsdl"));
    cargo::run_again_after_changes_of(&path);
    let (name, file) = (path.display().to_string(), cargo::in_package(&path));
    let Told { errors, notes, writes } = Contract { name: &name, file: &file, document, command: COMMAND }.check(mode);
    errors.iter().for_each(cargo::error);
    notes.iter().for_each(cargo::warning);
    if writes && let Err(error) = cargo::produce(&path, document.as_bytes()) {
        cargo::error(format_args!("{name} cannot be written: {error}"));
    }
}

/// Services that have files, and are not there any more. One that was only not asked for is there.
fn gone(folder: &Path, locked: &BTreeSet<&str>, mode: Mode) {
    let registered: Vec<_> = Registered::all().filter_map(|service| service.description().ok()).collect();
    let is_there = |name: &str| locked.contains(name) || registered.iter().any(|service| service.name == name);
    // No folder, no files.
    let Ok(entries) = cargo::in_package(folder).read_dir() else { return };
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "wsdl")) {
        let Some(name) = file.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if is_there(name) || !is_contract(file) {
            continue;
        }
        let path = folder.join(format!("{name}.wsdl"));
        let path = path.display();
        if mode != Mode::Accept {
            cargo::run_again_after_changes_of(path.to_string().as_ref());
            cargo::error(format_args!("{path}: the service {name} is gone"));
            cargo::error(format_args!("to accept it, and have the file removed: {}", accepting(COMMAND)));
        } else if let Err(error) = std::fs::remove_file(file) {
            cargo::error(format_args!("{path} cannot be removed: {error}"));
        } else {
            cargo::warning(format_args!("{path} is removed: the service {name} is gone"));
        }
    }
}
