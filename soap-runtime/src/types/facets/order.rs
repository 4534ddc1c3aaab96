//! Types whose values have an order, so that there can be bounds (XML Schema Part 2, §4.3.7 to §4.3.10).

use std::cmp::Ordering;

use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::Offset;
use jiff::{SignedDuration, Span, Timestamp, ZonedDateTime};

use super::super::{GDay, GMonth, GMonthDay, GYear, GYearMonth, SimpleType, WithOffset};

/// Values that `min`, `max`, `above` and `below` can bound.
#[diagnostic::on_unimplemented(
    message = "`min`, `max`, `above` and `below` cannot bound `{Self}`: its values have no order",
    label = "values without an order",
    note = "numbers, dates, times and durations have one; text has `min_length`, `max_length` and `pattern`"
)]
pub trait Ordered: SimpleType + Sync {
    /// Which comes first; nothing, if that cannot be said.
    fn order(&self, other: &Self) -> Option<Ordering>;
}

macro_rules! ordered {
    ($($type:ty,)*) => {$(
        impl Ordered for $type {
            fn order(&self, other: &Self) -> Option<Ordering> {
                self.partial_cmp(other)
            }
        }
    )*};
}

ordered! {
    i8, i16, i32, i64, i128, u8, u16, u32, u64, u128, f32, f64,
    Date, Time, DateTime, Timestamp, ZonedDateTime, SignedDuration, std::time::Duration,
    GYear, GYearMonth, GMonth, GMonthDay, GDay,
}

#[cfg(feature = "decimal")]
ordered! { rust_decimal::Decimal, }

#[cfg(feature = "num-bigint")]
ordered! { num_bigint::BigInt, num_bigint::BigUint, }

/// A year may be longer than 365 days: one duration is longer than another if it is so from each of
/// four moments on (XML Schema Part 2, §3.2.6.2).
impl Ordered for Span {
    fn order(&self, other: &Self) -> Option<Ordering> {
        let from = [date(1696, 9, 1), date(1697, 2, 1), date(1903, 3, 1), date(1903, 7, 1)];
        let order = |start: Date| {
            let start = start.to_datetime(Time::midnight());
            Some(start.checked_add(*self).ok()?.cmp(&start.checked_add(*other).ok()?))
        };
        let first = order(from[0])?;
        from[1..].iter().all(|&start| order(start) == Some(first)).then_some(first)
    }
}

/// Of two moments, one of which has no zone, one is first if it is so in every zone (XML Schema Part 2,
/// §3.2.7.4).
fn order_of_moments(a: (DateTime, Option<Offset>), b: (DateTime, Option<Offset>)) -> Option<Ordering> {
    let east = Offset::from_hours(14).ok()?;
    let instant =
        |(moment, own): (DateTime, Option<Offset>), zone: Offset| own.unwrap_or(zone).to_timestamp(moment).ok();
    if a.1.is_none() && b.1.is_none() {
        return Some(a.0.cmp(&b.0));
    }
    let order = |zone| Some(instant(a, zone)?.cmp(&instant(b, zone)?));
    let first = order(east)?;
    (order(east.negate())? == first).then_some(first)
}

macro_rules! ordered_with_offset {
    ($($type:ty => $moment:expr;)*) => {$(
        impl Ordered for WithOffset<$type> {
            fn order(&self, other: &Self) -> Option<Ordering> {
                let moment: fn($type) -> DateTime = $moment;
                let of = |one: &Self| (moment(*one.value()), one.offset());
                order_of_moments(of(self), of(other))
            }
        }
    )*};
}

ordered_with_offset! {
    Date => |date| date.to_datetime(Time::midnight());
    // Of some day: which one does not matter.
    Time => |time| date(1972, 12, 31).to_datetime(time);
    DateTime => |moment| moment;
}
