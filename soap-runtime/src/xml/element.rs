//! An element that is being read: what types see of a document.

use std::borrow::Cow;

use smallvec::SmallVec;

#[cfg(feature = "cli")]
use super::Position;
use super::chars::cut;
use super::names::{XSI, local_and_prefix};
use super::reader::{Event, Reader};
use super::{ReadError, ReadErrorKind};

/// How much of a thread's stack reading may take, of 2 MiB or more. How deep a document nests is said by
/// who sends it, and how much each level takes by the types it is read into.
const STACK: usize = 5 << 18;

/// About where the stack ends.
fn end_of_stack() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

/// Rules for the text of an element, beside those of its type.
pub trait Rules: Sync {
    /// # Errors
    /// The rule that `text` breaks, in words that go on from the name of the element.
    fn check(&self, text: &str) -> Result<(), String>;
}

/// An element whose start tag has been read and whose content has not.
///
/// Read it with [`Element::text`] or [`Element::next_child`]; what is left over is skipped.
pub struct Element<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    name: &'a str,
    /// Where its start tag begins, for messages.
    start: usize,
    /// How many elements were open once its start tag had been read.
    pub(super) depth: usize,
    /// The outermost element that messages name is one level below this depth.
    base: usize,
    nil: bool,
    /// Its place in a list.
    index: Option<usize>,
    /// Where the stack ended when reading began.
    stack: usize,
    /// One, but where a type has rules of its own.
    rules: SmallVec<[&'static dyn Rules; 1]>,
}

impl<'r, 'a> Element<'r, 'a> {
    /// The element whose start the reader has just met; paths in errors begin with its children.
    pub(crate) fn of(reader: &'r mut Reader<'a>) -> Self {
        let base = reader.depth();
        Self::at(reader, base, end_of_stack())
    }

    fn at(reader: &'r mut Reader<'a>, base: usize, stack: usize) -> Self {
        let (name, start, depth) = (reader.name(), reader.start(), reader.depth());
        let mut element =
            Self { reader, name, start, depth, base, nil: false, index: None, stack, rules: SmallVec::new() };
        element.nil = matches!(element.attribute(XSI, "nil").map(str::trim), Some("true" | "1"));
        element
    }

