//! The page at the context root.

use askama::Template;

use super::markdown::Docs;
use crate::describe::ServiceDescription;

#[derive(Template)]
#[template(path = "landing.html")]
struct Page<'a> {
    services: Vec<Entry<'a>>,
}

struct Entry<'a> {
    name: &'a str,
    /// The first paragraph.
    docs: Docs<'a>,
    endpoint_url: &'a str,
    operations: Vec<&'a str>,
}

/// A page that lists services, each with the URL of its endpoint.
pub(crate) fn landing(services: &[(&ServiceDescription, String)]) -> String {
    let services = services.iter().map(|(service, endpoint_url)| Entry {
        name: service.name,
        docs: Docs::summary(service.docs),
        endpoint_url,
        operations: service.operations.iter().map(|operation| operation.name).collect(),
    });
    Page { services: services.collect() }.to_string()
}
