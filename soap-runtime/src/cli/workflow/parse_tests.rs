use super::*;

fn parsed(document: &str) -> (Workflow, Vec<String>) {
    let mut findings = Findings::default();
    let workflow = parse(document.as_bytes().to_vec(), &mut findings);
    (workflow, findings.lines("f"))
}

const PLATFORM: &str = r##"<workflow URI="http://demo/wf.owl#Demo">
  <output URI="#out1" ID="s1io2"/>
  <input URI="#sessionToken" ID="sessionToken"/>
  <input URI="#x" ID="main_input2" value="3"/>
  <services>
    <sequence>
      <if><condition>greaterThan(main_input2, 5)</condition>
        <!-- allowed commands -->
        <then>
          <service URI="http://demo/Calc.owl#add_Service">
            <input URI="http://demo/Calc.owl#a" ID="main_input2"/>
            <input URI="http://demo/Calc.owl#b" value=" 1 "/>
            <output URI="http://demo/Calc.owl#sum" ID="s0io0"/>
          </service>
        </then>
        <else><sequence/></else>
      </if>
      <service URI="http://www.caxman.eu/sync/DFKI/EndIf.owl#EndIf_Service">
        <input URI="http://www.caxman.eu/sync/DFKI/EndIf.owl#Else_Out" ID="main_input2"/>
        <input URI="http://www.caxman.eu/sync/DFKI/EndIf.owl#Then_Out" ID="s0io0"/>
        <output ID="s1io2" URI="http://www.caxman.eu/sync/DFKI/EndIf.owl#ITE_Out"/>
      </service>
      <repeat-until>
        <sequence><service URI="#second" wsdl="a.wsdl" operation="go"><output URI="#o" ID=""/></service></sequence>
        <condition>lessThan(x, 5)</condition>
      </repeat-until>
    </sequence>
  </services>
</workflow>"##;

#[test]
fn the_format_of_the_platform_is_understood() {
    let (workflow, findings) = parsed(PLATFORM);
    assert_eq!(findings, [""; 0]);
    assert_eq!(workflow.inputs.iter().map(|input| &*input.name).collect::<Vec<_>>(), ["sessionToken", "x"]);
    // Such an input has both: the value is for when none is given.
    assert_eq!((&*workflow.inputs[1].id, workflow.inputs[1].default.as_deref()), ("main_input2", Some("3")));
    assert_eq!(workflow.outputs[0].source, Source::Id("s1io2".to_owned()));
    let [Step::If(branches), Step::EndIf(join), Step::Repeat(repeat)] = &workflow.steps[..] else {
        panic!("{:?}", workflow.steps)
    };
    assert_eq!(branches.condition.as_ref().map(ToString::to_string).as_deref(), Some("greaterThan(main_input2, 5)"));
    assert_eq!(branches.otherwise, []);
    let [Step::Service(add)] = &branches.then[..] else { panic!("{:?}", branches.then) };
    assert_eq!((add.number, add.at.line, add.at.column), (1, 10, 11));
    assert_eq!(add.inputs[1].source, Source::Constant(" 1 ".to_owned()));
    assert_eq!((&*join.inputs[1].name, join.outputs[0].id.as_deref()), ("Then_Out", Some("s1io2")));
    let [Step::Service(go)] = &repeat.steps[..] else { panic!("{:?}", repeat.steps) };
    assert_eq!((go.number, go.wsdl.as_deref(), go.operation.as_deref()), (2, Some("a.wsdl"), Some("go")));
    assert_eq!(go.outputs[0].id, None);
}

#[test]
fn all_that_is_wrong_is_found_at_once_and_where() {
    let (_, findings) = parsed(
        r##"<workflow uri="x">
  <input URI="noname" ID="a"/>
  <ouput URI="#o"/><input URI="#b"/>
  <services>
    <sequence>
      <service><input ID="a" value="1" URI="#a"/><inputs/></service>
      <if><then/><condition>moreThan(a, 1)</condition><condition>equalTo(a, one)</condition></if>
      <if><else/></if>
      <repeat-until></repeat-until>
      <split/>
    </sequence>
  </services>
</workflow>"##,
    );
    let expected = [
        "f:1:1: the attribute `uri` of `<workflow>` is not known; did you mean `URI`? there is `URI`",
        "f:2:3: the URI `noname` does not end with `#` and a name, as in `#result`",
        "f:3:3: `<ouput>` is not known in `<workflow>`; did you mean `output`? there are `input`, `output` and \
         `services`",
        "f:3:20: the input has no `ID`, by which services could take it",
        "f:6:7: the service has no `URI`",
        "f:6:16: the input has both an `ID` and a `value`; leave one of them out",
        "f:6:50: `<inputs>` is not known in `<service>`; did you mean `input`? there are `input` and `output`",
        "f:7:7: the `<if>` has 2 conditions; there can be one",
        "f:7:18: `moreThan` is no command of conditions; there are `greaterThan`, `greaterOrEqual`, `equalTo`, \
         `lessThan` and `lessOrEqual`",
        "f:7:55: the second value of `equalTo` is `one`, which is no whole number",
        "f:8:7: the `<if>` has no `<then>`",
        "f:8:7: the `<if>` has no `<condition>`",
        "f:9:7: the `<repeat-until>` has nothing to repeat",
        "f:9:7: the `<repeat-until>` has no `<condition>`",
        "f:10:7: `<split>` is not known in `<sequence>`; there are `service`, `if`, `repeat-until` and `sequence`",
    ];
    assert_eq!(findings, expected, "{findings:#?}");
}

#[test]
fn what_is_no_workflow_is_said() {
    for (document, expected) in [
        ("", "f:1:1: there is no XML element in it"),
        ("<wsdl:definitions xmlns:wsdl='w'/>", "f:1:1: the root is `<definitions>`, and has to be `<workflow>`"),
        ("<workflow/>", "f:1:1: the workflow has no `<services>`, and so nothing to do"),
        ("<workflow>\n  words\n</workflow>", "f:1:1: expected elements, found text"),
        ("<workflow>\n  <services>", "f:2:13: "),
        ("<!DOCTYPE workflow><workflow/>", "DOCTYPE"),
    ] {
        let (_, findings) = parsed(document);
        assert!(findings.last().is_some_and(|last| last.contains(expected)), "{document}: {findings:?}");
    }
}

proptest::proptest! {
    #[test]
    fn no_file_makes_it_panic(document in r##"(<(service|if|then|repeat-until|sequence|condition|input|output)( URI="#a"| ID="b")?/?>|</[a-z-]{1,8}>|equalTo\(a,1\)|[ \n&<]){0,24}"##) {
        let _findings = parsed(&format!("<workflow><services>{document}</services></workflow>"));
    }
}
