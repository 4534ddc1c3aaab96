//! Arrays of SOAP encoding (SOAP 1.1 §5.4.2), as sequences of items.

use super::{Schemas, Spot};
use crate::wsdl::model::{Complex, Content, Element, Group, GroupKind, Particle, QName, Type, TypeKind, TypeRef};
use crate::wsdl::read::WsdlError;
use crate::wsdl::read::builtin::SOAP_ENCODINGS;
use crate::wsdl::read::tree::{WSDL, XS};

/// The most dimensions of arrays in arrays.
const MOST_DIMENSIONS: usize = 8;

impl<'a> Schemas<'a> {
    pub(super) fn is_encoded_array(&self, name: &QName) -> bool {
        SOAP_ENCODINGS.contains(&&*name.namespace) && name.local == "Array" && !self.types.contains_key(name)
    }

    /// An array of anything.
    pub(super) fn encoded_array(&self, name: &QName) -> Option<TypeRef> {
        self.is_encoded_array(name).then(|| nested(TypeRef::default()))
    }

    /// What a derivation of an array consists of: what it says itself, or items of the type in
    /// `wsdl:arrayType` (WSDL 1.1 §2.2).
    pub(super) fn array(&self, step: Spot<'a>) -> Result<Complex, WsdlError> {
        let content = self.content(step)?;
        let Some(item) = self.item_type(step)? else {
            let content = if content == Content::Empty { items(TypeRef::default()) } else { content };
            return Ok(Complex { content, ..Complex::default() });
        };
        let name = match &content {
            Content::Elements(group) => match &*group.particles {
                [Particle::Element(element)] => element.name.clone(),
                _ => return Ok(Complex { content, ..Complex::default() }),
            },
            _ => QName::new("", "item"),
        };
        Ok(Complex { content: items_named(name, item), ..Complex::default() })
    }

    fn item_type(&self, step: Spot<'a>) -> Result<Option<TypeRef>, WsdlError> {
        let mut attributes = step.node.all(XS, "attribute");
        let Some(attribute) = attributes.find(|attribute| attribute.attribute_of(WSDL, "arrayType").is_some()) else {
            return Ok(None);
        };
        let value = attribute.attribute_of(WSDL, "arrayType").unwrap_or_default();
        let (name, dimensions) = value.split_once('[').unwrap_or((value, ""));
        let name = step.own(attribute.resolve(name)?);
        let inner = dimensions.matches('[').count();
        if inner > MOST_DIMENSIONS {
            return Err(attribute.wrong(format!("`{value}` has more than {MOST_DIMENSIONS} dimensions")));
        }
        let item = self.type_named(&name, step.inside(attribute)?)?;
        Ok(Some((0..inner).fold(item, |item, _| nested(item))))
    }
}

fn items(ty: TypeRef) -> Content {
    items_named(QName::new("", "item"), ty)
}

fn items_named(name: QName, ty: TypeRef) -> Content {
    let item = Element { name, ty, min: 0, max: None, nillable: true, ..Element::default() };
    let particles = vec![Particle::Element(item)];
    Content::Elements(Group { kind: GroupKind::Sequence, min: 1, max: Some(1), particles })
}

fn nested(item: TypeRef) -> TypeRef {
    let kind = TypeKind::Complex(Complex { content: items(item), ..Complex::default() });
    TypeRef::Anonymous(Box::new(Type { docs: String::new(), kind }))
}
