//! From bytes to text.

use encoding_rs::WINDOWS_1252;

use super::*;

fn utf_16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn decode(body: &[u8], charset: Option<&str>) -> Result<String, String> {
    read(Bytes::copy_from_slice(body), charset, Limits::default()).map_err(|error| error.to_string())
}

#[test]
fn utf_16_is_known_by_its_mark_or_by_its_first_character() {
    let xml = "<a>größe 😀</a>";
    let expected = Ok("<a[größe 😀]>".to_owned());
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for charset in [None, Some("utf-16"), Some("utf-8")] {
            for document in [xml, &format!("\u{FEFF}{xml}"), &format!("<?xml version='1.0' encoding='UTF-16'?>{xml}")] {
                assert_eq!(decode(&utf_16(document, to_bytes), charset), expected, "{document:?} {charset:?}");
            }
        }
    }
}

#[test]
fn eight_bit_encodings_are_known_by_the_charset_or_the_declaration() {
    let declared = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>größe</a>";
    let (bytes, ..) = WINDOWS_1252.encode(declared);
    let (plain, ..) = WINDOWS_1252.encode("<a>größe</a>");
    let expected = Ok("<a[größe]>".to_owned());
    assert_eq!(decode(&bytes, None), expected);
    assert_eq!(decode(&plain, Some("iso-8859-1")), expected);
    assert_eq!(decode(&plain, Some(" Latin1 ")), expected);
    // HTTP wins over the document (RFC 7303 §3).
    assert_eq!(decode(declared.as_bytes(), Some("utf-8")), expected);
    let (japanese, ..) = encoding_rs::ISO_2022_JP.encode("<a>日本</a>");
    assert_eq!(decode(&japanese, Some("iso-2022-jp")), Ok("<a[日本]>".to_owned()));
}

#[test]
fn a_byte_order_mark_wins_and_is_no_text() {
    let expected = Ok("<a[größe]>".to_owned());
    assert_eq!(decode("\u{FEFF}<a>größe</a>".as_bytes(), None), expected);
    assert_eq!(decode("\u{FEFF}<a>größe</a>".as_bytes(), Some("iso-8859-1")), expected);
    assert_eq!(decode("\u{FEFF}<?xml version='1.0'?><a>größe</a>".as_bytes(), None), expected);
}

#[test]
fn a_second_byte_order_mark_is_refused() {
    let twice = "\u{FEFF}\u{FEFF}<é/>";
    let long = format!("\u{FEFF}\u{FEFF}<a>{}</a>", "é".repeat(300_000));
    for body in [twice.as_bytes().to_vec(), utf_16(twice, u16::to_le_bytes), long.into_bytes()] {
        let error = decode(&body, None).expect_err("it is no XML");
        assert_eq!(error, "a second byte order mark; one at most may stand at the start (line 1, column 1)");
    }
}

#[test]
fn a_label_of_utf_16_over_other_bytes_is_ignored() {
    let declared = "<?xml version='1.0' encoding='utf-16'?><a>größe</a>";
    assert_eq!(decode(declared.as_bytes(), None), Ok("<a[größe]>".to_owned()));
    assert_eq!(decode(b"<a/>", Some("utf-16le")), Ok("<a>".to_owned()));
}

#[test]
fn an_unknown_charset_is_named() {
    for charset in ["klingon", "", "iso-2022-kr", "utf-7"] {
        let expected = format!("unknown charset `{charset}`; send UTF-8 (line 1, column 1)");
        assert_eq!(decode(b"<a/>", Some(charset)), Err(expected));
    }
    let error = decode(b"<?xml version='1.0' encoding='klingon'?><a/>", None);
    assert_eq!(error, Err("unknown charset `klingon`; send UTF-8 (line 1, column 1)".to_owned()));
}

#[test]
fn bytes_that_do_not_fit_the_encoding_are_refused() {
    let refused = |body: &[u8], charset, words: &str| {
        let error = decode(body, charset).expect_err("it cannot be decoded");
        assert_eq!(error, words);
    };
    refused(b"<a>\nx\xFF</a>", None, "byte 0xFF is not UTF-8 (line 2, column 2)");
    refused(b"<a>\xC3", None, "byte 0xC3 is not UTF-8 (line 1, column 4)");
    let mut half = utf_16("<a/>", u16::to_le_bytes);
    half.push(b'x');
    refused(&half, None, "the body is not in UTF-16LE, which it claims to be (line 1, column 1)");
    let surrogate = [b'<', 0, 0x00, 0xD8, b'>', 0];
    refused(&surrogate, None, "the body is not in UTF-16LE, which it claims to be (line 1, column 1)");
    refused(b"<a>\x81", Some("shift_jis"), "the body is not in Shift_JIS, which it claims to be (line 1, column 1)");
}
