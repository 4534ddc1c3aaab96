//! The waiters' programs as processes, what one can ask them, and the processes that they leave.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::processes::{LONG, all, eventually, kill_all};
use crate::programs::example;
use crate::server::{Answer, soap11};

const PATH: &str = "/sintef/docker_services/waiter/Waiter";

/// All that the environment of the tests may say to an example.
const SETTINGS: [&str; 14] = [
    "CONTEXT_ROOT",
    "DATABASE_URL",
    "DATA_DIR",
    "EXECUTOR",
    "MAX_QUEUED",
    "OWNERSHIP",
    "PUBLIC_URL",
    "QUEUE_TIMEOUT",
    "RETENTION",
    "RUN_TIMEOUT",
    "TRUSTED_PROXIES",
    "UNCHANGED",
    "WAITER_LOG_FOLDER",
    "WAITER_RETENTION",
];

/// One of the two waiters, and where it is right that they differ.
#[derive(Debug)]
pub(crate) struct Waiter {
    example: &'static str,
    /// How many processes a running execution has: the program that waits, and for a job the one
    /// that runs its method.
    pub(crate) processes: usize,
    /// When the end of an execution is known: that of a job once its process has been waited for.
    known: Known,
    /// Where the folders of the executions are, below the waiter's own.
    pub(crate) folders: &'static str,
    /// The variable of the retention, and what a refusal calls it.
    pub(crate) retention: [&'static str; 2],
    /// The same of the folder.
    pub(crate) folder: [&'static str; 2],
    /// What a start with other arguments is told of the first one.
    pub(crate) before: &'static str,
    /// What is said of an execution whose processes are gone, by a server that did not start them.
    pub(crate) gone: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
enum Known {
    AtOnce,
    Soon,
}

pub(crate) const WITH_JOBS: Waiter = Waiter {
    example: "waiter",
    processes: 2,
    known: Known::Soon,
    folders: "jobs",
    retention: ["RETENTION", "--retention"],
    folder: ["WAITER_LOG_FOLDER", "DATA_DIR"],
    before: "other arguments",
    gone: "left no result",
};

pub(crate) const BY_HAND: Waiter = Waiter {
    example: "waiter_by_hand",
    processes: 1,
    known: Known::AtOnce,
    folders: "",
    retention: ["WAITER_RETENTION", "WAITER_RETENTION"],
    folder: ["WAITER_LOG_FOLDER", "WAITER_LOG_FOLDER"],
    before: "secondsToWait 10000",
    gone: "without a result",
};

impl Waiter {
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(example(self.example));
        SETTINGS.iter().for_each(|name| {
            command.env_remove(name);
        });
        // However few processors the machine has, no execution of these tests waits for another.
        command.env("LISTEN", "127.0.0.1:0").env("MAX_RUNNING", "100").env("WAITER_LOG_FOLDER", folder);
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn start(&self, folder: &Path) -> Server {
        Server::run(&mut self.command(folder))
    }

    /// The processes of so many executions, once all of them are there.
    pub(crate) fn all_processes(&self, folder: &Path, executions: usize) -> Vec<i32> {
        eventually(|| Some(processes_of(folder)).filter(|found| found.len() == executions * self.processes))
    }

    /// What `look` finds once the end of an execution is known.
    #[track_caller]
    pub(crate) fn once_known<T>(&self, mut look: impl FnMut() -> Option<T>) -> T {
        match self.known {
            Known::AtOnce => look().expect("it is known at once"),
            Known::Soon => eventually(look),
        }
    }
}

/// A running server; it is killed with the test, as hard as can be.
pub(crate) struct Server {
    pub(crate) child: Child,
    address: String,
    /// The last page of each execution, in base64, as the portal goes on showing it.
    shown: Mutex<HashMap<String, String>>,
}

impl Server {
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
        Self { address: format!("127.0.0.1:{port}"), child, shown: Mutex::default() }
    }

    /// Where it answers.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}{PATH}", self.address)
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
        self.show(service_id, self.call("startWaiter", &(arguments(service_id) + &seconds)))
    }

    pub(crate) fn status(&self, service_id: &str) -> Answer {
        self.show(service_id, self.call("getServiceStatus", &arguments(service_id)))
    }

    pub(crate) fn abort(&self, service_id: &str) -> Answer {
        self.call("abortService", &arguments(service_id))
    }

    fn show(&self, service_id: &str, answer: Answer) -> Answer {
        if let Some(page) = answer.element("status_base64").filter(|status| status != "UNCHANGED") {
            self.shown.lock().expect("nothing panics under it").insert(service_id.to_owned(), page);
        }
        answer
    }

    /// Of the page that is shown for an execution that runs, after this answer.
    #[track_caller]
    pub(crate) fn percent(&self, service_id: &str, answer: &Answer) -> u8 {
        assert_eq!(answer.result(), "UNSET");
        let page = self.shown.lock().expect("nothing panics under it").get(service_id).cloned();
        percent(&page.expect("a page comes before UNCHANGED"))
    }

    /// How far an execution is that runs.
    #[track_caller]
    pub(crate) fn progress(&self, service_id: &str) -> u8 {
        self.percent(service_id, &self.status(service_id))
    }

    /// The result of an execution, if it has completed.
    #[track_caller]
    pub(crate) fn completed(&self, service_id: &str) -> Option<String> {
        let answer = self.status(service_id);
        assert_eq!(answer.status, 200, "{service_id}: {answer:?}");
        (answer.element("status_base64").as_deref() == Some("COMPLETED")).then(|| answer.result())
    }

    /// Why an execution has no result, if that is so.
    pub(crate) fn failed(&self, service_id: &str) -> Option<String> {
        let answer = self.status(service_id);
        (answer.status == 500).then(|| answer.fault("Server"))
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
            seen.push(self.percent(service_id, &answer));
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

#[track_caller]
fn percent(page: &str) -> u8 {
    let page = STANDARD.decode(page).expect("a page comes in base64");
    let page = String::from_utf8(page).expect("a page is text");
    let (before, _) = page.split_once("%</p>").expect("it says how far it is");
    let percent = before.rsplit('>').next().and_then(|percent| percent.parse().ok());
    percent.expect("a whole number")
}

/// Living processes that have `folder` in their command line, or work in it: those of its executions.
pub(crate) fn processes_of(folder: &Path) -> Vec<i32> {
    processes_with(folder, &["cmdline"])
}

/// Those that work in `folder`, or name it in one of these files of `/proc`.
fn processes_with(folder: &Path, files: &[&str]) -> Vec<i32> {
    let folder = folder.as_os_str().as_encoded_bytes();
    let names_it = |text: &[u8]| text.windows(folder.len()).any(|part| part == folder);
    all()
        .filter(|id| {
            let place = fs::read_link(format!("/proc/{id}/cwd")).unwrap_or_default();
            let file_names_it = |file: &&str| names_it(&fs::read(format!("/proc/{id}/{file}")).unwrap_or_default());
            names_it(place.as_os_str().as_encoded_bytes()) || files.iter().any(file_names_it)
        })
        .collect()
}

/// A folder for executions. No process of them outlives the test, however it ends.
pub(crate) struct Folder {
    path: PathBuf,
    _directory: tempfile::TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().expect("a temporary folder");
        // As the processes see it, which the links on its way do not show in.
        let path = directory.path().canonicalize().expect("it is there");
        Self { path, _directory: directory }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // At first a process has nothing of its own but the environment.
        kill_all(|| processes_with(self.path(), &["cmdline", "environ"]));
    }
}
