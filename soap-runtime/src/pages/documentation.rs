//! The page that a browser gets at an endpoint.

use askama::Template;

use super::example::curl;
use super::markdown::Docs;
use crate::describe::{Body, FaultDescription, OperationDescription, Part, ServiceDescription, Style};
use crate::types::Schema;

#[derive(Template)]
#[template(path = "documentation.html")]
struct Page<'a> {
    service: &'a ServiceDescription,
    docs: Docs<'a>,
    wsdl_url: &'a str,
    endpoint_url: &'a str,
    is_rpc: bool,
    operations: Vec<Operation<'a>>,
}

struct Operation<'a> {
    name: &'a str,
    docs: Docs<'a>,
    /// What is unusual about its messages.
    messages: Vec<String>,
    tables: Vec<Table<'a>>,
    faults: Vec<Fault<'a>>,
    /// A command line.
    example: String,
}

struct Fault<'a> {
    name: &'a str,
    docs: Docs<'a>,
    fields: Table<'a>,
}

#[derive(Template)]
#[template(path = "parts.html")]
struct Table<'a> {
    title: &'static str,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    name: &'a str,
    type_name: String,
    presence: String,
    docs: Docs<'a>,
}

/// The documentation of `service`, as HTML.
pub(crate) fn documentation(service: &ServiceDescription, wsdl_url: &str, endpoint_url: &str) -> String {
    let operations = service.operations.iter().map(|operation| Operation::of(service, operation, endpoint_url));
    let docs = Docs::new(service.docs);
    let is_rpc = service.style == Style::Rpc;
    Page { service, docs, wsdl_url, endpoint_url, is_rpc, operations: operations.collect() }.to_string()
}

impl<'a> Operation<'a> {
    fn of(service: &ServiceDescription, operation: &'a OperationDescription, endpoint_url: &str) -> Self {
        Self {
            name: operation.name,
            docs: Docs::new(operation.docs),
            messages: messages(operation),
            tables: tables(operation),
            faults: operation.faults.iter().map(Fault::of).collect(),
            example: curl(service, operation, endpoint_url),
        }
    }
}

/// A sentence for each message that does not look as one would think.
fn messages(operation: &OperationDescription) -> Vec<String> {
    let OperationDescription { name, body, request, response, input, output, .. } = operation;
    let sentence = |message: &str, element: &str, usual: &str, what: &str, parts: &[Part]| match body {
        Body::Bare if parts.is_empty() => Some(format!("The Body of the {message} is empty.")),
        Body::Bare => Some(format!("The {what} is itself the {message}, as the element {element}.")),
        Body::Wrapped | Body::Rpc => (element != usual).then(|| format!("The {message} is the element {element}.")),
    };
    let asked = sentence("request", request, name, "argument", input);
    let answered = match operation.is_one_way {
        true => Some("There is no reply: HTTP 202 says that the message has come.".to_owned()),
        false => sentence("reply", response, &format!("{name}Response"), "output", output),
    };
    asked.into_iter().chain(answered).collect()
}

fn tables(operation: &OperationDescription) -> Vec<Table<'_>> {
    let headers = [("Headers", &operation.input_headers), ("Headers of the reply", &operation.output_headers)];
    let [asked, answered] = headers.map(|(title, parts)| (!parts.is_empty()).then(|| Table::of(title, parts)));
    let outputs = (!operation.is_one_way).then(|| Table::of("Outputs", &operation.output));
    asked.into_iter().chain([Table::of("Arguments", &operation.input)]).chain(answered).chain(outputs).collect()
}

impl<'a> Fault<'a> {
    fn of(fault: &'a FaultDescription) -> Self {
        let parts = fault.value.as_ref().map_or(&*fault.parts, std::slice::from_ref);
        Self { name: fault.name, docs: Docs::new(fault.docs), fields: Table::of("Detail", parts) }
    }
}

impl<'a> Table<'a> {
    fn of(title: &'static str, parts: &'a [Part]) -> Self {
        Self { title, rows: parts.iter().map(Row::of).collect() }
    }
}

