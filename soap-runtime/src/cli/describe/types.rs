//! The structures that operations use, each once.

use std::collections::{HashMap, HashSet};

use crate::client::dynamic::{Shape, Structure};
use crate::wsdl::model::{Complex, Definitions, Element, Operation, QName, Type, TypeKind, TypeRef};

/// Structures with names, in the order in which they turn up.
pub(super) struct Types<'d> {
    definitions: &'d Definitions,
    pub(super) all: Vec<Named<'d>>,
    known: HashSet<&'d QName>,
    /// They wait here, the next one last, so that a long chain of them is no deep recursion.
    waiting: Vec<&'d QName>,
}

/// A structure with a name.
pub(super) struct Named<'d> {
    pub(super) name: &'d QName,
    pub(super) ty: &'d Type,
    pub(super) structure: Structure<'d>,
    pub(super) extends: Option<&'d QName>,
    /// Those that extend it.
    pub(super) extended_by: Vec<&'d QName>,
}

impl<'d> Types<'d> {
    pub(super) fn of(definitions: &'d Definitions, operations: &'d [Operation]) -> Self {
        let extended_by = extended_by(definitions);
        let mut types = Self { definitions, all: Vec::new(), known: HashSet::new(), waiting: Vec::new() };
        for operation in operations {
            let outputs = operation.output.iter().flat_map(|output| output.body.parts());
            let input = &operation.input;
            let details = operation.faults.iter().filter_map(|fault| fault.detail.as_ref());
            let mut names = Vec::new();
            for part in input.body.parts().iter().chain(&input.headers).chain(outputs).chain(details) {
                types.names_in(part, &mut names);
            }
            types.wait(names);
            while let Some(name) = types.waiting.pop() {
                types.name(name, &extended_by);
            }
        }
        types
    }

    /// The first of them is the next one.
    fn wait(&mut self, names: Vec<&'d QName>) {
        self.waiting.extend(names.into_iter().rev());
    }

    /// Types without names nest no deeper than elements do in a document.
    fn names_in(&self, element: &'d Element, names: &mut Vec<&'d QName>) {
        match (&element.ty, Shape::of(self.definitions, &element.ty)) {
            (TypeRef::Named(name), _) => names.push(name),
            (_, Shape::Structure(structure)) => {
                structure.fields().iter().for_each(|field| self.names_in(field.element, names));
            }
            _ => {}
        }
    }

    fn name(&mut self, name: &'d QName, extended_by: &HashMap<&'d QName, Vec<&'d QName>>) {
        let definitions = self.definitions;
        let Some(ty) = definitions.types.get(name) else { return };
        let TypeKind::Complex(complex) = &ty.kind else { return };
        if !self.known.insert(name) {
            return;
        }
        let Shape::Structure(structure) = Shape::of_complex(definitions, complex) else { return };
        let extended_by = extended_by.get(name).cloned().unwrap_or_default();
        let mut names = Vec::new();
        structure.fields().iter().for_each(|field| self.names_in(field.element, &mut names));
        names.extend(&extended_by);
        self.wait(names);
        self.all.push(Named { name, ty, structure, extends: complex.base.as_ref(), extended_by });
    }
}

/// The types that extend others, by those.
fn extended_by(definitions: &Definitions) -> HashMap<&QName, Vec<&QName>> {
    let mut extended_by: HashMap<_, Vec<_>> = HashMap::new();
    for (name, ty) in &definitions.types {
        if let TypeKind::Complex(Complex { base: Some(base), .. }) = &ty.kind {
            extended_by.entry(base).or_default().push(name);
        }
    }
    extended_by
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wsdl::documents::{Document, Documents};

    #[test]
    fn a_long_row_of_types_is_no_deep_recursion() {
        const LENGTH: usize = 20_000;
        let types: String = (0..LENGTH)
            .map(|at| {
                let next = (at + 1) % LENGTH;
                format!(r#"<x:complexType name="T{at}"><x:sequence><x:element name="a" type="t:T{next}"/></x:sequence></x:complexType>"#)
            })
            .collect();
        let wsdl = format!(
            r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:t" targetNamespace="urn:t"><types>
            <x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:t">{types}</x:schema></types></definitions>"#
        );
        let location = "http://h/a".parse().expect("it is a URL");
        let documents = Documents::new(Document::new("a.wsdl", location, wsdl));
        let definitions = crate::wsdl::read::definitions(&documents).expect("it is a WSDL");
        let mut operation = Operation::default();
        let ty = TypeRef::Named(QName::new("urn:t", "T0"));
        operation.input.headers.push(Element { ty, ..Element::default() });
        let types = Types::of(&definitions, std::slice::from_ref(&operation));
        assert_eq!(types.all.len(), LENGTH);
        assert!(types.all.iter().enumerate().all(|(at, named)| named.name.local == format!("T{at}")));
    }
}
