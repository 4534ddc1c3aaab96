//! `xop:Include`: an element whose content came beside the message (XOP 1.0 §2.1).

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::chars::cut;
use super::element::Element;
use super::names::local_and_prefix;
use super::reader::Reader;
use super::{ReadError, ReadErrorKind};
use crate::attachment::{Attachment, Parts};

/// The namespace of `Include`.
const XOP: &str = "http://www.w3.org/2004/08/xop/include";

/// The content of an element that stands for bytes.
pub(crate) enum Binary<'a> {
    /// Characters: base64.
    Text(Cow<'a, str>),
    /// A part that came beside the message, and all of them.
    Part(Attachment, Parts),
}

impl Reader<'_> {
    /// What came beside the document.
    pub(crate) fn set_parts(&mut self, parts: Parts) {
        self.parts = parts;
    }

    /// Whether the element that was opened last is an `xop:Include`.
    pub(super) fn is_at_include(&self) -> bool {
        let (local, prefix) = local_and_prefix(self.name());
        local == "Include" && self.namespace(prefix) == XOP
    }

    /// The part that the `xop:Include` names which was opened last.
    fn included(&self) -> Result<Attachment, String> {
        let mut attributes = self.attributes().iter();
        let href = attributes.find(|one| one.prefix.is_empty() && one.local == "href");
        find(&self.parts, href.map(|href| &*href.value).ok_or("holds an xop:Include without `href`")?)
    }

    /// What stands for the part in a document by itself, base64, if the element that was opened last is an
    /// `xop:Include` and the document came with parts; it is read to its end.
    pub(super) fn take_included(&mut self) -> Result<Option<String>, ReadError> {
        if self.parts.are_none() || !self.is_at_include() {
            return Ok(None);
        }
        let bytes = self.included().and_then(|part| self.parts.load(&part));
        let here = self.position(self.start());
        let bytes = bytes.map_err(|message| ReadError::new(ReadErrorKind::Value, message, here))?;
        let depth = self.depth();
        while self.depth() >= depth {
            self.next()?;
        }
        Ok(Some(STANDARD.encode(bytes)))
    }
}

impl<'a> Element<'_, 'a> {
    /// Its text, or the part that stands for it.
    ///
    /// # Errors
    /// As [`Element::text`], and if there is no such part.
    pub(crate) fn binary(&mut self) -> Result<Binary<'a>, ReadError> {
        let text = self.text_before_child()?;
        if !self.is_in_child() {
            return Ok(Binary::Text(text));
        }
        if !self.reader.is_at_include() {
            return Err(self.unexpected_child());
        }
        let parts = self.reader.parts.clone();
        let part = self.reader.included().map_err(|message| self.error(message))?;
        while self.is_in_child() {
            self.reader.next()?;
        }
        let rest = self.text_before_child()?;
        // White space around it is none of its value: it is there for the eye.
        match self.is_in_child() || !text.trim_ascii().is_empty() || !rest.trim_ascii().is_empty() {
            true => Err(self.error("holds more than its xop:Include")),
            false => Ok(Binary::Part(part, parts)),
        }
    }
}

/// The part that `href` names: `cid:` and its Content-ID, escaped as in a URL (RFC 2392 §2).
fn find(parts: &Parts, href: &str) -> Result<Attachment, String> {
    let (quoted, href) = (cut(href), href.trim());
    let id = match href.split_at_checked(4) {
        Some((scheme, id)) if scheme.eq_ignore_ascii_case("cid:") => unescape(id),
        _ => return Err(format!("its xop:Include names `{quoted}`, which does not begin with `cid:`")),
    };
    parts.find(&id).ok_or_else(|| format!("its xop:Include names `{quoted}`, and {}", came(parts)))
}

/// Which parts there are.
#[cold]
fn came(parts: &Parts) -> String {
    const SHOWN: usize = 5;
    let mut ids: Vec<_> = parts.ids().collect();
    ids.sort_unstable();
    let more = if ids.len() > SHOWN { " and others" } else { "" };
    let ids: Vec<_> = ids.into_iter().take(SHOWN).map(|id| format!("`{}`", cut(id))).collect();
    match ids.is_empty() {
        true => "no part came beside the message".to_owned(),
        false => format!("the parts that came are {}{more}", ids.join(", ")),
    }
}

/// `%40` is `@`; what is no escape stands for itself.
fn unescape(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [high, low, ..] if *first == b'%' => digit(*high).zip(digit(*low)),
            _ => None,
        };
        bytes.push(escaped.map_or(*first, |(high, low)| high << 4 | low));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_by_their_id_as_a_url() {
        let part = |id: &str| (id.to_owned(), Attachment::from(id.to_owned()));
        let parts = Parts::new(["a@b", "ä", "100%"].map(part).into(), 0);
        for (href, id) in [("cid:a@b", "a@b"), (" CID:a%40b", "a@b"), ("cid:%C3%a4", "ä"), ("cid:100%", "100%")] {
            let found = find(&parts, href).unwrap_or_else(|error| panic!("{href}: {error}"));
            assert_eq!(found.in_memory().map(|bytes| &bytes[..]), Some(id.as_bytes()), "{href}");
        }
        for (href, words) in [
            ("cid:other", "names `cid:other`, and the parts that came are `100%`, `a@b`, `ä`"),
            ("http://a@b", "does not begin with `cid:`"),
            ("cid", "does not begin with `cid:`"),
            ("", "does not begin with `cid:`"),
        ] {
            assert!(find(&parts, href).is_err_and(|error| error.contains(words)), "{href}");
        }
        assert!(find(&Parts::default(), "cid:x").is_err_and(|error| error.contains("no part came")));
    }
}
