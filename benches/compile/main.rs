//! What a service costs the compiler: one with 200 operations beside one with a single operation, as
//! debug builds of a crate of their own.
//!
//! `cargo bench --bench compile` builds each of them three times, in turns, and says the least of each.
//! The rest of what is built is the same for both, and built before.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

const OPERATIONS: usize = 200;
const ROUNDS: usize = 3;

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
    std::fs::create_dir_all(folder.join("src")).expect("the target folder can be written");
    std::fs::write(folder.join("Cargo.toml"), manifest()).expect("the target folder can be written");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"), folder.join("Cargo.lock"))
        .expect("the workspace has a lock file");
    build(&folder, 1);
    let mut least = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        for (least, operations) in least.iter_mut().zip([1, OPERATIONS]) {
            *least = build(&folder, operations).min(*least);
        }
    }
    let [one, many] = least.map(|time| time.as_secs_f64());
    println!("1 operation: {one:.1} s, {OPERATIONS} operations: {many:.1} s, {:.1} s more", many - one);
}

/// How long the crate with so many operations takes to build, everything else being there.
fn build(folder: &Path, operations: usize) -> Duration {
    std::fs::write(folder.join("src/main.rs"), program(operations)).expect("the target folder can be written");
    let start = Instant::now();
    let built = Command::new(env!("CARGO")).args(["build", "--quiet", "--offline"]).current_dir(folder).status();
    assert!(built.expect("cargo runs").success(), "the program does not compile");
    start.elapsed()
}

fn manifest() -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!(
        "[package]\nname = \"many\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         soap-runtime = {{ path = \"{root}/soap-runtime\" }}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
    )
}

/// Operations of five kinds in turn, with three or four arguments each.
fn program(operations: usize) -> String {
    let mut program = String::from(
        "#![allow(unused_imports)]\n\nuse soap_runtime::{App, ExitCode, Fault, ServiceId, SessionToken, Status, soap_service};\n\n\
         struct Many;\n\n#[soap_service]\nimpl Many {\n",
    );
    for at in 0..operations {
        let (head, body) = match at % 5 {
            0 => ("(&self, a: i32, b: f64, text: String) -> String", "format!(\"{a} {b} {text}\")"),
            1 => (
                "(&self, values: Vec<f64>, factor: Option<f64>, name: String) -> Vec<f64>",
                "{ let _ = (factor, name); values }",
            ),
            2 => (
                "(&self, #[soap(default = 3)] a: u32, b: bool, data: Vec<u8>) -> Result<u64, Fault>",
                "{ let _ = (b, data); Ok(a.into()) }",
            ),
            3 => (
                "(&self, id: ServiceId, token: SessionToken, seconds: u32, name: String) -> Status",
                "{ let _ = (id, token, seconds); Status::page(name) }",
            ),
            _ => (
                "(&self, a: i64, b: i64, c: i64) -> Result<i64, Fault>",
                "a.checked_add(b).and_then(|sum| sum.checked_add(c)).ok_or_else(|| Fault::client(\"too much\"))",
            ),
        };
        let word = if at % 2 == 0 { "async fn" } else { "fn" };
        writeln!(program, "    #[operation(outputs(result))]\n    {word} operation_{at}{head} {{ {body} }}")
            .expect("a `String` takes everything");
    }
    program.push_str("}\n\nfn main() -> ExitCode {\n    App::new().service(Many).run()\n}\n");
    program
}
