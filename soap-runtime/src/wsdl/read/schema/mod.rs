//! XML Schema: what the schemas define, and what a name in them stands for.

mod arrays;
mod attributes;
mod complex;
mod derivation;
mod elements;
mod particles;
mod references;
mod simple;
mod spot;

use std::collections::BTreeMap;

use super::Budget;
use super::WsdlError;
use super::tree::{Node, XS};
use crate::wsdl::model::{Definitions, QName, Type, TypeKind};

pub(super) use spot::{Scope, Spot};

type Table<'a> = BTreeMap<QName, Spot<'a>>;

/// What all schemas define, by kind and name. What is defined twice is taken the first time: tools repeat
/// schemas that are imported twice.
pub(super) struct Schemas<'a> {
    types: Table<'a>,
    elements: Table<'a>,
    attributes: Table<'a>,
    groups: Table<'a>,
    attribute_groups: Table<'a>,
    /// For an element, those that may stand in its place.
    substitutes: BTreeMap<QName, Vec<QName>>,
    /// What the type of an element is called that has no name of its own.
    types_of_elements: BTreeMap<QName, QName>,
    budget: &'a Budget,
}

impl<'a> Schemas<'a> {
    /// Of these schemas, each with the scope that its names are in.
    pub(super) fn of(schemas: &[Spot<'a>], budget: &'a Budget) -> Result<Self, WsdlError> {
        let mut all = Self {
            types: Table::new(),
            elements: Table::new(),
            attributes: Table::new(),
            groups: Table::new(),
            attribute_groups: Table::new(),
            substitutes: BTreeMap::new(),
            types_of_elements: BTreeMap::new(),
            budget,
        };
        for schema in schemas {
            schema.node.children().try_for_each(|component| all.define(schema.root(component)))?;
        }
        all.name_types_of_elements();
        all.collect_substitutes()?;
        Ok(all)
    }

    fn define(&mut self, component: Spot<'a>) -> Result<(), WsdlError> {
        if component.node.namespace() != XS {
            return Ok(());
        }
        let table = match component.node.local() {
            "complexType" | "simpleType" => &mut self.types,
            "element" => &mut self.elements,
            "attribute" => &mut self.attributes,
            "group" => &mut self.groups,
            "attributeGroup" => &mut self.attribute_groups,
            _ => return Ok(()),
        };
        let name = QName::new(component.scope.namespace, component.node.required("name")?);
        table.entry(name).or_insert(component);
        Ok(())
    }

    /// Types of elements get the name of their element, so that a reference to the element inside it comes to
    /// an end. Elements and types may have the same names for different things (XML Schema Part 1, §2.5).
    fn name_types_of_elements(&mut self) {
        for (element, spot) in &self.elements {
            if spot.anonymous_type().is_none() {
                continue;
            }
            let mut name = element.clone();
            while self.types.contains_key(&name) {
                name.local.push_str("Element");
            }
            self.types_of_elements.insert(element.clone(), name);
        }
    }

    fn collect_substitutes(&mut self) -> Result<(), WsdlError> {
        for (name, spot) in &self.elements {
            if let Some(head) = spot.node.name_in("substitutionGroup")? {
                let (head, _) = self.find(&self.elements, "element", &spot.own(head), *spot)?;
                self.substitutes.entry(head).or_default().push(name.clone());
            }
        }
        Ok(())
    }

    /// All types and elements.
    pub(super) fn read_into(&self, definitions: &mut Definitions) -> Result<(), WsdlError> {
        for (name, &spot) in &self.types {
            definitions.types.insert(name.clone(), self.ty(spot)?);
        }
        for (name, spot) in &self.elements {
            if let (Some(type_name), Some(anonymous)) = (self.types_of_elements.get(name), spot.anonymous_type()) {
                definitions.types.insert(type_name.clone(), self.ty(anonymous)?);
            }
            definitions.elements.insert(name.clone(), self.global_element(name, *spot)?);
        }
        derivation::check(definitions).map_err(|name| {
            let reason = format!("the type `{name}` is made of itself, or derived in too many steps");
            self.node_of(&name).wrong(reason)
        })
    }

    /// Where the type of this name stands, which is there.
    fn node_of(&self, name: &QName) -> Node<'a> {
        let element = || {
            let (element, _) = self.types_of_elements.iter().find(|(_, type_name)| *type_name == name)?;
            self.elements.get(element)
        };
        self.types.get(name).or_else(element).expect("all types come from one or the other").node
    }

    fn ty(&self, spot: Spot<'a>) -> Result<Type, WsdlError> {
        self.budget.charge(spot.node)?;
        let kind = match spot.node.local() {
            "simpleType" => TypeKind::Simple(self.simple(spot)?),
            _ => TypeKind::Complex(self.complex(spot)?),
        };
        Ok(Type { docs: super::docs::of_schema(spot.node), kind })
    }
}
