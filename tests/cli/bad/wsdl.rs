//! Its WSDL.

use super::wrong::Wrong;

/// An operation: its name, and what it takes and gives, by name and type.
struct Operation {
    name: &'static str,
    inputs: Vec<(&'static str, &'static str)>,
    outputs: Vec<(&'static str, &'static str)>,
}

const ID: (&str, &str) = ("serviceID", "string");
const TOKEN: (&str, &str) = ("sessionToken", "string");
const STATUS: (&str, &str) = ("status_base64", "string");
const RESULT: (&str, &str) = ("result", "string");
const COUNT: (&str, &str) = ("count", "int");
const MESSAGE: (&str, &str) = ("message", "string");

fn operation(
    name: &'static str,
    inputs: &[(&'static str, &'static str)],
    outputs: &[(&'static str, &'static str)],
) -> Operation {
    Operation { name, inputs: inputs.to_vec(), outputs: outputs.to_vec() }
}

fn operations(wrong: Wrong) -> Vec<Operation> {
    let mut start =
        operation("startTicks", &[ID, TOKEN, ("text", "string"), ("ticks", "int")], &[STATUS, RESULT, COUNT]);
    let mut status = operation("getServiceStatus", &[ID, TOKEN], &[STATUS, RESULT, COUNT]);
    let mut abort = operation("abortService", &[ID, TOKEN], &[("success", "boolean")]);
    let mut notify = operation("notifyService", &[ID, TOKEN, MESSAGE], &[("response", "string")]);
    let mut more = Vec::new();
    let both = |start: &mut Operation, status: &mut Operation, outputs: &[(&'static str, &'static str)]| {
        start.outputs = outputs.to_vec();
        status.outputs = outputs.to_vec();
    };
    match wrong {
        Wrong::StatusLacksOutput => status.outputs = vec![STATUS, RESULT],
        Wrong::StatusHasMore => status.outputs.push(("more", "string")),
        Wrong::StatusInOtherOrder => status.outputs = vec![STATUS, COUNT, RESULT],
        Wrong::StatusOfOtherType => status.outputs = vec![STATUS, RESULT, ("count", "string")],
        Wrong::NoStatusBase64 => both(&mut start, &mut status, &[RESULT, COUNT]),
        Wrong::StatusBase64Last => both(&mut start, &mut status, &[RESULT, COUNT, STATUS]),
        Wrong::StatusBase64Binary => {
            both(&mut start, &mut status, &[("status_base64", "base64Binary"), RESULT, COUNT]);
        }
        Wrong::StatusBase64Misspelt => both(&mut start, &mut status, &[("statusBase64", "string"), RESULT, COUNT]),
        Wrong::StartWithoutToken => start.inputs = vec![ID, ("text", "string"), ("ticks", "int")],
        Wrong::StartWithMisspeltId => start.inputs[0] = ("serviceId", "string"),
        Wrong::StatusWithoutId => status.inputs = vec![TOKEN],
        Wrong::StatusWantsMore => status.inputs.push(("verbose", "boolean")),
        Wrong::AbortGivesText => abort.outputs = vec![("success", "string")],
        Wrong::AbortWithoutToken => abort.inputs = vec![ID],
        Wrong::NotifyWithoutMessage => notify.inputs = vec![ID, TOKEN],
        Wrong::NotifyGivesOther => notify.outputs = vec![("answer", "string")],
        Wrong::MisspeltExtraParameters => start.inputs.push(("extra_parameters", "string")),
        Wrong::MisspeltToken => more.push(operation("getName", &[("sessionId", "string")], &[("name", "string")])),
        Wrong::MisspeltAbort => abort.name = "abort_service",
        Wrong::TwoOfOneName => more.extend([operation("ping", &[], &[]), operation("ping", &[], &[])]),
        Wrong::Bare | Wrong::OneWay => more.push(operation("ping", &[], &[])),
        _ => {}
    }
    [start, status, abort, notify].into_iter().chain(more).collect()
}

pub(super) fn document(wrong: Wrong, address: &str) -> String {
    let operations = operations(wrong);
    let soap = if wrong == Wrong::OnlySoap12 { "soap12" } else { "soap" };
    // Each element once, however often its operation is there.
    let mut elements: Vec<String> = operations.iter().flat_map(|one| elements(wrong, one)).collect();
    elements.sort();
    elements.dedup_by_key(|element| element.split('"').nth(1).map(str::to_owned));
    let mut messages: Vec<String> = operations.iter().flat_map(messages).collect();
    messages.sort();
    messages.dedup();
    let ports: String = operations.iter().map(|one| port_operation(wrong, one)).collect();
    let bindings: String = operations.iter().map(|one| binding_operation(wrong, one, soap)).collect();
    format!(
        r#"<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
 xmlns:soap12="http://schemas.xmlsoap.org/wsdl/soap12/" xmlns:x="http://www.w3.org/2001/XMLSchema"
 xmlns:t="urn:ticks" targetNamespace="urn:ticks">
<w:types><x:schema targetNamespace="urn:ticks" elementFormDefault="qualified">{}</x:schema></w:types>
{}
<w:portType name="Ticks">{ports}</w:portType>
<w:binding name="Ticks" type="t:Ticks">
<{soap}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{bindings}</w:binding>
<w:service name="Ticks"><w:port name="Ticks" binding="t:Ticks"><{soap}:address location="{address}"/></w:port></w:service>
</w:definitions>"#,
        elements.concat(),
        messages.concat()
    )
}

fn elements(wrong: Wrong, operation: &Operation) -> [String; 2] {
    let name = operation.name;
    if wrong == Wrong::Bare && name == "ping" {
        return ["ping", "pingResponse"].map(|name| format!(r#"<x:element name="{name}" type="x:string"/>"#));
    }
    let sequence = |parts: &[(&str, &str)]| -> String {
        parts.iter().map(|(name, ty)| format!(r#"<x:element name="{name}" type="x:{ty}"/>"#)).collect()
    };
    [(name.to_owned(), &operation.inputs), (format!("{name}Response"), &operation.outputs)].map(|(name, parts)| {
        let parts = sequence(parts);
        format!(
            r#"<x:element name="{name}"><x:complexType><x:sequence>{parts}</x:sequence></x:complexType></x:element>"#
        )
    })
}

fn messages(operation: &Operation) -> [String; 2] {
    [operation.name.to_owned(), format!("{}Response", operation.name)]
        .map(|name| format!(r#"<w:message name="{name}"><w:part name="parameters" element="t:{name}"/></w:message>"#))
}

fn is_one_way(wrong: Wrong, operation: &Operation) -> bool {
    wrong == Wrong::OneWay && operation.name == "ping"
}

fn port_operation(wrong: Wrong, operation: &Operation) -> String {
    let name = operation.name;
    let output = match is_one_way(wrong, operation) {
        true => String::new(),
        false => format!(r#"<w:output message="t:{name}Response"/>"#),
    };
    format!(r#"<w:operation name="{name}"><w:input message="t:{name}"/>{output}</w:operation>"#)
}

fn binding_operation(wrong: Wrong, operation: &Operation, soap: &str) -> String {
    let name = operation.name;
    let usage = if wrong == Wrong::Encoded && name == "notifyService" { "encoded" } else { "literal" };
    let body = format!(r#"<{soap}:body use="{usage}"/>"#);
    let output = match is_one_way(wrong, operation) {
        true => String::new(),
        false => format!("<w:output>{body}</w:output>"),
    };
    format!(
        r#"<w:operation name="{name}"><{soap}:operation soapAction="{name}"/><w:input>{body}</w:input>{output}</w:operation>"#
    )
}
