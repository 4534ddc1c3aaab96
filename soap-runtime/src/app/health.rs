//! `health`: asks a server that runs with these settings whether it is well, for container engines and
//! scripts that have no HTTP client.
//!
//! It speaks HTTP by hand: one `GET` needs no library, and the answer is a line of ours.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};

use super::command::{program_name, settings_but};
use super::output::print;
use super::settings::{Settings, duration};

/// Asks whether the server is well.
pub(super) const HEALTH: &str = "health";

/// The settings that say where it is.
const SETTINGS: [&str; 2] = ["listen", "context_root"];
/// More than a server of ours ever says there.
const LONGEST_ANSWER: u64 = 64 << 10;

/// `health`, for a program with this command line.
pub(super) fn command(parent: &Command) -> Command {
    let ready = Arg::new("ready").long("ready").action(ArgAction::SetTrue);
    let timeout = Arg::new("timeout").long("timeout").value_name("TIME").value_parser(duration).default_value("3s");
    Command::new(HEALTH)
        .about("Asks the server at LISTEN whether it is well; exit code 0 or 1")
        .after_help(format!("Example: {} {HEALTH} --ready", program_name()))
        .args(settings_but(parent, &SETTINGS))
        .arg(ready.help("Asks whether it takes calls, and not only whether it lives"))
        .arg(timeout.help("Longest time for the answer"))
}

/// Says one line: `ok` or `ready`, or what is wrong.
pub(super) fn run(settings: &Settings, arguments: &ArgMatches) -> ExitCode {
    let (path, word) = if arguments.get_flag("ready") { ("/ready", "ready") } else { ("/health", "ok") };
    let timeout = arguments.get_one("timeout").copied().unwrap_or(Duration::from_secs(3));
    match ask(&settings.listen, &path_below(&settings.context_root, path), timeout) {
        Ok(()) => {
            // The exit code tells it, too.
            let _printed = print(|out| writeln!(out, "{word}"));
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// At the root of the server, whatever its context root; but for one that has this very name.
fn path_below(context_root: &str, path: &str) -> String {
    if context_root == path { format!("{context_root}{path}") } else { path.to_owned() }
}

/// Whether the server answers 200 in time. All of it happens on a thread, since neither the look-up of a name
/// nor an answer that drips can be given a deadline otherwise.
fn ask(listen: &str, path: &str, timeout: Duration) -> Result<(), String> {
    let (said, heard) = mpsc::channel();
    let (asked, at) = (listen.to_owned(), path.to_owned());
    std::thread::spawn(move || {
        // Nobody listens once the time has passed.
        let _heard = said.send(get(&asked, &at));
    });
    match heard.recv_timeout(timeout) {
        Ok(Ok(answer)) => verdict(&answer).map_err(|reason| format!("the server at {listen} {reason}")),
        Ok(Err(error)) => Err(format!("the server at {listen} cannot be asked: {error}")),
        Err(_) => Err(format!("the server at {listen} does not answer {path} within {} s", timeout.as_secs_f32())),
    }
}

/// What a server says at `path`, head and body.
fn get(listen: &str, path: &str) -> io::Result<Vec<u8>> {
    let addresses: Vec<SocketAddr> = listen.to_socket_addrs()?.map(connectable).collect();
    if addresses.iter().any(|address| address.port() == 0) {
        return Err(io::Error::other("LISTEN leaves its port open; say the one that it has"));
    }
    let mut stream = TcpStream::connect(&addresses[..])?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.take(LONGEST_ANSWER).read_to_end(&mut answer)?;
    Ok(answer)
}

/// Who listens everywhere listens here, too.
fn connectable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
        });
    }
    address
}

/// 200 is well; anything else comes with a line that says why.
fn verdict(answer: &[u8]) -> Result<(), String> {
    let text = String::from_utf8_lossy(answer);
    let status = text.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5));
    let Some(status) = status else {
        return Err("does not speak HTTP".to_owned());
    };
    if status == "200" {
        return Ok(());
    }
    let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    let line: String = body.lines().next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(500).collect();
    Err(if line.is_empty() { format!("answers {status}") } else { format!("answers {status}: {line}") })
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// Somebody who gives one caller this answer, and then leaves.
    fn answering(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody asks");
            let mut asked = [0; 1000];
            let length = stream.read(&mut asked).expect("it says what it wants");
            assert!(asked[..length].starts_with(b"GET /health HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).expect("it listens");
        });
        address.to_string()
    }

    fn asked(answer: &'static str) -> Result<(), String> {
        let listen = answering(answer);
        ask(&listen, "/health", Duration::from_secs(60)).map_err(|reason| reason.replace(&listen, "L"))
    }

    #[test]
    fn only_200_is_well_and_the_line_says_why() {
        assert_eq!(asked("HTTP/1.1 200 OK\r\n\r\nok\n"), Ok(()));
        for (answer, reason) in [
            ("HTTP/1.1 503 x\r\nA: b\r\n\r\ndrai\u{1b}ning\nmore", "the server at L answers 503: draining"),
            ("HTTP/1.0 404 x\r\n\r\n", "the server at L answers 404"),
            ("SSH-2.0-OpenSSH\r\n", "the server at L does not speak HTTP"),
            ("", "the server at L does not speak HTTP"),
        ] {
            assert_eq!(asked(answer), Err(reason.to_owned()), "{answer}");
        }
    }

    #[test]
    fn a_server_that_is_silent_is_given_up() {
        let silent = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let listen = silent.local_addr().expect("it is bound").to_string();
        let reason = ask(&listen, "/health", Duration::from_millis(50)).expect_err("it says nothing");
        assert_eq!(reason, format!("the server at {listen} does not answer /health within 0.05 s"));
        drop(silent);
        let reason = ask(&listen, "/health", Duration::from_secs(60)).expect_err("it is gone");
        assert!(reason.starts_with(&format!("the server at {listen} cannot be asked: ")), "{reason}");
    }

    #[test]
    fn a_port_that_is_left_open_cannot_be_asked() {
        let reason = ask("localhost:0", "/health", Duration::from_secs(60)).expect_err("there is no port");
        assert!(reason.contains("LISTEN leaves its port open"), "{reason}");
    }

    #[test]
    fn who_listens_everywhere_is_asked_at_home() {
        for (listen, expected) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("10.1.2.3:80", "10.1.2.3:80"),
            ("[::1]:80", "[::1]:80"),
        ] {
            let address: SocketAddr = listen.parse().expect("an address");
            assert_eq!(connectable(address).to_string(), expected, "{listen}");
        }
    }

    #[test]
    fn a_context_root_of_the_same_name_does_not_answer_in_its_place() {
        assert_eq!(path_below("", "/health"), "/health");
        assert_eq!(path_below("/r", "/health"), "/health");
        assert_eq!(path_below("/health", "/health"), "/health/health");
        assert_eq!(path_below("/health", "/ready"), "/ready");
    }
}
