//! Types that are made of each other in circles are no types, and whoever followed them would not come back.

use std::collections::BTreeMap;

use crate::wsdl::model::{Content, Definitions, QName, Type, TypeKind, TypeRef, Variety};

/// The most steps from a type to what it is made of in the end.
const LONGEST: usize = 64;

/// Whether derivation comes to an end for all types, else a type that is to blame.
pub(super) fn check(definitions: &Definitions) -> Result<(), QName> {
    let mut heights = BTreeMap::new();
    match definitions.types.keys().find(|name| height(definitions, name, 0, &mut heights).is_none()) {
        Some(name) => Err(name.clone()),
        None => Ok(()),
    }
}

/// How many steps a type is from the bottom; `None` if they are too many.
fn height<'d>(
    definitions: &'d Definitions,
    name: &'d QName,
    above: usize,
    heights: &mut BTreeMap<&'d QName, usize>,
) -> Option<usize> {
    if let Some(&height) = heights.get(name) {
        return (above + height <= LONGEST).then_some(height);
    }
    if above > LONGEST {
        return None;
    }
    let mut most = 0;
    if let Some(ty) = definitions.types.get(name) {
        for base in bases(ty) {
            most = most.max(1 + height(definitions, base, above + 1, heights)?);
        }
    }
    heights.insert(name, most);
    Some(most)
}

/// The named types that a type is derived from; the content of its elements is another matter.
fn bases(ty: &Type) -> Vec<&QName> {
    let mut bases = Vec::new();
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        let references: Vec<&TypeRef> = match &ty.kind {
            TypeKind::Simple(simple) => match &simple.variety {
                Variety::Restriction(base) | Variety::List(base) => vec![base],
                Variety::Union(members) => members.iter().collect(),
            },
            TypeKind::Complex(complex) => {
                bases.extend(&complex.base);
                match &complex.content {
                    Content::Text(text) => vec![text],
                    _ => Vec::new(),
                }
            }
        };
        for reference in references {
            match reference {
                TypeRef::Named(name) => bases.push(name),
                TypeRef::Anonymous(anonymous) => open.push(anonymous),
                TypeRef::Builtin(_) => {}
            }
        }
    }
    bases
}