    /// The name without its prefix.
    pub fn local_name(&self) -> &'a str {
        local_and_prefix(self.name).0
    }

    /// The URI of its namespace, empty for none.
    pub fn namespace(&self) -> &str {
        self.reader.namespace(local_and_prefix(self.name).1)
    }

    /// Whether it says `xsi:nil="true"` (XML Schema Part 1, §2.6.2).
    pub fn is_nil(&self) -> bool {
        self.nil
    }

    /// The value of an attribute; `namespace` is empty for one without a prefix.
    ///
    /// Only before the content is read: the reader keeps the attributes of one tag.
    pub fn attribute(&self, namespace: &str, local: &str) -> Option<&str> {
        let found = self.reader.attributes().iter().find(|attribute| {
            // An attribute without a prefix is in no namespace, whatever the default is.
            let uri = if attribute.prefix.is_empty() { "" } else { self.reader.namespace(attribute.prefix) };
            attribute.local == local && uri == namespace
        });
        found.map(|attribute| &*attribute.value)
    }

    /// Its attributes but for namespace declarations: prefix, name and value, in the order of the document.
    ///
    /// Only before the content is read.
    #[cfg(feature = "cli")]
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.reader.attributes().iter().map(|attribute| (attribute.prefix, attribute.local, &*attribute.value))
    }

    /// Where its start tag begins.
    #[cfg(feature = "cli")]
    pub(crate) fn position(&self) -> Position {
        self.reader.position(self.start)
    }

    /// The namespace and the name of the type that it says its content is of (XML Schema Part 1,
    /// §2.6.1).
    pub fn xsi_type(&self) -> Option<(&str, &str)> {
        let (local, prefix) = local_and_prefix(self.attribute(XSI, "type")?.trim());
        Some((self.reader.namespace(prefix), local))
    }

    /// The same element as one of a list, counted from 0: messages say so.
    #[must_use]
    pub fn indexed(mut self, index: usize) -> Self {
        self.reader.set_index(self.depth, index);
        self.index = Some(index);
        self
    }

    /// The same element, for one who reads it while messages are about it afterwards.
    pub(crate) fn reborrow(&mut self) -> Element<'_, 'a> {
        let Self { name, start, depth, base, nil, index, stack, .. } = *self;
        let (reader, rules) = (&mut *self.reader, self.rules.clone());
        Element { reader, name, start, depth, base, nil, index, stack, rules }
    }

    /// The same element, whose text has to keep `rules` as well.
    #[doc(hidden)]
    #[must_use]
    pub fn restricted(mut self, rules: &'static dyn Rules) -> Self {
        self.rules.push(rules);
        self
    }

    /// Its whole text, comments left out and CDATA joined.
    ///
    /// # Errors
    /// If there is an element in it, or the text is longer than the limit.
    pub fn text(mut self) -> Result<Cow<'a, str>, ReadError> {
        let text = self.text_before_child()?;
        match self.is_in_child() {
            true => Err(self.unexpected_child()),
            false => Ok(text),
        }
    }

    /// Its text up to its end or to a child, whose start tag has been read then.
    pub(super) fn text_before_child(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let limit = self.reader.limits().text;
        let mut text = Cow::Borrowed("");
        loop {
            match self.reader.next()? {
                Event::Text(more) if text.is_empty() => text = more,
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::Char(c) => text.to_mut().push(c),
                Event::Start | Event::End | Event::Eof => return Ok(text),
            }
            if text.len() > limit {
                return Err(self.reader.over_limit(format!("`{}` is longer than {limit} bytes", self.path())));
            }
        }
    }

    /// Its text, made into a value by `parse`, whose complaint becomes the error's message.
    ///
    /// # Errors
    /// As [`Element::text`], and what `parse` says.
    pub fn parse<T>(mut self, parse: impl FnOnce(Cow<'a, str>) -> Result<T, String>) -> Result<T, ReadError> {
        let text = self.text_before_child()?;
        if self.is_in_child() {
            return Err(self.unexpected_child());
        }
        self.make(text, parse)
    }

    /// A value from its text, which has been read.
    pub(crate) fn make<T>(
        &self,
        text: Cow<'a, str>,
        parse: impl FnOnce(Cow<'a, str>) -> Result<T, String>,
    ) -> Result<T, ReadError> {
        if text.is_empty() {
            self.refuse_reference()?;
        }
        let broken = self.rules.iter().find_map(|rules| rules.check(&text).err());
        // No more of it than a message shows: it may be a whole file.
        let shown = match &text {
            Cow::Borrowed(text) => Cow::Borrowed(*text),
            Cow::Owned(text) => Cow::Owned(cut(text.trim_ascii())),
        };
        let parsed = parse(text).and_then(|value| broken.map_or(Ok(value), Err));
        parsed.map_err(|message| self.error(message).shows(&shown))
    }

    /// That a value which did not come as text keeps the rules for its text; `text` is only made if there
    /// are any.
    pub(crate) fn keep_rules(&self, text: impl FnOnce() -> String) -> Result<(), ReadError> {
        if self.rules.is_empty() {
            return Ok(());
        }
        let text = text();
        match self.rules.iter().find_map(|rules| rules.check(&text).err()) {
            None => Ok(()),
            Some(message) => Err(self.error(message).shows(&text)),
        }
    }

    /// Whether the start tag of a child has been read, and not its end.
    pub(super) fn is_in_child(&self) -> bool {
        self.reader.depth() > self.depth
    }

    #[cold]
    pub(super) fn unexpected_child(&self) -> ReadError {
        match self.reader.is_at_include() {
            true => self.error("holds an xop:Include, and is no binary data"),
            false => self.error(format!("expected a value, found the element `<{}>`", cut(self.reader.name()))),
        }
    }

    /// Its next child element; what was not read of the child before is skipped.
    ///
    /// # Errors
    /// If there is text between the children.
    pub fn next_child(&mut self) -> Result<Option<Element<'_, 'a>>, ReadError> {
        while self.reader.depth() > self.depth {
            self.reader.next()?;
        }
        if self.reader.depth() < self.depth {
            return Ok(None);
        }
        loop {
            match self.reader.next()? {
                Event::Start if end_of_stack().abs_diff(self.stack) > STACK => {
                    return Err(self.reader.over_limit("elements are nested too deep for what they are read into"));
                }
                Event::Start => return Ok(Some(Element::at(self.reader, self.base, self.stack))),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                // The text is not shown: it may be a token that lost its tags.
                Event::Text(_) | Event::Char(_) => return Err(self.error("expected elements, found text")),
                Event::End | Event::Eof => return Ok(None),
            }
        }
    }

    /// Whether there is nothing in it at all. Only before its content is read.
    pub(crate) fn is_empty(&self) -> bool {
        self.reader.end_follows()
    }

    /// The same element, which messages name like a child: it is not only there for what it holds.
    pub(crate) fn itself(&mut self) -> Element<'_, 'a> {
        let base = self.depth - 1;
        Element { base, ..self.reborrow() }
    }

    /// The same element, whose children are the outermost that messages name.
    #[must_use]
    pub(crate) fn outermost(self) -> Self {
        Self { base: self.depth, ..self }
    }

    /// An element without content that says where its value is, as SOAP encoding and attachments of old do
    /// (`href="#1"`, `href="cid:…"`): to read it as empty would lose that value without a word. Only before
    /// another start tag is read.
    pub(crate) fn refuse_reference(&self) -> Result<(), ReadError> {
        match self.attribute("", "href") {
            None => Ok(()),
            Some(href) => Err(self.error(format!(
                "is empty and refers to `{}`, which is not followed here; send the value itself, or files by MTOM",
                cut(href)
            ))),
        }
    }

    /// Reads past its end, if it is nil and holds nothing, as it has to then.
    ///
    /// # Errors
    /// If it holds something, which would be lost.
    pub(crate) fn read_nil(mut self) -> Result<(), ReadError> {
        let text = self.text_before_child()?;
        match self.is_in_child() || !text.trim_ascii().is_empty() {
            true => Err(self.error("is nil, and holds something all the same; send one of them")),
            false => Ok(()),
        }
    }

    /// Reads past its end.
    ///
    /// # Errors
    /// If what it holds is not well-formed.
    pub fn skip(self) -> Result<(), ReadError> {
        while self.reader.depth() >= self.depth {
            self.reader.next()?;
        }
        Ok(())
    }

    /// An error about this element: its path, `message`, and where it begins.
    pub fn error(&self, message: impl Into<String>) -> ReadError {
        let position = self.reader.position(self.start);
        ReadError::new(ReadErrorKind::Value, message, position).with_path(self.path())
    }

    /// An error about one of its attributes, `order.@id`, whose value is `text`.
    pub(crate) fn attribute_error(&self, name: &str, text: &str, message: impl Into<String>) -> ReadError {
        let position = self.reader.position(self.start);
        let error = ReadError::new(ReadErrorKind::Value, message, position).shows(text);
        error.with_path(format!("{}.@{name}", self.path()))
    }

    /// `order.items[3]`: the names from the argument down to this element.
    fn path(&self) -> String {
        // Its own name is given, for it may have been closed already.
        let mut path = self.reader.path(self.base, self.depth - 1);
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(self.local_name());
        if let Some(index) = self.index {
            path.push_str(&format!("[{index}]"));
        }
        path
    }
}
