//! What is written, read and refused.

use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

fn folder() -> (tempfile::TempDir, Folder) {
    let data_dir = tempfile::tempdir().expect("a temporary folder");
    let folder = Folders::below(data_dir.path()).expect("it can be made").of(JobKey::of("Waiter", "../x"));
    folder.make().expect("it can be made");
    (data_dir, folder)
}

#[test]
fn files_are_written_whole_and_for_their_owner_only() {
    let (_data_dir, folder) = folder();
    assert_eq!(folder.read("progress", 10).expect("readable"), None);
    folder.write("progress", "one").expect("written");
    let first = folder.stamp("progress");
    folder.write("progress", "other").expect("written");
    assert_ne!(folder.stamp("progress"), first);
    assert_eq!(folder.read("progress", 10).expect("readable").as_deref(), Some("other"));
    assert_eq!(folder.read("progress", 3).expect("readable").as_deref(), Some("oth"));
    for path in [folder.path().to_owned(), folder.path().join("progress")] {
        assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o077, 0);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left over");
}

#[test]
fn links_are_not_followed_in_or_out() {
    let (data_dir, folder) = folder();
    let secret = data_dir.path().join("secret");
    fs::write(&secret, "secret").expect("written");
    for name in ["status.html", "progress", "log.txt"] {
        symlink(&secret, folder.path().join(name)).expect("linked");
    }
    assert!(folder.read("status.html", 10).is_err());
    assert!(folder.last_lines("log.txt", 3).is_err());
    assert_eq!(folder.stamp("status.html"), None);
    assert!(folder.append_line("log.txt", "x").is_err());
    folder.write("progress", "ours").expect("the link is replaced");
    assert_eq!(folder.read("progress", 10).expect("readable").as_deref(), Some("ours"));
    assert_eq!(fs::read_to_string(&secret).expect("readable"), "secret");
    folder.remove().expect("removed");
    assert!(secret.exists() && !folder.path().exists());
}

#[test]
fn what_is_no_file_holds_nobody_up() {
    let (_data_dir, folder) = folder();
    nix::unistd::mkfifo(&folder.path().join("status.html"), nix::sys::stat::Mode::S_IRWXU).expect("made");
    assert!(folder.read("status.html", 10).is_err());
    fs::create_dir(folder.path().join("status.txt")).expect("made");
    assert!(folder.read("status.txt", 10).is_err());
}

#[test]
fn a_folder_that_somebody_else_put_there_is_refused() {
    let data_dir = tempfile::tempdir().expect("a temporary folder");
    let folders = Folders::below(data_dir.path()).expect("it can be made");
    let (linked, open) = (folders.of(JobKey::of("a", "1")), folders.of(JobKey::of("a", "2")));
    symlink("/tmp", linked.path()).expect("linked");
    assert!(linked.make().is_err());
    fs::create_dir(open.path()).expect("made");
    fs::set_permissions(open.path(), fs::Permissions::from_mode(0o777)).expect("opened");
    assert!(open.make().is_err());
}

#[test]
fn a_data_folder_that_a_stranger_made_where_anybody_can_is_refused() {
    const STRANGER: Option<u32> = Some(12345);
    if !nix::unistd::geteuid().is_root() {
        return eprintln!("SKIPPED: only root can make a folder for another user");
    }
    let outer = tempfile::tempdir().expect("a temporary folder");
    let mode = |mode| fs::set_permissions(outer.path(), fs::Permissions::from_mode(mode)).expect("it is ours");
    let (made, inner) = (outer.path().join("made"), outer.path().join("made/inner"));
    fs::create_dir(&made).expect("made");
    std::os::unix::fs::chown(&made, STRANGER, None).expect("given away");
    let linked = outer.path().join("linked");
    symlink("/var/tmp", &linked).expect("linked");
    std::os::unix::fs::lchown(&linked, STRANGER, None).expect("given away");
    Folders::below(&made).expect("whoever may make folders there gave it to him");
    mode(0o1777);
    for theirs in [&made, &inner, &linked] {
        let refused = Folders::below(theirs).expect_err("it is a stranger's").to_string();
        assert!(refused.ends_with("and the user 12345 did"), "{refused}");
    }
    Folders::below(&outer.path().join("ours")).expect("we made it");
}

#[test]
fn folders_that_are_there_are_found_and_none_are_made() {
    let outer = tempfile::tempdir().expect("a temporary folder");
    let data_dir = outer.path().join("data");
    assert!(Folders::existing_below(&data_dir).expect("nothing is wrong").is_none());
    assert!(!data_dir.exists());
    fs::create_dir(&data_dir).expect("made");
    assert!(Folders::existing_below(&data_dir).expect("nothing is wrong").is_none());
    let (key, made) = (JobKey::of("a", "1"), Folders::below(&data_dir).expect("it can be made"));
    let found = Folders::existing_below(&data_dir).expect("nothing is wrong").expect("it is there");
    assert_eq!(found.of(key).path(), made.of(key).path());
    fs::remove_dir(data_dir.join("jobs")).expect("it is empty");
    symlink("/tmp", data_dir.join("jobs")).expect("linked");
    assert!(Folders::existing_below(&data_dir).is_err());
}

#[test]
fn the_end_of_a_long_log_is_found() {
    let (_data_dir, folder) = folder();
    assert!(folder.last_lines("log.txt", 3).expect("no log yet").is_empty());
    (0..10_000).for_each(|line| folder.append_line("log.txt", &format!("line {line}\n")).expect("appended"));
    assert_eq!(folder.last_lines("log.txt", 2).expect("readable"), ["line 9998", "line 9999"]);
    folder.append_line("log.txt", &"x".repeat(100_000)).expect("appended");
    assert_eq!(folder.last_lines("log.txt", 2).expect("readable"), ["x".repeat(LINE) + "…"]);
}
