//! A service with everything that a description can say, for tests of what is made from it.

use crate::describe::{
    Body, ComplexType, Content, FaultDescription, Form, NamedType, Naming, OperationDescription, Part, Particle,
    ServiceDescription, Style, TypeDefinition, TypeKind,
};
use crate::types::{Nillable, Occurs, Schema, ServiceId, SessionToken, SoapType, Status};

/// Meshes geometries; all that its docs and names hold has to be escaped somewhere.
pub(crate) fn mesher(naming: Naming) -> ServiceDescription {
    ServiceDescription {
        name: "MesherService",
        namespace: "http://example.org/mesh?a=1&b=2".into(),
        path: "/mesher/Mesher".into(),
        naming,
        style: Style::Document,
        form: Form::Qualified,
        is_foreign: false,
        soap12: false,
        docs: "Meshes a geometry.\n\nSizes < 1 are \"small\" & take `Option<T>` long:\n\n- one core\n- one hour",
        operations: vec![convert(), status(), ping()],
    }
}

/// Carries parcels; its messages look in every way that they can.
pub(crate) fn courier(naming: Naming) -> ServiceDescription {
    let ping = OperationDescription { body: Body::Bare, ..OperationDescription::new("ping", "Is it there?") };
    ServiceDescription {
        name: "CourierService",
        namespace: "urn:courier".into(),
        soap12: true,
        docs: "",
        operations: vec![send(), track(), ping, forget()],
        ..mesher(naming)
    }
}

fn send() -> OperationDescription {
    OperationDescription {
        input: vec![Part::of::<String>("address", "Where to.")],
        input_headers: vec![session(), Part { occurs: Occurs::OPTIONAL, ..Part::of::<i64>("trace", "") }],
        output: vec![Part::of::<i64>("number", "")],
        output_headers: vec![session()],
        faults: vec![
            FaultDescription::of::<i32>("Overweight", "How much too heavy, in grams."),
            FaultDescription::new("Busy", "", Vec::new()),
        ],
        ..OperationDescription::new("send", "Sends a parcel.")
    }
}

fn track() -> OperationDescription {
    let array = Schema::Named(NamedType::of::<Vec<String>>("StringArray", None, texts));
    OperationDescription {
        body: Body::Bare,
        request: "Parcel".into(),
        response: "Places".into(),
        input: vec![Part { published_as: Some("integer"), ..Part::of::<i64>("number", "Of the parcel.") }],
        output: vec![Part { schema: array, ..Part::of::<String>("places", "") }],
        ..OperationDescription::new("track", "")
    }
}

fn texts() -> TypeDefinition {
    let item = Part { occurs: Vec::<String>::occurs(), ..Part::of::<String>("item", "") };
    let content = Content::Sequence(vec![Particle::Element(item)]);
    TypeDefinition { docs: "", kind: TypeKind::Complex(ComplexType { content, ..ComplexType::default() }) }
}

fn forget() -> OperationDescription {
    let input = vec![Part::of::<i64>("number", "")];
    OperationDescription { is_one_way: true, input, ..OperationDescription::new("forget", "") }
}

fn session() -> Part {
    Part { schema: letter(), ..Part::of::<String>("session", "Who asks.") }
}

/// The same in rpc/literal.
pub(crate) fn courier_in_rpc() -> ServiceDescription {
    let mut service = ServiceDescription { style: Style::Rpc, soap12: false, ..courier(Naming::Standard) };
    for operation in &mut service.operations {
        operation.body = Body::Rpc;
        operation.request = operation.name.into();
        operation.response = format!("{}Response", operation.name).into();
    }
    service
}

fn convert() -> OperationDescription {
    let docs = "Converts a mesh.\n\n# Errors\nIf `format` is not <known>.\n\n```\n<a & b>\n```";
    OperationDescription {
        input: vec![
            Part::of::<ServiceId>("serviceID", ""),
            Part::of::<SessionToken>("sessionToken", ""),
            integer(Part { default: Some("300".to_owned()), ..optional("secondsToWait", "How long, in <seconds>.") }),
            Part { published_as: Some("integer"), ..integer(Part::of::<String>("cores", "")) },
            Part::of::<String>("format", "The format's name.").with_default(&"a \"b\" & <c>".to_owned()),
            Part::of::<String>("comment", "").with_default(&String::new()),
            Part { schema: letter(), ..Part::of::<String>("axis", "One of `x`, `y`.") },
            Part::of::<Vec<String>>("regions", "Names of regions."),
            Part::of::<Nillable<String>>("owner", ""),
            Part { occurs: Occurs { min: 2, max: Some(3), nillable: false }, ..Part::of::<String>("corner", "") },
        ],
        output: vec![Part::of::<Status>("status_base64", ""), Part::of::<Option<String>>("result", "The mesh.")],
        faults: vec![unknown_format(), FaultDescription::new("Busy", "", Vec::new())],
        ..OperationDescription::new("convertMesh", docs)
    }
}

fn status() -> OperationDescription {
    OperationDescription {
        input: vec![Part::of::<ServiceId>("serviceID", "")],
        output: vec![Part::of::<Status>("status_base64", ""), Part::of::<Option<String>>("result", "")],
        faults: vec![unknown_format()],
        ..OperationDescription::new("getServiceStatus", "")
    }
}

fn ping() -> OperationDescription {
    OperationDescription::new("ping", "")
}

fn unknown_format() -> FaultDescription {
    let parts = vec![Part::of::<String>("format", "As it came."), Part::of::<Vec<String>>("known", "")];
    FaultDescription::new("UnknownFormat", "The format is not known.", parts)
}

fn integer(part: Part) -> Part {
    Part { schema: Schema::Builtin("unsignedInt"), empty_is_a_value: false, ..part }
}

fn optional(name: &'static str, docs: &'static str) -> Part {
    Part { occurs: Option::<String>::occurs(), ..Part::of::<String>(name, docs) }
}

fn letter() -> Schema {
    Schema::restricted("string", vec![("enumeration", "x".to_owned()), ("enumeration", "y".to_owned())])
}
