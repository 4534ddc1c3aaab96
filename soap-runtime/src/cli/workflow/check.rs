//! From what a workflow file says to a plan, and to all that is wrong with its wires.

mod calls;
mod names;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use crate::cli::execution::SESSION_TOKEN;
use crate::xml::{Position, cut};

use super::condition::{Condition, integer};
use super::findings::Findings;
use super::model::{self, Input, Source, Workflow};
use super::plan::{From, If, Plan, Step, Test};
use super::scope::{Kind, Made, Scope};
use super::services::Bound;
use names::Names;

/// The services that are known, by their numbers.
pub(super) type Services = HashMap<usize, Arc<Bound>>;

/// The plan, which is complete only if nothing is found.
pub(super) fn check(workflow: &Workflow, services: &Services, findings: &mut Findings) -> Plan {
    let mut checker = Checker { services, findings, names: Names::of(workflow), branches: 0 };
    let mut scope = checker.inputs(workflow);
    let steps = checker.steps(&workflow.steps, &mut scope);
    let outputs = checker.outputs(workflow, &scope);
    Plan { inputs: workflow.inputs.clone(), outputs, steps }
}

struct Checker<'w> {
    services: &'w Services,
    findings: &'w mut Findings,
    names: Names,
    /// How many `<if>` there were.
    branches: usize,
}

/// The last `<if>` of a sequence, and what was known at the end of its branches.
struct Branches {
    number: usize,
    then: Scope,
    otherwise: Scope,
}

