//! `wsdl`: the descriptions of services, as a server with these settings would send them.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};

use super::Failure;
use super::output;
use super::settings::Settings;
use crate::dispatch::Service;
use crate::files;
use crate::wsdl::Wsdl;

pub(super) const WSDL: &str = "wsdl";
const SERVICE: &str = "service";
const OUTPUT: &str = "output";

pub(super) fn command() -> clap::Command {
    let service = Arg::new(SERVICE).long(SERVICE).value_name("NAME").help("Which one, if there are several");
    let output = Arg::new(OUTPUT)
        .short('o')
        .long(OUTPUT)
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("Writes it to this file; into a folder, FOLDER/, as NAME.wsdl, and then those of all services");
    clap::Command::new(WSDL).about("Prints the WSDL of a service and ends").arg(service).arg(output)
}

/// Where the documents go.
enum Destination<'a> {
    Standard,
    File(&'a Path),
    Folder(&'a Path),
}

impl<'a> Destination<'a> {
    fn of(arguments: &'a ArgMatches) -> Self {
        match arguments.get_one::<PathBuf>(OUTPUT) {
            None => Self::Standard,
            Some(path) if path.as_os_str() == "-" => Self::Standard,
            Some(path) if path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/") => Self::Folder(path),
            Some(path) => Self::File(path),
        }
    }
}

/// Does what the arguments say.
pub(super) fn run(services: &[Service], settings: &Settings, arguments: &ArgMatches) -> Result<(), Failure> {
    let document = |service: &Service| {
        let description = service.description();
        Wsdl::new(description).at(&settings.address(&settings.listen, &description.path))
    };
    let wanted = arguments.get_one::<String>(SERVICE).map(String::as_str);
    match Destination::of(arguments) {
        Destination::Standard => {
            let document = document(the_one(services, wanted)?);
            output::print(|out| out.write_all(document.as_bytes()))
                .map_err(|error| Failure(format!("the WSDL cannot be printed: {error}")))
        }
        Destination::File(file) => write(file, &document(the_one(services, wanted)?)),
        Destination::Folder(folder) => {
            let services = if wanted.is_some() { std::slice::from_ref(the_one(services, wanted)?) } else { services };
            std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
            let file = |service: &Service| folder.join(format!("{}.wsdl", service.description().name));
            services.iter().try_for_each(|service| write(&file(service), &document(service)))
        }
    }
}

fn write(file: &Path, document: &str) -> Result<(), Failure> {
    files::replace(file, document.as_bytes()).map_err(|error| unwritable(file, &error))
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("{} cannot be written: {error}", path.display()))
}

/// The service that is meant.
fn the_one<'a>(services: &'a [Service], wanted: Option<&str>) -> Result<&'a Service, Failure> {
    let names = || services.iter().map(|service| service.description().name).collect::<Vec<_>>().join(", ");
    match (wanted, services) {
        (None, [one]) => Ok(one),
        (None, _) => {
            Err(Failure(format!("say which one with --service: {}; or write all into a folder, -o FOLDER/", names())))
        }
        (Some(wanted), _) => {
            let found = services.iter().find(|service| service.description().name == wanted);
            found.ok_or_else(|| Failure(format!("there is no service `{wanted}`; there is {}", names())))
        }
    }
}
