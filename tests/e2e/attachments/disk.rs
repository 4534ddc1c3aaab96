//! Files that come are on the disk for as long as somebody has them, and nobody else finds them there.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use super::package::{Package, parts};
use super::running::Running;
use super::{call, include};
use crate::processes::eventually;
use crate::server::Answer;

fn package(length: usize) -> Package {
    Package::new(&call("look", &format!("<file>{}</file>", include("1")))).with("1", vec![b'x'; length])
}

/// How many files below `folder` the process has open, with a name or without.
fn open_below(process: u32, folder: &Path) -> usize {
    let files = fs::read_dir(format!("/proc/{process}/fd")).expect("it runs").flatten();
    files.filter_map(|file| fs::read_link(file.path()).ok()).filter(|file| file.starts_with(folder)).count()
}

#[test]
fn a_file_has_no_name_and_is_gone_after_the_call() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let server = Running::with(|command| {
        command.env("TMPDIR", folder.path());
    });
    let is_empty = || fs::read_dir(folder.path()).expect("it is there").next().is_none();
    let (package, process) = (package(3_000_000), server.child.id());
    let body = package.body();
    for goes_on in [true, false] {
        let mut stream = server.post("/files/Files", &package.content_type(), body.len() as u64);
        stream.write_all(&body[..2_000_000]).expect("it reads");
        eventually(|| (open_below(process, folder.path()) == 1).then_some(()));
        assert!(is_empty(), "it has no name");
        if goes_on {
            stream.write_all(&body[2_000_000..]).expect("it reads");
            assert_eq!(Answer::read(stream).element("start").as_deref(), Some("78787878"));
        } else {
            // The sender goes away.
            drop(stream);
        }
        eventually(|| (open_below(process, folder.path()) == 0).then_some(()));
        assert!(is_empty());
    }
}

#[test]
fn many_files_take_no_more_of_what_may_be_open_than_one() {
    let server = Running::with_few_files(60);
    let (count, length) = (100_u8, 70_000);
    let arguments: String = (0..count).map(|id| format!("<file>{}</file>", include(&id.to_string()))).collect();
    let package = Package::new(&call("echoAll", &arguments));
    let package = (0..count).fold(package, |package, id| package.with(&id.to_string(), vec![id; length]));
    let body = package.body();
    let mut stream = server.post("/files/Files", &package.content_type(), body.len() as u64);
    stream.write_all(&body).expect("it reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    let parts = parts(&head, &answer[end + 4..]);
    assert_eq!(parts.len(), usize::from(count) + 1);
    for (id, (_, content)) in (0..count).zip(&parts[1..]) {
        assert!(*content == vec![id; length], "part {id}");
    }
}

#[test]
fn a_file_that_cannot_be_kept_is_a_fault_of_the_server() {
    let server = Running::with(|command| {
        command.env("TMPDIR", "/nowhere");
    });
    let send = |length| {
        let (package, body) = (package(length), package(length).body());
        let mut stream = server.post("/files/Files", &package.content_type(), body.len() as u64);
        stream.write_all(&body).expect("it reads");
        Answer::read(stream)
    };
    assert_eq!(send(1000).element("start").as_deref(), Some("78787878"), "a short one is in memory");
    let answer = send(100_000);
    assert_eq!(answer.status, 503);
    let fault = answer.fault("Server");
    assert!(fault.contains("an attachment cannot be kept") && !fault.contains("nowhere"), "{fault}");
}
