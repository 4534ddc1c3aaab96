//! A model as text for golden files: a line for each thing, with what it says.

use std::fmt::Write;

use crate::wsdl::model::{
    Attribute, Body, Complex, Content, Definitions, Element, Group, GroupKind, Message, Operation, Particle, Simple,
    Type, TypeKind, TypeRef, Variety,
};

pub(super) fn render(definitions: &Definitions) -> String {
    let mut lines = Lines::default();
    lines.line(0, &format!("definitions {}", definitions.namespace), &definitions.docs);
    for service in &definitions.services {
        lines.line(0, &format!("service {}", service.name), &service.docs);
        for port in &service.ports {
            let text = format!("port {} {:?} at {:?}", port.name, port.version, port.address);
            lines.line(1, &format!("{text}, binding {}, port type {}", port.binding, port.port_type), "");
            port.operations.iter().for_each(|operation| lines.operation(operation));
        }
    }
    for (name, ty) in &definitions.types {
        lines.ty(0, &format!("type {name}"), ty);
    }
    definitions.elements.values().for_each(|element| lines.element(0, "global ", element));
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, indent: usize, text: &str, docs: &str) {
        let docs = if docs.is_empty() { String::new() } else { format!("  // {}", docs.replace('\n', " | ")) };
        writeln!(self.text, "{:width$}{text}{docs}", "", width = indent * 2).expect("a string takes everything");
    }

    fn operation(&mut self, operation: &Operation) {
        let action =
            if operation.action.is_empty() { String::new() } else { format!(" action {:?}", operation.action) };
        self.line(2, &format!("operation {}{action}", operation.name), &operation.docs);
        if let Some(reason) = &operation.unsupported {
            self.line(3, &format!("unsupported: {reason}"), "");
        }
        self.message("in", &operation.input);
        match &operation.output {
            Some(output) => self.message("out", output),
            None => self.line(3, "one way", ""),
        }
        for fault in &operation.faults {
            self.line(3, &format!("fault {}", fault.name), &fault.docs);
            fault.detail.iter().for_each(|detail| self.element(4, "", detail));
        }
    }

    fn message(&mut self, direction: &str, message: &Message) {
        message.headers.iter().for_each(|header| self.element(3, &format!("{direction} header "), header));
        let style = match &message.body {
            Body::Empty => "empty".to_owned(),
            Body::Wrapped { element, .. } => format!("wrapped {element}"),
            Body::Bare(_) => "bare".to_owned(),
            Body::Rpc { element, .. } => format!("rpc {element}"),
        };
        self.line(3, &format!("{direction} {style}"), "");
        message.body.parts().iter().for_each(|part| self.element(4, "", part));
    }

    fn element(&mut self, indent: usize, before: &str, element: &Element) {
        let nillable = if element.nillable { " nillable" } else { "" };
        let default = element.default.as_ref().map(|default| format!(" = {default:?}")).unwrap_or_default();
        let count = count(element.min, element.max);
        let text = format!("{before}{}{count}: {}{nillable}{default}", element.name, reference(&element.ty));
        self.line(indent, &text, &element.docs);
        self.anonymous(indent + 1, &element.ty);
    }

    fn attribute(&mut self, indent: usize, attribute: &Attribute) {
        let required = if attribute.required { "" } else { "?" };
        let default = attribute.default.as_ref().map(|default| format!(" = {default:?}")).unwrap_or_default();
        let text = format!("@{}{required}: {}{default}", attribute.name, reference(&attribute.ty));
        self.line(indent, &text, &attribute.docs);
        self.anonymous(indent + 1, &attribute.ty);
    }

    fn anonymous(&mut self, indent: usize, ty: &TypeRef) {
        if let TypeRef::Anonymous(ty) = ty {
            self.ty(indent, "type", ty);
        }
    }

    fn ty(&mut self, indent: usize, name: &str, ty: &Type) {
        match &ty.kind {
            TypeKind::Simple(simple) => self.simple(indent, name, simple, &ty.docs),
            TypeKind::Complex(complex) => self.complex(indent, name, complex, &ty.docs),
        }
    }

    fn simple(&mut self, indent: usize, name: &str, simple: &Simple, docs: &str) {
        let (variety, members) = match &simple.variety {
            Variety::Restriction(base) => ("restricts", std::slice::from_ref(base)),
            Variety::List(item) => ("is a list of", std::slice::from_ref(item)),
            Variety::Union(members) => ("is one of", &**members),
        };
        let names: Vec<String> = members.iter().map(reference).collect();
        self.line(indent, &format!("{name} {variety} {}", names.join(", ")), docs);
        members.iter().for_each(|member| self.anonymous(indent + 1, member));
        for facet in &simple.facets {
            self.line(indent + 1, &format!("{} {:?}", facet.name, facet.value), &facet.docs);
        }
    }

    fn complex(&mut self, indent: usize, name: &str, complex: &Complex, docs: &str) {
        let mut text = name.to_owned();
        if let Some(base) = &complex.base {
            text += &format!(" extends {base}");
        }
        for (is, word) in
            [(complex.is_abstract, " abstract"), (complex.mixed, " mixed"), (complex.any_attribute, " any attribute")]
        {
            text += if is { word } else { "" };
        }
        self.line(indent, &text, docs);
        match &complex.content {
            Content::Empty => {}
            Content::Elements(group) => self.group(indent + 1, group),
            Content::Text(ty) => {
                self.line(indent + 1, &format!("text: {}", reference(ty)), "");
                self.anonymous(indent + 2, ty);
            }
        }
        complex.attributes.iter().for_each(|attribute| self.attribute(indent + 1, attribute));
    }

    fn group(&mut self, indent: usize, group: &Group) {
        let kind = match group.kind {
            GroupKind::Sequence => "sequence",
            GroupKind::Choice => "choice",
            GroupKind::All => "all",
        };
        self.line(indent, &format!("{kind}{}", count(group.min, group.max)), "");
        for particle in &group.particles {
            match particle {
                Particle::Element(element) => self.element(indent + 1, "", element),
                Particle::Group(inner) => self.group(indent + 1, inner),
                Particle::Any { min, max } => self.line(indent + 1, &format!("any{}", count(*min, *max)), ""),
            }
        }
    }
}

fn count(min: u32, max: Option<u32>) -> String {
    match (min, max) {
        (1, Some(1)) => String::new(),
        (0, Some(1)) => "?".to_owned(),
        (0, None) => "*".to_owned(),
        (1, None) => "+".to_owned(),
        (min, Some(max)) => format!("{{{min},{max}}}"),
        (min, None) => format!("{{{min},}}"),
    }
}

fn reference(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Builtin(name) => name.clone(),
        TypeRef::Named(name) => name.to_string(),
        TypeRef::Anonymous(_) => "…".to_owned(),
    }
}
