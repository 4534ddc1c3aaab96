//! An app as a program: its command line, what it says, how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use soap_runtime::{App, ExitCode, HttpSettings, Service, SoapService, soap_service};

use crate::programs::example;
use crate::server::{Answer, Echo, Server, soap11};

/// The calculator without what the environment of the tests may say.
pub(crate) fn calculator() -> Command {
    let mut command = Command::new(example("calculator"));
    for setting in ["CONTEXT_ROOT", "LISTEN", "PUBLIC_URL", "TRUSTED_PROXIES", "MAX_BODY", "LOG", "LOG_FORMAT"] {
        command.env_remove(setting);
    }
    command.env("LISTEN", "127.0.0.1:0").stdin(Stdio::null());
    command
}

fn output(command: &mut Command) -> Output {
    command.output().expect("it was built")
}

/// It ends with exit code 2 and one sentence that has all of `words`.
#[track_caller]
pub(crate) fn refuses(command: &mut Command, words: &[&str]) {
    let Output { status, stderr, .. } = output(command);
    let said = String::from_utf8(stderr).expect("it speaks UTF-8");
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
    assert!(said.starts_with("error: ") && !said.contains("panicked"), "{said}");
    let sentences = said.lines().filter(|line| !line.is_empty() && !line.contains("--help"));
    assert_eq!(sentences.count(), 1, "{said}");
}

#[test]
fn the_help_tells_every_setting_with_its_variable() {
    let help = output(calculator().arg("--help"));
    let help = String::from_utf8(help.stdout).expect("it speaks UTF-8");
    for (flag, variable) in [
        ("--context-root", "CONTEXT_ROOT"),
        ("--listen", "LISTEN"),
        ("--public-url", "PUBLIC_URL"),
        ("--trusted-proxies", "TRUSTED_PROXIES"),
        ("--max-body", "MAX_BODY"),
        ("--max-depth", "MAX_DEPTH"),
        ("--max-attachments", "MAX_ATTACHMENTS"),
        ("--gzip", "GZIP"),
        ("--shutdown-timeout", "SHUTDOWN_TIMEOUT"),
        ("--log-format", "LOG_FORMAT"),
    ] {
        assert!(help.contains(flag) && help.contains(&format!("[env: {variable}=")), "{flag} is not in {help}");
    }
    assert!(help.contains("Usage: calculator"), "{help}");
}

#[test]
fn a_bad_setting_is_one_sentence_and_exit_code_2() {
    refuses(calculator().args(["--listen", "nowhere"]), &["nowhere"]);
    refuses(calculator().env("TRUSTED_PROXIES", "nginx"), &["nginx"]);
    refuses(calculator().env("PUBLIC_URL", "outside.example"), &["outside.example"]);
    refuses(calculator().env("MAX_BODY", "many"), &["many"]);
    refuses(calculator().env("CONTEXT_ROOT", "/a b"), &["/a b"]);
    refuses(calculator().env("READ_TIMEOUT", "soon"), &["soon"]);
    refuses(calculator().env("HEADER_TIMEOUT", "1000000000000000h"), &["1000000000000000h", "a year at most"]);
    refuses(calculator().env("LOG", "a=b=c"), &["LOG", "a=b=c"]);
    refuses(calculator().args(["wsdl", "--service", "Abacus"]), &["Abacus", "Calculator"]);
}

#[test]
fn a_port_in_use_is_one_sentence_and_exit_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound").to_string();
    refuses(calculator().env("LISTEN", &address), &[&address, "another program is using that port", "LISTEN"]);
}

struct Adder;

#[soap_service]
impl Adder {
    #[operation]
    async fn add(&self, a: i32, b: i32) -> i32 {
        a.saturating_add(b)
    }
}

fn service<S: SoapService>(service: S) -> Service {
    Service::new(service).expect("it fits the rules")
}

#[test]
fn several_services_share_a_port() {
    let server = Server::serving_all(vec![service(Echo), service(Adder)], HttpSettings::default());
    for path in ["/waiter/Waiter", "/Adder"] {
        assert!(server.get(&format!("{path}?wsdl")).body.contains(&format!("test.example:81{path}\"")), "{path}");
        assert!(server.get("/").body.contains(&format!("test.example:81{path}?wsdl\"")), "{path}");
    }
}

