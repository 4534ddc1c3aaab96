//! An nginx of one test: its own configuration, folder, ports and certificate. It ends with the test.

use std::fs;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill, killpg};
use nix::unistd::Pid;

use crate::processes::{LONG, eventually};
use crate::server::Answer;

/// What the programs are asked from by nginx: callers have another address.
pub(super) const INNER: &str = "127.0.0.2";

/// The same of a proxy before it.
pub(super) const OUTER: &str = "127.0.0.3";

/// The configuration of this number in the chapter.
pub(super) fn chapter(number: usize) -> String {
    let chapter = include_str!("../../../docs/guide/proxy.md");
    let block = chapter.split("```nginx\n").skip(1).nth(number).expect("the chapter has it");
    block.split("```").next().expect("it ends").to_owned()
}

pub(super) struct Nginx {
    child: Child,
    folder: tempfile::TempDir,
    http: u16,
    https: u16,
}

impl Nginx {
    /// With this within `http { … }`, where `listen 80;`, `listen 443 ssl;` and `/etc/nginx/` become the test's own.
    /// Nothing, and said, on a machine without nginx.
    pub(super) fn start(config: &str) -> Option<Self> {
        let program = program()?;
        // A port that was free may be taken before nginx has it.
        (0..5).find_map(|_| Self::try_start(&program, config)).or_else(|| panic!("nginx does not start"))
    }

    fn try_start(program: &Path, config: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [http, https] = free_ports();
        let place = folder.path().to_str().expect("a plain name");
        let config = config
            .replace("listen 80;", &format!("listen 127.0.0.1:{http};"))
            .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{https} ssl;"))
            .replace("/etc/nginx/", &format!("{place}/"));
        if config.contains(" ssl;") {
            make_certificate(folder.path());
        }
        fs::write(folder.path().join("nginx.conf"), around(place, &config)).expect("written");
        // nginx ends with the thread of its test, also when that cannot say so.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM"]).arg(program).args(["-e", &format!("{place}/error.log")]);
        command.args(["-p", place, "-c", &format!("{place}/nginx.conf")]).process_group(0).stdin(Stdio::null());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("setpriv is there");
        let mut nginx = Self { child, folder, http, https };
        if nginx.has_begun() {
            return Some(nginx);
        }
        let said = fs::read_to_string(nginx.folder.path().join("error.log")).unwrap_or_default();
        assert!(said.contains("Address already in use"), "{said}");
        None
    }

    /// It writes the file with its id once it listens.
    fn has_begun(&mut self) -> bool {
        let file = self.folder.path().join("nginx.pid");
        eventually(|| match self.child.try_wait().expect("it is ours") {
            Some(_) => Some(false),
            None => fs::read_to_string(&file).is_ok_and(|id| !id.is_empty()).then_some(true),
        })
    }

    pub(super) fn http(&self) -> String {
        format!("127.0.0.1:{}", self.http)
    }

    pub(super) fn https(&self) -> String {
        format!("localhost:{}", self.https)
    }

    /// Trusted by whoever finds it in `SSL_CERT_FILE`.
    pub(super) fn certificate(&self) -> PathBuf {
        self.folder.path().join("services.crt")
    }

    pub(super) fn reload(&self) {
        kill(self.id(), Signal::SIGHUP).expect("it runs");
    }

    fn id(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.id()).expect("ids are small"))
    }

    /// GET with these lines in its head, and no others but Host, if that is none of them.
    #[track_caller]
    pub(super) fn get(&self, path: &str, lines: &[&str]) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1"), lines, b"")
    }

    #[track_caller]
    pub(super) fn ask(&self, start: &str, lines: &[&str], body: &[u8]) -> Answer {
        let mut head = format!("{start}\r\nConnection: close\r\n");
        if !lines.iter().any(|line| line.to_ascii_lowercase().starts_with("host:")) {
            head.push_str(&format!("Host: {}\r\n", self.http()));
        }
        lines.iter().for_each(|line| head.push_str(&format!("{line}\r\n")));
        if !body.is_empty() {
            head.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        Answer::parse(&self.send(&[head.as_bytes(), b"\r\n", body].concat()))
    }

    /// Sends bytes as they are, and reads until nginx closes.
    #[track_caller]
    pub(super) fn send(&self, bytes: &[u8]) -> Vec<u8> {
        send(&self.http(), bytes)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The workers as well, which outlive a master that is killed.
        let _ = killpg(self.id(), Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

#[track_caller]
pub(super) fn send(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(LONG)).expect("an option of sockets");
    // It may refuse a request before it has read all of it.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = std::io::Read::read_to_end(&mut stream, &mut answer);
    answer
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places = std::env::split_paths(&path).chain([PathBuf::from("/usr/sbin")]);
    let program = places.map(|place| place.join("nginx")).find(|program| program.exists());
    if program.is_none() {
        eprintln!("SKIPPED: a test of proxies needs nginx: apt-get install nginx-light");
    }
    program
}

fn free_ports() -> [u16; 2] {
    let taken = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port"));
    taken.map(|listener| listener.local_addr().expect("it is bound").port())
}

/// What Debian's nginx.conf has around the files in conf.d, without what is outside of `folder`.
fn around(folder: &str, config: &str) -> String {
    let user = if nix::unistd::geteuid().is_root() { "user root;" } else { "" };
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {folder}/{name};"))
        .join("\n");
    format!(
        "{user}\ndaemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nevents {{ worker_connections 512; }}\n\
         http {{\naccess_log off;\n{temporary}\nproxy_bind {INNER};\n{config}\n}}\n"
    )
}

/// As the chapter makes it.
fn make_certificate(folder: &Path) {
    let mut command = Command::new("openssl");
    command.args([
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "30",
    ]);
    command.args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]);
    // What is marked as an authority's is no server's, says rustls.
    command.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    command.args(["-keyout", "services.key", "-out", "services.crt"]).current_dir(folder);
    let made = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("openssl is there");
    assert!(made.success(), "openssl makes no certificate");
}
