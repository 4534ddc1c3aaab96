//! The wires of one service, beside what its WSDL says.

use crate::cli::execution::{EXTRA_PARAMETERS, SERVICE_ID, SESSION_TOKEN};
use crate::cli::workflow::findings::instead_of;
use crate::cli::workflow::model::{Service, Source};
use crate::cli::workflow::plan::{Call, From};
use crate::cli::workflow::scope::{Kind, Made, Scope};
use crate::cli::workflow::services::Bound;
use crate::xml::cut;

use super::Checker;

impl Checker<'_> {
    pub(super) fn call(&mut self, service: &Service, scope: &mut Scope) -> Option<Call> {
        let bound = self.services.get(&service.number).cloned();
        if let Some(bound) = &bound {
            let call = bound.call();
            let inputs: Vec<_> = call.inputs().map(|input| &*input.name.local).collect();
            let outputs: Vec<_> = call.outputs().iter().map(|output| &*output.name.local).collect();
            self.known_names(service, bound.operation(), &inputs, &outputs);
            self.needed(service, bound);
        }
        let inputs = self.wires(service, bound.as_deref(), scope);
        let outputs = self.makes(service, bound.as_deref(), scope);
        Some(Call { number: service.number, at: service.at, service: bound?, inputs, outputs })
    }

    /// That each name is known, and there once.
    pub(super) fn known_names(&mut self, service: &Service, of: &str, inputs: &[&str], outputs: &[&str]) {
        let said_inputs = service.inputs.iter().map(|input| (&input.name, input.at)).collect();
        let said_outputs = service.outputs.iter().map(|output| (&output.name, output.at)).collect();
        let both: [(&str, Vec<_>, &[&str]); 2] = [("input", said_inputs, inputs), ("output", said_outputs, outputs)];
        for (what, said, known) in both {
            for (index, (name, at)) in said.iter().enumerate() {
                let shown = cut(name);
                if said[..index].iter().any(|(before, _)| before == name) {
                    self.findings.add(*at, format!("the {what} `{shown}` is there twice"));
                } else if !known.contains(&name.as_str()) {
                    let instead = instead_of(name, known.iter().copied());
                    self.findings.add(*at, format!("`{of}` has no {what} `{shown}`; {instead}"));
                }
            }
        }
    }

    /// That what the service needs is wired.
    fn needed(&mut self, service: &Service, bound: &Bound) {
        for input in bound.call().inputs() {
            let name = input.name.local.as_str();
            let wire = service.inputs.iter().find(|input| input.name == name);
            let at = wire.map_or(service.at, |wire| wire.at);
            let is_wired = wire.is_some_and(|wire| wire.source != Source::Nothing);
            let of = bound.operation();
            let message = match name {
                SERVICE_ID if is_wired => format!(
                    "the workflow manager gives each execution a `{SERVICE_ID}` of its own; leave this input out"
                ),
                SERVICE_ID => continue,
                SESSION_TOKEN if matches!(wire.map(|wire| &wire.source), Some(Source::Constant(_))) => {
                    format!("a session token does not belong in a file; wire `{SESSION_TOKEN}` to that of the workflow")
                }
                _ if is_wired => continue,
                SESSION_TOKEN | EXTRA_PARAMETERS => format!(
                    "the input `{name}` of `{of}` is not wired, and the workflow manager does not do it by itself; \
                     give the workflow an input `#{name}`, and this one its ID"
                ),
                _ if input.min == 0 || input.nillable || input.default.is_some() => continue,
                _ => format!("`{of}` needs the input `{name}`; wire it by an `ID`, or give it a `value`"),
            };
            self.findings.add(at, message);
        }
    }

    fn wires(&mut self, service: &Service, bound: Option<&Bound>, scope: &Scope) -> Vec<(String, From)> {
        let mut wires = Vec::new();
        for input in &service.inputs {
            let Some(from) = self.source(input, scope) else { continue };
            match &from {
                From::Id(id) => self.names.add(&input.name, id),
                From::Constant(value) => {
                    if let Some(reason) = bound.and_then(|bound| bound.refuses(&input.name, value)) {
                        self.findings.add(input.at, reason);
                    }
                }
            }
            wires.push((input.name.clone(), from));
        }
        wires
    }

    fn makes(&mut self, service: &Service, bound: Option<&Bound>, scope: &mut Scope) -> Vec<(String, String)> {
        let mut made = Vec::new();
        for output in &service.outputs {
            let Some(id) = &output.id else { continue };
            let kind = bound.map_or(Kind::Unknown, |bound| bound.kind_of(&output.name));
            self.names.add(&output.name, id);
            self.make(scope, id, Made { at: output.at, kind });
            made.push((output.name.clone(), id.clone()));
        }
        made
    }
}
