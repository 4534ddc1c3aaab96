//! What is written is read back, for every type in every combination.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use bytes::Bytes;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

use super::testing::round_trip;
use super::*;
use crate::xml::{Limits, escape_into, read_root};

/// In each of these a value must keep its place and its meaning.
fn comes_back<T: SoapType + PartialEq + Debug + Clone>(value: &T) -> TestCaseResult {
    prop_assert_eq!(&round_trip(value), value);
    Ok(())
}

/// That values of `T` come back alone and inside of all that can hold them.
fn assert_comes_back_everywhere<T>(values: impl Strategy<Value = T> + Clone)
where
    T: SoapType + PartialEq + Debug + Clone,
{
    let list = prop::collection::vec(values.clone(), 0..4);
    let lists = prop::collection::vec(list.clone(), 0..4);
    let options = prop::collection::vec(prop::option::of(values.clone()), 0..4);
    let mut runner = TestRunner::new(Config { cases: 48, ..Config::default() });
    let all = (values, list, lists, options);
    let checked = runner.run(&all, |(value, list, lists, options)| {
        comes_back(&value)?;
        comes_back(&Some(value.clone()))?;
        comes_back(&Nillable::Value(Box::new(value.clone())))?;
        comes_back(&Some(Nillable::Value(value.clone())))?;
        comes_back(&[value.clone(), value])?;
        comes_back(&list)?;
        comes_back(&Array(list.clone()))?;
        comes_back(&Some(list.clone()))?;
        comes_back(&Nillable::Value(list.clone()))?;
        comes_back(&lists)?;
        comes_back(&vec![lists.clone(), vec![]])?;
        comes_back(&Some(lists.clone()))?;
        comes_back(&lists.iter().cloned().map(Array).collect::<Vec<_>>())?;
        comes_back(&lists.iter().cloned().map(Array).map(Some).collect::<Array<_>>())?;
        comes_back(&options)?;
        comes_back(&Array(options.clone()))?;
        comes_back(&Some(options.clone()))?;
        comes_back(&options.iter().cloned().map(Nillable::from).collect::<Vec<_>>())?;
        comes_back(&vec![Some(options.clone()), None, Some(vec![])])?;
        comes_back(&lists.iter().cloned().enumerate().collect::<Keyed<_>>().0)?;
        comes_back(&options.iter().cloned().enumerate().collect::<Keyed<_>>().0)?;
        let map: HashMap<String, _> = list.iter().map(|item| (format!("{item:?}<"), item.clone())).collect();
        comes_back(&map)?;
        comes_back(&vec![map.clone(), HashMap::new()])?;
        comes_back(&Some(BTreeMap::from([(true, Array(vec![map]))])))
    });
    checked.unwrap_or_else(|error| panic!("{}: {error}", std::any::type_name::<T>()));
}

struct Keyed<V>(BTreeMap<u64, V>);

impl<V> FromIterator<(usize, V)> for Keyed<V> {
    fn from_iter<I: IntoIterator<Item = (usize, V)>>(items: I) -> Self {
        Self(items.into_iter().map(|(key, value)| (key as u64, value)).collect())
    }
}

/// Whatever XML can carry.
fn text() -> impl Strategy<Value = String> + Clone {
    r#"([\t\n\r <>&"'\]]|[\x20-\u{D7FF}]|[\u{E000}-\u{FFFD}]|[\u{10000}-\u{10FFFF}]){0,12}"#
}

#[test]
fn numbers_come_back() {
    assert_comes_back_everywhere(any::<bool>());
    assert_comes_back_everywhere(any::<i8>());
    assert_comes_back_everywhere(any::<u64>());
    assert_comes_back_everywhere(any::<i128>());
    assert_comes_back_everywhere(prop_oneof![any::<f64>(), Just(f64::INFINITY), Just(-0.0), Just(5e-324)]);
    assert_comes_back_everywhere(any::<f32>());
}

#[test]
fn texts_and_bytes_come_back() {
    assert_comes_back_everywhere(text());
    assert_comes_back_everywhere(any::<char>().prop_filter("XML cannot carry it", |&c| {
        c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c != '\u{FFFE}' && c != '\u{FFFF}')
    }));
    assert_comes_back_everywhere(any::<Vec<u8>>());
    assert_comes_back_everywhere(any::<Vec<u8>>().prop_map(Bytes::from));
    assert_comes_back_everywhere(any::<[u8; 3]>());
    assert_comes_back_everywhere(text().prop_map(|text| Token::new(&text)));
    assert_comes_back_everywhere(text().prop_map(Status::page));
    assert_comes_back_everywhere(text().prop_map(|text| {
        url::Url::parse("urn:x")
            .map(|mut url| {
                url.set_fragment(Some(&text));
                url
            })
            .expect("it is a URL")
    }));
}

#[test]
fn moments_come_back() {
    let date = (1_i16..9999, 1_i16..=365)
        .prop_map(|(year, day)| jiff::civil::date(year, 1, 1).with().day_of_year(day).build().expect("there is one"));
    assert_comes_back_everywhere(date.clone());
    assert_comes_back_everywhere(
        (date.clone(), -14_i8..=14)
            .prop_map(|(date, hours)| WithOffset::new(date, jiff::tz::offset(hours)).expect("14 hours at most")),
    );
    assert_comes_back_everywhere(any::<std::time::Duration>());
    assert_comes_back_everywhere(date.prop_map(GYearMonth::from));
}

#[test]
fn any_xml_comes_back() {
    let content = prop_oneof![
        Just(r#"<a/>"#),
        Just(r#"<p:a xmlns:p="urn:p" p:b="p:c">&lt;<x xmlns="urn:d"><y xmlns=""/></x></p:a>"#),
        Just("some &amp; <i>text</i>\n"),
        Just(""),
    ];
    assert_comes_back_everywhere(content.prop_map(|xml| AnyXml::parse(xml).expect("it is well-formed")));
}

#[cfg(feature = "decimal")]
#[test]
fn decimals_come_back() {
    let decimal = (any::<i64>(), 0_u32..=28).prop_map(|(digits, scale)| rust_decimal::Decimal::new(digits, scale));
    assert_comes_back_everywhere(decimal);
}

#[cfg(feature = "num-bigint")]
#[test]
fn unbounded_integers_come_back() {
    assert_comes_back_everywhere(any::<Vec<u8>>().prop_map(|bytes| num_bigint::BigInt::from_signed_bytes_le(&bytes)));
}

/// An attribute and a text of one element.
#[derive(Clone, Debug, PartialEq)]
struct Labelled {
    label: String,
    value: String,
}

impl SoapType for Labelled {
    fn schema() -> Schema {
        Schema::Any
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        let label = element.attribute("", "label").unwrap_or_default().to_owned();
        Ok(Self { label, value: String::read(element)? })
    }
    fn write(&self, writer: &mut Writer) {
        self.value.write(writer);
    }
    fn write_attributes(&self, tag: &mut StartTag<'_>) {
        tag.attribute("label", |writer| writer.text(&self.label));
    }
}

#[test]
fn attributes_come_back_wherever_their_element_stands() {
    assert_comes_back_everywhere((text(), text()).prop_map(|(label, value)| Labelled { label, value }));
}

proptest! {
    #[test]
    fn a_value_is_the_same_in_an_attribute(text in text()) {
        let mut xml = "<v a=\"".to_owned();
        escape_into(&mut xml, &text, true);
        xml.push_str("\"/>");
        let read = read_root(xml, Limits::default(), |root| Ok(root.attribute("", "a").map(str::to_owned)));
        prop_assert_eq!(read, Ok(Some(text)));
    }
}
