//! Whole documents, and each rule with a small one.

mod documents;
mod errors;
mod golden;
mod hostile;
mod operations;
mod render;
mod schemas;

use std::path::Path;

use url::Url;

use super::{WsdlError, definitions};
use crate::wsdl::documents::{Document, Documents};
use crate::wsdl::model::Definitions;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace")
}

#[track_caller]
fn read_file(path: &Path) -> Definitions {
    let read = Documents::from_file(path).and_then(|documents| definitions(&documents));
    read.unwrap_or_else(|error| panic!("{error}"))
}

/// What documents say, the first of which is the WSDL; each has a file name, by which others import it.
fn read(texts: &[(&str, &str)]) -> Result<Definitions, WsdlError> {
    let folder = Url::parse("file:///folder/").expect("it is a URL");
    let mut documents =
        texts.iter().map(|(name, text)| Document::new(*name, folder.join(name).expect("it is a name"), *text));
    let mut all = Documents::new(documents.next().expect("a WSDL"));
    documents.try_for_each(|document| all.add(document))?;
    definitions(&all)
}

/// A WSDL in the namespace `urn:t`, whose prefix is `t`; those of XML Schema, WSDL and SOAP are `x`, `w` and `s`.
fn wsdl(content: &str) -> String {
    format!(
        r#"<w:definitions targetNamespace="urn:t" xmlns:t="urn:t" xmlns:w="http://schemas.xmlsoap.org/wsdl/"
            xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"
            xmlns:s12="http://schemas.xmlsoap.org/wsdl/soap12/"
            xmlns:e="http://schemas.xmlsoap.org/soap/encoding/">{content}</w:definitions>"#
    )
}

/// A WSDL of nothing but a schema of that namespace.
fn schema(content: &str) -> String {
    wsdl(&format!(r#"<w:types><x:schema targetNamespace="urn:t">{content}</x:schema></w:types>"#))
}

#[test]
fn our_own_documents_can_be_called_whole() {
    for folder in ["tests/wsdl/golden", "tests/wsdl/reference", "soap-runtime/src/wsdl/golden"] {
        let mut count = 0;
        for entry in std::fs::read_dir(workspace().join(folder)).expect("the folder is there") {
            let path = entry.expect("the folder can be read").path();
            let read = read_file(&path);
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
