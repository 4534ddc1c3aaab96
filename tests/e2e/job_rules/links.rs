//! Folders into which somebody put what does not belong there: links, pipes, folders in place of
//! files. Nothing of it is followed or shown, nothing outside changes, and nobody hangs.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nix::sys::stat::Mode;
use nix::unistd::mkfifo;

use super::client::{Client, Told, argument};
use super::places::{Folder, Here, Program};
use crate::processes::{eventually, marked};

const SECRET: &str = "5\nnobody may see this";

/// A folder that is no job's, with files that a job's folder may have.
struct Elsewhere(tempfile::TempDir);

impl Elsewhere {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["secret", "status.html", "result.txt", "progress", "outputs.xml", "log.txt"] {
            fs::write(folder.path().join(name), SECRET).expect("written");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// All of it that could be changed.
    fn content(&self) -> BTreeMap<PathBuf, Option<String>> {
        let entries = fs::read_dir(self.0.path()).expect("a folder").flatten();
        entries.map(|entry| (entry.path(), fs::read_to_string(entry.path()).ok())).collect()
    }
}

/// In place of what may be there already.
fn plant(path: &Path, plant: impl FnOnce(&Path)) {
    let _ = fs::remove_file(path);
    let _ = fs::remove_dir_all(path);
    plant(path);
}

fn is_discreet(told: &Told) {
    let text = format!("{told:?}");
    assert!(!text.contains("nobody may see this"), "{text}");
}

/// The folder of a job whose program wrote `name`.
fn folder_of(folder: &Folder, name: &str) -> PathBuf {
    let is_it = |job: &PathBuf| fs::read_to_string(job.join("name")).is_ok_and(|found| found.trim() == name);
    eventually(|| folder.of_jobs().into_iter().find(is_it))
}

fn start(client: &Client, id: &str) {
    let shell = format!("echo '{id}' > name; while [ ! -e stop ]; do sleep 0.05; done");
    client.start_with("startProgram", id, &argument("shell", &shell)).page();
}

/// Each of the files replaced by each of the things, in a job of its own.
fn stands_what_is_put_into_folders(client: &Client, folder: &Folder) {
    let elsewhere = Elsewhere::new();
    let before = elsewhere.content();
    let files = ["status.html", "status.txt", "progress", "log.txt", "result.txt", "notifications.txt", "messages.txt"];
    let kinds = ["link", "loose link", "pipe", "folder"];
    let ids: Vec<_> = files.iter().flat_map(|file| kinds.map(|kind| (format!("{kind} {file}"), *file, kind))).collect();
    ids.iter().for_each(|(id, ..)| start(client, id));
    let folders: Vec<_> = ids.iter().map(|(id, ..)| folder_of(folder, id)).collect();
    for ((_, file, kind), job) in ids.iter().zip(&folders) {
        plant(&job.join(file), |path| match *kind {
            "link" => symlink(elsewhere.path("secret"), path).expect("linked"),
            "loose link" => symlink(elsewhere.path("nothing"), path).expect("linked"),
            "pipe" => mkfifo(path, Mode::S_IRWXU).expect("made"),
            _ => fs::create_dir(path).expect("made"),
        });
        client.try_notify(&format!("{kind} {file}"), "a message");
    }
    let looked = Instant::now() + Duration::from_millis(800);
    while Instant::now() < looked {
        ids.iter().for_each(|(id, ..)| is_discreet(&client.status(id)));
    }
    for ((id, ..), job) in ids.iter().zip(&folders) {
        fs::write(job.join("stop"), "").expect("the folder is there");
        is_discreet(&client.wait(id));
    }
    assert_eq!(elsewhere.content(), before);
    start(client, "another");
    assert!(client.abort("another"));
    assert!(marked(folder.path()).is_empty());
}

#[test]
fn what_is_put_into_the_folder_of_a_task_is_not_followed() {
    let folder = Folder::new();
    let here = Here::open(folder.path(), |_| {});
    stands_what_is_put_into_folders(&here.client(), &folder);
}

#[test]
fn what_is_put_into_the_folder_of_a_process_is_not_followed() {
    let folder = Folder::new();
    let program = Program::start(folder.path(), &[("MAX_RUNNING", "40")]);
    stands_what_is_put_into_folders(&program.client(), &folder);
}

#[test]
fn what_is_put_there_while_there_is_no_server_is_not_followed() {
    let (folder, elsewhere) = (Folder::new(), Elsewhere::new());
    let first = Program::start(folder.path(), &[("MAX_RUNNING", "20")]);
    let kept = elsewhere.path("kept");
    fs::create_dir(&kept).expect("made");
    let ids = [
        "the job",
        "the attempt",
        "outputs",
        "exit as a link",
        "exit as a pipe",
        "exit as a folder",
        "process",
        "token",
        "its page",
        "the job of one that has ended",
    ];
    ids.iter().for_each(|id| start(&first.client(), id));
    let folders = ids.map(|id| folder_of(&folder, id));
    first.kill_9();
    for (id, job) in ids.iter().zip(&folders) {
        let has_ended = !["the job", "its page"].contains(id);
        if has_ended {
            fs::write(job.join("stop"), "").expect("the folder is there");
            eventually(|| job.join("attempt-1/exit").exists().then_some(()));
        }
        let link = |path: &Path| symlink(elsewhere.path("secret"), path).expect("linked");
        let folder_link = |path: &Path| {
            fs::rename(path, kept.join(id)).expect("moved");
            symlink(elsewhere.0.path(), path).expect("linked");
        };
        match *id {
            "the job" | "the job of one that has ended" => folder_link(job),
            "the attempt" => folder_link(&job.join("attempt-1")),
            "outputs" => plant(&job.join("attempt-1/outputs.xml"), link),
            "exit as a link" => plant(&job.join("attempt-1/exit"), link),
            "exit as a pipe" => plant(&job.join("attempt-1/exit"), |path| mkfifo(path, Mode::S_IRWXU).expect("made")),
            "exit as a folder" => plant(&job.join("attempt-1/exit"), |path| fs::create_dir(path).expect("made")),
            "process" => plant(&job.join("attempt-1/process"), link),
            "token" => plant(&job.join("token"), link),
            _ => plant(&job.join("status.html"), link),
        }
    }
    let before = elsewhere.content();
    let second = Program::start(folder.path(), &[("MAX_RUNNING", "20")]);
    let client = second.client();
    for id in ids.iter().filter(|id| **id != "its page") {
        let told = client.wait(id);
        is_discreet(&told);
        // Those two are not needed any more; of the others nobody can say how they ended.
        let is_known = ["token", "process"].contains(id);
        assert_eq!(matches!(told, Told::Completed(_)), is_known, "{id}: {told:?}");
    }
    is_discreet(&client.status("its page"));
    assert!(client.abort("its page"));
    eventually(|| marked(folder.path()).is_empty().then_some(()));
    assert_eq!(elsewhere.content(), before);
}

#[test]
fn folders_are_removed_and_what_they_link_to_is_not() {
    let (folder, elsewhere) = (Folder::new(), Elsewhere::new());
    let here = Here::open(folder.path(), |settings| settings.retention = Duration::from_secs(1));
    let client = here.client();
    client.start("a", "log x\nlisten");
    let job = eventually(|| folder.of_jobs().pop());
    symlink(elsewhere.0.path(), job.join("folder")).expect("linked");
    symlink(elsewhere.path("secret"), job.join("file")).expect("linked");
    mkfifo(&job.join("pipe"), Mode::S_IRWXU).expect("made");
    let before = elsewhere.content();
    client.notify("a", "finish it");
    client.wait("a");
    eventually(|| (!job.exists()).then_some(()));
    assert_eq!(elsewhere.content(), before);
}

#[test]
fn a_folder_that_is_there_before_its_job_is_not_used_unless_it_is_ours_alone() {
    let (folder, elsewhere) = (Folder::new(), Elsewhere::new());
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    // Its name can be computed by whoever knows how.
    client.start("a", "log x\nfinish it");
    client.wait("a");
    let job = folder.of_jobs().pop().expect("it has a folder");
    drop(here);
    fs::remove_dir_all(&job).expect("it is ours");
    for name in ["jobs.db", "jobs.db-wal", "jobs.db-shm"] {
        let _ = fs::remove_file(folder.path().join(name));
    }
    let before = elsewhere.content();
    symlink(elsewhere.0.path(), &job).expect("linked");
    let here = Here::open(folder.path(), |_| {});
    let client = here.client();
    // What is there when a server starts and belongs to no job goes.
    eventually(|| job.symlink_metadata().is_err().then_some(()));
    symlink(elsewhere.0.path(), &job).expect("linked");
    client.start("a", "log x\nfinish it");
    let fault = client.wait("a").fault();
    assert!(fault.contains("is no folder"), "{fault}");
    assert_eq!(elsewhere.content(), before);
}

/// A server that is to be started refuses to, and says why in one sentence with `words`.
#[track_caller]
fn refuses_to_start(folder: &Path, words: &str) {
    // Should it not, it ends all the same.
    let output = Program::command(folder, &[("LISTEN", "nowhere")]).output().expect("it was built");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words) && said.contains("jobs") && said.contains("DATA_DIR"), "{said}");
}

