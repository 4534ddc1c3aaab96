//! Whole documents of several tools, compared with reviewed readings in `golden/`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden` writes them anew.

use std::path::Path;

use super::render::render;
use super::{read_file, workspace};

#[test]
fn foreign_documents_are_read_as_the_golden_ones() {
    for (file, golden) in [
        ("tests/wsdl/foreign/spyne/library.wsdl", "spyne"),
        ("tests/wsdl/foreign/jaxws/library.wsdl", "jaxws"),
        ("tests/wsdl/foreign/gsoap/library.wsdl", "gsoap"),
        ("tests/wsdl/reference/waiter.wsdl", "reference_waiter"),
        ("tests/wsdl/reference/calculator.wsdl", "reference_calculator"),
        ("tests/wsdl/golden/kitchen_sink.wsdl", "kitchen_sink"),
        ("tests/wsdl/golden/kitchen_sink_legacy.wsdl", "kitchen_sink_legacy"),
        ("tests/wsdl/golden/kitchen_sink_guarded.wsdl", "kitchen_sink_guarded"),
    ] {
        assert_golden(golden, &render(&read_file(&workspace().join(file))));
    }
}

fn assert_golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wsdl/read/golden").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, golden, "{name} differs; UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden");
}
