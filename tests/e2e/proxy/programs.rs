//! The programs behind the proxy, and what is read of their answers.

use std::fs::File;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::processes::{eventually, kill_all, marked, port_of};
use crate::programs::{example, soap};
use crate::server::Answer;

pub(super) const WAITER: &str = "/sintef/docker_services/waiter/Waiter";
pub(super) const CALCULATOR: &str = "/sintef/calculators/calculator/Calculator";

/// In the folder of the jobs.
const LOG: &str = "log";

/// A server that ends with the test.
pub(super) struct Program {
    name: &'static str,
    child: Child,
    port: u16,
    /// Of its jobs; no process of them outlives the test.
    folder: tempfile::TempDir,
}

impl Program {
    pub(super) fn waiter(settings: &[(&str, &str)]) -> Self {
        Self::start("waiter", &[&[("CONTEXT_ROOT", "/sintef/docker_services")], settings].concat())
    }

    pub(super) fn calculator(settings: &[(&str, &str)]) -> Self {
        Self::start("calculator", &[&[("CONTEXT_ROOT", "/sintef/calculators")], settings].concat())
    }

    /// Not with a public URL: it would say that, and not its port.
    pub(super) fn start(name: &'static str, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = command(name, folder.path(), settings);
        let mut child = command.env("LISTEN", "127.0.0.1:0").stdout(Stdio::piped()).spawn().expect("it was built");
        let port = port_of(&mut child, if name == "files" { 2 } else { 1 }).expect("it says where it is");
        Self { name, child, port, folder }
    }

    pub(super) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What it has logged so far.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).expect("it is there")
    }

    pub(super) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Again at the same place, with other settings.
    pub(super) fn restart(&mut self, settings: &[(&str, &str)]) {
        self.kill();
        let address = self.address();
        let mut command = command(self.name, self.folder.path(), settings);
        command.env("LISTEN", &address).stdout(Stdio::null());
        self.child = command.spawn().expect("it was built");
        eventually(|| {
            // Somebody else may have had the port for a moment.
            if self.child.try_wait().expect("it is ours").is_some() {
                self.child = command.spawn().expect("it was built");
            }
            TcpStream::connect(&address).ok()
        });
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
        kill_all(|| marked(self.folder.path()));
    }
}

fn command(name: &str, folder: &Path, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(example(name));
    for setting in ["PUBLIC_URL", "TRUSTED_PROXIES", "WAITER_LOG_FOLDER", "DATABASE_URL", "EXECUTOR", "OWNERSHIP"] {
        command.env_remove(setting);
    }
    command.env("DATA_DIR", folder).envs(settings.iter().copied()).stdin(Stdio::null());
    let log = File::options().create(true).append(true).open(folder.join(LOG)).expect("it can be written");
    command.stderr(log);
    command
}

/// The one address in a WSDL, which is well-formed.
#[track_caller]
pub(super) fn address(wsdl: &Answer) -> String {
    assert_eq!((wsdl.status, wsdl.header("content-type")), (200, Some("text/xml; charset=utf-8")), "{wsdl:?}");
    assert_eq!(wsdl.element("nothing"), None, "it is read to its end, so it is well-formed");
    let mut parts = wsdl.body.split("location=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let first = parts.next().expect("it has an address");
    assert!(parts.all(|other| other == first), "{wsdl:?}");
    first.to_owned()
}

/// The program `soap`, done; its standard output.
#[track_caller]
pub(super) fn soap_says(certificate: Option<&Path>, line: &[&str]) -> String {
    let mut command = Command::new(soap());
    command.args(line).env_remove("SOAP_SESSION_TOKEN").stdin(Stdio::null());
    if let Some(certificate) = certificate {
        command.env("SSL_CERT_FILE", certificate);
    }
    let output = command.output().expect("it was built");
    assert!(output.status.success(), "{line:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it speaks UTF-8")
}
