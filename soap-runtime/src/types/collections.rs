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
//! | `Option<Vec<T>>` | `None` | `None` | `Some` of one item |
//! | `Option<Vec<Option<T>>>` | `None` | an item `None` | `Some` of one item |
//! | `Option<Option<T>>` | `None` | `Some(None)` | `Some(Some)` of it |
//!
//! `Vec<u8>` is no list but one value, base64. An empty list has no elements, so that `Option<Vec<T>>`
//! writes `Some` of it like `None`; and lists of lists have no form at all: their items would run
//! together.

use super::{Occurs, Schema, SoapType};
use crate::xml::{Element, ReadError, Writer};

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
    fn occurs() -> Occurs {
        Occurs { nillable: true, ..T::occurs() }
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::Value)
    }
    fn nil() -> Option<Self> {
        Some(Self::Nil)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        let value = so_far.take().map(Option::from);
        *so_far = Some(read_another(value, element)?.into());
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        match self {
            Self::Nil => writer.nil(name),
            Self::Value(value) => value.write_as(name, writer),
        }
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
    fn occurs() -> Occurs {
        Occurs { min: 0, nillable: true, ..T::occurs() }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn nil() -> Option<Self> {
        Some(T::nil())
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        *so_far = Some(read_another(so_far.take(), element)?);
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        // As an item: a nil inside of `Some` is not the same as no element.
        if let Some(value) = self {
            value.write_item(name, writer);
        }
    }
    fn service_id(&self) -> Option<&str> {
        self.as_ref().and_then(T::service_id)
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        match self {
            Some(value) => value.write_item(name, writer),
            None => writer.nil(name),
        }
    }
}

/// Takes in one more element of a value that may be nil; `so_far` is what the elements before made.
fn read_another<T: SoapType>(so_far: Option<Option<T>>, element: Element<'_, '_>) -> Result<Option<T>, ReadError> {
    if let Some(None) = so_far {
        return Err(element.error("is there twice, and may be there once"));
    }
    // Only a list takes a second element; it says so itself.
    let mut value = so_far.flatten();
    // What may be nil itself, as the items of a list may, knows better what it means.
    if value.is_none() && element.is_nil() && !T::occurs().nillable {
        return element.skip().map(|()| None);
    }
    T::read_into(&mut value, element)?;
    Ok(value)
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
    fn occurs() -> Occurs {
        T::vec_occurs()
    }
    fn absent() -> Option<Self> {
        T::vec_absent()
    }
    fn empty_is_a_value() -> bool {
        T::vec_empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        T::vec_read_into(so_far, element)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        T::vec_write_as(self, name, writer);
    }
}
