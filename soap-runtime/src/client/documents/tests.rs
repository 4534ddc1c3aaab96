//! Documents from a server, which answers with what a test has given it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpListener;

use super::*;

const WSDL: &str = r#"xmlns:w="http://schemas.xmlsoap.org/wsdl/""#;
const XSD: &str = r#"<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"/>"#;

/// Serves these answers by path and query until the test ends: a status, and a body, or where to go instead.
fn serve(answers: impl FnOnce(&str) -> Vec<(&'static str, u16, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = format!("http://{}", listener.local_addr().expect("it has an address"));
    let answers: BTreeMap<_, _> =
        answers(&address).into_iter().map(|(path, status, body)| (path, (status, body))).collect();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("somebody connects");
            let mut request = [0; 4096];
            let length = stream.read(&mut request).expect("a request comes");
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let (status, body) = answers.get(path).cloned().unwrap_or((404, "nothing here".to_owned()));
            let location = if status == 302 { format!("Location: {body}\r\n") } else { String::new() };
            let head =
                format!("HTTP/1.1 {status} -\r\n{location}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            // Whoever has enough hangs up.
            let _heard = stream.write_all(format!("{head}{body}").as_bytes());
        }
    });
    address
}

fn wsdl(content: &str) -> String {
    format!("<w:definitions {WSDL}>{content}</w:definitions>")
}

fn import(location: &str) -> String {
    wsdl(&format!(
        r#"<w:types><x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:import schemaLocation="{location}"/></x:schema></w:types>"#
    ))
}

async fn load(location: &str) -> Result<Documents, WsdlError> {
    documents(location, &HttpOptions::default()).await
}

#[track_caller]
fn names(loaded: Result<Documents, WsdlError>, address: &str) -> Vec<String> {
    let loaded = loaded.unwrap_or_else(|error| panic!("{error}"));
    loaded.iter().map(|document| document.name.replace(address, "")).collect()
}

#[tokio::test]
async fn a_wsdl_comes_with_its_imports() {
    let address = serve(|address| {
        vec![
            (
                "/a/S?wsdl",
                200,
                wsdl(&format!("<w:import location='?wsdl=1'/><w:import location='{address}/a/S?wsdl'/>")),
            ),
            ("/a/S?wsdl=1", 200, import("../types.xsd")),
            ("/types.xsd", 200, XSD.to_owned()),
        ]
    });
    assert_eq!(names(load(&format!("{address}/a/S?wsdl")).await, &address), ["/a/S?wsdl", "/a/S?wsdl=1", "/types.xsd"]);
}

#[tokio::test]
async fn the_address_of_an_endpoint_will_do() {
    for (status, body) in [(405, ""), (200, "<html/>"), (500, "<Envelope/>"), (200, "\u{0}")] {
        let address = serve(|_| vec![("/s", status, body.to_owned()), ("/s?wsdl", 200, wsdl(""))]);
        assert_eq!(names(load(&format!("{address}/s")).await, &address), ["/s?wsdl"]);
    }
}

#[tokio::test]
async fn redirects_are_followed_and_imports_start_from_there() {
    let address = serve(|_| {
        vec![
            ("/s?wsdl", 302, "/new/s.wsdl".to_owned()),
            ("/new/s.wsdl", 200, import("types.xsd")),
            ("/new/types.xsd", 200, XSD.to_owned()),
        ]
    });
    assert_eq!(names(load(&format!("{address}/s?wsdl")).await, &address), ["/s?wsdl", "/new/types.xsd"]);
}

#[tokio::test]
async fn imports_from_a_host_that_cannot_be_reached_come_from_the_host_of_the_wsdl() {
    for inner in ["http://127.0.0.1:1", "http://internal.invalid:8080"] {
        let address =
            serve(|_| vec![("/s?wsdl", 200, import(&format!("{inner}/s?xsd=1"))), ("/s?xsd=1", 200, XSD.to_owned())]);
        let loaded = load(&format!("{address}/s?wsdl")).await;
        assert_eq!(names(loaded, &address), ["/s?wsdl".to_owned(), format!("{inner}/s?xsd=1")]);
    }
}

