//! How a value stands in a message: among others, alone, or in the header.

use std::borrow::Cow;

use crate::types::{Occurs, Part, SoapType, read_or_nil};
use crate::xml::{Element, ReadError, Writer};

/// Where the elements of a value stand, which decides how many they may be.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Among others in one element: none or many, as the type wants it.
    Among,
    /// In the place of one element, as in a bare Body and in rpc/literal: exactly one. A list is then
    /// an element that holds its items, and what has no value is nil.
    Alone,
    /// As a header block: one, or none.
    Header,
}

impl Level {
    /// The description of a value of `T`.
    pub fn part<T: SoapType>(self, name: impl Into<Cow<'static, str>>, docs: &'static str) -> Part {
        let part = Part::of::<T>(name, docs);
        match self {
            Self::Among => part,
            Self::Alone | Self::Header => Part { schema: T::schema(), occurs: self.occurs::<T>(), ..part },
        }
    }

    pub(super) fn occurs<T: SoapType>(self) -> Occurs {
        let min = u32::from(self == Self::Alone || T::absent().is_none());
        match self {
            Self::Among => T::occurs(),
            Self::Alone | Self::Header => Occurs { min, max: Some(1), nillable: T::nil().is_some() },
        }
    }

    /// Takes in one more element of a value.
    pub(super) fn read<T: SoapType>(self, so_far: &mut Option<T>, element: Element<'_, '_>) -> Result<(), ReadError> {
        if self == Self::Among {
            return T::read_into(so_far, element);
        }
        if so_far.is_some() {
            return Err(element.error("is there twice, and may be there once"));
        }
        *so_far = Some(read_or_nil(element)?);
        Ok(())
    }

    /// Writes `value`. What has no value is nil where it stands for one element, also in a header: a reply
    /// has all headers that its description has (WS-I Basic Profile 1.1, R2738).
    pub fn write<T: SoapType>(self, value: &T, name: &str, writer: &mut Writer) {
        match self {
            Self::Among => value.write_as(name, writer),
            Self::Alone | Self::Header => value.write_item(name, writer),
        }
    }
}
