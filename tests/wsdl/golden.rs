//! The WSDL of each example, as its program prints it, against the reviewed file in `golden/`.
//!
//! `UPDATE_GOLDEN=1 cargo test --test wsdl` accepts what is printed now.

use std::path::Path;
use std::process::Command;

use crate::programs::example;

/// What the example prints for its command `wsdl`, whatever the environment says.
pub(crate) fn wsdl_of(name: &str) -> String {
    printed(name, &[])
}

fn printed(name: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(example(name));
    for setting in ["CONTEXT_ROOT", "LISTEN", "PUBLIC_URL"] {
        command.env_remove(setting);
    }
    let printed = command.arg("wsdl").args(arguments).output().expect("it was built");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    String::from_utf8(printed.stdout).expect("a WSDL is UTF-8")
}

#[track_caller]
fn is_golden(name: &str) {
    assert_golden(name, &wsdl_of(name));
}

#[track_caller]
fn assert_golden(file: &str, printed: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/wsdl/golden/{file}.wsdl"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&file, printed).expect("the folder is there");
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(printed, golden, "UPDATE_GOLDEN=1 cargo test --test wsdl accepts the change");
}

#[test]
fn the_waiter_says_what_it_said() {
    is_golden("waiter");
}

#[test]
fn the_waiter_by_hand_says_what_it_said() {
    is_golden("waiter_by_hand");
}

#[test]
fn the_calculator_says_what_it_said() {
    is_golden("calculator");
}

#[test]
fn each_service_of_the_kitchen_sink_says_what_it_said() {
    for (service, file) in
        [("KitchenSink", "kitchen_sink"), ("Legacy", "kitchen_sink_legacy"), ("Guarded", "kitchen_sink_guarded")]
    {
        assert_golden(file, &printed("kitchen_sink", &["--service", service]));
    }
}
