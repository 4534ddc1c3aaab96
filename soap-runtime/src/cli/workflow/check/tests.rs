use crate::cli::workflow::parse::parse;
use crate::wsdl::model::{
    Body, Complex, Definitions, Element, Message, Operation, Port, QName, Service, Type, TypeKind, TypeRef,
};

use super::*;

fn element(name: &str, ty: &str, min: u32) -> Element {
    let ty = match ty {
        "point" => TypeRef::Named(QName::new("", "point")),
        builtin => TypeRef::Builtin(builtin.to_owned()),
    };
    Element { name: QName::new("", name), ty, min, max: Some(1), ..Element::default() }
}

/// An operation with these inputs and outputs: `name type`, with `?` behind what may be left out.
fn operation(name: &str, inputs: &[&str], outputs: &[&str]) -> Operation {
    let message = |parts: &[&str]| {
        let parts = parts.iter().map(|part| {
            let (name, ty) = part.trim_end_matches('?').split_once(' ').expect("a name and a type");
            element(name, ty, u32::from(!part.ends_with('?')))
        });
        let body = Body::Wrapped { element: QName::new("", name), parts: parts.collect() };
        Message { body, headers: Vec::new() }
    };
    Operation { name: name.to_owned(), input: message(inputs), output: Some(message(outputs)), ..Operation::default() }
}

fn definitions() -> Arc<Definitions> {
    let started = ["serviceID string", "sessionToken string?", "seconds int?"];
    let port = |name: &str, operations| Port {
        name: name.to_owned(),
        binding: QName::default(),
        port_type: QName::default(),
        address: format!("http://localhost/{name}"),
        version: crate::envelope::Version::Soap11,
        operations,
    };
    let polled = vec![
        operation("start", &started, &["status_base64 string", "result string"]),
        operation("getServiceStatus", &started[..2], &["status_base64 string", "result string"]),
    ];
    let synchronous = vec![
        operation("add", &["a int", "b int"], &["sum int"]),
        operation("look", &["sessionToken string", "extraParameters string?"], &["day date", "place point"]),
    ];
    let ports = vec![port("polled", polled), port("synchronous", synchronous)];
    let point = Type { docs: String::new(), kind: TypeKind::Complex(Complex::default()) };
    Arc::new(Definitions {
        services: vec![Service { ports, ..Service::default() }],
        types: [(QName::new("", "point"), point)].into(),
        ..Definitions::default()
    })
}

/// The plan of a workflow with these inputs, outputs and steps, and what is wrong with it. The fragment of a
/// service's URI is its operation, all that it names follow as `x=ID` and `x:ID` for inputs and outputs.
fn checked(inputs: &str, outputs: &str, steps: &str) -> (Plan, Vec<String>) {
    let document = format!("<workflow>\n{inputs}{outputs}<services>\n{steps}\n</services></workflow>");
    let mut findings = Findings::default();
    let workflow = parse(document.into_bytes(), &mut findings);
    assert!(findings.is_empty(), "{:?}", findings.lines("f"));
    let definitions = definitions();
    let mut services = Services::new();
    numbers(&workflow.steps, &mut |service| {
        let name = model::fragment(&service.uri).expect("it has one");
        if name != "unknown" {
            let bound = Bound::new(Arc::clone(&definitions), name).expect("there is one");
            services.insert(service.number, Arc::new(bound));
        }
    });
    let plan = check(&workflow, &services, &mut findings);
    (plan, findings.lines("f"))
}

fn numbers(steps: &[model::Step], see: &mut impl FnMut(&model::Service)) {
    for step in steps {
        match step {
            model::Step::Service(service) => see(service),
            model::Step::EndIf(_) => {}
            model::Step::If(branches) => {
                numbers(&branches.then, see);
                numbers(&branches.otherwise, see);
            }
            model::Step::Repeat(repeat) => numbers(&repeat.steps, see),
        }
    }
}

/// `add(a=x b='1' sum:y)` as XML, on one line.
fn service(text: &str) -> String {
    let (name, rest) = text.split_once('(').expect("a name and wires");
    let wires = rest.trim_end_matches(')').split_whitespace().map(|wire| match wire.split_once(['=', ':']) {
        Some((name, id)) if wire.contains(':') => format!("<output URI='#{name}' ID='{id}'/>"),
        Some((name, value)) if value.starts_with('\'') => format!("<input URI='#{name}' value={value}/>"),
        Some((name, id)) => format!("<input URI='#{name}' ID='{id}'/>"),
        None => format!("<input URI='#{wire}'/>"),
    });
    format!("<service URI='u#{name}'>{}</service>", wires.collect::<String>())
}

