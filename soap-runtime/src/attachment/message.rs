//! A message that holds attachments.

use std::io;

use base64::write::EncoderStringWriter;

use super::Attachment;

/// A text, and the attachments that stand in it.
#[derive(Debug)]
pub(crate) struct Message {
    text: String,
    attached: Vec<Attached>,
}

/// An attachment, and where in the text its base64 belongs.
#[derive(Debug)]
pub(crate) struct Attached {
    pub(crate) at: usize,
    pub(crate) attachment: Attachment,
}

impl Message {
    /// `attached` in the order of their places.
    pub(crate) fn new(text: String, attached: Vec<Attached>) -> Self {
        debug_assert!(attached.is_sorted_by_key(|attached| attached.at));
        Self { text, attached }
    }

    /// The whole message, attachments as base64.
    ///
    /// # Errors
    /// If one of them cannot be read from the disk.
    pub(crate) fn into_text(self) -> io::Result<String> {
        if self.attached.is_empty() {
            return Ok(self.text);
        }
        let mut whole = String::with_capacity(self.text.len());
        let mut done = 0;
        for Attached { at, attachment } in &self.attached {
            whole.push_str(&self.text[done..*at]);
            let mut encoder =
                EncoderStringWriter::from_consumer(&mut whole, &base64::engine::general_purpose::STANDARD);
            attachment.copy_to(&mut encoder)?;
            encoder.into_inner();
            done = *at;
        }
        whole.push_str(&self.text[done..]);
        Ok(whole)
    }

    /// How many bytes all attachments have.
    pub(crate) fn attached_length(&self) -> u64 {
        self.attached.iter().map(|attached| attached.attachment.len()).sum()
    }

    /// The text without its attachments, and these.
    pub(crate) fn into_parts(self) -> (String, Vec<Attached>) {
        (self.text, self.attached)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::new(text, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attachments_become_base64_where_they_belong() {
        let attached = |at, bytes: &str| Attached { at, attachment: bytes.to_owned().into() };
        let message = Message::new("<a></a><b/>".to_owned(), vec![attached(3, "hallo"), attached(11, "x")]);
        assert_eq!(message.into_text().expect("all is in memory"), "<a>aGFsbG8=</a><b/>eA==");
        assert_eq!(Message::from("x".to_owned()).into_text().expect("there is none"), "x");
    }
}
