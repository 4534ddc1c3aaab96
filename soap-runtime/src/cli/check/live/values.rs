//! What the executions are started with: what was given, and invented values for the rest.

use serde_json::Value;

use crate::client::dynamic::{Call, Record as Values, Simple};
use crate::wsdl::model::{Definitions, Element, TypeRef};

use super::super::subject::{FILLED_IN, is_filled_in};

/// What the first executions are started with, and where other ones differ.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Inputs {
    pub(in super::super) values: Values,
    /// Those that nobody has given.
    pub(in super::super) invented: Vec<String>,
    /// The same with one value changed, if one can be.
    pub(in super::super) others: Option<Values>,
    /// A text that only the others have.
    pub(in super::super) mark: Option<String>,
}

impl Inputs {
    /// # Errors
    /// If a value has to be given, or one is given that does not fit.
    pub(in super::super) fn of(call: Call<'_>, given: &Values) -> Result<Self, String> {
        let (mut values, mut invented) = (given.clone(), Vec::new());
        for input in own(call).filter(|input| !given.contains_key(&input.name.local)) {
            // What may be left out has a default, or none is needed.
            if input.min > 0 && input.default.is_none() {
                let name = &input.name.local;
                let value = invent(call.definitions, &input.ty).or_else(|| input.nillable.then_some(Value::Null));
                values.insert(name.clone(), value.ok_or_else(|| format!("give a value for `{name}`: {name}=VALUE"))?);
                invented.push(name.clone());
            }
        }
        try_out(call, &values)?;
        let varied = vary(call, &values).filter(|(others, _)| try_out(call, others).is_ok());
        let (others, mark) = varied.unzip();
        Ok(Self { values, invented, others, mark: mark.flatten() })
    }
}

/// Whether they can be sent, together with what the platform fills in.
fn try_out(call: Call<'_>, values: &Values) -> Result<(), String> {
    let filled_in = FILLED_IN.into_iter().filter(|name| call.takes(name));
    let filled_in = filled_in.map(|name| (name.to_owned(), Value::from("check")));
    let all = values.clone().into_iter().chain(filled_in).collect();
    call.prepare(&all).map(|_| ()).map_err(|error| error.to_string())
}

/// The inputs that the platform does not fill in.
fn own(call: Call<'_>) -> impl Iterator<Item = &Element> {
    call.inputs().filter(|input| !is_filled_in(input))
}

/// A value that most services take.
fn invent(definitions: &Definitions, ty: &TypeRef) -> Option<Value> {
    let simple = Simple::of(definitions, ty)?;
    if let Some(word) = simple.words().first() {
        return Some(Value::from(&*word.value));
    }
    let builtin = simple.builtin()?;
    if is_number(builtin) {
        let least = |name: &str| simple.facet(name).next().and_then(|facet| facet.value.parse::<f64>().ok());
        let least = least("minInclusive").into_iter().chain(least("minExclusive").map(|least| least + 1.0));
        return Some(Value::from(least.fold(1.0, f64::max).to_string()));
    }
    let value = match builtin {
        "boolean" => "true",
        "date" => "2026-01-01",
        "dateTime" => "2026-01-01T00:00:00Z",
        "time" => "00:00:00Z",
        "duration" => "PT1S",
        "base64Binary" => "Y2hlY2s=",
        "hexBinary" => "00",
        "anyURI" => "http://localhost/check",
        _ => "check",
    };
    Some(Value::from(value))
}

/// The same values with one of them changed, and the text that tells them apart: rather in a text than in a
/// number, which may well be seen again in outputs.
fn vary(call: Call<'_>, values: &Values) -> Option<(Values, Option<String>)> {
    let candidates = own(call).filter_map(|input| Some((input, Simple::of(call.definitions, &input.ty)?)));
    let mut candidates: Vec<_> =
        candidates.filter_map(|(input, simple)| Some((Kind::of(&simple)?, input, simple))).collect();
    candidates.sort_by_key(|(kind, ..)| *kind);
    candidates.into_iter().find_map(|(kind, input, simple)| {
        let name = &input.name.local;
        let now = match values.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            Some(Value::Null) | None => input.default.clone(),
            Some(other) => Some(other.to_string()),
        };
        let mark = (kind == Kind::Text).then(|| uuid::Uuid::new_v4().simple().to_string());
        let other = kind.another(&simple, now.as_deref(), mark.as_deref())?;
        let mut others = values.clone();
        others.insert(name.clone(), Value::from(other));
        Some((others, mark))
    })
}

