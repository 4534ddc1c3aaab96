//! Bytes: `Vec<u8>` and `Bytes` are `xs:base64Binary` (XML Schema Part 2, §3.2.16).
//!
//! White space may stand anywhere in it, for mail broke lines; the padding, and the bits that it
//! leaves over, must be as they should, or the end of the data may be missing.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::engine::general_purpose::PAD;
use base64::{DecodeError, Engine};
use bytes::Bytes;

use super::lexical::is_space;
use super::numbers::{parse_integer, write_integer};
use super::{Occurs, Schema, SimpleType, SoapType, read_or_nil, simple_type};
use crate::xml::{Binary, Element, ReadError, Writer};

/// With the processor's vector instructions where it has them: a page of 1 MiB is mostly base64.
#[cfg(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon")))]
pub(super) static BASE64: LazyLock<base64::engine::Simd> = LazyLock::new(|| base64::engine::Simd::standard(PAD));
#[cfg(not(any(target_arch = "x86_64", all(target_arch = "aarch64", target_feature = "neon"))))]
pub(super) static BASE64: LazyLock<base64::engine::GeneralPurpose> =
    LazyLock::new(|| base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, PAD));

simple_type!(
    u8,
    Schema::Builtin("unsignedByte"),
    |text: &str| parse_integer(text, "unsignedByte", u8::MIN, u8::MAX),
    write_integer,
    fn vec_schema() -> Schema {
        Schema::Builtin("base64Binary")
    },
    fn vec_word() -> String {
        "Base64Binary".to_owned()
    },
    fn vec_part_schema() -> Schema {
        Self::vec_schema()
    },
    fn vec_occurs() -> Occurs {
        Occurs::ONCE
    },
    fn vec_absent() -> Option<Vec<u8>> {
        None
    },
    fn vec_empty_is_a_value() -> bool {
        true
    },
    fn vec_read_into(so_far: &mut Option<Vec<u8>>, element: Element<'_, '_>) -> Result<(), ReadError> {
        if so_far.is_some() {
            return Err(element.error("is there twice, and may be there once"));
        }
        *so_far = Some(read_or_nil(element)?);
        Ok(())
    },
    fn vec_read(element: Element<'_, '_>) -> Result<Vec<u8>, ReadError> {
        read_bytes(element, decode)
    },
    fn vec_write(items: &[u8], writer: &mut Writer) {
        encode(items, writer);
    },
    fn vec_write_as(items: &[u8], name: &str, writer: &mut Writer) {
        writer.element(name, |writer| encode(items, writer));
    },
    fn vec_size_hint(items: &[u8]) -> usize {
        encoded_len(items)
    }
);

impl SimpleType for Vec<u8> {
    fn parse(text: &str) -> Result<Self, String> {
        decode(text.into())
    }
}

impl SoapType for Bytes {
    fn schema() -> Schema {
        Vec::<u8>::schema()
    }
    fn read(element: Element<'_, '_>) -> Result<Self, ReadError> {
        read_bytes(element, |text| decode(text).map(Self::from))
    }
    fn write(&self, writer: &mut Writer) {
        encode(self, writer);
    }
    fn size_hint(&self) -> usize {
        encoded_len(self)
    }
    fn empty_is_a_value() -> bool {
        true
    }
}

impl SimpleType for Bytes {
    fn parse(text: &str) -> Result<Self, String> {
        decode(text.into()).map(Self::from)
    }
}