impl<'a> Row<'a> {
    fn of(part: &'a Part) -> Self {
        Self { name: &part.name, type_name: type_name(part), presence: presence(part), docs: Docs::new(part.docs) }
    }
}

fn type_name(part: &Part) -> String {
    match (part.published_as, &part.schema) {
        (Some(wider), _) => wider.to_owned(),
        (None, Schema::Restricted(base, facets)) => {
            let facets: Vec<_> = facets.iter().map(|(facet, value)| format!("{facet} {value}")).collect();
            format!("{} ({})", base.name(), facets.join(", "))
        }
        (None, schema) => schema.name().into_owned(),
    }
}

/// Whether it has to be there, and what happens if it is not.
fn presence(part: &Part) -> String {
    let occurs = part.occurs;
    let mut presence = match (part.default_of_one(), occurs.min, occurs.max) {
        (Some(""), ..) => "default: empty".to_owned(),
        (Some(default), ..) => format!("default: {default}"),
        (None, 0, Some(1)) => "optional".to_owned(),
        (None, _, Some(1)) => "required".to_owned(),
        (None, min, Some(max)) => format!("{min} to {max} times"),
        (None, 0, None) => "any number of times".to_owned(),
        (None, min, None) => format!("{min} times or more"),
    };
    if occurs.nillable && occurs.min > 0 {
        presence.push_str(", may be nil");
    }
    presence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::Naming;
    use crate::wsdl::samples::{courier, courier_in_rpc, mesher};

    #[test]
    fn the_page_tells_all_that_a_caller_needs() {
        let page = documentation(&mesher(Naming::Standard), "http://h/Mesher?wsdl", "http://h/Mesher");
        for expected in [
            "<h1>MesherService</h1>",
            "<a href=\"http://h/Mesher?wsdl\">",
            "<li>one core</li>",
            "<td><code>secondsToWait</code></td>",
            "<td>unsignedInt</td>",
            "<td>default: 300</td>",
            "<td>string (enumeration x, enumeration y)</td>",
            "<td>any number of times</td>",
            "<td>2 to 3 times</td>",
            "<td>required, may be nil</td>",
            "<h4>UnknownFormat</h4>",
            "curl &#39;http://h/Mesher&#39;",
            "&#60;tns:axis&#62;x&#60;/tns:axis&#62;",
            "SOAPAction: &#34;http://example.org/mesh?a=1&#38;b=2/convertMesh&#34;",
        ] {
            assert!(page.contains(expected), "{expected} is not in\n{page}");
        }
    }

    #[test]
    fn the_page_shows_headers_and_how_messages_look() {
        let page = documentation(&courier(Naming::Standard), "http://h/C?wsdl", "http://h/C");
        for expected in [
            "<p>There is no reply: HTTP 202 says that the message has come.</p>",
            "<p>The argument is itself the request, as the element Parcel.</p>",
            "<p>The output is itself the reply, as the element Places.</p>",
            "<p>The Body of the request is empty.</p>",
            "<td><code>Overweight</code></td>",
            "&#60;soap:Header&#62;\n    &#60;tns:session&#62;x&#60;/tns:session&#62;",
            "&#60;soap:Body&#62;\n    &#60;tns:Parcel&#62;1&#60;/tns:Parcel&#62;",
            "&#60;soap:Body/&#62;",
        ] {
            assert!(page.contains(expected), "{expected} is not in\n{page}");
        }
        let headers = page.find("Headers of the reply").expect("they have a table");
        assert!(page.find("<td><code>trace</code></td>").is_some_and(|trace| trace < headers), "{page}");
        let page = documentation(&courier_in_rpc(), "http://h/C?wsdl", "http://h/C");
        assert!(page.contains("rpc/literal") && page.contains("&#60;address&#62;text&#60;/address&#62;"), "{page}");
    }

    #[test]
    fn addresses_cannot_leave_their_places() {
        let address = "http://h/'\"><script>alert(1)</script>";
        let page = documentation(&mesher(Naming::Standard), address, address);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&#39;\\&#39;&#39;"), "the quote is not quoted for the shell\n{page}");
    }
}