fn input(name: &str) -> String {
    format!("<input URI='#{name}' ID='{name}'/>")
}

fn steps(lines: &[&str]) -> String {
    lines
        .iter()
        .map(|line| if line.contains('(') && !line.starts_with('<') { service(line) } else { (*line).to_owned() })
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn assert_found(lines: &[&str], expected: &[&str]) {
    let inputs = [input("x"), input("sessionToken")].concat();
    let (_, found) = checked(&inputs, "", &steps(lines));
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found}\n{expected}");
    }
}

#[test]
fn a_workflow_that_is_right_becomes_a_plan() {
    let inputs = [input("sessionToken"), input("x")].concat();
    let outputs = "<output URI='#end' ID='j'/>";
    let (plan, found) = checked(
        &inputs,
        outputs,
        &steps(&[
            "start(sessionToken=sessionToken seconds=x status_base64: result:r)",
            "<if><condition>greaterThan(x, 5)</condition><then>",
            "add(a=x b='1' sum:t)",
            "</then></if>",
            "EndIf_Service(Then_Out=t Else_Out='0' ITE_Out:j)",
            "<repeat-until>",
            "add(a=j b=x sum:j)",
            "<condition>lessThan(j, 9)</condition></repeat-until>",
        ]),
    );
    assert_eq!(found, [""; 0]);
    let expected = "\
input sessionToken
input x
1. start(sessionToken=sessionToken, seconds=x) gives result as r
   asynchronous, at http://localhost/polled
if greaterThan(x, 5)
  2. add(a=x, b=\"1\") gives sum as t
     synchronous, at http://localhost/synchronous
j = t, or \"0\" after else
repeat
  3. add(a=j, b=x) gives sum as j
     synchronous, at http://localhost/synchronous
as long as lessThan(j, 9)
output end = j";
    assert_eq!(plan.lines().join("\n"), expected);
}

#[test]
fn names_are_those_of_the_wsdl() {
    assert_found(
        &["add(a=x c=x sum:s)"],
        &["`add` needs the input `b`", "`add` has no input `c`; there are `a` and `b`"],
    );
    assert_found(&["start(sessionToken=sessionToken second=x)"], &["no input `second`; did you mean `seconds`?"]);
    assert_found(
        &["add(a=x b='1' a=x sum:s sun:t)"],
        &["the input `a` is there twice", "no output `sun`; did you mean `sum`?"],
    );
    assert_found(&["add(a=x b='one' sum:s)"], &["`b` must be"]);
    assert_found(&["add(a=x b)"], &["`add` needs the input `b`; wire it by an `ID`, or give it a `value`"]);
}

#[test]
fn what_the_workflow_manager_fills_in_and_what_not() {
    assert_found(&["start(serviceID=x sessionToken=sessionToken)"], &["leave this input out"]);
    assert_found(
        &["start(seconds=x)"],
        &["the input `sessionToken` of `start` is not wired, and the workflow manager"],
    );
    assert_found(
        &["look(sessionToken='abc')"],
        &["the input `extraParameters` of `look`", "a session token does not belong in a file"],
    );
}

#[test]
fn an_id_has_a_value_before_it_is_used_and_gets_one_once() {
    assert_found(
        &["add(a=s b=y)", "add(a=x b='1' sum:s)", "add(a=x b='1' sum:s)", "add(a=x b='1' sum:x)"],
        &[
            "f:3:22: `s` is used before it has a value (line 4, column 73)",
            "f:3:46: no input and no output has the ID `y`; there are `sessionToken` and `x`",
            "f:5:73: the ID `s` has a value from line 4, column 73 on; take another one",
            "f:6:73: the ID `x` has a value from line 2, column 1 on",
        ],
    );
}

#[test]
fn branches_are_joined() {
    let branch = ["<if><condition>equalTo(x, 1)</condition><then>", "add(a=x b='1' sum:t)", "</then><else>"];
    let one = [&branch[..], &["add(a=x b='1' sum:e)", "</else></if>"]].concat();
    assert_found(
        &[&one[..], &["add(a=t b='1' sum:s)"]].concat(),
        &["`t` gets its value in one branch of an `<if>` only"],
    );
    assert_found(&[&one[..], &["add(a=x b='1' sum:t)"]].concat(), &["the ID `t` has a value"]);
    assert_found(
        &[&one[..], &["EndIf_Service(Then_Out=e Else_Out=e ITE_Out:j)"]].concat(),
        &["`e` is used before it has"],
    );
    assert_found(&[&one[..], &["EndIf_Service(Then_Out=t Else_Out ITE_Out:j)"]].concat(), &["`Else_Out` is not wired"]);
    assert_found(&["EndIf_Service(Then_Out=x Else_Out=x ITE_Out:j)"], &["there is no `<if>` before this"]);
    assert_found(
        &[&one[..], &["EndIf_Service(Then_Out=t Other=e ITE_Out:)"]].concat(),
        &["`EndIf` has no input `Other`"],
    );
    // The same ID in both branches is another way to join them.
    let both = [&branch[..], &["add(a=x b='2' sum:t)", "</else></if>", "add(a=t b='1' sum:s)"]].concat();
    assert_found(&both, &[]);
}

#[test]
fn a_loop_replaces_values_from_before_it() {
    let ended = "<condition>lessThan(s, 9)</condition></repeat-until>";
    assert_found(&["add(a=x b='1' sum:s)", "<repeat-until>", "add(a=s b='1' sum:s)", ended], &[]);
    assert_found(&["<repeat-until>", "add(a=s b='1' sum:s)", ended], &["`s` is used before it has a value"]);
    assert_found(
        &["add(a=x b='1' sum:s)", "<repeat-until>", "add(a=s b='1' sum:s)", "add(a=s b='1' sum:s)", ended],
        &["the ID `s` has a value from line"],
    );
    assert_found(
        &["<repeat-until>", "add(a=x b='1' sum:s)", ended, "add(a=s b='1' sum:s)"],
        &["the ID `s` has a value"],
    );
    // In a loop in a loop, too.
    let nested = ["add(a=x b='1' sum:s)", "<repeat-until>", "<repeat-until>", "add(a=s b='1' sum:s)", ended, ended];
    assert_found(&nested, &[]);
}

#[test]
fn conditions_are_about_whole_numbers() {
    let condition = |text: &str| format!("<if><condition>{text}</condition><then/></if>");
    let look = "look(sessionToken=sessionToken extraParameters=x day:d place:p)";
    let start = "start(sessionToken=sessionToken seconds=x result:r)";
    for (before, text, expected) in [
        (look, "equalTo(d, 1)", "`d` is of type xs:date, and never a whole number"),
        (look, "equalTo(p, 1)", "`p` has elements in it"),
        (look, "equalTo(sessionToken, 5)", "is the session token, which is no whole number"),
        (look, "equalTo(z, 1)", "no input and no output has the ID `z`"),
        // By name: of an output, of an input of the workflow, and of one of a service.
        (start, "equalTo(result, 1)", ""),
        (start, "equalTo(seconds, 1)", ""),
        ("add(a=x b=x sum:s)", "equalTo(b, 1)", ""),
    ] {
        let expected = if expected.is_empty() { vec![] } else { vec![expected] };
        assert_found(&[before, &condition(text)], &expected);
    }
    assert_found(
        &["add(a=x b='1' sum:s)", "add(a=x b='1' sum:t)", &condition("equalTo(sum, 1)")],
        &["`sum` may be several values; say its ID: there are `s` and `t`"],
    );
    let (_, found) = checked("<input URI='#n' ID='n' value='many'/>", "", &condition("equalTo(n, 1)"));
    assert!(found[0].contains("`n` is `many`, which is no whole number unless it is given"), "{found:?}");
}

#[test]
fn inputs_and_outputs_of_the_workflow_are_right_as_well() {
    let inputs = "<input URI='#a' ID='a'/><input URI='#a' ID='b'/><input URI='#sessionToken' ID='t' value='secret'/>";
    let outputs = "<output URI='#o' ID='a'/><output URI='#o' ID='z'/><output URI='#p' ID=''/>";
    let (_, found) = checked(inputs, outputs, "");
    let expected = [
        "the workflow has two inputs `a`",
        "a session token does not belong in a file",
        "the workflow has two outputs `o`",
        "no input and no output has the ID `z`",
        "the output `p` is not wired; say its `ID`, or leave it out",
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    found.iter().zip(expected).for_each(|(found, expected)| assert!(found.contains(expected), "{found}"));
}

#[test]
fn a_service_that_is_not_known_hides_nothing_else() {
    assert_found(&["unknown(a=x sum:s)", "add(a=s b=y sum:t)"], &["no input and no output has the ID `y`"]);
}
