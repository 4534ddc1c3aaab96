//! Inputs and outputs: which there are, in which order, how often.

use super::assert_both_ways;

#[track_caller]
fn assert_parts(old: &str, new: &str, input: &[&str], output: &[&str]) {
    assert_both_ways([""; 2], [old, new], input, output);
}

/// `name` or `name:type`, with attributes behind spaces: `count:int minOccurs="0"`.
fn elements(parts: &[&str]) -> String {
    let element = |part: &&str| {
        let (head, attributes) = part.split_once(' ').unwrap_or((part, ""));
        let (name, ty) = head.split_once(':').unwrap_or((head, "string"));
        format!("<xs:element name=\"{name}\" type=\"xs:{ty}\" {attributes}/>")
    };
    parts.iter().map(element).collect()
}

#[test]
fn what_is_added_removed_or_renamed() {
    type Words<'w> = &'w [&'w str];
    // The parts before and after, what is said of inputs, and what of outputs.
    let cases: [(Words<'_>, Words<'_>, Words<'_>, Words<'_>); 9] = [
        (
            &["a"],
            &["a", "b minOccurs=\"0\""],
            &["the input b is new, and may be left out"],
            &["the output b is new; callers that check strictly may refuse it"],
        ),
        (
            &["a"],
            &["a", "b"],
            &["! the input b is new, and may not be left out"],
            &["the output b is new; callers that check strictly may refuse it"],
        ),
        (&["a", "b"], &["b"], &["! the input a is gone"], &["! the output a is gone"]),
        (
            &["a", "secondsToWait:int"],
            &["a", "seconds:int"],
            &["! the input secondsToWait is now called seconds"],
            &["! the output secondsToWait is now called seconds"],
        ),
        // Two of one type keep their order.
        (
            &["x:double", "y:double"],
            &["lat:double", "lon:double"],
            &["! the input x is now called lat", "! the input y is now called lon"],
            &["! the output x is now called lat", "! the output y is now called lon"],
        ),
        // Another type, or another place: not the same any more.
        (
            &["a", "b:int"],
            &["a", "c:string"],
            &["! the input b is gone", "! the input c is new, and may not be left out"],
            &["! the output b is gone", "the output c is new; callers that check strictly may refuse it"],
        ),
        (
            &["a", "b"],
            &["b", "c"],
            &["! the input a is gone", "! the input c is new, and may not be left out"],
            &["! the output a is gone", "the output c is new; callers that check strictly may refuse it"],
        ),
        // What else has changed of it is told as well.
        (
            &["a:int default=\"300\" minOccurs=\"0\""],
            &["b:int default=\"200\" minOccurs=\"0\""],
            &["! the input a is now called b", "the input a is now 200 when left out (was 300)"],
            &["! the output a is now called b", "the output a is now 200 when left out (was 300)"],
        ),
        (
            &["a", "b", "c"],
            &["a", "c", "b"],
            &["! the inputs now come in the order a, c, b (was a, b, c)"],
            &["! the outputs now come in the order a, c, b (was a, b, c)"],
        ),
    ];
    for (old, new, input, output) in cases {
        assert_parts(&elements(old), &elements(new), input, output);
    }
}

#[test]
fn how_often_something_may_be_there() {
    let cases = [
        ("a minOccurs=\"0\"", "a", "may no longer be left out", '<'),
        ("a", "a maxOccurs=\"unbounded\"", "may now be there more than once", '>'),
        ("a", "a maxOccurs=\"5\"", "may now be there at most 5 times (was once)", '>'),
        ("a maxOccurs=\"unbounded\"", "a", "may now be there only once (was any number of times)", '<'),
        ("a maxOccurs=\"9\"", "a maxOccurs=\"3\"", "may now be there at most 3 times (was 9 times)", '<'),
        (
            "a maxOccurs=\"9\"",
            "a maxOccurs=\"unbounded\"",
            "may now be there any number of times (was at most 9 times)",
            '>',
        ),
        ("a maxOccurs=\"9\"", "a minOccurs=\"2\" maxOccurs=\"9\"", "has to be there at least twice (was once)", '<'),
        ("a", "a minOccurs=\"0\"", "may now be left out", '>'),
        ("a", "a nillable=\"true\"", "may now be nil, that is, without a value", '>'),
        ("a nillable=\"true\"", "a", "may no longer be nil", '<'),
        ("a default=\"x\" minOccurs=\"0\"", "a minOccurs=\"0\"", "no longer says that it is x when left out", '='),
        ("a minOccurs=\"0\"", "a minOccurs=\"0\" default=\"\"", "says that it is an empty text when left out", '='),
        ("a default=\"x\"", "a default=\"y\"", "is now y when empty (was x)", '='),
    ];
    for (old, new, words, effect) in cases {
        let line = |way: &str, is_breaking: bool| format!("{}the {way} a {words}", if is_breaking { "! " } else { "" });
        let (input, output) = (line("input", effect == '<'), line("output", effect == '>'));
        assert_parts(&elements(&[old]), &elements(&[new]), &[&input], &[&output]);
    }
}

/// The same of a part that holds others.
#[track_caller]
fn assert_content(old: &str, new: &str, input: &[&str], output: &[&str]) {
    let order = |content: &str| {
        format!(
            "<xs:element name=\"order\"><xs:complexType><xs:sequence>{content}</xs:sequence></xs:complexType></xs:element>"
        )
    };
    assert_parts(&order(old), &order(new), input, output);
}

#[test]
fn choices_and_other_elements() {
    let choice = |parts: &[&str]| format!("<xs:choice>{}</xs:choice>", elements(parts));
    assert_content(
        &choice(&["file", "url"]),
        &choice(&["file", "url", "text"]),
        &["the input order.text is a new alternative"],
        &["! the output order.text is a new alternative"],
    );
    assert_content(
        &choice(&["file", "url", "text"]),
        &choice(&["file", "url"]),
        &["! the input order.text is no longer one of the alternatives"],
        &["the output order.text is no longer one of the alternatives"],
    );
    assert_content(
        &elements(&["a"]),
        &format!("{}{}", elements(&["a"]), choice(&["b", "c"])),
        &["! the choice of b, c in the parts of the input order is new, and may not be left out"],
        &["the choice of b, c in the parts of the output order is new; callers that check strictly may refuse it"],
    );
    assert_content(
        &choice(&["b", "c"]),
        &choice(&["b", "c"]).replace("<xs:choice>", "<xs:choice minOccurs=\"0\">"),
        &["the choice of b, c in the parts of the input order may now be left out"],
        &["! the choice of b, c in the parts of the output order may now be left out"],
    );
    let any = "<xs:any minOccurs=\"0\" maxOccurs=\"unbounded\" processContents=\"lax\"/>";
    assert_content(
        &elements(&["a"]),
        &format!("{}{any}", elements(&["a"])),
        &["other elements in the parts of the input order may now be there"],
        &["other elements in the parts of the output order may now be there"],
    );
    assert_content(
        &format!("{}{any}", elements(&["a"])),
        &elements(&["a"]),
        &["! other elements in the parts of the input order may no longer be there"],
        &["other elements in the parts of the output order may no longer be there"],
    );
}

#[test]
fn parts_in_any_order() {
    let order = |group: &str, parts: &[&str]| {
        format!(
            "<xs:element name=\"order\"><xs:complexType><xs:{group}>{}</xs:{group}></xs:complexType></xs:element>",
            elements(parts)
        )
    };
    let (sequence, all) = (order("sequence", &["a", "b"]), order("all", &["a", "b"]));
    assert_parts(
        &sequence,
        &all,
        &["the parts of the input order may now come in any order"],
        &["! the parts of the output order may now come in any order"],
    );
    assert_parts(
        &all,
        &sequence,
        &["! the parts of the input order may no longer come in any order"],
        &["the parts of the output order may no longer come in any order"],
    );
    assert_parts(&all, &order("all", &["b", "a"]), &[], &[]);
    assert_parts(&order("all", &["a"]), &order("sequence", &["a"]), &[], &[]);
}

#[test]
fn a_sequence_in_a_sequence_is_no_change() {
    let flat = elements(&["a", "b", "c"]);
    let nested = format!("{}<xs:sequence>{}</xs:sequence>", elements(&["a"]), elements(&["b", "c"]));
    assert_parts(&flat, &nested, &[], &[]);
}

#[test]
fn namespaces_are_told_once() {
    let parts = elements(&["a", "b", "c"]);
    let unqualified = parts.replace("<xs:element", "<xs:element form=\"unqualified\"");
    assert_parts(
        &parts,
        &unqualified,
        &["! the input a is now in no namespace (was in the namespace urn:shop), and 2 more elements"],
        &["! the output a is now in no namespace (was in the namespace urn:shop), and 2 more elements"],
    );
}
