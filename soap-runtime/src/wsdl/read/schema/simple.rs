//! Simple types: restrictions, lists and unions.

use super::{Schemas, Spot};
use crate::wsdl::model::{Facet, Simple, TypeRef, Variety};
use crate::wsdl::read::{WsdlError, docs};

impl<'a> Schemas<'a> {
    pub(super) fn simple(&self, spot: Spot<'a>) -> Result<Simple, WsdlError> {
        let Some(step) = spot.child(&["restriction", "list", "union"])? else {
            return Err(spot.node.wrong("`simpleType` has none of `restriction`, `list` and `union`"));
        };
        match step.node.local() {
            "list" => Ok(Simple { variety: Variety::List(self.inner(step, "itemType")?), facets: Vec::new() }),
            "union" => Ok(Simple { variety: Variety::Union(self.members(step)?), facets: Vec::new() }),
            _ => {
                let base = self.inner(step, "base")?;
                Ok(Simple { variety: Variety::Restriction(base), facets: self.facets(step)? })
            }
        }
    }

    /// A type by its name in an attribute, or inside.
    fn inner(&self, step: Spot<'a>, attribute: &str) -> Result<TypeRef, WsdlError> {
        if let Some(ty) = self.type_in(step, attribute)? {
            return Ok(ty);
        }
        match step.child(&["simpleType"])? {
            Some(anonymous) => Ok(TypeRef::Anonymous(Box::new(self.ty(anonymous)?))),
            None => Err(step.node.wrong(format!("`{}` has no attribute `{attribute}`", step.node.local()))),
        }
    }

    fn members(&self, union: Spot<'a>) -> Result<Vec<TypeRef>, WsdlError> {
        let mut members = Vec::new();
        for name in union.node.attribute("memberTypes").unwrap_or_default().split_ascii_whitespace() {
            self.budget.charge(union.node)?;
            members.push(self.type_named(&union.own(union.node.resolve(name)?), union)?);
        }
        for child in union.children() {
            let child = child?;
            if child.node.local() == "simpleType" {
                members.push(TypeRef::Anonymous(Box::new(self.ty(child)?)));
            }
        }
        Ok(members)
    }

    /// All that a restriction says of values.
    pub(super) fn facets(&self, restriction: Spot<'a>) -> Result<Vec<Facet>, WsdlError> {
        let mut facets = Vec::new();
        for child in restriction.children() {
            let node = child?.node;
            if let Some(value) = node.attribute("value") {
                self.budget.charge(node)?;
                let name = node.local().to_owned();
                facets.push(Facet { name, value: value.to_owned(), docs: docs::of_schema(node) });
            }
        }
        Ok(facets)
    }
}
