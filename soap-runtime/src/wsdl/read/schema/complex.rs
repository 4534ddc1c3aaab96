//! Complex types: their own content, and what they extend or restrict.

use super::attributes::Attributes;
use super::{Schemas, Spot};
use crate::wsdl::model::{Attribute, Complex, Content, QName, Simple, Type, TypeKind, TypeRef, Variety};
use crate::wsdl::read::WsdlError;

impl<'a> Schemas<'a> {
    pub(super) fn complex(&self, spot: Spot<'a>) -> Result<Complex, WsdlError> {
        let derived = match spot.child(&["simpleContent", "complexContent"])? {
            Some(content) => self.derived(content)?,
            None => self.plain(spot)?,
        };
        Ok(Complex {
            is_abstract: spot.node.says("abstract"),
            mixed: derived.mixed || spot.node.says("mixed"),
            ..derived
        })
    }

    fn plain(&self, spot: Spot<'a>) -> Result<Complex, WsdlError> {
        let Attributes { own, any, .. } = self.attributes(spot)?;
        Ok(Complex { content: self.content(spot)?, attributes: own, any_attribute: any, ..Complex::default() })
    }

    fn derived(&self, content: Spot<'a>) -> Result<Complex, WsdlError> {
        let Some(step) = content.child(&["extension", "restriction"])? else {
            return Err(content.node.wrong(format!("`{}` has no extension or restriction", content.node.local())));
        };
        let base = step.name_in("base")?.ok_or_else(|| step.node.wrong("it has no attribute `base`"))?;
        let base_type = self.type_named(&base, step)?;
        let is_extension = step.node.local() == "extension";
        let complex = match (content.node.local(), is_extension) {
            ("simpleContent", true) => self.extended_text(step, base_type)?,
            ("simpleContent", false) => self.restricted_text(step, base_type)?,
            (_, _) if self.is_encoded_array(&base) => self.array(step)?,
            (_, true) => self.extended(step, base_type)?,
            (_, false) => self.restricted(step, &base_type)?,
        };
        Ok(Complex { mixed: content.node.says("mixed"), ..complex })
    }

    fn extended(&self, step: Spot<'a>, base: TypeRef) -> Result<Complex, WsdlError> {
        let base = match base {
            TypeRef::Named(name) => Some(name),
            // That is what everything extends.
            _ => None,
        };
        Ok(Complex { base, ..self.plain(step)? })
    }

    fn restricted(&self, step: Spot<'a>, base: &TypeRef) -> Result<Complex, WsdlError> {
        let (attributes, any_attribute) = self.restricted_attributes(step, base)?;
        Ok(Complex { content: self.content(step)?, attributes, any_attribute, ..Complex::default() })
    }

    /// The text has the type of the base, whatever more that has.
    fn extended_text(&self, step: Spot<'a>, base: TypeRef) -> Result<Complex, WsdlError> {
        let Attributes { own, any, .. } = self.attributes(step)?;
        let complex = Complex { attributes: own, any_attribute: any, ..Complex::default() };
        match self.complex_at(&base, step)? {
            None => Ok(Complex { content: Content::Text(base), ..complex }),
            Some((name, spot)) => {
                Ok(Complex { base: Some(name), content: Content::Text(self.text_of(spot)?), ..complex })
            }
        }
    }

    fn restricted_text(&self, step: Spot<'a>, base: TypeRef) -> Result<Complex, WsdlError> {
        let (attributes, any_attribute) = self.restricted_attributes(step, &base)?;
        let narrowed = match (step.child(&["simpleType"])?, self.complex_at(&base, step)?) {
            (Some(own), _) => TypeRef::Anonymous(Box::new(self.ty(own)?)),
            (None, Some((_, spot))) => self.text_of(spot)?,
            (None, None) => base,
        };
        let facets = self.facets(step)?;
        let text = match facets.is_empty() {
            true => narrowed,
            false => {
                let kind = TypeKind::Simple(Simple { variety: Variety::Restriction(narrowed), facets });
                TypeRef::Anonymous(Box::new(Type { docs: String::new(), kind }))
            }
        };
        Ok(Complex { content: Content::Text(text), attributes, any_attribute, ..Complex::default() })
    }

    /// The type of the text in a complex type that has one.
    fn text_of(&self, spot: Spot<'a>) -> Result<TypeRef, WsdlError> {
        match self.complex(spot)?.content {
            Content::Text(text) => Ok(text),
            // A restriction may say so of what is mixed (XML Schema Part 1, §3.4.2).
            _ => Ok(TypeRef::Builtin("string".to_owned())),
        }
    }

    /// The complex type that is meant, if it is one.
    fn complex_at(&self, ty: &TypeRef, from: Spot<'a>) -> Result<Option<(QName, Spot<'a>)>, WsdlError> {
        let TypeRef::Named(name) = ty else { return Ok(None) };
        let (name, spot) = self.find(&self.types, "type", name, from)?;
        Ok((spot.node.local() == "complexType").then_some((name, spot)))
    }

    /// Those of the base stay, but for those that are said again or taken away (XML Schema Part 1, §3.4.2).
    fn restricted_attributes(&self, step: Spot<'a>, base: &TypeRef) -> Result<(Vec<Attribute>, bool), WsdlError> {
        let Attributes { mut own, prohibited, any } = self.attributes(step)?;
        let mut all = Vec::new();
        self.attributes_of(base, step, &mut all)?;
        all.retain(|inherited| {
            !prohibited.contains(&inherited.name) && !own.iter().any(|again| again.name == inherited.name)
        });
        all.append(&mut own);
        Ok((all, any))
    }

    /// All attributes of a type, with those that it inherits.
    fn attributes_of(&self, ty: &TypeRef, from: Spot<'a>, all: &mut Vec<Attribute>) -> Result<(), WsdlError> {
        let Some((_, spot)) = self.complex_at(ty, from)? else { return Ok(()) };
        let complex = self.complex(spot)?;
        if let Some(base) = complex.base {
            self.attributes_of(&TypeRef::Named(base), spot, all)?;
        }
        all.extend(complex.attributes);
        Ok(())
    }
}