/// In which way a value can be changed, the best one first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Text,
    Number,
    Word,
    Boolean,
}

impl Kind {
    fn of(simple: &Simple<'_>) -> Option<Self> {
        let has = |name: &str| simple.facet(name).next().is_some();
        match simple.builtin()? {
            _ if !simple.words().is_empty() => Some(Self::Word),
            _ if ["pattern", "length", "maxLength"].into_iter().any(has) => None,
            "string" => Some(Self::Text),
            "boolean" => Some(Self::Boolean),
            builtin => is_number(builtin).then_some(Self::Number),
        }
    }

    fn another(self, simple: &Simple<'_>, now: Option<&str>, mark: Option<&str>) -> Option<String> {
        match self {
            Self::Text => Some(format!("{}-{}", now.unwrap_or("check"), mark?)),
            Self::Word => simple.words().iter().map(|word| word.value.clone()).find(|word| Some(&**word) != now),
            Self::Boolean => Some(if matches!(now, Some("true" | "1")) { "false" } else { "true" }.to_owned()),
            Self::Number => {
                let now: f64 = now.unwrap_or("1").trim().parse().ok()?;
                let most = simple.facet("maxInclusive").next().and_then(|most| most.value.parse::<f64>().ok());
                let is_too_much = most.is_some_and(|most| now + 1.0 > most);
                Some(if is_too_much { now - 1.0 } else { now + 1.0 }.to_string())
            }
        }
    }
}

fn is_number(builtin: &str) -> bool {
    const NAMES: [&str; 4] = ["int", "long", "short", "byte"];
    const OTHERS: [&str; 3] = ["decimal", "float", "double"];
    let name = builtin.to_ascii_lowercase();
    OTHERS.contains(&&*name)
        || name.ends_with("integer")
        || NAMES.iter().any(|short| name.trim_start_matches("unsigned") == *short)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::envelope::Version;
    use crate::wsdl::model::{Body, Message, Operation, Port, QName};

    fn inputs_of(inputs: &[(&str, &str, u32)], given: Value) -> Result<Inputs, String> {
        let part = |&(name, ty, min): &(&str, &str, u32)| Element {
            name: QName::new("tns", name),
            ty: TypeRef::Builtin(ty.to_owned()),
            min,
            max: Some(1),
            ..Element::default()
        };
        let body = Body::Wrapped { element: QName::new("tns", "start"), parts: inputs.iter().map(part).collect() };
        let operation = Operation { input: Message { body, ..Message::default() }, ..Operation::default() };
        let port = Port {
            name: String::new(),
            binding: QName::default(),
            port_type: QName::default(),
            address: String::new(),
            version: Version::Soap11,
            operations: Vec::new(),
        };
        let Value::Object(given) = given else { panic!("values have names") };
        Inputs::of(Call::new(&Definitions::default(), &port, &operation), &given)
    }

    #[test]
    fn values_are_invented_for_what_is_needed_and_one_can_vary() {
        let start = [
            ("serviceID", "string", 1),
            ("seconds", "integer", 1),
            ("name", "string", 1),
            ("wait", "boolean", 0),
            ("extraParameters", "string", 1),
        ];
        let inputs = inputs_of(&start, json!({ "seconds": 5 })).expect("all known");
        assert_eq!(Value::Object(inputs.values), json!({ "name": "check", "seconds": 5 }));
        assert_eq!(inputs.invented, ["name"]);
        let mark = inputs.mark.expect("texts have one");
        let others = inputs.others.map(Value::Object);
        assert_eq!(others, Some(json!({ "name": format!("check-{mark}"), "seconds": 5 })));
    }

    #[test]
    fn what_can_vary_depends_on_the_type() {
        for (ty, given, other) in [
            ("unsignedInt", json!({}), Some(json!({ "n": "2" }))),
            ("integer", json!({ "n": 7 }), Some(json!({ "n": "8" }))),
            ("boolean", json!({ "n": "true" }), Some(json!({ "n": "false" }))),
            ("date", json!({}), None),
        ] {
            let inputs = inputs_of(&[("n", ty, 1)], given).expect("a value is known");
            assert_eq!(inputs.others.map(Value::Object), other, "{ty}");
        }
        assert!(inputs_of(&[("n", "anyType", 1)], json!({})).is_err());
    }
}
