//! From an operation to a method.

use super::complex::Owner;
use super::content::Occurring;
use super::docs::{Docs, quoted};
use super::model::{Field, Item, Method, Returns, Role, Shape};
use super::names::{self, Names};
use super::types::{Place, Resolved, Types};
use crate::wsdl::default_action;
use crate::wsdl::model::{
    Body, Complex, Content, Element, FaultMessage, Group, GroupKind, Message, Operation, Particle, Type, TypeKind,
    TypeRef,
};

/// Names that methods of clients have already.
pub(super) const TAKEN: &[&str] = &["clone", "connect", "connect_with", "over", "soap12", "with_header"];

/// How many arguments and header blocks a method may have.
const MOST_PARAMETERS: usize = 32;
const MOST_REPLY_HEADERS: usize = 8;

/// What methods are made with.
pub(super) struct Making<'t, 'd> {
    pub(super) types: &'t mut Types<'d>,
    pub(super) namespace: &'t str,
    pub(super) is_unqualified: bool,
    pub(super) is_rpc: bool,
    pub(super) like_spyne: bool,
    pub(super) names: Names,
}

/// What is in the Bodies of an operation.
struct Bodies {
    parameters: Vec<Field>,
    returns: Returns,
    is_bare: bool,
    /// What there is to say of the result.
    sentences: Vec<String>,
}

