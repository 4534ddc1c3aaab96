//! Values in the start tag of an element: `<price currency="EUR">`.

use super::{Occurs, Part, SimpleType, SoapType};
use crate::xml::{Element, ReadError, Rules, StartTag, Writer};

/// What an attribute can hold: a simple type, or an `Option` of one, which may be left out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an attribute",
    label = "no simple type",
    note = "an attribute is one text: numbers, `bool`, text, bytes, dates and times, enums without data, newtypes of \
            these that derive `SoapType`, and `Option` of one",
    note = "leave `attribute` out, and it is an element"
)]
pub trait AttributeValue: SoapType {
    /// The value of its text.
    ///
    /// # Errors
    /// As [`SimpleType::parse`].
    fn of_text(text: &str) -> Result<Self, String>;

    /// Whether it may be left out.
    fn required() -> bool;

    /// Writes the attribute, its value by `write`.
    fn write_by(&self, name: &str, tag: &mut StartTag<'_>, write: impl FnOnce(&mut Writer, &dyn Fn(&mut Writer)));

    /// Writes the attribute.
    fn write_attribute(&self, name: &str, tag: &mut StartTag<'_>) {
        self.write_by(name, tag, |writer, value| value(writer));
    }

    /// The same, with a value that has to keep to `rules`.
    fn write_restricted_attribute(&self, name: &str, tag: &mut StartTag<'_>, rules: &'static dyn Rules) {
        self.write_by(name, tag, |writer, value| writer.restricted_text(rules, value));
    }

    /// Its description.
    fn attribute(name: &'static str, docs: &'static str) -> Part {
        let occurs = Occurs { min: Self::required().into(), ..Occurs::ONCE };
        Part { schema: Self::schema(), occurs, ..Part::of::<Self>(name, docs) }
    }

    /// What `element` says, if it says anything.
    ///
    /// # Errors
    /// If it is not what its type asks for.
    fn read_attribute(name: &str, element: &Element<'_, '_>) -> Result<Option<Self>, ReadError> {
        let text = element.attribute("", name);
        text.map(|text| Self::of_text(text).map_err(|error| element.attribute_error(name, text, error))).transpose()
    }

    /// The same, with a value that has to keep to `rules`.
    ///
    /// # Errors
    /// As [`AttributeValue::read_attribute`], and if it breaks one.
    fn read_restricted_attribute(
        name: &str,
        element: &Element<'_, '_>,
        rules: &'static dyn Rules,
    ) -> Result<Option<Self>, ReadError> {
        let value = Self::read_attribute(name, element)?;
        let Some(text) = element.attribute("", name) else { return Ok(value) };
        rules.check(text).map_or_else(|error| Err(element.attribute_error(name, text, error)), |()| Ok(value))
    }

    /// What was read, or what its absence means.
    ///
    /// # Errors
    /// If it has to be there.
    fn given(read: Option<Self>, name: &str, element: &Element<'_, '_>) -> Result<Self, ReadError> {
        let value = read.or_else(|| if Self::required() { None } else { Self::absent() });
        value.ok_or_else(|| element.error(format!("the attribute `{name}` is missing in it")))
    }
}

// A type that is none gets the words on the trait, not those on what would make it one.
#[diagnostic::do_not_recommend]
impl<T: SimpleType> AttributeValue for T {
    fn of_text(text: &str) -> Result<Self, String> {
        T::parse(text)
    }
    fn required() -> bool {
        true
    }
    fn write_by(&self, name: &str, tag: &mut StartTag<'_>, write: impl FnOnce(&mut Writer, &dyn Fn(&mut Writer))) {
        tag.attribute(name, |writer| write(writer, &|writer| self.write(writer)));
    }
}

#[diagnostic::do_not_recommend]
impl<T: SimpleType> AttributeValue for Option<T> {
    fn of_text(text: &str) -> Result<Self, String> {
        T::parse(text).map(Some)
    }
    fn required() -> bool {
        false
    }
    fn write_by(&self, name: &str, tag: &mut StartTag<'_>, write: impl FnOnce(&mut Writer, &dyn Fn(&mut Writer))) {
        if let Some(value) = self {
            value.write_by(name, tag, write);
        }
    }
}
