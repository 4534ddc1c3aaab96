//! What the operations take and give.

use crate::wsdl::model::{Definitions, Element, Operation, TypeRef};

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::subject::{
    EXTRA_PARAMETERS, GET_STATUS, MESSAGE, SERVICE_ID, SESSION_TOKEN, STATUS, alike, inputs, outputs,
};

pub(super) fn status_outputs(evidence: &Evidence<'_>) -> Judgement {
    let subject = evidence.subject;
    let Some(status) = subject.status else { return no_operation(GET_STATUS) };
    let differences = subject.starts.iter().filter_map(|start| {
        let what = difference(subject.definitions, start, status)?;
        let mend =
            format!("give `{GET_STATUS}` the outputs of `{}`, in the same order and of the same types", start.name);
        Some(Finding::new(what, format!("outputs of {GET_STATUS}"), mend))
    });
    Judgement::of(differences.collect())
}

/// The first one.
fn difference(definitions: &Definitions, start: &Operation, status: &Operation) -> Option<String> {
    let name = &start.name;
    let (wanted, found) = (outputs(start), outputs(status));
    let has = |all: &[Element], one: &Element| all.iter().any(|other| other.name.local == one.name.local);
    if let Some(missing) = wanted.iter().find(|output| !has(found, output)) {
        return Some(format!("`{}` is missing, which `{name}` has", missing.name.local));
    }
    if let Some(extra) = found.iter().find(|output| !has(wanted, output)) {
        return Some(format!("`{}` is there, which `{name}` has not", extra.name.local));
    }
    if let Some((wanted, found)) =
        wanted.iter().zip(found).find(|(wanted, found)| wanted.name.local != found.name.local)
    {
        let (wanted, found) = (&wanted.name.local, &found.name.local);
        return Some(format!("the order is another one than in `{name}`: `{found}` stands where `{wanted}` has to be"));
    }
    let (wanted, found) =
        wanted.iter().zip(found).find(|(wanted, found)| !is_same(definitions, &wanted.ty, &found.ty))?;
    let [wanted_type, found_type] = [wanted, found].map(|output| type_name(&output.ty));
    Some(format!("`{}` is {found_type}, and {wanted_type} in `{name}`", found.name.local))
}

fn is_same(definitions: &Definitions, one: &TypeRef, other: &TypeRef) -> bool {
    match (definitions.builtin(one), definitions.builtin(other)) {
        (None, None) => one == other,
        (one, other) => one == other,
    }
}

fn type_name(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Builtin(name) => format!("`{name}`"),
        TypeRef::Named(name) => format!("`{}`", name.local),
        TypeRef::Anonymous(_) => "a type without a name".to_owned(),
    }
}

pub(super) fn status_base64(evidence: &Evidence<'_>) -> Judgement {
    let subject = evidence.subject;
    if subject.starts.is_empty() {
        return match subject.status {
            None => Judgement::does_not_apply("the service has no start method"),
            Some(_) => Judgement::Found(vec![Finding::new(
                format!("`{GET_STATUS}` is there, and no operation that starts anything"),
                "operations",
                format!("add a start method with the outputs of `{GET_STATUS}`"),
            )]),
        };
    }
    let wrong = subject.starts.iter().filter_map(|start| {
        let place = format!("outputs of {}", start.name);
        let outputs = outputs(start);
        let at = outputs.iter().position(|output| output.name.local == STATUS);
        let (what, mend) = match at {
            None => match outputs.iter().find(|output| alike(output, STATUS)) {
                Some(misspelt) => (
                    format!("`{}` stands where `{STATUS}` has to be", misspelt.name.local),
                    format!("call it `{STATUS}`, to the letter"),
                ),
                None => (format!("`{STATUS}` is missing"), format!("make `{STATUS}`, a string, the first output")),
            },
            Some(0) if subject.definitions.builtin(&outputs[0].ty) == Some("string") => return None,
            Some(0) => (
                format!("`{STATUS}` is {}", type_name(&outputs[0].ty)),
                "make it a string: the bare words UNCHANGED and COMPLETED are values, too".to_owned(),
            ),
            Some(at) => {
                (format!("`{STATUS}` is output {} of {}", at + 1, outputs.len()), "make it the first one".to_owned())
            }
        };
        Some(Finding::new(what, place, mend))
    });
    Judgement::of(wrong.collect())
}

pub(super) fn start_inputs(evidence: &Evidence<'_>) -> Judgement {
    let subject = evidence.subject;
    if subject.starts.is_empty() {
        return Judgement::does_not_apply("the service has no start method");
    }
    let starts = subject.starts.iter();
    Judgement::of(starts.flat_map(|start| missing_inputs(evidence, start, &[SERVICE_ID, SESSION_TOKEN])).collect())
}

