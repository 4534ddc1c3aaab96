//! Whole modules, compared with reviewed ones in `tests/generated/golden/`, where they are compiled and called.
//!
//! `UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden` writes them anew.

use std::path::{Path, PathBuf};

use super::{Source, source};
use crate::wsdl::documents::Documents;
use crate::wsdl::read::definitions;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn generated(wsdl: &str) -> Result<Source, String> {
    let path = tests().join(wsdl);
    let documents = Documents::from_file(&path).map_err(|error| error.to_string())?;
    let definitions = definitions(&documents).map_err(|error| error.to_string())?;
    source(&definitions, &path.file_name().unwrap_or_default().to_string_lossy())
}

#[test]
fn modules_are_the_golden_ones() {
    for (wsdl, golden) in [
        ("wsdl/reference/waiter.wsdl", "waiter"),
        ("wsdl/reference/calculator.wsdl", "calculator"),
        ("generated/wsdl/auth.wsdl", "auth"),
        ("generated/wsdl/gss.wsdl", "gss"),
        ("generated/wsdl/mixed.wsdl", "mixed"),
        ("generated/wsdl/odd.wsdl", "odd"),
        ("generated/wsdl/rpc.wsdl", "rpc"),
        ("wsdl/golden/kitchen_sink_legacy.wsdl", "legacy"),
        ("wsdl/foreign/gsoap/library.wsdl", "gsoap_library"),
        ("wsdl/foreign/jaxws/library.wsdl", "jaxws_library"),
        ("wsdl/foreign/spyne/library.wsdl", "spyne_library"),
    ] {
        let Source { text, warnings } = generated(wsdl).unwrap_or_else(|problem| panic!("{wsdl}: {problem}"));
        let warnings: String = warnings.iter().map(|warning| format!("// warning: {warning}\n")).collect();
        assert_golden(&format!("{golden}.rs"), &(warnings + &text));
    }
}

fn assert_golden(file: &str, actual: &str) {
    let path = tests().join("generated/golden").join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let command = "UPDATE_GOLDEN=1 cargo test -p soap-runtime --all-features golden";
    assert_eq!(actual, golden, "{file} differs; {command}");
}
