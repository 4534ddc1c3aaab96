//! `Option`, `Vec` and [`Nillable`]: absent, nil and empty are three things.
//!
//! | Rust | absent | nil | empty |
//! | --- | --- | --- | --- |
//! | `T` | fault | fault | the empty value, if `T` has one |
//! | `Option<T>` | `None` | `None` | `Some` of it |
//! | `Nillable<T>` | fault | `Nil` | `Value` of it |
//! | `Option<Nillable<T>>` | `None` | `Some(Nil)` | `Some(Value)` of it |
//! | `Vec<T>` | no items | fault | one item, the empty value |
//! | `Vec<Option<T>>` | no items | an item `None` | one item |
//! | `Option<Vec<T>>` | `None` | `None` | `Some` of one item |
//! | `Option<Vec<Option<T>>>` | `None` | an item `None` | `Some` of one item |
//! | `Option<Option<T>>` | `None` | `Some(None)` | `Some(Some)` of it |
//!
//! `Vec<u8>` is no list but one value, base64. An empty list has no elements, so that `Option<Vec<T>>`
//! writes `Some` of it like `None`; and lists of lists have no form at all: their items would run
//! together.

use super::{Occurs, Schema, SoapType};
use crate::xml::{Element, ReadError, Writer};

/// A value that has to be there and may say that it has none: `xsi:nil="true"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nillable<T> {
    /// `xsi:nil="true"`.
    #[default]
    Nil,
    /// A value.
    Value(T),
}

impl<T> From<Nillable<T>> for Option<T> {
    fn from(value: Nillable<T>) -> Self {
        match value {
            Nillable::Nil => None,
            Nillable::Value(value) => Some(value),
        }
    }
}

impl<T> From<Option<T>> for Nillable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nil, Self::Value)
    }
}

impl<T: SoapType> SoapType for Nillable<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Self::Value)
    }
    fn write(&self, writer: &mut Writer) {
        if let Self::Value(value) = self {
            value.write(writer);
        }
    }
    fn size_hint(&self) -> usize {
        match self {
            Self::Nil => 80,
            Self::Value(value) => value.size_hint(),
        }
    }
    fn occurs() -> Occurs {
        Occurs { nillable: true, ..T::occurs() }
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::Value)
    }
    fn nil() -> Option<Self> {
        Some(Self::Nil)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        let value = so_far.take().map(Option::from);
        *so_far = Some(read_another(value, element)?.into());
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        match self {
            Self::Nil => writer.nil(name),
            Self::Value(value) => value.write_as(name, writer),
        }
    }
}

impl<T: SoapType> SoapType for Option<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Some)
    }
    fn write(&self, writer: &mut Writer) {
        if let Some(value) = self {
            value.write(writer);
        }
    }
    fn size_hint(&self) -> usize {
        self.as_ref().map_or(0, T::size_hint)
    }
    fn occurs() -> Occurs {
        Occurs { min: 0, nillable: true, ..T::occurs() }
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn nil() -> Option<Self> {
        Some(T::nil())
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        *so_far = Some(read_another(so_far.take(), element)?);
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        // As an item: a nil inside of `Some` is not the same as no element.
        if let Some(value) = self {
            value.write_item(name, writer);
        }
    }
    fn service_id(&self) -> Option<&str> {
        self.as_ref().and_then(T::service_id)
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        match self {
            Some(value) => value.write_item(name, writer),
            None => writer.nil(name),
        }
    }
}

/// Takes in one more element of a value that may be nil; `so_far` is what the elements before made.
fn read_another<T: SoapType>(so_far: Option<Option<T>>, element: Element<'_, '_>) -> Result<Option<T>, ReadError> {
    if let Some(None) = so_far {
        return Err(element.error("is there twice, and may be there once"));
    }
    // Only a list takes a second element; it says so itself.
    let mut value = so_far.flatten();
    // What may be nil itself, as the items of a list may, knows better what it means.
    if value.is_none() && element.is_nil() && !T::occurs().nillable {
        return element.skip().map(|()| None);
    }
    T::read_into(&mut value, element)?;
    Ok(value)
}

