//! The waiter's program as a process, what one can ask it, and the processes that it leaves.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::programs::example;
use crate::server::{Answer, soap11};

/// Long enough for any machine; nothing waits for as long as that unless it fails.
const LONG: Duration = Duration::from_secs(60);

const PATH: &str = "/sintef/docker_services/waiter/Waiter";

pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(example("waiter"));
    for name in ["CONTEXT_ROOT", "PUBLIC_URL", "WAITER_RETENTION"] {
        command.env_remove(name);
    }
    command.env("LISTEN", "127.0.0.1:0").env("WAITER_LOG_FOLDER", folder).stdin(Stdio::null());
    command
}

/// A running server; it is killed with the test, as hard as can be.
pub(crate) struct Server {
    pub(crate) child: Child,
    address: String,
}

impl Server {
    pub(crate) fn start(folder: &Path) -> Self {
        Self::run(&mut command(folder))
    }

    pub(crate) fn run(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was built");
        let said = BufReader::new(child.stdout.take().expect("it is a pipe"));
        // To the last line: who closes a pipe too early breaks the program that writes to it.
        let wsdl = said
            .lines()
            .map(|line| line.expect("it says where it is"))
            .find_map(|line| Some(line.trim().strip_prefix("WSDL")?.trim().to_owned()))
            .expect("it says where it is");
        let rest = wsdl.strip_prefix("http://localhost:").expect("it listens on loopback");
        let port = rest.strip_suffix(&format!("{PATH}?wsdl")).expect("this is the waiter's place");
        Self { address: format!("127.0.0.1:{port}"), child }
    }

    pub(crate) fn call(&self, operation: &str, arguments: &str) -> Answer {
        let body = soap11(&format!("<t:{operation} xmlns:t=\"tns\">{arguments}</t:{operation}>"));
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("an option of sockets");
        let head = format!("POST {PATH} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.address);
        let length = format!("Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n", body.len());
        stream.write_all([head, length, body].concat().as_bytes()).expect("it reads");
        Answer::read(stream)
    }

    pub(crate) fn start_waiter(&self, service_id: &str, seconds: u32) -> Answer {
        let seconds = format!("<t:secondsToWait>{seconds}</t:secondsToWait>");
        self.call("startWaiter", &(arguments(service_id) + &seconds))
    }

    pub(crate) fn status(&self, service_id: &str) -> Answer {
        self.call("getServiceStatus", &arguments(service_id))
    }

    pub(crate) fn abort(&self, service_id: &str) -> Answer {
        self.call("abortService", &arguments(service_id))
    }

    /// Polls until the execution has ended, and gives the percentages on the way.
    pub(crate) fn poll_to_the_end(&self, service_id: &str) -> Vec<u8> {
        let mut seen = Vec::new();
        eventually(|| {
            let answer = self.status(service_id);
            if answer.element("status_base64").as_deref() == Some("COMPLETED") {
                assert_eq!(answer.result(), "FINISHED");
                return Some(());
            }
            seen.push(percent(&answer));
            None
        });
        seen
    }

    pub(crate) fn kill_9(mut self) {
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

fn arguments(service_id: &str) -> String {
    let service_id = quick_xml::escape::escape(service_id);
    format!("<t:serviceID>{service_id}</t:serviceID><t:sessionToken>secret</t:sessionToken>")
}

/// Of a page for an execution that runs.
#[track_caller]
pub(crate) fn percent(answer: &Answer) -> u8 {
    assert_eq!(answer.result(), "UNSET");
    let status = answer.element("status_base64").expect("there is a status");
    let page = STANDARD.decode(status).expect("a page comes in base64");
    let page = String::from_utf8(page).expect("a page is text");
    let (before, _) = page.split_once("%</p>").expect("it says how far it is");
    let percent = before.rsplit('>').next().and_then(|percent| percent.parse().ok());
    percent.expect("a whole number")
}

pub(crate) fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + LONG;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "it never happened");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Living processes that have `folder` in their command line: the programs of its executions.
pub(crate) fn processes_of(folder: &Path) -> Vec<i32> {
    let processes = fs::read_dir("/proc").expect("these tests run on Linux").flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let folder = folder.as_os_str().as_encoded_bytes();
    ids.filter(|id| {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        line.windows(folder.len()).any(|part| part == folder)
    })
    .collect()
}

/// Children that have ended and that nobody has waited for.
pub(crate) fn zombies_of(parent: u32) -> usize {
    let processes = fs::read_dir("/proc").expect("these tests run on Linux").flatten();
    let is_zombie = |stat: &str| {
        // The name before it, in brackets, may hold anything.
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let mut fields = after_name.split_whitespace();
        fields.next() == Some("Z") && fields.next() == Some(&*parent.to_string())
    };
    processes.filter(|entry| fs::read_to_string(entry.path().join("stat")).is_ok_and(|stat| is_zombie(&stat))).count()
}

pub(crate) fn sigkill(process: i32) {
    kill(Pid::from_raw(process), Signal::SIGKILL).expect("it runs");
}

/// A folder for executions. No process of them outlives the test, however it ends.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        for process in processes_of(self.path()) {
            let _ = kill(Pid::from_raw(process), Signal::SIGKILL);
        }
    }
}
