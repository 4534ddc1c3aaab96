//! Arguments that do not fit: the words that name them, what is wanted and what is there.

use serde_json::json;

use super::super::Call;
use super::{kitchen_sink, port, record};

#[test]
fn arguments_that_do_not_fit_are_named() {
    let definitions = kitchen_sink();
    let mut wrong = Vec::new();
    for (operation, arguments, expected) in [
        ("echoInt", json!({}), "`value` is missing (whole number from -2147483648 to 2147483647)"),
        (
            "echoInt",
            json!({ "value": "x" }),
            "`value` must be a whole number from -2147483648 to 2147483647, and is `x`",
        ),
        ("echoInt", json!({ "value": 2147483648_u32 }), "and is `2147483648`"),
        ("echoInt", json!({ "value": 1.5 }), "and is `1.5`"),
        ("echoInt", json!({ "value": [1] }), "and is a list"),
        ("echoInt", json!({ "value": null }), "`value` is missing"),
        ("echoInt", json!({ "valeu": 1 }), "there is no `valeu`; did you mean `value`? there are value"),
        ("echoVoid", json!({ "x": 1 }), "there is no `x`; there is nothing to be given"),
        ("echoBoolean", json!({ "value": "yes" }), "`value` must be yes or no (true, false), and is `yes`"),
        ("echoDate", json!({ "value": "31.1.2026" }), "`value` must be a date (2026-01-31), and is `31.1.2026`"),
        ("echoBase64", json!({ "value": "?" }), "`value` must be bytes in base64, and is `?`"),
        ("echoString", json!({ "value": "\u{1}" }), "`value` holds a character that XML cannot carry"),
        ("echoString", json!({ "value": {} }), "`value` must be text, and is a structure"),
        ("echoColour", json!({ "colour": "red" }), "`colour` must be one of blue|green|dark-blue, and is `red`"),
        ("echoPercent", json!({ "percent": 101 }), "`percent` must be a whole number from 0 to 100, and is `101`"),
        (
            "echoBounded",
            json!({ "code": "x", "ratio": 0 }),
            "`code` must be text that matches [A-Z]{2}-\\d+, and is `x`",
        ),
        ("echoBounded", json!({ "code": "AB-1", "ratio": 1 }), "`ratio` must be a number from 0.0 on, below 1.0"),
        ("echoStrings", json!({ "values": ["a", null] }), "`values[1]` is null, and must have a value (text)"),
        ("echoPrice", json!({ "price": 1 }), "`price.@currency` is missing (text that matches [A-Z]{3})"),
        ("echoPrice", json!({ "price": { "@currency": "EUR" } }), "`price` lacks its `#text`"),
        ("echoPrice", json!({ "price": { "@currency": "EUR", "#text": 1.005 } }), "at most 2 digits behind the point"),
        (
            "echoPrice",
            json!({ "price": { "@currenzy": "EUR", "@currency": "EUR", "#text": 1 } }),
            "`price` has no `@currenzy`; did you mean `@currency`?",
        ),
        ("echoPayment", json!({ "payment": {} }), "`payment` needs one of cash, card, invoice"),
        (
            "echoPayment",
            json!({ "payment": { "cash": true, "card": "1" } }),
            "`payment` takes only one of cash, card, invoice",
        ),
        (
            "echoPayment",
            json!({ "payment": "cash" }),
            "`payment` is a structure with the parts cash, card, invoice, and is a text here",
        ),
        (
            "echoShapes",
            json!({ "shapes": [{ "@type": "Cube" }] }),
            "`shapes[0]` cannot be of the type `Cube`; there are Circle, Shape, Square",
        ),
        (
            "echoTree",
            json!({ "root": { "name": "a", "children": [{ "nam": 1 }] } }),
            "`root.children[0]` has no `nam`; did you mean `name`?",
        ),
        ("echoXml", json!({ "xml": { "#xml": "<a>" } }), "`xml` is no XML"),
    ] {
        let call = Call::of(&definitions, port(&definitions), operation).expect("it is there");
        match call.prepare(&record(arguments.clone())) {
            Err(error) if error.to_string().contains(expected) => {}
            other => wrong.push(format!("{operation} {arguments}: {:?}", other.map_err(|error| error.to_string()))),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
