//! A disk that is full: a real one, of 1 MiB.

use std::fs;
use std::path::Path;
use std::process::Command;

use sqlx::{Connection as _, Row as _};
use tempfile::{TempDir, tempdir};

use super::super::SqlStore;
use super::{open, stranger};
use crate::jobs::state::Change;
use crate::jobs::store::contract::{commit, completed, end, insert, load, record, request, start};
use crate::jobs::store::{JobStore as _, StoreError};

/// A file system of 1 MiB. Only root may have one.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempdir().expect("a temporary folder can be made");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=1m", "jobs-test"]).arg(folder.path());
        match mount.output() {
            Ok(output) if output.status.success() => Some(Self(folder)),
            other => {
                eprintln!("SKIPPED: a test of full disks needs root, to mount a small one: {other:?}");
                None
            }
        }
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Leaves no room but `spare` bytes.
    fn fill(&self, spare: u64) {
        let filler = self.path().join("filler");
        let free = nix::sys::statvfs::statvfs(self.path()).expect("the disk is there");
        let free = free.blocks_available() * free.fragment_size();
        let old = fs::metadata(&filler).map_or(0, |filler| filler.len());
        let zeros = vec![0; usize::try_from((old + free).saturating_sub(spare)).expect("it is a small disk")];
        fs::write(&filler, zeros).expect("there is as much room as the disk says");
    }

    fn clear(&self) {
        fs::remove_file(self.path().join("filler")).expect("the filler is there");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "the small disk cannot be unmounted");
    }
}

fn big(name: &str) -> Change {
    Change::Insert(Box::new(record(name)), "<mesh/>".repeat(5_000))
}

async fn is_sound(path: &Path) -> bool {
    let verdict = sqlx::query("pragma integrity_check").fetch_one(&mut stranger(path).await).await;
    verdict.is_ok_and(|row| row.get::<String, _>(0) == "ok")
}

/// Commits until there is no room; says how many went well.
async fn commit_until_full(store: &SqlStore) -> usize {
    for number in 0..1_000 {
        match store.commit(&[big(&number.to_string())]).await {
            Ok(fits) => assert_eq!(fits, [true]),
            Err(StoreError::Full(_)) => return number,
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("the disk did not fill up");
}

#[tokio::test]
async fn a_full_disk_harms_nothing_and_no_longer_than_it_lasts() {
    let Some(disk) = SmallDisk::mount() else { return };
    let path = disk.path().join("jobs.db");
    let store = open(&path).await;
    disk.fill(400_000);
    commit(&store, &[insert("small"), start("small", 1)]).await;
    let written = commit_until_full(&store).await;
    assert!(written > 0);
    // As often as somebody tries. All that was written before is there, and no half of a commit.
    for _ in 0..20 {
        let refused = store.commit(&[end("small", 1, completed()), big("a"), big("b")]).await;
        assert!(matches!(refused, Err(StoreError::Full(_))), "{refused:?}");
        let jobs = load(&store).await;
        assert_eq!(jobs.len(), 1 + written);
        assert_eq!(jobs[0].ending, None);
        assert_eq!(request(&store, "0").await.map(|request| request.len()), Some(35_000));
    }
    assert!(is_sound(&path).await);
    disk.clear();
    assert_eq!(commit(&store, &[end("small", 1, completed()), big("a"), big("b")]).await, [true; 3]);
    assert_eq!(load(&store).await.len(), 3 + written);
    assert!(is_sound(&path).await);
}

/// Closes it, as if the machine had been switched off: without what only the living need.
async fn close(store: SqlStore) {
    store.readers.close().await;
    let writer = store.writer.lock().await.take();
    if let Some(writer) = writer {
        writer.close().await.expect("nobody else has it");
    }
    fs::remove_file(store.file.path.with_extension("db-shm")).expect("it is there while the log is");
}

#[tokio::test]
async fn a_database_opens_again_when_there_is_room() {
    let Some(disk) = SmallDisk::mount() else { return };
    let path = disk.path().join("jobs.db");
    let store = open(&path).await;
    disk.fill(400_000);
    let written = commit_until_full(&store).await;
    let before = load(&store).await;
    assert_eq!(before.len(), written);
    close(store).await;
    disk.fill(0);
    let refused = SqlStore::open_file(&path).await.err();
    assert!(matches!(refused, Some(StoreError::Full(_))), "{refused:?}");
    disk.clear();
    let store = open(&path).await;
    assert_eq!(load(&store).await, before);
    assert_eq!(commit(&store, &[insert("more")]).await, [true]);
    assert!(is_sound(&path).await);
}
