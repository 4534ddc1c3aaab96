//! What is understood of files that come.

use std::io::{Read, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use soap_runtime::{HttpSettings, Service, soap_service};

use super::package::{Package, parts};
use super::{PATH, call, include, post, raw, server};
use crate::files::{Archive, Files};
use crate::server::{Answer, SOAP12, Server, good};

fn join(first: &str, second: &str) -> String {
    call("join", &format!("<first>{first}</first><second>{second}</second>"))
}

/// What `join` gives for a package, decoded.
#[track_caller]
fn joined(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer:?}");
    use base64::Engine;
    let text = answer.element("joined").expect("it is there");
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).expect("it is base64");
    String::from_utf8(bytes).expect("it was text")
}

#[test]
fn a_part_stands_for_the_bytes_of_an_element() {
    let server = server();
    let package = Package::new(&join(&include("1@x"), "\n  <!-- two -->  ")).with("1@x", "one");
    assert_eq!(joined(&post(&server, &package)), "one");
    let package = Package::new(&join(&format!("\n {} \n", include("a%20b@x")), "dHdv")).with("a b@x", "one");
    assert_eq!(joined(&post(&server, &package)), "onetwo");
    // One part may stand in two places, and be empty.
    let twice = join(&include("1"), &include("1"));
    assert_eq!(joined(&post(&server, &Package::new(&twice).with("1", "one"))), "oneone");
    assert_eq!(joined(&post(&server, &Package::new(&twice).with("1", ""))), "");
    // A long part comes back from the disk.
    let long = "x".repeat(300_000);
    assert_eq!(joined(&post(&server, &Package::new(&join(&include("1"), "")).with("1", &*long))), long);
}

#[test]
fn a_file_has_the_type_that_its_part_says() {
    let server = server();
    let look = |package: Package| {
        let answer = post(&server, &package);
        (answer.element("content_type"), answer.element("start"))
    };
    let file = call("look", &format!("<file>{}</file>", include("1")));
    let found = look(Package::new(&file).with("1", [0xCA, 0xFE, 0, 1, 2]));
    assert_eq!(found, (Some("model/stl".to_owned()), Some("CAFE0001".to_owned())));
    let answer = server.request(PATH, &[], call("look", "<file>yv4=</file>").as_bytes());
    assert_eq!((answer.element("content_type"), answer.element("start")), (None, Some("CAFE".to_owned())));
}

#[test]
fn packages_are_read_however_stacks_write_them() {
    let server = server();
    let message = join(&include("1"), "");
    // SOAP with Attachments, the message first and without an id.
    let package = Package::new(&message).of_type("multipart/related; type=\"text/xml\"");
    assert_eq!(joined(&post(&server, &package.with("1", "one"))), "one");
    // The message last, named by `start`; a part that nobody names; no quotes.
    let package = Package::new(&message).with("1", "one");
    let (first, rest) = ("X-First: 1", "Content-ID: 1\r\nContent-Transfer-Encoding: base64");
    let last = Package::new("nothing").of_type("Multipart/Related; type=application/xop+xml; start=<last>");
    let last = last.with_part(first, "").with_part(rest, "b25\r\nl").with_part("CONTENT-ID: <last>", &*message);
    assert_eq!(joined(&post(&server, &last)), "one");
    // Compressed as a whole, and in two members.
    let body = package.body();
    let (start, end) = body.split_at(body.len() / 2);
    let packed = [gzip(start), gzip(end)].concat();
    let headers = [("Content-Type", &*package.content_type()), ("Content-Encoding", "gzip")];
    assert_eq!(joined(&server.request(PATH, &headers, &packed)), "one");
    // SOAP 1.2, answered in it.
    let message12 = message.replace("http://schemas.xmlsoap.org/soap/envelope/", SOAP12);
    let answer = post(&server, &Package::new(&message12).with("1", "one"));
    assert!(answer.body.contains(SOAP12));
    assert_eq!(joined(&answer), "one");
    // In another charset, which its part names.
    let utf16: Vec<u8> = message.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let package = Package::new("x").of_type("multipart/related; start=\"<m>\"");
    let package = package.with_part("Content-ID: <m>\r\nContent-Type: text/xml; charset=utf-16be", utf16);
    assert_eq!(joined(&post(&server, &package.with("1", "one"))), "one");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("in memory");
    encoder.finish().expect("in memory")
}

