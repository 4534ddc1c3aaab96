//! A service and the file that it has to fit: the WSDL that others have, and rely on.
//!
//! Build scripts and tests tell the same and are told the same, by the variable `SOAP_LOCK`; what they do
//! with it is their own.

use std::ffi::OsStr;
use std::path::Path;

use url::Url;

use super::diff::{Change, Judgement, diff};
use super::documents::{Document, Documents};
use super::read::{WsdlError, definitions};

/// Says what is to be done where service and file differ.
pub(crate) const VARIABLE: &str = "SOAP_LOCK";
/// Its one value.
const ACCEPT: &str = "accept";
/// Where it is set, files are not written for whoever commits them: nobody does.
pub(crate) const AUTOMATIC: &str = "CI";

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A file that is missing is written.
    Check,
    /// No file is written.
    CheckOnly,
    /// Files are written as the services are now.
    Accept,
}

impl Mode {
    /// # Errors
    /// If `SOAP_LOCK` says something else.
    pub(crate) fn from_environment() -> Result<Self, String> {
        Self::of(std::env::var_os(VARIABLE).as_deref(), std::env::var_os(AUTOMATIC).as_deref())
    }

    fn of(lock: Option<&OsStr>, automatic: Option<&OsStr>) -> Result<Self, String> {
        let is_set = automatic.is_some_and(|value| !["", "0", "false"].map(OsStr::new).contains(&value));
        match lock {
            Some(value) if value == ACCEPT => Ok(Self::Accept),
            Some(value) if !value.is_empty() => {
                Err(format!("{VARIABLE} is `{}`; the one value it knows is `{ACCEPT}`", value.display()))
            }
            _ if is_set => Ok(Self::CheckOnly),
            _ => Ok(Self::Check),
        }
    }
}

/// A service, the file, and how the user asks for both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contract<'a> {
    /// As the user has written it.
    pub(crate) name: &'a str,
    pub(crate) file: &'a Path,
    /// The WSDL of the service as it is now.
    pub(crate) document: &'a str,
    /// What runs this: `cargo build`.
    pub(crate) command: &'a str,
}

/// What is told, a line each, and whether the file is to be written as the service is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The service does not fit.
    pub(crate) errors: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) writes: bool,
}

impl Contract<'_> {
    /// Whether the service fits the file.
    pub(crate) fn check(&self, mode: Mode) -> Told {
        if !self.file.exists() {
            return self.missing(mode);
        }
        match (self.changes(), mode) {
            (changes, Mode::Accept) => self.accepted(changes.unwrap_or_default()),
            (Ok(changes), _) => self.judged(&changes),
            (Err(error), _) => Told { errors: vec![error.to_string(), self.how_to_accept()], ..Told::default() },
        }
    }

    fn changes(&self) -> Result<Vec<Change>, WsdlError> {
        let old = definitions(&Documents::from_file(self.file)?)?;
        // It imports nothing, so that it does not matter where it is.
        let nowhere = Url::parse("soap:service").expect("it is a URL");
        let new = definitions(&Documents::new(Document::new("the WSDL of the service", nowhere, self.document)))?;
        Ok(diff(&old, &new))
    }

    fn missing(&self, mode: Mode) -> Told {
        let name = self.name;
        match mode {
            Mode::CheckOnly => Told {
                errors: vec![
                    format!("{name} is missing, and is not written where {AUTOMATIC} is set"),
                    format!(
                        "to have it: run `{}` with the same arguments on your own machine, and commit the file",
                        self.command
                    ),
                ],
                ..Told::default()
            },
            Mode::Check | Mode::Accept => Told {
                notes: vec![format!("{name} is new; commit it: from now on the service has to fit it")],
                writes: true,
                ..Told::default()
            },
        }
    }

    fn judged(&self, changes: &[Change]) -> Told {
        let mut told = Told::default();
        for (judgement, lines, title) in [
            (Judgement::Breaking, &mut told.errors, "the service no longer fits its contract"),
            (Judgement::Compatible, &mut told.notes, "the service has changed, and still fits its contract"),
        ] {
            let points = changes.iter().filter(|change| change.judgement == judgement);
            lines.extend(points.map(|change| format!("  {change}")));
            if !lines.is_empty() {
                lines.insert(0, format!("{}: {title}", self.name));
                lines.push(self.how_to_accept());
            }
        }
        told
    }

    fn accepted(&self, changes: Vec<Change>) -> Told {
        let writes = std::fs::read(self.file).ok().is_none_or(|there| there != self.document.as_bytes());
        let mut told = Told { writes, ..Told::default() };
        if writes {
            told.notes.push(format!("{} is written as the service is now; commit it", self.name));
            told.notes.extend(changes.iter().map(|change| format!("  accepted: {change}")));
        }
        told
    }

    fn how_to_accept(&self) -> String {
        format!("to accept it, and have the file written: {}", accepting(self.command))
    }
}

