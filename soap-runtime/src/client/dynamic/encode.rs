//! From arguments to the request.

use serde_json::{Map, Value};

use super::call::Record;
use super::given::Given;
use super::nearest::nearest;
use super::out::Out;
use super::shape::{Field, Shape, Structure};
use super::simple::{Kind, Simple};
use super::words::in_words;
use crate::envelope::Version;
use crate::types::AnyXml;
use crate::wsdl::model::{
    Attribute, Body, Definitions, Element, Group, GroupKind, Message, Particle, QName, TypeKind, TypeRef,
};

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

    fn structure(&mut self, ty: &TypeRef, structure: &Structure<'_>, value: &Value) -> Written {
        let wrapped = structure
            .as_list()
            .zip(value.as_array())
            .map(|(item, items)| Value::Object([(item.to_owned(), items.clone().into())].into_iter().collect()));
        let value = wrapped.as_ref().unwrap_or(value);
        let Value::Object(object) = value else { return self.scalar(structure, value) };
        let derived = object.get(structure.type_key()).map(|name| self.derived(ty, name)).transpose()?;
        let derived = match &derived {
            Some((name, structure)) => {
                let name = self.out.name(name);
                self.out.xsi("type", &name);
                structure
            }
            None if structure.is_abstract => {
                let problem = format!("must say which type it is of, with `{}`", structure.type_key());
                return self.error(problem);
            }
            None => structure,
        };
        self.attributes(derived, object)?;
        self.out.xml.push('>');
        if let Some(ty) = derived.text {
            return match object.get("#text") {
                Some(value) => self.text_content(ty, value),
                None => self.error("lacks its `#text`".to_owned()),
            };
        }
        let fields = derived.fields();
        let mut given = Given::new(object, &fields);
        derived.groups.iter().try_for_each(|group| self.group(group, &mut given))?;
        if derived.has_any() {
            self.raw(object)?;
        }
        self.nothing_is_left(&given, &fields)
    }

    /// A plain value for a structure: the text of one whose attributes may be left out.
    fn scalar(&mut self, structure: &Structure<'_>, value: &Value) -> Written {
        match structure.text {
            Some(ty) if !matches!(value, Value::Array(_)) => {
                self.attributes(structure, &Map::new())?;
                self.out.xml.push('>');
                self.text_content(ty, value)
            }
            _ => {
                let names: Vec<_> = names(structure).collect();
                let what = if names.is_empty() {
                    "nothing in it".to_owned()
                } else {
                    format!("the parts {}", names.join(", "))
                };
                self.error(format!("is a structure with {what}, and is {} here", kind(value)))
            }
        }
    }

    fn text_content(&mut self, ty: &TypeRef, value: &Value) -> Written {
        match Simple::of(self.definitions, ty) {
            Some(simple) => self.simple(&simple, value),
            None => self.error("is of a type that the WSDL does not have".to_owned()),
        }
    }

    /// The type that `name` means: one that extends `ty`, or that itself.
    fn derived(&self, ty: &TypeRef, name: &Value) -> Result<(QName, Structure<'d>), ArgumentError> {
        let wanted = name.as_str().unwrap_or_default();
        let is_wanted = |name: &&QName| name.local == wanted || name.to_string() == wanted;
        let all = || self.definitions.types.keys().filter(|name| self.descends(name, ty));
        let found = all().find(is_wanted).and_then(|name| Some((name, self.definitions.types.get(name)?)));
        if let Some((name, TypeKind::Complex(complex))) = found.map(|(name, found)| (name, &found.kind)) {
            if complex.is_abstract {
                self.error(format!("is of the type `{wanted}`, of which there are no values of its own"))?;
            }
            if let Shape::Structure(structure) = Shape::of_complex(self.definitions, complex) {
                return Ok((name.clone(), structure));
            }
        }
        let all: Vec<_> = all().map(|name| name.local.as_str()).collect();
        self.error(format!("cannot be of the type `{wanted}`; there are {}", all.join(", ")))?;
        Ok(Default::default())
    }

    fn descends(&self, name: &QName, ty: &TypeRef) -> bool {
        let TypeRef::Named(ancestor) = ty else { return false };
        let base = |name: &QName| match &self.definitions.types.get(name)?.kind {
            TypeKind::Complex(complex) => complex.base.clone(),
            TypeKind::Simple(_) => None,
        };
        std::iter::successors(Some(name.clone()), base).take(super::shape::MOST).any(|name| name == *ancestor)
    }

    fn attributes(&mut self, structure: &Structure<'_>, object: &Map<String, Value>) -> Written {
        for attribute in &structure.attributes {
            let key = format!("@{}", attribute.name.local);
            match object.get(&key).filter(|value| !value.is_null()) {
                Some(value) => self.step(&key, None, |this| this.attribute(attribute, value))?,
                None if attribute.required && attribute.default.is_none() => {
                    let words = in_words(self.definitions, &attribute.ty);
                    self.step(&key, None, |this| this.error(format!("is missing ({words})")))?;
                }
                None => {}
            }
        }
        let others = object.iter().filter_map(|(key, value)| Some((key.strip_prefix('@')?, value)));
        for (name, value) in others.filter(|(name, _)| structure.attribute(name).is_none()) {
            match value {
                _ if structure.type_key().strip_prefix('@') == Some(name) => {}
                Value::String(text) if structure.any_attribute => self.out.attribute(name, text),
                _ => {
                    let names = names(structure).filter(|name| name.starts_with('@')).collect::<Vec<_>>();
                    return self.error(unknown(&format!("@{name}"), &names));
                }
            }
        }
        Ok(())
    }

    fn attribute(&mut self, attribute: &Attribute, value: &Value) -> Written {
        let name = self.out.name(&attribute.name);
        let simple = Simple::of(self.definitions, &attribute.ty);
        let string = Simple { kind: Kind::Builtin("string"), facets: Vec::new() };
        let text = self.text(simple.as_ref().unwrap_or(&string), value)?;
        self.out.attribute(&name, &text);
        Ok(())
    }

    fn group(&mut self, group: &Group, given: &mut Given<'_>) -> Written {
        let mut count = 0;
        while group.max.is_none_or(|max| count < max) && (count < group.min || given.has_any_in(group)) {
            match group.kind {
                GroupKind::Choice => self.choice(group, given)?,
                GroupKind::Sequence | GroupKind::All => {
                    group.particles.iter().try_for_each(|particle| self.particle(particle, given))?;
                }
            }
            count += 1;
        }
        Ok(())
    }

    fn particle(&mut self, particle: &Particle, given: &mut Given<'_>) -> Written {
        match particle {
            Particle::Element(element) => self.some(element, given),
            Particle::Group(group) => self.group(group, given),
            Particle::Any { .. } => Ok(()),
        }
    }

    fn choice(&mut self, group: &Group, given: &mut Given<'_>) -> Written {
        let mut chosen = group.particles.iter().filter(|particle| given.has_any_of(particle));
        match (chosen.next(), chosen.next()) {
            (Some(_), Some(_)) if group.max == Some(1) => {
                self.error(format!("takes only one of {}", choices(group).join(", ")))
            }
            (Some(only), _) => self.particle(only, given),
            (None, _) if group.particles.iter().any(may_be_nothing) => Ok(()),
            (None, _) => self.error(format!("needs one of {}", choices(group).join(", "))),
        }
    }

    /// That all that was given is written.
    fn nothing_is_left(&self, given: &Given<'_>, fields: &[Field<'_>]) -> Written {
        let Some((name, count)) = given.left() else { return Ok(()) };
        let Some(field) = fields.iter().find(|field| field.element.name.local == name) else {
            let names: Vec<_> = fields.iter().map(|field| field.element.name.local.as_str()).collect();
            return self.error(unknown(name, &names));
        };
        let most = field.element.max.unwrap_or(1);
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

/// The names that an object may have.
fn names<'d>(structure: &Structure<'d>) -> impl Iterator<Item = String> + use<'d> {
    let attributes: Vec<_> = structure.attributes.iter().map(|one| format!("@{}", one.name.local)).collect();
    let text = structure.text.map(|_| "#text".to_owned());
    let fields = structure.fields().into_iter().map(|field| field.element.name.local.clone());
    attributes.into_iter().chain(text).chain(fields)
}