impl<'t> Making<'t, '_> {
    /// # Errors
    /// Why it cannot be called.
    pub(super) fn method(&mut self, operation: &Operation) -> Result<Method, String> {
        if let Some(reason) = &operation.unsupported {
            return Err(format!("it {reason}"));
        }
        self.check(operation)?;
        let mut parameter_names = Names::default();
        let header_parameters = self.headers(operation, &operation.input, &mut parameter_names);
        let bodies = self.bodies(operation, header_parameters.len(), &mut parameter_names)?;
        let reply_headers = match &operation.output {
            Some(output) => self.headers(operation, output, &mut Names::default()),
            None => Vec::new(),
        };
        // Clients take others for extensions of SOAP, which they leave alone.
        let (reply_headers, others): (Vec<_>, Vec<_>) =
            reply_headers.into_iter().partition(|header| header.namespace.is_none());
        for header in others {
            let (header, name) = (quoted(&header.wire), quoted(&operation.name));
            self.types
                .losses
                .push(format!("the header {header} of the reply to {name} is passed over: it is of another namespace"));
        }
        if reply_headers.len() > MOST_REPLY_HEADERS {
            return Err(format!("its reply has more than {MOST_REPLY_HEADERS} headers"));
        }
        let mut docs = Docs::of(&operation.docs).with(bodies.sentences);
        operation.faults.iter().for_each(|fault| self.tell_fault(fault, &mut docs));
        let Operation { name, action, output, .. } = operation;
        let request = operation.input.body.element().map(|element| element.local.clone());
        let response = output.as_ref().and_then(|output| output.body.element()).map(|element| element.local.clone());
        let is_made = if self.like_spyne { action == name } else { *action == default_action(self.namespace, name) };
        Ok(Method {
            name: self.names.unique(&names::value_name(name)),
            wire: name.clone(),
            docs,
            parameters: bodies.parameters,
            header_parameters,
            returns: bodies.returns,
            reply_headers,
            is_bare: bodies.is_bare,
            is_one_way: output.is_none(),
            request: request.filter(|request| !self.is_rpc && request != name),
            response: response.filter(|response| !self.is_rpc && *response != format!("{name}Response")),
            action: (!is_made).then(|| action.clone()),
        })
    }

    fn check(&self, operation: &Operation) -> Result<(), String> {
        let body = &operation.input.body;
        let is_rpc = matches!(body, Body::Rpc { .. });
        match body.element() {
            None if self.is_rpc => Err("its request is empty, and the others are rpc/literal".to_owned()),
            _ if is_rpc != self.is_rpc => Err("the style of its binding is not that of the others".to_owned()),
            Some(element) if element.namespace != self.namespace => Err(format!(
                "its request is in namespace {}, and those of the others are in {}",
                quoted(&element.namespace),
                quoted(self.namespace),
            )),
            _ => Ok(()),
        }
    }

    fn bodies(&mut self, operation: &Operation, headers: usize, names: &mut Names) -> Result<Bodies, String> {
        let output = operation.output.as_ref().map(|output| &output.body);
        let is_plain = |parts: &[Element]| {
            let is_new = |at: usize| parts[..at].iter().all(|other| other.name.local != parts[at].name.local);
            (0..parts.len()).all(is_new)
        };
        let fits = |parts: &[Element]| is_plain(parts) && parts.len() + headers <= MOST_PARAMETERS;
        match (&operation.input.body, output) {
            (Body::Rpc { parts, .. }, None | Some(Body::Empty)) => self.wrapped(operation, parts, &[], headers, names),
            (Body::Rpc { parts, .. }, Some(Body::Rpc { parts: outputs, .. })) => {
                self.wrapped(operation, parts, outputs, headers, names)
            }
            (Body::Rpc { .. }, Some(_)) => Err("its reply is not rpc/literal".to_owned()),
            (Body::Wrapped { parts, .. }, None | Some(Body::Empty)) if fits(parts) => {
                self.wrapped(operation, parts, &[], headers, names)
            }
            (Body::Wrapped { parts, .. }, Some(Body::Wrapped { parts: outputs, .. }))
                if fits(parts) && is_plain(outputs) =>
            {
                self.wrapped(operation, parts, outputs, headers, names)
            }
            (input, output) => Ok(self.bare(operation, input, output.unwrap_or(&Body::Empty), names)),
        }
    }

    /// What stands in the elements of the messages, each an argument or an output.
    fn wrapped(
        &mut self,
        operation: &Operation,
        parts: &[Element],
        outputs: &[Element],
        headers: usize,
        names: &mut Names,
    ) -> Result<Bodies, String> {
        if parts.len() + headers > MOST_PARAMETERS {
            return Err(format!("it has more than {MOST_PARAMETERS} arguments"));
        }
        let wire = names::type_name(&operation.name);
        let owner = self.owner(&wire, !self.is_rpc && !self.is_unqualified);
        let parameters = parts.iter().map(|part| self.types.element_field(once(part), &owner, names)).collect();
        let (returns, sentences) = self.outputs(operation, outputs, &owner);
        Ok(Bodies { parameters, returns, is_bare: false, sentences })
    }

    fn owner<'n>(&self, wire: &'n str, is_qualified: bool) -> Owner<'n>
    where
        't: 'n,
    {
        let inner = if is_qualified { self.namespace.to_owned() } else { String::new() };
        Owner { wire, namespace: self.namespace, inner }
    }

    fn outputs(&mut self, operation: &Operation, outputs: &[Element], owner: &Owner<'_>) -> (Returns, Vec<String>) {
        let mut names = Names::default();
        let mut fields: Vec<Field> =
            outputs.iter().map(|output| self.types.element_field(once(output), owner, &mut names)).collect();
        // They are read whatever their namespace is.
        fields.iter_mut().for_each(|field| field.namespace = None);
        match fields.len() {
            0 => (Returns::Nothing, Vec::new()),
            1 => {
                let field = fields.remove(0);
                let told: Vec<_> = field.docs.lines().map(str::to_owned).collect();
                let told = (!told.is_empty()).then(|| format!("Returns {}: {}", quoted(&field.wire), told.join(" ")));
                let name = (field.wire != format!("{}Result", operation.name)).then_some(field.wire);
                (Returns::Value(field.ty, name), told.into_iter().collect())
            }
            _ => {
                let id = self.types.reserve(&format!("{}Output", names::type_name(&operation.name)));
                let docs = Docs::default().with([format!("The outputs of {}.", quoted(&operation.name))]);
                self.types.set(id, |item| (item.docs, item.shape) = (docs, Shape::Output(fields)));
                (Returns::Output(id), Vec::new())
            }
        }
    }

    /// The elements of the messages as values themselves.
    fn bare(&mut self, operation: &Operation, input: &Body, output: &Body, names: &mut Names) -> Bodies {
        let parameters = self
            .alone(input, operation)
            .map(|field| Field { name: names.unique(&names::value_name(&field.wire)), ..field });
        let parameters = parameters.into_iter().collect();
        let (returns, sentences) = match self.alone(output, operation) {
            None => (Returns::Nothing, Vec::new()),
            Some(field) => {
                let told: Vec<_> = field.docs.lines().map(str::to_owned).collect();
                let told = (!told.is_empty()).then(|| format!("Returns {}: {}", quoted(&field.wire), told.join(" ")));
                (Returns::Value(field.ty, None), told.into_iter().collect())
            }
        };
        Bodies { parameters, returns, is_bare: true, sentences }
    }

    fn alone(&mut self, body: &Body, operation: &Operation) -> Option<Field> {
        let (name, reference, docs, is_nillable) = match body {
            Body::Empty => return None,
            Body::Bare(element) => (&element.name, element.ty.clone(), &*element.docs, element.nillable),
            Body::Wrapped { element, parts } | Body::Rpc { element, parts } => (element, holding(parts), "", false),
        };
        let wire = if name.local == operation.name { format!("{}Request", name.local) } else { name.local.clone() };
        let place = Place { name: wire, namespace: name.namespace.clone() };
        let Resolved { ty, mut facets, sentence } = self.types.of_element(&reference, &place);
        let sentences = sentence.into_iter().chain(std::mem::take(&mut facets.sentences));
        Some(Field {
            name: String::new(),
            wire: name.local.clone(),
            docs: Docs::of(docs).with(sentences),
            role: Role::Element,
            ty: if is_nillable { ty.option() } else { ty },
            facets,
            namespace: None,
            default: None,
        })
    }

    fn headers(&mut self, operation: &Operation, message: &Message, names: &mut Names) -> Vec<Field> {
        let wire = names::type_name(&operation.name);
        let owner = self.owner(&wire, true);
        let mut fields = Vec::new();
        for header in &message.headers {
            // Headers are global elements, and nothing says whether they have to be there.
            let header = Occurring { element: header, min: 0, max: Some(1), is_alternative: false };
            fields.push(self.types.element_field(header, &owner, names));
        }
        fields
    }

    fn tell_fault(&mut self, fault: &FaultMessage, docs: &mut Docs) {
        let mut told = format!("Declared fault: {}", quoted(&fault.name));
        if let Some(detail) = &fault.detail {
            let place = Place { name: detail.name.local.clone(), namespace: detail.name.namespace.clone() };
            let ty = self.types.of_element(&detail.ty, &place).ty;
            if let Some(Item { name, .. }) = ty.direct().and_then(|id| self.types.item(id)) {
                told.push_str(&format!(", whose detail is the element {}, a `{name}`", quoted(&detail.name.local)));
            } else {
                told.push_str(&format!(", whose detail is the element {}", quoted(&detail.name.local)));
            }
        }
        told.push('.');
        let more: Vec<_> = Docs::of(&fault.docs).lines().map(str::to_owned).collect();
        docs.add([told].into_iter().chain(more).collect::<Vec<_>>().join(" ").trim_end());
    }
}

fn once(element: &Element) -> Occurring<'_> {
    Occurring { element, min: element.min, max: element.max, is_alternative: false }
}

/// The type of an element that holds `parts`.
fn holding(parts: &[Element]) -> TypeRef {
    let particles = parts.iter().cloned().map(Particle::Element).collect();
    let group = Group { kind: GroupKind::Sequence, min: 1, max: Some(1), particles };
    let complex = Complex { content: Content::Elements(group), ..Complex::default() };
    TypeRef::Anonymous(Box::new(Type { docs: String::new(), kind: TypeKind::Complex(complex) }))
}
