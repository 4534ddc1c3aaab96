//! A request to copy: a command line for `curl` with an envelope that the service understands.

use crate::describe::{Body, OperationDescription, Part, ServiceDescription};
use crate::envelope::Version;
use crate::types::Schema;
use crate::wsdl::soap_action;
use crate::xml::IndentedWriter;

/// The command that calls `operation` at `endpoint_url`.
pub(super) fn curl(service: &ServiceDescription, operation: &OperationDescription, endpoint_url: &str) -> String {
    let action = format!("SOAPAction: \"{}\"", soap_action(service, operation));
    format!(
        "curl {} \\\n  -H 'Content-Type: {}' \\\n  -H {} \\\n  --data-binary @- <<'XML'\n{}XML\n",
        quoted(endpoint_url),
        Version::Soap11.content_type(),
        quoted(&action),
        envelope(service, operation),
    )
}

/// As one word of a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}

fn envelope(service: &ServiceDescription, operation: &OperationDescription) -> String {
    let mut writer = IndentedWriter::default();
    let envelope = writer.tag("soap:Envelope").attribute("xmlns:soap", Version::Soap11.namespace());
    envelope.attribute("xmlns:tns", &service.namespace).content(|writer| {
        if !operation.input_headers.is_empty() {
            writer.tag("soap:Header").content(|writer| write_arguments(writer, "tns:", &operation.input_headers));
        }
        writer.tag("soap:Body").content(|writer| write_body(writer, operation));
    });
    writer.finish()
}

fn write_body(writer: &mut IndentedWriter, operation: &OperationDescription) {
    let element = format!("tns:{}", operation.request);
    match operation.body {
        Body::Bare => {
            operation.input.iter().for_each(|part| writer.tag(&element).text(&example_of(part)));
        }
        Body::Wrapped => writer.tag(&element).content(|writer| write_arguments(writer, "tns:", &operation.input)),
        Body::Rpc => writer.tag(&element).content(|writer| write_arguments(writer, "", &operation.input)),
    }
}

fn write_arguments(writer: &mut IndentedWriter, prefix: &str, parts: &[Part]) {
    for part in parts {
        let value = example_of(part);
        (0..part.occurs.min.max(1)).for_each(|_| writer.tag(&format!("{prefix}{}", part.name)).text(&value));
    }
}

/// A value of the part: its default, or one that its type allows.
fn example_of(part: &Part) -> String {
    if let Some(default) = part.default_of_one() {
        return default.to_owned();
    }
    if let Schema::Restricted(_, facets) = &part.schema
        && let Some(value) = facets.iter().find_map(|(facet, value)| allowed_by(facet, value))
    {
        return value;
    }
    part.schema.builtin().map_or("", example_of_type).to_owned()
}

fn allowed_by(facet: &str, value: &str) -> Option<String> {
    match facet {
        "enumeration" | "minInclusive" | "maxInclusive" => Some(value.to_owned()),
        "length" | "minLength" => value.parse().ok().filter(|&length| length < 64).map(|length| "x".repeat(length)),
        _ => None,
    }
}

fn example_of_type(builtin: &str) -> &'static str {
    match builtin {
        "boolean" => "true",
        "float" | "double" | "decimal" => "1.5",
        "string" | "normalizedString" | "token" => "text",
        "base64Binary" => "aGVsbG8=",
        "hexBinary" => "68656C6C6F",
        "anyURI" => "http://example.org/",
        "dateTime" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00",
        "duration" => "PT5M",
        "negativeInteger" | "nonPositiveInteger" => "-1",
        _ => "1",
    }
}
