//! How files are sent: beside the message to those who take that, else inside of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::package::{Package, parts};
use super::{call, include, raw, server};
use crate::server::{Answer, SOAP12};

/// What `make` makes.
fn pattern(length: usize) -> Vec<u8> {
    (0..=250).cycle().take(length).collect()
}

fn make(length: usize) -> String {
    call("make", &format!("<length>{length}</length>"))
}

#[test]
fn a_file_is_sent_inside_of_the_message_to_those_who_do_not_ask() {
    let server = server();
    for length in [0, 1, 255, 256, 300_001] {
        let (head, body) = raw(&server, &[("Accept", "*/*"), ("Accept-Encoding", "gzip")], make(length).as_bytes());
        assert!(head.contains("content-type: text/xml; charset=utf-8\r\n"), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        let answer = Answer::parse(&[head.as_bytes(), &body].concat());
        let file = STANDARD.decode(answer.element("file").expect("it is there")).expect("it is base64");
        assert!(file == pattern(length), "{length}");
    }
}

#[test]
fn a_file_is_sent_beside_the_message_to_those_who_take_that() {
    let server = server();
    for accept in ["multipart/related", "text/xml, multipart/related;q=0.5, */*;q=0.1", "Application/XOP+XML"] {
        let (head, body) = raw(&server, &[("Accept", accept)], make(300_001).as_bytes());
        assert!(head.starts_with("http/1.1 200"), "{head}");
        assert!(head.contains("content-type: multipart/related; type=\"application/xop+xml\"; start=\"<"), "{head}");
        assert!(head.contains("start-info=\"text/xml\"; boundary=\""), "{head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        let [(first, message), (second, file)] = &parts(&head, &body)[..] else { panic!("{accept}: two parts") };
        assert!(first.contains("content-type: application/xop+xml; charset=utf-8; type=\"text/xml\""), "{first}");
        assert!(second.contains("content-type: application/x-pattern"), "{second}");
        assert!(*file == pattern(300_001));
        let message = String::from_utf8(message.clone()).expect("it is text");
        let (_, id) = message.split_once("href=\"cid:").expect("it names the part");
        let (id, rest) = id.split_once('"').expect("it ends");
        assert!(second.contains(&format!("content-id: <{id}>")), "{second} and {id}");
        assert_eq!(rest.split_once("</").map(|(rest, _)| rest), Some("/>"), "{message}");
    }
    for accept in ["multipart/related;q=0", "multipart/*", "text/xml"] {
        let (head, _) = raw(&server, &[("Accept", accept)], make(1000).as_bytes());
        assert!(head.contains("content-type: text/xml"), "{accept}: {head}");
    }
}

#[test]
fn a_package_is_answered_by_a_package_in_the_version_of_the_request() {
    let server = server();
    let echo = call("echoAll", &format!("<file>{0}</file><file>c2hvcnQ=</file><file>{0}</file>", include("1")));
    let echo = echo.replace("http://schemas.xmlsoap.org/soap/envelope/", SOAP12);
    let package = Package::new(&echo).with("1", pattern(100_000));
    let (head, body) = raw(&server, &[("Content-Type", &package.content_type())], &package.body());
    assert!(head.contains("start-info=\"application/soap+xml\""), "{head}");
    let [(_, message), (first, one), (_, two)] = &parts(&head, &body)[..] else { panic!("three parts: {head}") };
    // A short one is not worth a part.
    let message = String::from_utf8(message.clone()).expect("it is text");
    assert!(message.contains(SOAP12) && message.contains("files>c2hvcnQ=</"), "{message}");
    assert!(first.contains("content-type: model/stl"), "{first}");
    assert!(*one == pattern(100_000) && one == two);
}

#[test]
fn a_package_whose_answer_has_no_file_is_answered_as_usual() {
    let server = server();
    let package = Package::new(&call("look", &format!("<file>{}</file>", include("1")))).with("1", "file");
    let (head, _) = raw(&server, &[("Content-Type", &package.content_type())], &package.body());
    assert!(head.contains("content-type: text/xml; charset=utf-8\r\n"), "{head}");
    let missing = Package::new(&call("look", &format!("<file>{}</file>", include("2")))).with("1", "file");
    let (head, _) = raw(&server, &[("Content-Type", &missing.content_type())], &missing.body());
    assert!(head.starts_with("http/1.1 500") && head.contains("content-type: text/xml"), "{head}");
}

#[test]
fn a_file_that_became_shorter_breaks_the_connection_off() {
    let server = server();
    let shrink = call("shrink", "<length>1000000</length>");
    for accept in ["multipart/related", "text/xml"] {
        let (head, body) = raw(&server, &[("Accept", accept)], shrink.as_bytes());
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("it is known");
        let length: usize = length.parse().expect("a number");
        assert!(length >= 1_000_000 && body.len() < length, "{} of {length}", body.len());
    }
}
