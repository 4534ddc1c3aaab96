//! Writing XML straight into one buffer.

use std::fmt::Write;

use super::chars::find_illegal;
use super::element::Rules;
use super::error::WriteError;
use super::escape::{escape_into, escape_replacing_into, unescaped};
use crate::attachment::{Attached, Attachment, Message};

/// Writes elements of the service's own namespace, whose prefix is `tns`, or of another one inside of
/// [`Writer::within`].
///
/// A character that XML cannot carry is remembered and reported by the one who asked for the
/// document, as is a rule that a value breaks; values need not look for it.
pub struct Writer {
    out: String,
    failed: Option<WriteError>,
    in_attribute: bool,
    /// What the text of the elements to write has to keep to.
    rules: Option<&'static dyn Rules>,
    /// The namespace of the elements to write, if it is not the service's.
    namespace: Option<&'static str>,
    /// The namespace of the elements to write, but not of what is in them.
    of_elements: Option<&'static str>,
    /// What elements of the service have that stand in others: nothing, if its schema is unqualified.
    inner: Prefix,
    /// How many elements are open.
    depth: usize,
    /// Where prefixes of inner elements stand, for those who write before they know the service.
    inner_prefixes: Option<Vec<usize>>,
    /// The namespaces that were declared in elements still open, whose prefixes are `n1`, `n2`, ….
    declared: Vec<&'static str>,
    /// What is too long to stand in the buffer.
    attached: Vec<Attached>,
    /// The prefix of the envelope around, for those who write its headers.
    envelope: Option<&'static str>,
}

const SERVICE_PREFIX: &str = "tns:";

/// Where the prefix of an element comes from.
#[derive(Clone, Copy)]
enum Prefix {
    Service,
    /// It has none: no namespace.
    None,
    /// It is that of one that was declared.
    Declared(usize),
}

/// The start tag of an element that is being written, behind its name.
pub struct StartTag<'w> {
    writer: &'w mut Writer,
}

impl Writer {
    /// With room for `capacity` bytes.
    pub fn with_capacity(capacity: usize) -> Self {
        let out = String::with_capacity(capacity);
        Self {
            out,
            failed: None,
            in_attribute: false,
            rules: None,
            namespace: None,
            of_elements: None,
            inner: Prefix::Service,
            depth: 0,
            inner_prefixes: None,
            declared: Vec::new(),
            attached: Vec::new(),
            envelope: None,
        }
    }

    /// The same inside of an envelope with this prefix.
    pub(crate) fn in_envelope(mut self, prefix: &'static str) -> Self {
        self.envelope = Some(prefix);
        self
    }

    /// The same for a service whose elements are in no namespace if they stand in others
    /// (`elementFormDefault="unqualified"`, XML Schema Part 1, §3.3.2).
    #[must_use]
    pub(crate) fn unqualified(mut self) -> Self {
        self.inner = Prefix::None;
        self
    }

    /// The same for whom it is not known yet of which form the service is.
    #[must_use]
    pub(crate) fn of_either_form(mut self) -> Self {
        self.inner_prefixes = Some(Vec::new());
        self
    }