fn unknown(name: &str, names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    let all = if names.is_empty() {
        "there is nothing to be given".to_owned()
    } else {
        format!("there are {}", names.join(", "))
    };
    match nearest(name, names.iter().copied()) {
        Some(nearest) => format!("there is no `{name}`; did you mean `{nearest}`? {all}"),
        None => format!("there is no `{name}`; {all}"),
    }
}

fn choices(group: &Group) -> Vec<&str> {
    let names = group.particles.iter().flat_map(|particle| match particle {
        Particle::Element(element) => vec![element.name.local.as_str()],
        Particle::Group(group) => choices(group),
        Particle::Any { .. } => Vec::new(),
    });
    names.collect()
}

fn may_be_nothing(particle: &Particle) -> bool {
    match particle {
        Particle::Element(element) => element.min == 0,
        Particle::Any { min, .. } => *min == 0,
        Particle::Group(group) => {
            let mut inner = group.particles.iter();
            group.min == 0
                || match group.kind {
                    GroupKind::Choice => inner.any(may_be_nothing),
                    GroupKind::Sequence | GroupKind::All => inner.all(may_be_nothing),
                }
        }
    }
}

/// `a date`; text and bytes have none.
fn with_article(words: &str) -> String {
    let bare = ["text", "bytes", "one of", "always", "yes or no", "words", "names"];
    let article = if bare.iter().any(|start| words.starts_with(start)) { "" } else { "a " };
    format!("{article}{words}")
}

/// What a value is, for those who gave another one.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a structure",
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::Null | Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
    }
}
