//! What the three presets call things.
//!
//! [`Naming::Standard`] is made for the rules by which tools unwrap a message into arguments:
//!
//! - the element of the request is named like the operation, and each message has one part
//!   (JAX-WS 2.2 §2.3.1.2);
//! - that part is called `parameters`, or .NET's `svcutil` shows a message object in place of
//!   arguments;
//! - no `parameterOrder`, which is for RPC (WSDL 1.1 §2.4.6), and no names on input and output, whose
//!   defaults (§2.4.5) say the same;
//! - `soapAction` is a URI of the operation, namespace first, as .NET has it: Basic Profile 1.1
//!   R2744 only wants clients to repeat it. A `urn:` goes on with `:`, any other namespace with `/`,
//!   as in WS-Addressing 1.0 – WSDL Binding §4.4.4.

use std::borrow::Cow;

use crate::describe::{Naming, OperationDescription, ServiceDescription};

/// The names of what a service has one of.
pub(super) struct Names<'a> {
    pub(super) definitions: &'a str,
    pub(super) port_type: Cow<'a, str>,
    pub(super) binding: Cow<'a, str>,
    pub(super) port: Cow<'a, str>,
    pub(super) soap12_binding: Cow<'a, str>,
    pub(super) soap12_port: Cow<'a, str>,
}

impl<'a> Names<'a> {
    pub(super) fn of(description: &ServiceDescription) -> Self {
        let name = description.name;
        match description.naming {
            Naming::Standard => Self {
                definitions: name,
                port_type: format!("{name}PortType").into(),
                binding: format!("{name}Binding").into(),
                port: format!("{name}Port").into(),
                soap12_binding: format!("{name}Soap12Binding").into(),
                soap12_port: format!("{name}Soap12Port").into(),
            },
            Naming::FlaskSpyne => Self::all(name),
            Naming::Spyne => Self::all("Application"),
        }
    }

    fn all(name: &'a str) -> Self {
        // The reference has no such port, so these are ours.
        let soap12 = format!("{name}Soap12");
        Self {
            definitions: name,
            port_type: name.into(),
            binding: name.into(),
            port: name.into(),
            soap12_binding: soap12.clone().into(),
            soap12_port: soap12.into(),
        }
    }
}

/// The name of the one part of `message`.
pub(super) fn part_name(naming: Naming, message: &str) -> &str {
    match naming {
        Naming::Standard => "parameters",
        Naming::FlaskSpyne | Naming::Spyne => message,
    }
}

/// The name of the one part of the message of the fault `fault`.
pub(super) fn fault_part_name(naming: Naming, fault: &str) -> &str {
    match naming {
        Naming::Standard => "fault",
        Naming::FlaskSpyne | Naming::Spyne => fault,
    }
}

/// The name of the message of the fault `fault`.
///
/// Not that of its element in [`Naming::Standard`]: tools make an exception of the one and a class of
/// the other, and Axis 1.4 mixes them up if they are called the same.
pub(super) fn fault_message_name(naming: Naming, fault: &str) -> Cow<'_, str> {
    match naming {
        Naming::Standard if fault.ends_with("Fault") => Cow::Owned(format!("{fault}Message")),
        Naming::Standard => Cow::Owned(format!("{fault}Fault")),
        Naming::FlaskSpyne | Naming::Spyne => Cow::Borrowed(fault),
    }
}

/// `name` where the preset says what it could leave to the defaults of WSDL.
pub(super) fn said_by_spyne(naming: Naming, name: &str) -> Option<&str> {
    match naming {
        Naming::Standard => None,
        Naming::FlaskSpyne | Naming::Spyne => Some(name),
    }
}

/// What a client sends in the header `SOAPAction`.
pub(crate) fn soap_action(service: &ServiceDescription, operation: &OperationDescription) -> Cow<'static, str> {
    match (operation.action, service.naming) {
        (Some(action), _) => Cow::Borrowed(action),
        (None, Naming::FlaskSpyne | Naming::Spyne) => Cow::Borrowed(operation.name),
        (None, Naming::Standard) => Cow::Owned(default_action(&service.namespace, operation.name)),
    }
}

/// What it is if nobody says anything else.
pub(crate) fn default_action(namespace: &str, operation: &str) -> String {
    let (namespace, separator) = and_separator(namespace);
    format!("{namespace}{separator}{operation}")
}

/// The action of the reply to `operation`, if there is one (WS-Addressing 1.0 – Metadata, §4.4.4).
pub(crate) fn reply_action(service: &ServiceDescription, operation: &OperationDescription) -> Option<String> {
    if operation.is_one_way {
        return None;
    }
    let port_type = Names::of(service).port_type;
    let (namespace, separator) = and_separator(&service.namespace);
    Some(format!("{namespace}{separator}{port_type}{separator}{}Response", operation.name))
}

fn and_separator(namespace: &str) -> (&str, char) {
    let separator = if namespace.starts_with("urn:") { ':' } else { '/' };
    (namespace.trim_end_matches(separator), separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wsdl::samples;

    #[test]
    fn the_action_is_the_operation_below_the_namespace() {
        for (namespace, expected) in [
            ("http://example.org/mesh", "http://example.org/mesh/convertMesh"),
            ("http://example.org/mesh/", "http://example.org/mesh/convertMesh"),
            ("urn:example:mesh", "urn:example:mesh:convertMesh"),
            ("mesh.sintef.no", "mesh.sintef.no/convertMesh"),
        ] {
            let mut service = samples::mesher(Naming::Standard);
            service.namespace = namespace.into();
            assert_eq!(soap_action(&service, &service.operations[0]), expected);
            service.naming = Naming::Spyne;
            assert_eq!(soap_action(&service, &service.operations[0]), "convertMesh");
        }
    }
}
