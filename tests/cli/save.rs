//! `soap save`.

use std::fs;

use crate::program::{Service, run};

#[test]
fn a_wsdl_is_saved_from_its_url_and_from_that_of_the_endpoint() {
    let service = Service::start("calculator");
    let wsdl = service.wsdl("Calculator");
    let endpoint = wsdl.trim_end_matches("?wsdl");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (location, name) in [(wsdl, "by_wsdl"), (endpoint, "by_endpoint")] {
        let into = folder.path().join(name);
        let said = run(&["save", location, "-o", into.to_str().expect("a plain path")]).expect_code(0);
        let file = into.join("Calculator.wsdl");
        assert_eq!(said.stdout, format!("{}\n", file.display()));
        assert_eq!(said.stderr, "");
        let saved = fs::read_to_string(&file).expect("it was saved");
        assert!(saved.contains(&format!("location=\"{endpoint}\"")), "{saved}");
    }
}

#[test]
fn a_copy_of_files_takes_their_imports_along() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = |name: &str| folder.path().join(name);
    fs::create_dir(to("schemas")).expect("a folder");
    let wsdl =
        r#"<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"><import location="schemas/a.xsd"/></definitions>"#;
    fs::write(to("s.wsdl"), wsdl).expect("a file");
    fs::write(to("schemas/a.xsd"), r#"<schema xmlns="http://www.w3.org/2001/XMLSchema"/>"#).expect("a file");
    let (from, into) = (to("s.wsdl").display().to_string(), to("copy").display().to_string());
    let said = run(&["save", &from, "-o", &into]).expect_code(0);
    assert_eq!(said.stdout, format!("{into}/s.wsdl\n{into}/a.xsd\n"));
    assert_eq!(fs::read_to_string(to("copy/s.wsdl")).expect("it is there"), wsdl.replace("schemas/", ""));
}

#[test]
fn what_cannot_be_saved_is_told_with_exit_code_2() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = folder.path().join("page.wsdl");
    fs::write(&page, "<html/>").expect("a file");
    let page = page.display().to_string();
    for (line, said) in [
        (["save", "nowhere.wsdl", "-o", "."], "error: nowhere.wsdl cannot be read: there is no such file"),
        (["save", "http://127.0.0.1:1/a", "-o", "."], "error: http://127.0.0.1:1/a cannot be read: Connection refused"),
        (["save", &page, "-o", "/dev/null"], "/page.wsdl is no WSDL: it is a page"),
    ] {
        let stderr = run(&line).expect_code(2).stderr;
        assert!(stderr.contains(said), "{said}\n{stderr}");
    }
}

#[test]
fn help_has_examples_and_exit_codes() {
    let help = run(&["save", "--help"]).expect_code(0).stdout;
    for words in ["soap save http://localhost:8080/waiter/Waiter?wsdl", "-o wsdl/", "Exit codes:"] {
        assert!(help.contains(words), "{help}");
    }
}
