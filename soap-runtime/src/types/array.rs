//! A list as one element that holds its items: `<sizes><item>1</item><item>2</item></sizes>`.
//!
//! The type is called `IntArray`, `OrderArray`, `DoubleArrayArray`, and is in the service's namespace.

use super::{
    ComplexType, Content, NamedType, Occurs, Part, Particle, Schema, SoapType, TypeDefinition, TypeKind, read_or_nil,
};
use crate::xml::{Element, ReadError, Writer};

/// What each item is called.
const ITEM: &str = "item";

/// The type of a list of `T`.
pub(super) fn schema<T: SoapType>() -> Schema {
    Schema::Named(NamedType::of::<Vec<T>>(T::vec_word(), None, definition::<T>))
}

fn definition<T: SoapType>() -> TypeDefinition {
    let occurs = Occurs { min: 0, max: None, nillable: T::nil().is_some() };
    let item = Part { schema: T::schema(), occurs, ..Part::of::<T>(ITEM, "") };
    let content = Content::Sequence(vec![Particle::Element(item)]);
    TypeDefinition { docs: "", kind: TypeKind::Complex(ComplexType { content, ..ComplexType::default() }) }
}

pub(super) fn write<T: SoapType>(items: &[T], writer: &mut Writer) {
    writer.within(None, |writer| items.iter().for_each(|item| item.write_item(ITEM, writer)));
}

/// Whatever its items are called: in old contracts they have the names of their types.
pub(super) fn read<T: SoapType>(mut element: Element<'_, '_>) -> Result<Vec<T>, ReadError> {
    let mut items = Vec::new();
    while let Some(child) = element.next_child()? {
        items.push(read_or_nil(child.indexed(items.len()))?);
    }
    Ok(items)
}
