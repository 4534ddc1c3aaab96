//! URLs, paths, modes, versions, and several programs at once.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::{AnyConnection, Executor as _, Row as _};
use tempfile::tempdir;

use super::super::SqlStore;
use super::{interfere, open, sentence, stranger};
use crate::jobs::state::Wanted;
use crate::jobs::store::contract::{
    commit, completed, end, insert, key, load, record, remove, request, start, want, wanted,
};

#[tokio::test]
async fn only_urls_of_files_are_taken() {
    let cases = [
        ("", "only SQLite is supported"),
        ("jobs.db", "only SQLite is supported"),
        ("postgres://user:secret@host/jobs", "only SQLite is supported"),
        ("sqlite3:///jobs.db", "only SQLite is supported"),
        ("sqlite:", "has to name a file"),
        ("sqlite://", "has to name a file"),
        ("sqlite::memory:", "has to name a file"),
        ("sqlite://:memory:", "has to name a file"),
        ("sqlite:///jobs.db?mode=rwc", "takes no parameters"),
        ("sqlite:///jobs%FF.db", "its URL is not right"),
        ("sqlite:///nowhere/to/be/found/jobs.db", "`/nowhere/to/be/found/jobs.db`: No such file"),
    ];
    for (url, expected) in cases {
        let sentence = sentence(SqlStore::open(url).await);
        assert!(sentence.contains(expected) && !sentence.contains("secret"), "{url}: {sentence}");
    }
}

#[tokio::test]
async fn urls_name_files() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().display();
    for (url, name) in [
        (format!("sqlite://{path}/a.db"), "a.db"),
        (format!("sqlite:{path}/b.db"), "b.db"),
        (format!("sqlite://{path}/c%20d%3F%23%25e.db"), "c d?#%e.db"),
        (format!("sqlite://{path}/f g#h.db"), "f g#h.db"),
    ] {
        let store = SqlStore::open(&url).await.expect("the database can be opened");
        commit(&store, &[insert("a")]).await;
        assert!(folder.path().join(name).exists(), "{url}");
    }
}

#[tokio::test]
async fn a_path_may_have_any_characters() {
    let folder = tempdir().expect("a temporary folder can be made");
    let names = [
        " ",
        "a b",
        "?",
        "a?mode=memory",
        "#",
        "%",
        "%41",
        "%2e%2e",
        ":memory:",
        "file:a",
        "file:a?mode=ro",
        "sqlite:a",
        "-a",
        "'; \"`$&\\",
        "ü 漢字 🛠️",
        "a\nb",
        "...",
        "+&=",
    ];
    for name in names {
        // In a folder of this name, too.
        let within = folder.path().join(name);
        fs::create_dir(&within).expect("a folder can be made");
        let path = within.join(name);
        let store = open(&path).await;
        assert_eq!(commit(&store, &[insert("a")]).await, [true], "{name}");
        drop(store);
        assert_eq!(load(&open(&path).await).await, [record("a")], "{name}");
        let made = fs::read_dir(&within).expect("the folder can be read");
        let made: Vec<_> = made.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        assert!(made.iter().any(|made| made == name), "{name}: {made:?}");
        assert!(made.iter().all(|made| made.starts_with(name)), "{name}: {made:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).map(Iterator::count).ok(), Some(names.len()));
}

#[tokio::test]
async fn what_cannot_be_a_database_is_named() {
    let folder = tempdir().expect("a temporary folder can be made");
    let text = folder.path().join("text");
    fs::write(&text, "no database at all. ".repeat(500)).expect("a file can be written");
    for path in [folder.path(), &text] {
        let sentence = sentence(SqlStore::open_file(path).await);
        assert!(sentence.contains(&*path.to_string_lossy()), "{sentence}");
    }
    assert_eq!(fs::read_to_string(&text).ok(), Some("no database at all. ".repeat(500)));
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("the file is there").permissions().mode() & 0o777
}

#[tokio::test]
async fn nobody_else_can_read_it() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store = open(&path).await;
    commit(&store, &[insert("a")]).await;
    for end in ["", "-wal", "-shm"] {
        assert_eq!(mode(&PathBuf::from(format!("{}{end}", path.display()))), 0o600, "{end}");
    }
    // Who wants it otherwise has it otherwise.
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the mode can be set");
    drop((store, open(&path).await));
    assert_eq!(mode(&path), 0o640);
}

async fn pragmas(connection: &mut AnyConnection) -> (String, i64, i64, i64) {
    let mut values = Vec::new();
    for pragma in ["pragma synchronous", "pragma busy_timeout", "pragma foreign_keys"] {
        let row = connection.fetch_one(pragma).await.expect("the pragma is known");
        values.push(row.get::<i64, _>(0));
    }
    let mode = connection.fetch_one("pragma journal_mode").await.expect("the pragma is known");
    (mode.get(0), values[0], values[1], values[2])
}

#[tokio::test]
async fn what_is_committed_is_on_the_disk() {
    let folder = tempdir().expect("a temporary folder can be made");
    let store = open(&folder.path().join("jobs.db")).await;
    // 2 is FULL: the log is synchronised with each commit.
    let expected = ("wal".to_owned(), 2, 10_000, 1);
    let mut writer = store.writer.lock().await;
    assert_eq!(pragmas(writer.as_mut().expect("the writer is at rest")).await, expected);
    let mut reader = store.readers.acquire().await.expect("a reader is free");
    assert_eq!(pragmas(&mut reader).await, expected);
    assert!(reader.execute("delete from jobs").await.is_err(), "a reader can write");
}

#[tokio::test]
async fn jobs_are_there_again_after_reopening() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store = open(&path).await;
    let changes = [insert("a"), insert("b"), start("b", 1), insert("c"), end("c", 0, completed())];
    commit(&store, &changes).await;
    let before = load(&store).await;
    drop(store);
    let store = open(&path).await;
    assert_eq!(load(&store).await, before);
    assert_eq!(request(&store, "a").await.as_deref(), Some("<request/>"));
    let changes = [insert("a"), start("b", 1), end("b", 0, completed()), end("b", 1, completed()), remove("c")];
    assert_eq!(commit(&store, &changes).await, [false, false, false, true, true]);
}