pub(super) fn status_inputs(evidence: &Evidence<'_>) -> Judgement {
    let Some(status) = evidence.subject.status else { return no_operation(GET_STATUS) };
    Judgement::of(exact_inputs(evidence, status, &[SERVICE_ID, SESSION_TOKEN]))
}

pub(super) fn abort_signature(evidence: &Evidence<'_>) -> Judgement {
    let Some(abort) = evidence.subject.abort else { return no_operation(super::super::subject::ABORT) };
    let mut findings = exact_inputs(evidence, abort, &[SERVICE_ID, SESSION_TOKEN]);
    let is_right = match outputs(abort) {
        [only] => evidence.subject.definitions.builtin(&only.ty) == Some("boolean"),
        _ => false,
    };
    if !is_right {
        findings.push(Finding::new(
            format!("the outputs are {}", listed(outputs(abort))),
            format!("outputs of {}", abort.name),
            "give it one output, a boolean; `success` is its usual name",
        ));
    }
    Judgement::of(findings)
}

pub(super) fn notify_signature(evidence: &Evidence<'_>) -> Judgement {
    let Some(notify) = evidence.subject.notify else { return no_operation(super::super::subject::NOTIFY) };
    let mut findings = exact_inputs(evidence, notify, &[SERVICE_ID, SESSION_TOKEN, MESSAGE]);
    let is_right = match outputs(notify) {
        [only] => only.name.local == "response" && evidence.subject.definitions.builtin(&only.ty) == Some("string"),
        _ => false,
    };
    if !is_right {
        findings.push(Finding::new(
            format!("the outputs are {}", listed(outputs(notify))),
            format!("outputs of {}", notify.name),
            "give it one output, the string `response`",
        ));
    }
    Judgement::of(findings)
}

/// What the platform fills in is there, as strings, and nothing else is needed.
fn exact_inputs(evidence: &Evidence<'_>, operation: &Operation, names: &[&str]) -> Vec<Finding> {
    let mut findings = missing_inputs(evidence, operation, names);
    let is_known = |input: &Element| {
        let name = input.name.local.as_str();
        name == EXTRA_PARAMETERS || names.contains(&name) || names.iter().any(|wanted| is_meant(input, wanted))
    };
    let more = inputs(operation).iter().filter(|input| input.min > 0 && input.default.is_none() && !is_known(input));
    findings.extend(more.map(|input| {
        let name = &input.name.local;
        let what = format!("`{name}` has to be given, and the platform does not know it");
        Finding::new(
            what,
            format!("inputs of {}", operation.name),
            format!("leave `{name}` out, or let it be optional"),
        )
    }));
    findings
}

fn missing_inputs(evidence: &Evidence<'_>, operation: &Operation, names: &[&str]) -> Vec<Finding> {
    let place = || format!("inputs of {}", operation.name);
    let all = inputs(operation);
    let wrong = names.iter().filter_map(|name| {
        let Some(input) = all.iter().find(|input| input.name.local == *name) else {
            let misspelt = all.iter().find(|input| is_meant(input, name));
            let what = match misspelt {
                Some(input) => format!("`{}` stands where `{name}` has to be", input.name.local),
                None => format!("`{name}` is missing"),
            };
            let mend = match misspelt {
                Some(_) => format!("call it `{name}`, to the letter: the platform fills it in by its name"),
                None => format!("add the string `{name}`"),
            };
            return Some(Finding::new(what, place(), mend));
        };
        (evidence.subject.definitions.builtin(&input.ty) != Some("string"))
            .then(|| Finding::new(format!("`{name}` is {}", type_name(&input.ty)), place(), "make it a string"))
    });
    wrong.collect()
}

/// Whether a platform's name is meant by one that is not quite it.
pub(super) fn is_meant(element: &Element, name: &str) -> bool {
    let is_session = || ["sessionid", "session"].contains(&super::super::subject::plain(&element.name.local).as_str());
    element.name.local != name && (alike(element, name) || (name == SESSION_TOKEN && is_session()))
}

fn listed(outputs: &[Element]) -> String {
    let all: Vec<_> = outputs
        .iter()
        .map(|output| format!("`{}` ({})", output.name.local, type_name(&output.ty).trim_matches('`')))
        .collect();
    if all.is_empty() { "none".to_owned() } else { all.join(", ") }
}

fn no_operation(name: &str) -> Judgement {
    Judgement::does_not_apply(format!("the service has no {name}"))
}
