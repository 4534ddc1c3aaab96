//! Processes of the operating system: which one it was, whether it still is, and how a job's are
//! all found and killed.
//!
//! A process id alone says little, for ids are given out again. With the boot of the machine and
//! the time of its start it names one process for ever.
//!
//! All processes of a job have [`MARKER`] in their environment, inherited from the first of them,
//! also when they left its process group or session, or lost their parent. So they are found
//! without a privilege, and after the server that started them is gone. What cleans its environment
//! and leaves the session as well is not found: that takes a control group, and so a privilege.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

/// The environment variable that a job's processes have, with [`mark`] as its value.
pub(crate) const MARKER: &str = "SOAP_JOB";

/// How long between two looks at what does not go away at once.
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// What marks the processes of one job. The folder is in it, for two servers may know jobs of one name.
pub(crate) fn mark(folder: &Path) -> String {
    folder.display().to_string()
}

/// One process, told apart from all that have or had its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) pid: i32,
    /// In clock ticks since the boot.
    started: u64,
    boot: String,
}

impl Identity {
    /// This process.
    pub(crate) fn own() -> Option<Self> {
        Self::of(i32::try_from(std::process::id()).ok()?)
    }

    /// The process that has the id now.
    pub(crate) fn of(pid: i32) -> Option<Self> {
        let stat = Stat::of(pid)?;
        Some(Self { pid, started: stat.started, boot: boot()? })
    }

    /// Whether it is there; one that has ended and was not waited for is not.
    pub(crate) fn is_alive(&self) -> bool {
        let found = Stat::of(self.pid).filter(|stat| stat.started == self.started && !stat.is_zombie);
        found.is_some() && boot().as_ref() == Some(&self.boot)
    }

    /// Asks it to end.
    pub(crate) fn terminate(&self) {
        if self.is_alive() {
            // It may be gone by now, which is what is wanted.
            let _ = kill(Pid::from_raw(self.pid), Signal::SIGTERM);
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.pid, self.started, self.boot)
    }
}

impl FromStr for Identity {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [pid, started, boot] = words[..] else { return Err("three words make a process") };
        // Ids up to 1 mean other things to a signal than one process, or the first one of all.
        let pid = pid.parse().ok().filter(|pid| *pid > 1).ok_or("the first word is its id")?;
        let started = started.parse().map_err(|_| "the second word is a number")?;
        Ok(Self { pid, started, boot: boot.to_owned() })
    }
}

fn boot() -> Option<String> {
    let id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    Some(id.trim().to_owned())
}

/// What `/proc/PID/stat` says.
struct Stat {
    is_zombie: bool,
    session: i32,
    started: u64,
}

impl Stat {
    fn of(pid: i32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name, in brackets, may hold anything; the fields behind it count from 3.
        let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3).copied();
        Some(Self {
            is_zombie: matches!(field(3)?, "Z" | "X"),
            session: field(6)?.parse().ok()?,
            started: field(22)?.parse().ok()?,
        })
    }
}

/// Kills all processes that have `mark`, and all of the session that `leader` leads, until there is
/// none; whether that was so before `patience` was over. Blocks.
///
/// `own` is the child that somebody else here waits for: its end is left to be found by them.
pub(crate) fn kill_all(mark: &str, leader: Option<&Identity>, own: Option<i32>, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        let found = find(mark, leader);
        for &pid in &found {
            let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
            if Some(pid) != own {
                // An orphan is the child of the first process, which in a container is the server.
                let _ = waitpid(Pid::from_raw(pid), Some(WaitPidFlag::WNOHANG));
            }
        }
        if found.is_empty() {
            return true;
        }
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// The living processes that have `mark`, or are in the session of `leader` while that lives.
fn find(mark: &str, leader: Option<&Identity>) -> Vec<i32> {
    let session = leader.filter(|leader| leader.is_alive()).map(|leader| leader.pid);
    let own = i32::try_from(std::process::id()).unwrap_or(0);
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|&pid| {
        pid != own
            && Stat::of(pid).is_some_and(|stat| {
                !stat.is_zombie && (Some(stat.session) == session || has_mark(pid, mark.as_bytes()))
            })
    })
    .collect()
}

fn has_mark(pid: i32, mark: &[u8]) -> bool {
    // Those of others cannot be read, and are not ours.
    let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let marked = |entry: &[u8]| {
        entry
            .strip_prefix(MARKER.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"="))
            .is_some_and(|value| value == mark)
    };
    environment.split(|&byte| byte == 0).any(marked)
}

/// Whether a process with that id exists at all, ended or not.
#[cfg(test)]
fn exists(pid: i32) -> bool {
    kill(Pid::from_raw(pid), None) != Err(nix::errno::Errno::ESRCH)
}

#[cfg(test)]
mod tests {
    use std::process::{Child, Command, Stdio};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(30);

    fn spawn(mark: &str, script: &str) -> Child {
        let mut command = Command::new("sh");
        command.args(["-c", script]).env(MARKER, mark).stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().expect("there is a shell")
    }

    fn pid(child: &Child) -> i32 {
        i32::try_from(child.id()).expect("ids are small")
    }

    #[test]
    fn a_process_is_known_by_more_than_its_id() {
        let own = Identity::own().expect("it runs");
        assert!(own.is_alive());
        assert_eq!(own.to_string().parse(), Ok(own.clone()));
        assert!(!Identity { started: own.started + 1, ..own.clone() }.is_alive());
        assert!(!Identity { boot: "another".to_owned(), ..own }.is_alive());
        for bad in ["", "1 2 boot", "-5 2 boot", "0 2 boot", "7 x boot", "7 8"] {
            assert!(bad.parse::<Identity>().is_err(), "{bad}");
        }
    }

    #[test]
    fn one_that_has_ended_is_not_alive_though_nobody_waited_for_it() {
        let mut child = spawn("ended", "exit 0");
        let identity = Identity::of(pid(&child));
        let deadline = Instant::now() + PATIENCE;
        while identity.as_ref().is_some_and(Identity::is_alive) {
            assert!(Instant::now() < deadline, "it never ended");
            std::thread::sleep(BETWEEN_LOOKS);
        }
        assert!(exists(pid(&child)), "it waits to be waited for");
        child.wait().expect("it is ours");
    }

    #[test]
    fn children_are_killed_wherever_they_went() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mark = mark(folder.path());
        let mut job =
            spawn(&mark, "sleep 600 & setsid sleep 600 & (setsid sh -c 'sleep 600 & sleep 600' &) ; sleep 600");
        let mut other = spawn(&(mark.clone() + "0"), "sleep 600");
        let deadline = Instant::now() + PATIENCE;
        while find(&mark, None).len() < 6 {
            assert!(Instant::now() < deadline, "they never came: {:?}", find(&mark, None));
            std::thread::sleep(BETWEEN_LOOKS);
        }
        let all = find(&mark, None);
        assert!(kill_all(&mark, None, Some(pid(&job)), PATIENCE));
        job.wait().expect("it is ours");
        assert!(all.iter().all(|&pid| Stat::of(pid).is_none_or(|stat| stat.is_zombie)));
        assert!(other.try_wait().expect("it is ours").is_none(), "one with another mark lives on");
        // With what it has started, which would go on, and keep whoever reads its output waiting.
        assert!(kill_all(&(mark + "0"), None, Some(pid(&other)), PATIENCE));
        other.wait().expect("it is ours");
    }
}
