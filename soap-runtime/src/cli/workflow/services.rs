//! The services of a workflow, each bound to an operation of a WSDL.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::bindings::Bindings;
use super::check::Services;
use super::findings::Findings;
use super::model::{Service, Step, Workflow};
use super::scope;
use crate::cli::execution::{Kind, SESSION_TOKEN};
use crate::cli::failure::Failure;
use crate::cli::load;
use crate::client::dynamic::{Call, Record, Shape};
use crate::client::{Http, HttpOptions};
use crate::envelope::Version;
use crate::wsdl::model::{Body, Definitions, Message, Operation, QName};

/// An operation at a port.
#[derive(Debug)]
pub(super) struct Bound {
    definitions: Arc<Definitions>,
    service: usize,
    port: usize,
    operation: usize,
}

impl Bound {
    /// The operation at the first port that has it; at one for SOAP 1.1, if there is a choice.
    pub(super) fn new(definitions: Arc<Definitions>, name: &str) -> Result<Self, Failure> {
        let mut found = Vec::new();
        for (service, all) in definitions.services.iter().enumerate() {
            for (port, all) in all.ports.iter().enumerate() {
                let operation = all.operations.iter().position(|operation| operation.name == name);
                found.extend(operation.map(|operation| (all.version != Version::Soap11, service, port, operation)));
            }
        }
        let Some((_, service, port, operation)) = found.into_iter().min() else {
            return Err(unknown(&definitions, name));
        };
        let bound = Self { definitions, service, port, operation };
        match &bound.call().operation.unsupported {
            Some(reason) => Err(Failure::usage(format!("`{name}` {reason}"))),
            None => Ok(bound),
        }
    }

    pub(super) fn call(&self) -> Call<'_> {
        let port = &self.definitions.services[self.service].ports[self.port];
        Call::new(&self.definitions, port, &port.operations[self.operation])
    }

    pub(super) fn operation(&self) -> &str {
        &self.call().operation.name
    }

    pub(super) fn kind(&self) -> Kind {
        Kind::of(&self.call())
    }

    /// Whether nothing goes without the user's login.
    pub(super) fn needs_token(&self) -> bool {
        self.call().inputs().any(|input| input.name.local == SESSION_TOKEN && input.min > 0)
    }

    pub(super) fn address(&self) -> &str {
        &self.definitions.services[self.service].ports[self.port].address
    }

    pub(super) fn transport(&self, options: &HttpOptions) -> Result<Http, Failure> {
        Http::new(self.address(), options.clone()).map_err(|error| Failure::usage(error.to_string()))
    }

    /// What is known of the values of an output.
    pub(super) fn kind_of(&self, output: &str) -> scope::Kind {
        let Some(element) = self.call().outputs().iter().find(|element| element.name.local == output) else {
            return scope::Kind::Unknown;
        };
        match Shape::of(&self.definitions, &element.ty) {
            Shape::Simple(simple) => {
                simple.builtin().map_or(scope::Kind::Unknown, |ty| scope::Kind::Simple(ty.to_owned()))
            }
            Shape::Structure(_) => scope::Kind::Structure,
            Shape::Any => scope::Kind::Unknown,
        }
    }

    /// Why the input `name` cannot be `value`.
    pub(super) fn refuses(&self, name: &str, value: &str) -> Option<String> {
        let call = self.call();
        let input = call.inputs().find(|input| input.name.local == name)?;
        // A message of this one argument: the others get their values later.
        let body = Body::Wrapped { element: QName::new("", call.operation.name.clone()), parts: vec![input.clone()] };
        let operation = Operation { input: Message { body, headers: Vec::new() }, ..Operation::default() };
        let arguments = Record::from_iter([(name.to_owned(), Value::from(value))]);
        let alone = Call::new(call.definitions, call.port, &operation);
        alone.prepare(&arguments).err().map(|error| error.to_string())
    }
}

fn unknown(definitions: &Definitions, name: &str) -> Failure {
    // Its sentences name what there is.
    match definitions.ports().next() {
        Some((_, port)) => match crate::cli::select::operation(port, name) {
            Err(failure) => failure,
            Ok(near) => Failure::usage(format!("there is no operation `{name}`; did you mean `{}`?", near.name)),
        },
        None => Failure::usage("the WSDL has no port for SOAP"),
    }
}

/// What was found out about where the services of a workflow are.
pub(super) struct Loaded {
    pub(super) services: Services,
    /// A WSDL could not be had, which is no mistake of the workflow's.
    pub(super) lacks_wsdl: bool,
}

/// Loads the WSDL of each service, each once. What goes wrong is among `findings`.
pub(super) async fn load(
    workflow: &Workflow,
    file: &Path,
    bindings: &Bindings,
    options: &HttpOptions,
    findings: &mut Findings,
) -> Loaded {
    let mut loaded = Loaded { services: Services::new(), lacks_wsdl: false };
    // Without those that cannot be had, which is said once.
    let mut wsdls: HashMap<String, Option<Arc<Definitions>>> = HashMap::new();
    for service in services_of(&workflow.steps) {
        let binding = match bindings.of(service, file) {
            Ok(binding) => binding,
            Err(message) => {
                findings.add(service.at, message);
                continue;
            }
        };
        if !wsdls.contains_key(&binding.wsdl) {
            let definitions = load::definitions(&binding.wsdl, options).await.map(Arc::new);
            if let Err(failure) = &definitions {
                loaded.lacks_wsdl = true;
                findings.add(service.at, failure.sentence());
            }
            wsdls.insert(binding.wsdl.clone(), definitions.ok());
        }
        let Some(definitions) = &wsdls[&binding.wsdl] else { continue };
        match Bound::new(Arc::clone(definitions), &binding.operation) {
            Ok(bound) => drop(loaded.services.insert(service.number, Arc::new(bound))),
            Err(failure) => {
                let more = failure.more().iter().map(|line| format!("; {line}")).collect::<String>();
                findings.add(service.at, format!("{}{more}", failure.sentence()));
            }
        }
    }
    loaded
}

fn services_of(steps: &[Step]) -> Vec<&Service> {
    let of = |step| match step {
        &Step::EndIf(_) => Vec::new(),
        Step::Service(service) => vec![service],
        Step::If(branches) => [services_of(&branches.then), services_of(&branches.otherwise)].concat(),
        Step::Repeat(repeat) => services_of(&repeat.steps),
    };
    steps.iter().flat_map(of).collect()
}
