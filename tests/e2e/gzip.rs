//! Compressed answers: who gets them, and that they say the same.

use std::io::{Read, Write};

use flate2::read::GzDecoder;
use soap_runtime::HttpSettings;

use crate::server::{Server, good, soap11};

/// The head of the answer in lower case, and its body.
fn ask(server: &Server, start: &str, accept: Option<&str>, body: &str) -> (String, Vec<u8>) {
    let accept = accept.map_or_else(String::new, |accept| format!("Accept-Encoding: {accept}\r\n"));
    let length = body.len();
    let mut stream = server.connect();
    let request =
        format!("{start} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n{accept}Content-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).expect("a head is text").to_ascii_lowercase(), body)
}

/// That the answer is compressed, and what it says.
#[track_caller]
fn unpacked(head: &str, body: &[u8]) -> String {
    assert!(head.contains("content-encoding: gzip\r\n") && head.contains("vary: accept-encoding\r\n"), "{head}");
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
    let mut text = String::new();
    GzDecoder::new(body).read_to_string(&mut text).expect("it is gzip, and text in it");
    text
}

fn echo(text: &str) -> String {
    soap11(&format!("<t:echo xmlns:t=\"tns\"><t:text>{text}</t:text></t:echo>"))
}

const POST: &str = "POST /waiter/Waiter";

#[test]
fn an_answer_is_compressed_for_those_who_ask_and_says_the_same() {
    let server = Server::start();
    // Short of the length that is worth a thread, and above.
    for length in [2_500, 300_000] {
        let body = echo(&"0123456789".repeat(length / 10));
        let (head, plain) = ask(&server, POST, None, &body);
        assert!(!head.contains("content-encoding") && !head.contains("vary"), "{head}");
        let (head, packed) = ask(&server, POST, Some("deflate, gzip;q=0.8"), &body);
        assert!(packed.len() < plain.len() / 4, "{} of {}", packed.len(), plain.len());
        assert!(head.contains("content-type: text/xml; charset=utf-8\r\n"), "{head}");
        assert_eq!(unpacked(&head, &packed).as_bytes(), plain);
        for refusing in ["gzip;q=0", "identity, gzip;q=0.5", "br"] {
            assert_eq!(ask(&server, POST, Some(refusing), &body).1, plain, "{refusing}");
        }
    }
}

#[test]
fn a_short_answer_stays_as_it_is() {
    for request in [good(), echo(&"x".repeat(1_000))] {
        let (head, body) = ask(&Server::start(), POST, Some("gzip"), &request);
        assert!(!head.contains("content-encoding") && body.starts_with(b"<?xml"), "{head}");
    }
}

#[test]
fn descriptions_are_compressed_as_well() {
    let server = Server::start();
    for path in ["GET /waiter/Waiter?wsdl", "GET /waiter/Waiter"] {
        let (_, plain) = ask(&server, path, None, "");
        let (head, packed) = ask(&server, path, Some("gzip"), "");
        assert_eq!(unpacked(&head, &packed).as_bytes(), plain, "{path}");
    }
}

#[test]
fn compression_can_be_switched_off() {
    let mut settings = HttpSettings::default();
    settings.gzip = false;
    let server = Server::with(settings);
    let (head, body) = ask(&server, POST, Some("gzip"), &echo(&"x".repeat(10_000)));
    assert!(!head.contains("content-encoding") && body.len() > 10_000, "{head}");
}
