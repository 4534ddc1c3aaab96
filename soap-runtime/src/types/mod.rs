//! Rust values and their XSD lexical forms.
//!
//! [`SoapType`] is the one trait: how a type is described in the schema, how it is read from an
//! element and written as one.
//!
//! | files | |
//! | --- | --- |
//! | `numbers`, `floats`, `bigint`, `decimal`, `text`, `words`, `binary`, `hex`, `time`, `duration` | one text each; `lexical` is what they share |
//! | `contract` | what the platform gives names to |
//! | `collections`, `array`, `fixed`, `maps` | `Option`, [`Nillable`], `Vec`, `Box`; [`Array`]; `[T; N]`; maps |
//! | `any_xml`, `attachment` | any XML; files |
//! | `fields`, `attributes`, `choice`, `family`, `definitions` | what derived types are made of |
//! | `schema`, `part` | how a type is described |
//! | `facets` | rules for values beside their type |
//!
//! The rules of lexical forms are those of [XML Schema Part 2](https://www.w3.org/TR/xmlschema-2/):
//! every legal form is read, no other; what is written is canonical where that is fit to be read.

mod any_xml;
mod array;
mod attachment;
mod attributes;
#[cfg(feature = "num-bigint")]
mod bigint;
mod binary;
#[cfg(feature = "cli")]
mod by_name;
mod choice;
mod collections;
mod contract;
#[cfg(feature = "decimal")]
mod decimal;
mod definitions;
mod duration;
mod facets;
mod family;
mod fields;
mod fixed;
mod floats;
mod hex;
mod lexical;
mod maps;
mod numbers;
mod part;
#[cfg(test)]
mod round_trips;
mod schema;
#[cfg(test)]
mod testing;
mod text;
mod time;
mod words;

pub use any_xml::AnyXml;
pub use array::Array;
pub use attributes::AttributeValue;
#[cfg(feature = "cli")]
pub(crate) use by_name::{is_value_of, matches_pattern};
pub use choice::{Choice, choice, choose, choose_flag, chosen, variant, write_variant};
pub use collections::Nillable;
pub use contract::{ServiceId, SessionToken, Status};
pub use definitions::{
    abstract_type, choice_type, extension_type, named_type, newtype, no_word, particles_type, struct_type, text_type,
    words,
};
pub(crate) use facets::WRONG;
pub use facets::{Facets, Restrict, RestrictItem};
pub use family::{DescendsFrom, Extension, Indirect, derived, member, write_derived_attributes, write_extension};
pub use fields::{Defaulted, Fields, Read, elements, read_fields, read_fields_by, write_field_attributes};
pub use hex::HexBinary;
pub use part::Part;
pub use schema::{ComplexType, Content, Facet, NamedType, Occurs, Particle, Schema, TypeDefinition, TypeKind};
pub use time::{GDay, GMonth, GMonthDay, GYear, GYearMonth, WithOffset};
pub use words::{Language, NormalizedString, Token};

use crate::xml::{Element, ReadError, StartTag, Writer};

/// Bytes in base64.
pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    base64::Engine::encode(&*binary::BASE64, bytes)
}

