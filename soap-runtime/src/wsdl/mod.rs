//! From the description of a service to its WSDL 1.1 document.
//!
//! Document/literal, wrapped or bare, or rpc/literal. The document is made once; only the address of the service differs
//! from request to request, and is filled in. `schema` writes the messages and `types` what
//! they are made of, `operations` what refers to them, `names` knows the presets.

#[cfg(any(feature = "build", feature = "testing"))]
pub(crate) mod contract;
#[cfg(feature = "reading")]
#[cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]
pub(crate) mod diff;
// Build scripts and tests read files, clients URLs.
#[cfg(feature = "reading")]
#[allow(dead_code)]
pub(crate) mod documents;
mod message;
#[cfg(feature = "reading")]
pub(crate) mod model;
mod names;
mod operations;
#[cfg(feature = "reading")]
pub(crate) mod read;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(feature = "cli")]
mod save;
mod schema;
#[cfg(test)]
mod tests;
mod types;

#[cfg(feature = "generate")]
pub(crate) use names::default_action;
pub(crate) use names::reply_action;
pub(crate) use names::soap_action;

use crate::describe::{ServiceDescription, Style};
use crate::xml::{IndentedWriter, escape_replacing_into};

use message::{elements_of, messages_of};
use names::Names;
use operations::Soap;

/// The WSDL of a service, without the address at which it is called.
#[derive(Clone, Debug)]
pub struct Wsdl {
    document: String,
    /// Where in the document the address goes, for each port.
    holes: Vec<usize>,
}

impl Wsdl {
    /// The WSDL of the service that is described.
    pub fn new(service: &ServiceDescription) -> Self {
        let names = Names::of(service);
        let bindings = bindings(service, &names);
        let types = service.types();
        let foreign = service.foreign_elements();
        let type_names = types::Names::of(service, &types, &foreign);
        let mut holes = Vec::new();
        let mut writer = IndentedWriter::document();
        let definitions = writer
            .tag("wsdl:definitions")
            .attribute("xmlns:soap", "http://schemas.xmlsoap.org/wsdl/soap/")
            .attribute_if("xmlns:soap12", service.soap12.then_some("http://schemas.xmlsoap.org/wsdl/soap12/"))
            .attribute("xmlns:tns", &service.namespace)
            .attribute("xmlns:wsdl", "http://schemas.xmlsoap.org/wsdl/")
            // Only there do messages name types.
            .attribute_if("xmlns:xs", (service.style == Style::Rpc).then_some(schema::XML_SCHEMA))
            .attribute("targetNamespace", &service.namespace)
            .attribute("name", names.definitions);
        definitions.content(|writer| {
            schema::write_types(writer, service, &elements_of(service), &types, &foreign, &type_names);
            operations::write_messages(writer, &messages_of(service), &type_names);
            operations::write_port_type(writer, service, &names);
            bindings.iter().for_each(|soap| operations::write_binding(writer, service, &names, soap));
            // Last, unlike the reference: one generator looks for the address only after the binding.
            holes = operations::write_service(writer, service, &bindings);
        });
        Self { document: writer.finish(), holes }
    }

    /// The document of the service at `address`, the URL of its endpoint.
    pub fn at(&self, address: &str) -> String {
        // No character takes more than six bytes when it is escaped, `&quot;`.
        let mut document = String::with_capacity(self.document.len() + 6 * address.len() * self.holes.len());
        let mut from = 0;
        for &hole in &self.holes {
            document.push_str(&self.document[from..hole]);
            escape_replacing_into(&mut document, address, true);
            from = hole;
        }
        document.push_str(&self.document[from..]);
        document
    }
}

/// SOAP 1.1 first: it is the port that tools take if nobody chooses.
fn bindings<'a>(service: &ServiceDescription, names: &'a Names<'_>) -> Vec<Soap<'a>> {
    let soap11 = Soap { prefix: "soap", binding: &names.binding, port: &names.port };
    let soap12 = Soap { prefix: "soap12", binding: &names.soap12_binding, port: &names.soap12_port };
    if service.soap12 { vec![soap11, soap12] } else { vec![soap11] }
}