impl<T: SoapType> SoapType for Vec<T> {
    fn schema() -> Schema {
        T::vec_schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::vec_read(element)
    }
    fn write(&self, writer: &mut Writer) {
        T::vec_write(self, writer);
    }
    fn size_hint(&self) -> usize {
        T::vec_size_hint(self)
    }
    fn occurs() -> Occurs {
        T::vec_occurs()
    }
    fn absent() -> Option<Self> {
        T::vec_absent()
    }
    fn empty_is_a_value() -> bool {
        T::vec_empty_is_a_value()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        T::vec_read_into(so_far, element)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        T::vec_write_as(self, name, writer);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::super::testing::{read_elements, write_elements};
    use super::*;

    const NIL: &str = "<v xsi:nil='true'/>";
    const NIL_WRITTEN: &str = r#"<tns:v xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#;
    const MISSING: &str = "absent";
    const IS_NIL: &str = "`v`: is nil, and must have a value";
    const TWICE: &str = "`v`: is there twice, and may be there once";

    /// What elements mean to `T`: a value, or words of the error.
    fn assert_means<T: SoapType + PartialEq + Debug>(cases: &[(&str, Result<T, &str>)]) {
        let name = std::any::type_name::<T>();
        for (xml, meaning) in cases {
            match (read_elements::<T>(xml), meaning) {
                (Ok(value), Ok(expected)) => assert_eq!(value, *expected, "{xml} as {name}"),
                (Err(error), Err(words)) => assert!(error.starts_with(words), "{xml} as {name}: {error}"),
                (read, _) => panic!("{xml} as {name}: {read:?}, and not {meaning:?}"),
            }
        }
    }

    /// How values are written, and that they are read back.
    fn assert_elements<T: SoapType + PartialEq + Debug>(cases: &[(T, &str)]) {
        for (value, xml) in cases {
            assert_eq!(write_elements(value), *xml);
            assert_eq!(read_elements::<T>(xml).as_ref(), Ok(value), "{xml}");
        }
    }

    #[test]
    fn a_bare_value_has_to_be_there() {
        assert_means::<String>(&[
            ("", Err(MISSING)),
            (NIL, Err(IS_NIL)),
            ("<v/>", Ok(String::new())),
            ("<v></v>", Ok(String::new())),
            ("<v>a</v>", Ok("a".to_owned())),
            ("<v>a</v><v>b</v>", Err(TWICE)),
        ]);
        assert_means::<i32>(&[("<v/>", Err("`v`: is empty, and must be an xs:int")), ("<v>5</v>", Ok(5))]);
    }

    #[test]
    fn an_option_may_be_absent_or_nil() {
        assert_means::<Option<i32>>(&[
            ("", Ok(None)),
            (NIL, Ok(None)),
            ("<v xsi:nil=' 1 '></v>", Ok(None)),
            ("<v xsi:nil='false'>5</v>", Ok(Some(5))),
            ("<v nil='true'>5</v>", Ok(Some(5))),
            ("<v/>", Err("`v`: is empty")),
            ("<v>5</v>", Ok(Some(5))),
            ("<v>5</v><v>5</v>", Err(TWICE)),
            (&format!("{NIL}<v>5</v>"), Err(TWICE)),
            (&format!("<v>5</v>{NIL}"), Err(TWICE)),
            (&format!("{NIL}{NIL}"), Err(TWICE)),
        ]);
        assert_means::<Option<String>>(&[("<v/>", Ok(Some(String::new())))]);
        assert_elements(&[(None, ""), (Some(5), "<tns:v>5</tns:v>")]);
    }

    #[test]
    fn a_nillable_has_to_be_there_and_may_be_nil() {
        assert_means::<Nillable<i32>>(&[
            ("", Err(MISSING)),
            (NIL, Ok(Nillable::Nil)),
            ("<v>5</v>", Ok(Nillable::Value(5))),
            ("<v/>", Err("`v`: is empty")),
            (&format!("{NIL}{NIL}"), Err(TWICE)),
            ("<v>5</v><v>5</v>", Err(TWICE)),
        ]);
        assert_elements(&[(Nillable::Nil, NIL_WRITTEN), (Nillable::Value(5), "<tns:v>5</tns:v>")]);
    }

    #[test]
    fn an_option_of_a_nillable_tells_all_three_apart() {
        assert_means::<Option<Nillable<String>>>(&[
            ("", Ok(None)),
            (NIL, Ok(Some(Nillable::Nil))),
            ("<v/>", Ok(Some(Nillable::Value(String::new())))),
            (&format!("{NIL}<v/>"), Err(TWICE)),
        ]);
        assert_elements(&[
            (None, ""),
            (Some(Nillable::Nil), NIL_WRITTEN),
            (Some(Nillable::Value(5)), "<tns:v>5</tns:v>"),
        ]);
    }

    #[test]
    fn an_option_of_an_option_tells_them_apart_as_well() {
        assert_means::<Option<Option<i32>>>(&[("", Ok(None)), (NIL, Ok(Some(None))), ("<v>5</v><v>5</v>", Err(TWICE))]);
        assert_elements(&[(None, ""), (Some(None), NIL_WRITTEN), (Some(Some(5)), "<tns:v>5</tns:v>")]);
    }

    #[test]
    fn a_list_is_as_many_elements_as_it_has_items() {
        assert_means::<Vec<String>>(&[
            ("", Ok(vec![])),
            ("<v/>", Ok(vec![String::new()])),
            ("<v>a</v><v>b</v>", Ok(vec!["a".to_owned(), "b".to_owned()])),
            (NIL, Err(IS_NIL)),
        ]);
        assert_means::<Vec<i32>>(&[("<v>1</v>\n<v>x</v>", Err("`v`: `x` is no xs:int"))]);
        assert_elements(&[(vec![], ""), (vec![1, 2], "<tns:v>1</tns:v><tns:v>2</tns:v>")]);
    }

    #[test]
    fn items_that_have_no_value_keep_their_places() {
        let xml = format!("<tns:v>1</tns:v>{NIL_WRITTEN}<tns:v>3</tns:v>");
        assert_elements(&[(vec![Some(1), None, Some(3)], xml.as_str()), (vec![None], NIL_WRITTEN), (vec![], "")]);
        let items = vec![Nillable::Value(1), Nillable::Nil, Nillable::Value(3)];
        assert_elements(&[(items, xml.as_str())]);
        // A nil at the start is an item and not the whole list.
        let starts_with_nil = format!("{NIL_WRITTEN}<tns:v>3</tns:v>");
        assert_elements(&[(Some(vec![None, Some(3)]), starts_with_nil.as_str()), (None, "")]);
    }

    #[test]
    fn an_optional_list_is_none_when_it_is_nil() {
        assert_means::<Option<Vec<i32>>>(&[
            ("", Ok(None)),
            (NIL, Ok(None)),
            ("<v>1</v><v>2</v>", Ok(Some(vec![1, 2]))),
            (&format!("<v>1</v>{NIL}"), Err(IS_NIL)),
        ]);
        assert_means::<Nillable<Vec<i32>>>(&[
            ("", Ok(Nillable::Value(vec![]))),
            (NIL, Ok(Nillable::Nil)),
            ("<v>1</v><v>2</v>", Ok(Nillable::Value(vec![1, 2]))),
        ]);
    }

    #[test]
    fn bytes_are_one_value() {
        assert_means::<Vec<u8>>(&[
            ("", Err(MISSING)),
            (NIL, Err(IS_NIL)),
            ("<v/>", Ok(vec![])),
            ("<v>AQI=</v>", Ok(vec![1, 2])),
            ("<v>AQI=</v><v>AQI=</v>", Err(TWICE)),
        ]);
        assert_means::<Option<Vec<u8>>>(&[
            ("", Ok(None)),
            (NIL, Ok(None)),
            ("<v/>", Ok(Some(vec![]))),
            ("<v/><v/>", Err(TWICE)),
        ]);
        assert_elements(&[(None, ""), (Some(vec![]), "<tns:v></tns:v>"), (Some(vec![1_u8, 2]), "<tns:v>AQI=</tns:v>")]);
        assert_elements(&[(vec![vec![1_u8, 2], vec![]], "<tns:v>AQI=</tns:v><tns:v></tns:v>")]);
    }

    #[test]
    fn what_is_published_is_what_is_read() {
        let (once, many) = (Occurs::ONCE, Occurs { min: 0, max: None, nillable: false });
        assert_eq!((i32::occurs(), Vec::<u8>::occurs()), (once, once));
        assert_eq!(Option::<i32>::occurs(), Occurs::OPTIONAL);
        assert_eq!(Nillable::<i32>::occurs(), Occurs { nillable: true, ..once });
        assert_eq!(Option::<Nillable<i32>>::occurs(), Occurs::OPTIONAL);
        assert_eq!(Vec::<i32>::occurs(), many);
        assert_eq!(Vec::<Option<i32>>::occurs(), Occurs { nillable: true, ..many });
        assert_eq!(Vec::<Nillable<i32>>::occurs(), Occurs { nillable: true, ..many });
        assert_eq!(Option::<Vec<i32>>::occurs(), Occurs { nillable: true, ..many });
    }
}
