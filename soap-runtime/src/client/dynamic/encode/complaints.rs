//! Words about arguments that do not fit.

use serde_json::Value;

use crate::client::dynamic::nearest;
use crate::client::dynamic::shape::Structure;

/// The names that an object may have.
pub(super) fn names<'d>(structure: &Structure<'d>) -> impl Iterator<Item = String> + use<'d> {
    let attributes: Vec<_> = structure.attributes.iter().map(|one| format!("@{}", one.name.local)).collect();
    let text = structure.text.map(|_| "#text".to_owned());
    let fields = structure.fields().into_iter().map(|field| field.element.name.local.clone());
    attributes.into_iter().chain(text).chain(fields)
}

/// `start` is what comes before the name: `has no`.
pub(super) fn unknown(start: &str, name: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let all = if names.is_empty() {
        "there is nothing to be given".to_owned()
    } else {
        format!("there are {}", names.join(", "))
    };
    match nearest(name, names.iter().copied()) {
        Some(nearest) => format!("{start} `{name}`; did you mean `{nearest}`? {all}"),
        None => format!("{start} `{name}`; {all}"),
    }
}

/// `a date`; text and bytes have none.
pub(super) fn with_article(words: &str) -> String {
    let bare = ["text", "bytes", "one of", "always", "yes or no", "words", "names"];
    let article = if bare.iter().any(|start| words.starts_with(start)) { "" } else { "a " };
    format!("{article}{words}")
}

/// What a value is, for those who gave another one.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a structure",
    }
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::Null | Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
    }
}
