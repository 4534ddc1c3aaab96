//! Start tags: names, attributes, declarations of namespaces, and the limits on them.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attributes;
use smallvec::SmallVec;

use super::{Attribute, Event, Open, Reader};
use crate::xml::chars::{cut, find_illegal, is_name};
use crate::xml::error::ReadError;
use crate::xml::names::{XML, local_and_prefix};

/// More declarations in scope than any SOAP stack writes; each look-up walks them.
const MAX_NAMESPACES: usize = 256;
/// A longer name than that of any namespace, in bytes: some of what is read keeps it with each element.
const MAX_NAMESPACE: usize = 2 << 10;

impl<'a> Reader<'a> {
    pub(super) fn start_tag(&mut self, tag: &BytesStart<'_>) -> Result<Event<'a>, ReadError> {
        if self.depth() == 0 && std::mem::replace(&mut self.seen_root, true) {
            return Err(self.syntax("there is a second root element"));
        }
        if self.depth() == self.limits.depth {
            return Err(self.over_limit(format!("elements are nested more than {} deep", self.limits.depth)));
        }
        // The token borrows from itself; the same bytes of the document live longer.
        let content = &self.document[self.start + 1..self.start + 1 + tag.len()];
        let name = &content[..tag.name().0.len()];
        if !is_name(name) {
            return Err(self.syntax(format!("`{}` is no name of an element", cut(name))));
        }
        let outer_names = self.names.len();
        self.open.push(Open { name, outer_names, index: None });
        self.read_attributes(content, name.len())?;
        self.check_prefix(local_and_prefix(name).1)?;
        Ok(Event::Start)
    }

    fn read_attributes(&mut self, content: &'a str, name_len: usize) -> Result<(), ReadError> {
        self.attributes.clear();
        if name_len == content.len() {
            return Ok(());
        }
        if memchr::memchr(b'<', content.as_bytes()).is_some() {
            return Err(self.syntax("`<` inside a tag: a quote or a `>` is missing"));
        }
        for (count, attribute) in Attributes::new(content, name_len).enumerate() {
            if count == self.limits.attributes {
                return Err(self.over_limit(format!("an element has more than {count} attributes")));
            }
            let attribute = attribute.map_err(|error| self.syntax(format!("in a tag: {error}")))?;
            self.read_attribute(within(content, attribute.key.0), attribute)?;
        }
        for at in 0..self.attributes.len() {
            self.check_prefix(self.attributes[at].prefix)?;
        }
        self.check_attributes()
    }

    /// No two may have one name and one namespace, whatever their prefixes (Namespaces in XML, §6.3). Those that
    /// look the same were found before.
    fn check_attributes(&self) -> Result<(), ReadError> {
        if self.attributes.len() < 2 {
            return Ok(());
        }
        let prefixed = self.attributes.iter().filter(|attribute| !attribute.prefix.is_empty());
        let names: SmallVec<[_; 4]> =
            prefixed.map(|attribute| (attribute.local, self.namespace(attribute.prefix))).collect();
        match names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            None => Ok(()),
            Some((_, (local, _))) => {
                Err(self.syntax(format!("the attribute `{}` is there twice in one namespace", cut(local))))
            }
        }
    }

    fn read_attribute(
        &mut self,
        key: &'a str,
        attribute: quick_xml::events::attributes::Attribute<'a>,
    ) -> Result<(), ReadError> {
        if !is_name(key) {
            return Err(self.syntax(format!("`{}` is no name of an attribute", cut(key))));
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| self.syntax(format!("in attribute `{}`: {error}", cut(key))))?;
        if matches!(value, Cow::Owned(_)) && find_illegal(&value).is_some() {
            return Err(self.syntax(format!("attribute `{}` holds a character that XML does not allow", cut(key))));
        }
        match local_and_prefix(key) {
            ("xmlns", "") => self.declare("", value),
            (prefix, "xmlns") if value.is_empty() => {
                Err(self.syntax(format!("the prefix `{}` is declared as nothing", cut(prefix))))
            }
            // It may be declared, as what it stands for anyway (Namespaces in XML, §3).
            ("xml", "xmlns") if value == XML => Ok(()),
            (prefix @ ("xml" | "xmlns"), "xmlns") => {
                Err(self.syntax(format!("the prefix `{prefix}` cannot be declared")))
            }
            (prefix, "xmlns") => self.declare(prefix, value),
            (local, prefix) => {
                self.attributes.push(Attribute { prefix, local, value });
                Ok(())
            }
        }
    }

    fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>) -> Result<(), ReadError> {
        if self.names.len() == MAX_NAMESPACES {
            return Err(self.over_limit(format!("more than {MAX_NAMESPACES} namespace declarations are in scope")));
        }
        if uri.len() > MAX_NAMESPACE {
            return Err(self.over_limit(format!("the name of a namespace is longer than {MAX_NAMESPACE} bytes")));
        }
        self.names.declare(prefix, uri);
        Ok(())
    }

    fn check_prefix(&self, prefix: &str) -> Result<(), ReadError> {
        if prefix.is_empty() || self.names.resolve(prefix).is_some() {
            return Ok(());
        }
        Err(self.syntax(format!("no declaration for the namespace prefix `{}`", cut(prefix))))
    }
}

/// `part`, which was taken from `whole`, with the lifetime of `whole`.
fn within<'a>(whole: &'a str, part: &str) -> &'a str {
    let start = part.as_ptr().addr() - whole.as_ptr().addr();
    &whole[start..start + part.len()]
}
