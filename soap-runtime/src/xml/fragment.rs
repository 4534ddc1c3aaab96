//! A piece of a document that stands for itself: the content of an element as text, with the namespace
//! declarations that it needs.
//!
//! Prefixes also stand in values, `xsi:type="xs:int"`, and only a schema tells which. So each declaration
//! around the piece is made part of it whose prefix is followed by a colon anywhere in it, and the default
//! namespace, if there is one.

use super::element::Element;
use super::escape::escape_into;
use super::names::{Namespaces, XML, XSI, local_and_prefix};
use super::reader::{Event, Reader};
use super::writer::StartTag;
use super::{Document, Limits, ReadError};

/// The content of an element, and its attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Fragment {
    /// Elements and text. Each of the elements declares what it needs.
    pub(crate) content: String,
    /// Without `xsi:type` and `xsi:nil`.
    pub(crate) attributes: Vec<Attribute>,
    /// The namespace and the name of the type that it says to be of.
    pub(crate) xsi_type: Option<(String, String)>,
    /// Prefixes that its text and its attributes may use, and what they stand for.
    declarations: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Attribute {
    pub(crate) namespace: String,
    pub(crate) local: String,
    pub(crate) value: String,
}

impl Fragment {
    /// # Errors
    /// If `xml` is not what an element can hold.
    pub(crate) fn parse(xml: &str, limits: Limits) -> Result<Self, ReadError> {
        const OPEN: &str = "<v>";
        let read = || {
            let mut document = Document::new(format!("{OPEN}{xml}</v>").into(), None)?;
            let mut reader = document.reader(limits)?;
            reader.next()?;
            let fragment = Element::of(&mut reader).fragment()?;
            match reader.next()? {
                Event::Eof => Ok(fragment),
                _ => Err(reader.syntax("it ends before its end")),
            }
        };
        read().map_err(|error: ReadError| error.moved_left(OPEN.len()))
    }

    /// How many bytes of it were taken from around the element.
    fn repeated(&self) -> usize {
        let declarations = self.declarations.iter().map(|(prefix, uri)| prefix.len() + uri.len());
        let attributes = self.attributes.iter().map(|attribute| attribute.namespace.len());
        let xsi_type = self.xsi_type.as_ref().map_or(0, |(namespace, _)| namespace.len());
        declarations.chain(attributes).sum::<usize>() + xsi_type
    }

    /// Writes its attributes, with prefixes that say nothing else in the document to be.
    pub(crate) fn write_attributes(&self, tag: &mut StartTag<'_>) {
        let mut prefixes = self.declarations.clone();
        for (prefix, namespace) in &prefixes {
            tag.attribute(&format!("xmlns:{prefix}"), |writer| writer.text(namespace));
        }
        for Attribute { namespace, local, value } in &self.attributes {
            let name = qualified(tag, &mut prefixes, namespace, local);
            tag.attribute(&name, |writer| writer.text(value));
        }
        if let Some((namespace, local)) = &self.xsi_type {
            let name = qualified(tag, &mut prefixes, XSI, "type");
            let value = qualified(tag, &mut prefixes, namespace, local);
            tag.attribute(&name, |writer| writer.text(&value));
        }
    }
}

/// `a1:local`; the prefix is declared, if none is yet.
fn qualified(tag: &mut StartTag<'_>, prefixes: &mut Vec<(String, String)>, namespace: &str, local: &str) -> String {
    if namespace.is_empty() {
        return local.to_owned();
    }
    if namespace == XML {
        return format!("xml:{local}");
    }
    if let Some((prefix, _)) = prefixes.iter().find(|(_, uri)| uri == namespace) {
        return format!("{prefix}:{local}");
    }
    let is_free = |name: &String| prefixes.iter().all(|(prefix, _)| prefix != name);
    let prefix = (1..).map(|at| format!("a{at}")).find(is_free).unwrap_or_default();
    tag.attribute(&format!("xmlns:{prefix}"), |writer| writer.text(namespace));
    let name = format!("{prefix}:{local}");
    prefixes.push((prefix, namespace.to_owned()));
    name
}

impl Element<'_, '_> {
    /// All that it holds, and its attributes.
    ///
    /// # Errors
    /// If it is not well-formed, or longer than a text may be.
    pub(crate) fn fragment(self) -> Result<Fragment, ReadError> {
        let mut fragment = Fragment::default();
        let reader = self.reader;
        let mut in_doubt = InDoubt::default();
        for attribute in reader.attributes() {
            let namespace = if attribute.prefix.is_empty() { "" } else { reader.namespace(attribute.prefix) };
            match (namespace, attribute.local) {
                (XSI, "nil") => {}
                (XSI, "type") => {
                    let (local, prefix) = local_and_prefix(attribute.value.trim());
                    fragment.xsi_type = Some((reader.namespace(prefix).to_owned(), local.to_owned()));
                }
                (namespace, local) => {
                    in_doubt.look_at(&attribute.value, reader.names());
                    let (namespace, local) = (namespace.to_owned(), local.to_owned());
                    fragment.attributes.push(Attribute { namespace, local, value: attribute.value.to_string() });
                }
            }
        }
        Copying { depth: reader.depth(), names: Vec::new(), tag_is_open: false, start: 0 }.run(
            reader,
            &mut fragment.content,
            &mut in_doubt,
        )?;
        // Those prefixes are ours in the document to be.
        in_doubt.declarations.retain(|(prefix, _)| prefix != "tns" && !is_numbered(prefix));
        in_doubt.declarations.sort_unstable();
        fragment.declarations = in_doubt.declarations;
        reader.repeat(fragment.repeated())?;
        Ok(fragment)
    }
}

