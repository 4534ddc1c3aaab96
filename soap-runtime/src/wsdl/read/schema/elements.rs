//! Elements: those that stand on their own, and those inside types.

use super::{Schemas, Spot};
use crate::wsdl::model::{Element, Group, GroupKind, Particle, QName, TypeRef};
use crate::wsdl::read::tree::XS;
use crate::wsdl::read::{WsdlError, docs};

impl<'a> Schemas<'a> {
    /// One that stands on its own, by its name.
    pub(super) fn global_element(&self, name: &QName, spot: Spot<'a>) -> Result<Element, WsdlError> {
        self.budget.charge(spot.node)?;
        let ty = match self.types_of_elements.get(name) {
            Some(named) => TypeRef::Named(named.clone()),
            None => self.type_of_global(spot)?,
        };
        Ok(Element { name: name.clone(), ty, min: 1, max: Some(1), ..described(spot) })
    }

    /// Without a type of its own it has that of the element that it can stand for.
    fn type_of_global(&self, spot: Spot<'a>) -> Result<TypeRef, WsdlError> {
        if let Some(ty) = self.type_in(spot, "type")? {
            return Ok(ty);
        }
        let Some(head) = spot.name_in("substitutionGroup")? else { return Ok(TypeRef::default()) };
        let (head, head_spot) = self.find(&self.elements, "element", &head, spot)?;
        match self.types_of_elements.get(&head) {
            Some(named) => Ok(TypeRef::Named(named.clone())),
            None => self.type_of_global(head_spot),
        }
    }

    /// One inside a type; `None` if it must not be there.
    pub(super) fn particle_of_element(&self, spot: Spot<'a>) -> Result<Option<Particle>, WsdlError> {
        let (min, max) = spot.occurs()?;
        if max == Some(0) {
            return Ok(None);
        }
        self.budget.charge(spot.node)?;
        if let Some(name) = spot.name_in("ref")? {
            return self.reference(spot, &name, min, max).map(Some);
        }
        let ty = match spot.anonymous_type() {
            Some(anonymous) => TypeRef::Anonymous(Box::new(self.ty(anonymous.from(spot)?)?)),
            None => self.type_in(spot, "type")?.unwrap_or_default(),
        };
        Ok(Some(Particle::Element(Element { name: spot.element_name()?, ty, min, max, ..described(spot) })))
    }

    fn reference(&self, spot: Spot<'a>, name: &QName, min: u32, max: Option<u32>) -> Result<Particle, WsdlError> {
        // .NET says so of its data sets: a schema, and then anything.
        if name.namespace == XS {
            return Ok(Particle::Any { min, max });
        }
        let (name, global) = self.find(&self.elements, "element", name, spot)?;
        let mut members = Vec::new();
        self.substitutes_of(&name, global, &mut members)?;
        if members.len() > 1 {
            let particles = members.into_iter().map(Particle::Element).collect();
            return Ok(Particle::Group(Group { kind: GroupKind::Choice, min, max, particles }));
        }
        let mut element = match members.pop() {
            Some(only) => only,
            None => self.global_element(&name, global)?,
        };
        let own_docs = docs::of_schema(spot.node);
        if !own_docs.is_empty() {
            element.docs = own_docs;
        }
        Ok(Particle::Element(Element { min, max, ..element }))
    }

    /// The element, and all that may stand in its place, but abstract ones.
    fn substitutes_of(&self, name: &QName, spot: Spot<'a>, members: &mut Vec<Element>) -> Result<(), WsdlError> {
        if !spot.node.says("abstract") {
            members.push(self.global_element(name, spot)?);
        }
        for substitute in self.substitutes.get(name).into_iter().flatten() {
            let (substitute, its_spot) = self.find(&self.elements, "element", substitute, spot)?;
            self.substitutes_of(&substitute, its_spot, members)?;
        }
        Ok(())
    }
}

/// What stands on the element itself.
fn described(spot: Spot<'_>) -> Element {
    let node = spot.node;
    Element {
        docs: docs::of_schema(node),
        nillable: node.says("nillable"),
        default: node.attribute("default").or_else(|| node.attribute("fixed")).map(str::to_owned),
        ..Element::default()
    }
}
