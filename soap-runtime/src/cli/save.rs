//! `soap save`: a copy of a WSDL and of all that it imports.

use std::path::PathBuf;

use clap::Args;

use super::EXIT_CODES;
use super::console::Console;
use super::failure::{Done, Verdict};
use super::options::{LOCATION, TimeOptions};
use crate::app::safe;
use crate::client::documents;

const EXAMPLES: &str = "\
Examples:
  soap save http://localhost:8080/waiter/Waiter?wsdl
  soap save https://example.org/auth/AuthService -o wsdl/";

/// Saves a WSDL, and all that it imports, as files that need no network
///
/// Imports then name the files beside them, so that everything that takes a WSDL takes the copy: the other
/// commands, a build script, and other tools. Files of the same names are overwritten.
#[derive(Debug, Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct SaveCommand {
    #[arg(value_name = "LOCATION", help = LOCATION)]
    location: String,

    /// Where the files go; it is made if it is missing
    #[arg(short, long, value_name = "FOLDER", default_value = ".")]
    output: PathBuf,

    #[command(flatten)]
    time: TimeOptions,
}

impl SaveCommand {
    /// Prints the names of the files, that of the WSDL first.
    pub(crate) async fn run(self, console: &Console) -> Done {
        let documents = documents(&self.location, &self.time.http()).await?;
        for path in documents.save(&self.output)? {
            console.say(&safe(&path.display().to_string()))?;
        }
        Ok(Verdict::Yes)
    }
}
