//! `Option`, `Vec` and [`Nillable`]: absent, nil and empty are three things.
//!
//! | Rust | absent | nil | empty |
//! | --- | --- | --- | --- |
//! | `T` | fault | fault | the empty value, if `T` has one |
//! | `Option<T>` | `None` | `None` | `Some` of it |
//! | `Nillable<T>` | fault | `Nil` | `Value` of it |
//! | `Option<Nillable<T>>` | `None` | `Some(Nil)` | `Some(Value)` of it |
//! | `Vec<T>` | no items | fault | one item, the empty value |
//! | `Vec<Option<T>>` | no items | an item `None` | one item |
//! | `Option<Vec<T>>` | `None` | `None` | `Some` of no items |
//! | `Option<Option<T>>` | `None` | `Some(None)` | `Some(Some)` of it |
//! | `Array<T>`, `[T; N]` | fault | fault | no items |
//! | `BTreeMap<K, V>`, `HashMap<K, V>` | fault | fault | no entries |
//!
//! `Vec<u8>` is no list but one value, base64, and so is `[u8; N]`. Inside of an `Option`, a `Nillable`
//! or another `Vec` a list is one element that holds its items (`array`): only so an empty one is not the
//! same as none, and the items of two do not run together. [`Array`](super::Array) and `[T; N]` (`fixed`)
//! are so everywhere, as are maps with their entries (`maps`). `Box<T>` is as `T`.

use super::{Occurs, Schema, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// A value that has to be there and may say that it has none: `xsi:nil="true"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nillable<T> {
    /// `xsi:nil="true"`.
    #[default]
    Nil,
    /// A value.
    Value(T),
}

impl<T> From<Nillable<T>> for Option<T> {
    fn from(value: Nillable<T>) -> Self {
        match value {
            Nillable::Nil => None,
            Nillable::Value(value) => Some(value),
        }
    }
}

impl<T> From<Option<T>> for Nillable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nil, Self::Value)
    }
}

impl<T: SoapType> SoapType for Nillable<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Self::Value)
    }
    fn write(&self, writer: &mut Writer) {
        if let Self::Value(value) = self {
            value.write(writer);
        }
    }
    fn size_hint(&self) -> usize {
        match self {
            Self::Nil => 80,
            Self::Value(value) => value.size_hint(),
        }
    }
    fn nil() -> Option<Self> {
        Some(Self::Nil)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn occurs() -> Occurs {
        Occurs { nillable: true, ..Occurs::ONCE }
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        match self {
            Self::Nil => writer.nil(name),
            Self::Value(value) => value.write_item(name, writer),
        }
    }
    fn word() -> String {
        format!("Nillable{}", T::word())
    }
}

impl<T: SoapType> SoapType for Option<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Some)
    }
    fn write(&self, writer: &mut Writer) {
        if let Some(value) = self {
            value.write(writer);
        }
    }
    fn size_hint(&self) -> usize {
        self.as_ref().map_or(0, T::size_hint)
    }
    fn nil() -> Option<Self> {
        Some(T::nil())
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn occurs() -> Occurs {
        Occurs::OPTIONAL
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        // As an item: a nil inside of `Some` is not the same as no element.
        if let Some(value) = self {
            value.write_item(name, writer);
        }
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        match self {
            Some(value) => value.write_item(name, writer),
            None => writer.nil(name),
        }
    }
    fn word() -> String {
        format!("Nillable{}", T::word())
    }
    fn service_id(&self) -> Option<&str> {
        self.as_ref().and_then(T::service_id)
    }
}

impl<T: SoapType> SoapType for Vec<T> {
    fn schema() -> Schema {
        T::vec_schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::vec_read(element)
    }
    fn write(&self, writer: &mut Writer) {
        T::vec_write(self, writer);
    }
    fn size_hint(&self) -> usize {
        T::vec_size_hint(self)
    }
    fn empty_is_a_value() -> bool {
        T::vec_empty_is_a_value()
    }
    fn part_schema() -> Schema {
        T::vec_part_schema()
    }
    fn occurs() -> Occurs {
        T::vec_occurs()
    }
    fn absent() -> Option<Self> {
        T::vec_absent()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        T::vec_read_into(so_far, element)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        T::vec_write_as(self, name, writer);
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        writer.element(name, |writer| self.write(writer));
    }
    fn word() -> String {
        T::vec_word()
    }
}

/// As what is in it: a type that holds itself needs one.
impl<T: SoapType> SoapType for Box<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Self::new)
    }
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
    fn write_attributes(&self, tag: &mut StartTag<'_>) {
        (**self).write_attributes(tag);
    }
    fn size_hint(&self) -> usize {
        (**self).size_hint()
    }
    fn nil() -> Option<Self> {
        T::nil().map(Self::new)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn part_schema() -> Schema {
        T::part_schema()
    }
    fn occurs() -> Occurs {
        T::occurs()
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        let mut value = so_far.take().map(|value| *value);
        T::read_into(&mut value, element)?;
        *so_far = value.map(Self::new);
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        (**self).write_as(name, writer);
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        (**self).write_item(name, writer);
    }
    fn word() -> String {
        T::word()
    }
    fn service_id(&self) -> Option<&str> {
        (**self).service_id()
    }
}

#[cfg(test)]
mod tests;
