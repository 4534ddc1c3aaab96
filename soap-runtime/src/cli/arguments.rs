//! Arguments from the command line, from files, from standard input and from the environment.

mod path;

use std::io::Read;

use clap::Args;
use serde_json::Value;

use self::path::{Path, Place};
use super::console::Console;
use super::execution::{EXTRA_PARAMETERS, SESSION_TOKEN};
use super::failure::Failure;
use super::options::{SecretOptions, Secrets};
use crate::client::dynamic::{Call, Record, Shape};
use crate::types::base64;

/// For the help of commands that take arguments.
pub(crate) const ARGUMENTS: &str = "\
Forms of NAME=VALUE:
  name=text            the text, number, date, …; true and false
  name=@FILE           what is in the file, in base64 where the service wants
                       that; name=@- is standard input
  name=@env:VARIABLE   what is in the environment variable; it is shown nowhere
  name=@@text          a text that begins with @
  name:=JSON           any value as JSON: null, a list, a structure
  order.lines[0].count=3, order.@number=7, price.#text=1.50
                       a part of a structure, an attribute, and the text
                       beside attributes
  tags=a tags=b        a list, item by item; tags='[\"a\",\"b\"]' is the same
  order='{\"a\": []}'    a structure as JSON
The session token comes from the environment variable SOAP_SESSION_TOKEN, and
extraParameters from SOAP_EXTRA_PARAMETERS.";

/// What an operation is called with.
#[derive(Clone, Debug, Args)]
pub(crate) struct ArgumentOptions {
    /// Arguments, as described below
    #[arg(value_name = "NAME=VALUE")]
    arguments: Vec<String>,

    /// All arguments as one JSON object, from a file; `-` is standard input
    #[arg(long, value_name = "FILE", help_heading = "Arguments")]
    args: Option<String>,

    #[command(flatten)]
    secrets: SecretOptions,
}

impl ArgumentOptions {
    /// The arguments of `call`, and what the environment says of those that the platform fills in.
    pub(crate) fn read(&self, call: &Call<'_>, console: &Console) -> Result<Record, Failure> {
        let mut record = self.given(call, console)?;
        let secrets = self.secrets.read(console)?;
        secrets.fill(call, &mut record);
        if call.inputs().any(|input| input.name.local == SESSION_TOKEN && input.min > 0)
            && !record.contains_key(SESSION_TOKEN)
        {
            let name = &call.operation.name;
            let variable = &self.secrets.token_env;
            return Err(Failure::usage(format!(
                "`{name}` needs a {SESSION_TOKEN}; put it into the variable {variable}"
            )));
        }
        Ok(record)
    }

    /// Those of the command line alone.
    pub(crate) fn given(&self, call: &Call<'_>, console: &Console) -> Result<Record, Failure> {
        let mut source = Source::default();
        let mut record = match &self.args {
            None => Record::new(),
            Some(file) => whole(file, &mut source)?,
        };
        for argument in &self.arguments {
            let (name, value) = given(argument)?;
            if name == SESSION_TOKEN && !value.is_from_elsewhere() {
                return Err(token_is_seen(&self.secrets.token_env));
            }
            let path = Path::parse(name).map_err(|problem| Failure::usage(format!("`{argument}` {problem}")))?;
            let value = value.read(name, &path.place(call), &mut source, console)?;
            path.put(&mut record, value, call).map_err(|problem| Failure::usage(format!("`{name}` {problem}")))?;
        }
        if let Some(token) = record.get(SESSION_TOKEN).and_then(Value::as_str) {
            console.hide(token);
        }
        Ok(record)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.arguments.is_empty() && self.args.is_none()
    }

    /// The secrets alone.
    pub(crate) fn secrets(&self, console: &Console) -> Result<Secrets, Failure> {
        self.secrets.read(console)
    }
}

impl Secrets {
    /// Those that the operation takes and that are not given.
    pub(crate) fn fill(&self, call: &Call<'_>, record: &mut Record) {
        for (name, value) in [(SESSION_TOKEN, &self.session_token), (EXTRA_PARAMETERS, &self.extra_parameters)] {
            if let Some(value) = value.as_ref().filter(|_| call.takes(name) && !record.contains_key(name)) {
                record.insert(name.to_owned(), value.as_str().into());
            }
        }
    }
}