#[tokio::test]
async fn what_cannot_be_had_says_why() {
    let address = serve(|_| {
        vec![
            ("/page?wsdl", 200, "<html>\n  Log in </html>".to_owned()),
            ("/page", 200, "<html/>".to_owned()),
            ("/file?wsdl", 200, import("file:///etc/hostname")),
            ("/missing?wsdl", 200, import("none.xsd")),
            ("/broken?wsdl", 200, format!("<w:definitions {WSDL}>\n<a></b>")),
            ("/loop", 302, "/loop".to_owned()),
            ("/large?wsdl", 200, format!("<!--{}-->{}", "x".repeat(LONGEST), wsdl(""))),
        ]
    });
    for (location, said) in [
        (
            "/page?wsdl",
            "/page?wsdl is no WSDL: HTTP status 200, and a page for browsers; give the address of a service",
        ),
        ("/none", "/none is no WSDL: HTTP status 404, and `nothing here`"),
        ("/file?wsdl", "/file?wsdl:1:121: `file:///etc/hostname` is imported, and is neither http nor https"),
        (
            "/missing?wsdl",
            "/missing?wsdl:1:121: what is imported here cannot be had: /none.xsd cannot be read: HTTP status 404",
        ),
        ("/broken?wsdl", "/broken?wsdl:2:4: the document is not well-formed"),
        ("/loop", "/loop cannot be read: too many redirects"),
        ("/large?wsdl", "/large?wsdl cannot be read: it has more than 16777216 bytes"),
    ] {
        let error = load(&format!("{address}{location}")).await.expect_err(location).to_string().replace(&address, "");
        assert!(error.starts_with(said), "{said}\n{error}");
    }
    for (location, said) in [
        ("ftp://h/a.wsdl", "ftp://h/a.wsdl cannot be read: `ftp` is neither http nor https"),
        ("nowhere.wsdl", "nowhere.wsdl cannot be read: there is no such file (a URL would begin with"),
        ("http://127.0.0.1:1/a", "http://127.0.0.1:1/a cannot be read: Connection refused"),
    ] {
        let error = load(location).await.expect_err(location).to_string();
        assert!(error.starts_with(said), "{said}\n{error}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = format!("http://{}/a?wsdl", silent.local_addr().expect("it has an address"));
    let options = HttpOptions { timeout: Duration::from_millis(50), ..HttpOptions::default() };
    let error = documents(&address, &options).await.expect_err("nobody answers").to_string();
    assert_eq!(error, format!("{address} cannot be read: no answer within 0.05 s"));
}

#[cfg(feature = "cli")]
#[tokio::test]
async fn a_saved_wsdl_needs_no_network() {
    let address = serve(|_| {
        vec![
            ("/s?wsdl", 200, format!("<?xml version='1.0' encoding='ascii'?>{}", import("?xsd=1"))),
            ("/s?xsd=1", 200, XSD.replace("/>", "><x:include schemaLocation='&#63;xsd=2'/></x:schema>")),
            ("/s?xsd=2", 200, XSD.to_owned()),
        ]
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let into = folder.path().join("new");
    let saved = load(&format!("{address}/s?wsdl")).await.and_then(|documents| documents.save(&into));
    let saved = saved.unwrap_or_else(|error| panic!("{error}"));
    let paths = ["s.wsdl", "s_xsd_1.xsd", "s_xsd_2.xsd"].map(|name| into.join(name));
    assert_eq!(saved, paths);
    let main = std::fs::read_to_string(&paths[0]).expect("it is there");
    assert_eq!(main, format!("<?xml version='1.0' encoding='UTF-8'?>{}", import("s_xsd_1.xsd")));

    let again = Documents::from_file(&paths[0]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again.iter().count(), 3);
    definitions(&again).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        load(paths[0].to_str().expect("a plain path")).await.map(|documents| documents.iter().count()).ok(),
        Some(3)
    );
}
