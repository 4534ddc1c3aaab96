//! The structures that operations use, each once.

use crate::client::dynamic::{Field, Shape, Structure};
use crate::wsdl::model::{Definitions, Element, Operation, QName, Type, TypeKind, TypeRef};

/// Structures with names, in the order in which they turn up.
pub(super) struct Types<'d> {
    definitions: &'d Definitions,
    pub(super) all: Vec<Named<'d>>,
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
        let mut types = Self { definitions, all: Vec::new() };
        for operation in operations {
            let outputs = operation.output.iter().flat_map(|output| output.body.parts());
            let input = &operation.input;
            input.body.parts().iter().chain(&input.headers).chain(outputs).for_each(|part| types.element(part));
            operation.faults.iter().filter_map(|fault| fault.detail.as_ref()).for_each(|detail| types.element(detail));
        }
        types
    }

    fn element(&mut self, element: &'d Element) {
        match (&element.ty, Shape::of(self.definitions, &element.ty)) {
            (TypeRef::Named(name), _) => self.name(name),
            (_, Shape::Structure(structure)) => self.fields(&structure.fields()),
            _ => {}
        }
    }

    fn fields(&mut self, fields: &[Field<'d>]) {
        fields.iter().for_each(|field| self.element(field.element));
    }

    fn name(&mut self, name: &'d QName) {
        let definitions = self.definitions;
        let Some(ty) = definitions.types.get(name) else { return };
        let TypeKind::Complex(complex) = &ty.kind else { return };
        if self.all.iter().any(|known| known.name == name) {
            return;
        }
        let Shape::Structure(structure) = Shape::of_complex(definitions, complex) else { return };
        let extends = |ty: &Type| matches!(&ty.kind, TypeKind::Complex(one) if one.base.as_ref() == Some(name));
        let extended_by: Vec<_> =
            definitions.types.iter().filter(|(_, ty)| extends(ty)).map(|(name, _)| name).collect();
        let fields = structure.fields();
        self.all.push(Named { name, ty, structure, extends: complex.base.as_ref(), extended_by: extended_by.clone() });
        self.fields(&fields);
        extended_by.into_iter().for_each(|name| self.name(name));
    }
}
