//! The types that the platform gives names to: `serviceID`, `sessionToken`, `status_base64`.

use std::fmt;

use super::binary::{decode, encode, encoded_len};
use super::lexical::trim;
use super::text::read_text;
use super::{Occurs, Schema, SoapType, simple_type};
use crate::xml::{Element, ReadError, Writer};

/// The name of one execution of a service, given by the workflow manager.
///
/// It comes from outside and may be anything but empty: never build a path from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceId(String);

impl ServiceId {
    pub(crate) fn new(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// The id as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Enough of it to recognise it in a log.
    pub(crate) fn short(&self) -> &str {
        &self.0[..self.0.floor_char_boundary(80)]
    }
}

impl From<&str> for ServiceId {
    fn from(id: &str) -> Self {
        Self::new(id)
    }
}

impl From<String> for ServiceId {
    fn from(id: String) -> Self {
        Self(id)
    }
}

impl fmt::Display for ServiceId {
    /// Quoted, with control characters escaped, and cut: fit for messages and logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", crate::xml::cut(&self.0))
    }
}

impl SoapType for ServiceId {
    fn schema() -> Schema {
        String::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        read_text(element, |text| match text.is_empty() {
            true => Err("is empty, and names the execution".to_owned()),
            false => Ok(Self(text.into_owned())),
        })
    }
    fn write(&self, writer: &mut Writer) {
        if self.0.is_empty() {
            writer.refuse("is empty, and names the execution".to_owned());
        }
        writer.text(&self.0);
    }
    fn size_hint(&self) -> usize {
        self.0.len()
    }
    fn service_id(&self) -> Option<&str> {
        Some(&self.0)
    }
}

/// The user's login. It never shows in logs: `Debug` leaves it out, and there is no `Display`.
///
/// The workflow manager may leave it out or send it as nil; it is empty then.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct SessionToken(String);

impl SessionToken {
    pub(crate) fn new(token: String) -> Self {
        Self(token)
    }

    /// The token itself, to hand on to the platform's services.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether none was sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for SessionToken {
    fn from(token: &str) -> Self {
        Self(token.to_owned())
    }
}

impl From<String> for SessionToken {
    fn from(token: String) -> Self {
        Self(token)
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

impl SoapType for SessionToken {
    fn schema() -> Schema {
        String::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        String::read(element).map(Self)
    }
    fn write(&self, writer: &mut Writer) {
        writer.text(&self.0);
    }
    fn size_hint(&self) -> usize {
        self.0.len()
    }
    fn occurs() -> Occurs {
        Occurs::OPTIONAL
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
    fn nil() -> Option<Self> {
        Some(Self::default())
    }
    fn empty_is_a_value() -> bool {
        true
    }
}

/// What an asynchronous service says of an execution: the output `status_base64`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The bare word `COMPLETED`: the other outputs of this answer are final.
    Completed,
    /// The bare word `UNCHANGED`: the portal goes on showing the last page.
    Unchanged,
    /// A page for the portal, plain text or HTML; it is sent in base64.
    Page(String),
}

impl Status {
    /// A page for the portal.
    pub fn page(page: impl Into<String>) -> Self {
        Self::Page(page.into())
    }

    /// A page that is in base64 already.
    pub(crate) fn from_base64(page: &str) -> Self {
        let bytes = decode(page.into()).unwrap_or_default();
        Self::Page(String::from_utf8(bytes).unwrap_or_default())
    }

    fn parse(text: &str) -> Result<Self, String> {
        match trim(text) {
            "COMPLETED" => Ok(Self::Completed),
            "UNCHANGED" => Ok(Self::Unchanged),
            page => {
                let neither = |problem| format!("{problem}; nor is it COMPLETED or UNCHANGED");
                let bytes = decode(page.into()).map_err(neither)?;
                String::from_utf8(bytes).map(Self::Page).map_err(|_| "holds a page that is not in UTF-8".to_owned())
            }
        }
    }

    fn write_text(&self, writer: &mut Writer) {
        match self {
            Self::Completed => writer.plain("COMPLETED"),
            Self::Unchanged => writer.plain("UNCHANGED"),
            Self::Page(page) => encode(page, writer),
        }
    }
}

simple_type!(
    Status,
    // Not base64Binary: the two bare words are no base64.
    Schema::Builtin("string"),
    Status::parse,
    Status::write_text,
    fn size_hint(&self) -> usize {
        match self {
            Self::Completed | Self::Unchanged => "COMPLETED".len(),
            Self::Page(page) => encoded_len(page),
        }
    }
);

#[cfg(test)]
mod tests {
    use super::super::testing::{assert_reads, assert_refuses, assert_writes, read_elements, round_trip};
    use super::*;

    #[test]
    fn a_status_is_one_of_two_words_or_a_page() {
        assert_reads(&[
            ("COMPLETED", Status::Completed),
            ("UNCHANGED", Status::Unchanged),
            ("PHA+aGFsZjwvcD4=", Status::page("<p>half</p>")),
            ("PHA+aGFs\nZjwvcD4=", Status::page("<p>half</p>")),
            ("", Status::page("")),
        ]);
        assert_writes(&[
            (Status::Completed, "COMPLETED"),
            (Status::Unchanged, "UNCHANGED"),
            (Status::page("<p>half</p>"), "PHA+aGFsZjwvcD4="),
            (Status::page(""), ""),
        ]);
        // A page that says one of the words is still a page.
        assert_eq!(round_trip(&Status::page("COMPLETED")), Status::page("COMPLETED"));
        assert_eq!(round_trip(&Status::page("größe 😀\0")), Status::page("größe 😀\0"));
    }

    #[test]
    fn a_status_that_is_none_is_refused() {
        assert_refuses::<Status>(&[
            ("completed", "; nor is it COMPLETED or UNCHANGED"),
            ("<p>half</p>", "`<` is none of A to Z"),
            ("/w==", "holds a page that is not in UTF-8"),
        ]);
    }

    #[test]
    fn the_size_of_a_page_is_known() {
        for page in ["", "a", "ab", "abc", "abcd"] {
            let status = Status::page(page);
            assert_eq!(status.size_hint(), super::super::testing::written(&status).len());
        }
    }

    #[test]
    fn a_service_id_may_be_anything_but_empty() {
        let id = |text: &str| ServiceId(text.to_owned());
        for text in ["../../etc/passwd", " ", "%2e\n", "größe", &"x".repeat(10_000)] {
            assert_eq!(round_trip(&id(text)), id(text));
        }
        assert_refuses::<ServiceId>(&[("", "`v`: is empty, and names the execution")]);
        assert_eq!(id("a\nb").to_string(), r#""a\nb""#);
        assert_eq!(id(&"x".repeat(100)).to_string(), format!("\"{}…\"", "x".repeat(60)));
    }

    #[test]
    fn a_session_token_may_be_missing_and_never_shows() {
        for xml in ["", "<v/>", "<v xsi:nil='true'/>"] {
            assert!(read_elements::<SessionToken>(xml).is_ok_and(|token| token.is_empty()), "{xml}");
        }
        let token: SessionToken = read_elements("<v>secret</v>").expect("it is a token");
        assert_eq!(token.expose(), "secret");
        assert_eq!(round_trip(&token), token);
        assert!(!format!("{token:?} {:#?}", Some(&token)).contains("secret"));
        let error = read_elements::<SessionToken>("<v>secret<w/></v>").expect_err("it has an element in it");
        assert!(!error.contains("secret"), "{error}");
    }
}
