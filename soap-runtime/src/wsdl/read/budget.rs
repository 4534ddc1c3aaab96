//! How much one WSDL may become: groups are written out wherever they are referred to, and a few that refer to
//! each other twice would fill any memory.

use std::cell::Cell;

use super::WsdlError;
use super::tree::Node;
use crate::wsdl::model::{Complex, Content, Element, Group, Particle, TypeKind, TypeRef};

/// The most elements, attributes, groups, facets and operations.
const MOST: usize = 250_000;

/// What is left.
pub(super) struct Budget {
    left: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: Cell::new(MOST) }
    }
}

impl Budget {
    /// For one more, which comes from `node`.
    pub(super) fn charge(&self, node: Node<'_>) -> Result<(), WsdlError> {
        self.charge_many(node, 1)
    }

    /// For a copy of an element.
    pub(super) fn charge_copy(&self, node: Node<'_>, element: &Element) -> Result<(), WsdlError> {
        self.charge_many(node, weight(element))
    }

    fn charge_many(&self, node: Node<'_>, count: usize) -> Result<(), WsdlError> {
        match self.left.get().checked_sub(count) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(node.wrong(format!("up to here the WSDL has more than {MOST} elements and attributes"))),
        }
    }
}

fn weight(element: &Element) -> usize {
    1 + weight_of_type(&element.ty)
}

fn weight_of_type(ty: &TypeRef) -> usize {
    match ty {
        TypeRef::Builtin(_) | TypeRef::Named(_) => 0,
        TypeRef::Anonymous(ty) => match &ty.kind {
            TypeKind::Simple(simple) => 1 + simple.facets.len(),
            TypeKind::Complex(complex) => 1 + weight_of_content(complex),
        },
    }
}

fn weight_of_content(complex: &Complex) -> usize {
    let content = match &complex.content {
        Content::Empty => 0,
        Content::Elements(group) => weight_of_group(group),
        Content::Text(text) => weight_of_type(text),
    };
    content + complex.attributes.iter().map(|attribute| 1 + weight_of_type(&attribute.ty)).sum::<usize>()
}

fn weight_of_group(group: &Group) -> usize {
    let particles = group.particles.iter().map(|particle| match particle {
        Particle::Element(element) => weight(element),
        Particle::Group(inner) => weight_of_group(inner),
        Particle::Any { .. } => 1,
    });
    1 + particles.sum::<usize>()
}
