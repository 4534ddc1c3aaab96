//! The pages on coming from other stacks show the very programs that `tests/interop` runs.

use std::fs;
use std::path::{Path, PathBuf};

/// Each page, and what it shows, by the word behind the fence.
const PAGES: [(&str, &[(&str, &str)]); 3] = [
    ("spyne.md", &[("python", "mesher.py"), ("rust,no_run", "spyne.rs")]),
    ("cxf.md", &[("java", "java/mesher/Mesher.java"), ("rust,no_run", "cxf.rs")]),
    ("node-soap.md", &[("js", "mesher.js"), ("xml", "mesher.wsdl"), ("rust,no_run", "node_soap.rs")]),
];

#[test]
fn pages_show_the_programs_that_run() {
    for (page, programs) in PAGES {
        let text = read(&repository().join("docs/coming-from").join(page));
        for (language, program) in programs {
            let source = read(&repository().join("tests/interop/coming_from").join(program));
            let block = format!("\n```{language}\n{}\n```\n", source.trim_end());
            assert!(text.contains(&block), "{page} does not show {program} as it is, in a block of `{language}`");
        }
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