/// The one command. Only the user knows which arguments have it run the script: in a package without a library and
/// a program of its own it is `--examples`, say.
pub(crate) fn accepting(command: &str) -> String {
    format!("{VARIABLE}={ACCEPT} {command}, with the arguments that you gave")
}

/// Whether the file is the contract of a service: one that is called like the file, which other WSDLs in the
/// same folder are not.
#[cfg(feature = "build")]
pub(crate) fn is_contract(file: &Path) -> bool {
    let is_called = |name: &str| file.file_stem().is_some_and(|stem| stem == name);
    let read = Documents::from_file(file).and_then(|documents| definitions(&documents));
    read.is_ok_and(|read| read.services.iter().any(|service| is_called(&service.name.local)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::Naming;
    use crate::wsdl::{Wsdl, samples};

    const ACCEPTING: &str =
        "to accept it, and have the file written: SOAP_LOCK=accept cargo build, with the arguments that you gave";

    #[test]
    fn the_environment_says_what_is_done() {
        for (lock, automatic, expected) in [
            (None, None, Ok(Mode::Check)),
            (Some(""), Some("false"), Ok(Mode::Check)),
            (None, Some("true"), Ok(Mode::CheckOnly)),
            (Some("accept"), Some("true"), Ok(Mode::Accept)),
            (Some("yes"), None, Err("SOAP_LOCK is `yes`; the one value it knows is `accept`".to_owned())),
        ] {
            assert_eq!(Mode::of(lock.map(OsStr::new), automatic.map(OsStr::new)), expected, "{lock:?} {automatic:?}");
        }
    }

    /// What is told of the sample, whose file has this in it.
    fn told(mode: Mode, edit: impl Fn(String) -> Option<String>) -> Told {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("Mesher.wsdl");
        let document = Wsdl::new(&samples::mesher(Naming::Standard)).at("http://localhost/");
        if let Some(text) = edit(document.clone()) {
            std::fs::write(&file, text).expect("the folder is there");
        }
        Contract { name: "wsdl/Mesher.wsdl", file: &file, document: &document, command: "cargo build" }.check(mode)
    }

    #[test]
    fn the_same_service_fits_wherever_it_is() {
        assert_eq!(told(Mode::Check, Some), Told::default());
        let elsewhere = |text: String| Some(text.replace("http://localhost/", "https://example.org/"));
        assert_eq!(told(Mode::CheckOnly, elsewhere), Told::default());
        assert_eq!(told(Mode::Accept, Some), Told::default());
    }

    #[test]
    fn a_missing_file_is_written_by_people_only() {
        let new = "wsdl/Mesher.wsdl is new; commit it: from now on the service has to fit it".to_owned();
        for mode in [Mode::Check, Mode::Accept] {
            let told = told(mode, |_| None);
            assert_eq!(told, Told { notes: vec![new.clone()], writes: true, ..Told::default() });
        }
        let told = told(Mode::CheckOnly, |_| None);
        assert!(!told.writes && told.notes.is_empty());
        assert_eq!(
            told.errors,
            [
                "wsdl/Mesher.wsdl is missing, and is not written where CI is set",
                "to have it: run `cargo build` with the same arguments on your own machine, and commit the file",
            ]
        );
    }

    /// As if the operation had been called so before.
    fn renamed(text: String) -> Option<String> {
        Some(text.replace("convertMesh", "convert"))
    }

    #[test]
    fn what_is_breaking_is_told_with_the_way_to_accept_it() {
        let broken = told(Mode::Check, renamed);
        assert!(!broken.writes);
        assert_eq!(
            broken.errors,
            [
                "wsdl/Mesher.wsdl: the service no longer fits its contract",
                "  MesherService.convert: the operation is now called convertMesh",
                ACCEPTING,
            ]
        );
        let accepted = told(Mode::Accept, renamed);
        assert!(accepted.writes && accepted.errors.is_empty());
        assert_eq!(
            accepted.notes,
            [
                "wsdl/Mesher.wsdl is written as the service is now; commit it",
                "  accepted: MesherService.convert: the operation is now called convertMesh",
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_wsdl_is_told_and_can_be_replaced() {
        let no_wsdl = |_| Some("<<<<<<< HEAD".to_owned());
        let told_of = told(Mode::Check, no_wsdl);
        assert_eq!(told_of.errors.last().map(String::as_str), Some(ACCEPTING), "{told_of:?}");
        assert!(told_of.errors[0].contains("Mesher.wsdl"), "{told_of:?}");
        assert!(told(Mode::Accept, no_wsdl).writes);
    }
}
