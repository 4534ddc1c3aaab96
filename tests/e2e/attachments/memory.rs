//! A large file goes through a server of little memory.

use std::fs;
use std::io::{BufReader, Read, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::package::Package;
use super::running::Running;
use super::{call, include};

impl Running {
    /// The most memory that it ever had, in KiB.
    fn peak(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux says it");
        peak.trim().trim_end_matches("kB").trim().parse().expect("it is a number")
    }

    /// Has files go both ways, each in memory as little as may be.
    fn echo(&self, blocks: u64) {
        let marker = "FILE";
        let package = Package::new(&call("echo", &format!("<file>{}</file>", include("1")))).with("1", marker).body();
        let package = String::from_utf8(package).expect("it is text");
        let (before, after) = package.split_once(marker).expect("it is there");
        let length = (before.len() + after.len()) as u64 + blocks * BLOCK as u64;
        let mut stream = self.post("/files/Files", &Package::new("").content_type(), length);
        stream.write_all(before.as_bytes()).expect("it reads");
        let mut block = Block::new();
        (0..blocks).try_for_each(|number| stream.write_all(block.numbered(number))).expect("it reads");
        stream.write_all(after.as_bytes()).expect("it reads");
        let mut answer = BufReader::with_capacity(BLOCK, stream);
        let head = read_to(&mut answer, "\r\n\r\n");
        assert!(head.starts_with("http/1.1 200") && head.contains("multipart/related"), "{head}");
        let _message = read_to(&mut answer, "content-type: model/stl\r\n");
        let _rest_of_head = read_to(&mut answer, "\r\n\r\n");
        let mut received = vec![0; BLOCK];
        for number in 0..blocks {
            answer.read_exact(&mut received).expect("the file comes whole");
            assert!(received == block.numbered(number), "block {number} of {blocks}");
        }
        let mut tail = String::new();
        answer.read_to_string(&mut tail).expect("the answer ends");
        assert!(tail.starts_with("\r\n--") && tail.ends_with("--\r\n"), "{tail}");
    }

    /// Has a file come as base64.
    fn embedded(&self, length: usize) {
        let body = call("make", &format!("<length>{length}</length>"));
        let mut stream = self.post("/files/Files", "text/xml", body.len() as u64);
        stream.write_all(body.as_bytes()).expect("it reads");
        let mut answer = BufReader::with_capacity(BLOCK, stream);
        let _head = read_to(&mut answer, "file>");
        // A pattern of 251 bytes is one of 1004 characters.
        let expected: Vec<u8> = (0..=250).cycle().take(251 * 3 * 100).collect();
        let expected = STANDARD.encode(expected).into_bytes();
        let mut left = length.div_ceil(3) * 4;
        let mut received = vec![0; expected.len()];
        while left > 0 {
            let piece = left.min(expected.len());
            answer.read_exact(&mut received[..piece]).expect("the file comes whole");
            // The last characters are others: they are padded.
            let compared = if piece == left { piece - 4 } else { piece };
            assert!(received[..compared] == expected[..compared], "{left} characters from the end");
            left -= piece;
        }
        let mut tail = String::new();
        answer.read_to_string(&mut tail).expect("the answer ends");
        assert!(tail.starts_with("</") && tail.ends_with("Envelope>"), "{tail}");
    }
}

const BLOCK: usize = 1 << 20;

/// Bytes of which no two blocks are the same.
struct Block(Vec<u8>);

impl Block {
    fn new() -> Self {
        Self((0..=250).cycle().take(BLOCK).collect())
    }

    fn numbered(&mut self, number: u64) -> &[u8] {
        self.0[..8].copy_from_slice(&number.to_le_bytes());
        &self.0
    }
}

/// What comes up to `end`, in lower case.
fn read_to(answer: &mut impl Read, end: &str) -> String {
    let (mut read, mut byte) = (String::new(), [0]);
    while !read.ends_with(end) {
        assert!(read.len() < 10_000, "no {end:?} in {read}");
        answer.read_exact(&mut byte).expect("the answer goes on");
        read.push(char::from(byte[0]).to_ascii_lowercase());
    }
    read
}

#[test]
fn a_file_of_a_gibibyte_goes_in_and_out_through_little_memory() {
    const MOST: u64 = 64 << 10;
    let server = Running::start();
    // What comes with the first call is not what is asked about.
    server.echo(1);
    server.embedded(1 << 20);
    let before = server.peak();
    server.echo(1 << 10);
    server.embedded(256 << 20);
    let grown = server.peak() - before;
    assert!(grown < MOST, "{grown} KiB more");
}
