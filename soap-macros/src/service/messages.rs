//! The rules of messages: what their forms do not go with.

use super::model::{Kind, Messages, Operation, Service, Style};
use crate::errors::Errors;
use crate::naming::{Name, refuse_no_xml_name, refuse_repeated};

/// What an operation by itself can get wrong.
pub(super) fn check_operation(operation: &Operation, errors: &mut Errors) {
    let Messages { request, response, .. } = &operation.messages;
    request.iter().chain(response).chain(&operation.headers).for_each(|name| refuse_no_xml_name(name, errors));
    refuse_repeated(&operation.headers, "headers", errors);
    refuse_many_headers(&operation.headers, errors);
    refuse_more_than_one_thing_in_a_bare_body(operation, errors);
    refuse_reply_of_a_one_way_operation(operation, errors);
}

/// What operations get wrong together.
pub(super) fn check(service: &Service, errors: &mut Errors) {
    refuse_requests_of_one_name(&service.operations, errors);
    if service.style == Style::Rpc {
        service.operations.iter().for_each(|operation| refuse_what_rpc_cannot_say(operation, errors));
    }
}

fn refuse_many_headers(headers: &[Name], errors: &mut Errors) {
    const MOST: usize = 8;
    if let Some(first_over) = headers.get(MOST) {
        errors.at_name(first_over, format!("`headers` takes at most {MOST} names; join some of them in a struct"));
    }
}

fn refuse_more_than_one_thing_in_a_bare_body(operation: &Operation, errors: &mut Errors) {
    if operation.messages.bare.is_none() {
        return;
    }
    let mut arguments = operation.parameters.iter().filter(|parameter| !parameter.is_header);
    if let Some(second) = arguments.nth(1) {
        let message = format!(
            "a `bare` operation has at most one argument, for that is its whole message, and `{}` is a second one; \
             put them into a struct, or leave `bare` out",
            second.name.text,
        );
        errors.at_name(&second.name, message);
    }
    if let Some(second) = operation.outputs.get(1) {
        let message = "a `bare` operation has at most one output, for that is its whole message; return a struct, or \
                       leave `bare` out";
        errors.at_name(second, message);
    }
}

fn refuse_reply_of_a_one_way_operation(operation: &Operation, errors: &mut Errors) {
    if operation.messages.one_way.is_none() {
        return;
    }
    let Operation { outputs, headers, messages, .. } = operation;
    for (word, name) in
        [("outputs", outputs.first()), ("headers", headers.first()), ("response", messages.response.as_ref())]
    {
        if let Some(name) = name {
            let message =
                format!("a `one_way` operation has no reply, and `{word}` says something of it; leave one out");
            errors.at_name(name, message);
        }
    }
}

/// The element in the Body says which operation is meant.
fn refuse_requests_of_one_name(operations: &[Operation], errors: &mut Errors) {
    for (at, operation) in operations.iter().enumerate() {
        let request = operation.request();
        let same = |other: &&Operation| other.request().text == request.text && other.name.text != operation.name.text;
        if let Some(first) = operations[..at].iter().find(same) {
            let message = format!(
                "the request of `{}` is the element `{}` already, and nothing else says which operation is meant; give \
                 one of them another `request`",
                first.name.text, request.text,
            );
            errors.at_name(request, message);
        }
    }
}

fn refuse_what_rpc_cannot_say(operation: &Operation, errors: &mut Errors) {
    let Messages { bare, request, response, .. } = &operation.messages;
    if let Some(word) = bare {
        let message = "`bare` does not go with `style = \"rpc\"`, where the Body always holds an element with the name \
                       of the operation; leave one out";
        errors.at(word, message);
    }
    for (word, name) in [("request", request), ("response", response)] {
        if let Some(name) = name {
            let message = format!(
                "`{word}` does not go with `style = \"rpc\"`, where the element has the name of the operation (WSDL 1.1 \
                 §3.5); use `name`",
            );
            errors.at_name(name, message);
        }
    }
    if operation.kind() == Kind::Job {
        let message = "a job does not go with `style = \"rpc\"`: its outputs have no values until it has ended, and \
                       rpc/literal can neither leave one out nor say that it is nil (Basic Profile 1.1 R2211)";
        errors.at_name(&operation.name, message);
    }
}
