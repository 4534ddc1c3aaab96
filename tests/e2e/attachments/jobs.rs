//! Files as arguments and outputs of a job: recorded as the text that they are in a message.

use std::io::Write;

use super::package::Package;
use super::running::Running;
use super::{call, include};
use crate::processes::eventually;
use crate::server::Answer;

fn post(server: &Running, content_type: &str, body: &[u8]) -> Answer {
    let mut stream = server.post("/files/Mesher", content_type, body.len() as u64);
    stream.write_all(body).expect("it reads");
    Answer::read(stream)
}

#[test]
fn a_job_gets_its_file_and_gives_one() {
    let server = Running::start();
    let file: Vec<u8> = (0..=250).cycle().take(200_000).collect();
    let start = call("mesh", &format!("<serviceID>a</serviceID><geometry>{}</geometry>", include("1")));
    let package = Package::new(&start).with("1", file.clone());
    for _ in 0..2 {
        // The same start again is the same start.
        let started = post(&server, &package.content_type(), &package.body());
        assert_eq!(started.status, 200, "{started:?}");
    }
    let status = call("getServiceStatus", "<serviceID>a</serviceID>");
    let completed = eventually(|| {
        let answer = post(&server, "text/xml", status.as_bytes());
        (answer.element("status_base64").as_deref() == Some("COMPLETED")).then_some(answer)
    });
    use base64::Engine;
    let mesh = completed.element("mesh").expect("it is there");
    let mesh = base64::engine::general_purpose::STANDARD.decode(mesh).expect("it is base64");
    assert!(mesh.iter().rev().eq(&file));
}

#[test]
fn a_file_that_is_too_large_to_be_recorded_is_a_fault_that_says_so() {
    let server = Running::start();
    let start = call("mesh", &format!("<serviceID>a</serviceID><geometry>{}</geometry>", include("1")));
    let package = Package::new(&start).with("1", vec![0; (64 << 20) + 1]);
    let fault = post(&server, &package.content_type(), &package.body()).client_fault();
    assert!(fault.contains("its files cannot be written: they have 67108865 bytes, more than the 67108864"), "{fault}");
}
