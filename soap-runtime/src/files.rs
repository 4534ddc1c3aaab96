//! Files that are never seen half written.

use std::fs::{File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
#[cfg(any(feature = "build", feature = "testing"))]
use std::path::PathBuf;
use std::time::SystemTime;

/// Whose file it is may read and write it, and whom the umask lets.
const MODE: u32 = 0o666;

/// From the package's folder, where a path is relative.
#[cfg(any(feature = "build", feature = "testing"))]
pub(crate) fn in_package(path: &Path) -> PathBuf {
    // What cargo has set when it runs a build script or a test, which may have been built elsewhere.
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| path.to_owned(), |package| Path::new(&package).join(path))
}

/// Puts `content` in place of what is at `path`, under another name first.
///
/// # Errors
/// If the folder is not there or cannot be written.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_as_of(path, content, None)
}

/// The same with a file that says to have been modified then.
#[cfg_attr(not(feature = "build"), allow(dead_code))]
pub(crate) fn replace_as_of(path: &Path, content: &[u8], modified: Option<SystemTime>) -> io::Result<()> {
    // `/dev/stdout`, a pipe: to rename a file to its name would take it away.
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return File::options().write(true).open(path)?.write_all(content);
    }
    // Through links: it is the file that is replaced, not the link.
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let permissions = Permissions::from_mode(MODE);
    let mut file = tempfile::Builder::new().prefix(".unfinished-").permissions(permissions).tempfile_in(folder)?;
    file.write_all(content)?;
    if let Some(modified) = modified {
        file.as_file().set_modified(modified)?;
    }
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_file_is_replaced_where_it_lies_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        replace(&file, b"one").expect("the folder is there");
        std::os::unix::fs::symlink("file", &link).expect("nothing is there");
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        replace_as_of(&link, b"two", Some(then)).expect("the folder is there");
        assert_eq!(std::fs::read(&file).expect("it was written"), b"two");
        let is_link = std::fs::symlink_metadata(&link).expect("it was made").is_symlink();
        assert!(is_link, "the link was replaced in place of the file");
        let modified = std::fs::metadata(&file).and_then(|file| file.modified());
        assert_eq!(modified.expect("files have times"), then);
        assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 2);
    }

    #[test]
    fn what_is_no_file_stays() {
        replace(Path::new("/dev/null"), b"gone").expect("it takes everything");
        assert!(!std::fs::metadata("/dev/null").expect("it is there").is_file());
        let nowhere = replace(Path::new("/nowhere/at/all"), b"").expect_err("there is no such folder");
        assert_eq!(nowhere.kind(), io::ErrorKind::NotFound);
    }
}
