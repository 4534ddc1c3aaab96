//! From arguments to the request.

mod complaints;
mod structure;

use serde_json::{Map, Value};

use super::call::Record;
use super::given::Given;
use super::out::Out;
use super::shape::{Field, Shape};
use super::simple::{Kind, Simple};
use super::words::in_words;
use crate::envelope::Version;
use crate::types::AnyXml;
use crate::wsdl::model::{Body, Definitions, Element, Message, TypeRef};
use complaints::{shown, unknown, with_article};

/// Why an argument cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{problem}", if path.is_empty() { String::new() } else { format!("`{path}` ") })]
pub(crate) struct ArgumentError {
    /// `order.lines[0].count`; empty, if it is about all of them.
    pub(crate) path: String,
    /// In words that go on from its name.
    pub(crate) problem: String,
}

type Written = Result<(), ArgumentError>;

pub(super) struct Encoder<'d> {
    definitions: &'d Definitions,
    out: Out,
    /// Where it is: `order`, `lines[0]`.
    path: Vec<String>,
}

impl<'d> Encoder<'d> {
    pub(super) fn new(definitions: &'d Definitions) -> Self {
        Self { definitions, out: Out::default(), path: Vec::new() }
    }

    pub(super) fn envelope(
        mut self,
        version: Version,
        message: &Message,
        record: &Record,
    ) -> Result<String, ArgumentError> {
        self.out.name(&message.body.element().cloned().unwrap_or_default());
        let parts = message.body.parts();
        let is_part = |name: &String| parts.iter().any(|part| part.name.local == *name);
        let (body, headers): (Record, Record) = {
            let is_header = |name: &String| message.headers.iter().any(|header| header.name.local == *name);
            record.clone().into_iter().partition(|(name, _)| is_part(name) || !is_header(name))
        };
        for header in &message.headers {
            if let Some(value) = headers.get(&header.name.local) {
                self.step(&header.name.local, None, |this| this.element(header, value))?;
            }
        }
        let header = std::mem::take(&mut self.out.xml);
        self.body(&message.body, &body)?;
        Ok(self.out.envelope(version, &header))
    }

    fn body(&mut self, body: &Body, record: &Record) -> Written {
        match body {
            Body::Empty | Body::Bare(_) => self.parts(body.parts(), record),
            Body::Wrapped { element, parts } | Body::Rpc { element, parts } => {
                let name = self.out.name(element);
                self.out.xml.extend(["<", &name, ">"]);
                self.parts(parts, record)?;
                self.out.xml.extend(["</", &name, ">"]);
                Ok(())
            }
        }
    }

    fn parts(&mut self, parts: &[Element], record: &Record) -> Written {
        let fields: Vec<_> = parts.iter().map(Field::of).collect();
        self.names_are_known(record, &fields)?;
        let mut given = Given::new(record, &fields);
        parts.iter().try_for_each(|part| self.some(part, &mut given))?;
        self.nothing_is_left(&given, &fields)
    }

    /// As many of an element as are given and allowed.
    fn some(&mut self, element: &Element, given: &mut Given<'_>) -> Written {
        let name = &element.name.local;
        let mut count = 0;
        while element.max.is_none_or(|max| count < max) {
            let Some((value, at)) = given.take(name) else { break };
            self.step(name, at, |this| this.element(element, value))?;
            count += 1;
        }
        match &element.default {
            _ if count >= element.min => Ok(()),
            Some(default) if count == 0 => {
                self.step(name, None, |this| this.element(element, &Value::from(default.as_str())))
            }
            _ => {
                let words = in_words(self.definitions, &element.ty);
                let problem = match element.min {
                    1 => format!("is missing ({words})"),
                    least => format!("is there {count} times, and must be at least {least} times ({words})"),
                };
                self.step(name, None, |this| this.error(problem))
            }
        }
    }

    fn element(&mut self, element: &Element, value: &Value) -> Written {
        let name = self.out.name(&element.name);
        self.out.xml.extend(["<", &name]);
        if value.is_null() {
            if !element.nillable {
                let words = in_words(self.definitions, &element.ty);
                return self.error(format!("is null, and must have a value ({words})"));
            }
            self.out.xsi("nil", "true");
            self.out.xml.push_str("/>");
            return Ok(());
        }
        self.content(&element.ty, value)?;
        self.out.xml.extend(["</", &name, ">"]);
        Ok(())
    }