#[test]
fn two_services_on_one_path_are_one_sentence_and_exit_code_2() {
    let refused = |services, context_root: &str| {
        let mut settings = HttpSettings::default();
        settings.context_root = context_root.to_owned();
        soap_runtime::router(services, settings).expect_err("it cannot be published").to_string()
    };
    assert_eq!(
        refused(vec![service(Adder), service(Adder)], "/r"),
        "services `Adder` and `Adder` are both at /r/Adder; give one of them another `path`"
    );
    assert!(refused(vec![service(Adder)], "r").contains("a context root starts with `/`"));
    let app = App::new().service(Adder).service(Adder);
    assert_eq!(app.run_with(["app", "--log", "off", "--listen", "127.0.0.1:0"]), ExitCode::from(2));
}

#[test]
fn empty_settings_are_unset_as_env_files_leave_them() {
    let mut command = calculator();
    for setting in ["PUBLIC_URL", "TRUSTED_PROXIES", "MAX_TEXT", "CONTEXT_ROOT"] {
        command.env(setting, "");
    }
    assert!(Running::start(&mut command).endpoint.ends_with("/calculator/Calculator"));
}

#[test]
fn the_wsdl_is_printed_without_a_server() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it is bound");
    let printed = output(calculator().env("LISTEN", address.to_string()).args(["wsdl", "--context-root", "/root"]));
    let wsdl = String::from_utf8(printed.stdout).expect("a WSDL is UTF-8");
    assert!(
        wsdl.contains(&format!("location=\"http://localhost:{}/root/calculator/Calculator\"", address.port())),
        "{wsdl}"
    );
    let printed = output(calculator().env("PUBLIC_URL", "https://o.example").arg("wsdl"));
    let wsdl = String::from_utf8(printed.stdout).expect("a WSDL is UTF-8");
    assert!(wsdl.contains("location=\"https://o.example/calculator/Calculator\""), "{wsdl}");
}

#[test]
fn the_wsdl_goes_to_a_file_and_those_of_all_services_into_a_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let succeeds = |command: &mut Command| {
        let Output { status, stdout, stderr } = output(command);
        assert!(status.success() && stderr.is_empty(), "{}", String::from_utf8_lossy(&stderr));
        stdout
    };
    let printed = succeeds(calculator().arg("wsdl"));
    assert_eq!(succeeds(calculator().args(["wsdl", "-o", &path("one.wsdl")])), b"");
    assert_eq!(read("one.wsdl"), printed);
    assert_eq!(succeeds(calculator().args(["wsdl", "--output", "-"])), printed);
    succeeds(calculator().args(["wsdl", "-o", &path("new/")]));
    assert_eq!(read("new/Calculator.wsdl"), printed);

    let sink = || {
        let mut command = Command::new(example("kitchen_sink"));
        command.env("LISTEN", "127.0.0.1:0").env_remove("PUBLIC_URL").env_remove("CONTEXT_ROOT");
        command
    };
    succeeds(sink().args(["wsdl", "-o", &path("new")]));
    for service in ["Guarded", "KitchenSink", "Legacy"] {
        let printed = succeeds(sink().args(["wsdl", "--service", service]));
        assert_eq!(read(&format!("new/{service}.wsdl")), printed, "{service}");
    }
    succeeds(sink().args(["wsdl", "--service", "Legacy", "-o", &path("legacy/")]));
    let files = std::fs::read_dir(folder.path().join("legacy")).expect("it was made");
    assert_eq!(files.count(), 1);
    refuses(sink().args(["wsdl", "-o", &path("all.wsdl")]), &["--service", "Legacy", "-o FOLDER/"]);
    refuses(calculator().args(["wsdl", "-o", &path("nowhere/one.wsdl")]), &["nowhere/one.wsdl"]);
}

#[test]
fn nobody_has_to_read_the_wsdl() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let Output { status, stderr, .. } = output(calculator().arg("wsdl").stdout(writer));
    assert!(status.success() && stderr.is_empty(), "{}", String::from_utf8_lossy(&stderr));
}

