//! Running the program, and the services that it talks to.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use crate::processes::{kill_all, marked};
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

/// A running example; it is killed with the test, and so are its jobs.
pub(crate) struct Service {
    child: Child,
    folder: tempfile::TempDir,
    /// The host and port of all its services.
    pub(crate) address: String,
    /// Where their WSDLs are, by name of the service.
    wsdls: BTreeMap<String, String>,
}

impl Service {
    /// The example `name`, on a free port.
    pub(crate) fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    /// The same with `settings` in its environment.
    pub(crate) fn start_with(name: &str, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(example(name));
        for name in ["CONTEXT_ROOT", "PUBLIC_URL", "WAITER_LOG_FOLDER", "DATABASE_URL", "RETENTION", "EXECUTOR"] {
            command.env_remove(name);
        }
        command.env("LISTEN", "127.0.0.1:0").env("DATA_DIR", folder.path()).envs(settings.iter().copied());
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was built");
        // It says no more, and does not close the pipe.
        let services = if name == "kitchen_sink" { 3 } else { 1 };
        let wsdls = wsdls_of(&mut child, services);
        let first = wsdls.values().next().expect("it says where its services are");
        let address = first.trim_start_matches("http://").split('/').next().expect("a host and a port").to_owned();
        Self { child, folder, address, wsdls }
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
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        kill_all(|| marked(self.folder.path()));
    }
}

/// What the program says of its services when it has begun: a line with the name, one with the WSDL.
fn wsdls_of(child: &mut Child, services: usize) -> BTreeMap<String, String> {
    let mut wsdls = BTreeMap::new();
    let mut name = String::new();
    for line in BufReader::new(child.stdout.take().expect("it is a pipe")).lines().map_while(Result::ok) {
        match line.trim().strip_prefix("WSDL") {
            Some(wsdl) => drop(wsdls.insert(std::mem::take(&mut name), wsdl.trim().to_owned())),
            None if !line.starts_with(' ') => line.trim().clone_into(&mut name),
            None => {}
        }
        if wsdls.len() == services {
            break;
        }
    }
    wsdls
}
