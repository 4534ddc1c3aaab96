//! From the ports of a WSDL to traits.

use super::content;
use super::docs::{Docs, quoted};
use super::method;
use super::model::{Method, Trait};
use super::names::{self, Names};
use super::types::Types;
use crate::envelope::Version;
use crate::wsdl::model::{Body, Content, Definitions, Element, Operation, Port, Service, TypeKind};

/// A port with what follows from its messages.
struct Chosen<'d> {
    service: &'d Service,
    port: &'d Port,
    name: String,
    namespace: String,
    is_unqualified: bool,
    is_rpc: bool,
}

/// The traits, the types that they need, and what is left out.
pub(super) fn traits(definitions: &Definitions) -> (Vec<Trait>, Types<'_>, Vec<String>) {
    let (mut names, mut left_out) = (Names::of_types(), Vec::new());
    let chosen = chosen(definitions, &mut names);
    let common = match &chosen[..] {
        [first, others @ ..] => others
            .iter()
            .all(|other| (&other.namespace, other.is_unqualified) == (&first.namespace, first.is_unqualified))
            .then_some(first),
        [] => None,
    };
    let namespace = common.map(|common| common.namespace.clone());
    let mut types = Types::new(definitions, namespace, common.is_some_and(|common| common.is_unqualified), names);
    let traits = chosen.iter().map(|chosen| chosen.to_trait(&mut types, &mut left_out)).collect();
    (traits, types, left_out)
}

/// One port for each port type: for SOAP 1.1, if there is one.
fn chosen<'d>(definitions: &'d Definitions, names: &mut Names) -> Vec<Chosen<'d>> {
    let mut ports: Vec<(&Service, &Port)> = Vec::new();
    for (service, port) in definitions.ports() {
        match ports.iter_mut().find(|(_, known)| known.port_type == port.port_type) {
            None => ports.push((service, port)),
            Some(known) if known.1.version != Version::Soap11 && port.version == Version::Soap11 => {
                *known = (service, port);
            }
            Some(_) => {}
        }
    }
    let alone = |service: &Service| ports.iter().filter(|(other, _)| other.name == service.name).count() == 1;
    let named = ports.iter().map(|&(service, port)| {
        let wire = if alone(service) { &service.name.local } else { &port.port_type.local };
        let short = wire.strip_suffix("Service").filter(|short| !short.is_empty()).unwrap_or(wire);
        let name = names.unique(&names::type_name(short));
        names.unique(&format!("{name}Client"));
        Chosen::new(definitions, service, port, name)
    });
    named.collect()
}

impl<'d> Chosen<'d> {
    fn new(definitions: &'d Definitions, service: &'d Service, port: &'d Port, name: String) -> Self {
        let rpc = port.operations.iter().filter(|one| matches!(one.input.body, Body::Rpc { .. })).count();
        let is_rpc = 2 * rpc > port.operations.len();
        let namespace = namespace_of(port).unwrap_or_else(|| definitions.namespace.clone());
        let is_unqualified = is_unqualified(definitions, port, &namespace);
        Self { service, port, name, namespace, is_unqualified, is_rpc }
    }

    fn to_trait(&self, types: &mut Types<'_>, left_out: &mut Vec<String>) -> Trait {
        let Self { service, port, name, namespace, is_unqualified, is_rpc } = self;
        let callable = |operation: &&Operation| operation.unsupported.is_none();
        let with_action = port.operations.iter().filter(callable);
        let like_spyne = with_action.clone().count() > 0 && with_action.clone().all(|one| one.action == one.name);
        let mut made = method::Making {
            types,
            namespace,
            is_unqualified: *is_unqualified,
            is_rpc: *is_rpc,
            like_spyne,
            names: Names::but_for(method::TAKEN),
        };
        let left = |operation: &Operation, reason: &str| {
            format!("{} of {} is left out: {reason}", quoted(&operation.name), quoted(&service.name.local))
        };
        let mut methods: Vec<Method> = Vec::new();
        for operation in &port.operations {
            match made.method(operation) {
                Ok(method) => match clash(&methods, &method) {
                    None => methods.push(method),
                    Some(reason) => left_out.push(left(operation, &reason)),
                },
                Err(reason) => left_out.push(left(operation, &reason)),
            }
        }
        Trait {
            name: name.clone(),
            docs: Docs::of(&service.docs).or(Docs::of(&types.definitions.docs)),
            wire: service.name.local.clone(),
            namespace: namespace.clone(),
            address: port.address.clone(),
            is_rpc: *is_rpc,
            is_unqualified: *is_unqualified,
            is_soap12: port.version == Version::Soap12,
            like_spyne,
            methods,
        }
    }
}

/// What keeps a method from standing beside those that are there already.
fn clash(methods: &[Method], method: &Method) -> Option<String> {
    let request = |method: &Method| method.request.clone().unwrap_or_else(|| method.wire.clone());
    let is_empty = |method: &Method| method.is_bare && method.parameters.is_empty();
    methods.iter().find_map(|known| {
        let reply_of = |one: &Method, other: &Method| one.wire.strip_suffix("Response") == Some(&*other.wire);
        if known.wire == method.wire {
            Some("there is another operation of that name".to_owned())
        } else if request(known) == request(method) && !is_empty(known) && !is_empty(method) {
            Some(format!("its request is the one of {} as well", quoted(&known.wire)))
        } else if reply_of(known, method) || reply_of(method, known) {
            Some(format!("its name and that of {} are as those of a request and its reply", quoted(&known.wire)))
        } else {
            None
        }
    })
}

/// The namespace that most requests are in.
fn namespace_of(port: &Port) -> Option<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    let bodies = port.operations.iter().filter(|operation| operation.unsupported.is_none());
    for element in bodies.filter_map(|operation| operation.input.body.element()) {
        match counts.iter_mut().find(|(namespace, _)| *namespace == element.namespace) {
            Some((_, count)) => *count += 1,
            None => counts.push((&element.namespace, 1)),
        }
    }
    counts.retain(|(namespace, _)| !namespace.is_empty());
    // The first of those that are as many.
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(namespace, _)| (*namespace).to_owned())
}

/// Whether most elements of the schema that stand in others are in no namespace.
fn is_unqualified(definitions: &Definitions, port: &Port, namespace: &str) -> bool {
    let mut elements: Vec<&Element> = Vec::new();
    for operation in &port.operations {
        for body in [Some(&operation.input.body), operation.output.as_ref().map(|output| &output.body)] {
            match body {
                Some(Body::Wrapped { element, parts }) if element.namespace == namespace => elements.extend(parts),
                _ => {}
            }
        }
    }
    let own = definitions.types.iter().filter(|(name, _)| name.namespace == namespace);
    for ty in own.map(|(_, ty)| ty) {
        if let TypeKind::Complex(complex) = &ty.kind
            && let Content::Elements(_) = &complex.content
        {
            elements.extend(content::entries(&complex.content).iter().flatten().flat_map(content::elements));
        }
    }
    let without = elements.iter().filter(|element| element.name.namespace.is_empty()).count();
    2 * without > elements.len()
}
