//! Services and their ports, as far as they speak SOAP over HTTP.

use std::collections::BTreeMap;

use super::WsdlError;
use super::budget::Budget;
use super::collect::Found;
use super::docs;
use super::tree::{Node, WSDL};
use crate::envelope::Version;
use crate::wsdl::model::{Definitions, Port, QName, Service};

/// The namespaces of the two versions' bindings.
const SOAP: [(&str, Version); 2] = [
    ("http://schemas.xmlsoap.org/wsdl/soap/", Version::Soap11),
    ("http://schemas.xmlsoap.org/wsdl/soap12/", Version::Soap12),
];
/// What is HTTP, in the bindings of either version.
const HTTP: [&str; 2] = ["http://schemas.xmlsoap.org/soap/http", "http://www.w3.org/2003/05/soap/bindings/HTTP"];

/// The namespace of the elements of a version.
pub(super) fn namespace(version: Version) -> &'static str {
    SOAP[usize::from(version == Version::Soap12)].0
}

/// What is needed to read services.
pub(super) struct Reader<'r, 'a> {
    pub(super) found: &'r Found<'a>,
    /// With all types and elements.
    pub(super) definitions: &'r Definitions,
    pub(super) budget: &'r Budget,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(super) fn new(found: &'r Found<'a>, definitions: &'r Definitions, budget: &'r Budget) -> Self {
        Self { found, definitions, budget }
    }

    pub(super) fn services(&self) -> Result<Vec<Service>, WsdlError> {
        self.found.services.iter().map(|(name, node)| self.service(name, *node)).collect()
    }

    fn service(&self, name: &QName, node: Node<'a>) -> Result<Service, WsdlError> {
        let mut ports = Vec::new();
        for port in node.all(WSDL, "port") {
            ports.extend(self.port(port)?);
        }
        Ok(Service { name: name.clone(), docs: docs::of_wsdl(node), ports })
    }

    /// `None` for what speaks something else.
    fn port(&self, node: Node<'a>) -> Result<Option<Port>, WsdlError> {
        let (binding_name, &binding) = self.named(&self.found.bindings, "binding", node, "binding")?;
        let Some((soap, version)) = soap_in(binding, "binding") else { return Ok(None) };
        let transport = soap.attribute("transport").map_or("", |transport| transport.trim().trim_end_matches('/'));
        if !transport.is_empty() && !HTTP.contains(&transport) {
            return Ok(None);
        }
        let (port_type_name, &port_type) = self.named(&self.found.port_types, "portType", binding, "type")?;
        let address = soap_in(node, "address").and_then(|(address, _)| address.attribute("location"));
        Ok(Some(Port {
            name: node.required("name")?.trim().to_owned(),
            binding: binding_name,
            port_type: port_type_name,
            address: address.unwrap_or_default().trim().to_owned(),
            version,
            operations: self.operations(port_type, binding, soap, version)?,
        }))
    }

    /// What an attribute names, and its full name. A name without a prefix is meant in the namespace of the
    /// document, if the default one has nothing of that name.
    pub(super) fn named<'t, T>(
        &self,
        table: &'t BTreeMap<QName, T>,
        kind: &'static str,
        node: Node<'a>,
        attribute: &str,
    ) -> Result<(QName, &'t T), WsdlError> {
        let value = node.required(attribute)?;
        let name = node.resolve(value)?;
        let target = node.root().attribute("targetNamespace").unwrap_or_default();
        let here = (!value.contains(':')).then(|| QName::new(target, value.trim()));
        let found = [Some(name.clone()), here].into_iter().flatten().find_map(|name| {
            let found = table.get(&name)?;
            Some((name, found))
        });
        found.ok_or_else(|| node.missing(kind, &name))
    }
}

/// The element of this name in either version's namespace.
pub(super) fn soap_in<'a>(node: Node<'a>, local: &str) -> Option<(Node<'a>, Version)> {
    SOAP.into_iter().find_map(|(namespace, version)| Some((node.first(namespace, local)?, version)))
}
