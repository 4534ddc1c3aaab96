//! A small disk that can be filled.

use crate::processes::{kill_all, marked};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file system of its own, and a folder beside it. Only root may have one.
pub(super) struct Disk {
    disk: tempfile::TempDir,
    beside: tempfile::TempDir,
}

impl Disk {
    pub(super) fn mount() -> Option<Self> {
        let disk = tempfile::tempdir().expect("a temporary folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "jobs-test"]).arg(disk.path());
        match mount.output() {
            Ok(output) if output.status.success() => {
                Some(Self { disk, beside: tempfile::tempdir().expect("a temporary folder") })
            }
            other => {
                eprintln!("SKIPPED: a test of full disks needs root, to mount a small one: {other:?}");
                None
            }
        }
    }

    pub(super) fn path(&self) -> &Path {
        self.disk.path()
    }

    /// A file that jobs wait for, on another disk.
    pub(super) fn flag(&self, name: &str) -> PathBuf {
        self.beside.path().join(name)
    }

    pub(super) fn raise(&self, name: &str) {
        fs::write(self.flag(name), "").expect("there is room elsewhere");
    }

    pub(super) fn fill(&self) {
        let free = nix::sys::statvfs::statvfs(self.path()).expect("the disk is there");
        let free = usize::try_from(free.blocks_available() * free.fragment_size()).expect("it is small");
        // Somebody may have been quicker, which is as well.
        let _ = fs::write(self.path().join("filler"), vec![0; free]);
    }

    /// Makes room for one block more.
    pub(super) fn give_a_block(&self) {
        let filler = fs::File::options().write(true).open(self.path().join("filler")).expect("the filler is there");
        let length = filler.metadata().expect("it is open").len();
        filler.set_len(length.checked_sub(4096).expect("there is something left of it")).expect("it is ours");
    }

    pub(super) fn clear(&self) {
        fs::remove_file(self.path().join("filler")).expect("the filler is there");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        kill_all(|| marked(self.path()));
        let unmounted = Command::new("umount").arg("-l").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()), "the small disk cannot be unmounted");
    }
}