impl Checker<'_> {
    fn inputs(&mut self, workflow: &Workflow) -> Scope {
        let mut scope = Scope::default();
        for (at, input) in workflow.inputs.iter().enumerate() {
            if workflow.inputs[..at].iter().any(|before| before.name == input.name) {
                self.findings.add(input.at, format!("the workflow has two inputs `{}`", cut(&input.name)));
            }
            let kind = match input.name.as_str() {
                SESSION_TOKEN => Kind::Token,
                _ => Kind::Input(input.default.clone()),
            };
            if input.name == SESSION_TOKEN && input.default.is_some() {
                let message = "a session token does not belong in a file; it comes from the environment";
                self.findings.add(input.at, message);
            }
            self.names.add(&input.name, &input.id);
            self.make(&mut scope, &input.id, Made { at: input.at, kind });
        }
        scope
    }

    fn outputs(&mut self, workflow: &Workflow, scope: &Scope) -> Vec<(String, From)> {
        let mut outputs: Vec<(String, From)> = Vec::new();
        for output in &workflow.outputs {
            let name = &output.name;
            if outputs.iter().any(|(before, _)| before == name) {
                self.findings.add(output.at, format!("the workflow has two outputs `{}`", cut(name)));
            }
            match self.source(output, scope) {
                Some(from) => outputs.push((name.clone(), from)),
                None if output.source == Source::Nothing => {
                    let message = format!("the output `{}` is not wired; say its `ID`, or leave it out", cut(name));
                    self.findings.add(output.at, message);
                }
                None => {}
            }
        }
        outputs
    }

    fn steps(&mut self, steps: &[model::Step], scope: &mut Scope) -> Vec<Step> {
        let mut planned = Vec::new();
        let mut last = None;
        for step in steps {
            match step {
                model::Step::Service(service) => planned.extend(self.call(service, scope).map(Step::Call)),
                model::Step::EndIf(service) => planned.extend(self.join(service, last.as_ref(), scope)),
                model::Step::If(branches) => {
                    let (step, ends) = self.branches(branches, scope);
                    planned.extend(step.map(Step::If));
                    last = Some(ends);
                }
                model::Step::Repeat(repeat) => planned.extend(self.repeat(repeat, scope)),
            }
        }
        planned
    }

    fn branches(&mut self, branches: &model::If, scope: &mut Scope) -> (Option<If>, Branches) {
        let number = self.branches;
        self.branches += 1;
        let test = branches.condition.as_ref().and_then(|condition| self.test(condition, scope));
        let mut ends = Branches { number, then: scope.clone(), otherwise: scope.clone() };
        let then = self.steps(&branches.then, &mut ends.then);
        let otherwise = self.steps(&branches.otherwise, &mut ends.otherwise);
        *scope = Scope::joined(&ends.then, &ends.otherwise);
        (test.map(|test| If { number, test, then, otherwise }), ends)
    }

    fn repeat(&mut self, repeat: &model::Repeat, scope: &mut Scope) -> Option<Step> {
        let mut inner = scope.in_loop();
        let steps = self.steps(&repeat.steps, &mut inner);
        let test = repeat.condition.as_ref().and_then(|condition| self.test(condition, &inner));
        *scope = scope.after_loop(inner);
        Some(Step::Repeat { steps, test: test? })
    }

    fn join(&mut self, service: &model::Service, last: Option<&Branches>, scope: &mut Scope) -> Option<Step> {
        const INPUTS: [&str; 2] = ["Then_Out", "Else_Out"];
        const OUTPUT: &str = "ITE_Out";
        self.known_names(service, "EndIf", &INPUTS, &[OUTPUT]);
        let id = service.outputs.iter().find(|output| output.name == OUTPUT).and_then(|output| output.id.as_ref())?;
        let Some(last) = last else {
            self.findings.add(service.at, "there is no `<if>` before this in its sequence, which it could join");
            return None;
        };
        let [then, otherwise] = INPUTS.map(|name| service.inputs.iter().find(|input| input.name == name));
        let is_wired = |input: Option<&Input>| input.is_some_and(|input| input.source != Source::Nothing);
        for (input, name) in [(then, INPUTS[0]), (otherwise, INPUTS[1])] {
            if !is_wired(input) {
                let message = format!("`{name}` is not wired, so that `{}` may have no value; say its `ID`", cut(id));
                self.findings.add(input.map_or(service.at, |input| input.at), message);
            }
        }
        let then = then.and_then(|input| self.source(input, &last.then));
        let otherwise = otherwise.and_then(|input| self.source(input, &last.otherwise));
        let kind = match then.as_ref().zip(then_kind(then.as_ref(), &last.then)) {
            Some((_, kind)) => kind,
            None => Kind::Unknown,
        };
        self.names.add(OUTPUT, id);
        self.make(scope, id, Made { at: service.at, kind });
        Some(Step::Join { branches: last.number, then: then?, otherwise: otherwise?, id: id.clone() })
    }

    fn test(&mut self, condition: &Condition, scope: &Scope) -> Option<Test> {
        let id = match self.names.resolve(&condition.variable, scope) {
            Ok(id) => id,
            Err(message) => {
                self.findings.add(condition.at, message);
                return None;
            }
        };
        let reason = match scope.get(&id).map(|made| &made.kind) {
            Some(Kind::Input(Some(default))) => integer(default).err().map(|reason| reason + " unless it is given"),
            Some(Kind::Token) => Some("is the session token, which is no whole number".to_owned()),
            Some(Kind::Structure) => Some("has elements in it, and is no whole number".to_owned()),
            Some(Kind::Simple(ty)) if NO_NUMBERS.contains(&ty.as_str()) => {
                Some(format!("is of type xs:{ty}, and never a whole number"))
            }
            _ => None,
        };
        if let Some(reason) = reason {
            self.findings.add(condition.at, format!("in `{condition}`, `{}` {reason}", condition.variable));
        }
        Some(Test { condition: condition.clone(), id })
    }

    /// What an input is wired to. That it is wired to nothing is the business of whoever asks.
    fn source(&mut self, input: &Input, scope: &Scope) -> Option<From> {
        match &input.source {
            Source::Constant(value) => Some(From::Constant(value.clone())),
            Source::Nothing => None,
            Source::Id(id) => match self.names.missing(id, scope) {
                None => Some(From::Id(id.clone())),
                Some(message) => {
                    self.findings.add(input.at, message);
                    None
                }
            },
        }
    }

    fn make(&mut self, scope: &mut Scope, id: &str, made: Made) {
        let at = made.at;
        if let Err(Position { line, column }) = scope.make(id, made) {
            let message = format!(
                "the ID `{}` has a value from line {line}, column {column} on; take another one (only in a \
                 `<repeat-until>` can a value from before it be replaced)",
                cut(id)
            );
            self.findings.add(at, message);
        }
    }
}

/// Types whose values cannot be whole numbers.
const NO_NUMBERS: [&str; 12] = [
    "boolean",
    "base64Binary",
    "hexBinary",
    "date",
    "dateTime",
    "time",
    "duration",
    "anyURI",
    "QName",
    "gYearMonth",
    "gMonthDay",
    "language",
];

fn then_kind(from: Option<&From>, scope: &Scope) -> Option<Kind> {
    match from? {
        From::Id(id) => scope.get(id).map(|made| made.kind.clone()),
        From::Constant(value) => Some(Kind::Input(Some(value.clone()))),
    }
}
