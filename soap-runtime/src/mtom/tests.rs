//! Packages in and out.

use proptest::prelude::*;

use super::*;
use crate::attachment::{Attached, Attachment};
use crate::envelope::Version;

const LIMITS: PackageLimits = PackageLimits { message: 1000, parts: 1 << 20, on_disk: u64::MAX };

fn unpack(content_type: &str, body: &[u8], limits: PackageLimits) -> Result<Unpacked, PackageError> {
    let mut package = Package::new(&MediaType::parse(content_type), limits)?;
    package.push(body)?;
    package.finish()
}

/// A package of parts with these headers and this content, the message first.
fn packed(parts: &[(&str, &str)]) -> String {
    let parts = parts.iter().map(|(headers, content)| format!("--b\r\n{headers}\r\n\r\n{content}\r\n"));
    parts.collect::<String>() + "--b--\r\n"
}

fn text(attachment: &Attachment) -> String {
    String::from_utf8(attachment.bytes().expect("it is there").to_vec()).expect("it is text")
}

#[test]
fn a_package_is_a_message_and_its_parts_by_their_ids() {
    let message = ("Content-Type: application/xop+xml; charset=UTF-16", "<a/>");
    let part = ("Content-ID: <1@x>\r\nContent-Type: model/stl", "mesh");
    for (content_type, parts) in [
        ("multipart/related; boundary=b", &[message, part, ("Content-Type: a/b", "nameless"), ("content-id:2", "two")]),
        (
            "multipart/related; boundary=b; start=\"<0>\"",
            &[("X: y", "nameless"), part, ("Content-ID: <2>", "two"), ("Content-ID: <0>", "<a/>")],
        ),
    ] {
        let unpacked = unpack(content_type, packed(parts).as_bytes(), LIMITS).expect("it is right");
        assert_eq!(unpacked.message, "<a/>");
        let mut ids: Vec<_> = unpacked.parts.ids().collect();
        ids.sort_unstable();
        assert_eq!(ids, ["1@x", "2"]);
        let mesh = unpacked.parts.find("1@x").expect("it came");
        assert_eq!((&*text(&mesh), mesh.content_type()), ("mesh", Some("model/stl")));
        assert_eq!(text(&unpacked.parts.find("2").expect("it came")), "two");
    }
    let unpacked = unpack("a/b; boundary=b", packed(&[message]).as_bytes(), LIMITS).expect("it is right");
    assert_eq!(unpacked.media_type.parameter("charset"), Some("UTF-16"));
    assert!(unpacked.parts.are_none());
}

#[test]
fn what_is_no_package_is_told_why() {
    let message = ("X: y", "<a/>");
    let long = "x".repeat(2000);
    let many = vec![("X: y", ""); 1001];
    for (content_type, parts, words) in [
        ("a/b", &[message][..], "`boundary` of the Content-Type has to have"),
        ("a/b; boundary=c", &[message], "no line of the body is `--` and the boundary"),
        ("a/b; boundary=b; start=\"<0>\"", &[message], "there is no part `0`, which `start`"),
        (&format!("a/b; boundary=b; start={long}"), &[message], &format!("no part `{}…`, which", "x".repeat(60))),
        ("a/b; boundary=b", &[("X: y", &long)], "the message is larger than 1000 bytes"),
        ("a/b; boundary=b", &[message, ("Content-ID: 1", &long), ("X: y", &long)], "larger than 3000 bytes"),
        ("a/b; boundary=b", &[message, ("Content-ID: 1", ""), ("Content-ID: <1>", "")], "the Content-ID `1`"),
        ("a/b; boundary=b", &[("Content-Transfer-Encoding: quoted-printable", "")], "`quoted-printable`; send"),
        ("a/b; boundary=b", &[("Content-Transfer-Encoding: base64", "a-b=")], "says to be base64 and is none"),
        ("a/b; boundary=b", &many, "more than 1000 parts"),
    ] {
        let limits = PackageLimits { parts: 3000, ..LIMITS };
        let error = unpack(content_type, packed(parts).as_bytes(), limits).expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn parts_in_base64_are_decoded_and_long_ones_are_on_the_disk() {
    let (short, long) = ("x".repeat(900), "y".repeat(70 << 10));
    let parts = [
        ("Content-Transfer-Encoding: 8bit", "<a/>"),
        ("Content-ID: 1\r\nContent-Transfer-Encoding: BASE64", "aGFs\r\nbG8="),
        ("Content-ID: 2\r\nContent-Transfer-Encoding: binary", &short),
        ("Content-ID: 3", &short),
        ("Content-ID: 4", &long),
    ];
    let unpacked = unpack("a/b; boundary=b", packed(&parts).as_bytes(), LIMITS).expect("it is right");
    // The third would be more than a message may be, together with those before it.
    for (id, content, in_memory) in
        [("1", "hallo", true), ("2", &*short, true), ("3", &short, false), ("4", &long, false)]
    {
        let part = unpacked.parts.find(id).expect("it came");
        assert_eq!((&*text(&part), part.in_memory().is_some()), (content, in_memory), "{id}");
    }
}

proptest! {
    /// What we send we understand.
    #[test]
    fn a_package_that_was_sent_comes_back(
        files in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..4),
    ) {
        let attached: Vec<_> = files.iter().map(|file| Attached { at: 3, attachment: file.clone().into() }).collect();
        let (content_type, segments) = package(Version::Soap12, "<a></a>".to_owned(), attached);
        let length: u64 = segments.iter().map(Segment::len).sum();
        let body = Pieces::new(segments).collect::<Result<Vec<_>, _>>().expect("all is in memory").concat();
        prop_assert_eq!(body.len() as u64, length);
        let unpacked = unpack(&content_type, &body, LIMITS).expect("it is right");
        let message = String::from_utf8(unpacked.message.to_vec()).expect("it is text");
        prop_assert_eq!(message.matches("<xop:Include ").count(), files.len());
        for (index, file) in files.iter().enumerate() {
            let id = unpacked.parts.ids().find(|id| id.starts_with(&format!("{}@", index + 1))).expect("it came");
            let href = format!("href=\"cid:{id}\"");
            prop_assert!(message.contains(&href), "{message}");
            prop_assert_eq!(&unpacked.parts.find(id).expect("it came").bytes().expect("in memory")[..], &file[..]);
        }
    }

    #[test]
    fn a_message_by_itself_has_the_length_that_was_said(file in proptest::collection::vec(any::<u8>(), 0..300)) {
        let attached = |at| Attached { at, attachment: file.clone().into() };
        let segments = inline("<a></a>".to_owned(), vec![attached(3), attached(3)]);
        let length: u64 = segments.iter().map(Segment::len).sum();
        let body = Pieces::new(segments).collect::<Result<Vec<_>, _>>().expect("all is in memory").concat();
        let base64 = crate::types::base64(&file);
        let expected = format!("<a>{base64}{base64}</a>");
        prop_assert_eq!(&body, expected.as_bytes());
        prop_assert_eq!(body.len() as u64, length);
    }
}

#[test]
fn a_long_file_becomes_the_same_base64_as_a_whole() {
    let file: Vec<u8> = (0..=250).cycle().take(500_001).collect();
    let attached = Attached { at: 0, attachment: file.clone().into() };
    let pieces: Result<Vec<_>, _> = Pieces::new(inline(String::new(), vec![attached])).collect();
    assert!(pieces.expect("all is in memory").concat() == crate::types::base64(&file).as_bytes());
}
