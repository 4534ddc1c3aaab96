//! Executions as real processes. In place of the waiting program stand small shell scripts, which say
//! who they are as the program does.

use std::time::SystemTime;

use super::*;

/// Long enough for any machine; nothing here waits for as long as that unless it fails.
const LONG: Duration = Duration::from_secs(60);

fn script(folder: &Path, script: &str) -> io::Result<Command> {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("echo $$ > .id && mv .id process.txt; {script}")).current_dir(folder);
    Ok(command)
}

fn stays(folder: &Path, _: u32) -> io::Result<Command> {
    script(folder, "sleep 600 & sleep 600")
}

fn finishes(folder: &Path, _: u32) -> io::Result<Command> {
    script(folder, "printf FINISHED > .result && mv .result result.txt")
}

fn fails(folder: &Path, _: u32) -> io::Result<Command> {
    script(folder, "echo no more patience >&2; exit 7")
}

fn is_missing(_: &Path, _: u32) -> io::Result<Command> {
    Ok(Command::new("/no/such/program"))
}

fn executions(program: Program) -> (tempfile::TempDir, Executions) {
    let directory = tempfile::tempdir().expect("a temporary folder");
    let executions = Executions::new(directory.path(), program);
    (directory, executions)
}

fn eventually<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + LONG;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "it never happened");
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

fn ended(executions: &Executions, service_id: &str) -> Result<Progress, ExecutionError> {
    eventually(|| match executions.progress(service_id) {
        Ok(Progress::Running(_)) => None,
        ended => Some(ended),
    })
}

#[test]
fn an_execution_begins_at_zero_and_ends_with_its_result() {
    let (_directory, executions) = executions(stays);
    assert_eq!(executions.start("a", 5).expect("started"), Progress::Running(0));
    executions.folder("a").write_percent(40).expect("written");
    assert_eq!(executions.progress("a").expect("known"), Progress::Running(40));
    executions.folder("a").write_percent(100).expect("written");
    assert_eq!(executions.progress("a").expect("known"), Progress::Running(99), "not before the result is there");
    executions.folder("a").write_result("FINISHED").expect("written");
    for _ in 0..2 {
        assert_eq!(executions.progress("a").expect("known"), Progress::Finished("FINISHED".to_owned()));
    }
    kill(&executions.folder("a")).expect("gone");
}

#[test]
fn no_seconds_are_over_at_once_without_a_process() {
    let (_directory, executions) = executions(is_missing);
    assert_eq!(executions.start("a", 0).expect("started"), Progress::Finished("FINISHED".to_owned()));
    assert_eq!(executions.progress("a").expect("known"), Progress::Finished("FINISHED".to_owned()));
}

#[test]
fn a_second_start_is_answered_from_the_first_or_refused() {
    let (_directory, executions) = executions(stays);
    executions.start("a", 5).expect("started");
    executions.folder("a").write_percent(60).expect("written");
    assert_eq!(executions.start("a", 5).expect("the same"), Progress::Running(60));
    assert!(matches!(executions.start("a", 6), Err(ExecutionError::OtherInputs(5))));
    executions.abort("a").expect("aborted");
}

#[test]
fn of_many_who_start_at_once_one_runs_a_process() {
    let (directory, executions) = executions(stays);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| executions.start("a", 5).expect("started or found"));
        }
    });
    let folders = fs::read_dir(directory.path()).expect("the root").count();
    assert_eq!(folders, 1, "the claims that lost are gone");
    executions.abort("a").expect("aborted");
}

#[test]
fn folders_stay_below_the_root_whatever_the_service_id() {
    let (directory, executions) = executions(is_missing);
    let hostile = ["../../etc/passwd", "/etc", ".", "..", "a\0b", "%2e%2e", "ä\u{202e}", &"x".repeat(10_000)];
    for service_id in hostile {
        executions.start(service_id, 0).expect("started");
        executions.progress(service_id).expect("known");
    }
    let names: Vec<_> = fs::read_dir(directory.path()).expect("the root").collect();
    assert_eq!(names.len(), hostile.len());
}

#[test]
fn folders_are_for_their_owner_only() {
    let (_directory, executions) = executions(is_missing);
    executions.start("a", 0).expect("started");
    let metadata = fs::metadata(executions.folder("a").path()).expect("there");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o700);
}