/// A calculator that serves; it is killed with the test.
pub(crate) struct Running {
    child: Child,
    address: SocketAddr,
    pub(crate) endpoint: String,
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it was built");
        let lines = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
        let lines: Vec<String> = lines.take(3).map(|line| line.expect("it speaks UTF-8")).collect();
        let said = |what: &str| {
            let line = lines.iter().find_map(|line| line.trim().strip_prefix(what));
            line.unwrap_or_else(|| panic!("no {what} in {lines:?}")).trim().to_owned()
        };
        let (endpoint, wsdl) = (said("endpoint"), said("WSDL"));
        assert_eq!(wsdl, format!("{endpoint}?wsdl"));
        let port = endpoint.strip_prefix("http://localhost:").and_then(|rest| rest.split('/').next());
        let port: u16 = port.and_then(|port| port.parse().ok()).expect("a port");
        Self { child, address: SocketAddr::from(([127, 0, 0, 1], port)), endpoint }
    }

    fn post(&self, body: &str) -> Answer {
        self.post_to("/calculator/Calculator", body)
    }

    fn post_to(&self, path: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{body}").as_bytes()).expect("it reads");
        Answer::read(stream)
    }

    fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().cast_signed()), signal).expect("it runs");
    }

    /// What it logged, once it has ended by itself.
    fn log(mut self) -> String {
        let mut log = String::new();
        self.child.stderr.take().expect("it is a pipe").read_to_string(&mut log).expect("it speaks UTF-8");
        assert!(self.child.wait().expect("it was started").success(), "{log}");
        log
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const DIVIDE: &str = "<divide xmlns=\"urn:service:Calculator\"><a>1</a><b>0</b>\
                      <sessionToken>secret-token</sessionToken></divide>";

#[test]
fn it_serves_logs_without_tokens_and_ends_when_told() {
    let running = Running::start(&mut calculator());
    let answer = running.post(&soap11(DIVIDE));
    assert!(answer.fault("Client").contains("zero"));
    assert!(
        answer.body.contains("<tns:DivisionByZero><tns:dividend>1.0</tns:dividend></tns:DivisionByZero>"),
        "{answer:?}"
    );
    running.post("<a>secret-token</a>").client_fault();
    running.post(&soap11("<divide xmlns=\"urn:service:Calculator\">secret-token</divide>")).client_fault();
    running.signal(Signal::SIGTERM);
    let log = running.log();
    assert!(log.contains("1 cannot be divided by zero") && log.contains("shutting down"), "{log}");
    assert!(!log.contains("secret-token"), "{log}");
}

#[test]
fn log_lines_name_the_execution_and_cannot_be_forged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(example("waiter"));
    command.env_remove("CONTEXT_ROOT").env_remove("PUBLIC_URL").env("LISTEN", "127.0.0.1:0");
    let running = Running::start(command.env("WAITER_LOG_FOLDER", folder.path()));
    let path = running.endpoint.rsplit_once("/waiter/").map(|(root, _)| root.len()).expect("its path");
    assert!(running.endpoint[..path].ends_with("/sintef/docker_services"));
    let ask = "<getServiceStatus xmlns=\"tns\"><serviceID>nobody&#10;forged line</serviceID>\
               <sessionToken>secret-token</sessionToken></getServiceStatus>";
    let answer = running.post_to("/sintef/docker_services/waiter/Waiter", &soap11(ask));
    assert!(answer.client_fault().contains("nobody"));
    running.signal(Signal::SIGTERM);
    let log = running.log();
    assert!(log.contains("serviceID=\"nobody\\nforged line\"") && !log.contains("secret-token"), "{log}");
    assert!(!log.lines().any(|line| line.starts_with("forged")), "{log}");
}

#[test]
fn logs_can_be_json() {
    let running = Running::start(calculator().env("LOG_FORMAT", "json"));
    running.post(&soap11(DIVIDE));
    running.signal(Signal::SIGINT);
    let log = running.log();
    let line = log.lines().find(|line| line.contains("divided by zero")).expect("it is logged");
    assert!(line.starts_with('{') && line.contains("\"operation\":\"divide\""), "{line}");
}

#[test]
fn connections_that_stay_open_do_not_hold_up_the_end() {
    let running = Running::start(calculator().env("SHUTDOWN_TIMEOUT", "200ms"));
    let mut idle = TcpStream::connect(running.address).expect("it listens");
    let mut half = TcpStream::connect(running.address).expect("it listens");
    let head = "POST /calculator/Calculator HTTP/1.1
Host: x
Expect: 100-continue
Content-Length: 100

";
    half.write_all(head.as_bytes()).expect("it reads");
    // By then the call is open.
    half.read_exact(&mut [0; 25]).expect("it asks for the body");
    idle.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
    idle.set_read_timeout(Some(Duration::from_secs(60))).expect("an option of sockets");
    assert!(idle.read(&mut [0; 1000]).expect("it answers") > 0);
    running.signal(Signal::SIGTERM);
    let log = running.log();
    assert!(log.contains("cut off"), "{log}");
}

#[test]
fn slow_headers_are_given_up() {
    let running = Running::start(calculator().env("HEADER_TIMEOUT", "200ms"));
    let mut slow = TcpStream::connect(running.address).expect("it listens");
    slow.set_read_timeout(Some(Duration::from_secs(60))).expect("an option of sockets");
    slow.write_all(b"POST /calculator/Calculator HTTP/1.1\r\nHost: ").expect("it reads");
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).expect("the server closes it");
}
