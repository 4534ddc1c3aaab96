//! Clients of services that are described elsewhere: from a WSDL to Rust source.
//!
//! | files | |
//! | --- | --- |
//! | `service`, `method` | from ports and operations to traits |
//! | `types`, `complex`, `family`, `content`, `builtin`, `facets` | from types to items; `content` knows what cannot be said |
//! | `names`, `docs` | names and texts that are Rust's, whatever they were |
//! | `model`, `graph` | what is generated, and what follows from how it refers to itself |
//! | `render`, `render_trait` | from there to source |

mod builtin;
mod complex;
mod content;
mod docs;
mod facets;
mod family;
mod graph;
mod method;
mod model;
mod names;
mod render;
mod render_trait;
mod service;
#[cfg(test)]
mod tests;
mod types;

use std::path::{Path, PathBuf};

use super::cargo;
use crate::wsdl::documents::Documents;
use crate::wsdl::model::Definitions;
use graph::Items;

/// Makes a client of the service that a WSDL beside the build script describes: `OUT_DIR/auth.rs` of `auth.wsdl`, which
/// [`include_client!`](crate::include_client) takes in. See [`Client`] for more than one of a name.
///
/// ```no_run
/// // In `main` of build.rs:
/// soap_runtime::build::client("auth.wsdl");
/// ```
///
/// The path is relative to the package. What the WSDL imports lies beside it, as `soap save` leaves it, so that nothing
/// is fetched. The script runs again when one of these files has changed.
///
/// # Errors
/// They are told to cargo, and end the build: a WSDL that cannot be read, or has no operation that can be called. An
/// operation that is left out is a warning.
pub fn client(wsdl: impl AsRef<Path>) {
    Client::new(wsdl).generate();
}

/// A client that is to be generated, where [`client`] is not enough.
///
/// ```no_run
/// soap_runtime::build::Client::new("wsdl/manager.wsdl").stem("auth").generate();
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    wsdl: PathBuf,
    stem: Option<String>,
}

impl Client {
    /// Of a WSDL, whose path is relative to the package.
    pub fn new(wsdl: impl AsRef<Path>) -> Self {
        Self { wsdl: wsdl.as_ref().to_owned(), stem: None }
    }

    /// The name by which [`include_client!`](crate::include_client) takes it in; without this that of the file.
    #[must_use]
    pub fn stem(self, stem: impl Into<String>) -> Self {
        Self { stem: Some(stem.into()), ..self }
    }

    /// Writes it to `OUT_DIR`. Errors are told to cargo.
    pub fn generate(self) {
        if let Err(problem) = self.try_generate() {
            cargo::error(format!("no client of {}: {problem}", self.wsdl.display()));
        }
    }

    fn try_generate(&self) -> Result<(), String> {
        let path = cargo::in_package(&self.wsdl);
        // Said first: a script that names no file runs again whatever changes.
        cargo::run_again_after_changes_of(&path);
        let documents = Documents::from_file(&path).map_err(|error| error.to_string())?;
        for file in documents.iter().filter_map(|document| document.location.to_file_path().ok()) {
            cargo::run_again_after_changes_of(&file);
        }
        let definitions = crate::wsdl::read::definitions(&documents).map_err(|error| error.to_string())?;
        let file_name = self.wsdl.file_name().unwrap_or_default().to_string_lossy();
        let Source { text, warnings } = source(&definitions, &file_name)?;
        warnings.iter().for_each(|warning| cargo::warning(format!("{file_name}: {warning}")));
        let own = self.wsdl.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let stem = self.stem.clone().or(own).ok_or("it has no name")?;
        let folder = std::env::var_os("OUT_DIR").ok_or("there is no OUT_DIR: this is for build scripts")?;
        let target = Path::new(&folder).join(format!("{stem}.rs"));
        let write = || match std::fs::read(&target).is_ok_and(|there| there == text.as_bytes()) {
            true => Ok(()),
            false => std::fs::write(&target, &text),
        };
        write().map_err(|error| format!("{} cannot be written: {error}", target.display()))
    }
}

/// What was generated.
struct Source {
    text: String,
    /// What is not in it as it is in the WSDL.
    warnings: Vec<String>,
}

/// Types that hold each other make for a deep recursion, one step for each of them in the worst case. It is only
/// reserved.
const STACK: usize = 512 << 20;

/// # Errors
/// If there is nothing to call.
fn source(definitions: &Definitions, file_name: &str) -> Result<Source, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || source_of(definitions, file_name));
        let thread = thread.map_err(|error| format!("cannot start a thread: {error}"))?;
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn source_of(definitions: &Definitions, file_name: &str) -> Result<Source, String> {
    let (mut traits, types, left_out) = service::traits(definitions);
    traits.retain(|one| !one.methods.is_empty());
    if traits.is_empty() {
        let reasons: String = left_out.iter().map(|reason| format!("\n{reason}")).collect();
        return Err(format!("it has no operation that can be called{reasons}"));
    }
    let items = Items::new(types.items);
    let tokens = render::module(&traits, &items);
    let file = syn::parse2(tokens).map_err(|error| format!("what was generated is no Rust: {error}"))?;
    let head = format!("// Generated from {} by soap_runtime::build::client.\n\n", docs::quoted(file_name));
    let warnings = left_out.into_iter().chain(types.losses).collect();
    Ok(Source { text: head + &spaced(&prettyplease::unparse(&file)), warnings })
}

/// With an empty line between items, as people write them.
fn spaced(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 256);
    let mut before = "";
    for line in source.lines() {
        let is_short = before.starts_with("pub ") && (before.ends_with(';') || before.ends_with("{}"));
        let ends_an_item = before == "}" || is_short;
        let ends_imports = (before.starts_with("use ") && before.ends_with(';')) || before == "};";
        if ends_an_item || ends_imports && !line.starts_with("use ") {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}