#[test]
fn an_execution_that_was_never_started_is_unknown() {
    let (_directory, executions) = executions(stays);
    assert!(matches!(executions.progress("a"), Err(ExecutionError::Unknown)));
    assert!(matches!(executions.abort("a"), Err(ExecutionError::Unknown)));
}

#[test]
fn an_abort_leaves_no_process_not_even_a_grandchild() {
    let (_directory, executions) = executions(stays);
    executions.start("a", 5).expect("started");
    let folder = executions.folder("a");
    let group = eventually(|| folder.process_group().expect("readable"));
    executions.abort("a").expect("aborted");
    assert!(!folder.is_alive().expect("a log"));
    eventually(|| (killpg(Pid::from_raw(group), None) == Err(Errno::ESRCH)).then_some(()));
    assert!(matches!(executions.progress("a"), Err(ExecutionError::Aborted)));
    assert!(matches!(executions.start("a", 5), Err(ExecutionError::Aborted)));
    executions.abort("a").expect("nothing is left to abort");
}

#[test]
fn an_abort_right_after_the_start_finds_the_process() {
    for _ in 0..10 {
        let (_directory, executions) = executions(stays);
        executions.start("a", 5).expect("started");
        executions.abort("a").expect("aborted");
        assert!(!executions.folder("a").is_alive().expect("a log"));
    }
}

#[test]
fn what_has_finished_stays_finished_after_an_abort() {
    let (_directory, executions) = executions(finishes);
    executions.start("a", 5).expect("started");
    assert_eq!(ended(&executions, "a").expect("a result"), Progress::Finished("FINISHED".to_owned()));
    executions.abort("a").expect("nothing is left to abort");
    assert_eq!(executions.progress("a").expect("a result"), Progress::Finished("FINISHED".to_owned()));
}

#[test]
fn a_program_that_ends_without_a_result_has_failed_with_its_last_words() {
    let (_directory, executions) = executions(fails);
    executions.start("a", 5).expect("started");
    eventually(|| match executions.progress("a") {
        Err(ExecutionError::Failed(reason)) => {
            reason.ends_with("`no more patience; the program ended with exit status: 7`").then_some(())
        }
        _ => None,
    });
}

#[test]
fn a_program_that_cannot_be_started_leaves_nothing_behind() {
    let (directory, executions) = executions(is_missing);
    assert!(matches!(executions.start("a", 5), Err(ExecutionError::Files(_))));
    assert!(matches!(executions.progress("a"), Err(ExecutionError::Unknown)));
    assert_eq!(fs::read_dir(directory.path()).expect("the root").count(), 0);
}

#[test]
fn a_claim_whose_server_died_before_it_ran_anything_has_failed() {
    let (_directory, executions) = executions(stays);
    let folder = executions.folder("a");
    fs::create_dir(folder.path()).expect("created");
    folder.write_request("a", 5).expect("written");
    drop(folder.create_log().expect("a log"));
    assert!(matches!(executions.progress("a"), Err(ExecutionError::Failed(reason)) if reason.contains("stopped")));
}

#[test]
fn another_server_on_the_same_folder_takes_up_what_runs() {
    let (directory, first) = executions(stays);
    first.start("runs", 5).expect("started");
    first.start("to abort", 5).expect("started");
    first.folder("to abort").mark_aborted().expect("an abort that got no further");
    let second = Executions::new(directory.path(), stays);
    assert_eq!(second.recover().expect("readable"), 1);
    assert!(!second.folder("to abort").is_alive().expect("a log"));
    assert_eq!(second.progress("runs").expect("known"), Progress::Running(0));
    second.abort("runs").expect("aborted");
}

#[test]
fn only_what_ended_long_enough_ago_is_cleared_away() {
    let (directory, executions) = executions(stays);
    executions.start("runs", 5).expect("started");
    executions.start("finished", 0).expect("started");
    fs::create_dir(directory.path().join("somebody else's")).expect("created");
    let day = Duration::from_secs(24 * 60 * 60);
    let now = SystemTime::now();
    assert_eq!(executions.clear_away(7 * day, now + 6 * day).expect("looked at"), 0);
    assert_eq!(executions.clear_away(7 * day, now + 8 * day).expect("looked at"), 1);
    assert!(matches!(executions.progress("finished"), Err(ExecutionError::Unknown)));
    assert_eq!(executions.progress("runs").expect("kept"), Progress::Running(0));
    assert!(directory.path().join("somebody else's").exists());
    executions.abort("runs").expect("aborted");
}
