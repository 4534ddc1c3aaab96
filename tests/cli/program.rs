//! Running the program, and the services that it talks to.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::processes::{eventually, has_ended, kill_all, marked};
use crate::programs::{example, soap};

/// `soap …` as scripts run it: all streams are pipes, and nothing is known of the terminal.
pub(crate) fn command(line: &[&str]) -> Command {
    let mut command = Command::new(soap());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "SOAP_SESSION_TOKEN", "SOAP_EXTRA_PARAMETERS"] {
        command.env_remove(name);
    }
    command.args(line).stdin(Stdio::null());
    command
}

/// `soap …`, done.
pub(crate) fn run(line: &[&str]) -> Said {
    Said::of(&mut command(line))
}

/// `soap …` with something on standard input.
pub(crate) fn run_with_input(line: &[&str], input: &str) -> Said {
    let mut command = command(line);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("built");
    let written = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    written.expect("it reads");
    Said::from(child.wait_with_output().expect("it ends"))
}

/// What a program that has ended has said.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(command.output().expect("it was built"))
    }

    #[track_caller]
    pub(crate) fn expect_code(self, code: i32) -> Self {
        assert!(self.code == code && !self.stderr.contains("panicked"), "{code}: {self}");
        self
    }

    /// Its standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// For a snapshot: `words` stand in place of what differs from run to run.
    pub(crate) fn with(&self, words: &[(&str, &str)]) -> String {
        words.iter().fold(self.to_string(), |text, (what, word)| text.replace(what, word))
    }
}

impl From<std::process::Output> for Said {
    fn from(output: std::process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
        let code = output.status.code().expect("it ended by itself");
        Self { code, stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

/// All of it, as a snapshot has it.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- standard error\n{}", self.stderr)?;
        }
        write!(f, "--- exit code {}", self.code)
    }
}

/// Names and values of variables.
type Settings = &'static [(&'static str, &'static str)];

/// A running example; it is killed with the test, and so are its jobs.
pub(crate) struct Service {
    name: &'static str,
    settings: Settings,
    folder: tempfile::TempDir,
    /// The host and port of all its services.
    pub(crate) address: String,
    /// Where their WSDLs are, by name of the service.
    wsdls: BTreeMap<String, String>,
    running: Running,
}

impl Service {
    /// The example `name`, on a free port.
    pub(crate) fn start(name: &'static str) -> Self {
        Self::start_with(name, &[])
    }

    /// The same with `settings` in its environment.
    pub(crate) fn start_with(name: &'static str, settings: Settings) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (running, wsdls) = Running::start(name, settings, folder.path(), "127.0.0.1:0");
        let first = wsdls.values().next().expect("it says where its services are");
        let address = first.trim_start_matches("http://").split('/').next().expect("a host and a port").to_owned();
        Self { name, settings, folder, address, wsdls, running }
    }

    /// Where the WSDL of the service `name` is.
    #[track_caller]
    pub(crate) fn wsdl(&self, name: &str) -> &str {
        self.wsdls.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.wsdls))
    }

    /// What a snapshot has in place of the address.
    pub(crate) fn words(&self) -> [(&str, &str); 1] {
        [(&self.address, "localhost:PORT")]
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.running.program), signal).expect("it runs");
    }

    /// Kills the program; its jobs run on.
    pub(crate) fn stop(&mut self) {
        self.signal(Signal::SIGKILL);
        eventually(|| has_ended(self.running.program).then_some(()));
    }

    /// Starts it again where it was.
    pub(crate) fn go_on(&mut self) {
        let port = self.address.rsplit(':').next().expect("a port");
        self.running = Running::start(self.name, self.settings, self.folder.path(), &format!("127.0.0.1:{port}")).0;
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.running.end();
        kill_all(|| marked(self.folder.path()));
    }
}

/// A shell that ends the program when its standard input does: that happens however this process ends, also
/// for a service that all tests share, which nothing drops.
struct Running {
    shell: Child,
    program: i32,
}

impl Running {
    fn start(name: &str, settings: Settings, folder: &Path, listen: &str) -> (Self, BTreeMap<String, String>) {
        let mut command = Command::new("sh");
        command.args(["-c", "\"$0\" & echo $!; read _; kill -9 $!; wait"]).arg(example(name));
        for name in ["CONTEXT_ROOT", "PUBLIC_URL", "WAITER_LOG_FOLDER", "DATABASE_URL", "RETENTION", "EXECUTOR"] {
            command.env_remove(name);
        }
        command.env("LISTEN", listen).env("DATA_DIR", folder).envs(settings.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = command.spawn().expect("a shell");
        // It says no more, and does not close the pipe.
        let services = if name == "kitchen_sink" { 3 } else { 1 };
        let (program, wsdls) = said_at_first(&mut shell, services);
        (Self { shell, program }, wsdls)
    }

    fn end(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// The number of the program, and what it says of its services when it has begun: a line with the name, one
/// with the WSDL.
fn said_at_first(shell: &mut Child, services: usize) -> (i32, BTreeMap<String, String>) {
    let (mut program, mut wsdls, mut name) = (0, BTreeMap::new(), String::new());
    for line in BufReader::new(shell.stdout.take().expect("it is a pipe")).lines().map_while(Result::ok) {
        let text = line.trim();
        match (text.strip_prefix("WSDL"), text.parse()) {
            (Some(wsdl), _) => drop(wsdls.insert(std::mem::take(&mut name), wsdl.trim().to_owned())),
            (None, Ok(number)) => program = number,
            (None, Err(_)) if !line.starts_with(' ') => text.clone_into(&mut name),
            (None, Err(_)) => {}
        }
        if wsdls.len() == services && program != 0 {
            break;
        }
    }
    (program, wsdls)
}
