//! What jobs leave behind: processes that live for a while, started in all ways that there are.

use std::ffi::OsString;
use std::io;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

/// `lab linger MARK [session | daemon | fork]`
pub(crate) const SUBCOMMAND: &str = "linger";

/// A test that has failed leaves them; not for ever.
const LIFETIME: Duration = Duration::from_secs(300);

/// Lives for a while; `session` in a session of its own, `daemon` as an orphan in one, `fork` does not
/// and leaves those that [`fork`] starts.
pub(crate) fn run(arguments: Vec<OsString>) -> ExitCode {
    let words: Vec<_> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let done = match words[..] {
        [_] => live(),
        [_, "session"] => nix::unistd::setsid().map_err(io::Error::from).and_then(|_| live()),
        // Its parent ends at once, so that nobody is left who could find it by its parent.
        [mark, "daemon"] => spawn(&mut command(mark, &["session"])),
        [mark, "fork"] => fork(mark),
        _ => Err(io::Error::other("usage: lab linger MARK [session | daemon | fork]")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn live() -> io::Result<()> {
    std::thread::sleep(LIFETIME);
    Ok(())
}

/// Starts five of them: plain, in a process group of its own, in a session of its own, as a daemon,
/// and from a shell in the background.
pub(crate) fn fork(mark: &str) -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    spawn(&mut command(mark, &[]))?;
    spawn(command(mark, &[]).process_group(0))?;
    spawn(&mut command(mark, &["session"]))?;
    // It ends at once, and is waited for.
    command(mark, &["daemon"]).stdin(Stdio::null()).status()?;
    let mut shell = Command::new("sh");
    shell.args(["-c", "\"$0\" linger \"$1\" & exit 0"]).arg(std::env::current_exe()?).arg(mark);
    shell.stdin(Stdio::null()).status()?;
    Ok(())
}

fn command(mark: &str, words: &[&str]) -> Command {
    // The name may have gone from the disk meanwhile; the program has not.
    let mut command = Command::new("/proc/self/exe");
    command.arg(SUBCOMMAND).arg(mark).args(words);
    command
}

fn spawn(command: &mut Command) -> io::Result<()> {
    command.stdin(Stdio::null()).spawn().map(drop)
}
