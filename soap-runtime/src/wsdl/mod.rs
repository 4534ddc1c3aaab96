//! From the description of a service to its WSDL 1.1 document.
//!
//! Document/literal, wrapped. The document is made once; only the address of the service differs
//! from request to request, and is filled in. `schema` writes the messages and `types` what
//! they are made of, `operations` what refers to them, `names` knows the presets.

mod message;
mod names;
mod operations;
#[cfg(test)]
pub(crate) mod samples;
mod schema;
#[cfg(test)]
mod tests;
mod types;

pub(crate) use names::soap_action;

use crate::describe::ServiceDescription;
use crate::xml::{IndentedWriter, escape_replacing_into};

use message::messages_of;
use names::Names;

/// The WSDL of a service, without the address at which it is called.
#[derive(Clone, Debug)]
pub struct Wsdl {
    document: String,
    /// Where in the document the address goes.
    hole: usize,
}

impl Wsdl {
    /// The WSDL of the service that is described.
    pub fn new(service: &ServiceDescription) -> Self {
        let names = Names::of(service);
        let messages = messages_of(service);
        let mut hole = 0;
        let mut writer = IndentedWriter::document();
        let definitions = writer
            .tag("wsdl:definitions")
            .attribute("xmlns:soap", "http://schemas.xmlsoap.org/wsdl/soap/")
            .attribute("xmlns:tns", &service.namespace)
            .attribute("xmlns:wsdl", "http://schemas.xmlsoap.org/wsdl/")
            .attribute("targetNamespace", &service.namespace)
            .attribute("name", names.definitions);
        definitions.content(|writer| {
            schema::write_types(writer, service, &messages);
            operations::write_messages(writer, &messages);
            operations::write_port_type(writer, service, &names);
            operations::write_binding(writer, service, &names);
            // Last, unlike the reference: one generator looks for the address only after the binding.
            hole = operations::write_service(writer, service, &names);
        });
        Self { document: writer.finish(), hole }
    }

    /// The document of the service at `address`, the URL of its endpoint.
    pub fn at(&self, address: &str) -> String {
        let (before, after) = self.document.split_at(self.hole);
        // No character takes more than six bytes when it is escaped, `&quot;`.
        let mut document = String::with_capacity(self.document.len() + 6 * address.len());
        document.push_str(before);
        escape_replacing_into(&mut document, address, true);
        document.push_str(after);
        document
    }
}
