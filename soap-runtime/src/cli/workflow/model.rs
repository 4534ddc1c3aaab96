//! What a workflow file says, as it says it: nothing is resolved, and nothing proves right.

use super::condition::Condition;
use crate::xml::Position;

/// `<workflow>`.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Workflow {
    pub(super) inputs: Vec<Parameter>,
    pub(super) outputs: Vec<Input>,
    pub(super) steps: Vec<Step>,
}

/// `<input>` of the whole workflow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// What follows `#` in its URI.
    pub(super) name: String,
    /// What steps call it.
    pub(super) id: String,
    /// Its value, if none is given.
    pub(super) default: Option<String>,
    pub(super) at: Position,
}

/// `<input>` of a service, and `<output>` of the whole workflow: what takes a value from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Input {
    /// What follows `#` in its URI.
    pub(super) name: String,
    pub(super) source: Source,
    pub(super) at: Position,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Id(String),
    Constant(String),
    /// It is not wired.
    Nothing,
}

/// `<output>` of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) name: String,
    /// `None`: nobody takes it.
    pub(super) id: Option<String>,
    pub(super) at: Position,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Service(Service),
    /// The platform's service that joins the branches of an `<if>`.
    EndIf(Service),
    If(If),
    Repeat(Repeat),
}

/// `<service>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Service {
    /// Counted from 1 in the order of the file; those of `EndIf` are not counted.
    pub(super) number: usize,
    pub(super) uri: String,
    /// What this program adds to the platform's format.
    pub(super) wsdl: Option<String>,
    pub(super) operation: Option<String>,
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    pub(super) at: Position,
}

/// `<if>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct If {
    /// `None`: it is missing or cannot be understood, and that has been said.
    pub(super) condition: Option<Condition>,
    pub(super) then: Vec<Step>,
    pub(super) otherwise: Vec<Step>,
}

/// `<repeat-until>`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub(super) steps: Vec<Step>,
    /// As for `<if>`.
    pub(super) condition: Option<Condition>,
}

/// What follows the last `#` of a URI.
pub(super) fn fragment(uri: &str) -> Option<&str> {
    uri.rsplit_once('#').map(|(_, fragment)| fragment.trim()).filter(|fragment| !fragment.is_empty())
}
