//! A client that keeps its connections open, and asks again and again whether an answer is there.
//!
//! It never sleeps, so that no server pays for waking it: that would cost the slower of two servers
//! more, and have nothing to do with either.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the answer has come.
    filled: usize,
    /// How long the answer is, head and body, once its head has come; and the body alone.
    whole: Option<(usize, usize)>,
    sent: Instant,
}

/// What is known of an answer.
#[derive(Clone, Copy)]
pub(crate) struct Answer {
    /// That of the body, in bytes.
    pub(crate) length: usize,
    /// Since the request was sent.
    pub(crate) took: Duration,
}

impl Connection {
    pub(crate) fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("an option of TCP");
        stream.set_nonblocking(true).expect("an option of sockets");
        Self { stream, buffer: vec![0; 1 << 16], filled: 0, whole: None, sent: Instant::now() }
    }

    pub(crate) fn send(&mut self, mut request: &[u8]) {
        self.sent = Instant::now();
        while !request.is_empty() {
            match self.stream.write(request) {
                Ok(written) => request = &request[written..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::hint::spin_loop(),
                Err(error) => panic!("the server does not read: {error}"),
            }
        }
    }

    /// Waits for the answer.
    pub(crate) fn receive(&mut self) -> Answer {
        loop {
            if let Some(answer) = self.try_receive() {
                return answer;
            }
        }
    }

    /// The answer, if all of it has come.
    fn try_receive(&mut self) -> Option<Answer> {
        // What is behind the head is not looked at, and written over.
        let start = if self.whole.is_some() { 0 } else { self.filled };
        match self.stream.read(&mut self.buffer[start..]) {
            Ok(0) => panic!("the server closed the connection"),
            Ok(read) => self.filled += read,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return None,
            Err(error) => panic!("the server does not answer: {error}"),
        }
        if self.whole.is_none() {
            let head = find(&self.buffer[..self.filled], b"\r\n\r\n")?;
            assert!(
                self.buffer.starts_with(b"HTTP/1.1 200"),
                "{}",
                String::from_utf8_lossy(&self.buffer[..self.filled])
            );
            let length = content_length(&self.buffer[..head]);
            self.whole = Some((head + 4 + length, length));
        }
        let (_, length) = self.whole.filter(|(whole, _)| *whole == self.filled)?;
        (self.filled, self.whole) = (0, None);
        Some(Answer { length, took: self.sent.elapsed() })
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn content_length(head: &[u8]) -> usize {
    let head = std::str::from_utf8(head).expect("headers are ASCII").to_ascii_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:")).expect("it is never chunked");
    value.trim().parse().expect("a number")
}

/// Sends the requests, one after the other on each of the connections, and tells of each answer.
pub(crate) fn run<'a>(
    connections: &mut [Connection],
    requests: impl IntoIterator<Item = &'a String>,
    mut answered: impl FnMut(Answer),
) {
    let mut requests = requests.into_iter();
    let mut under_way = 0;
    for connection in connections.iter_mut() {
        if let Some(request) = requests.next() {
            connection.send(request.as_bytes());
            under_way += 1;
        }
    }
    while under_way > 0 {
        for connection in connections.iter_mut() {
            let Some(answer) = connection.try_receive() else { continue };
            answered(answer);
            match requests.next() {
                Some(request) => connection.send(request.as_bytes()),
                None => under_way -= 1,
            }
        }
    }
}
