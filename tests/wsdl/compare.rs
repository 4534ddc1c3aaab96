//! Do two WSDLs say the same? What differs is told in words, a line for each difference.
//!
//! Compared are names, namespaces, messages, parts, actions, elements, types and their order,
//! whatever the prefixes. Not compared are documentation, the address, and in which order the five
//! kinds of top-level elements stand. What is there as well is a difference of its own, and the rest
//! is compared all the same; what it consists of is for the golden files.

use std::collections::BTreeMap;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{QName, ResolveResult};

/// The order of the kinds of top-level elements that both documents are brought into.
const KINDS: [&str; 5] = ["types", "message", "portType", "binding", "service"];
/// The attributes that refer to something by a name with a prefix.
const REFERENCES: [&str; 5] = ["base", "binding", "element", "message", "type"];
/// What an element of the schema says by leaving it out.
const DEFAULTS: [(&str, &str); 3] = [("minOccurs", "1"), ("maxOccurs", "1"), ("nillable", "false")];

/// What `ours` says otherwise than `reference`, in the order of the reference; `-` is nothing.
pub(crate) fn differences(reference: &str, ours: &str) -> Vec<String> {
    let mut found = Vec::new();
    compare(&parse(reference), &parse(ours), "", &mut found);
    found
}

#[derive(Default)]
struct Node {
    /// `{namespace}local`.
    tag: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
}

/// A nameless node around the root element.
fn parse(document: &str) -> Node {
    let mut reader = NsReader::from_str(document);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().expect("the WSDL is well-formed") {
            Event::Start(tag) => open.push(Node::of(&reader, &tag)),
            Event::End(_) => {
                let node = open.pop().expect("every end has a start");
                open.last_mut().expect("the node around the root stays").adopt(node);
            }
            Event::Eof => return open.remove(0),
            _ => {}
        }
    }
}

impl Node {
    fn of(reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Self {
        let tag_name = resolved(reader, tag.name());
        let mut node = Self { tag: tag_name, ..Self::default() };
        if node.local_name() == "element" {
            node.attributes.extend(DEFAULTS.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
        for attribute in tag.attributes() {
            let attribute = attribute.expect("the attributes are well-formed");
            let name = attribute.key.as_ref().to_owned();
            let value = match REFERENCES.contains(&&*name) {
                true => resolved(reader, QName(&attribute.value)),
                false => unescaped(&attribute.value),
            };
            if !name.starts_with("xmlns") && name != "location" {
                node.attributes.insert(name, value);
            }
        }
        node
    }

    fn adopt(&mut self, mut child: Self) {
        if ["documentation", "annotation"].contains(&child.local_name()) {
            return;
        }
        if child.local_name() == "definitions" {
            child.children.sort_by_key(|kind| KINDS.iter().position(|&name| name == kind.local_name()));
        }
        self.children.push(child);
    }

    fn local_name(&self) -> &str {
        self.tag.rsplit('}').next().unwrap_or_default()
    }

    /// How differences call it: `element secondsToWait`.
    fn title(&self) -> String {
        match self.attributes.get("name") {
            Some(name) => format!("{} {name}", self.local_name()),
            None => self.local_name().to_owned(),
        }
    }

    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("-", String::as_str)
    }

    fn titles_of_children(&self) -> Vec<String> {
        self.children.iter().map(Self::title).collect()
    }
}

fn compare(reference: &Node, ours: &Node, place: &str, found: &mut Vec<String>) {
    if reference.tag != ours.tag {
        found.push(format!("{place}: {} is {}", reference.tag, ours.tag));
    }
    let mut names: Vec<_> = reference.attributes.keys().chain(ours.attributes.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let (then, now) = (reference.attribute(name), ours.attribute(name));
        if then != now {
            found.push(format!("{place}: {name} {then} is {now}"));
        }
    }
    let (then, now) = (reference.titles_of_children(), ours.titles_of_children());
    if !is_part_of(&then, &now) {
        return found.push(format!("{place}: [{}] is [{}]", then.join(", "), now.join(", ")));
    }
    let mut references = reference.children.iter().peekable();
    for ours in &ours.children {
        let Some(reference) = references.next_if(|reference| reference.title() == ours.title()) else {
            found.push(format!("{place}: {} is added", ours.title()));
            continue;
        };
        let slash = if place.is_empty() { "" } else { "/" };
        compare(reference, ours, &format!("{place}{slash}{}", reference.title()), found);
    }
}

/// Whether all titles are among the others, in the same order.
fn is_part_of(titles: &[String], others: &[String]) -> bool {
    let mut others = others.iter();
    titles.iter().all(|title| others.any(|other| other == title))
}

/// `tns:name` as `{namespace}name`.
fn resolved(reader: &NsReader<&[u8]>, name: QName<'_>) -> String {
    let (namespace, local) = reader.resolver().resolve_element(name);
    let namespace = match namespace {
        ResolveResult::Bound(namespace) => unescaped(namespace.as_ref()),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(prefix) => panic!("nothing declares the prefix `{}`", prefix),
    };
    format!("{{{namespace}}}{}", local.as_ref())
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("the WSDL is well-formed").into_owned()
}
