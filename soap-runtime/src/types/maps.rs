//! Maps: one element with an `entry` for each key, which holds `key` and `value`.
//!
//! Each of these is one element, whatever it is: a list in it holds `item`s. The type is called
//! `StringIntMap`. A key that is there twice is a fault: what it stands for could be either. A `BTreeMap`
//! is written in the order of its keys, a `HashMap` in any.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::{ComplexType, Content, NamedType, Occurs, Part, Particle, Schema, SoapType, TypeDefinition, TypeKind};
use crate::xml::{Element, ReadError, Writer};

const ENTRY: &str = "entry";
const KEY: &str = "key";
const VALUE: &str = "value";

macro_rules! maps {
    ($($map:ident where K: $($bound:ident)+;)*) => {$(
        impl<K: SoapType $(+ $bound)+, V: SoapType> SoapType for $map<K, V> {
            fn schema() -> Schema {
                schema::<K, V>()
            }
            fn read(mut element: Element<'_, '_>) -> Result<Self, ReadError> {
                let mut map = Self::new();
                let mut count = 0;
                while let Some(child) = element.next_child()? {
                    let mut entry = child.indexed(count);
                    let (key, value) = read_entry(entry.reborrow())?;
                    if map.insert(key, value).is_some() {
                        return Err(entry.error("has the key of an entry before it"));
                    }
                    count += 1;
                }
                Ok(map)
            }
            fn write(&self, writer: &mut Writer) {
                write(self, writer);
            }
            fn size_hint(&self) -> usize {
                self.iter().map(|(key, value)| TAGS + key.size_hint() + value.size_hint()).sum()
            }
            fn empty_is_a_value() -> bool {
                true
            }
            fn word() -> String {
                word::<K, V>()
            }
        }
    )*};
}

maps! {
    BTreeMap where K: Ord;
    HashMap where K: Eq Hash;
}

/// What stands around a key and a value.
const TAGS: usize = "<tns:entry><tns:key></tns:key><tns:value></tns:value></tns:entry>".len();

fn word<K: SoapType, V: SoapType>() -> String {
    format!("{}{}Map", K::word(), V::word())
}

fn schema<K: SoapType, V: SoapType>() -> Schema {
    // One type, whichever map it is.
    Schema::Named(NamedType::of::<BTreeMap<K, V>>(word::<K, V>(), None, || {
        let entry = NamedType::of::<(K, V)>(format!("{}Entry", word::<K, V>()), None, || {
            sequence(vec![K::variant(KEY, ""), V::variant(VALUE, "")])
        });
        let occurs = Occurs { min: 0, max: None, nillable: false };
        sequence(vec![Part { schema: Schema::Named(entry), occurs, ..Part::of::<String>(ENTRY, "") }])
    }))
}

fn sequence(parts: Vec<Part>) -> TypeDefinition {
    let content = Content::Sequence(parts.into_iter().map(Particle::Element).collect());
    TypeDefinition { docs: "", kind: TypeKind::Complex(ComplexType { content, ..ComplexType::default() }) }
}

/// In any order, as the fields of a struct. Senders leave out what is nil.
fn read_entry<K: SoapType, V: SoapType>(mut entry: Element<'_, '_>) -> Result<(K, V), ReadError> {
    let (mut key, mut value) = (None, None);
    while let Some(child) = entry.next_child()? {
        match child.local_name() {
            KEY => read_once(&mut key, child)?,
            VALUE => read_once(&mut value, child)?,
            _ => child.skip()?,
        }
    }
    let missing = |name| entry.error(format!("the element `{name}` is missing in it"));
    let key = key.or_else(K::nil).ok_or_else(|| missing(KEY))?;
    Ok((key, value.or_else(V::nil).ok_or_else(|| missing(VALUE))?))
}

fn read_once<T: SoapType>(so_far: &mut Option<T>, child: Element<'_, '_>) -> Result<(), ReadError> {
    if so_far.is_some() {
        return Err(child.error("is there twice, and may be there once"));
    }
    *so_far = Some(T::read_item(child)?);
    Ok(())
}