#[test]
fn what_a_package_lacks_is_a_client_fault_that_names_it() {
    let server = server();
    let fault = |package: &Package| post(&server, package).client_fault();
    let one = |message: &str| Package::new(message).with("1", "one");
    for (message, words) in [
        (join(&include("2"), ""), "`first`: its xop:Include names `cid:2`, and the parts that came are `1`"),
        (join(&format!("{}x", include("1")), ""), "`first`: holds more than its xop:Include"),
        (join(&format!("{0}{0}", include("1")), ""), "`first`: holds more than its xop:Include"),
        (join(&include("1").replace("cid:", "http://x/"), ""), "`first`: its xop:Include names `http://x/1`, which"),
        (join(&include("1").replace("href", "ref"), ""), "`first`: holds an xop:Include without `href`"),
        (join(&include("1").replace("xop/include", "other"), ""), "`first`: expected a value, found the element"),
        (call("make", &format!("<length>{}</length>", include("1"))), "`length`: holds an xop:Include, and is no"),
    ] {
        let fault = fault(&one(&message));
        assert!(fault.contains(words), "{fault}");
    }
    let fault = server.request(PATH, &[], join(&include("2"), "").as_bytes()).client_fault();
    assert!(fault.contains("no part came beside the message"), "{fault}");
    let twice = one(&join(&include("1"), "")).with("1", "another");
    assert!(post(&server, &twice).client_fault().contains("two parts have the Content-ID `1`"));
    let odd = one("x").with_part("Content-Transfer-Encoding: uuencode", "");
    assert!(post(&server, &odd).client_fault().contains("`uuencode`; send `binary`"));
    let absent = one(&join("", "")).of_type("multipart/related; start=\"<2>\"");
    assert!(post(&server, &absent).client_fault().contains("there is no part `2`"));
}

#[test]
fn files_may_stand_inside_of_other_values() {
    let server = server();
    let entry = |id: &str| {
        let content = format!("<content>{}</content><checksum>cafe</checksum>", include(id));
        format!("<entries name='{id}'>{content}</entries>")
    };
    let store = |second: &str| {
        let archive = format!("<archive><title>t</title>{}{}</archive>", entry("1"), entry(second));
        Package::new(&call("store", &archive)).with("1", "x".repeat(1000)).with("2", "y".repeat(1000))
    };
    let package = store("2");
    let (head, body) = raw(&server, &[("Content-Type", &package.content_type())], &package.body());
    let [(_, message), (_, first), (_, second)] = &parts(&head, &body)[..] else { panic!("three parts: {head}") };
    let message = String::from_utf8(message.clone()).expect("it is text");
    assert!(message.contains("checksum>CAFE</"), "{message}");
    assert_eq!((first, second), (&vec![b'x'; 1000], &vec![b'y'; 1000]));
    let fault = post(&server, &store("3")).client_fault();
    assert!(fault.contains("`archive.entries[1].content`: its xop:Include names `cid:3`"), "{fault}");
}

#[test]
fn in_any_xml_a_part_is_the_base64_that_it_stands_for() {
    let server = server();
    let copy = |id: &str| {
        let xml = format!("<xml><a xmlns=''><b>{}</b><c/></a></xml>", include(id));
        post(&server, &Package::new(&call("copy", &xml)).with("1", "hallo"))
    };
    let answer = copy("1");
    assert!(answer.body.contains("><b>aGFsbG8=</b><c/></a>"), "{answer:?}");
    assert!(copy("2").client_fault().contains("its xop:Include names `cid:2`"));
}

#[test]
fn a_body_that_is_no_package_is_a_client_fault_with_its_status() {
    let server = server();
    let package = Package::new(&join("", "")).with("1", "one");
    let whole = package.body();
    let post_as = |content_type: &str, body: &[u8]| server.request(PATH, &[("Content-Type", content_type)], body);
    for (content_type, body, words) in [
        ("multipart/related", &whole[..], "`boundary` of the Content-Type"),
        ("multipart/related; boundary=other", &whole, "no line of the body is `--` and the boundary"),
        (&package.content_type(), &whole[..whole.len() - 4], "the body ends inside of a part"),
        (&package.content_type(), &whole[..whole.len() / 2], "the body ends inside of a part"),
        (&package.content_type(), b"", "no line of the body"),
    ] {
        let answer = post_as(content_type, body);
        assert_eq!(answer.status, 400, "{answer:?}");
        assert!(answer.client_fault().contains(words), "{answer:?}");
    }
    let headers = [("Content-Type", &*package.content_type()), ("Content-Encoding", "br")];
    assert_eq!(server.request(PATH, &headers, &whole).status, 415);
    let headers = [("Content-Type", &*package.content_type()), ("Content-Encoding", "gzip")];
    assert!(server.request(PATH, &headers, &whole).client_fault().contains("the body is no gzip"));
}

