//! The lab as a process, in a place of its own, and what one can ask it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::processes::{eventually, kill_all, marked, port_of};
use crate::programs::example;
use crate::server::{Answer, soap11};
use crate::waiter::process::processes_of;

/// Whoever knows it may ask for the executions; and it must be found nowhere.
pub(crate) const TOKEN: &str = "token-that-nobody-may-see";

const PATH: &str = "/lab/Lab";
/// The settings, none of which the test's own environment may set.
const SETTINGS: [&str; 12] = [
    "CONTEXT_ROOT",
    "PUBLIC_URL",
    "DATABASE_URL",
    "EXECUTOR",
    "MAX_RUNNING",
    "MAX_QUEUED",
    "RETENTION",
    "RUN_TIMEOUT",
    "QUEUE_TIMEOUT",
    "UNCHANGED",
    "OWNERSHIP",
    "LOG",
];

/// Where labs keep what they know. No process of their jobs outlives the test, however it ends.
pub(crate) struct Place {
    directory: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("lab-").tempdir().expect("a temporary folder");
        Self { directory }
    }

    /// Of the test's own files, and of the logs of all labs.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn data_dir(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn command(&self, settings: &[(&str, &str)]) -> Command {
        let mut command = Command::new(example("lab"));
        for name in SETTINGS {
            command.env_remove(name);
        }
        command.env("LISTEN", "127.0.0.1:0").env("DATA_DIR", self.data_dir()).envs(settings.iter().copied());
        let log = File::options().append(true).create(true).open(self.path("server.log")).expect("a new file");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        command
    }

    /// A lab that serves, with its jobs on this executor.
    pub(crate) fn start(&self, executor: &str) -> Lab {
        self.start_with(&[("EXECUTOR", executor)])
    }

    pub(crate) fn start_with(&self, settings: &[(&str, &str)]) -> Lab {
        self.try_start(settings).expect("it says where it is")
    }

    /// Or how it ended without serving.
    pub(crate) fn try_start(&self, settings: &[(&str, &str)]) -> Result<Lab, ExitStatus> {
        Lab::wait_for(self.command(settings).spawn().expect("it was built"))
    }

    /// What all labs of this place have logged.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.path("server.log")).expect("there was a lab")
    }

    /// The folder of the only job that has one.
    pub(crate) fn only_folder(&self) -> PathBuf {
        eventually(|| <[PathBuf; 1]>::try_from(self.folders()).ok().map(|[folder]| folder))
    }

    pub(crate) fn folders(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.data_dir().join("jobs")).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    }

    /// Living processes of jobs: those that are marked as such, and those with this place in their
    /// command line.
    pub(crate) fn processes(&self) -> Vec<i32> {
        let mut processes = marked(&self.data_dir());
        processes.extend(processes_of(&self.data_dir()));
        processes.sort_unstable();
        processes.dedup();
        processes
    }

    /// The processes that run attempts, without the programs that these run.
    pub(crate) fn runners(&self) -> Vec<i32> {
        let is_runner = |process: &i32| {
            let line = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains("\0job\0run\0")
        };
        processes_of(&self.data_dir().join("jobs")).into_iter().filter(is_runner).collect()
    }

    /// The only process that runs an attempt.
    pub(crate) fn only_runner(&self) -> i32 {
        eventually(|| <[i32; 1]>::try_from(self.runners()).ok().map(|[runner]| runner))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        kill_all(|| self.processes());
    }
}

/// A running lab; it is killed with the test, as hard as can be.
#[derive(Debug)]
pub(crate) struct Lab {
    pub(crate) child: Child,
    address: String,
}

impl Lab {
    pub(crate) fn run(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        Self::wait_for(child.expect("it can be run")).expect("it says where it is")
    }

