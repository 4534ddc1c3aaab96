//! Processes, as all tests see them that run some.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// Long enough for any machine; nothing waits for as long as that unless it fails.
pub(crate) const LONG: Duration = Duration::from_secs(60);

#[track_caller]
pub(crate) fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + LONG;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "it never happened");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The port where a program listens that says where each of its services is; nothing if it ends without.
pub(crate) fn port_of(child: &mut Child, services: usize) -> Option<u16> {
    let said = BufReader::new(child.stdout.take().expect("it is a pipe"));
    let wsdls = said.lines().map_while(Result::ok).filter_map(|line| {
        let wsdl = line.trim().strip_prefix("WSDL")?.trim().to_owned();
        wsdl.strip_prefix("http://localhost:")?.split('/').next()?.parse().ok()
    });
    // To the last line: who closes a pipe too early breaks the program that writes to it.
    wsdls.take(services).last()
}

/// The processes there are.
pub(crate) fn all() -> impl Iterator<Item = i32> {
    let processes = fs::read_dir("/proc").expect("these tests run on Linux").flatten();
    processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// Living processes of jobs below `folder`: they have that in their environment.
pub(crate) fn marked(folder: &Path) -> Vec<i32> {
    let mark = [b"SOAP_JOB=", folder.as_os_str().as_encoded_bytes(), b"/"].concat();
    all()
        .filter(|id| {
            let environment = fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
            environment.split(|&byte| byte == 0).any(|entry| entry.starts_with(&mark))
        })
        .collect()
}

/// Kills what `find` finds until there is nothing: one that is killed may just have started another.
pub(crate) fn kill_all(find: impl Fn() -> Vec<i32>) {
    let deadline = Instant::now() + LONG;
    while Instant::now() < deadline {
        let left = find();
        if left.is_empty() {
            return;
        }
        for process in left {
            // It may have ended meanwhile.
            let _ = kill(Pid::from_raw(process), Signal::SIGKILL);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Whether a process has ended, waited for or not.
pub(crate) fn has_ended(process: i32) -> bool {
    stat_of(process).is_none_or(|stat| stat.state == "Z")
}

/// Children that have ended and that nobody has waited for.
pub(crate) fn zombies_of(parent: u32) -> usize {
    let parent = parent.to_string();
    all().filter_map(stat_of).filter(|stat| stat.state == "Z" && stat.parent == parent).count()
}

struct Stat {
    state: String,
    parent: String,
}

fn stat_of(process: i32) -> Option<Stat> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before it, in brackets, may hold anything.
    let mut fields = stat.rsplit(')').next()?.split_whitespace().map(str::to_owned);
    Some(Stat { state: fields.next()?, parent: fields.next()? })
}

pub(crate) fn sigkill(process: i32) {
    kill(Pid::from_raw(process), Signal::SIGKILL).expect("it runs");
}
