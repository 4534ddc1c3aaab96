//! Parts that are sent as base64, by senders that think of mail (RFC 2045 §6.8).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Decodes base64 that comes in pieces.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// Characters that are no whole group yet.
    begun: Vec<u8>,
    /// Padding came, and nothing may follow.
    has_ended: bool,
}

/// That it is none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoBase64;

impl Decoder {
    pub(super) fn decode(&mut self, bytes: &[u8]) -> Result<Vec<u8>, NoBase64> {
        self.begun.extend(bytes.iter().filter(|byte| !byte.is_ascii_whitespace()));
        let rest = self.begun.split_off(self.begun.len() / 4 * 4);
        let groups = std::mem::replace(&mut self.begun, rest);
        if self.has_ended && !(groups.is_empty() && self.begun.is_empty()) {
            return Err(NoBase64);
        }
        self.has_ended = self.has_ended || groups.ends_with(b"=");
        STANDARD.decode(&groups).map_err(|_| NoBase64)
    }

    pub(super) fn finish(&self) -> Result<(), NoBase64> {
        if self.begun.is_empty() { Ok(()) } else { Err(NoBase64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &[u8], length: usize) -> Result<Vec<u8>, NoBase64> {
        let mut decoder = Decoder::default();
        let decoded: Result<Vec<_>, _> = text.chunks(length).map(|piece| decoder.decode(piece)).collect();
        decoder.finish().and(decoded).map(|pieces| pieces.concat())
    }

    #[test]
    fn base64_is_decoded_however_it_is_cut() {
        for (text, expected) in [
            (&b""[..], Ok(vec![])),
            (b"aGFs\r\nbG8=\r\n", Ok(b"hallo".to_vec())),
            (b"aGFsbG9v", Ok(b"halloo".to_vec())),
            (b"aGFsbG8", Err(NoBase64)),
            (b"aGFsbG8=aGFs", Err(NoBase64)),
            (b"aG-s", Err(NoBase64)),
        ] {
            for length in 1..=12 {
                assert_eq!(decoded(text, length), expected, "{text:?} by {length}");
            }
        }
    }
}
