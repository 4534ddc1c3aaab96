//! Attributes of complex types.

use super::{Schemas, Spot};
use crate::wsdl::model::{Attribute, QName, TypeRef};
use crate::wsdl::read::tree::XML;
use crate::wsdl::read::{WsdlError, builtin, docs};

/// What a type, or one step of its derivation, says of attributes.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) own: Vec<Attribute>,
    /// Those that a restriction takes away.
    pub(super) prohibited: Vec<QName>,
    /// Any others.
    pub(super) any: bool,
}

impl<'a> Schemas<'a> {
    pub(super) fn attributes(&self, spot: Spot<'a>) -> Result<Attributes, WsdlError> {
        let mut attributes = Attributes::default();
        self.collect_attributes(spot, &mut attributes)?;
        Ok(attributes)
    }

    fn collect_attributes(&self, spot: Spot<'a>, attributes: &mut Attributes) -> Result<(), WsdlError> {
        for child in spot.children() {
            let child = child?;
            match child.node.local() {
                "attribute" => self.collect_attribute(child, attributes)?,
                "attributeGroup" => {
                    let name =
                        child.name_in("ref")?.ok_or_else(|| child.node.wrong("`attributeGroup` has no `ref`"))?;
                    self.budget.charge(child.node)?;
                    let (_, group) = self.find(&self.attribute_groups, "attributeGroup", &name, child)?;
                    self.collect_attributes(group, attributes)?;
                }
                "anyAttribute" => attributes.any = true,
                _ => {}
            }
        }
        Ok(())
    }

    fn collect_attribute(&self, spot: Spot<'a>, attributes: &mut Attributes) -> Result<(), WsdlError> {
        self.budget.charge(spot.node)?;
        let attribute = match spot.name_in("ref")? {
            Some(name) => self.referenced_attribute(spot, &name)?,
            None => Attribute { name: spot.attribute_name()?, ty: self.type_of_attribute(spot)?, ..described(spot) },
        };
        match spot.node.attribute("use").map(str::trim) {
            Some("prohibited") => attributes.prohibited.push(attribute.name),
            usage => attributes.own.push(Attribute { required: usage == Some("required"), ..attribute }),
        }
        Ok(())
    }

    fn referenced_attribute(&self, spot: Spot<'a>, name: &QName) -> Result<Attribute, WsdlError> {
        if let (false, Some(ty)) = (self.attributes.contains_key(name), standard_attribute(name)) {
            return Ok(Attribute { name: name.clone(), ty: TypeRef::Builtin(ty.to_owned()), ..described(spot) });
        }
        let (name, global) = self.find(&self.attributes, "attribute", name, spot)?;
        let mut attribute = described(global);
        let own = described(spot);
        attribute.default = own.default.or(attribute.default);
        if !own.docs.is_empty() {
            attribute.docs = own.docs;
        }
        Ok(Attribute { name, ty: self.type_of_attribute(global)?, ..attribute })
    }

    /// Without a type it is any text (XML Schema Part 1, §3.2.2).
    fn type_of_attribute(&self, spot: Spot<'a>) -> Result<TypeRef, WsdlError> {
        if let Some(anonymous) = spot.anonymous_type() {
            return Ok(TypeRef::Anonymous(Box::new(self.ty(anonymous.from(spot)?)?)));
        }
        Ok(self.type_in(spot, "type")?.unwrap_or_else(|| TypeRef::Builtin("anySimpleType".to_owned())))
    }
}

fn described(spot: Spot<'_>) -> Attribute {
    let node = spot.node;
    Attribute {
        docs: docs::of_schema(node),
        default: node.attribute("default").or_else(|| node.attribute("fixed")).map(str::to_owned),
        ..Attribute::default()
    }
}

/// The type of an attribute whose schema everybody knows.
fn standard_attribute(name: &QName) -> Option<&'static str> {
    match (&*name.namespace, &*name.local) {
        (XML, "lang") => Some("language"),
        (XML, "base") => Some("anyURI"),
        (XML, "space") => Some("NCName"),
        (XML, "id") => Some("ID"),
        (namespace, _) if builtin::is_standard(namespace) => Some("string"),
        _ => None,
    }
}
