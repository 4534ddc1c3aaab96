//! The values that a client gives to an operation.

use super::level::Level;
use crate::describe::Part;
use crate::types::SoapType;
use crate::xml::Writer;

/// A tuple of the values of arguments: `None` leaves one out that has a default.
#[doc(hidden)]
pub trait Given: Send {
    /// About how many bytes they take.
    fn size_hint(&self) -> usize;

    /// Writes them, in the order of `parts` and by the names there.
    fn write(&self, level: Level, parts: &[Part], writer: &mut Writer);
}

fn write<T: SoapType>(value: Option<&T>, level: Level, part: &Part, writer: &mut Writer) {
    let write = |writer: &mut Writer| match (value, part.facets) {
        (Some(value), None) => write_value(value, level, &part.name, writer),
        (Some(value), Some(facets)) => {
            writer.restricted(facets, |writer| write_value(value, level, &part.name, writer));
        }
        // There the element has to be there; nil stands for the default.
        (None, _) if level == Level::Alone => writer.nil(&part.name),
        (None, _) => {}
    };
    match part.namespace {
        None => write(writer),
        Some(namespace) => writer.of_namespace(namespace, write),
    }
}

fn write_value<T: SoapType>(value: &T, level: Level, name: &str, writer: &mut Writer) {
    let occurs = T::occurs();
    match level {
        // A header that has no value is left out of a request, unlike out of a reply: its absence says the same.
        Level::Header if occurs.min == 0 && occurs.max == Some(1) => value.write_as(name, writer),
        level => level.write(value, name, writer),
    }
}

fn size_hint<T: SoapType>(value: Option<&T>) -> usize {
    value.map_or(0, |value| value.size_hint() + 32)
}

macro_rules! given {
    ($($T:ident $at:ident),*) => {
        impl<$($T: SoapType),*> Given for ($(Option<$T>,)*) {
            fn size_hint(&self) -> usize {
                let ($($at,)*) = self;
                0 $(+ size_hint($at.as_ref()))*
            }

            #[allow(unused_variables, unused_mut, reason = "for no values")]
            fn write(&self, level: Level, parts: &[Part], writer: &mut Writer) {
                let ($($at,)*) = self;
                let mut parts = parts.iter();
                $(
                    let part = parts.next().expect("the macro gives as many values as it describes parts");
                    write($at.as_ref(), level, part, writer);
                )*
            }
        }
    };
}

macro_rules! given_up_to {
    () => { given!(); };
    ($T:ident $at:ident $(, $rest:ident $more:ident)*) => {
        given!($T $at $(, $rest $more)*);
        given_up_to!($($rest $more),*);
    };
}

given_up_to!(
    A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,
    Q q, R r, S s, T t, U u, V v, W w, X x, Y y, Z z, A1 a1, B1 b1, C1 c1, D1 d1, E1 e1, F1 f1
);

#[cfg(test)]
mod tests {
    use super::*;

    fn written(given: &impl Given, level: Level, parts: &[Part]) -> String {
        let mut writer = Writer::with_capacity(given.size_hint());
        given.write(level, parts, &mut writer);
        writer.finish().expect("it can be written")
    }

    #[test]
    fn what_is_not_given_is_left_out_where_that_can_be() {
        let part = Part::of::<u32>("n", "");
        for (level, given, nothing) in [
            (Level::Among, "<tns:n>5</tns:n>", ""),
            (Level::Header, "<tns:n>5</tns:n>", ""),
            (
                Level::Alone,
                "<tns:n>5</tns:n>",
                "<tns:n xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
            ),
        ] {
            assert_eq!(written(&(Some(5_u32),), level, std::slice::from_ref(&part)), given, "{level:?}");
            assert_eq!(written(&(None::<u32>,), level, std::slice::from_ref(&part)), nothing, "{level:?}");
        }
    }

    #[test]
    fn a_header_without_a_value_is_left_out_and_a_list_is_one_element() {
        let part = Part::of::<String>("h", "");
        let header = |given: &dyn Fn(&mut Writer)| {
            let mut writer = Writer::with_capacity(0);
            given(&mut writer);
            writer.finish().expect("it can be written")
        };
        let parts = std::slice::from_ref(&part);
        assert_eq!(header(&|writer| (Some(None::<String>),).write(Level::Header, parts, writer)), "");
        let list = vec!["a".to_owned(), "b".to_owned()];
        let expected = "<tns:h><tns:item>a</tns:item><tns:item>b</tns:item></tns:h>";
        assert_eq!(header(&|writer| (Some(list.clone()),).write(Level::Header, parts, writer)), expected);
        let expected = "<tns:h>a</tns:h><tns:h>b</tns:h>";
        assert_eq!(header(&|writer| (Some(list.clone()),).write(Level::Among, parts, writer)), expected);
    }
}
