//! Files in messages and beside them.

mod answers;
mod disk;
mod jobs;
mod memory;
mod package;
mod requests;
mod running;

use std::io::{Read, Write};

use soap_runtime::{HttpSettings, Service};

use crate::files::Files;
use crate::server::{Answer, SOAP11, Server, envelope};
use package::Package;

const PATH: &str = "POST /files/Files HTTP/1.1";

fn server() -> Server {
    Server::serving(Service::new(Files).expect("it fits the rules"), HttpSettings::default())
}

/// A call in SOAP 1.1, with arguments in its element.
fn call(operation: &str, arguments: &str) -> String {
    envelope(SOAP11, "", &format!("<f:{operation} xmlns:f=\"urn:files\">{arguments}</f:{operation}>"))
}

/// What stands for the part of this id.
fn include(id: &str) -> String {
    format!("<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:{id}'/>")
}

/// The bytes of an answer, its head as a text in lower case.
fn raw(server: &Server, headers: &[(&str, &str)], body: &[u8]) -> (String, Vec<u8>) {
    let mut stream = server.connect();
    let mut head = format!("{PATH}\r\nHost: h\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).expect("the server reads");
    stream.write_all(body).expect("the server reads");
    let mut answer = Vec::new();
    // What breaks off is looked at by the one who asked.
    let _ = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).expect("a head is text").to_ascii_lowercase(), body)
}

/// The answer to a package, as text.
fn post(server: &Server, package: &Package) -> Answer {
    server.request(PATH, &[("Content-Type", &package.content_type())], &package.body())
}
