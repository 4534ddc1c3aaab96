//! What names in a schema stand for.

use super::{Schemas, Spot, Table};
use crate::wsdl::model::{QName, TypeRef};
use crate::wsdl::read::tree::XS;
use crate::wsdl::read::{WsdlError, builtin};

impl<'a> Schemas<'a> {
    /// What a name stands for, and its full name. Names without a prefix are looked for in the namespace of the
    /// schema as well: that is wrong, frequent, and never means anything else.
    pub(super) fn find(
        &self,
        table: &Table<'a>,
        kind: &'static str,
        name: &QName,
        from: Spot<'a>,
    ) -> Result<(QName, Spot<'a>), WsdlError> {
        let here = name.namespace.is_empty().then(|| QName::new(from.scope.namespace, &*name.local));
        let found = [Some(name.clone()), here].into_iter().flatten().find_map(|name| {
            let spot = *table.get(&name)?;
            Some((name, spot))
        });
        let (name, spot) = found.ok_or_else(|| from.node.missing(kind, name))?;
        Ok((name, spot.from(from)?))
    }

    /// The type that an attribute names, if it is there.
    pub(super) fn type_in(&self, spot: Spot<'a>, attribute: &str) -> Result<Option<TypeRef>, WsdlError> {
        spot.name_in(attribute)?.map(|name| self.type_named(&name, spot)).transpose()
    }

    pub(super) fn type_named(&self, name: &QName, from: Spot<'a>) -> Result<TypeRef, WsdlError> {
        if name.namespace == XS {
            return match builtin::is_type(&name.local) {
                true => Ok(TypeRef::Builtin(name.local.clone())),
                false => Err(from.node.missing("built-in type", name)),
            };
        }
        if !self.types.contains_key(name)
            && let Some(standard) = builtin::standard_type(&name.namespace, &name.local)
        {
            return match self.encoded_array(name) {
                Some(array) => Ok(array),
                None => Ok(TypeRef::Builtin(standard.to_owned())),
            };
        }
        let (name, _) = self.find(&self.types, "type", name, from)?;
        Ok(TypeRef::Named(name))
    }
}
