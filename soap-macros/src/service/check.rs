//! The rules of XML and WSDL that a service can break.

use super::model::{Kind, Operation, Service};
use super::{client, contract, jobs, messages};
use crate::errors::{Checked, Errors};
use crate::naming::{Name, refuse_no_xml_name, refuse_repeated};

/// The service without the operations that break a rule.
pub(super) fn service(service: Service, errors: &mut Errors) -> Checked<Service> {
    const RULES: &[fn(&mut Service, &mut Errors)] = &[
        |service, errors| refuse_no_xml_name(&service.name, errors),
        |service, errors| refuse_bad_path(&service.path, errors),
        |service, errors| refuse_bad_namespace(&service.namespace, errors),
        check_operations,
        |service, errors| refuse_operations_of_one_name(&service.operations, errors),
        |service, errors| refuse_name_of_an_answer(&service.operations, errors),
        |service, errors| messages::check(service, errors),
        |service, errors| contract::check(service, errors),
        |service, errors| jobs::check_keys(service, errors),
        |service, errors| client::refuse_taken_names(service, errors),
    ];
    Checked::by(service, RULES, errors)
}

fn check_operations(service: &mut Service, errors: &mut Errors) {
    service.operations.retain(|operation| errors.scope(|errors| check_operation(operation, errors)).is_some());
}

fn check_operation(operation: &Operation, errors: &mut Errors) {
    let (headers, arguments): (Vec<_>, Vec<_>) = operation.parameters.iter().partition(|parameter| parameter.is_header);
    refuse_no_xml_name(&operation.name, errors);
    operation.parameters.iter().for_each(|parameter| refuse_no_xml_name(&parameter.name, errors));
    operation.outputs.iter().for_each(|name| refuse_no_xml_name(name, errors));
    refuse_repeated(arguments.iter().map(|parameter| &parameter.name), "parameters", errors);
    refuse_repeated(headers.iter().map(|parameter| &parameter.name), "headers", errors);
    refuse_repeated(&operation.outputs, "outputs", errors);
    messages::check_operation(operation, errors);
    refuse_many_outputs(&operation.outputs, errors);
    if operation.kind() == Kind::Job {
        jobs::check_job(operation, errors);
    }
}

fn refuse_many_outputs(outputs: &[Name], errors: &mut Errors) {
    const MOST: usize = 12;
    if let Some(first_over) = outputs.get(MOST) {
        let message = format!("`outputs` takes at most {MOST} names; return a struct with `#[derive(SoapOutput)]`");
        errors.at_name(first_over, message);
    }
}

fn refuse_bad_path(path: &Name, errors: &mut Errors) {
    let text = path.text.as_str();
    let problem = if !text.starts_with('/') {
        "must begin with `/`"
    } else if text.contains(['?', '#']) {
        "must not hold `?` or `#`, where the path of a URL ends"
    } else if text.contains(char::is_whitespace) {
        "must not hold white space"
    } else if text.split('/').any(|segment| segment == "..") {
        "must not hold `..`"
    } else {
        return;
    };
    errors.at_name(path, format!("the path `{text}` {problem}; say `path = \"/waiter/Waiter\"`"));
}

pub(super) fn refuse_bad_namespace(namespace: &Name, errors: &mut Errors) {
    let mend = "say `namespace = \"urn:service:Waiter\"`, or leave it out";
    if namespace.text.is_empty() {
        errors.at_name(namespace, format!("the namespace is empty; {mend}"));
    } else if namespace.text.contains(char::is_whitespace) {
        errors.at_name(namespace, format!("the namespace `{}` holds white space; {mend}", namespace.text));
    }
}

fn refuse_operations_of_one_name(operations: &[Operation], errors: &mut Errors) {
    for (at, operation) in operations.iter().enumerate() {
        let name = &operation.name;
        if let Some(first) = operations[..at].iter().find(|other| other.name.text == name.text) {
            let (is, mark) = (first.kind().word(), operation.kind().word());
            let message = format!(
                "the method `{}` is the {is} `{}` already; rename one with `#[{mark}(name = \"…\")]`",
                first.ident, name.text,
            );
            errors.at_name(name, message);
        }
    }
}

/// The answer to `add` is the element `addResponse`, and one element stands for one thing.
fn refuse_name_of_an_answer(operations: &[Operation], errors: &mut Errors) {
    let own = operations.iter().map(|operation| operation.name.text.as_str());
    let names: Vec<&str> = own.chain(jobs::added_names(operations).iter().copied()).collect();
    for Operation { name, .. } in operations {
        let Some(asked) = name.text.strip_suffix("Response") else { continue };
        if names.contains(&asked) {
            let message = format!("`{}` is the element of the answer to `{asked}`; rename one of them", name.text);
            errors.at_name(name, message);
        }
    }
}
