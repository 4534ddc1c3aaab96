//! The pull reader: one event after the other, borrowed from the document.
//!
//! Tokens come from quick-xml; what makes them a well-formed SOAP message is decided here: matching
//! tags, one root, namespaces, the limits, no DOCTYPE, no processing instructions, no entities
//! but the five of XML. A faster tokenizer only has to replace `self.tokens`.

mod start_tag;

use std::borrow::Cow;

use quick_xml::escape;
use quick_xml::events::{BytesRef, BytesText, Event as Token};
use smallvec::SmallVec;

use super::chars::{cut, is_xml_char};
use super::lift::{Lifted, position_in};
use super::names::{Namespaces, local_and_prefix};
use super::{Limits, Position, ReadError, ReadErrorKind};
use crate::attachment::Parts;

/// What fragments of XML may take for declarations from around them, of a short document and for each byte
/// of a long one.
const DECLARATIONS: (usize, usize) = (1 << 20, 32);

/// What the reader meets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// A start tag, or an empty element, which is then followed by its own `End`.
    Start,
    /// Character data, entities resolved and line ends normalised; may come in several pieces.
    Text(Cow<'a, str>),
    /// Character data too: what an entity stands for.
    Char(char),
    End,
    Eof,
}

/// An attribute that is no namespace declaration.
pub(super) struct Attribute<'a> {
    pub(super) prefix: &'a str,
    pub(super) local: &'a str,
    pub(super) value: Cow<'a, str>,
}

/// An element whose end tag has not come yet.
struct Open<'a> {
    name: &'a str,
    /// How many namespace declarations were in scope around it.
    outer_names: usize,
    /// Its place in a list.
    index: Option<usize>,
}

