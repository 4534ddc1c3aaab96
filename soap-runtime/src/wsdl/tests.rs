//! Whole documents, compared with reviewed ones in `golden/`.
//!
//! `UPDATE_GOLDEN=1 cargo test -p soap-runtime golden` writes them anew.

use std::path::Path;

use super::{Wsdl, samples};
use crate::describe::Naming;

const ADDRESS: &str = "http://localhost:8080/mesher/Mesher?a=1&b=2";

#[test]
fn documents_are_the_golden_ones() {
    for (service, file) in [
        (samples::mesher(Naming::Standard), "standard.wsdl"),
        (samples::mesher(Naming::FlaskSpyne), "flask_spyne.wsdl"),
        (samples::mesher(Naming::Spyne), "spyne.wsdl"),
        (samples::courier(Naming::Standard), "messages.wsdl"),
        (samples::courier(Naming::FlaskSpyne), "messages_flask_spyne.wsdl"),
        (samples::courier_in_rpc(), "rpc.wsdl"),
    ] {
        service.check().expect("the sample keeps the rules");
        assert_golden(file, &Wsdl::new(&service).at(ADDRESS));
    }
}

#[test]
fn only_the_address_differs_and_no_byte_is_moved_twice() {
    let wsdl = Wsdl::new(&samples::mesher(Naming::Standard));
    let document = wsdl.at("https://x/&\u{0}<");
    assert!(document.contains("<soap:address location=\"https://x/&amp;\u{FFFD}&lt;\"/>"), "{document}");
    assert_eq!(document.replace("https://x/&amp;\u{FFFD}&lt;", ""), wsdl.at(""));
    let hostile = "\"".repeat(1000);
    assert_eq!(wsdl.at(&hostile).len(), wsdl.at("").len() + 6000);
    assert_eq!(wsdl.at(&hostile).capacity(), wsdl.at("").capacity() + 6000, "the buffer had to grow");
}

#[test]
fn every_port_has_the_address() {
    let document = Wsdl::new(&samples::courier(Naming::Standard)).at("http://h/&");
    for port in ["soap", "soap12"] {
        assert!(document.contains(&format!("<{port}:address location=\"http://h/&amp;\"/>")), "{document}");
    }
}

fn assert_golden(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wsdl/golden").join(file);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, golden, "{file} differs; UPDATE_GOLDEN=1 cargo test -p soap-runtime golden");
}