#[test]
fn what_is_taken_in_is_bounded() {
    let mut settings = HttpSettings::default();
    (settings.max_body, settings.max_attachments) = (10_000, 100_000);
    let server = Server::serving(Service::new(Files).expect("it fits the rules"), settings);
    let refused = |package: &Package| {
        let answer = post(&server, package);
        assert_eq!(answer.status, 413, "{answer:?}");
        answer.fault("Client.RequestTooLong")
    };
    let file = call("look", &format!("<file>{}</file>", include("1")));
    let long = Package::new(&file).with("1", vec![b'x'; 90_000]);
    assert_eq!(post(&server, &long).element("start").as_deref(), Some("78787878"));
    assert!(refused(&long.with("2", vec![0; 20_000])).contains("the attachments are larger than 100000 bytes"));
    assert!(refused(&Package::new(&" ".repeat(10_001))).contains("the message is larger than 10000 bytes"));
    // Said in advance, and refused before anything came.
    let mut stream = server.connect();
    let head = "Content-Type: multipart/related; boundary=b\r\nContent-Length: 99999999999\r\nExpect: 100-continue";
    stream.write_all(format!("{PATH}\r\nHost: h\r\nConnection: close\r\n{head}\r\n\r\n").as_bytes()).expect("it reads");
    assert_eq!(Answer::read(stream).status, 413);
    // A value in memory takes no more of it than a message may.
    let in_memory = Package::new(&join(&include("1"), "")).with("1", vec![0; 20_000]);
    let fault = post(&server, &in_memory).client_fault();
    assert!(fault.contains("`first`: its part has 20000 bytes, more than may be held in memory"), "{fault}");
    let often = Package::new(&join(&include("1"), &include("1"))).with("1", vec![0; 6_000]);
    assert!(post(&server, &often).client_fault().contains("`second`: its part has 6000 bytes"));
}

#[test]
fn what_stands_around_the_parts_has_an_end_as_well() {
    let mut settings = HttpSettings::default();
    (settings.max_body, settings.max_attachments) = (10_000, 100_000);
    let server = Server::serving(Service::new(Files).expect("it fits the rules"), settings);
    let package = Package::new(&join("", ""));
    let nothing = vec![b'x'; 1 << 20];
    let mut long = package.body();
    (0..17).for_each(|_| long.extend_from_slice(&nothing));
    // Nothing but the ends of files, compressed.
    let (packed, empty) = (gzip(&long), gzip(b"").repeat(1 << 20));
    for (encoding, body) in [("identity", &long), ("gzip", &packed), ("gzip", &empty)] {
        let mut stream = server.connect();
        let head = format!(
            "{PATH}\r\nHost: h\r\nConnection: close\r\nContent-Type: {}\r\nContent-Encoding: {encoding}\r\n\
             Transfer-Encoding: chunked\r\n\r\n",
            package.content_type()
        );
        stream.write_all(head.as_bytes()).expect("the server reads");
        for piece in body.chunks(1 << 20) {
            let chunk = [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat();
            // The server may have had enough.
            if stream.write_all(&chunk).is_err() {
                break;
            }
        }
        let _ = stream.write_all(b"0\r\n\r\n");
        let answer = Answer::read(stream);
        assert_eq!(answer.status, 413, "{answer:?}");
        assert!(answer.fault("Client.RequestTooLong").contains("larger than 100000 bytes"), "{answer:?}");
    }
}

#[test]
fn a_service_that_takes_no_bytes_takes_no_more_of_them_than_a_message_may_have() {
    let server = Server::start();
    let send = |length| {
        let package = Package::new(&good()).with("1", vec![b'x'; length]);
        let headers = [("Content-Type", &*package.content_type())];
        server.request("POST /waiter/Waiter HTTP/1.1", &headers, &package.body())
    };
    assert_eq!(send(1 << 20).result(), "a||300");
    let answer = send((2 << 20) + 1);
    assert_eq!(answer.status, 413);
    assert!(answer.client_fault().contains("the attachments are larger than 2097152 bytes"), "{answer:?}");
    // Bytes somewhere inside of an argument are enough.
    let server = Server::serving(Service::new(Keeper).expect("it fits the rules"), HttpSettings::default());
    let entry = format!("<entries name='a'><content>{}</content></entries>", include("1"));
    let keep = call("keep", &format!("<archive><title/>{entry}</archive>"));
    let kept = post(&server, &Package::new(&keep).with("1", vec![b'x'; 3 << 20]));
    assert_eq!(kept.element("keepResult").as_deref(), Some("1"), "{kept:?}");
}

struct Keeper;

#[soap_service(path = "/files/Files", namespace = "urn:files")]
impl Keeper {
    #[operation]
    async fn keep(&self, archive: Archive) -> u32 {
        u32::try_from(archive.entries.len()).unwrap_or(u32::MAX)
    }
}

#[test]
fn a_sender_may_take_long_and_must_not_stop() {
    let mut settings = HttpSettings::default();
    settings.read_timeout = Duration::from_millis(500);
    let server = Server::serving(Service::new(Files).expect("it fits the rules"), settings);
    let package = Package::new(&join(&include("1"), "")).with("1", "one".repeat(20_000));
    let body = package.body();
    let head = format!(
        "{PATH}\r\nHost: h\r\nConnection: close\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
        package.content_type(),
        body.len()
    );
    // For longer than the timeout, all in all.
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).expect("the server reads");
    for piece in body.chunks(body.len() / 8) {
        stream.write_all(piece).expect("the server reads");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(joined(&Answer::read(stream)).len(), 60_000);
    // And not to the end.
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).expect("the server reads");
    stream.write_all(&body[..50_000]).expect("the server reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    let answer = Answer::parse(&answer);
    assert_eq!(answer.status, 408);
    assert!(answer.client_fault().contains("the body stopped after 50000 bytes"), "{answer:?}");
}
