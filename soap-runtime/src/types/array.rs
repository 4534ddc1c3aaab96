//! A list as one element that holds its items: `<sizes><item>1</item><item>2</item></sizes>`.
//!
//! So is a `Vec` inside of something, and an [`Array`] wherever it stands. The type is called `IntArray`, `OrderArray`, `DoubleArrayArray`, and is in the service's namespace.

use std::ops::{Deref, DerefMut};

use super::{
    ComplexType, Content, NamedType, Occurs, Part, Particle, Schema, SoapType, TypeDefinition, TypeKind, read_or_nil,
};
use crate::xml::{Element, ReadError, Writer};

/// A list that is one element with its items in it, also as an argument, an output, or a field, where a
/// `Vec` is as many elements as it has items.
///
/// It has to be there, and may be empty. `Array<u8>` is a list of numbers, and no base64.
///
/// ```
/// use soap_runtime::Array;
///
/// let mut sizes = Array::from(vec![1, 2]);
/// sizes.push(3);
/// assert_eq!(sizes.iter().sum::<i32>(), 6);
/// assert_eq!(sizes.into_iter().collect::<Array<_>>().len(), 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Array<T>(pub Vec<T>);

impl<T> Default for Array<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for Array<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T> DerefMut for Array<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.0
    }
}

impl<T> From<Vec<T>> for Array<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<T> From<Array<T>> for Vec<T> {
    fn from(items: Array<T>) -> Self {
        items.0
    }
}

impl<T> FromIterator<T> for Array<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<T> IntoIterator for Array<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Array<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: SoapType> SoapType for Array<T> {
    fn schema() -> Schema {
        schema::<T>()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        read(element).map(Self)
    }
    fn write(&self, writer: &mut Writer) {
        write(&self.0, writer);
    }
    fn size_hint(&self) -> usize {
        self.0.iter().map(|item| TAGS + item.size_hint()).sum()
    }
    fn empty_is_a_value() -> bool {
        true
    }
    fn word() -> String {
        word::<T>()
    }
}

/// What each item is called.
const ITEM: &str = "item";

/// What stands around each item.
const TAGS: usize = "<tns:item></tns:item>".len();

/// The type of a list of `T`.
pub(super) fn schema<T: SoapType>() -> Schema {
    Schema::Named(NamedType::of::<Vec<T>>(word::<T>(), None, definition::<T>))
}

fn word<T: SoapType>() -> String {
    format!("{}Array", T::word())
}

fn definition<T: SoapType>() -> TypeDefinition {
    definition_of_items::<T>(Occurs { min: 0, max: None, nillable: T::nil().is_some() })
}

pub(super) fn definition_of_items<T: SoapType>(occurs: Occurs) -> TypeDefinition {
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
    if items.is_empty() {
        element.refuse_reference()?;
    }
    Ok(items)
}
