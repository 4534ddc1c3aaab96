//! Whatever is thrown at an endpoint gets a SOAP fault that says what was wrong, and the server goes on.

use std::io::Write;
use std::time::Duration;

use soap_runtime::HttpSettings;

use crate::server::{Answer, Server, finish_sending, good, soap11};

/// The server still does what it is for.
#[track_caller]
fn goes_on(server: &Server) {
    assert_eq!(server.post(good()).result(), "a||300");
}

#[test]
fn truncated_xml_says_where_it_ends() {
    let server = Server::start();
    let whole = good();
    for length in 1..whole.len() {
        let answer = server.post(&whole[..length]);
        answer.client_fault();
    }
    let message = server.post(&whole[..whole.len() - 14]).fault("Client.XMLSyntaxError");
    assert!(message.contains("ends inside `<s:Body>`") || message.contains("line 1"), "{message}");
    goes_on(&server);
}

#[test]
fn ten_thousand_levels_of_nesting() {
    let server = Server::start();
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let message = server.start_waiter(&deep).fault("Client.LimitExceeded");
    assert!(message.contains("256"), "{message}");
    server.post(&deep).client_fault();
    goes_on(&server);
}

#[test]
fn a_million_attributes() {
    let mut settings = HttpSettings::default();
    settings.max_body = 32 << 20;
    let server = Server::with(settings);
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"\"")).collect();
    let message =
        server.start_waiter(&format!("<t:serviceID{attributes}>a</t:serviceID>")).fault("Client.LimitExceeded");
    assert!(message.contains("64 attributes"), "{message}");
    let declarations: String = (0..1_000_000).map(|n| format!("<a xmlns:p{n}=\"urn:{n}\"/>")).collect();
    let wide =
        format!("<t:serviceID>a</t:serviceID>{}", &declarations[..declarations.rfind('<').expect("there is one")]);
    assert_eq!(server.start_waiter(&wide).result(), "a||300");
    goes_on(&server);
}

#[test]
fn a_gigabyte_that_is_declared_and_not_sent() {
    let server = Server::start();
    let answer = server.send(b"POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n<a>");
    assert_eq!(answer.status, 413);
    answer.fault("Client.RequestTooLong");
    goes_on(&server);
}

#[test]
fn a_length_that_no_memory_holds_where_the_limit_allows_it() {
    let mut settings = HttpSettings::default();
    settings.max_body = usize::MAX;
    let server = Server::with(settings);
    let answer =
        server.send(b"POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000000000000000\r\n\r\n<a>");
    assert_eq!(answer.status, 503);
    assert!(answer.fault("Server").contains("9000000000000000000 bytes"));
    let noise = server.request("POST /waiter/Waiter HTTP/1.1", &[("Content-Encoding", "gzip")], b"noise");
    assert_eq!(noise.status, 400);
    goes_on(&server);
}

#[test]
fn a_caller_that_sends_too_much_still_gets_to_read_the_fault() {
    let server = Server::start();
    let length = 20 << 20;
    let mut stream = server.connect();
    let head = format!("POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the server reads");
    for _ in 0..20 {
        stream.write_all(&vec![b'x'; 1 << 20]).expect("the server goes on reading");
    }
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 413);
    goes_on(&server);
}

#[test]
fn binary_noise() {
    let server = Server::start();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for length in [1, 10, 100, 1000, 100_000] {
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        })
        .take(length)
        .collect();
        server.post(noise).client_fault();
    }
    goes_on(&server);
}

#[test]
fn a_wrong_charset() {
    let server = Server::start();
    server.post_as("text/xml; charset=utf-16", good()).result();
    server.post_as("text/xml; charset=shift_jis", b"\xFF\xFF\xFF").client_fault();
    goes_on(&server);
}

#[test]
fn a_doctype_with_entities_that_explode() {
    let server = Server::start();
    let bomb = "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
    let body = format!("{bomb}{}", good().replace(">a<", ">&c;<"));
    assert!(server.post(body).fault("Client.XMLSyntaxError").contains("DOCTYPE"));
    goes_on(&server);
}

#[test]
fn a_slow_sender() {
    let mut settings = HttpSettings::default();
    settings.read_timeout = Duration::from_millis(200);
    let server = Server::with(settings);
    let mut stream = server.connect();
    stream.write_all(b"POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<a>").expect("sent");
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 408);
    answer.fault("Client.Timeout");
    goes_on(&server);
}

#[test]
fn a_body_that_breaks_off() {
    let server = Server::start();
    let mut stream = server.connect();
    stream.write_all(b"POST /waiter/Waiter HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<a>").expect("sent");
    finish_sending(&stream);
    drop(stream);
    goes_on(&server);
}

#[test]
fn service_ids_that_mean_harm_come_through_as_they_are() {
    let server = Server::start();
    let long = "x".repeat(10_000);
    for id in ["../../etc/passwd", "%2e%2e%2f", "ⅳ 漢字 🚀", "'; drop table jobs", long.as_str()] {
        assert_eq!(server.start_waiter(&format!("<serviceID>{id}</serviceID>")).result(), format!("{id}||300"));
    }
    server.start_waiter("<serviceID>a\0b</serviceID>").fault("Client.XMLSyntaxError");
    server.start_waiter("<serviceID>&#0;</serviceID>").fault("Client.XMLSyntaxError");
    assert!(server.start_waiter("<serviceID></serviceID>").fault("Client.ValidationError").contains("`serviceID`"));
}

#[test]
fn a_long_text_is_read_like_a_short_one() {
    let mut settings = HttpSettings::default();
    settings.max_body = 8 << 20;
    let server = Server::with(settings);
    let raw = "line &lt;1&gt;\r\n".repeat(200_000);
    let answer = server.post(soap11(&format!("<echo xmlns=\"tns\"><text>{raw}</text></echo>")));
    assert_eq!(answer.element("text"), Some("line <1>\n".repeat(200_000)));
    let broken = server.post(soap11(&format!("<echo xmlns=\"tns\">\n<text>{raw}</text><text/></echo>")));
    assert!(
        broken.fault("Client.ValidationError").contains("line 200002, column 8"),
        "{:?}",
        broken.element("faultstring")
    );
}
