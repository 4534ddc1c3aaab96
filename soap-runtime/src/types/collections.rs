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
//! | `Option<Vec<T>>` | `None` | `None` | `Some` of no items |
//! | `Option<Option<T>>` | `None` | `Some(None)` | `Some(Some)` of it |
//!
//! `Vec<u8>` is no list but one value, base64. Inside of an `Option`, a `Nillable` or another `Vec` a
//! list is one element that holds its items (`array`): only so an empty one is not the same as none,
//! and the items of two do not run together.

use super::{Occurs, Schema, SoapType};
use crate::xml::{Element, ReadError, StartTag, Writer};

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
    fn nil() -> Option<Self> {
        Some(Self::Nil)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn occurs() -> Occurs {
        Occurs { nillable: true, ..Occurs::ONCE }
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        match self {
            Self::Nil => writer.nil(name),
            Self::Value(value) => value.write_item(name, writer),
        }
    }
    fn word() -> String {
        format!("Nillable{}", T::word())
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
    fn nil() -> Option<Self> {
        Some(T::nil())
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn occurs() -> Occurs {
        Occurs::OPTIONAL
    }
    fn absent() -> Option<Self> {
        Some(None)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        // As an item: a nil inside of `Some` is not the same as no element.
        if let Some(value) = self {
            value.write_item(name, writer);
        }
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        match self {
            Some(value) => value.write_item(name, writer),
            None => writer.nil(name),
        }
    }
    fn word() -> String {
        format!("Nillable{}", T::word())
    }
    fn service_id(&self) -> Option<&str> {
        self.as_ref().and_then(T::service_id)
    }
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
    fn empty_is_a_value() -> bool {
        T::vec_empty_is_a_value()
    }
    fn part_schema() -> Schema {
        T::vec_part_schema()
    }
    fn occurs() -> Occurs {
        T::vec_occurs()
    }
    fn absent() -> Option<Self> {
        T::vec_absent()
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        T::vec_read_into(so_far, element)
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        T::vec_write_as(self, name, writer);
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        writer.element(name, |writer| self.write(writer));
    }
    fn word() -> String {
        T::vec_word()
    }
}

/// As what is in it: a type that holds itself needs one.
impl<T: SoapType> SoapType for Box<T> {
    fn schema() -> Schema {
        T::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        T::read(element).map(Self::new)
    }
    fn write(&self, writer: &mut Writer) {
        (**self).write(writer);
    }
    fn write_attributes(&self, tag: &mut StartTag<'_>) {
        (**self).write_attributes(tag);
    }
    fn size_hint(&self) -> usize {
        (**self).size_hint()
    }
    fn nil() -> Option<Self> {
        T::nil().map(Self::new)
    }
    fn empty_is_a_value() -> bool {
        T::empty_is_a_value()
    }
    fn part_schema() -> Schema {
        T::part_schema()
    }
    fn occurs() -> Occurs {
        T::occurs()
    }
    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
    fn read_into(so_far: &mut Option<Self>, element: Element<'_, '_>) -> Result<(), ReadError> {
        let mut value = so_far.take().map(|value| *value);
        T::read_into(&mut value, element)?;
        *so_far = value.map(Self::new);
        Ok(())
    }
    fn write_as(&self, name: &str, writer: &mut Writer) {
        (**self).write_as(name, writer);
    }
    fn write_item(&self, name: &str, writer: &mut Writer) {
        (**self).write_item(name, writer);
    }
    fn word() -> String {
        T::word()
    }
    fn service_id(&self) -> Option<&str> {
        (**self).service_id()
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
    const FIRST_IS_NIL: &str = "`v[0]`: is nil, and must have a value";
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
            (NIL, Err(FIRST_IS_NIL)),
        ]);
        assert_means::<Vec<i32>>(&[("<v>1</v>\n<v>x</v>", Err("`v[1]`: `x` is no xs:int"))]);
        assert_elements(&[(vec![], ""), (vec![1, 2], "<tns:v>1</tns:v><tns:v>2</tns:v>")]);
    }

    #[test]
    fn items_that_have_no_value_keep_their_places() {
        let xml = format!("<tns:v>1</tns:v>{NIL_WRITTEN}<tns:v>3</tns:v>");
        assert_elements(&[(vec![Some(1), None, Some(3)], xml.as_str()), (vec![None], NIL_WRITTEN), (vec![], "")]);
        let items = vec![Nillable::Value(1), Nillable::Nil, Nillable::Value(3)];
        assert_elements(&[(items, xml.as_str())]);
    }

    #[test]
    fn a_list_inside_of_something_is_one_element_with_items() {
        let items = "<v><item>1</item><item>2</item></v>";
        assert_means::<Option<Vec<i32>>>(&[
            ("", Ok(None)),
            (NIL, Ok(None)),
            ("<v/>", Ok(Some(vec![]))),
            (items, Ok(Some(vec![1, 2]))),
            ("<v><int>1</int><int>2</int></v>", Ok(Some(vec![1, 2]))),
            ("<v><item>1</item><item>x</item></v>", Err("`v.item[1]`: `x` is no xs:int")),
            (&format!("{items}{items}"), Err(TWICE)),
            ("<v>1</v>", Err("`v`: expected elements, found text")),
        ]);
        assert_means::<Nillable<Vec<i32>>>(&[
            ("", Err(MISSING)),
            (NIL, Ok(Nillable::Nil)),
            (items, Ok(Nillable::Value(vec![1, 2]))),
        ]);
        assert_elements(&[
            (None, ""),
            (Some(vec![]), "<tns:v></tns:v>"),
            (Some(vec![1, 2]), "<tns:v><tns:item>1</tns:item><tns:item>2</tns:item></tns:v>"),
        ]);
        let with_nil = format!("<tns:v>{}<tns:item>3</tns:item></tns:v>", NIL_WRITTEN.replace(":v", ":item"));
        assert_elements(&[(Some(vec![None, Some(3)]), with_nil.as_str())]);
    }

    #[test]
    fn lists_of_lists_keep_their_items_apart() {
        let rows = "<tns:v><tns:item>1</tns:item><tns:item>2</tns:item></tns:v><tns:v></tns:v>";
        assert_elements(&[(vec![vec![1, 2], vec![]], rows), (vec![], "")]);
        assert_means::<Vec<Vec<i32>>>(&[("<v/><v><item/></v>", Err("`v[1].item[0]`: is empty"))]);
        let deep = "<tns:v><tns:item><tns:item>1</tns:item></tns:item></tns:v>";
        assert_elements(&[(vec![vec![vec![1]]], deep)]);
        assert_eq!(Vec::<Vec<Vec<i32>>>::part_schema().name(), "IntArrayArray");
        assert_eq!(Option::<Vec<Option<char>>>::part_schema().name(), "NillableCharArray");
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
        assert_eq!(Option::<Vec<i32>>::occurs(), Occurs::OPTIONAL);
        assert_eq!(Vec::<Vec<i32>>::occurs(), many);
        assert_eq!(Box::<Vec<i32>>::occurs(), many);
    }
}
