//! The place of an argument: `order.lines[0].count`.

use serde_json::{Map, Value};

use crate::client::dynamic::{Call, Field, Record, Shape, Simple};

/// From the name of an argument down to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
}

/// What stands at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Place<'d> {
    /// `None`, if the description does not know the place.
    pub(super) shape: Option<Shape<'d>>,
    /// A list stands there.
    pub(super) is_many: bool,
}

impl<'d> Place<'d> {
    pub(super) fn builtin(&self) -> Option<&'d str> {
        match self.shape.as_ref()? {
            Shape::Simple(simple) => simple.builtin(),
            Shape::Structure(_) | Shape::Any => None,
        }
    }
}

/// Longer lists are no typing errors.
const MOST: usize = 10_000;

impl Path {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut steps = Vec::new();
        for part in text.split('.') {
            let (name, indices) = match part.find('[') {
                Some(at) => part.split_at(at),
                None => (part, ""),
            };
            if name.is_empty() {
                return Err("lacks a name before or after a point".to_owned());
            }
            steps.push(Step::Name(name.to_owned()));
            for index in indices.split('[').skip(1) {
                let number = index.strip_suffix(']').and_then(|number| number.parse().ok());
                let number = number.filter(|&number: &usize| number < MOST);
                steps.push(Step::Index(number.ok_or("has something in brackets that is no small number")?));
            }
        }
        Ok(Self { steps })
    }

    /// What the arguments of `call` have there.
    pub(super) fn place<'d>(&self, call: &Call<'d>) -> Place<'d> {
        let definitions = call.definitions;
        let mut fields = call.arguments();
        let mut place = Place::default();
        let mut around: Option<Shape<'d>> = None;
        for step in &self.steps {
            match step {
                Step::Index(_) => place.is_many = false,
                Step::Name(name) => {
                    let of_attribute = match &around {
                        Some(Shape::Structure(structure)) if name == "#text" => structure.text,
                        Some(Shape::Structure(structure)) => name
                            .strip_prefix('@')
                            .and_then(|name| structure.attribute(name))
                            .map(|attribute| &attribute.ty),
                        _ => None,
                    };
                    if let Some(ty) = of_attribute {
                        place = Place { shape: Simple::of(definitions, ty).map(Shape::Simple), is_many: false };
                        break;
                    }
                    let Some(field) = named(&fields, name) else { return Place::default() };
                    place = Place { shape: Some(Shape::of(definitions, &field.element.ty)), is_many: field.is_many };
                    fields = match &place.shape {
                        Some(Shape::Structure(structure)) => structure.fields(),
                        _ => Vec::new(),
                    };
                    around.clone_from(&place.shape);
                }
            }
        }
        place
    }

    /// Puts a value there; one more item, if that is a list.
    pub(super) fn put(&self, record: &mut Record, value: Value, call: &Call<'_>) -> Result<(), String> {
        let is_many = self.place(call).is_many;
        let Some((Step::Name(first), rest)) = self.steps.split_first() else { return Ok(()) };
        put(record.entry(first.clone()).or_insert(Value::Null), rest, value, is_many)
    }
}

fn named<'f, 'd>(fields: &'f [Field<'d>], name: &str) -> Option<&'f Field<'d>> {
    fields.iter().find(|field| field.element.name.local == name)
}

fn put(target: &mut Value, steps: &[Step], value: Value, is_many: bool) -> Result<(), String> {
    match steps.split_first() {
        None if is_many => {
            let list = as_list(target)?;
            match value {
                Value::Array(items) => list.extend(items),
                value => list.push(value),
            }
            Ok(())
        }
        None if target.is_null() => {
            *target = value;
            Ok(())
        }
        None => Err("is given twice".to_owned()),
        Some((Step::Name(name), rest)) => {
            if target.is_null() {
                *target = Value::Object(Map::new());
            }
            match target {
                Value::Object(object) => put(object.entry(name.clone()).or_insert(Value::Null), rest, value, is_many),
                _ => Err(format!("goes into something that has no parts: it was given as a value without `{name}`")),
            }
        }
        Some((Step::Index(at), rest)) => {
            let list = as_list(target)?;
            if list.len() <= *at {
                list.resize(at + 1, Value::Null);
            }
            put(&mut list[*at], rest, value, is_many)
        }
    }
}

fn as_list(target: &mut Value) -> Result<&mut Vec<Value>, String> {
    if target.is_null() {
        *target = Value::Array(Vec::new());
    }
    target.as_array_mut().ok_or_else(|| "is no list: it was given as one value".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_have_names_and_numbers() {
        let name = |name: &str| Step::Name(name.to_owned());
        for (text, steps) in [
            ("a", vec![name("a")]),
            ("order.lines[0].count", vec![name("order"), name("lines"), Step::Index(0), name("count")]),
            ("a[1][2]", vec![name("a"), Step::Index(1), Step::Index(2)]),
            ("price.@currency", vec![name("price"), name("@currency")]),
        ] {
            assert_eq!(Path::parse(text), Ok(Path { steps }), "{text}");
        }
        for text in ["", ".a", "a.", "a..b", "[0]", "a[", "a[]", "a[-1]", "a[x]", "a[10000]", "a[0]b"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_put_together() {
        let mut target = Value::Null;
        for (text, value, is_many) in [
            ("r.a", "1", false),
            ("r.b[1].c", "2", false),
            ("r.b[0].c", "3", false),
            ("r.d", "4", true),
            ("r.d", "5", true),
        ] {
            let path = Path::parse(text).expect("a place");
            put(&mut target, &path.steps[1..], value.into(), is_many).expect("it fits");
        }
        assert_eq!(target, json!({ "a": "1", "b": [{ "c": "3" }, { "c": "2" }], "d": ["4", "5"] }));
        for (text, problem) in [("r.a", "twice"), ("r.a.x", "no parts"), ("r.a[0]", "no list")] {
            let path = Path::parse(text).expect("a place");
            let refused = put(&mut target, &path.steps[1..], "6".into(), false);
            assert!(refused.is_err_and(|refused| refused.contains(problem)), "{text}");
        }
    }
}
