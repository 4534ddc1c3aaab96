//! Which types can be restricted: those whose elements each hold one text.

use bytes::Bytes;
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp, ZonedDateTime};
use url::Url;

use super::super::{
    GDay, GMonth, GMonthDay, GYear, GYearMonth, HexBinary, Language, Nillable, NormalizedString, ServiceId,
    SessionToken, SimpleType, SoapType, Token, WithOffset,
};

/// An argument, a field, or an output that can have facets: each of its elements holds one text.
///
/// A newtype that derives `SoapType` has the value of what is in it.
#[diagnostic::on_unimplemented(
    message = "the values of `{Self}` cannot be restricted: they are not one text each",
    label = "cannot be restricted",
    note = "`min`, `max`, `pattern` and the like go with numbers, text, bytes, dates, times and durations, with \
            newtypes of them, and with `Option`, `Nillable`, `Box` and `Vec` of these",
    note = "the items of a list inside of something are restricted by a newtype of their own"
)]
pub trait Restrict: SoapType {
    /// What the rules are about.
    type Value: SimpleType + Sync;
    /// Whether no message may show it.
    const SECRET: bool = false;
}

/// The content of one element that can have facets.
#[diagnostic::on_unimplemented(
    message = "the values of `{Self}` cannot be restricted: they are not one text each",
    label = "cannot be restricted",
    note = "`min`, `max`, `pattern` and the like go with numbers, text, bytes, dates, times and durations, with \
            newtypes of them, and with `Option`, `Nillable`, `Box` and `Vec` of these",
    note = "the items of a list inside of something are restricted by a newtype of their own"
)]
pub trait RestrictItem: SoapType {
    /// What the rules are about.
    type Value: SimpleType + Sync;
    /// What they are about in a list of it: a list of bytes is one value.
    type InList: SimpleType + Sync;
    /// Whether no message may show it.
    const SECRET: bool = false;
}

macro_rules! restricted_as {
    ($($type:ty => $value:ty, $in_list:ty $(, $secret:literal)?;)*) => {$(
        impl Restrict for $type {
            type Value = $value;
            $(const SECRET: bool = $secret;)?
        }

        impl RestrictItem for $type {
            type Value = $value;
            type InList = $in_list;
            $(const SECRET: bool = $secret;)?
        }
    )*};
}

macro_rules! restricted {
    ($($type:ty,)*) => {
        restricted_as! { $($type => $type, $type;)* }
    };
}

restricted! {
    bool, i8, i16, i32, i64, i128, u16, u32, u64, u128, f32, f64, char, String, Url, Bytes,
    Date, Time, DateTime, WithOffset<Date>, WithOffset<Time>, WithOffset<DateTime>, Timestamp, ZonedDateTime,
    Span, SignedDuration, std::time::Duration, GYear, GYearMonth, GMonth, GMonthDay, GDay,
    NormalizedString, Token, Language, HexBinary,
}

restricted_as! {
    u8 => u8, Vec<u8>;
    ServiceId => String, String;
    SessionToken => String, String, true;
}

#[cfg(feature = "decimal")]
restricted! { rust_decimal::Decimal, }

#[cfg(feature = "num-bigint")]
restricted! { num_bigint::BigInt, num_bigint::BigUint, }

macro_rules! restricted_inside {
    ($($outer:ident,)*) => {$(
        impl<T: RestrictItem> Restrict for $outer<T> {
            type Value = T::Value;
            const SECRET: bool = T::SECRET;
        }

        impl<T: RestrictItem> RestrictItem for $outer<T> {
            type Value = T::Value;
            type InList = T::Value;
            const SECRET: bool = T::SECRET;
        }
    )*};
}

restricted_inside! { Option, Nillable, }

impl<T: Restrict> Restrict for Box<T> {
    type Value = T::Value;
    const SECRET: bool = T::SECRET;
}

impl<T: RestrictItem> RestrictItem for Box<T> {
    type Value = T::Value;
    type InList = T::Value;
    const SECRET: bool = T::SECRET;
}

impl<T: RestrictItem> Restrict for Vec<T> {
    type Value = T::InList;
    const SECRET: bool = T::SECRET;
}

impl<const N: usize> Restrict for [u8; N] {
    type Value = Vec<u8>;
}

impl RestrictItem for Vec<u8> {
    type Value = Self;
    type InList = Self;
}