fn token_is_seen(variable: &str) -> Failure {
    let sentence = format!("a {SESSION_TOKEN} on the command line can be seen by all users of this machine");
    Failure::usage(sentence)
        .with([format!("put it into the environment variable {variable}, or into a file: {SESSION_TOKEN}=@FILE")])
}

fn whole(file: &str, source: &mut Source) -> Result<Record, Failure> {
    let text = text(source.read(file)?, file)?;
    match serde_json::from_str(&text) {
        Ok(Value::Object(record)) => Ok(record),
        Ok(_) => Err(Failure::usage(format!("{} holds no JSON object of arguments", name_of(file)))),
        Err(error) => Err(Failure::usage(format!("{} is not JSON: {error}", name_of(file)))),
    }
}

/// Takes `name=value` apart.
fn given(argument: &str) -> Result<(&str, Given<'_>), Failure> {
    let (name, value) = argument
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Failure::usage(format!("`{argument}` is no argument; write it as name=value, or name=@FILE")))?;
    Ok(match name.strip_suffix(':') {
        Some(name) => (name, Given::Json(value)),
        None => match value.strip_prefix('@') {
            None => (name, Given::Text(value)),
            Some(rest) if rest.starts_with('@') => (name, Given::Text(rest)),
            Some(rest) => match rest.strip_prefix("env:") {
                Some(variable) => (name, Given::Environment(variable)),
                None => (name, Given::File(rest)),
            },
        },
    })
}

/// What stands behind the `=`.
#[derive(Clone, Copy, Debug)]
enum Given<'a> {
    Text(&'a str),
    Json(&'a str),
    File(&'a str),
    Environment(&'a str),
}

impl Given<'_> {
    fn is_from_elsewhere(self) -> bool {
        matches!(self, Self::File(_) | Self::Environment(_))
    }

    fn read(self, name: &str, place: &Place<'_>, source: &mut Source, console: &Console) -> Result<Value, Failure> {
        match self {
            Self::Text(text) => text_value(name, text, place),
            Self::Json(json) => json_value(name, json),
            Self::Environment(variable) => match std::env::var(variable) {
                Ok(text) => {
                    console.hide(&text);
                    text_value(name, &text, place)
                }
                Err(error) => Err(Failure::usage(format!("`{name}` cannot be read from {variable}: {error}"))),
            },
            Self::File(file) => {
                let bytes = source.read(file)?;
                match place.builtin() {
                    Some("base64Binary") => Ok(base64(bytes).into()),
                    Some("hexBinary") => Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>().into()),
                    _ => text_value(name, &text(bytes, file)?, place),
                }
            }
        }
    }
}

/// A text is JSON where a structure or a list is wanted, and begins like one.
fn text_value(name: &str, text: &str, place: &Place<'_>) -> Result<Value, Failure> {
    let start = text.trim_start().chars().next();
    match (&place.shape, start) {
        (_, Some('[')) if place.is_many => Ok(serde_json::from_str(text).unwrap_or_else(|_| text.into())),
        (Some(Shape::Structure(_)), Some('{' | '[')) => json_value(name, text),
        (Some(Shape::Any), Some('<')) => Ok(serde_json::json!({ "#xml": text })),
        _ => Ok(text.into()),
    }
}

fn json_value(name: &str, json: &str) -> Result<Value, Failure> {
    serde_json::from_str(json).map_err(|error| Failure::usage(format!("`{name}` is not JSON: {error}")))
}

fn text(bytes: Vec<u8>, file: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|_| Failure::usage(format!("{} is not text in UTF-8", name_of(file))))
}

fn name_of(file: &str) -> &str {
    if file == "-" { "standard input" } else { file }
}

/// Files, and standard input, which can be read once.
#[derive(Default)]
struct Source {
    has_read_stdin: bool,
}

impl Source {
    fn read(&mut self, file: &str) -> Result<Vec<u8>, Failure> {
        let read = match file {
            "-" if self.has_read_stdin => return Err(Failure::usage("standard input can be read once only")),
            "-" => {
                self.has_read_stdin = true;
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            file => std::fs::read(file),
        };
        read.map_err(|error| Failure::usage(format!("{} cannot be read: {error}", name_of(file))))
    }
}
