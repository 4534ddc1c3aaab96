//! The inputs of a workflow: `name=value` on the command line, and what the environment has.

use std::collections::HashMap;

use serde_json::Value;

use super::findings::there_are;
use super::model::Parameter;
use crate::cli::console::Console;
use crate::cli::execution::{EXTRA_PARAMETERS, SESSION_TOKEN};
use crate::cli::failure::Failure;
use crate::cli::options::Secrets;
use crate::client::dynamic::{Record, nearest};

/// The values by ID.
///
/// # Errors
/// That there is no such input, or that one has no value.
pub(super) fn values(
    parameters: &[Parameter],
    mut given: Record,
    secrets: &Secrets,
) -> Result<HashMap<String, Value>, Failure> {
    let mut values = HashMap::new();
    let mut missing = Vec::new();
    for Parameter { name, id, default, .. } in parameters {
        let value = match name.as_str() {
            // Where there is none, nothing is sent.
            SESSION_TOKEN | EXTRA_PARAMETERS => {
                let value = if name == SESSION_TOKEN { &secrets.session_token } else { &secrets.extra_parameters };
                values.extend(value.as_ref().map(|value| (id.clone(), Value::from(value.as_str()))));
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

/// Takes `name=value`, `name=@FILE`, `name=@-` and `name=@env:VARIABLE` apart. A session token may not stand there
/// itself, where all users of the machine can see it.
pub(super) fn given(arguments: &[String], token_variable: &str, console: &Console) -> Result<Record, Failure> {
    let mut record = Record::new();
    for argument in arguments {
        let form = || Failure::usage(format!("`{argument}` is no input; write it as NAME=VALUE"));
        let (name, value) = argument.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or_else(form)?;
        let elsewhere = value.strip_prefix('@').filter(|rest| !rest.starts_with('@'));
        let value = match elsewhere {
            Some(place) => read(place, console)
                .map_err(|reason| Failure::usage(format!("`{name}` cannot be read from {place}: {reason}")))?,
            None if name == SESSION_TOKEN => {
                let sentence = "a session token on the command line can be seen by all users of this machine";
                let mend = format!("put it into the environment variable {token_variable}");
                return Err(Failure::usage(sentence).with([mend]));
            }
            None => value.strip_prefix('@').unwrap_or(value).to_owned(),
        };
        if record.insert(name.to_owned(), Value::from(value)).is_some() {
            return Err(Failure::usage(format!("the input `{name}` is given twice")));
        }
    }
    Ok(record)
}

/// What is in a file, on standard input, or in a variable, which is shown nowhere then.
fn read(place: &str, console: &Console) -> Result<String, String> {
    if let Some(variable) = place.strip_prefix("env:") {
        let value = std::env::var(variable).map_err(|error| error.to_string())?;
        console.hide(&value);
        return Ok(value);
    }
    let read =
        if place == "-" { std::io::read_to_string(std::io::stdin().lock()) } else { std::fs::read_to_string(place) };
    read.map_err(|error| error.to_string())
}

/// Those of the platform's own that are given win over those of the environment.
pub(super) fn take_secrets(given: &mut Record, secrets: &mut Secrets, console: &Console) {
    let mut take = |name| given.remove(name).and_then(|value| value.as_str().map(|value| value.trim().to_owned()));
    if let Some(token) = take(SESSION_TOKEN) {
        console.hide(&token);
        secrets.session_token = Some(token);
    }
    if let Some(extra) = take(EXTRA_PARAMETERS) {
        secrets.extra_parameters = Some(extra);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::console::Colours;
    use crate::xml::Position;

    fn parameters() -> Vec<Parameter> {
        let at = Position { line: 1, column: 1 };
        let parameter = |name: &str, default: Option<&str>| Parameter {
            name: name.to_owned(),
            id: format!("id_of_{name}"),
            default: default.map(str::to_owned),
            at,
        };
        vec![
            parameter(SESSION_TOKEN, None),
            parameter(EXTRA_PARAMETERS, None),
            parameter("x", None),
            parameter("y", Some("2")),
        ]
    }

    fn inputs(arguments: &[&str]) -> Result<Vec<(String, String)>, String> {
        let console = Console::new(Colours::Never);
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        let read = || {
            let mut given = given(&arguments, "TOKEN", &console)?;
            let mut secrets = Secrets { session_token: None, extra_parameters: Some("gss=g,".to_owned()) };
            take_secrets(&mut given, &mut secrets, &console);
            values(&parameters(), given, &secrets)
        };
        let values = read().map_err(|failure| failure.to_string())?;
        let mut values: Vec<_> =
            values.into_iter().map(|(id, value)| (id, value.as_str().unwrap_or("?").to_owned())).collect();
        values.sort();
        Ok(values)
    }

    #[test]
    fn inputs_have_values_by_id() {
        let pair = |name: &str, value: &str| (format!("id_of_{name}"), value.to_owned());
        let expected = vec![pair(EXTRA_PARAMETERS, "gss=g,"), pair("x", "a=b"), pair("y", "2")];
        assert_eq!(inputs(&["x=a=b"]), Ok(expected));
        let expected = vec![pair(EXTRA_PARAMETERS, "auth=a,"), pair("x", "@1"), pair("y", "3")];
        assert_eq!(inputs(&["y=3", "x=@@1", "extraParameters=auth=a,"]), Ok(expected));
    }

    #[test]
    fn a_token_comes_from_elsewhere() {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary folder");
        std::io::Write::write_all(&mut file, b"a-secret\n").expect("it takes that");
        let argument = format!("sessionToken=@{}", file.path().display());
        let values = inputs(&[&argument, "x=1"]).expect("all are there");
        assert!(values.contains(&("id_of_sessionToken".to_owned(), "a-secret".to_owned())), "{values:?}");
        assert!(inputs(&["sessionToken=abc", "x=1"]).is_err_and(|error| error.contains("can be seen by all users")));
        let missing = inputs(&["x=@missing"]).expect_err("there is no such file");
        assert!(missing.starts_with("`x` cannot be read from missing: "), "{missing}");
        assert!(inputs(&["x=@env:"]).is_err());
    }
}
