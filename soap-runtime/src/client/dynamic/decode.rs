//! From the element in the Body of a reply to outputs.

use serde_json::{Map, Value};

use super::call::Record;
use super::shape::{Field, Shape, Structure};
use super::simple::{Kind, Simple};
use crate::types::{AnyXml, SoapType};
use crate::wsdl::model::{Body, Definitions, QName, TypeKind, TypeRef};
use crate::xml::{Element, ReadError};

const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";

#[derive(Clone, Copy)]
pub(super) struct Decoder<'d> {
    definitions: &'d Definitions,
}

impl<'d> Decoder<'d> {
    pub(super) fn new(definitions: &'d Definitions) -> Self {
        Self { definitions }
    }

    /// The outputs in the element that stands in the Body.
    pub(super) fn body(self, body: &'d Body, element: Element<'_, '_>) -> Result<Record, ReadError> {
        match body {
            Body::Empty => element.skip().map(|()| Record::new()),
            Body::Bare(part) => {
                let value = self.value(element, &part.ty)?;
                Ok([(part.name.local.clone(), value)].into_iter().collect())
            }
            Body::Wrapped { parts, .. } | Body::Rpc { parts, .. } => {
                self.fields(element, &parts.iter().map(Field::of).collect::<Vec<_>>())
            }
        }
    }

    fn value(self, element: Element<'_, '_>, ty: &'d TypeRef) -> Result<Value, ReadError> {
        if element.is_nil() {
            return element.skip().map(|()| Value::Null);
        }
        let said = element.xsi_type().map(|(namespace, local)| QName::new(namespace, local));
        let derived = said.as_ref().and_then(|name| self.definitions.types.get_key_value(name));
        let is_declared = matches!((ty, &said), (TypeRef::Named(declared), Some(said)) if declared == said);
        match Shape::of(self.definitions, ty) {
            Shape::Simple(simple) => text_or_any(element, Some(&simple)),
            declared => match (derived.map(|(name, ty)| (name, &ty.kind)), declared) {
                (Some((name, TypeKind::Complex(complex))), declared) => {
                    let shape = Shape::of_complex(self.definitions, complex);
                    let Shape::Structure(structure) = &shape else { return text_or_any(element, None) };
                    let is_worth_saying = !is_declared && !matches!(declared, Shape::Any);
                    self.structure(element, structure, is_worth_saying.then_some(name))
                }
                (_, Shape::Structure(structure)) => self.structure(element, &structure, None),
                _ => {
                    // What may be anything says what it is.
                    let builtin = said.as_ref().filter(|said| said.namespace == SCHEMA && said.local != "anyType");
                    let simple = builtin.map(|said| Simple { kind: Kind::Builtin(&said.local), facets: Vec::new() });
                    text_or_any(element, simple.as_ref())
                }
            },
        }
    }

    fn structure(
        self,
        element: Element<'_, '_>,
        structure: &Structure<'d>,
        name: Option<&QName>,
    ) -> Result<Value, ReadError> {
        let mut object = Map::new();
        if let Some(name) = name {
            object.insert(structure.type_key().to_owned(), name.local.as_str().into());
        }
        for attribute in &structure.attributes {
            if let Some(text) = element.attribute(&attribute.name.namespace, &attribute.name.local) {
                let simple = Simple::of(self.definitions, &attribute.ty);
                let value = simple.map_or_else(|| text.into(), |simple| simple.value_of(text));
                object.insert(format!("@{}", attribute.name.local), value);
            }
        }
        match structure.text {
            Some(ty) => {
                let value = text_or_any(element, Simple::of(self.definitions, ty).as_ref())?;
                object.insert("#text".to_owned(), value);
            }
            None => object.extend(self.fields(element, &structure.fields())?),
        }
        Ok(Value::Object(object))
    }

    /// The elements in `element`, in the order of the schema; those that it does not know come last.
    fn fields(self, mut element: Element<'_, '_>, fields: &[Field<'d>]) -> Result<Record, ReadError> {
        let mut values: Vec<Vec<Value>> = vec![Vec::new(); fields.len()];
        let mut others: Vec<(String, Vec<Value>)> = Vec::new();
        while let Some(child) = element.next_child()? {
            let name = child.local_name();
            let is_same = |field: &Field<'_>| field.element.name.local == name;
            let exact =
                fields.iter().position(|field| is_same(field) && field.element.name.namespace == child.namespace());
            match exact.or_else(|| fields.iter().position(is_same)) {
                Some(at) => values[at].push(self.value(child, &fields[at].element.ty)?),
                None => {
                    let name = name.to_owned();
                    let value = text_or_any(child, None)?;
                    match others.iter_mut().find(|(other, _)| *other == name) {
                        Some((_, values)) => values.push(value),
                        None => others.push((name, vec![value])),
                    }
                }
            }
        }
        let known = std::iter::zip(fields, values).filter_map(|(field, mut values)| {
            let name = field.element.name.local.clone();
            match values.len() {
                0 if field.is_many && field.choice.is_none() => Some((name, Value::Array(Vec::new()))),
                0 => None,
                1 if !field.is_many => Some((name, values.remove(0))),
                _ => Some((name, Value::Array(values))),
            }
        });
        let others = others.into_iter().map(|(name, mut values)| match values.len() {
            1 => (name, values.remove(0)),
            _ => (name, Value::Array(values)),
        });
        Ok(known.chain(others).collect())
    }
}

/// A text as its type says, or whatever XML there is in place of it.
fn text_or_any(element: Element<'_, '_>, simple: Option<&Simple<'_>>) -> Result<Value, ReadError> {
    let xml = <AnyXml as SoapType>::read(element)?;
    Ok(match (xml.to_text(), simple) {
        (Some(text), Some(simple)) => simple.value_of(&text),
        (Some(text), None) => text.into(),
        (None, _) => {
            let object: Map<_, _> = [("#xml".to_owned(), xml.into_string().into())].into_iter().collect();
            Value::Object(object)
        }
    })
}