    /// The attributes, the end of the start tag, and what is in the element.
    fn content(&mut self, ty: &TypeRef, value: &Value) -> Written {
        let definitions = self.definitions;
        match Shape::of(definitions, ty) {
            Shape::Simple(simple) => {
                self.out.xml.push('>');
                self.simple(&simple, value)
            }
            Shape::Any => self.any(value),
            Shape::Structure(structure) => self.structure(ty, &structure, value),
        }
    }

    fn simple(&mut self, simple: &Simple<'_>, value: &Value) -> Written {
        let text = self.text(simple, value)?;
        self.out.text(&text);
        Ok(())
    }

    fn text(&self, simple: &Simple<'_>, value: &Value) -> Result<String, ArgumentError> {
        match simple.text_of(value) {
            Some(text) if AnyXml::from_text(&text).is_err() => {
                self.error("holds a character that XML cannot carry; send such data as base64".to_owned())?;
                Ok(text)
            }
            Some(text) => Ok(text),
            None => {
                let shown = crate::xml::cut(&shown(value)).to_string();
                self.error(format!("must be {}, and is {shown}", with_article(&simple.in_words())))?;
                Ok(shown)
            }
        }
    }

    /// Text, or XML as it is.
    fn any(&mut self, value: &Value) -> Written {
        self.out.xml.push('>');
        match value {
            Value::Object(object) if object.keys().all(|key| key == "#xml" || key.starts_with('@')) => self.raw(object),
            Value::String(_) | Value::Number(_) | Value::Bool(_) => {
                let text = self.text(&Simple { kind: Kind::Builtin("string"), facets: Vec::new() }, value)?;
                self.out.text(&text);
                Ok(())
            }
            _ => self.error("may be any XML: a text, or `{\"#xml\": \"<element/>\"}`".to_owned()),
        }
    }

    fn raw(&mut self, object: &Map<String, Value>) -> Written {
        match object.get("#xml") {
            None => Ok(()),
            Some(Value::String(xml)) => match AnyXml::parse(xml) {
                Ok(xml) => {
                    self.out.xml.push_str(xml.as_str());
                    Ok(())
                }
                Err(error) => self.error(format!("is no XML: {error}")),
            },
            Some(_) => self.error("has an `#xml` that is no string".to_owned()),
        }
    }

    /// That all that is given has a name that there is: a wrong one is the reason why another is missing.
    fn names_are_known(&self, object: &Map<String, Value>, fields: &[Field<'_>]) -> Written {
        let is_known = |name: &str| fields.iter().any(|field| field.element.name.local == name);
        let mut names = object.keys().filter(|name| !name.starts_with(['@', '#']));
        match names.find(|name| !is_known(name)) {
            None => Ok(()),
            Some(name) => {
                let names: Vec<_> = fields.iter().map(|field| field.element.name.local.as_str()).collect();
                self.unknown(name, &names)
            }
        }
    }

    fn unknown(&self, name: &str, names: &[impl AsRef<str>]) -> Written {
        let start = if self.path.is_empty() { "there is no" } else { "has no" };
        self.error(unknown(start, name, names))
    }

    /// That all that was given is written.
    fn nothing_is_left(&self, given: &Given<'_>, fields: &[Field<'_>]) -> Written {
        let Some((name, count)) = given.left() else { return Ok(()) };
        let field = fields.iter().find(|field| field.element.name.local == name);
        let most = field.and_then(|field| field.element.max).unwrap_or(1);
        self.error(format!("has {count} values for `{name}`, and may have {most}"))
    }

    fn step(&mut self, name: &str, at: Option<usize>, write: impl FnOnce(&mut Self) -> Written) -> Written {
        self.path.push(at.map_or_else(|| name.to_owned(), |at| format!("{name}[{at}]")));
        write(self)?;
        self.path.pop();
        Ok(())
    }

    fn error(&self, problem: String) -> Written {
        Err(ArgumentError { path: self.path.join("."), problem })
    }
}
