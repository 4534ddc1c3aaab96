//! A request to copy: a command line for `curl` with an envelope that the service understands.

mod value;

use value::{write_element, write_part};

use crate::describe::{Body, OperationDescription, Part, ServiceDescription};
use crate::envelope::Version;
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
        Body::Bare => operation.input.iter().for_each(|part| write_element(writer, &element, part, &[])),
        Body::Wrapped => writer.tag(&element).content(|writer| write_arguments(writer, "tns:", &operation.input)),
        Body::Rpc => writer.tag(&element).content(|writer| write_arguments(writer, "", &operation.input)),
    }
}

fn write_arguments(writer: &mut IndentedWriter, prefix: &str, parts: &[Part]) {
    parts.iter().for_each(|part| write_part(writer, prefix, part, &[]));
}
