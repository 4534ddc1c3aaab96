//! Lists of a length that is known: `[T; N]` is one element with `N` items, `[u8; N]` is base64.
//!
//! The type is called `DoubleArray3`. It is no element that is there `N` times: what was read of it so
//! far would be no value yet.

use super::array::definition_of_items;
use super::{NamedType, Occurs, Schema, SoapType, TypeDefinition};
use crate::xml::{Element, ReadError, Writer};

impl<T: SoapType, const N: usize> SoapType for [T; N] {
    fn schema() -> Schema {
        match is_one_value::<T>() {
            true => Schema::Restricted(Box::new(T::vec_schema()), vec![("length", N.to_string())]),
            false => Schema::Named(NamedType::of::<Self>(Self::word(), None, definition::<T, N>)),
        }
    }
    fn read(mut element: Element<'_, '_>) -> Result<Self, ReadError> {
        let items = T::vec_read(element.reborrow())?;
        items.try_into().map_err(|items: Vec<T>| {
            let unit = if is_one_value::<T>() { "bytes" } else { "items" };
            element.error(format!("has {} {unit}, and must have {N}", items.len()))
        })
    }
    fn write(&self, writer: &mut Writer) {
        T::vec_write(self, writer);
    }
    fn size_hint(&self) -> usize {
        T::vec_size_hint(self)
    }
    fn empty_is_a_value() -> bool {
        true
    }
    fn word() -> String {
        format!("{}{N}", T::vec_word())
    }
}

/// As a list of bytes is.
fn is_one_value<T: SoapType>() -> bool {
    T::vec_occurs().max == Some(1)
}

fn definition<T: SoapType, const N: usize>() -> TypeDefinition {
    let times = u32::try_from(N).unwrap_or(u32::MAX);
    definition_of_items::<T>(Occurs { min: times, max: Some(times), nillable: T::nil().is_some() })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{read_elements, round_trip, written};
    use super::super::{Content, Part, Particle, TypeKind};
    use super::*;

    #[test]
    fn there_are_as_many_items_as_the_type_says() {
        let point = [0.5, -1.0, 2.0];
        assert_eq!(round_trip(&point), point);
        assert_eq!(written(&point).matches("<tns:item>").count(), 3);
        for (xml, words) in [
            ("", "absent"),
            ("<v/>", "`v`: has 0 items, and must have 3"),
            ("<v><item>1</item><item>2</item></v>", "`v`: has 2 items, and must have 3 (line 1"),
            ("<v><item>1</item><item>2</item><item>3</item><item>4</item></v>", "`v`: has 4 items, and must have 3"),
            ("<v><item>1</item><item>x</item></v>", "`v.item[1]`: `x` is no xs:double"),
        ] {
            let error = read_elements::<[f64; 3]>(xml).expect_err(xml);
            assert!(error.starts_with(words), "{error}");
        }
        assert_eq!(round_trip(&[None, Some("a".to_owned())]), [None, Some("a".to_owned())]);
        assert_eq!(round_trip(&vec![[1, 2], [3, 4]]), vec![[1, 2], [3, 4]]);
        assert!(round_trip::<[i32; 0]>(&[]).is_empty());
    }

    #[test]
    fn the_schema_says_how_many() {
        let Schema::Named(named) = Part::of::<[f64; 3]>("v", "").schema else { panic!("it has a name") };
        assert_eq!(named.name, "DoubleArray3");
        let TypeKind::Complex(complex) = named.definition().kind else { panic!("it is complex") };
        let Content::Sequence(particles) = complex.content else { panic!("it is a sequence") };
        let [Particle::Element(item)] = &particles[..] else { panic!("it is one element") };
        assert_eq!((item.occurs.min, item.occurs.max), (3, Some(3)));
    }

    #[test]
    fn bytes_are_one_value_of_that_length() {
        assert_eq!(written(&[1_u8, 2]), "AQI=");
        assert_eq!(round_trip(&[1_u8, 2]), [1, 2]);
        assert_eq!(<[u8; 2]>::schema(), Schema::restricted("base64Binary", vec![("length", "2".to_owned())]));
        let error = read_elements::<[u8; 2]>("<v>AQID</v>").expect_err("it is longer");
        assert!(error.starts_with("`v`: has 3 bytes, and must have 2"), "{error}");
    }
}