fn write<'m, K: SoapType, V: SoapType>(map: impl IntoIterator<Item = (&'m K, &'m V)>, writer: &mut Writer) {
    writer.within(None, |writer| {
        for (key, value) in map {
            writer.element(ENTRY, |writer| {
                key.write_item(KEY, writer);
                value.write_item(VALUE, writer);
            });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::Array;
    use super::super::testing::{read_elements, round_trip, write_elements};
    use super::*;

    fn sizes() -> BTreeMap<String, i32> {
        BTreeMap::from([("<a>".to_owned(), 1), (String::new(), 2)])
    }

    #[test]
    fn a_map_is_an_element_with_entries() {
        let xml = "<tns:v><tns:entry><tns:key></tns:key><tns:value>2</tns:value></tns:entry>\
                   <tns:entry><tns:key>&lt;a&gt;</tns:key><tns:value>1</tns:value></tns:entry></tns:v>";
        assert_eq!(write_elements(&sizes()), xml);
        assert_eq!(read_elements::<BTreeMap<String, i32>>(xml), Ok(sizes()));
        let hashed: HashMap<String, i32> = sizes().into_iter().collect();
        assert_eq!(round_trip(&hashed), hashed);
        assert_eq!(read_elements::<BTreeMap<String, i32>>("<v/>"), Ok(BTreeMap::new()));
        assert_eq!(BTreeMap::<String, i32>::word(), "StringIntMap");
        assert_eq!(BTreeMap::<String, i32>::schema(), HashMap::<String, i32>::schema());
    }

    #[test]
    fn what_is_no_map_is_told_why() {
        let entry = |key: &str, value: &str| format!("<entry>{value}<more/><key>{key}</key></entry>");
        let one = "<value>1</value>";
        for (xml, words) in [
            (String::new(), "absent"),
            ("<v xsi:nil='true'/>".to_owned(), "`v`: is nil, and must have a value"),
            (
                format!("<v>{}{}</v>", entry("1", one), entry("+1", one)),
                "`v.entry[1]`: has the key of an entry before it",
            ),
            (format!("<v>{}</v>", entry("x", one)), "`v.entry[0].key`: `x` is no xs:int"),
            (format!("<v>{}</v>", entry("1", "")), "`v.entry[0]`: the element `value` is missing in it"),
            (format!("<v>{}</v>", entry("1", &one.repeat(2))), "`v.entry[0].value`: is there twice"),
            ("<v>1</v>".to_owned(), "`v`: expected elements, found text"),
        ] {
            let error = read_elements::<BTreeMap<i32, i32>>(&xml).expect_err(&xml);
            assert!(error.starts_with(words), "{error}");
        }
    }

    #[test]
    fn values_may_be_lists_and_maps_and_lists_may_hold_maps() {
        let lists = BTreeMap::from([(1, vec![1, 2]), (2, vec![])]);
        assert_eq!(round_trip(&lists), lists);
        let xml = write_elements(&BTreeMap::from([(1, vec![2, 3])]));
        assert!(xml.contains("<tns:value><tns:item>2</tns:item><tns:item>3</tns:item></tns:value>"), "{xml}");
        let read = read_elements("<v><entry><key>1</key></entry></v>");
        assert_eq!(read, Ok(BTreeMap::from([(1, None::<i32>)])));
        let options = BTreeMap::from([(true, None), (false, Some(vec![Some(1), None]))]);
        assert_eq!(round_trip(&options), options);
        let maps = vec![sizes(), BTreeMap::new()];
        assert_eq!(round_trip(&maps), maps);
        let wrapped = Array(vec![BTreeMap::from([('a', sizes())])]);
        assert_eq!(round_trip(&wrapped), wrapped);
        assert_eq!(round_trip(&Some(BTreeMap::<u8, u8>::new())), Some(BTreeMap::new()));
        assert_eq!(Array::<BTreeMap<char, BTreeMap<String, i32>>>::word(), "CharStringIntMapMapArray");
    }
}
