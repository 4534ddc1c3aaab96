//! The rules that jobs bring with them: what the framework adds to a service is not the author's to name.

use super::model::{Kind, OnFailure, Operation, Service};
use crate::errors::Errors;
use crate::keys;
use crate::naming::{Name, refuse_no_xml_name};

/// The output that every start operation begins with.
pub(super) const STATUS_OUTPUT: &str = "status_base64";

/// The arguments that every start operation begins with, and how a method gets at them.
pub(super) const ARGUMENTS: [(&str, &str); 2] =
    [("serviceID", "job.service_id()"), ("sessionToken", "job.session_token()")];

/// The operations beside the start operations; those that the author wrote are not added.
pub(super) const OPERATIONS: [&str; 3] = [STATUS, ABORT, "notifyService"];
pub(super) const STATUS: &str = "getServiceStatus";
pub(super) const ABORT: &str = "abortService";

/// The jobs among `operations`.
pub(super) fn among(operations: &[Operation]) -> impl Iterator<Item = &Operation> {
    operations.iter().filter(|operation| operation.kind() == Kind::Job)
}

/// The names of the operations that are added to `operations`, or that the author wrote in their place.
pub(super) fn added_names(operations: &[Operation]) -> &'static [&'static str] {
    if among(operations).next().is_some() { &OPERATIONS } else { &[] }
}

/// Those that are added.
pub(super) fn lacking(operations: &[Operation]) -> impl Iterator<Item = &'static str> {
    let has = |name: &str| operations.iter().any(|operation| operation.name.text == name);
    added_names(operations).iter().copied().filter(move |name| !has(name))
}

/// What a job by itself can get wrong.
pub(super) fn check_job(job: &Operation, errors: &mut Errors) {
    refuse_name_of_an_added_operation(&job.name, errors);
    job.parameters.iter().for_each(|parameter| refuse_name_of_an_added_argument(&parameter.name, errors));
    job.outputs.iter().for_each(|output| refuse_name_of_the_added_output(output, errors));
}

fn refuse_name_of_an_added_operation(name: &Name, errors: &mut Errors) {
    if OPERATIONS.contains(&name.text.as_str()) {
        let message = format!(
            "`{}` is what the platform calls while a job runs; call the job otherwise, `#[job(name = \"…\")]`",
            name.text,
        );
        errors.at_name(name, message);
    }
}

fn refuse_name_of_an_added_argument(name: &Name, errors: &mut Errors) {
    if let Some((argument, getter)) = ARGUMENTS.iter().find(|(argument, _)| *argument == name.text) {
        let message = format!("`{argument}` is an argument of every job already; the handle has it: `{getter}`");
        errors.at_name(name, message);
    }
}

fn refuse_name_of_the_added_output(name: &Name, errors: &mut Errors) {
    if name.text == STATUS_OUTPUT {
        let message = format!("`{STATUS_OUTPUT}` is the first output of every job already; name what comes after it");
        errors.at_name(name, message);
    }
}

/// What the keys of the service say about its jobs.
pub(super) fn check_keys(service: &Service, errors: &mut Errors) {
    if let OnFailure::Complete(output) = &service.on_failure {
        refuse_no_output_of_a_job(output, &service.operations, errors);
    }
    if let Some(output) = &service.abort_output {
        refuse_no_xml_name(output, errors);
        refuse_output_of_another_abort(output, &service.operations, errors);
    }
}

/// Where a type names the outputs, the runtime sees to it.
fn refuse_no_output_of_a_job(output: &Name, operations: &[Operation], errors: &mut Errors) {
    if among(operations).any(|job| job.outputs.is_empty()) {
        return refuse_no_xml_name(output, errors);
    }
    let lacks_it = |job: &&Operation| job.outputs.iter().all(|name| name.text != output.text);
    if let Some(job) = among(operations).find(lacks_it) {
        let known = keys::listed(job.outputs.iter().map(|name| name.text.as_str()));
        let message = format!("`{}` is no output of the job `{}`, which has {known}", output.text, job.name.text);
        errors.at_name(output, message);
    }
}

fn refuse_output_of_another_abort(output: &Name, operations: &[Operation], errors: &mut Errors) {
    if operations.iter().any(|operation| operation.name.text == ABORT) {
        let message = "`abort_output` is for the `abortService` that jobs bring with them, and this service has its \
                       own; leave it out";
        errors.at_name(output, message);
    }
}
