//! What the platform's workflow manager expects of a service, as far as names show it.
//!
//! Outputs that a struct names are seen by the runtime only, which checks the same.

use super::jobs::{self, STATUS_OUTPUT};
use super::model::{Kind, Operation, Service};
use crate::errors::Errors;
use crate::naming::Name;

const STATUS_METHOD: &str = "getServiceStatus";
const EXECUTION: &str = "serviceID";

/// The methods that the platform calls by name, with the arguments that it sends.
const CALLED: [(&str, &str); 3] = [
    (STATUS_METHOD, "serviceID, sessionToken"),
    ("abortService", "serviceID, sessionToken"),
    ("notifyService", "serviceID, sessionToken, message"),
];

/// One that is foreign may name its operations as it likes.
pub(super) fn check(service: &Service, errors: &mut Errors) {
    if !service.is_foreign {
        check_operations(&service.operations, errors);
    }
}

fn check_operations(operations: &[Operation], errors: &mut Errors) {
    operations.iter().for_each(|operation| refuse_no_execution(operation, errors));
    refuse_names_on_some_jobs(operations, errors);
    let starts: Vec<&Operation> = operations.iter().filter(|operation| is_start(operation)).collect();
    let named_job = starts.iter().find(|start| start.kind() == Kind::Job);
    let status = operations.iter().find(|operation| operation.name.text == STATUS_METHOD);
    let status = status.filter(|status| !status.outputs.is_empty());
    if let Some(status) = status {
        refuse_other_first_output(status, errors);
    }
    match (named_job, status) {
        (Some(job), status) => {
            // Where all start methods have the outputs of this job, one comparison is enough.
            starts.iter().for_each(|start| refuse_outputs_of_another_start(start, job, errors));
            status.into_iter().for_each(|status| refuse_outputs_of_no_start(status, job, errors));
        }
        (None, Some(status)) => starts.iter().for_each(|start| refuse_outputs_of_no_start(status, start, errors)),
        (None, None) => {}
    }
}

/// Whether it starts an execution, and names what comes of it.
fn is_start(operation: &Operation) -> bool {
    operation.name.text != STATUS_METHOD && published_outputs(operation).iter().any(|name| name.text == STATUS_OUTPUT)
}

/// The names of the outputs as the platform sees them; none if a type names them.
fn published_outputs(operation: &Operation) -> Vec<Name> {
    let named_job = operation.kind() == Kind::Job && !operation.outputs.is_empty();
    let added = named_job.then(|| Name { text: STATUS_OUTPUT.to_owned(), span: operation.name.span });
    added.into_iter().chain(operation.outputs.iter().cloned()).collect()
}

/// The execution is found by nothing but its id.
fn refuse_no_execution(operation: &Operation, errors: &mut Errors) {
    let Some((name, arguments)) = CALLED.iter().find(|(name, _)| *name == operation.name.text) else { return };
    if operation.parameters.iter().all(|parameter| parameter.is_header || parameter.name.text != EXECUTION) {
        let message = format!(
            "`{name}` needs the argument `{EXECUTION}`: the platform calls `{name}({arguments})`, and only \
             `{EXECUTION}` says which execution is meant; add `service_id: ServiceId`",
        );
        errors.at_name(&operation.name, message);
    }
}

fn refuse_other_first_output(status: &Operation, errors: &mut Errors) {
    if let Some(first) = status.outputs.first().filter(|first| first.text != STATUS_OUTPUT) {
        let message = format!("the first output of `{STATUS_METHOD}` must be `{STATUS_OUTPUT}`, not `{}`", first.text);
        errors.at_name(first, message);
    }
}

/// The workflow manager reads the signature off the start method, and the final values off the
/// last answer of `getServiceStatus`.
fn refuse_outputs_of_no_start(status: &Operation, start: &Operation, errors: &mut Errors) {
    let rule = Rule { must: format!("`{STATUS_METHOD}` must return the outputs of `{}`", start.name.text), reason: "" };
    rule.refuse_others(&status.outputs, &published_outputs(start), errors);
}

const ONE_STATUS: &str = "; the workflow manager reads the outputs of all start methods off one `getServiceStatus`";

fn refuse_outputs_of_another_start(start: &Operation, job: &Operation, errors: &mut Errors) {
    let rule = Rule { must: must_return_the_same(start, job), reason: ONE_STATUS };
    rule.refuse_others(&published_outputs(start), &published_outputs(job), errors);
}

/// Names that stand in an attribute cannot be compared with those that a type gives.
fn refuse_names_on_some_jobs(operations: &[Operation], errors: &mut Errors) {
    let mut jobs = jobs::among(operations);
    let Some(first) = jobs.next() else { return };
    for job in jobs.filter(|job| job.outputs.is_empty() != first.outputs.is_empty()) {
        let must = must_return_the_same(job, first);
        let message = "name them with `outputs(…)` on both jobs, or return the same struct from both";
        errors.at_name(&job.name, format!("{must}: {message}{ONE_STATUS}"));
    }
}

fn must_return_the_same(start: &Operation, job: &Operation) -> String {
    let (kind, name) = (start.kind().word(), &start.name.text);
    format!("the {kind} `{name}` must return the outputs of the job `{}`", job.name.text)
}

/// That the outputs of one operation be those of another one.
struct Rule {
    must: String,
    /// What follows the complaint.
    reason: &'static str,
}

impl Rule {
    fn refuse_others(&self, names: &[Name], expected: &[Name], errors: &mut Errors) {
        let Self { must, reason } = self;
        let extra = lacking(expected, names);
        let missing = lacking(names, expected);
        for name in &extra {
            errors.at_name(name, format!("{must}: `{}` is none of them{reason}", name.text));
        }
        if let Some(last) = names.last().filter(|_| !missing.is_empty()) {
            let is = if missing.len() == 1 { "is" } else { "are" };
            let missing = crate::keys::listed(missing.iter().map(|name| name.text.as_str()));
            errors.at_name(last, format!("{must}: {missing} {is} missing{reason}"));
        } else if extra.is_empty() {
            self.refuse_other_order(names, expected, errors);
        }
    }

    fn refuse_other_order(&self, names: &[Name], expected: &[Name], errors: &mut Errors) {
        let Self { must, reason } = self;
        let mut pairs = names.iter().zip(expected);
        if let Some((name, expected)) = pairs.find(|(name, expected)| name.text != expected.text) {
            let message = format!("`{}` comes before `{}`{reason}", expected.text, name.text);
            errors.at_name(name, format!("{must} in the same order: {message}"));
        }
    }
}

/// Those of `expected` that `names` lacks.
fn lacking<'a>(names: &[Name], expected: &'a [Name]) -> Vec<&'a Name> {
    expected.iter().filter(|name| names.iter().all(|other| other.text != name.text)).collect()
}
