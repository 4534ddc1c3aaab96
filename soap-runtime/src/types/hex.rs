//! Bytes in hexadecimal: [`HexBinary`] is `xs:hexBinary` (XML Schema Part 2, §3.2.15).

use super::lexical::trim;
use super::{Schema, simple_type};
use crate::xml::Writer;

/// Bytes that stand in messages as hexadecimal digits, `xs:hexBinary`: checksums, keys, and what an old
/// contract has so. `Vec<u8>` is base64, which is shorter by a third.
///
/// ```
/// use soap_runtime::HexBinary;
///
/// let checksum = HexBinary::from(vec![0xCA, 0xFE]);
/// assert_eq!(checksum.to_string(), "CAFE");
/// assert_eq!(checksum[0], 0xCA);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HexBinary(pub Vec<u8>);

impl From<Vec<u8>> for HexBinary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<HexBinary> for Vec<u8> {
    fn from(hex: HexBinary) -> Self {
        hex.0
    }
}

impl std::ops::Deref for HexBinary {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for HexBinary {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Display for HexBinary {
    /// The digits, upper case: the canonical form (§3.2.15.2).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

simple_type!(
    HexBinary,
    Schema::Builtin("hexBinary"),
    parse,
    write,
    fn size_hint(&self) -> usize {
        2 * self.0.len()
    },
    fn empty_is_a_value() -> bool {
        true
    }
);

fn write(hex: &HexBinary, writer: &mut Writer) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let out = writer.buffer();
    out.reserve(2 * hex.0.len());
    for byte in &hex.0 {
        out.push(DIGITS[usize::from(byte >> 4)].into());
        out.push(DIGITS[usize::from(byte & 15)].into());
    }
}

/// White space may only be around it: the type collapses it, and has none inside.
fn parse(text: &str) -> Result<HexBinary, String> {
    let text = trim(text);
    if let Some(wrong) = text.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(format!("is no xs:hexBinary: `{wrong}` is none of 0 to 9 and A to F"));
    }
    if text.len() % 2 == 1 {
        return Err("is no xs:hexBinary: it has an odd number of digits; is the end missing?".to_owned());
    }
    let value = |digit: u8| char::from(digit).to_digit(16).map_or(0, |value| value as u8);
    Ok(HexBinary(text.as_bytes().chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::SoapType;
    use super::super::testing::{assert_reads, assert_refuses, round_trip, written};
    use super::*;

    #[test]
    fn digits_of_either_case_are_read() {
        assert_reads::<HexBinary>(&[
            ("", vec![].into()),
            ("00", vec![0].into()),
            ("0fB7", vec![0x0F, 0xB7].into()),
            ("CAFEcafe", vec![0xCA, 0xFE, 0xCA, 0xFE].into()),
        ]);
    }

    #[test]
    fn what_is_no_hex_is_told_why() {
        assert_refuses::<HexBinary>(&[
            ("ABC", "`v`: is no xs:hexBinary: it has an odd number of digits; is the end missing?"),
            ("0x1F", "`x` is none of 0 to 9 and A to F"),
            ("AB CD", "` ` is none of"),
            ("ABéD", "`é` is none of"),
            ("+1", "`+` is none of"),
        ]);
    }

    proptest! {
        #[test]
        fn bytes_come_back_in_upper_case_and_their_size_is_known(bytes: Vec<u8>) {
            let hex = HexBinary(bytes);
            prop_assert_eq!(written(&hex), hex.to_string());
            prop_assert_eq!(written(&hex).len(), hex.size_hint());
            prop_assert_eq!(round_trip(&hex), hex);
        }

        #[test]
        fn no_text_makes_the_decoder_panic(text in r"[0-9A-Fa-f \n]{0,40}|\PC*") {
            if let Ok(hex) = parse(&text) {
                prop_assert_eq!(hex.to_string(), trim(&text).to_uppercase());
            }
        }
    }
}
