use std::fmt::Debug;

use super::super::Array;
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
    assert_elements(&[(None, ""), (Some(Nillable::Nil), NIL_WRITTEN), (Some(Nillable::Value(5)), "<tns:v>5</tns:v>")]);
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

#[test]
fn an_array_is_wrapped_wherever_it_stands() {
    let items = "<tns:v><tns:item>1</tns:item><tns:item>2</tns:item></tns:v>";
    assert_means::<Array<i32>>(&[
        ("", Err(MISSING)),
        (NIL, Err(IS_NIL)),
        ("<v/>", Ok(Array(vec![]))),
        (items, Ok(Array(vec![1, 2]))),
        (&format!("{items}{items}"), Err(TWICE)),
        ("<v><item/></v>", Err("`v.item[0]`: is empty")),
    ]);
    assert_elements(&[(Array(vec![1, 2]), items)]);
    assert_elements(&[(vec![Array(vec![1, 2]), Array(vec![])], format!("{items}<tns:v></tns:v>").as_str())]);
    assert_elements(&[(Some(Array(vec![1, 2])), items), (None, "")]);
    // What is wrapped anyway is not wrapped twice.
    assert_eq!(Option::<Array<i32>>::part_schema(), Option::<Vec<i32>>::part_schema());
    assert_eq!((Array::<i32>::occurs(), Vec::<Array<i32>>::occurs().max), (Occurs::ONCE, None));
    assert_eq!(Vec::<Array<Array<u8>>>::part_schema().name(), "UnsignedByteArrayArray");
    assert_elements(&[(Array(vec![1_u8]), "<tns:v><tns:item>1</tns:item></tns:v>")]);
}

#[test]
fn lists_in_options_in_lists_keep_apart() {
    let nil_item = NIL_WRITTEN.replace(":v", ":item");
    let some = format!("<tns:v>{nil_item}<tns:item>1</tns:item></tns:v>");
    assert_elements(&[(None, ""), (Some(vec![None, Some(1)]), some.as_str()), (Some(vec![]), "<tns:v></tns:v>")]);
    let list = format!("{NIL_WRITTEN}<tns:v></tns:v><tns:v><tns:item>1</tns:item></tns:v>");
    assert_elements(&[(vec![None, Some(vec![]), Some(vec![1])], list.as_str())]);
    assert_elements(&[(vec![Nillable::Nil, Nillable::Value(vec![]), Nillable::Value(vec![1])], list.as_str())]);
}
