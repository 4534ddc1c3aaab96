//! Whole documents, ours and others'.

use std::path::{Path, PathBuf};

use super::{assert_lines, diff, lines};
use crate::wsdl::documents::Documents;
use crate::wsdl::read::definitions;

fn files() -> Vec<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace");
    let folders = ["tests/wsdl/golden", "tests/wsdl/reference", "soap-runtime/src/wsdl/golden"];
    let entries = folders.iter().flat_map(|folder| std::fs::read_dir(workspace.join(folder)).expect("it is there"));
    entries.map(|entry| entry.expect("it can be read").path()).collect()
}

fn text(name: &str) -> String {
    let file = files().into_iter().find(|file| file.ends_with(name)).expect("it is there");
    std::fs::read_to_string(file).expect("it can be read")
}

#[test]
fn nothing_differs_from_itself() {
    for file in files() {
        let documents = Documents::from_file(&file).expect("it can be read");
        let read = definitions(&documents).expect("it can be read");
        assert_eq!(diff(&read, &read), [], "{}", file.display());
    }
}

#[test]
fn prefixes_layout_and_the_order_of_definitions_say_nothing() {
    let old = text("golden/waiter.wsdl");
    let new = old.replace("xmlns:tns", "xmlns:x").replace("\"tns:", "\"x:").replace("xs:", "q:").replace(":xs=", ":q=");
    let new = new.replace("\n  ", "\n\t\t").replace("        How", "How");
    // The first operation comes last.
    let (start, rest) = new.split_once("<wsdl:portType").expect("it has one");
    let (port_type, end) = rest.split_once("</wsdl:portType>").expect("it ends");
    let mut operations: Vec<&str> = port_type.split_inclusive("</wsdl:operation>").collect();
    let head = operations[0].find("<wsdl:operation").expect("it has operations");
    let (head, first) = operations[0].split_at(head);
    let count = operations.len();
    operations[0] = first;
    operations[..count - 1].rotate_left(1);
    let new = format!("{start}<wsdl:portType{head}{}</wsdl:portType>{end}", operations.concat());
    assert_ne!(old, new);
    assert_lines(&old, &new, &[]);
}

#[test]
fn a_renamed_argument_of_the_waiter_is_one_line() {
    let old = text("golden/waiter.wsdl");
    let new = old.replace("secondsToWait", "seconds");
    assert_lines(&old, &new, &["! the input secondsToWait is now called seconds"]);
}

#[test]
fn outputs_of_the_status_stay_those_of_the_start() {
    let old = text("golden/waiter.wsdl");
    let result = "<xs:element name=\"result\" type=\"xs:string\"/>";
    let more = format!("{result}<xs:element name=\"waited\" type=\"xs:int\"/>");
    assert_lines(
        &old,
        &old.replace(result, &more),
        &["the output waited is new; callers that check strictly may refuse it"; 2],
    );
    // Only that of the start.
    let (before, behind) = old.rsplit_once(result).expect("it is there");
    let expected = [
        "! its outputs (status_base64, result) are no longer those of startWaiter (status_base64, result, waited), \
         which the workflow manager takes for granted",
        "the output waited is new; callers that check strictly may refuse it",
    ];
    assert_lines(&old, &format!("{before}{more}{behind}"), &expected);
}

#[test]
fn the_waiters_fit_the_reference_but_for_what_must_be_there() {
    let found = lines(&text("reference/waiter.wsdl"), &text("golden/waiter_by_hand.wsdl"));
    let (breaking, compatible): (Vec<_>, Vec<_>) = found.iter().partition(|line| line.starts_with('!'));
    let of_service_id = |line: &&String| line.contains("serviceID") && line.contains("may no longer be");
    assert!(breaking.iter().all(of_service_id), "{breaking:#?}");
    assert!(compatible.iter().any(|line| line.contains("says that it is 300 when left out")), "{compatible:#?}");
}

#[test]
fn any_two_can_be_compared_and_what_is_removed_one_way_is_added_the_other() {
    let all: Vec<_> = files().iter().map(|file| std::fs::read_to_string(file).expect("it can be read")).collect();
    let count = |lines: &[String], end: &str| lines.iter().filter(|line| line.ends_with(end)).count();
    for old in &all {
        for new in &all {
            let (there, back) = (lines(old, new), lines(new, old));
            assert_eq!(there.is_empty(), back.is_empty(), "{there:#?} {back:#?}");
            assert_eq!(count(&there, "the operation is gone"), count(&back, "the operation is new"));
        }
    }
}