pub(crate) struct Reader<'a> {
    tokens: quick_xml::Reader<&'a [u8]>,
    document: &'a str,
    limits: Limits,
    names: Namespaces<'a>,
    open: SmallVec<[Open<'a>; 8]>,
    /// Of the start tag that came last.
    attributes: SmallVec<[Attribute<'a>; 2]>,
    /// Where the token that came last begins.
    start: usize,
    /// An empty element was met: its end comes next.
    end_is_due: bool,
    seen_root: bool,
    lifted: Option<Lifted>,
    /// What came beside the document.
    pub(super) parts: Parts,
    /// How many bytes of declarations fragments have taken from around them.
    repeated: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(document: &'a str, lifted: Option<Lifted>, limits: Limits) -> Self {
        let mut tokens = quick_xml::Reader::from_str(document);
        let config = tokens.config_mut();
        // The names of open elements are kept here anyway, for the paths in errors.
        config.check_end_names = false;
        config.allow_dangling_amp = false;
        Self {
            tokens,
            document,
            limits,
            names: Namespaces::default(),
            open: SmallVec::new(),
            attributes: SmallVec::new(),
            start: 0,
            end_is_due: false,
            seen_root: false,
            lifted,
            parts: Parts::default(),
            repeated: 0,
        }
    }

    pub(crate) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        if self.end_is_due {
            self.end_is_due = false;
            self.close();
            return Ok(Event::End);
        }
        loop {
            self.start = self.offset();
            if let Some(lifted) = self.lifted.as_mut() {
                lifted.passed = lifted.text.is_none();
            }
            if let Some(text) = self.take_lifted() {
                return Ok(Event::Text(Cow::Owned(text)));
            }
            let token = self.tokens.read_event().map_err(|error| self.tokenizer_error(&error))?;
            let event = match token {
                Token::Start(tag) => self.start_tag(&tag)?,
                Token::Empty(tag) => {
                    self.end_is_due = true;
                    self.start_tag(&tag)?
                }
                Token::End(tag) => self.end_tag(tag.name().0)?,
                Token::Text(text) => match self.text(text)? {
                    Some(event) => event,
                    None => continue,
                },
                Token::CData(text) if self.depth() > 0 => Event::Text(text.xml10_content()),
                Token::CData(_) => return Err(self.syntax("character data outside of the root element")),
                Token::GeneralRef(entity) => self.entity(&entity)?,
                Token::Comment(_) => continue,
                Token::Decl(_) if self.start == 0 => continue,
                Token::Decl(_) => return Err(self.syntax("an XML declaration is only allowed at the very start")),
                Token::PI(_) => {
                    return Err(self.syntax("a SOAP message must not hold processing instructions (SOAP 1.1 §3)"));
                }
                Token::DocType(_) => {
                    return Err(self.syntax("a SOAP message must not hold a DOCTYPE (SOAP 1.1 §3)"));
                }
                Token::Eof => self.eof()?,
            };
            return Ok(event);
        }
    }

    /// A reader of the same document from its start. The long text that was set aside stays with this one.
    pub(crate) fn rewound(&self) -> Self {
        let lifted = self.lifted.as_ref().map(Lifted::without_text);
        Self { parts: self.parts.clone(), ..Self::new(self.document, lifted, self.limits) }
    }

    /// Whether the long text was set aside, and has been passed already.
    pub(crate) fn has_passed_long_text(&self) -> bool {
        self.lifted.as_ref().is_some_and(|lifted| lifted.text.is_none())
    }

    /// Whether the element that was just opened ends here.
    pub(super) fn end_follows(&self) -> bool {
        let here = self.offset();
        let set_aside = self.lifted.as_ref().is_some_and(|lifted| lifted.offset == here && lifted.text.is_some());
        self.end_is_due || (!set_aside && self.document[here..].starts_with("</"))
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The name of the element that was opened last, prefix and all.
    pub(crate) fn name(&self) -> &'a str {
        self.open.last().map_or("", |open| open.name)
    }

    /// The attributes of the start tag that came last.
    pub(super) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// What `prefix` stands for here; prefixes of names were checked when they were read.
    pub(super) fn namespace(&self, prefix: &str) -> &str {
        self.names.resolve(prefix).unwrap_or("")
    }

    /// The declarations in scope.
    pub(super) fn names(&self) -> &Namespaces<'a> {
        &self.names
    }

    /// How many of them stand around the element that was opened last.
    pub(super) fn outer_names(&self) -> usize {
        self.open.last().map_or(0, |open| open.outer_names)
    }

    /// The open elements between two depths, as `order.items[3]`.
    pub(super) fn path(&self, from: usize, to: usize) -> String {
        let open = self.open.iter().take(to).skip(from);
        let names = open.map(|open| match (local_and_prefix(open.name).0, open.index) {
            (name, None) => name.to_owned(),
            (name, Some(index)) => format!("{name}[{index}]"),
        });
        names.collect::<Vec<_>>().join(".")
    }

    /// The element at `depth` is one of a list; it may have been closed already.
    pub(super) fn set_index(&mut self, depth: usize, index: usize) {
        if let Some(open) = depth.checked_sub(1).and_then(|at| self.open.get_mut(at)) {
            open.index = Some(index);
        }
    }

    /// Where the event that came last begins, in bytes from the start of the document.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Turns an offset into lines and columns; only done for errors.
    pub(super) fn position(&self, offset: usize) -> Position {
        position_in(&self.document[..offset], self.lifted.as_ref())
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn syntax(&self, message: impl Into<String>) -> ReadError {
        ReadError::new(ReadErrorKind::Syntax, message, self.position(self.start))
    }

    pub(crate) fn over_limit(&self, message: impl Into<String>) -> ReadError {
        ReadError::new(ReadErrorKind::Limit, message, self.position(self.start))
    }

    fn offset(&self) -> usize {
        usize::try_from(self.tokens.buffer_position()).expect("the document is in memory")
    }

    /// The long text that was taken out of the document before reading, if it stood here.
    fn take_lifted(&mut self) -> Option<String> {
        let lifted = self.lifted.as_mut().filter(|lifted| lifted.offset == self.start)?;
        lifted.text.take()
    }

    /// So many bytes more of the document are repeated in what is read of it: declarations around a fragment,
    /// once for each of its elements. A short document could be made into a very long one.
    pub(super) fn repeat(&mut self, bytes: usize) -> Result<(), ReadError> {
        let (short, times) = DECLARATIONS;
        let most = (times * self.document.len()).max(short);
        self.repeated += bytes;
        match self.repeated > most {
            true => Err(self.over_limit(format!(
                "the declarations of namespaces around fragments of XML would be repeated in more than {most} bytes; \
                 declare them in the fragments"
            ))),
            false => Ok(()),
        }
    }

    fn end_tag(&mut self, name: &str) -> Result<Event<'a>, ReadError> {
        let expected = self.name();
        if expected != name {
            return Err(self.syntax(format!("`</{}>` closes `<{}>`", cut(name), cut(expected))));
        }
        self.close();
        Ok(Event::End)
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.names.truncate(open.outer_names);
        }
    }

    /// White space between the root element and the ends of the document is no event.
    fn text(&self, text: BytesText<'a>) -> Result<Option<Event<'a>>, ReadError> {
        if self.depth() > 0 {
            return Ok(Some(Event::Text(text.xml10_content())));
        }
        match text.trim_ascii().is_empty() {
            true => Ok(None),
            false => Err(self.syntax("text outside of the root element")),
        }
    }

    fn entity(&self, entity: &BytesRef<'a>) -> Result<Event<'a>, ReadError> {
        if self.depth() == 0 {
            return Err(self.syntax("an entity outside of the root element"));
        }
        resolve(entity).map(Event::Char).map_err(|error| self.syntax(error))
    }

    fn eof(&self) -> Result<Event<'a>, ReadError> {
        match self.open.last() {
            Some(open) => Err(self.syntax(format!("the document ends inside `<{}>`", cut(open.name)))),
            None if !self.seen_root => Err(self.syntax("there is no XML element in it")),
            None => Ok(Event::Eof),
        }
    }

    fn tokenizer_error(&self, error: &quick_xml::Error) -> ReadError {
        let offset = usize::try_from(self.tokens.error_position()).unwrap_or(0).min(self.document.len());
        let message = match error {
            quick_xml::Error::IllFormed(quick_xml::errors::IllFormedError::UnmatchedEndTag(name)) => {
                format!("`</{}>` closes nothing", cut(name))
            }
            other => other.to_string(),
        };
        ReadError::new(ReadErrorKind::Syntax, message, self.position(self.document.floor_char_boundary(offset)))
    }
}

/// The character that `&name;` or `&#number;` stands for; SOAP documents can declare no others.
pub(super) fn resolve(entity: &BytesRef<'_>) -> Result<char, String> {
    match entity.resolve_char_ref() {
        Ok(Some(c)) if is_xml_char(c) => Ok(c),
        Ok(Some(c)) => Err(format!("`&{};` is U+{:04X}, which XML does not allow", cut(entity), c as u32)),
        Ok(None) => {
            let known = escape::resolve_predefined_entity(entity).and_then(|text| text.chars().next());
            known.ok_or_else(|| format!("unknown entity `&{};`", cut(entity)))
        }
        Err(_) => Err(format!("`&{};` is no character", cut(entity))),
    }
}
