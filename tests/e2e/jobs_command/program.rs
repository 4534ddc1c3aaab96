//! The waiter's program: as a server, and as the command `jobs`.

use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sha2::{Digest, Sha256};

use crate::processes::{LONG, eventually, kill_all, marked, port_of};
use crate::programs::example;
use crate::server::{Answer, soap11};

const PATH: &str = "/sintef/docker_services/waiter/Waiter";

/// The login of whoever starts jobs.
pub(super) const TOKEN: &str = "token-that-nobody-may-see";

/// The program with its jobs in `folder`, whatever the environment of the tests says.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new(example("waiter"));
    for name in ["CONTEXT_ROOT", "PUBLIC_URL", "WAITER_LOG_FOLDER", "DATABASE_URL", "RETENTION", "EXECUTOR"] {
        command.env_remove(name);
    }
    command.env("LISTEN", "127.0.0.1:0").env("MAX_RUNNING", "2").env("DATA_DIR", folder).stdin(Stdio::null());
    command
}

/// `waiter jobs …`, done.
pub(super) fn jobs(folder: &Path, line: &[&str]) -> Said {
    Said::of(command(folder).arg("jobs").args(line))
}

/// What a program that has ended has said.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) code: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Said {
    pub(super) fn of(command: &mut Command) -> Self {
        let output = command.output().expect("it was built");
        let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
        let code = output.status.code().expect("it ended by itself");
        Self { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    #[track_caller]
    pub(super) fn expect_code(self, code: i32) -> Self {
        assert!(self.code == code && !self.stderr.contains("panicked"), "{code}: {self:?}");
        self
    }
}

/// A running server; it is killed with the test.
pub(super) struct Server {
    child: Child,
    address: String,
}

impl Server {
    pub(super) fn start(folder: &Path) -> Self {
        Self::run(&mut command(folder))
    }

    pub(super) fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was built");
        let port = port_of(&mut child, 1).expect("it says where it is");
        Self { address: format!("127.0.0.1:{port}"), child }
    }

    fn call(&self, operation: &str, service_id: &str, more: &str) -> Answer {
        // As references: a line end that stands in a document as it is may become another one.
        let escape = |c: char| format!("&#{};", u32::from(c));
        let service_id: String = service_id.chars().map(escape).collect();
        let arguments =
            format!("<t:serviceID>{service_id}</t:serviceID><t:sessionToken>{TOKEN}</t:sessionToken>{more}");
        let body = soap11(&format!("<t:{operation} xmlns:t=\"tns\">{arguments}</t:{operation}>"));
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("an option of sockets");
        let head = format!("POST {PATH} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        let length = format!("Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all([head, length, body].concat().as_bytes()).expect("it reads");
        Answer::read(stream)
    }

    #[track_caller]
    pub(super) fn start_waiter(&self, service_id: &str, seconds: u32) {
        let seconds = format!("<t:secondsToWait>{seconds}</t:secondsToWait>");
        let answer = self.call("startWaiter", service_id, &seconds);
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub(super) fn status(&self, service_id: &str) -> Answer {
        self.call("getServiceStatus", service_id, "")
    }

    pub(super) fn wait_for(&self, service_id: &str, status: &str) {
        eventually(|| (self.status(service_id).element("status_base64")? == status).then_some(()));
    }

    pub(super) fn kill_9(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is ours");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the database has of a token: the first half of a digest.
pub(super) fn digest(token: &str) -> String {
    let hash = Sha256::digest(token);
    hash[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A folder for jobs. No process of them outlives the test, however it ends.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn text(&self) -> &str {
        self.0.path().to_str().expect("temporary folders have plain names")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        kill_all(|| marked(self.path()));
    }
}