    fn wait_for(mut child: Child) -> Result<Self, ExitStatus> {
        let port = port_of(&mut child, 3);
        let Some(port) = port else { return Err(child.wait().expect("it is ours")) };
        Ok(Self { address: format!("127.0.0.1:{port}"), child })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).expect("ids are small")
    }

    #[track_caller]
    pub(crate) fn call(&self, operation: &str, service_id: &str, others: &[(&str, &str)]) -> Answer {
        call(&self.address, operation, service_id, others).expect("it answers")
    }

    /// Starts a job, which is accepted.
    #[track_caller]
    pub(crate) fn start(&self, operation: &str, service_id: &str, arguments: &[(&str, &str)]) {
        let answer = self.call(operation, service_id, arguments);
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    pub(crate) fn status(&self, service_id: &str) -> Answer {
        self.call("getServiceStatus", service_id, &[])
    }

    /// Aborts an execution; a slow machine may need more than one call for that.
    pub(crate) fn abort(&self, service_id: &str) {
        eventually(|| self.try_abort(service_id).then_some(()));
    }

    /// One call, which says whether nothing is left.
    #[track_caller]
    pub(crate) fn try_abort(&self, service_id: &str) -> bool {
        let answer = self.call("abortService", service_id, &[]);
        answer.element("success").unwrap_or_else(|| panic!("no success: {answer:?}")) == "true"
    }

    /// Polls to the end, which is a good one: the result.
    #[track_caller]
    pub(crate) fn result(&self, service_id: &str) -> String {
        match self.end(service_id) {
            End::Completed(result) => result,
            End::Failed(fault) => panic!("{service_id} failed: {fault:?}"),
        }
    }

    /// Polls to the end, which is a bad one: the fault.
    #[track_caller]
    pub(crate) fn fault(&self, service_id: &str) -> Answer {
        match self.end(service_id) {
            End::Completed(result) => panic!("{service_id} completed with {result}"),
            End::Failed(fault) => fault,
        }
    }

    /// Polls to the end.
    pub(crate) fn end(&self, service_id: &str) -> End {
        eventually(|| {
            let answer = self.status(service_id);
            if answer.status != 200 {
                return Some(End::Failed(answer));
            }
            let is_completed = answer.element("status_base64").as_deref() == Some("COMPLETED");
            is_completed.then(|| End::Completed(answer.result()))
        })
    }

    /// The most memory that it ever had, in kilobytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("Linux tells it");
        line.trim().trim_end_matches(" kB").parse().expect("a number")
    }

    /// Ends it as a crash does.
    pub(crate) fn kill_9(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is ours");
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(&mut self) -> ExitStatus {
        kill(Pid::from_raw(self.pid()), Signal::SIGTERM).expect("it runs");
        self.child.wait().expect("it is ours")
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How an execution ended.
#[derive(Debug)]
pub(crate) enum End {
    /// With this result.
    Completed(String),
    /// With a fault.
    Failed(Answer),
}

impl End {
    /// The result, or the reason why there is none.
    pub(crate) fn said(&self) -> String {
        match self {
            Self::Completed(result) => result.clone(),
            Self::Failed(answer) => answer.element("faultstring").expect("a fault says why"),
        }
    }
}

/// The page of an execution that runs; nothing if it has not changed.
#[track_caller]
pub(crate) fn page(lab: &Lab, service_id: &str) -> String {
    let answer = lab.status(service_id);
    let status = answer.element("status_base64").unwrap_or_else(|| panic!("no status: {answer:?}"));
    String::from_utf8(STANDARD.decode(status).unwrap_or_default()).expect("a page is text")
}

/// One call, to a server that may die over it.
pub(crate) fn call(address: &str, operation: &str, service_id: &str, others: &[(&str, &str)]) -> io::Result<Answer> {
    let mut arguments = String::new();
    for (name, value) in [("serviceID", service_id), ("sessionToken", TOKEN)].iter().chain(others) {
        let value = quick_xml::escape::escape(*value);
        arguments += &format!("<t:{name}>{value}</t:{name}>");
    }
    let body = soap11(&format!("<t:{operation} xmlns:t=\"tns\">{arguments}</t:{operation}>"));
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let head = format!("POST {PATH} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    let length = format!("Content-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all([head, length, body].concat().as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    whole(&answer).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// An answer, if all of it has come.
fn whole(bytes: &[u8]) -> Option<Answer> {
    let end_of_head = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
    let answer = Answer::parse(bytes);
    let length: usize = answer.header("content-length")?.parse().ok()?;
    (bytes.len() == end_of_head + 4 + length).then_some(answer)
}
