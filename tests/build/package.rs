//! A package in a temporary folder, whose build script uses soap-runtime.
//!
//! It is built into the target folder of these tests, with the dependencies of the root package: so cargo
//! finds nearly all of them built.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Removed with the test.
pub(crate) struct Package {
    folder: TempDir,
    name: &'static str,
}

impl Package {
    /// One with this build script. Packages that live at the same time have different names.
    pub(crate) fn new(name: &'static str, build_script: &str) -> Self {
        let package = Self { folder: TempDir::new().expect("a temporary folder"), name };
        package.write("Cargo.toml", &manifest(name));
        package.write("build.rs", build_script);
        package.write("src/lib.rs", "");
        std::fs::copy(Path::new(ROOT).join("Cargo.lock"), package.path("Cargo.lock")).expect("there is a lock file");
        package
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, content: &str) {
        let path = self.path(file);
        let folder = path.parent().expect("a file is in a folder");
        std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, content)).expect("it is ours");
    }

    pub(crate) fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn remove(&self, file: &str) {
        std::fs::remove_file(self.path(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    }

    /// Builds it with these arguments, whatever comes of it.
    pub(crate) fn build_with(&self, arguments: &[&str]) -> Built {
        self.build_in(&[], arguments)
    }

    /// The same with these settings in the environment, and without those of whoever runs the tests.
    pub(crate) fn build_in(&self, settings: &[(&str, &str)], arguments: &[&str]) -> Built {
        let mut command = Command::new(env!("CARGO"));
        command.args(["build", "--offline", "--verbose"]).args(arguments).current_dir(self.folder.path());
        // Not what cargo has set for this test: its build scripts would take it for theirs.
        let of_the_test = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_"));
        for (name, _) in of_the_test.filter(|(name, _)| name != "CARGO_HOME" && name != "CARGO_INCREMENTAL") {
            command.env_remove(name);
        }
        command.env_remove("CI").env_remove("SOAP_LOCK").envs(settings.iter().copied());
        let Output { status, stderr, .. } =
            command.env("CARGO_TARGET_DIR", target_folder()).output().expect("cargo is there");
        let said = String::from_utf8(stderr).expect("cargo speaks UTF-8");
        Built { succeeded: status.success(), said, name: self.name }
    }

    /// Builds it, which has to succeed.
    #[track_caller]
    pub(crate) fn build(&self) -> Built {
        let built = self.build_with(&[]);
        assert!(built.succeeded, "{}", built.said);
        built
    }
}

/// What cargo did.
pub(crate) struct Built {
    pub(crate) succeeded: bool,
    pub(crate) said: String,
    name: &'static str,
}

impl Built {
    /// Whether there was nothing to do, neither for the script nor for the package.
    pub(crate) fn was_fresh(&self) -> bool {
        self.said.contains(&format!("Fresh {} ", self.name))
    }

    /// Whether the script was compiled, and did not only run.
    pub(crate) fn compiled_the_script(&self) -> bool {
        self.said.contains("--crate-name build_script_build")
            && self.said.contains(&format!("Compiling {} ", self.name))
    }

    /// The script's errors, a line each.
    pub(crate) fn errors(&self) -> Vec<&str> {
        self.told("error")
    }

    /// The script's warnings, a line each.
    pub(crate) fn warnings(&self) -> Vec<&str> {
        self.told("warning")
    }

    fn told(&self, kind: &str) -> Vec<&str> {
        let prefix = format!("{kind}: {}@0.0.0: ", self.name);
        self.said.lines().filter_map(|line| line.strip_prefix(&prefix)).collect()
    }
}

/// That of the profile which the tests are built with.
fn target_folder() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    test.ancestors().nth(3).expect("it lies in target/PROFILE/deps").to_owned()
}

/// With what the root package has for its tests, in the same features, for the script and for the package: any
/// other feature anywhere makes soap-runtime another crate, which has to be built.
fn manifest(name: &str) -> String {
    let root = std::fs::read_to_string(Path::new(ROOT).join("Cargo.toml")).expect("the root has a manifest");
    let section = |title: &str| {
        let (_, rest) = root.split_once(&format!("\n[{title}]\n")).expect("the root's manifest has it");
        rest.split("\n[").next().unwrap_or_default()
    };
    let runtime = format!("soap-runtime = {{ path = \"{ROOT}/soap-runtime\", ");
    let dependencies = section("dev-dependencies").replace("soap-runtime = { workspace = true, ", &runtime);
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\n{dependencies}\n[build-dependencies]\n{dependencies}\n[profile.dev]\n{}\n",
        section("profile.dev")
    )
}
