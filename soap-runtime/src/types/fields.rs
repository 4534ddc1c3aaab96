//! Types that are made of named fields: what `#[derive(SoapType)]` writes down for a struct, and for
//! an enum with data.

use super::{NamedType, Occurs, Part, Particle, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

/// The fields of a type, one by one, so that they can stand among those of another (`flatten`,
/// `extends`).
///
/// `#[derive(SoapType)]` implements it. They are read in any order, whatever their namespace.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no fields that could stand among others",
    label = "no struct or enum with fields",
    note = "`flatten` and `extends` go with a struct with named fields, none of them a text, or an enum with data, that \
            derives `SoapType`; `flatten` goes with an `Option` and a `Vec` of such an enum as well"
)]
pub trait Fields: Sized {
    /// What was read so far.
    type Slots: Default;

    /// The namespace of the type that they make up; that of the service, if it says none.
    const NAMESPACE: Option<&'static str> = None;

    /// The type that they make up.
    fn named() -> NamedType;

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

    /// Writes them as the content of an element of their own type: those of a base are in its namespace.
    #[doc(hidden)]
    fn write_qualified(&self, writer: &mut Writer) {
        writer.within(Self::NAMESPACE, |writer| self.write_fields(writer));
    }

    /// About how many bytes they take.
    fn fields_size_hint(&self) -> usize;
}

/// What reading gives, as expansions write it.
pub type Read<T> = Result<T, ReadError>;

/// Elements as particles.
pub fn elements<const N: usize>(parts: [Part; N]) -> Vec<Particle> {
    parts.map(Particle::Element).into()
}

/// Reads the content of an element that holds the fields of `T`, and skips what is none of them.
///
/// # Errors
/// As those of `T` say.
pub fn read_fields<T: Fields>(element: Element<'_, '_>) -> Result<T, ReadError> {
    read_fields_by(element, T::read_attributes, T::read_field, T::finish)
}

/// The same, for fields that are no type of their own: those of a variant.
///
/// # Errors
/// As the functions say.
pub fn read_fields_by<'a, S: Default, T>(
    mut element: Element<'_, 'a>,
    read_attributes: impl FnOnce(&mut S, &Element<'_, '_>) -> Result<(), ReadError>,
    read_field: impl for<'r> Fn(&mut S, Element<'r, 'a>) -> Result<Option<Element<'r, 'a>>, ReadError>,
    finish: impl FnOnce(S, &Element<'_, '_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let mut slots = S::default();
    read_attributes(&mut slots, &element)?;
    while let Some(child) = element.next_child()? {
        // Said like this it takes less of the stack, level by level.
        match read_field(&mut slots, child) {
            Ok(None) => {}
            Ok(Some(unknown)) => unknown.skip()?,
            Err(error) => return Err(error),
        }
    }
    finish(slots, &element)
}

/// Writes what stands in the start tag of that element.
pub fn write_field_attributes<T: Fields>(value: &T, tag: &mut StartTag<'_>) {
    tag.declare(T::NAMESPACE);
    value.write_field_attributes(tag);
}

/// What was read of a field or an argument that has a default.
pub struct Defaulted<T> {
    seen: bool,
    value: Option<T>,
}

impl<T> Default for Defaulted<T> {
    fn default() -> Self {
        Self { seen: false, value: None }
    }
}

impl<T: SoapType> Defaulted<T> {
    /// Takes in one more element. One that is nil stands for the default, and so does an empty one, if
    /// empty is no value.
    ///
    /// # Errors
    /// As [`SoapType::read_into`].
    pub fn read(&mut self, element: Element<'_, '_>) -> Result<(), ReadError> {
        self.read_by(element, T::occurs(), T::read_into)
    }

    /// The same where elements occur and are read in another way.
    pub(crate) fn read_by(
        &mut self,
        element: Element<'_, '_>,
        occurs: Occurs,
        read: impl FnOnce(&mut Option<T>, Element<'_, '_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if std::mem::replace(&mut self.seen, true) && occurs.max == Some(1) {
            return Err(element.error("is there twice, and may be there once"));
        }
        match element.is_nil() || (element.is_empty() && !T::empty_is_a_value()) {
            true => element.read_nil(),
            false => read(&mut self.value, element),
        }
    }

    /// What was read, or else the default.
    pub fn or(self, default: fn() -> T) -> T {
        self.value.unwrap_or_else(default)
    }

    /// Takes in one more element where there is no default after all.
    ///
    /// # Errors
    /// As [`SoapType::read_into`].
    pub(crate) fn read_without(
        &mut self,
        element: Element<'_, '_>,
        read: impl FnOnce(&mut Option<T>, Element<'_, '_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        read(&mut self.value, element)
    }

    /// What was read.
    pub(crate) fn into_value(self) -> Option<T> {
        self.value
    }

    /// What was read so far.
    pub(crate) fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}
