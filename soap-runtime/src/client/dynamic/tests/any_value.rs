//! Values of any type that a WSDL describes, as they are read back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::super::simple::bounds;
use super::super::{Call, Field, Record, Shape, Simple, Structure};
use crate::wsdl::model::{Definitions, QName, TypeKind, TypeRef};

/// Deeper structures end, where they can.
const DEPTH: usize = 4;

/// All arguments of `call`.
pub(super) fn arguments(call: &Call<'_>) -> BoxedStrategy<Record> {
    let fields: Vec<_> = call.inputs().map(Field::of).collect();
    self::fields(call.definitions, &fields, DEPTH)
}

fn value(definitions: &Definitions, ty: &TypeRef, depth: usize) -> BoxedStrategy<Value> {
    match Shape::of(definitions, ty) {
        Shape::Simple(simple) => self::simple(&simple),
        Shape::Any => prop_oneof![text(), Just(serde_json::json!({ "#xml": "<a><b>1</b></a>" }))].boxed(),
        Shape::Structure(structure) => {
            let own = self::structure(definitions, &structure, None, depth);
            let derived = definitions.types.iter().filter_map(|(name, found)| match &found.kind {
                TypeKind::Complex(complex) if matches!(ty, TypeRef::Named(base) if complex.base.as_ref() == Some(base)) => {
                    let Shape::Structure(structure) = Shape::of_complex(definitions, complex) else { return None };
                    Some(self::structure(definitions, &structure, Some(name), depth))
                }
                _ => None,
            });
            derived.fold(own, |all, one| prop_oneof![all, one].boxed())
        }
    }
}

fn structure(
    definitions: &Definitions,
    structure: &Structure<'_>,
    name: Option<&QName>,
    depth: usize,
) -> BoxedStrategy<Value> {
    let mut object = Just(Record::new()).boxed();
    if let Some(name) = name {
        object = with(object, "@type", Just(Value::from(name.local.as_str())).boxed());
    }
    for attribute in &structure.attributes {
        let simple = Simple::of(definitions, &attribute.ty).expect("attributes are simple");
        object = with(object, &format!("@{}", attribute.name.local), self::simple(&simple));
    }
    if let Some(ty) = structure.text {
        object = with(object, "#text", value(definitions, ty, depth));
    }
    let fields = fields(definitions, &structure.fields(), depth);
    let all = (object, fields).prop_map(|(object, fields)| Value::Object(object.into_iter().chain(fields).collect()));
    all.boxed()
}

fn with(object: BoxedStrategy<Record>, name: &str, value: BoxedStrategy<Value>) -> BoxedStrategy<Record> {
    let name = name.to_owned();
    let all = (object, value).prop_map(move |(mut object, value)| {
        object.insert(name.clone(), value);
        object
    });
    all.boxed()
}

/// Each field as it may be; of a choice, one.
fn fields(definitions: &Definitions, fields: &[Field<'_>], depth: usize) -> BoxedStrategy<Record> {
    let mut all = Just(Record::new()).boxed();
    let mut at = 0;
    while at < fields.len() {
        let choice = fields[at].choice;
        let count = match choice {
            None => 1,
            Some(_) => fields[at..].iter().take_while(|field| field.choice == choice).count(),
        };
        let mut some = fields[at..at + count].iter().map(|field| self::field(definitions, field, depth));
        let first = some.next().expect("one at least");
        let one = some.fold(first, |all, one| prop_oneof![all, one].boxed());
        all = (all, one).prop_map(|(all, one)| all.into_iter().chain(one).collect::<Map<_, _>>()).boxed();
        at += count;
    }
    all
}

fn field(definitions: &Definitions, field: &Field<'_>, depth: usize) -> BoxedStrategy<Record> {
    let element = field.element;
    let name = element.name.local.clone();
    let nothing = || Just(Record::new()).boxed();
    if depth == 0 && field.is_many {
        return Just([(name, Value::Array(Vec::new()))].into_iter().collect()).boxed();
    }
    if depth == 0 && field.is_optional {
        return nothing();
    }
    let mut one = value(definitions, &element.ty, depth.saturating_sub(1));
    if element.nillable {
        one = prop_oneof![4 => one, 1 => Just(Value::Null)].boxed();
    }
    if field.is_many {
        let (least, most) = (element.min as usize, element.max.map_or(3, |max| max as usize));
        one = vec(one, least..=most.max(least)).prop_map(Value::Array).boxed();
    }
    let there = one.prop_map(move |value| [(name.clone(), value)].into_iter().collect::<Record>()).boxed();
    if field.is_optional && !field.is_many { prop_oneof![3 => there, 1 => nothing()].boxed() } else { there }
}

fn text() -> BoxedStrategy<Value> {
    "[ -~\n\r\té中]{0,12}".prop_map(Value::from).boxed()
}

fn one_of(texts: &[&str]) -> BoxedStrategy<Value> {
    let texts: Vec<Value> = texts.iter().map(|&text| text.into()).collect();
    proptest::sample::select(texts).boxed()
}

fn number(text: String) -> Value {
    serde_json::from_str(&text).expect("a number")
}

fn simple(simple: &Simple<'_>) -> BoxedStrategy<Value> {
    let facet = |name: &str| simple.facet(name).next().map(|facet| facet.value.clone());
    let words = simple.words();
    if !words.is_empty() {
        let values: Vec<Value> = words.iter().map(|word| simple.value_of(&word.value)).collect();
        return proptest::sample::select(values).boxed();
    }
    if let Some(pattern) = facet("pattern") {
        return proptest::string::string_regex(&pattern.replace("\\d", "[0-9]"))
            .expect("a pattern that both know")
            .prop_map(Value::from)
            .boxed();
    }
    let builtin = simple.builtin().expect("there are no lists and unions in the kitchen sink");
    if let Some((least, most)) = bounds(builtin) {
        let bound = |facet: Option<String>, own: &str, none: i128| {
            facet.map_or_else(|| own.parse().unwrap_or(none), |bound| bound.parse().expect("a number"))
        };
        let least = bound(facet("minInclusive"), least, -(1 << 100));
        let most = bound(facet("maxInclusive"), most, 1 << 100);
        return (least..=most).prop_map(|value| number(value.to_string())).boxed();
    }
    match builtin {
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "decimal" => (any::<i64>(), 0..100_u8).prop_map(|(whole, cents)| number(format!("{whole}.{cents:02}"))).boxed(),
        "float" | "double" => {
            (1..1000_u16).prop_map(|thousandths| number((f64::from(thousandths) / 1000.0).to_string())).boxed()
        }
        "base64Binary" => vec(any::<u8>(), 0..20).prop_map(|bytes| STANDARD.encode(bytes).into()).boxed(),
        "hexBinary" => "([0-9A-F]{2}){0,8}".prop_map(Value::from).boxed(),
        "date" => one_of(&["2026-01-31", "2026-01-31Z"]),
        "time" => one_of(&["12:00:00", "12:00:00.5+01:00"]),
        "dateTime" => one_of(&["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.25-05:00"]),
        "duration" => one_of(&["PT5M", "P1DT2H"]),
        "anyURI" => one_of(&["http://example.org/?a=b&c=d", "urn:x"]),
        _ => {
            let count = |name: &str| facet(name).map(|count| count.parse::<usize>().expect("a number"));
            let exact = count("length");
            let (least, most) = (exact.or(count("minLength")).unwrap_or(0), exact.or(count("maxLength")).unwrap_or(12));
            vec("[ -~é]", least..=most).prop_map(|letters| letters.concat().into()).boxed()
        }
    }
}
