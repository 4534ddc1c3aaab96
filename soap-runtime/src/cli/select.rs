//! The port and the operation that are meant, and what to say if there are none of that name.

use super::failure::Failure;
use super::options::ServiceOptions;
use crate::client::dynamic::nearest;
use crate::envelope::Version;
use crate::wsdl::model::{Definitions, Operation, Port, Service};

/// The port that `--service` and `--port` name; without them the only one, or the first one for SOAP 1.1.
pub(crate) fn port<'d>(
    definitions: &'d Definitions,
    options: &ServiceOptions,
) -> Result<(&'d Service, &'d Port), Failure> {
    let service = service(definitions, options.service.as_deref())?;
    let port = match &options.port {
        Some(name) => {
            let names = service.ports.iter().map(|port| &*port.name);
            let of = format!("the service `{}`", service.name.local);
            by_name(&service.ports, |port| &port.name, name).ok_or_else(|| unknown("port", name, &of, names))?
        }
        None => {
            let first = service.ports.iter().find(|port| port.version == Version::Soap11);
            let none = || Failure::usage(format!("the service `{}` has no port for SOAP", service.name.local));
            first.or(service.ports.first()).ok_or_else(none)?
        }
    };
    Ok((service, port))
}

fn service<'d>(definitions: &'d Definitions, name: Option<&str>) -> Result<&'d Service, Failure> {
    let services = &definitions.services;
    let names = || services.iter().map(|service| &*service.name.local);
    match (name, &services[..]) {
        (None, []) => Err(Failure::usage("the WSDL has no service")),
        (None, [only]) => Ok(only),
        (None, _) => {
            let with_ports: Vec<_> = services.iter().filter(|service| !service.ports.is_empty()).collect();
            match &with_ports[..] {
                [only] => Ok(only),
                _ => Err(Failure::usage("the WSDL has several services; choose one with --service").with(all(names()))),
            }
        }
        (Some(name), _) => by_name(services, |service| &service.name.local, name)
            .ok_or_else(|| unknown("service", name, "the WSDL", names())),
    }
}

/// The operation `name` of a port, in any case of its letters if that is clear.
pub(crate) fn operation<'d>(port: &'d Port, name: &str) -> Result<&'d Operation, Failure> {
    let names = port.operations.iter().map(|operation| &*operation.name);
    by_name(&port.operations, |operation| &operation.name, name)
        .ok_or_else(|| unknown("operation", name, &format!("the port `{}`", port.name), names))
}

/// The same, if it can be called from here.
pub(crate) fn callable<'d>(port: &'d Port, name: &str) -> Result<&'d Operation, Failure> {
    let operation = operation(port, name)?;
    match &operation.unsupported {
        None => Ok(operation),
        Some(reason) => Err(Failure::usage(format!("`{}` {reason}", operation.name))),
    }
}

/// The one of that very name, else the only one that differs in upper and lower case.
fn by_name<'a, T>(all: &'a [T], name_of: impl Fn(&T) -> &str, name: &str) -> Option<&'a T> {
    all.iter().find(|one| name_of(one) == name).or_else(|| {
        let mut alike = all.iter().filter(|one| name_of(one).eq_ignore_ascii_case(name));
        alike.next().filter(|_| alike.next().is_none())
    })
}

/// That there is no such thing, the nearest name, and all that there are.
fn unknown<'a>(what: &str, name: &str, of: &str, names: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let hint = match nearest(name, names.clone()) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => String::new(),
    };
    Failure::usage(format!("{of} has no {what} `{name}`{hint}")).with(all(names))
}

fn all<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<_> = names.collect();
    (!names.is_empty()).then(|| format!("there are: {}", names.join(", ")))
}
