//! What is wrong with a workflow is said before anything runs; what goes wrong in a step names it.

use std::path::Path;

use crate::program::{Said, run};

use super::{shown, written};

/// A workflow of these steps, with an input `x`.
fn said(steps: &str, options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = written(folder.path(), &workflow(steps));
    let said = said_of(&file, options);
    assert!(!said.to_string().contains("panicked"), "{said}");
    shown(&said, folder.path())
}

fn said_of(file: &Path, options: &[&str]) -> Said {
    run(&[&["workflow", file.to_str().expect("UTF-8")], options].concat())
}

fn workflow(steps: &str) -> String {
    format!(
        "<workflow URI=\"http://demo/wf.owl#Test\">\n  <output URI=\"#result\" ID=\"y\"/>\n  \
         <input URI=\"#sessionToken\" ID=\"sessionToken\"/>\n  <input URI=\"#x\" ID=\"x\"/>\n  <services>\n{steps}\n  \
         </services>\n</workflow>"
    )
}

/// One operation of the calculator on `x`.
fn calculate(operation: &str, b: &str, id: &str) -> String {
    format!(
        "    <service URI=\"#{operation}_Service\" wsdl=\"http://localhost:8080/calculator/Calculator?wsdl\">\n      \
         <input URI=\"#a\" ID=\"x\"/>\n      <input URI=\"#b\" value=\"{b}\"/>\n      \
         <output URI=\"#{operation}Result\" ID=\"{id}\"/>\n    </service>"
    )
}

#[test]
fn all_mistakes_are_said_at_once() {
    let steps = r##"    <service URI="#add_Service" wsdl="http://localhost:8080/calculator/Calculator?wsdl">
      <input URI="#a" ID="z"/>
      <input URI="#c" value="1"/>
      <output URI="#sum" ID="y"/>
    </service>
    <service URI="#startWaiter_Service" wsdl="http://localhost:8081/sintef/docker_services/waiter/Waiter?wsdl">
      <input URI="#secondsToWait" value="soon"/>
      <output URI="#result" ID="y"/>
    </service>
    <service URI="#power_Service" wsdl="http://localhost:8080/calculator/Calculator?wsdl"/>
    <service URI="http://demo/Mesh.owl#mesh_Service"/>
    <repeat-until>
      <sequence/>
      <condition>greaterThan(y, many)</condition>
    </repeat-until>
    <if>
      <condition>equalTo(sessionToken, 5)</condition>
      <then/>
      <otherwise/>
    </if>"##;
    insta::assert_snapshot!(said(steps, &["--check"]));
}

#[test]
fn a_wsdl_that_cannot_be_had_is_said_once() {
    let steps = calculate("add", "1", "y") + &calculate("add", "2", "z");
    insta::assert_snapshot!(said(&steps.replace("http://localhost:8080/calculator/", "missing/"), &[]));
}

#[test]
fn a_fault_names_the_step() {
    insta::assert_snapshot!(said(&calculate("divide", "0", "y"), &["x=1"]));
}

#[test]
fn a_loop_ends_somewhen() {
    let steps = format!(
        "    <repeat-until>\n{}\n      <condition>lessThan(y, 5)</condition>\n    </repeat-until>",
        calculate("add", "1", "y")
    );
    insta::assert_snapshot!(said(&steps, &["x=1", "--max-rounds", "3"]));
}

#[test]
fn a_condition_on_something_else_says_what_it_is() {
    let steps = format!(
        "    <if>\n      <condition>lessThan(x, 5)</condition>\n      <then/>\n    </if>\n{}",
        calculate("add", "1", "y")
    );
    insta::assert_snapshot!(said(&steps, &["x=1.5"]));
}

#[test]
fn inputs_are_asked_for() {
    let steps = calculate("add", "1", "y");
    let all = [&[][..], &["z=1"], &["x=1", "x=2"], &["sessionToken=abc"], &["x"]].map(|options| said(&steps, options));
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn what_is_no_workflow_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = said_of(&folder.path().join("missing.xml"), &[]);
    let file = written(folder.path(), "<wsdl:definitions xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\"/>");
    let wsdl = said_of(&file, &[]);
    let file = written(folder.path(), "<workflow>\n  <services>\n");
    let cut = said_of(&file, &[]);
    insta::assert_snapshot!([missing, wsdl, cut].map(|said| shown(&said, folder.path())).join("\n\n"));
}
