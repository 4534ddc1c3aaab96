//! The status page as a file, and in the browser.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where the newest page lies.
pub(crate) struct PageFile {
    path: Option<PathBuf>,
    /// It is to be opened, and has not been yet.
    is_to_open: bool,
}

impl PageFile {
    /// In `path`; if it is only to be looked at, among temporary files.
    pub(crate) fn new(path: Option<&Path>, is_to_open: bool, id: &str) -> Self {
        let temporary = || {
            // The id comes from outside.
            let id: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(64).collect();
            std::env::temp_dir().join(format!("soap-{id}.html"))
        };
        Self { path: path.map(Path::to_owned).or_else(|| is_to_open.then(temporary)), is_to_open }
    }

    /// Writes a page as a whole: nobody reads half of it.
    pub(super) fn write(&mut self, page: &[u8]) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(page)?;
        file.persist(path).map_err(|error| error.error)?;
        if std::mem::take(&mut self.is_to_open) {
            open(path)?;
        }
        Ok(())
    }
}

/// In the program of the user's choice, which is not waited for.
fn open(path: &Path) -> io::Result<()> {
    let chosen = std::env::var_os("BROWSER").filter(|browser| !browser.is_empty());
    let opener = chosen.unwrap_or_else(|| if cfg!(target_os = "macos") { "open" } else { "xdg-open" }.into());
    let mut command = Command::new(&opener);
    command.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = command.spawn().map(drop);
    started.map_err(|error| io::Error::new(error.kind(), format!("{} cannot be started: {error}", opener.display())))
}
