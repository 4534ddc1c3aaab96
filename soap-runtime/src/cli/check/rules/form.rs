//! How the WSDL says it: names, styles, ports.

use crate::envelope::Version;
use crate::wsdl::model::{Body, Element, Operation};

use super::super::evidence::Evidence;
use super::super::judgement::{Finding, Judgement};
use super::super::subject::{
    ABORT, EXTRA_PARAMETERS, GET_STATUS, NOTIFY, SERVICE_ID, SESSION_TOKEN, STATUS, alike, inputs, outputs, plain,
};
use super::signatures::is_meant;

pub(super) fn reserved_names(evidence: &Evidence<'_>) -> Judgement {
    let subject = evidence.subject;
    let mut findings = Vec::new();
    for operation in &subject.port.operations {
        let name = &operation.name;
        let meant = [GET_STATUS, ABORT, NOTIFY].into_iter().find(|known| known != name && plain(known) == plain(name));
        findings.extend(meant.map(|known| misspelt(name, known, "operations")));
        let place = format!("inputs of {name}");
        // Where they have to be there, a rule of its own says that they are not.
        let must_have = subject.starts.iter().copied().chain(subject.helpers()).any(|one| one.name == *name);
        let reserved: &[&str] =
            if must_have { &[EXTRA_PARAMETERS] } else { &[SERVICE_ID, SESSION_TOKEN, EXTRA_PARAMETERS] };
        let pairs = inputs(operation).iter().flat_map(|input| reserved.iter().map(move |known| (input, *known)));
        let pairs = pairs.filter(|(input, known)| is_meant(input, known));
        findings.extend(pairs.map(|(input, known)| misspelt(&input.name.local, known, &place)));
        let is_status = |output: &&Element| !must_have && output.name.local != STATUS && alike(output, STATUS);
        let place = format!("outputs of {name}");
        findings
            .extend(outputs(operation).iter().filter(is_status).map(|one| misspelt(&one.name.local, STATUS, &place)));
    }
    Judgement::of(findings)
}

fn misspelt(name: &str, known: &str, place: &str) -> Finding {
    let what = format!("`{name}` looks like the platform's `{known}`, and is not it");
    Finding::new(what, place, format!("call it `{known}` if that is meant, else quite differently"))
}

pub(super) fn style(evidence: &Evidence<'_>) -> Judgement {
    let operations = &evidence.subject.port.operations;
    // The second one of a name cannot be called, which another rule says.
    let first = operations.iter().enumerate().filter(|(at, one)| !is_repeated(operations, *at, one));
    Judgement::of(first.filter_map(|(_, operation)| style_of(operation)).collect())
}

fn is_repeated(operations: &[Operation], at: usize, operation: &Operation) -> bool {
    operations[..at].iter().any(|one| one.name == operation.name)
}

fn style_of(operation: &Operation) -> Option<Finding> {
    let place = format!("binding of {}", operation.name);
    const MEND: &str = "make it document/literal wrapped, or rpc/literal";
    if let Some(why) = &operation.unsupported {
        return Some(Finding::new(format!("`{}` {why}", operation.name), place, MEND));
    }
    let Some(output) = &operation.output else {
        let what = format!("`{}` has no answer", operation.name);
        return Some(Finding::new(what, place, "give it an output, if workflows are to call it").mild());
    };
    let is_bare = [&operation.input.body, &output.body].into_iter().any(|body| matches!(body, Body::Bare(_)));
    let what =
        || format!("a message of `{}` is one bare element: it has no names of inputs or outputs", operation.name);
    is_bare.then(|| Finding::new(what(), place, MEND).mild())
}

pub(super) fn soap11_port(evidence: &Evidence<'_>) -> Judgement {
    let service = evidence.subject.service;
    let is_there = service.ports.iter().any(|port| port.version == Version::Soap11);
    let missing = (!is_there).then(|| {
        Finding::new("all ports are for SOAP 1.2", format!("service {}", service.name.local), "add a port for SOAP 1.1")
    });
    Judgement::of(missing.into_iter().collect())
}

pub(super) fn operation_names(evidence: &Evidence<'_>) -> Judgement {
    let operations = &evidence.subject.port.operations;
    let again = operations.iter().enumerate().filter(|(at, one)| is_repeated(operations, *at, one));
    let findings = again.map(|(_, operation)| {
        let place = format!("port type {}", evidence.subject.port.port_type.local);
        Finding::new(format!("there are two operations `{}`", operation.name), place, "give one of them another name")
    });
    Judgement::of(findings.collect())
}
