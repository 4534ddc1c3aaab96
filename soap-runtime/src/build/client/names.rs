//! Rust's names for what a WSDL calls as it likes.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// What a module has already: what every program knows, and what the generated one imports.
const KNOWN: &[&str] = &[
    "AnyXml",
    "Box",
    "Clone",
    "Copy",
    "Date",
    "DateTime",
    "Debug",
    "Decimal",
    "Default",
    "Drop",
    "Err",
    "Fault",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Future",
    "GDay",
    "GMonth",
    "GMonthDay",
    "GYear",
    "GYearMonth",
    "HexBinary",
    "Into",
    "Iterator",
    "Nillable",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Send",
    "Some",
    "SoapOutput",
    "SoapType",
    "Span",
    "String",
    "Sync",
    "Time",
    "ToOwned",
    "ToString",
    "Vec",
    "WithHeaders",
    "WithOffset",
];

/// Names of one kind, each of which is given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// The number to try next: thousands of values may have one name between them.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// Of types in a module.
    pub(super) fn of_types() -> Self {
        Self::but_for(KNOWN)
    }

    pub(super) fn but_for(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect(), numbers: HashMap::new() }
    }

    /// `name`, or with the first number behind it that makes it a new one.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let underscore = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { "" };
        let number = self.numbers.entry(name.to_owned()).or_insert(2);
        let mut free = name.to_owned();
        while self.taken.contains(&free) {
            free = format!("{name}{underscore}{number}");
            *number += 1;
        }
        self.taken.insert(free.clone());
        free
    }
}

/// `OrderItem`; a name that begins with a digit gets a word before it.
pub(super) fn type_name(wire: &str) -> String {
    begun(wire.to_upper_camel_case(), "Type")
}

/// `in progress` → `InProgress`, `1st` → `Value1st`, `` → `Empty`, `+` → `Value`.
pub(super) fn variant_name(wire: &str) -> String {
    if wire.is_empty() { "Empty".to_owned() } else { begun(wire.to_upper_camel_case(), "Value") }
}

/// `secondsToWait` → `seconds_to_wait`.
pub(super) fn value_name(wire: &str) -> String {
    begun(wire.to_snake_case(), "value")
}

fn begun(name: String, word: &str) -> String {
    let name: String = name.chars().filter(|&c| c == '_' || c.is_alphabetic() || c.is_ascii_digit()).collect();
    // `Self` is the one such name that is no identifier.
    let usable = name.starts_with(char::is_alphabetic) && (is_identifier(&name) || is_keyword(&name));
    let name = if usable { name } else { format!("{word}{name}") };
    if is_identifier(&name) || is_keyword(&name) { name } else { word.to_owned() }
}

/// `gen` is a keyword since 2024, which syn does not know yet.
fn is_identifier(name: &str) -> bool {
    name != "gen" && syn::parse_str::<Ident>(name).is_ok()
}

fn is_keyword(name: &str) -> bool {
    syn::parse_str::<Ident>(&format!("r#{name}")).is_ok() || NEVER_RAW.contains(&name)
}

const NEVER_RAW: [&str; 4] = ["self", "Self", "super", "crate"];

/// The token: `r#type` where it has to be.
pub(super) fn ident(name: &str) -> Ident {
    if is_identifier(name) {
        Ident::new(name, Span::call_site())
    } else if NEVER_RAW.contains(&name) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else {
        Ident::new_raw(name, Span::call_site())
    }
}

/// What `#[soap_service]` makes of the name of a method or a parameter.
pub(super) fn on_the_wire(snake: &str) -> String {
    cased(snake, |word| if word == "id" { "ID".to_owned() } else { capitalized(word) })
}

/// What `rename_all = "camelCase"` makes of that of a field.
pub(super) fn camel_case(snake: &str) -> String {
    cased(snake, capitalized)
}

fn cased(snake: &str, later: impl Fn(&str) -> String) -> String {
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.enumerate().map(|(at, word)| if at == 0 { word.to_owned() } else { later(word) }).collect()
}

fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    rest.next().into_iter().flat_map(char::to_uppercase).chain(rest.as_str().chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_rusts_whatever_they_were() {
        for (wire, of_type, of_value) in [
            ("OrderItem", "OrderItem", "order_item"),
            ("status_base64", "StatusBase64", "status_base64"),
            ("serviceID", "ServiceId", "service_id"),
            ("type", "Type", "r#type"),
            ("gen", "Gen", "r#gen"),
            ("Self", "Self_", "self_"),
            ("a-b.c", "ABC", "a_b_c"),
            ("_1", "Type1", "value1"),
            ("größe", "Größe", "größe"),
            ("·", "Type", "value"),
        ] {
            assert_eq!(ident(&type_name(wire)).to_string(), of_type);
            assert_eq!(ident(&value_name(wire)).to_string(), of_value);
        }
    }

    #[test]
    fn values_of_enumerations_are_variants() {
        for (wire, expected) in
            [("1st", "Value1st"), ("in progress", "InProgress"), ("", "Empty"), ("+", "Value"), ("self", "Self_")]
        {
            assert_eq!(ident(&variant_name(wire)).to_string(), expected);
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::of_types();
        let given = ["Order", "Order", "Option", "Base64", "Base64"].map(|name| names.unique(name));
        assert_eq!(given, ["Order", "Order2", "Option2", "Base64", "Base64_2"]);
    }

    #[test]
    fn the_macros_make_the_same_names() {
        for (snake, service, field) in [
            ("service_id", "serviceID", "serviceId"),
            ("id", "id", "id"),
            ("seconds_to_wait", "secondsToWait", "secondsToWait"),
        ] {
            assert_eq!((on_the_wire(snake).as_str(), camel_case(snake).as_str()), (service, field));
        }
    }
}
