//! Which operation a request is for.

use crate::describe::{Body, OperationDescription, ServiceDescription};
use crate::fault::Fault;
use crate::wsdl::soap_action;
use crate::xml::{Element, cut};

/// The operation whose element this is; an element in no namespace is taken for ours.
pub(super) fn by_element(service: &ServiceDescription, element: &Element<'_, '_>) -> Result<usize, Fault> {
    // There are few of them: to compare is faster than to hash.
    let name = element.local_name();
    match service.operations.iter().position(|operation| operation.request == name && !is_empty(operation)) {
        Some(at) if [&*service.namespace, ""].contains(&element.namespace()) => return Ok(at),
        _ => {}
    }
    let names: Vec<_> = service
        .operations
        .iter()
        .filter(|operation| !is_empty(operation))
        .map(|operation| &*operation.request)
        .collect();
    let message = format!(
        "no operation `{}` in namespace `{}`; `{}` has, in namespace `{}`: {}",
        cut(element.local_name()),
        cut(element.namespace()),
        service.name,
        service.namespace,
        names.join(", "),
    );
    Err(not_found(message))
}

/// The operation that a request with an empty Body is for: the one that `action` names, of those that
/// take nothing. `nothing` is the fault where there are none.
pub(super) fn by_action(
    service: &ServiceDescription,
    action: Option<&str>,
    nothing: impl FnOnce() -> Fault,
) -> Result<usize, Fault> {
    let candidates: Vec<_> =
        service.operations.iter().enumerate().filter(|(_, operation)| is_empty(operation)).collect();
    let action = action.unwrap_or_default();
    match &candidates[..] {
        [] => return Err(nothing()),
        [(at, _)] if action.is_empty() => return Ok(*at),
        _ => {}
    }
    let is_named =
        |operation: &OperationDescription| operation.name == action || soap_action(service, operation) == action;
    match candidates.iter().find(|(_, operation)| is_named(operation)) {
        Some((at, _)) => Ok(*at),
        None => {
            let actions = candidates.iter().map(|(_, operation)| soap_action(service, operation));
            let message = format!(
                "the Body is empty, and the action `{}` is that of no operation that takes nothing; there are: {}",
                cut(action),
                actions.collect::<Vec<_>>().join(", "),
            );
            Err(not_found(message))
        }
    }
}

/// Whether its requests have an empty Body.
fn is_empty(operation: &OperationDescription) -> bool {
    operation.body == Body::Bare && operation.input.is_empty()
}

fn not_found(message: String) -> Fault {
    Fault::client(message).with_subcode("ResourceNotFound")
}
