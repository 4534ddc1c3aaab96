//! A civil date or time with the offset that may come with it.

use jiff::tz::Offset;

use super::lexical::is_expressible;

/// An `xs:date`, `xs:time` or `xs:dateTime` whose time zone may be there or not, and is kept.
///
/// `T` is one of `jiff::civil::{Date, Time, DateTime}`. A zone in XML Schema is an offset from UTC,
/// of whole minutes and 14 hours at most (Part 2, §3.2.7.3). Two values are equal if they were
/// written alike; `10:00:00Z` and `11:00:00+01:00` are not.
///
/// ```
/// use jiff::{civil, tz};
/// use soap_runtime::WithOffset;
///
/// let opens = WithOffset::new(civil::time(9, 0, 0, 0), tz::offset(1)).expect("it is less than 14 hours");
/// assert_eq!(opens.offset(), Some(tz::offset(1)));
/// assert_eq!(WithOffset::local(civil::date(2024, 2, 29)).offset(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WithOffset<T> {
    value: T,
    offset: Option<Offset>,
}

impl<T> WithOffset<T> {
    /// With an offset; `None` if XML Schema has no form for it.
    pub fn new(value: T, offset: Offset) -> Option<Self> {
        is_expressible(offset).then_some(Self { value, offset: Some(offset) })
    }

    /// Without an offset.
    pub fn local(value: T) -> Self {
        Self { value, offset: None }
    }

    /// As it was read, so the offset is one that can be written.
    pub(super) fn as_read((value, offset): (T, Option<Offset>)) -> Self {
        Self { value, offset }
    }

    /// The date, the time, or both.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The offset from UTC, if one came.
    pub fn offset(&self) -> Option<Offset> {
        self.offset
    }
}
