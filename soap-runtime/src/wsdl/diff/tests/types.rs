//! Types: their values, wherever they are used.

use super::{Parts, assert_both_ways, assert_lines};

const NUMBER: &str = "a whole number from -2147483648 to 2147483647 (xs:int)";

/// What happens to the values: more of them, fewer, others.
#[derive(Clone, Copy, PartialEq)]
enum Effect {
    More,
    Fewer,
    Others,
}

use Effect::{Fewer, More, Others};

#[track_caller]
fn assert_type(old: &str, new: &str, expected: &[(&str, Effect)]) {
    let element = |ty: &str| match ty.starts_with('<') {
        true => format!("<xs:element name=\"a\">{ty}</xs:element>"),
        false => format!("<xs:element name=\"a\" type=\"xs:{ty}\"/>"),
    };
    let lines = |way: &str, fine: Effect| {
        let mut lines: Vec<_> =
            expected.iter().map(|(words, effect)| (*effect == fine, format!("the {way} a {words}"))).collect();
        lines.sort_by_key(|(is_fine, _)| *is_fine);
        lines.into_iter().map(|(is_fine, line)| if is_fine { line } else { format!("! {line}") }).collect::<Vec<_>>()
    };
    let (input, output) = (lines("input", More), lines("output", Fewer));
    let [input, output] = [&input, &output].map(|lines| lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_both_ways([""; 2], [&element(old), &element(new)], &input, &output);
}

fn restriction(base: &str, facets: &[(&str, &str)]) -> String {
    let facets: String = facets.iter().map(|(name, value)| format!("<xs:{name} value=\"{value}\"/>")).collect();
    format!("<xs:simpleType><xs:restriction base=\"xs:{base}\">{facets}</xs:restriction></xs:simpleType>")
}

fn values(values: &[&str]) -> String {
    restriction("string", &values.iter().map(|value| ("enumeration", *value)).collect::<Vec<_>>())
}

#[test]
fn other_built_in_types() {
    for (old, new, words, effect) in [
        ("int", "long", format!("is now a whole number (xs:long), and was {NUMBER}"), More),
        ("long", "int", format!("is now {NUMBER}, and was a whole number (xs:long)"), Fewer),
        (
            "int",
            "unsignedInt",
            format!("is now a whole number from 0 to 4294967295 (xs:unsignedInt), and was {NUMBER}"),
            Others,
        ),
        ("int", "decimal", format!("is now a decimal number (xs:decimal), and was {NUMBER}"), More),
        ("int", "double", format!("is now a number (xs:double), and was {NUMBER}"), More),
        ("decimal", "double", "is now a number (xs:double), and was a decimal number (xs:decimal)".to_owned(), Others),
        ("float", "double", "is now a number (xs:double), and was a number (xs:float)".to_owned(), More),
        ("int", "string", format!("is now a text (xs:string), and was {NUMBER}"), Others),
        ("string", "anyType", "is now anything (xs:anyType), and was a text (xs:string)".to_owned(), More),
        ("anyType", "string", "is now a text (xs:string), and was anything (xs:anyType)".to_owned(), Fewer),
        (
            "token",
            "string",
            "is now a text (xs:string), and was a text without surplus spaces (xs:token)".to_owned(),
            More,
        ),
        ("date", "dateTime", "is now a date with time (xs:dateTime), and was a date (xs:date)".to_owned(), Others),
        (
            "base64Binary",
            "hexBinary",
            "is now bytes in hexadecimal (xs:hexBinary), and was bytes in base64 (xs:base64Binary)".to_owned(),
            Others,
        ),
    ] {
        assert_type(old, new, &[(&words, effect)]);
    }
}

#[test]
fn facets() {
    for (old, new, words, effect) in [
        (
            restriction("int", &[("minInclusive", "0"), ("maxInclusive", "10")]),
            restriction("int", &[("minInclusive", "1"), ("maxInclusive", "10")]),
            "is now a whole number from 1 to 10 (xs:int), and was a whole number from 0 to 10 (xs:int)",
            Fewer,
        ),
        (
            restriction("double", &[("minExclusive", "0")]),
            restriction("double", &[("minInclusive", "0")]),
            "is now a number of at least 0 (xs:double), and was a number above 0 (xs:double)",
            More,
        ),
        (
            restriction("date", &[("minInclusive", "2020-01-01")]),
            restriction("date", &[("minInclusive", "2021-01-01")]),
            "is now a date of at least 2021-01-01 (xs:date), and was a date of at least 2020-01-01 (xs:date)",
            Others,
        ),
        (
            restriction("string", &[("maxLength", "20")]),
            restriction("string", &[("minLength", "1"), ("maxLength", "10")]),
            "now has 1 to 10 characters (had at most 20 characters)",
            Fewer,
        ),
        (
            restriction("base64Binary", &[("maxLength", "20")]),
            "base64Binary".to_owned(),
            "now has any number of bytes (had at most 20 bytes)",
            More,
        ),
        (
            restriction("string", &[("pattern", "a+")]),
            restriction("string", &[("pattern", "a*")]),
            "now has to match the pattern a* (was a+)",
            Others,
        ),
        ("string".to_owned(), restriction("string", &[("pattern", "a+")]), "now has to match the pattern a+", Fewer),
        (
            restriction("string", &[("pattern", "a+")]),
            "string".to_owned(),
            "no longer has to match the pattern a+",
            More,
        ),
        (
            restriction("decimal", &[("fractionDigits", "2")]),
            restriction("decimal", &[("fractionDigits", "3")]),
            "may now have at most 3 digits behind the point (was at most 2)",
            More,
        ),
        (
            "decimal".to_owned(),
            restriction("decimal", &[("totalDigits", "5")]),
            "may now have at most 5 digits (was any number of)",
            Fewer,
        ),
        (values(&["RED", "BLUE"]), values(&["RED"]), "may no longer be BLUE", Fewer),
        (values(&["RED"]), values(&["RED", "BLUE", "GREY"]), "may now also be BLUE or GREY", More),
        ("string".to_owned(), values(&["RED", "BLUE"]), "may now only be RED or BLUE", Fewer),
        (values(&["RED"]), "string".to_owned(), "is now a text (xs:string), and was only RED", More),
    ] {
        assert_type(&old, &new, &[(words, effect)]);
    }
    assert_type(
        &values(&["RED"]),
        &values(&["BLUE"]),
        &[("may no longer be RED", Fewer), ("may now also be BLUE", More)],
    );
}

#[test]
fn the_same_values_are_no_change() {
    for (old, new) in [
        ("nonNegativeInteger".to_owned(), restriction("integer", &[("minInclusive", "0")])),
        (restriction("integer", &[("minExclusive", "-1")]), restriction("integer", &[("minInclusive", "+0")])),
        ("unsignedByte".to_owned(), restriction("int", &[("minInclusive", "0"), ("maxInclusive", "255")])),
        (values(&["RED", "BLUE"]), values(&["BLUE", "RED"])),
        (restriction("decimal", &[("maxInclusive", "0.50")]), restriction("decimal", &[("maxInclusive", ".5")])),
    ] {
        assert_type(&old, &new, &[]);
    }
}

#[test]
fn lists_and_unions() {
    let list = |item: &str| format!("<xs:simpleType><xs:list itemType=\"xs:{item}\"/></xs:simpleType>");
    let union = |members: &str| format!("<xs:simpleType><xs:union memberTypes=\"{members}\"/></xs:simpleType>");
    let words =
        format!("is now a list of values, each a whole number (xs:long), and was a list of values, each {NUMBER}");
    assert_type(&list("int"), &list("long"), &[(&words, More)]);
    let words = "is now a date (xs:date) or a year (xs:gYear), and was a date (xs:date)";
    assert_type(&union("xs:date"), &union("xs:date xs:gYear"), &[(words, More)]);
    assert_type("date", &union("xs:date xs:gYear"), &[(words, More)]);
}

/// `Order` with lines, of which each has a count.
fn order(count: &str, more: &str) -> String {
    format!(
        "<xs:complexType name=\"Order\"><xs:sequence>\
         <xs:element name=\"lines\" type=\"tns:Line\" maxOccurs=\"unbounded\"/></xs:sequence></xs:complexType>\
         <xs:complexType name=\"Line\"><xs:sequence>{count}</xs:sequence>{more}</xs:complexType>"
    )
}

const ORDER: &str = "<xs:element name=\"order\" type=\"tns:Order\"/>";

#[test]
fn types_are_compared_to_their_depth_by_the_way_that_they_go() {
    let optional = "<xs:element name=\"count\" type=\"xs:int\" minOccurs=\"0\"/>";
    let required = "<xs:element name=\"count\" type=\"xs:int\"/>";
    let types = [order(optional, ""), order(required, "")];
    assert_both_ways(
        [&types[0], &types[1]],
        [ORDER; 2],
        &["! the input order.lines.count may no longer be left out"],
        &["the output order.lines.count may no longer be left out"],
    );
    // Sent and received: it is told once, where it is breaking.
    let both = |types| Parts { inputs: ORDER, outputs: ORDER, types }.wsdl();
    let everywhere = "; so it is wherever the type Line is used";
    let line = format!("! the input order.lines.count may no longer be left out{everywhere}");
    assert_lines(&both(&types[0]), &both(&types[1]), &[&line]);
    let line = format!("! the output order.lines.count may now be left out{everywhere}");
    assert_lines(&both(&types[1]), &both(&types[0]), &[&line]);
}

#[test]
fn attributes() {
    let count = "<xs:element name=\"count\" type=\"xs:int\"/>";
    let attribute = |rest: &str| format!("<xs:attribute name=\"unit\" {rest}/>");
    let (optional, required) = (attribute("type=\"xs:string\""), attribute("type=\"xs:string\" use=\"required\""));
    for (old, new, input, output) in [
        (
            "",
            optional.as_str(),
            "the input order.lines.@unit is new, and may be left out",
            "the output order.lines.@unit is new; callers that check strictly may refuse it",
        ),
        (
            "",
            &required,
            "! the input order.lines.@unit is new, and may not be left out",
            "the output order.lines.@unit is new; callers that check strictly may refuse it",
        ),
        (&optional, "", "! the input order.lines.@unit is gone", "! the output order.lines.@unit is gone"),
        (
            &optional,
            &required,
            "! the input order.lines.@unit may no longer be left out",
            "the output order.lines.@unit may no longer be left out",
        ),
        (
            &optional,
            &optional.replace("unit", "measure"),
            "! the input order.lines.@unit is now called @measure",
            "! the output order.lines.@unit is now called @measure",
        ),
        (
            "",
            "<xs:anyAttribute/>",
            "the input order.lines may now have any attributes",
            "the output order.lines may now have any attributes",
        ),
        (
            "<xs:anyAttribute/>",
            "",
            "! the input order.lines may no longer have any attributes",
            "the output order.lines may no longer have any attributes",
        ),
    ] {
        let types = [order(count, old), order(count, new)];
        assert_both_ways([&types[0], &types[1]], [ORDER; 2], &[input], &[output]);
    }
}

#[test]
fn what_a_type_extends_is_part_of_it() {
    let flat = "<xs:complexType name=\"Order\"><xs:sequence><xs:element name=\"a\" type=\"xs:int\"/>\
                <xs:element name=\"b\" type=\"xs:int\"/></xs:sequence></xs:complexType>";
    let extended = "<xs:complexType name=\"Base\"><xs:sequence><xs:element name=\"a\" type=\"xs:int\"/></xs:sequence>\
                    </xs:complexType><xs:complexType name=\"Order\"><xs:complexContent><xs:extension base=\"tns:Base\">\
                    <xs:sequence><xs:element name=\"b\" type=\"xs:int\"/></xs:sequence></xs:extension>\
                    </xs:complexContent></xs:complexType>";
    assert_both_ways([flat, extended], [ORDER; 2], &[], &[]);
    let gone = extended.replace("<xs:element name=\"a\" type=\"xs:int\"/>", "");
    assert_both_ways(
        [extended, &gone],
        [ORDER; 2],
        &["! the input order.a is gone"],
        &["! the output order.a is gone"],
    );
}

#[test]
fn types_that_may_stand_for_another() {
    let base = "<xs:complexType name=\"Order\"><xs:sequence/></xs:complexType>";
    let derived = |name: &str, parts: &str| {
        format!(
            "<xs:complexType name=\"{name}\"><xs:complexContent><xs:extension base=\"tns:Order\"><xs:sequence>{parts}\
             </xs:sequence></xs:extension></xs:complexContent></xs:complexType>"
        )
    };
    let (one, two) = (derived("Rush", ""), derived("Gift", ""));
    let types = [format!("{base}{one}"), format!("{base}{one}{two}")];
    assert_both_ways(
        [&types[0], &types[1]],
        [ORDER; 2],
        &["the input order may now also be of the type Gift"],
        &["! the output order may now also be of the type Gift"],
    );
    assert_both_ways(
        [&types[1], &types[0]],
        [ORDER; 2],
        &["! the input order may no longer be of the type Gift"],
        &["the output order may no longer be of the type Gift"],
    );
    // What is in them counts as well.
    let fuller = derived("Rush", "<xs:element name=\"by\" type=\"xs:date\"/>");
    assert_both_ways(
        [&types[0], &format!("{base}{fuller}")],
        [ORDER; 2],
        &["! the input order.by is new, and may not be left out"],
        &["the output order.by is new; callers that check strictly may refuse it"],
    );
}

#[test]
fn names_of_types() {
    let old = order("<xs:element name=\"count\" type=\"xs:int\"/>", "");
    let new = old.replace("Line\"", "Item\"");
    assert_both_ways(
        [&old, &new],
        [ORDER; 2],
        &["the input order.lines has a type that is now called Item (was Line), which changes no message"],
        &["the output order.lines has a type that is now called Item (was Line), which changes no message"],
    );
    let other = new.replace("\"count\"", "\"weight\"");
    let words = "is now a value of the type Item, and was a value of the type Line";
    assert_both_ways(
        [&old, &other],
        [ORDER; 2],
        &[&format!("! the input order.lines {words}")],
        &[&format!("! the output order.lines {words}")],
    );
}

#[test]
fn types_in_circles_end() {
    const EVERYWHERE: &str = "; so it is wherever the type Order is used";
    let node = |inner: &str| {
        format!(
            "<xs:complexType name=\"Order\"><xs:sequence><xs:element name=\"child\" minOccurs=\"0\">{inner}</xs:element>\
             <xs:element name=\"twin\" type=\"tns:Order\" minOccurs=\"0\"/></xs:sequence></xs:complexType>"
        )
    };
    let inner = "<xs:complexType><xs:sequence><xs:element name=\"child\" type=\"tns:Order\" minOccurs=\"0\"/>\
                 </xs:sequence></xs:complexType>";
    let (nested, plain) = (node(inner), node("").replace("name=\"child\"", "name=\"child\" type=\"tns:Order\""));
    let grown = plain.replace(
        "minOccurs=\"0\"/></xs:sequence>",
        "minOccurs=\"0\"/><xs:element name=\"x\" type=\"xs:int\"/></xs:sequence>",
    );
    let [nested, plain, grown] =
        [&nested, &plain, &grown].map(|types| Parts { inputs: ORDER, outputs: "", types }.wsdl());
    assert_lines(
        &plain,
        &grown,
        &["! the input order.x is new, and may not be left out; so it is wherever the type Order is used"],
    );
    // A form that never meets itself in step.
    assert_lines(&plain, &nested, &[&format!("! the input order.child.twin is gone{EVERYWHERE}")]);
    assert_lines(&nested, &plain, &[&format!("the input order.child.twin is new, and may be left out{EVERYWHERE}")]);
}

#[test]
fn text_and_parts_are_different_things() {
    let text = "<xs:complexType name=\"Order\"><xs:simpleContent><xs:extension base=\"xs:int\"><xs:attribute name=\"u\" \
                type=\"xs:string\"/></xs:extension></xs:simpleContent></xs:complexType>";
    let wider = text.replace("xs:int", "xs:long");
    let words = format!("is now a whole number (xs:long), and was {NUMBER}");
    let (input, output) = (format!("the input order {words}"), format!("! the output order {words}"));
    assert_both_ways([text, &wider], [ORDER; 2], &[&input], &[&output]);
    let parts = "<xs:complexType name=\"Order\"><xs:sequence><xs:element name=\"a\" type=\"xs:int\"/></xs:sequence>\
                 <xs:attribute name=\"u\" type=\"xs:string\"/></xs:complexType>";
    let words = format!("has no text of its own any more, and had {NUMBER}");
    assert_both_ways(
        [text, parts],
        [ORDER; 2],
        &[&format!("! the input order {words}"), "! the input order.a is new, and may not be left out"],
        &[
            &format!("! the output order {words}"),
            "the output order.a is new; callers that check strictly may refuse it",
        ],
    );
}
