//! What the platform's workflow manager expects of a service, as far as names show it.
//!
//! Outputs that a struct names are seen by the runtime only, which checks the same.

use super::model::Operation;
use crate::errors::Errors;
use crate::naming::Name;

const STATUS_METHOD: &str = "getServiceStatus";
const STATUS_OUTPUT: &str = "status_base64";
const EXECUTION: &str = "serviceID";

/// The methods that the platform calls by name, with the arguments that it sends.
const CALLED: [(&str, &str); 3] = [
    (STATUS_METHOD, "serviceID, sessionToken"),
    ("abortService", "serviceID, sessionToken"),
    ("notifyService", "serviceID, sessionToken, message"),
];

pub(super) fn check(operations: &[Operation], errors: &mut Errors) {
    operations.iter().for_each(|operation| refuse_no_execution(operation, errors));
    let Some(status) = operations.iter().find(|operation| operation.name.text == STATUS_METHOD) else { return };
    if status.outputs.is_empty() {
        return;
    }
    refuse_other_first_output(status, errors);
    let starts = |operation: &&Operation| {
        operation.name.text != STATUS_METHOD && operation.outputs.iter().any(|name| name.text == STATUS_OUTPUT)
    };
    operations.iter().filter(starts).for_each(|start| refuse_other_outputs(status, start, errors));
}

/// The execution is found by nothing but its id.
fn refuse_no_execution(operation: &Operation, errors: &mut Errors) {
    let Some((name, arguments)) = CALLED.iter().find(|(name, _)| *name == operation.name.text) else { return };
    if operation.parameters.iter().all(|parameter| parameter.name.text != EXECUTION) {
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
fn refuse_other_outputs(status: &Operation, start: &Operation, errors: &mut Errors) {
    let rule = format!("`{STATUS_METHOD}` must return the outputs of `{}`", start.name.text);
    let extra = lacking(&start.outputs, &status.outputs);
    let missing = lacking(&status.outputs, &start.outputs);
    for name in &extra {
        errors.at_name(name, format!("{rule}: `{}` is none of them", name.text));
    }
    if let Some(last) = status.outputs.last().filter(|_| !missing.is_empty()) {
        let is = if missing.len() == 1 { "is" } else { "are" };
        let missing = crate::keys::listed(missing.iter().map(|name| name.text.as_str()));
        errors.at_name(last, format!("{rule}: {missing} {is} missing"));
    } else if extra.is_empty() {
        refuse_other_order(status, start, &rule, errors);
    }
}

/// Those of `expected` that `names` lacks.
fn lacking<'a>(names: &[Name], expected: &'a [Name]) -> Vec<&'a Name> {
    expected.iter().filter(|name| names.iter().all(|other| other.text != name.text)).collect()
}

fn refuse_other_order(status: &Operation, start: &Operation, rule: &str, errors: &mut Errors) {
    let mut pairs = status.outputs.iter().zip(&start.outputs);
    if let Some((name, expected)) = pairs.find(|(name, expected)| name.text != expected.text) {
        errors.at_name(name, format!("{rule} in the same order: `{}` comes before `{}`", expected.text, name.text));
    }
}
