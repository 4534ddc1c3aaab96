//! The description for scripts.

use serde_json::{Map, Value, json};

use super::types::Named;
use super::{Subject, fault_docs};
use crate::cli::options::ServiceOptions;
use crate::cli::platform::{FILLED_IN, Role};
use crate::client::dynamic::{Call, Field, Shape, Simple, Structure, in_words};
use crate::envelope::Version;
use crate::wsdl::model::{Attribute, Definitions, Element, Operation, TypeRef};

pub(super) fn described(subject: Subject<'_>, options: &ServiceOptions) -> Value {
    let Subject { definitions, service, port, .. } = subject;
    let operations = subject.operations().iter().map(|operation| operation_json(subject, operation));
    let types: Map<String, Value> =
        subject.types().all.iter().map(|named| (named.name.local.clone(), named_json(definitions, named))).collect();
    json!({
        "service": service.name.local,
        "docs": if service.docs.is_empty() { &definitions.docs } else { &service.docs },
        "namespace": definitions.namespace,
        "port": port.name,
        "endpoint": options.address(port),
        "soap": match port.version { Version::Soap11 => "1.1", Version::Soap12 => "1.2" },
        "operations": operations.collect::<Vec<_>>(),
        "types": types,
    })
}

fn operation_json(subject: Subject<'_>, operation: &Operation) -> Value {
    let Subject { definitions, port, .. } = subject;
    let call = Call::new(definitions, port, operation);
    let inputs = call.inputs().map(|input| {
        let mut json = field_json(definitions, &Field::of(input));
        json["filledIn"] = FILLED_IN.contains(&input.name.local.as_str()).into();
        json
    });
    let faults = operation.faults.iter().map(|fault| {
        let detail = fault.detail.as_ref().map(|detail| type_json(definitions, &detail.ty));
        json!({ "name": fault.name, "docs": fault_docs(fault), "detail": detail })
    });
    json!({
        "name": operation.name,
        "docs": operation.docs,
        "kind": Role::of(&call).name(),
        "action": operation.action,
        "answers": operation.output.is_some(),
        "inputs": inputs.collect::<Vec<_>>(),
        "outputs": call.outputs().iter().map(|output| field_json(definitions, &Field::of(output))).collect::<Vec<_>>(),
        "faults": faults.collect::<Vec<_>>(),
        "unsupported": operation.unsupported,
    })
}

fn field_json(definitions: &Definitions, field: &Field<'_>) -> Value {
    let Element { name, docs, ty, nillable, default, .. } = field.element;
    json!({
        "name": name.local,
        "docs": docs,
        "type": type_json(definitions, ty),
        "words": in_words(definitions, ty),
        "list": field.is_many,
        "optional": field.is_optional,
        "nillable": nillable,
        "default": default,
        "choice": field.choice,
    })
}

/// The name of a structure, a structure without a name, or the name of a type of XML Schema.
fn type_json(definitions: &Definitions, ty: &TypeRef) -> Value {
    match (Shape::of(definitions, ty), ty) {
        (Shape::Structure(_), TypeRef::Named(name)) => name.local.as_str().into(),
        (Shape::Structure(structure), _) => structure_json(definitions, &structure),
        (Shape::Simple(simple), _) => simple_json(&simple),
        (Shape::Any, _) => "anyType".into(),
    }
}

fn simple_json(simple: &Simple<'_>) -> Value {
    let words: Vec<_> = simple.words().iter().map(|word| word.value.as_str()).collect();
    match (words.is_empty(), simple.builtin()) {
        (false, _) => json!({ "oneOf": words }),
        (true, Some(builtin)) => builtin.into(),
        (true, None) => "string".into(),
    }
}

fn named_json(definitions: &Definitions, named: &Named<'_>) -> Value {
    let mut json = structure_json(definitions, &named.structure);
    json["docs"] = named.ty.docs.as_str().into();
    json["extends"] = named.extends.map_or(Value::Null, |name| name.local.as_str().into());
    json["extendedBy"] = named.extended_by.iter().map(|name| name.local.as_str()).collect();
    json["abstract"] = named.structure.is_abstract.into();
    json
}

fn structure_json(definitions: &Definitions, structure: &Structure<'_>) -> Value {
    let attributes = structure.attributes.iter().map(|attribute| attribute_json(definitions, attribute));
    let fields = structure.fields();
    json!({
        "attributes": attributes.collect::<Vec<_>>(),
        "text": structure.text.map(|ty| type_json(definitions, ty)),
        "elements": fields.iter().map(|field| field_json(definitions, field)).collect::<Vec<_>>(),
        "any": structure.has_any(),
    })
}

fn attribute_json(definitions: &Definitions, attribute: &Attribute) -> Value {
    json!({
        "name": attribute.name.local,
        "docs": attribute.docs,
        "type": type_json(definitions, &attribute.ty),
        "words": in_words(definitions, &attribute.ty),
        "optional": !attribute.required,
        "default": attribute.default,
    })
}