#[tokio::test]
async fn a_newer_database_is_refused() {
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    commit(&open(&path).await, &[insert("a")]).await;
    interfere(
        &path,
        "insert into _sqlx_migrations select 9000, 'more', installed_on, success, checksum, 0 from _sqlx_migrations",
    )
    .await;
    let refused = sentence(SqlStore::open_file(&path).await);
    assert!(refused.contains("newer version") && refused.contains("step 9000"), "{refused}");
    assert!(refused.contains(&*path.to_string_lossy()), "{refused}");
    interfere(&path, "delete from _sqlx_migrations where version = 9000").await;
    assert_eq!(load(&open(&path).await).await, [record("a")]);
    interfere(&path, "update _sqlx_migrations set checksum = x'00'").await;
    assert!(sentence(SqlStore::open_file(&path).await).contains("modified"));
}

#[tokio::test(flavor = "multi_thread")]
async fn many_may_open_a_new_database_at_once() {
    let folder = tempdir().expect("a temporary folder can be made");
    for round in 0..5 {
        let path = folder.path().join(round.to_string());
        let open = |number: u32| {
            let path = path.clone();
            tokio::spawn(async move { commit(&open(&path).await, &[insert(&number.to_string())]).await })
        };
        let opened: Vec<_> = (0..8).map(open).collect();
        for store in opened {
            assert_eq!(store.await.ok(), Some(vec![true]));
        }
        assert_eq!(load(&super::open(&path).await).await.len(), 8);
    }
}

/// Runs itself again, as the command line would beside a server.
#[tokio::test]
async fn another_process_sees_jobs_and_asks_for_things() {
    const NAME: &str = "jobs::store::sql::tests::opening::another_process_sees_jobs_and_asks_for_things";
    const PATH: &str = "TEST_JOBS_OF_ANOTHER_PROCESS";
    if let Some(path) = std::env::var_os(PATH) {
        let store = open(Path::new(&path)).await;
        assert_eq!(load(&store).await, [record("a"), record("b")]);
        assert_eq!(commit(&store, &[want("a", Wanted::Abort), want("b", Wanted::Removal)]).await, [true, false]);
        return;
    }
    let folder = tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("jobs.db");
    let store = open(&path).await;
    commit(&store, &[insert("a"), insert("b")]).await;
    let this = std::env::current_exe().expect("this program has a path");
    let other = Command::new(this).args([NAME, "--exact"]).env(PATH, &path).output().expect("it can be run");
    assert!(other.status.success() && String::from_utf8_lossy(&other.stdout).contains("1 passed"), "{other:?}");
    assert_eq!(wanted(&store).await, [(key("a"), Wanted::Abort)]);
    assert_eq!(commit(&store, &[end("a", 0, completed()), remove("a")]).await, [true, true]);
    assert_eq!(load(&store).await, [record("b")]);
    let journal = sqlx::query("pragma journal_mode").fetch_one(&mut stranger(&path).await).await;
    assert_eq!(journal.map(|row| row.get::<String, _>(0)).ok().as_deref(), Some("wal"));
}
