//! A command line for an operation, to copy and change.

use super::Subject;
use crate::cli::execution::{Kind, SERVICE_ID};
use crate::cli::platform::{FILLED_IN, Role};
use crate::client::dynamic::{Call, Shape, Simple};
use crate::wsdl::model::{Element, Operation};

/// Calls or runs `operation` with all that it needs.
pub(super) fn command_line(subject: Subject<'_>, operation: &Operation) -> String {
    let call = Call::new(subject.definitions, subject.port, operation);
    let runs = matches!(Role::of(&call), Role::Service(Kind::Asynchronous | Kind::Application));
    let is_ours = |element: &&Element| {
        let name = element.name.local.as_str();
        !FILLED_IN.contains(&name) || (!runs && name == SERVICE_ID)
    };
    let ours: Vec<_> = call.inputs().filter(is_ours).collect();
    // Where all may be left out, some will be wanted all the same.
    let needs_some = ours.iter().any(|element| element.min > 0);
    let needed = ours.into_iter().filter(|element| element.min > 0 || !needs_some);
    let arguments = needed.map(|element| argument(subject, element));
    let words = ["soap", if runs { "run" } else { "call" }, subject.location, &operation.name];
    words.map(quoted).into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}

fn argument(subject: Subject<'_>, element: &Element) -> String {
    let name = &element.name.local;
    match Shape::of(subject.definitions, &element.ty) {
        Shape::Simple(simple) => match simple.builtin() {
            Some("base64Binary" | "hexBinary") => quoted(&format!("{name}=@FILE")),
            _ if name == SERVICE_ID => format!("{name}=ID"),
            _ => quoted(&format!("{name}={}", element.default.clone().unwrap_or_else(|| value(&simple)))),
        },
        Shape::Structure(_) => quoted(&format!("{name}=@{name}.json")),
        Shape::Any => quoted(&format!("{name}=text")),
    }
}

/// A value of the type, unless its rules are too special.
fn value(simple: &Simple<'_>) -> String {
    let facet = |name: &str| simple.facet(name).next().map(|facet| facet.value.clone());
    let given = facet("enumeration").or_else(|| facet("minInclusive")).or_else(|| facet("maxInclusive"));
    given.unwrap_or_else(|| match simple.builtin() {
        Some("boolean") => "true".to_owned(),
        Some("decimal" | "float" | "double") => "1.5".to_owned(),
        Some("dateTime") => "2026-01-31T12:00:00Z".to_owned(),
        Some("date") => "2026-01-31".to_owned(),
        Some("time") => "12:00:00".to_owned(),
        Some("duration") => "PT5M".to_owned(),
        Some("anyURI") => "http://example.org/".to_owned(),
        Some("negativeInteger" | "nonPositiveInteger") => "-1".to_owned(),
        _ if simple.in_words().starts_with("whole number") => "1".to_owned(),
        _ => "text".to_owned(),
    })
}

/// As a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@,+%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
