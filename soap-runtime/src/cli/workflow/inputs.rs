//! The inputs of a workflow: `name=value` on the command line, and what the environment has.

use std::collections::HashMap;

use serde_json::Value;

use super::findings::there_are;
use super::model::Parameter;
use crate::cli::execution::{EXTRA_PARAMETERS, SESSION_TOKEN};
use crate::cli::failure::Failure;
use crate::client::dynamic::{Record, nearest};

/// The values by ID.
///
/// # Errors
/// That there is no such input, or that one has no value.
pub(super) fn values(
    parameters: &[Parameter],
    mut given: Record,
    token: Option<&str>,
    extra: Option<&str>,
) -> Result<HashMap<String, Value>, Failure> {
    let mut values = HashMap::new();
    let mut missing = Vec::new();
    for Parameter { name, id, default, .. } in parameters {
        let value = match name.as_str() {
            // Where there is none, nothing is sent.
            SESSION_TOKEN | EXTRA_PARAMETERS => {
                let value = if name == SESSION_TOKEN { token } else { extra };
                values.extend(value.map(|value| (id.clone(), Value::from(value))));
                continue;
            }
            _ => given.remove(name).or_else(|| default.clone().map(Value::from)),
        };
        match value {
            Some(value) => drop(values.insert(id.clone(), value)),
            None => missing.push(name.as_str()),
        }
    }
    let names = || parameters.iter().map(|parameter| &*parameter.name).filter(|name| !is_filled_in(name));
    if let Some(unknown) = given.keys().next() {
        let hint = nearest(unknown, names()).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let message = format!("the workflow has no input `{unknown}`{hint}");
        return Err(Failure::usage(message).with([there_are(names())]));
    }
    match &missing[..] {
        [] => Ok(values),
        missing => {
            let example: Vec<_> = missing.iter().map(|name| format!("{name}=…")).collect();
            let message = format!("the workflow needs its inputs; add {}", example.join(" "));
            Err(Failure::usage(message))
        }
    }
}

fn is_filled_in(name: &str) -> bool {
    [SESSION_TOKEN, EXTRA_PARAMETERS].contains(&name)
}

/// Takes `name=value`, `name=@FILE` and `name=@-` apart. A session token may not stand there, where all users of
/// the machine can see it.
pub(super) fn given(arguments: &[String], token_variable: &str) -> Result<Record, Failure> {
    let mut record = Record::new();
    for argument in arguments {
        let form = || Failure::usage(format!("`{argument}` is no input; write it as NAME=VALUE"));
        let (name, value) = argument.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(form)?;
        if name == SESSION_TOKEN {
            let sentence = "a session token on the command line can be seen by all users of this machine";
            return Err(
                Failure::usage(sentence).with([format!("put it into the environment variable {token_variable}")])
            );
        }
        let value = match value.strip_prefix('@') {
            None => value.to_owned(),
            Some(text) if text.starts_with('@') => text.to_owned(),
            Some(file) => read(file).map_err(|error| Failure::usage(format!("`{name}` cannot be read: {error}")))?,
        };
        if record.insert(name.to_owned(), Value::from(value)).is_some() {
            return Err(Failure::usage(format!("the input `{name}` is given twice")));
        }
    }
    Ok(record)
}

fn read(file: &str) -> std::io::Result<String> {
    if file == "-" { std::io::read_to_string(std::io::stdin().lock()) } else { std::fs::read_to_string(file) }
}
