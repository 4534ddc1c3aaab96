//! The service of files as a process of its own.

use std::io::Write;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::processes::port_of;
use crate::programs::example;

/// A server of its own: this process holds what the tests hold.
pub(super) struct Running {
    pub(super) child: Child,
    port: u16,
    _folder: tempfile::TempDir,
}

impl Running {
    pub(super) fn start() -> Self {
        Self::with(|_| {})
    }

    pub(super) fn with(settings: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(example("files"));
        settings(&mut command);
        Self::run(command)
    }

    /// One that may have so many files open, connections among them.
    pub(super) fn with_few_files(most: u32) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -n {most}; exec \"$0\"")]).arg(example("files"));
        Self::run(command)
    }

    fn run(mut command: Command) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        command.env("LISTEN", "127.0.0.1:0").env("MAX_ATTACHMENTS", "2GiB").env("DATA_DIR", folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was built");
        let port = port_of(&mut child, 2).expect("it says where it is");
        Self { child, port, _folder: folder }
    }

    /// Begins a request, whose body is sent by the one who asks.
    pub(super) fn post(&self, path: &str, content_type: &str, length: u64) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("it reads");
        stream
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