    /// `<tns:name>`, what `content` writes, `</tns:name>`.
    pub fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.element_with(name, |_| {}, content);
    }

    /// The same, with what `attributes` writes into the start tag.
    pub fn element_with(
        &mut self,
        name: &str,
        attributes: impl FnOnce(&mut StartTag<'_>),
        content: impl FnOnce(&mut Self),
    ) {
        let declared = self.declared.len();
        self.out.push('<');
        let prefix = self.open(name);
        let (rules, namespace) = (self.rules.take(), self.of_elements.take());
        attributes(&mut StartTag { writer: self });
        self.out.push('>');
        let start = self.out.len();
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.of_elements = namespace;
        if let Some(rules) = rules {
            self.check(rules, start);
        }
        self.rules = rules;
        if let Some(failed) = &mut self.failed {
            failed.is_in(name);
        }
        self.out.push_str("</");
        self.remember(prefix);
        self.name(prefix, name);
        self.out.push('>');
        self.declared.truncate(declared);
    }

    /// An element that says it has no value (XML Schema Part 1, §2.6.2).
    pub fn nil(&mut self, name: &str) {
        let declared = self.declared.len();
        self.out.push('<');
        self.open(name);
        self.out.push_str(" xmlns:xsi=\"");
        self.out.push_str(super::XSI);
        self.out.push_str("\" xsi:nil=\"true\"/>");
        self.declared.truncate(declared);
    }

    /// What `content` writes are elements of `namespace`; of the service's, for none, and in no namespace,
    /// if it is empty.
    pub fn within(&mut self, namespace: Option<&'static str>, content: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.namespace, namespace);
        content(self);
        self.namespace = outer;
    }

    /// The elements that `content` writes are of `namespace`, or of none if it is empty, and what is in them is
    /// where it would be anyway.
    pub fn of_namespace(&mut self, namespace: &'static str, content: impl FnOnce(&mut Self)) {
        let outer = self.of_elements.replace(namespace);
        content(self);
        self.of_elements = outer;
    }

    /// The text of each element that `content` writes has to keep to `rules`; in an attribute, what it
    /// writes itself.
    #[doc(hidden)]
    pub fn restricted(&mut self, rules: &'static dyn Rules, content: impl FnOnce(&mut Self)) {
        if self.in_attribute {
            return self.restricted_text(rules, content);
        }
        let outer = self.rules.replace(rules);
        content(self);
        self.rules = outer;
    }

    /// The text that `content` writes has to keep to `rules`.
    #[doc(hidden)]
    pub fn restricted_text(&mut self, rules: &'static dyn Rules, content: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        content(self);
        self.check(rules, start);
    }

    fn check(&mut self, rules: &dyn Rules, start: usize) {
        let text = quick_xml::escape::unescape(&self.out[start..]);
        if let Err(problem) = rules.check(text.as_deref().unwrap_or(&self.out[start..])) {
            self.failed.get_or_insert(WriteError::rule(problem));
        }
    }

    /// The value being written has no form: `problem` goes on from the name of its element.
    pub(crate) fn refuse(&mut self, problem: String) {
        self.failed.get_or_insert(WriteError::rule(problem));
    }

    /// Character data, escaped.
    pub fn text(&mut self, text: &str) {
        if let Some((_, c)) = find_illegal(text) {
            self.failed.get_or_insert(WriteError::character(c));
        }
        escape_into(&mut self.out, text, self.in_attribute);
    }

    /// Character data that has to go out whatever it holds: a character that XML cannot carry becomes
    /// U+FFFD.
    pub(crate) fn replacing_text(&mut self, text: &str) {
        escape_replacing_into(&mut self.out, text, false);
    }

    /// Text that is known to hold nothing to escape: digits, base64, names.
    pub fn plain(&mut self, text: &str) {
        debug_assert!(!text.contains(['<', '&', '>']));
        self.out.push_str(text);
    }

    /// For writers that append themselves, `write!` among them. The same rule as for
    /// [`Writer::plain`] holds.
    pub fn buffer(&mut self) -> &mut String {
        &mut self.out
    }

    /// An attachment, whose base64 is put here when the document is sent, or what stands for it.
    pub(crate) fn attach(&mut self, attachment: &Attachment) {
        self.attached.push(Attached { at: self.out.len(), attachment: attachment.clone() });
    }

    /// A piece of XML as it is.
    pub(crate) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// The document, attachments as base64.
    ///
    /// # Errors
    /// If a value held a character that XML cannot carry, or broke a rule: the first of them. If an
    /// attachment cannot be read from the disk, or all have more than 64 MiB together: a reply sends them
    /// in pieces, and here they would be in memory.
    pub fn finish(self) -> Result<String, WriteError> {
        const MOST: u64 = 64 << 20;
        let message = self.finish_message()?;
        let length = message.attached_length();
        if length > MOST {
            let reason = format!("they have {length} bytes, more than the {MOST} that are held in memory");
            return Err(WriteError::Attachment { reason });
        }
        message.into_text().map_err(|error| WriteError::Attachment { reason: error.to_string() })
    }

    /// The document in the two forms that a service may have: qualified, and unqualified.
    pub(crate) fn finish_in_both_forms(mut self) -> Result<(String, String), WriteError> {
        let prefixes = self.inner_prefixes.take().unwrap_or_default();
        let qualified = self.finish()?;
        let mut unqualified = String::with_capacity(qualified.len());
        let mut from = 0;
        for at in prefixes {
            unqualified.push_str(&qualified[from..at]);
            from = at + SERVICE_PREFIX.len();
        }
        unqualified.push_str(&qualified[from..]);
        Ok((qualified, unqualified))
    }

    /// The document with its attachments.
    pub(crate) fn finish_message(self) -> Result<Message, WriteError> {
        match self.failed {
            None => Ok(Message::new(self.out, self.attached)),
            Some(error) => Err(error),
        }
    }

    /// The words of the first rule that was broken.
    pub(crate) fn broken_rule(self) -> Option<String> {
        match self.failed? {
            WriteError::Rule { rule, .. } => Some(rule),
            _ => None,
        }
    }

    /// What was written, where nothing can have failed.
    pub(crate) fn into_xml(self) -> String {
        self.out
    }

    /// What was written, as the text that a reader would get, if it was nothing but text.
    pub(crate) fn into_text(self) -> String {
        unescaped(&self.out)
    }

    /// The name of an element that begins; its namespace is declared, if it is not yet.
    fn open(&mut self, name: &str) -> Prefix {
        let namespace = match self.of_elements.or(self.namespace) {
            None if self.depth > 0 => {
                self.remember(self.inner);
                return self.name(self.inner, name);
            }
            None => return self.name(Prefix::Service, name),
            // No default namespace is ever declared, so that a name alone is in none.
            Some("") => return self.name(Prefix::None, name),
            Some(namespace) => namespace,
        };
        let known = self.declared.iter().rposition(|declared| *declared == namespace);
        let prefix = self.name(Prefix::Declared(known.unwrap_or(self.declared.len())), name);
        if known.is_none() {
            self.declare(namespace);
        }
        prefix
    }

    /// `tns:name`, `name`, or `n1:name` for the first of those that are declared.
    fn name(&mut self, prefix: Prefix, name: &str) -> Prefix {
        match prefix {
            Prefix::Service => self.out.push_str(SERVICE_PREFIX),
            Prefix::None => {}
            Prefix::Declared(at) => write!(self.out, "n{}:", at + 1).expect("a `String` takes everything"),
        }
        self.out.push_str(name);
        prefix
    }

    /// That a name with this prefix comes next.
    fn remember(&mut self, prefix: Prefix) {
        if let (Some(prefixes), Prefix::Service) = (&mut self.inner_prefixes, prefix)
            && self.depth > 0
        {
            prefixes.push(self.out.len());
        }
    }

    fn declare(&mut self, namespace: &'static str) {
        self.declared.push(namespace);
        write!(self.out, " xmlns:n{}=\"", self.declared.len()).expect("a `String` takes everything");
        escape_into(&mut self.out, namespace, true);
        self.out.push('"');
    }
}

