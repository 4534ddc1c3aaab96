//! Processes of the operating system: which one it was, whether it still is, and how a job's are
//! all found and killed.
//!
//! A process id alone says little, for ids are given out again. With the boot of the machine and
//! the time of its start it names one process for ever.
//!
//! All processes of a job have [`MARKER`] in their environment, inherited from the first of them,
//! also when they left its process group or session, or lost their parent. So they are found
//! without a privilege, and after the server that started them is gone. What empties its environment
//! is found by its session or group ([`Kin`]). What leaves these as well is not: that takes a control
//! group, and so a privilege.

use std::fmt;
use std::fs;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::time::{ClockId, clock_gettime};
use nix::unistd::{Pid, SysconfVar, sysconf};

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

    /// How long it has run, by a clock that nobody sets.
    pub(crate) fn age(&self) -> Duration {
        let now = clock_gettime(ClockId::CLOCK_BOOTTIME).map(Duration::from).unwrap_or_default();
        let per_second = sysconf(SysconfVar::CLK_TCK).ok().flatten().and_then(|ticks| u32::try_from(ticks).ok());
        now.saturating_sub(Duration::from_secs(self.started) / per_second.unwrap_or(100).max(1))
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

/// Processes that belong to a first one, whatever their environment.
#[derive(Clone, Debug)]
pub(crate) enum Kin {
    /// Those of its session.
    Session(Identity),
    /// Those of its process group.
    Group(Identity),
}

impl Kin {
    fn first(&self) -> &Identity {
        match self {
            Self::Session(first) | Self::Group(first) => first,
        }
    }

    /// Whether they can still be told: the id of the first one is given out again only when no session
    /// and no group has it any more.
    fn is_known(&self) -> bool {
        let first = self.first();
        boot().as_ref() == Some(&first.boot) && Stat::of(first.pid).is_none_or(|stat| stat.started == first.started)
    }

    fn has(&self, stat: &Stat) -> bool {
        match self {
            Self::Session(first) => stat.session == first.pid,
            Self::Group(first) => stat.group == first.pid,
        }
    }
}

/// What `/proc/PID/stat` says.
struct Stat {
    is_zombie: bool,
    group: i32,
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
            group: field(5)?.parse().ok()?,
            session: field(6)?.parse().ok()?,
            started: field(22)?.parse().ok()?,
        })
    }
}

/// Kills all processes that have one of the marks, and all `kin`, until there is none; whether that was
/// so before `patience` was over. Blocks.
///
/// The first one of the kin must have been alive a moment ago. `own` is the child that somebody else
/// here waits for: its end is left to be found by them.
pub(crate) fn kill_all(marks: &[String], kin: Option<&Kin>, own: Option<i32>, patience: Duration) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        let found = find(marks, kin);
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

/// Whether there is a living process that has one of the marks.
pub(crate) fn is_any_alive(marks: &[String]) -> bool {
    !find(marks, None).is_empty()
}

/// The living processes that have one of the marks, or are kin.
fn find(marks: &[String], kin: Option<&Kin>) -> Vec<i32> {
    let kin = kin.filter(|kin| kin.is_known());
    let own = i32::try_from(std::process::id()).unwrap_or(0);
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    pids.filter(|&pid| {
        pid != own
            && Stat::of(pid)
                .is_some_and(|stat| !stat.is_zombie && (kin.is_some_and(|kin| kin.has(&stat)) || has_mark(pid, marks)))
    })
    .collect()
}

fn has_mark(pid: i32, marks: &[String]) -> bool {
    // Those of others cannot be read, and are not ours.
    let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    let marked = |entry: &[u8]| {
        entry
            .strip_prefix(MARKER.as_bytes())
            .and_then(|rest| rest.strip_prefix(b"="))
            .is_some_and(|value| marks.iter().any(|mark| mark.as_bytes() == value))
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
    use std::os::unix::process::CommandExt;
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

    fn wait_for(at_least: usize, marks: &[String], kin: Option<&Kin>) -> Vec<i32> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let found = find(marks, kin);
            if found.len() >= at_least {
                return found;
            }
            assert!(Instant::now() < deadline, "they never came: {found:?}");
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    #[test]
    fn a_process_is_known_by_more_than_its_id() {
        let own = Identity::own().expect("it runs");
        assert!(own.is_alive());
        assert!(own.age() < PATIENCE * 100, "{:?}", own.age());
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
        let marks = [mark(folder.path())];
        let mut job =
            spawn(&marks[0], "sleep 600 & setsid sleep 600 & (setsid sh -c 'sleep 600 & sleep 600' &) ; sleep 600");
        // It becomes the program, which a shell that only starts it would leave behind.
        let mut other = spawn(&(marks[0].clone() + "0"), "exec sleep 600");
        let all = wait_for(6, &marks, None);
        assert!(kill_all(&marks, None, Some(pid(&job)), PATIENCE));
        job.wait().expect("it is ours");
        assert!(all.iter().all(|&pid| Stat::of(pid).is_none_or(|stat| stat.is_zombie)));
        assert!(other.try_wait().expect("it is ours").is_none(), "one with another mark lives on");
        other.kill().expect("it runs");
        other.wait().expect("it is ours");
    }

    #[test]
    fn kin_are_killed_without_a_mark_and_after_the_first_of_them_has_ended() {
        let (mut group, mut session) = (Command::new("sh"), Command::new("setsid"));
        group.process_group(0);
        session.arg("sh");
        for (command, kin) in [(&mut group, Kin::Group as fn(_) -> _), (&mut session, Kin::Session)] {
            command.args(["-c", "env -i sleep 600 & exec sleep 600"]);
            let mut first = command.spawn().expect("there is a shell");
            let kin = kin(Identity::of(pid(&first)).expect("it runs"));
            wait_for(2, &[], Some(&kin));
            first.kill().expect("it runs");
            first.wait().expect("it is ours");
            assert_eq!(find(&[], Some(&kin)).len(), 1);
            assert!(kill_all(&[], Some(&kin), None, PATIENCE));
            assert!(find(&[], Some(&kin)).is_empty());
        }
    }
}
