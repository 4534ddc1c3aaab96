//! Types that are made of named fields: what `#[derive(SoapType)]` writes down for a struct, and for
//! an enum with data.

use super::{Part, Particle, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// The fields of a type, one by one, so that they can stand among those of another (`flatten`,
/// `extends`).
///
/// `#[derive(SoapType)]` implements it. They are read in any order, whatever their namespace.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that could stand among others",
    label = "no struct or enum with fields",
    note = "`flatten` and `extends` go with a struct with named fields or an enum with data that derives `SoapType`"
)]
pub trait Fields: Sized + Send + 'static {
    /// What was read so far.
    type Slots: Default;

    /// The elements.
    fn particles() -> Vec<Particle>;

    /// The attributes.
    fn attributes() -> Vec<Part> {
        Vec::new()
    }

    /// Takes the attributes in. They come before all elements.
    ///
    /// # Errors
    /// If one is not what its type asks for.
    fn read_attributes(_: &mut Self::Slots, _: &Element<'_, '_>) -> Result<(), ReadError> {
        Ok(())
    }

    /// Takes `child` in, or gives it back if it is none of these fields.
    ///
    /// # Errors
    /// As [`SoapType::read_into`].
    fn read_field<'r, 'a>(
        slots: &mut Self::Slots,
        child: Element<'r, 'a>,
    ) -> Result<Option<Element<'r, 'a>>, ReadError>;

    /// The value, once `element` was read to its end.
    ///
    /// # Errors
    /// If a field is missing.
    fn finish(slots: Self::Slots, element: &Element<'_, '_>) -> Result<Self, ReadError>;

    /// Writes the elements.
    fn write_fields(&self, writer: &mut Writer);

    /// Writes the attributes.
    fn write_field_attributes(&self, _: &mut StartTag<'_>) {}

    /// About how many bytes they take.
    fn fields_size_hint(&self) -> usize;
}

/// Reads the content of an element that holds the fields of `T`, and skips what is none of them.
///
/// # Errors
/// As those of `T` say.
pub fn read_fields<T: Fields>(mut element: Element<'_, '_>) -> Result<T, ReadError> {
    let mut slots = T::Slots::default();
    T::read_attributes(&mut slots, &element)?;
    while let Some(child) = element.next_child()? {
        if let Some(unknown) = T::read_field(&mut slots, child)? {
            unknown.skip()?;
        }
    }
    T::finish(slots, &element)
}

/// The value of the field `name` of `element`: what was read, or what its absence means.
///
/// # Errors
/// If it has to be there.
pub fn field<T: SoapType>(read: Option<T>, name: &str, element: &Element<'_, '_>) -> Result<T, ReadError> {
    read.or_else(T::absent).ok_or_else(|| element.error(format!("the element `{name}` is missing in it")))
}
