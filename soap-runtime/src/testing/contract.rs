//! Services that have to fit their committed WSDLs, or the test fails.

use std::path::Path;

use crate::files::{self, in_package};
use crate::http::{DEFAULT_LISTEN, address_at};
use crate::wsdl::contract::{Contract, Mode, Told};
use crate::{SoapService, Wsdl};

/// Compares the service `S` with the committed WSDL in `file`, and panics if it no longer fits.
///
/// What is breaking, what is written and how to accept it is as with `soap_runtime::build::lock`, which
/// does the same in a build script: `SOAP_LOCK=accept cargo test` writes the file as the service is now. A file
/// that is missing is written, but not where the variable `CI` is set. What is only compatible is told on
/// standard error. A relative path starts from the folder of the package.
///
/// ```no_run
/// use soap_runtime::soap_service;
/// use soap_runtime::testing::assert_contract;
///
/// struct Adder;
///
/// #[soap_service]
/// impl Adder {
///     #[operation(outputs(sum))]
///     fn add(&self, a: f64, b: f64) -> f64 {
///         a + b
///     }
/// }
///
/// // #[test]
/// fn the_adder_fits_its_contract() {
///     assert_contract::<Adder>("wsdl/Adder.wsdl");
/// }
/// ```
///
/// # Panics
/// If the service no longer fits, if the file cannot be read or written, or if the service breaks a rule.
#[track_caller]
pub fn assert_contract<S: SoapService>(file: impl AsRef<Path>) {
    let checked = Mode::from_environment().and_then(|mode| check::<S>(file.as_ref(), mode));
    if let Err(error) = checked {
        panic!("{error}");
    }
}

fn check<S: SoapService>(file: &Path, mode: Mode) -> Result<(), String> {
    let wsdl = Wsdl::of::<S>().map_err(|error| error.to_string())?;
    let document = wsdl.at(&address_at(DEFAULT_LISTEN, None, "", &S::definition().description.path));
    let (name, path) = (file.display().to_string(), in_package(file));
    let contract = Contract { name: &name, file: &path, document: &document, command: "cargo test" };
    let Told { errors, notes, writes } = contract.check(mode);
    notes.iter().for_each(|note| eprintln!("{note}"));
    if writes {
        let folder = path.parent().unwrap_or(Path::new("."));
        let written = std::fs::create_dir_all(folder).and_then(|()| files::replace(&path, document.as_bytes()));
        written.map_err(|error| format!("{name} cannot be written: {error}"))?;
    }
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap_service;

    struct Adder;

    #[soap_service(path = "/math/Adder")]
    impl Adder {
        #[operation(outputs(sum))]
        fn add(&self, a: f64, b: f64) -> f64 {
            a + b
        }
    }

    #[test]
    fn a_service_fits_what_was_written_of_it_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("wsdl/Adder.wsdl");
        let check = |mode| check::<Adder>(&file, mode);
        let read = || std::fs::read_to_string(&file).expect("it was written");
        let missing = check(Mode::CheckOnly).expect_err("nobody would commit it");
        assert!(missing.contains("wsdl/Adder.wsdl is missing") && missing.contains("`cargo test`"), "{missing}");
        assert_eq!(check(Mode::Check), Ok(()));
        let written = read();
        assert!(written.contains("http://localhost:8080/math/Adder"), "{written}");
        assert_eq!(check(Mode::CheckOnly), Ok(()));

        // As if the argument had been called so before.
        let before = written.replace("name=\"b\"", "name=\"second\"");
        std::fs::write(&file, &before).expect("it is ours");
        let name = file.display();
        let expected = format!(
            "{name}: the service no longer fits its contract\n  Adder.add: the input second is now called b\n\
             to accept it, and have the file written: SOAP_LOCK=accept cargo test, with the arguments that you gave"
        );
        assert_eq!(check(Mode::Check), Err(expected));
        assert_eq!(read(), before);
        assert_eq!(check(Mode::Accept), Ok(()));
        assert_eq!(read(), written);

        // What is compatible passes, and stays as it was written.
        let narrower = written.replace("name=\"b\" type=\"xs:double\"", "name=\"b\" type=\"xs:float\"");
        assert_ne!(narrower, written);
        std::fs::write(&file, &narrower).expect("it is ours");
        assert_eq!(check(Mode::Check), Ok(()));
        assert_eq!(read(), narrower);
    }
}
