//! A workflow that is right: every name is resolved, every service is known.

use std::sync::Arc;

use crate::xml::Position;

use super::condition::Condition;
use super::model::Parameter;
use super::services::Bound;

/// What is to be done.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) inputs: Vec<Parameter>,
    /// The outputs of the workflow, and where they come from.
    pub(super) outputs: Vec<(String, From)>,
    pub(super) steps: Vec<Step>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum From {
    Id(String),
    Constant(String),
}

#[derive(Debug)]
pub(super) enum Step {
    Call(Call),
    If(If),
    /// Takes one of two values, by the branch of the `<if>` with that number that ran.
    Join {
        branches: usize,
        then: From,
        otherwise: From,
        id: String,
    },
    Repeat {
        steps: Vec<Step>,
        test: Test,
    },
}

/// One service with its wires.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) number: usize,
    pub(super) at: Position,
    pub(super) service: Arc<Bound>,
    /// By the names of the arguments.
    pub(super) inputs: Vec<(String, From)>,
    /// Which output gets which ID.
    pub(super) outputs: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) struct If {
    /// Counted, so that what joins its branches finds it.
    pub(super) number: usize,
    pub(super) test: Test,
    pub(super) then: Vec<Step>,
    pub(super) otherwise: Vec<Step>,
}

/// A condition on the value with an ID.
#[derive(Debug)]
pub(super) struct Test {
    pub(super) condition: Condition,
    pub(super) id: String,
}

impl Plan {
    /// All services, in the order of the file.
    pub(super) fn calls(&self) -> Vec<&Call> {
        let mut calls = Vec::new();
        collect(&self.steps, &mut calls);
        calls
    }

    /// For people: a line for each step, indented by what it stands in.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(self.inputs.iter().map(|input| match &input.default {
            Some(default) => format!("input {} = {default}", input.name),
            None => format!("input {}", input.name),
        }));
        describe(&self.steps, 0, &mut lines);
        lines.extend(self.outputs.iter().map(|(name, from)| format!("output {name} = {}", from.shown())));
        lines
    }
}

impl From {
    fn shown(&self) -> String {
        match self {
            Self::Id(id) => id.clone(),
            Self::Constant(value) => format!("{value:?}"),
        }
    }
}

fn collect<'p>(steps: &'p [Step], calls: &mut Vec<&'p Call>) {
    for step in steps {
        match step {
            Step::Call(call) => calls.push(call),
            Step::If(branches) => {
                collect(&branches.then, calls);
                collect(&branches.otherwise, calls);
            }
            Step::Repeat { steps, .. } => collect(steps, calls),
            Step::Join { .. } => {}
        }
    }
}

fn describe(steps: &[Step], depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    for step in steps {
        match step {
            Step::Call(call) => {
                let inputs: Vec<_> =
                    call.inputs.iter().map(|(name, from)| format!("{name}={}", from.shown())).collect();
                let outputs: Vec<_> = call.outputs.iter().map(|(name, id)| format!("{name} as {id}")).collect();
                let gives = if outputs.is_empty() { String::new() } else { format!(" gives {}", outputs.join(", ")) };
                let (service, number) = (&call.service, call.number);
                let kind = service.kind().word();
                lines.push(format!("{indent}{number}. {}({}){gives}", service.operation(), inputs.join(", ")));
                lines.push(format!("{indent}   {kind}, at {}", service.address()));
            }
            Step::If(branches) => {
                lines.push(format!("{indent}if {}", branches.test.condition));
                describe(&branches.then, depth + 1, lines);
                if !branches.otherwise.is_empty() {
                    lines.push(format!("{indent}else"));
                    describe(&branches.otherwise, depth + 1, lines);
                }
            }
            Step::Join { then, otherwise, id, .. } => {
                lines.push(format!("{indent}{id} = {}, or {} after else", then.shown(), otherwise.shown()));
            }
            Step::Repeat { steps, test } => {
                lines.push(format!("{indent}repeat"));
                describe(steps, depth + 1, lines);
                lines.push(format!("{indent}as long as {}", test.condition));
            }
        }
    }
}
