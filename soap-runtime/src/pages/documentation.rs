//! The page that a browser gets at an endpoint.

use askama::Template;

use super::example::curl;
use super::markdown::Docs;
use crate::describe::{FaultDescription, OperationDescription, Part, ServiceDescription};
use crate::types::Schema;

#[derive(Template)]
#[template(path = "documentation.html")]
struct Page<'a> {
    service: &'a ServiceDescription,
    docs: Docs<'a>,
    wsdl_url: &'a str,
    endpoint_url: &'a str,
    operations: Vec<Operation<'a>>,
}

struct Operation<'a> {
    name: &'a str,
    docs: Docs<'a>,
    arguments: Table<'a>,
    outputs: Table<'a>,
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
    Page { service, docs, wsdl_url, endpoint_url, operations: operations.collect() }.to_string()
}

impl<'a> Operation<'a> {
    fn of(service: &ServiceDescription, operation: &'a OperationDescription, endpoint_url: &str) -> Self {
        Self {
            name: operation.name,
            docs: Docs::new(operation.docs),
            arguments: Table::of("Arguments", &operation.input),
            outputs: Table::of("Outputs", &operation.output),
            faults: operation.faults.iter().map(Fault::of).collect(),
            example: curl(service, operation, endpoint_url),
        }
    }
}

impl<'a> Fault<'a> {
    fn of(fault: &'a FaultDescription) -> Self {
        Self { name: fault.name, docs: Docs::new(fault.docs), fields: Table::of("Detail", &fault.parts) }
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
    use crate::wsdl::samples::mesher;

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
    fn addresses_cannot_leave_their_places() {
        let address = "http://h/'\"><script>alert(1)</script>";
        let page = documentation(&mesher(Naming::Standard), address, address);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&#39;\\&#39;&#39;"), "the quote is not quoted for the shell\n{page}");
    }
}