/// A value that can stand in a SOAP message.
///
/// `#[derive(SoapType)]` implements it for structs, enums and newtypes. By hand it is as follows.
///
/// Three methods make a type: its [`Schema`], and how the content of an element is read and
/// written. The others say how often the element occurs and what its absence means; only
/// collections change them.
///
/// ```
/// use soap_runtime::{Element, ReadError, Schema, SoapType, Writer};
///
/// /// A temperature, in kelvin.
/// struct Kelvin(f64);
///
/// impl SoapType for Kelvin {
///     fn schema() -> Schema {
///         f64::schema()
///     }
///     fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
///         f64::read(element).map(Kelvin)
///     }
///     fn write(&self, writer: &mut Writer) {
///         self.0.write(writer);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a SOAP message",
    label = "no SOAP type",
    note = "numbers, `bool`, `char`, `String`, `Vec<u8>` and `Bytes` (base64), jiff's dates, times and durations, \
            `Url`, `Status`, `ServiceId`, `SessionToken` can, and `Option`, `Nillable`, `Vec`, `Array`, `Box`, \
            `BTreeMap` and `HashMap` of them",
    note = "a struct, an enum or a newtype of your own can if it derives `SoapType`; one that is `abstract` only through \
            those that extend it",
    note = "`BigInt` and `BigUint` need the feature `num-bigint`, `Decimal` the feature `decimal`"
)]
pub trait SoapType: Sized + Send + 'static {
    /// How the content of one element of it is described.
    fn schema() -> Schema;

    /// Reads the content of `element`.
    ///
    /// # Errors
    /// If it is not what [`SoapType::schema`] says, or the document is broken there.
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError>;

    /// Writes the content of an element.
    fn write(&self, writer: &mut Writer);

    /// Writes what stands in the start tag of that element.
    fn write_attributes(&self, _: &mut StartTag<'_>) {}

    /// About how many bytes [`SoapType::write`] will write; exact for what may be large.
    fn size_hint(&self) -> usize {
        24
    }

    /// The value of an element with `xsi:nil="true"`, if that is allowed.
    fn nil() -> Option<Self> {
        None
    }

    /// Whether an element without content is a value, as it is for text. Where it is not, an empty
    /// element stands for the default, if there is one.
    fn empty_is_a_value() -> bool {
        false
    }

    /// How each of the elements is described that [`SoapType::write_as`] writes.
    fn part_schema() -> Schema {
        Self::schema()
    }

    /// How often the element may occur.
    fn occurs() -> Occurs {
        Occurs::ONCE
    }

    /// The value when no element came, if that is allowed.
    fn absent() -> Option<Self> {
        None
    }

    /// Takes in one more element of the name; `so_far` is what came before it.
    ///
    /// # Errors
    /// As [`SoapType::read`], and if there may be only one.
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        if so_far.is_some() {
            return Err(element.error("is there twice, and may be there once"));
        }
        *so_far = Some(read_or_nil(element)?);
        Ok(())
    }

    /// Writes the element or elements of this value.
    fn write_as(&self, name: &str, writer: &mut Writer) {
        writer.element_with(name, |tag| self.write_attributes(tag), |writer| self.write(writer));
    }

    // The following are here for expansions: what they ask of a type is asked in one way, so that the
    // compiler says once that it is none.

    /// A field of it.
    #[doc(hidden)]
    fn part(name: &'static str, docs: &'static str) -> Part {
        Part::of::<Self>(name, docs)
    }

    /// An element of it to choose: just one, for nothing else says what was chosen.
    #[doc(hidden)]
    fn variant(name: &'static str, docs: &'static str) -> Part {
        let occurs = Occurs { nillable: Self::nil().is_some(), ..Occurs::ONCE };
        Part { schema: Self::schema(), occurs, ..Part::of::<Self>(name, docs) }
    }

    /// The value of the field `name` of `element`: what was read, or what its absence means.
    ///
    /// # Errors
    /// If it has to be there.
    #[doc(hidden)]
    fn field(read: Option<Self>, name: &str, element: &Element<'_, '_>) -> Result<Self, ReadError> {
        read.or_else(Self::absent).ok_or_else(|| element.error(format!("the element `{name}` is missing in it")))
    }

    /// As one element holds it.
    ///
    /// # Errors
    /// As [`SoapType::read`], and if it is nil and must not be.
    #[doc(hidden)]
    fn read_item(element: Element<'_, '_>) -> Result<Self, ReadError> {
        read_or_nil(element)
    }

    /// As one element, whatever it is: the items of a list keep their places.
    #[doc(hidden)]
    fn write_item(&self, name: &str, writer: &mut Writer) {
        self.write_as(name, writer);
    }

    /// The word for it in the names of what is made of it: `IntArray`, `PageOfOrder`.
    #[doc(hidden)]
    fn word() -> String {
        capitalized(&Self::schema().name())
    }

    /// The name of the execution, if this is one: logs show it beside what happens.
    #[doc(hidden)]
    fn service_id(&self) -> Option<&str> {
        None
    }

    /// `Vec<Self>` asks its items how a list of them looks, for a list of bytes is no list.
    #[doc(hidden)]
    fn vec_schema() -> Schema {
        array::schema::<Self>()
    }
    #[doc(hidden)]
    fn vec_word() -> String {
        format!("{}Array", Self::word())
    }
    #[doc(hidden)]
    fn vec_part_schema() -> Schema {
        Self::schema()
    }
    #[doc(hidden)]
    fn vec_occurs() -> Occurs {
        Occurs { min: 0, max: None, nillable: Self::nil().is_some() }
    }
    #[doc(hidden)]
    fn vec_absent() -> Option<Vec<Self>> {
        Some(Vec::new())
    }
    #[doc(hidden)]
    fn vec_empty_is_a_value() -> bool {
        Self::empty_is_a_value()
    }
    #[doc(hidden)]
    fn vec_read_into(so_far: &mut Option<Vec<Self>>, element: Element<'_, '_>) -> Result<(), ReadError> {
        let items = so_far.get_or_insert_default();
        items.push(read_or_nil(element.indexed(items.len()))?);
        Ok(())
    }
    #[doc(hidden)]
    fn vec_read(element: Element<'_, '_>) -> Result<Vec<Self>, ReadError> {
        array::read(element)
    }
    #[doc(hidden)]
    fn vec_write(items: &[Self], writer: &mut Writer) {
        array::write(items, writer);
    }
    #[doc(hidden)]
    fn vec_write_as(items: &[Self], name: &str, writer: &mut Writer) {
        items.iter().for_each(|item| item.write_item(name, writer));
    }
    #[doc(hidden)]
    fn vec_size_hint(items: &[Self]) -> usize {
        items.iter().map(|item| 40 + item.size_hint()).sum()
    }
}

