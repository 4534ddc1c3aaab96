//! A program that is looked after: its probes, what its log tells, how it ends, and what nobody may see of it.

mod health;
mod ids;
mod json;
mod ready;
mod secrets;
mod shutdown;

use std::io::Write;
use std::net::TcpStream;
use std::process::{Command, Output};

use serde_json::Value;

use crate::jobs::lab::{Lab, Place, TOKEN};
use crate::processes::LONG;
use crate::server::{Answer, soap11};

/// A place in a trace, and the trace.
const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

/// What a server says to this request.
#[track_caller]
fn ask(address: &str, start: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(LONG)).expect("an option of sockets");
    let mut request = format!("{start} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).expect("it reads");
    Answer::read(stream)
}

#[track_caller]
fn get(address: &str, path: &str) -> Answer {
    ask(address, &format!("GET {path}"), &[], "")
}

/// Calls an operation of the lab.
#[track_caller]
fn call(lab: &Lab, headers: &[(&str, &str)], operation: &str, id: &str, arguments: &str) -> Answer {
    let named = format!("<t:serviceID>{id}</t:serviceID><t:sessionToken>{TOKEN}</t:sessionToken>");
    let body = soap11(&format!("<t:{operation} xmlns:t=\"tns\">{named}{arguments}</t:{operation}>"));
    ask(lab.address(), "POST /lab/Lab", headers, &body)
}

/// What this program of the lab's says, and how it ends.
fn said(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        command.stderr(std::process::Stdio::piped()).output().expect("it was built");
    let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// What `lab jobs show` says of a job.
#[track_caller]
fn shown(place: &Place, id: &str) -> Value {
    let (code, stdout, stderr) = said(place.command(&[]).args(["jobs", "show", id, "--json"]));
    assert_eq!(code, Some(0), "{stderr}");
    serde_json::from_str(&stdout).expect("a JSON object")
}