/// `n1`, as the writer calls namespaces.
fn is_numbered(prefix: &str) -> bool {
    prefix.strip_prefix('n').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Declarations that a value may rely on.
#[derive(Default)]
struct InDoubt {
    declarations: Vec<(String, String)>,
}

impl InDoubt {
    /// Whatever looks like a prefix in `text`.
    fn look_at(&mut self, text: &str, names: &Namespaces<'_>) {
        for colon in memchr::memchr_iter(b':', text.as_bytes()) {
            let before = &text[..colon];
            let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') || !c.is_ascii();
            let prefix = &before[before.trim_end_matches(is_in_name).len()..];
            if !prefix.is_empty() && !self.declarations.iter().any(|(known, _)| known == prefix) {
                self.add(prefix, names);
            }
        }
    }

    fn add(&mut self, prefix: &str, names: &Namespaces<'_>) {
        if let Some(uri) = names.resolve(prefix).filter(|uri| !uri.is_empty() && *uri != XML) {
            self.declarations.push((prefix.to_owned(), uri.to_owned()));
        }
    }
}

/// How far the copying of a fragment has come.
struct Copying<'a> {
    /// How many elements are open outside of its elements.
    depth: usize,
    /// Of its elements that are open.
    names: Vec<&'a str>,
    /// The last start tag lacks its `>`, for the element may turn out to be empty.
    tag_is_open: bool,
    /// Where its outermost element that is open begins.
    start: usize,
}

impl<'a> Copying<'a> {
    fn run(mut self, reader: &mut Reader<'a>, out: &mut String, in_doubt: &mut InDoubt) -> Result<(), ReadError> {
        let limit = reader.limits().text;
        loop {
            match reader.next()? {
                Event::Start => match reader.take_included()? {
                    None => self.start(reader, out),
                    Some(base64) => {
                        self.end_tag(out);
                        out.push_str(&base64);
                    }
                },
                Event::Text(text) => {
                    self.end_tag(out);
                    escape_into(out, &text, false);
                    if self.names.is_empty() {
                        in_doubt.look_at(&text, reader.names());
                    }
                }
                Event::Char(c) => {
                    self.end_tag(out);
                    escape_into(out, c.encode_utf8(&mut [0; 4]), false);
                }
                Event::End if reader.depth() < self.depth => return Ok(()),
                Event::End => self.end(reader, out)?,
                Event::Eof => return Ok(()),
            }
            if out.len() > limit {
                return Err(reader.over_limit(format!("a fragment of XML is longer than {limit} bytes")));
            }
        }
    }

    fn end_tag(&mut self, out: &mut String) {
        if std::mem::take(&mut self.tag_is_open) {
            out.push('>');
        }
    }

    fn start(&mut self, reader: &Reader<'a>, out: &mut String) {
        self.end_tag(out);
        if self.names.is_empty() {
            self.start = out.len();
        }
        self.names.push(reader.name());
        out.push('<');
        out.push_str(reader.name());
        reader.names().since(reader.outer_names()).for_each(|(prefix, uri)| declare(out, prefix, uri));
        for attribute in reader.attributes() {
            out.push(' ');
            if !attribute.prefix.is_empty() {
                out.push_str(attribute.prefix);
                out.push(':');
            }
            out.push_str(attribute.local);
            out.push_str("=\"");
            escape_into(out, &attribute.value, true);
            out.push('"');
        }
        self.tag_is_open = true;
    }

    fn end(&mut self, reader: &mut Reader<'a>, out: &mut String) -> Result<(), ReadError> {
        let name = self.names.pop().unwrap_or_default();
        match std::mem::take(&mut self.tag_is_open) {
            true => out.push_str("/>"),
            false => {
                out.push_str("</");
                out.push_str(name);
                out.push('>');
            }
        }
        if self.names.is_empty() {
            let declarations = self.outer_declarations(reader.names(), out);
            reader.repeat(declarations.len())?;
            out.insert_str(self.start + 1 + name.len(), &declarations);
        }
        Ok(())
    }

    /// Declarations of what the element that was just copied has from around it.
    fn outer_declarations(&self, names: &Namespaces<'a>, out: &str) -> String {
        let mut in_doubt = InDoubt::default();
        let copied = &out[self.start..];
        in_doubt.add("", names);
        in_doubt.look_at(copied, names);
        let tag = &copied[..copied.find('>').unwrap_or(copied.len())];
        let mut declarations = String::new();
        for (prefix, uri) in &in_doubt.declarations {
            let is_its_own = match &**prefix {
                "" => tag.contains(" xmlns=\""),
                prefix => tag.contains(&format!(" xmlns:{prefix}=\"")),
            };
            if !is_its_own {
                declare(&mut declarations, prefix, uri);
            }
        }
        declarations
    }
}

fn declare(out: &mut String, prefix: &str, uri: &str) {
    out.push_str(" xmlns");
    if !prefix.is_empty() {
        out.push(':');
        out.push_str(prefix);
    }
    out.push_str("=\"");
    escape_into(out, uri, true);
    out.push('"');
}