/// A type whose whole content is one text, so that it can be an attribute, or be restricted.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no simple type: its content is more than one text",
    label = "no simple type",
    note = "numbers, `bool`, text, bytes, dates and times are, enums without data, and newtypes of these that derive \
            `SoapType`"
)]
pub trait SimpleType: SoapType {
    /// Makes the value of its text.
    ///
    /// # Errors
    /// Why the text is none of its lexical forms, in words that go on from the name of the element.
    fn parse(text: &str) -> Result<Self, String>;
}

fn capitalized(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest.as_str().chars()).collect()
}

pub(crate) fn read_or_nil<T: SoapType>(element: Element<'_, '_>) -> Result<T, ReadError> {
    if !element.is_nil() {
        return T::read(element);
    }
    match T::nil() {
        Some(nil) => element.read_nil().map(|()| nil),
        None => Err(element.error("is nil, and must have a value")),
    }
}

/// Writes `SoapType` for a type whose whole content is one text.
///
/// `$parse` is `fn(&str) -> Result<T, String>`, `$write` is `fn(&T, &mut Writer)`.
macro_rules! simple_type {
    ($type:ty, $schema:expr, $parse:expr, $write:expr $(, $extra:item)*) => {
        impl $crate::types::SoapType for $type {
            fn schema() -> $crate::types::Schema {
                $schema
            }
            fn read(element: $crate::xml::Element<'_, '_>) -> Result<Self, $crate::xml::ReadError> {
                element.parse(|text| $parse(&text))
            }
            fn write(&self, writer: &mut $crate::xml::Writer) {
                $write(self, writer);
            }
            $($extra)*
        }

        impl $crate::types::SimpleType for $type {
            fn parse(text: &str) -> Result<Self, String> {
                $parse(text)
            }
        }
    };
}
use simple_type;