#[test]
fn a_place_for_jobs_that_others_can_write_to_is_refused() {
    let (folder, elsewhere) = (Folder::new(), Elsewhere::new());
    let jobs = folder.path().join("jobs");
    symlink(elsewhere.0.path(), &jobs).expect("linked");
    let before = elsewhere.content();
    refuses_to_start(folder.path(), "is no folder");
    assert_eq!(elsewhere.content(), before);
    fs::remove_file(&jobs).expect("it is ours");
    fs::write(&jobs, "").expect("written");
    refuses_to_start(folder.path(), "is no folder");
    fs::remove_file(&jobs).expect("it is ours");
    fs::create_dir(&jobs).expect("made");
    for mode in [0o777, 0o770, 0o702] {
        fs::set_permissions(&jobs, fs::Permissions::from_mode(mode)).expect("it is ours");
        refuses_to_start(folder.path(), "can be written to by others");
    }
    if nix::unistd::geteuid().is_root() {
        fs::set_permissions(&jobs, fs::Permissions::from_mode(0o700)).expect("it is ours");
        nix::unistd::chown(&jobs, Some(nix::unistd::Uid::from_raw(12345)), None).expect("root may");
        refuses_to_start(folder.path(), "belongs to another user");
    } else {
        eprintln!("SKIPPED: only root can give a folder to somebody else");
    }
}

#[test]
fn the_data_folder_itself_may_be_a_link() {
    let (folder, beside) = (Folder::new(), Folder::new());
    let link = beside.path().join("link");
    symlink(folder.path(), &link).expect("linked");
    let program = Program::start(&link, &[]);
    let client = program.client();
    client.start_with("startProgram", "a", &argument("shell", "printf done > result.txt"));
    assert_eq!(client.wait("a"), Told::Completed("done".to_owned()));
}
