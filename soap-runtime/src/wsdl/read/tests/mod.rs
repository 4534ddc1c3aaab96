//! Whole documents, and each rule with a small one.

use std::path::Path;

use super::definitions;
use crate::wsdl::documents::Documents;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace")
}

#[test]
fn our_own_documents_can_be_read() {
    for folder in ["tests/wsdl/golden", "tests/wsdl/reference", "soap-runtime/src/wsdl/golden"] {
        let mut count = 0;
        for entry in std::fs::read_dir(workspace().join(folder)).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            let documents = Documents::from_file(&path).expect("the file can be read");
            let read = definitions(&documents).unwrap_or_else(|error| panic!("{error}"));
            assert!(read.ports().count() > 0, "{}", path.display());
            for (_, port) in read.ports() {
                assert!(!port.operations.is_empty());
                assert!(port.operations.iter().all(|operation| operation.unsupported.is_none()), "{port:#?}");
            }
            count += 1;
        }
        assert!(count > 0, "{folder}");
    }
}