impl StartTag<'_> {
    /// ` name="…"`, in no namespace; `value` writes its text.
    pub fn attribute(&mut self, name: &str, value: impl FnOnce(&mut Writer)) {
        let Self { writer } = self;
        writer.out.push(' ');
        writer.out.push_str(name);
        writer.out.push_str("=\"");
        writer.in_attribute = true;
        value(writer);
        writer.in_attribute = false;
        if let Some(failed) = &mut writer.failed {
            failed.is_in(&format!("@{name}"));
        }
        writer.out.push('"');
    }

    /// Declares the namespace of the elements that the element is going to hold, once for all of them.
    pub fn declare(&mut self, namespace: Option<&'static str>) {
        let undeclared = |namespace: &&str| !namespace.is_empty() && !self.writer.declared.contains(namespace);
        if let Some(namespace) = namespace.filter(undeclared) {
            self.writer.declare(namespace);
        }
    }

    /// ` xsi:type="…"`: the name of the type that the content is of (XML Schema Part 1, §2.6.1).
    pub fn xsi_type(&mut self, namespace: Option<&'static str>, name: &str) {
        self.declare(namespace);
        let declared = namespace.and_then(|namespace| self.writer.declared.iter().position(|one| *one == namespace));
        self.writer.out.push_str(" xmlns:xsi=\"");
        self.writer.out.push_str(super::XSI);
        self.writer.out.push_str("\" xsi:type=\"");
        self.writer.name(declared.map_or(Prefix::Service, Prefix::Declared), name);
        self.writer.out.push('"');
    }

    /// ` mustUnderstand="1"` of the envelope around, on a header; nothing elsewhere.
    pub(crate) fn must_understand(&mut self) {
        if let Some(prefix) = self.writer.envelope {
            let out = &mut self.writer.out;
            out.push(' ');
            out.push_str(prefix);
            out.push_str(":mustUnderstand=\"1\"");
        }
    }
}