/// The bytes of an element: those that its text stands for, or a part that came beside the message.
fn read_bytes<T: From<Bytes>>(
    mut element: Element<'_, '_>,
    decode: impl FnOnce(Cow<'_, str>) -> Result<T, String>,
) -> Result<T, ReadError> {
    match element.binary()? {
        Binary::Text(text) => element.make(text, decode),
        Binary::Part(part, parts) => {
            let bytes = parts.load(&part).map_err(|message| element.error(message))?;
            element.keep_rules(|| BASE64.encode(&bytes))?;
            Ok(bytes.into())
        }
    }
}

/// Writes base64 straight into the document.
pub(super) fn encode(bytes: impl AsRef<[u8]>, writer: &mut Writer) {
    BASE64.encode_string(bytes, writer.buffer());
}

/// How many characters the base64 of `bytes` has.
pub(super) fn encoded_len(bytes: impl AsRef<[u8]>) -> usize {
    bytes.as_ref().len().div_ceil(3) * 4
}

/// The bytes that `text` stands for.
pub(super) fn decode(text: Cow<'_, str>) -> Result<Vec<u8>, String> {
    // Most senders break no lines; only where this fails is white space looked for.
    if let Ok(bytes) = BASE64.decode(&*text) {
        return Ok(bytes);
    }
    let mut compact = text.into_owned().into_bytes();
    compact.retain(|&byte| !is_space(byte));
    BASE64.decode(&compact).map_err(|error| format!("is no xs:base64Binary: {}", explain(&error, &compact)))
}

#[cold]
fn explain(error: &DecodeError, text: &[u8]) -> String {
    match *error {
        DecodeError::InvalidByte(_, b'=') => "`=` stands before the end".to_owned(),
        DecodeError::InvalidByte(_, byte @ (b'-' | b'_')) => {
            format!("`{}` belongs to base64url; send `+` for `-`, and `/` for `_`", char::from(byte))
        }
        DecodeError::InvalidByte(at, _) => {
            // The offset may be that of any byte of the character.
            let text = String::from_utf8_lossy(text);
            let found = text[text.floor_char_boundary(at)..].chars().next().unwrap_or_default();
            format!("`{found}` is none of A to Z, a to z, 0 to 9, `+`, `/` and `=`")
        }
        DecodeError::InvalidLastSymbol { .. } => {
            "the last character before the padding says more than the padding allows; is the end missing?".to_owned()
        }
        DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => {
            "the number of its characters, with `=` as padding, is no multiple of 4; is the end missing?".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::{assert_reads, assert_refuses, read, round_trip, written};
    use super::*;

    #[test]
    fn base64_is_read_with_white_space_anywhere() {
        assert_reads::<Vec<u8>>(&[
            ("", vec![]),
            ("aGFsbG8=", b"hallo".to_vec()),
            ("aGFs\r\nbG8=\n", b"hallo".to_vec()),
            ("a G\tF s b G 8 =", b"hallo".to_vec()),
            ("/+8=", vec![0xFF, 0xEF]),
        ]);
        assert_eq!(read("aGFsbG8="), Ok(Bytes::from_static(b"hallo")));
    }

    #[test]
    fn what_is_no_base64_is_told_why() {
        assert_refuses::<Vec<u8>>(&[
            (
                "aGFsbG8",
                "`v`: is no xs:base64Binary: the number of its characters, with `=` as padding, is no multiple",
            ),
            ("aGFsb", "no multiple of 4; is the end missing?"),
            ("aGFsbG9=", "says more than the padding allows"),
            ("aGFs=bG8", "`=` stands before the end"),
            ("_-8=", "`_` belongs to base64url; send `+` for `-`, and `/` for `_`"),
            ("aGF<", "`<` is none of A to Z"),
            ("aGFé", "`é` is none of A to Z"),
            ("====", "`=` stands before the end"),
        ]);
    }

    #[test]
    fn bytes_are_one_value_and_a_list_of_other_numbers_is_many() {
        assert_eq!(Vec::<u8>::part_schema(), Schema::Builtin("base64Binary"));
        assert_eq!(Vec::<Vec<u8>>::part_schema(), Schema::Builtin("base64Binary"));
        assert_eq!(Vec::<u8>::occurs(), Occurs::ONCE);
        assert_eq!(Vec::<i8>::part_schema(), Schema::Builtin("byte"));
        assert_eq!(u8::schema(), Schema::Builtin("unsignedByte"));
        assert_eq!(Vec::<Vec<u8>>::occurs().max, None);
    }

    proptest! {
        #[test]
        fn bytes_come_back_and_their_size_is_known(bytes: Vec<u8>) {
            prop_assert_eq!(written(&bytes).len(), bytes.size_hint());
            let shared = Bytes::from(bytes.clone());
            prop_assert_eq!(round_trip(&shared), shared);
            prop_assert_eq!(round_trip(&vec![bytes.clone(), vec![]]), vec![bytes.clone(), vec![]]);
            prop_assert_eq!(round_trip(&bytes), bytes);
        }

        #[test]
        fn no_text_makes_the_decoder_panic(text in r"[A-Za-z0-9+/=\-_ \n]{0,40}|\PC*") {
            if let Ok(bytes) = decode(text.as_str().into()) {
                // What is read at all has one form, but for white space.
                let compact: String = text.split_ascii_whitespace().collect();
                prop_assert_eq!(written(&bytes), compact);
            }
        }
    }
}
