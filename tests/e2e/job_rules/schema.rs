//! The schema in a WSDL, and whether an answer keeps to it.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::client::Client;
use crate::server::Answer;

/// Within `definitions`, `types` and `schema`.
const TOP: usize = 3;

/// The elements of the answers, by the names of the answers.
pub(super) struct Schema(HashMap<String, Vec<Declared>>);

struct Declared {
    name: String,
    may_be_absent: bool,
    may_be_many: bool,
    nillable: bool,
}

/// An element of an answer.
struct Found {
    name: String,
    is_nil: bool,
}

impl Schema {
    /// As the service publishes it.
    pub(super) fn of(client: &Client) -> Self {
        let wsdl = client.wsdl();
        let mut reader = Reader::from_str(&wsdl);
        let (mut types, mut name, mut depth) = (HashMap::<_, Vec<_>>::new(), String::new(), 0);
        loop {
            let (tag, inner) = match reader.read_event().expect("a WSDL is XML") {
                Event::Start(tag) => (tag, 1),
                Event::Empty(tag) => (tag, 0),
                Event::End(_) => {
                    depth -= 1;
                    continue;
                }
                Event::Eof => return Self(types),
                _ => continue,
            };
            match (depth, &*local_name(&tag)) {
                (TOP, "element") => name = attribute(&tag, "name").expect("an element has a name"),
                (_, "element") => types.entry(name.clone()).or_default().push(Declared::from(&tag)),
                _ => {}
            }
            depth += inner;
        }
    }

    pub(super) fn elements(&self, answer: &str) -> Vec<&str> {
        self.0[answer].iter().map(|declared| &*declared.name).collect()
    }

    /// Whether the elements are those that are declared, in order, as often as they may be, and nil
    /// only where they may.
    #[track_caller]
    pub(super) fn check(&self, answer: &Answer) {
        let (name, found) = outputs(answer);
        let mut found = found.into_iter().peekable();
        for declared in &self.0[&name] {
            let mut count = 0;
            while let Some(element) = found.next_if(|element| element.name == declared.name) {
                assert!(declared.nillable || !element.is_nil, "{} is nil in {answer:?}", declared.name);
                count += 1;
            }
            assert!(count > 0 || declared.may_be_absent, "{} is not in {answer:?}", declared.name);
            assert!(count < 2 || declared.may_be_many, "{} is there {count} times in {answer:?}", declared.name);
        }
        assert!(found.next().is_none(), "there is more in {answer:?}");
    }
}

impl From<&BytesStart<'_>> for Declared {
    fn from(tag: &BytesStart<'_>) -> Self {
        Self {
            name: attribute(tag, "name").expect("an element has a name"),
            may_be_absent: attribute(tag, "minOccurs").as_deref() == Some("0"),
            may_be_many: attribute(tag, "maxOccurs").as_deref() == Some("unbounded"),
            nillable: attribute(tag, "nillable").as_deref() == Some("true"),
        }
    }
}

/// The name of the response, and what is in it.
fn outputs(answer: &Answer) -> (String, Vec<Found>) {
    let mut reader = Reader::from_str(&answer.body);
    let (mut depth, mut response, mut found) = (0, String::new(), Vec::new());
    loop {
        let (tag, inner) = match reader.read_event().expect("answers are XML") {
            Event::Start(tag) => (tag, 1),
            Event::Empty(tag) => (tag, 0),
            Event::End(_) => {
                depth -= 1;
                continue;
            }
            Event::Eof => return (response, found),
            _ => continue,
        };
        match depth {
            2 => response = local_name(&tag),
            3 => {
                found.push(Found { name: local_name(&tag), is_nil: attribute(&tag, "nil").as_deref() == Some("true") })
            }
            _ => {}
        }
        depth += inner;
    }
}

fn local_name(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.clone().into_owned())
}
