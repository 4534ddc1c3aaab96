//! Files: [`Attachment`] is `xs:base64Binary`, whether it travels inside of the message or beside it.

use super::binary::{decode, encode, encoded_len};
use super::{Schema, SoapType};
use crate::attachment::Attachment;
use crate::xml::{Binary, Element, ReadError, Writer};

/// What is shorter stands in the message itself: the head of a MIME part is longer than this.
const SHORT: usize = 256;

impl SoapType for Attachment {
    fn schema() -> Schema {
        Schema::Builtin("base64Binary")
    }
    fn read(mut element: Element<'_, '_>) -> Result<Self, ReadError> {
        match element.binary()? {
            Binary::Text(text) => element.make(text, |text| decode(text).map(Self::from)),
            Binary::Part(part, _) => Ok(part),
        }
    }
    fn write(&self, writer: &mut Writer) {
        match self.in_memory() {
            Some(bytes) if bytes.len() < SHORT => encode(bytes, writer),
            _ => writer.attach(self),
        }
    }
    fn size_hint(&self) -> usize {
        // The others are no part of the buffer that is written.
        self.in_memory().map_or(0, |bytes| if bytes.len() < SHORT { encoded_len(bytes) } else { 0 })
    }
    fn empty_is_a_value() -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{read, read_elements, round_trip, written};
    use super::*;

    proptest! {
        #[test]
        fn an_attachment_is_read_as_it_was_written(bytes in proptest::collection::vec(any::<u8>(), 0..1000)) {
            let attachment = Attachment::from(bytes.clone());
            prop_assert_eq!(written(&attachment), written(&bytes));
            prop_assert_eq!(round_trip(&attachment).bytes().expect("it is in memory"), bytes);
        }
    }

    #[test]
    fn it_may_be_inside_of_the_message() {
        let attachment: Attachment = read(" aGFs\n bG8= ").expect("it is base64");
        assert_eq!(attachment.bytes().expect("it is in memory"), &b"hallo"[..]);
        assert!(read::<Attachment>("hallo!").is_err_and(|error| error.contains("is no xs:base64Binary")));
        let empty = read_elements::<Attachment>("<v/>").expect("a file may be empty");
        assert!(empty.is_empty());
        assert!(read_elements::<Option<Attachment>>("").expect("it may be absent").is_none());
    }
}
