//! The reference in the book names the keys that the macros know, and no others.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{derive, facets, service};

const PAGE: &str = include_str!("../../docs/reference/attributes.md");

/// The keys that an error message lists as known. `tokens` have a key `nonsense` in one place.
fn known(expanded: TokenStream) -> BTreeSet<String> {
    let expanded = expanded.to_string();
    let (_, message) = expanded.split_once("unknown key `nonsense`; ").expect("nonsense is refused");
    let (message, _) = message.split_once('"').expect("the message is a literal");
    let (_, listed) = message.split_once(" accepts ").expect("it says what is known");
    listed.split(", ").map(|word| word.trim_matches('`').to_owned()).collect()
}

/// The cells of the table below a heading, row by row.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let mut lines = PAGE.lines().skip_while(|line| line.trim_start_matches('#').trim() != heading);
    assert!(lines.next().is_some(), "there is no heading `{heading}`");
    let section = lines.take_while(|line| !line.starts_with('#'));
    let table = section.filter(|line| line.starts_with('|')).skip(2);
    let rows: Vec<Vec<_>> = table.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect();
    assert!(!rows.is_empty(), "there is no table below `{heading}`");
    rows
}

/// The keys that a first cell shows: `` `default`, `default = 3` `` are one.
fn keys(cell: &str) -> BTreeSet<String> {
    if cell == "[facets](#facets)" {
        return facets::KEYS.map(str::to_owned).into();
    }
    let shown = cell.split('`').skip(1).step_by(2);
    shown.map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default().into()).collect()
}

fn check(heading: &str, rows: &[Vec<&str>], expanded: TokenStream) {
    let written: BTreeSet<String> = rows.iter().flat_map(|row| keys(row[0])).collect();
    assert_eq!(written, known(expanded), "`{heading}` (left) and what the macro knows (right)");
}

#[test]
fn every_key_of_services_stands_in_the_reference() {
    let cases = [
        ("`#[soap_service(…)]`", quote!(nonsense), quote!()),
        (
            "`#[operation(…)]`",
            quote!(),
            quote!(
                #[operation(nonsense)]
                fn a(&self) {}
            ),
        ),
        (
            "`#[job(…)]`",
            quote!(),
            quote!(
                #[job(nonsense)]
                async fn a(&self, job: Job) {}
            ),
        ),
        (
            "Parameters",
            quote!(),
            quote!(
                #[operation]
                fn a(&self, #[soap(nonsense)] b: u8) {}
            ),
        ),
    ];
    for (heading, keys, method) in cases {
        check(heading, &rows(heading), service::expand(keys, quote!(impl A { #method })));
    }
}

#[test]
fn every_key_of_types_stands_in_the_reference() {
    let cases = [
        (
            "Fields of types",
            quote!(
                struct A {
                    #[soap(nonsense)]
                    b: u8,
                }
            ),
        ),
        (
            "Variants of types",
            quote!(
                enum A {
                    #[soap(nonsense)]
                    B(u8),
                }
            ),
        ),
        (
            "Values of variants",
            quote!(
                enum A {
                    B(#[soap(nonsense)] u8),
                }
            ),
        ),
    ];
    for (heading, item) in cases {
        check(heading, &rows(heading), derive::expand_type(item));
    }
    let places = [
        (
            "struct",
            quote!(
                struct A {
                    b: u8,
                }
            ),
        ),
        (
            "newtype",
            quote!(
                struct A(u8);
            ),
        ),
        (
            "enum",
            quote!(
                enum A {
                    B,
                }
            ),
        ),
    ];
    for (place, item) in places {
        let of_place: Vec<_> =
            rows("Types").into_iter().filter(|row| row[1].split(", ").any(|on| on == place)).collect();
        check(place, &of_place, derive::expand_type(quote!(#[soap(nonsense)] #item)));
    }
}

#[test]
fn every_key_of_outputs_and_faults_stands_in_the_reference() {
    check(
        "Outputs",
        &rows("Outputs"),
        derive::expand_output(quote!(
            struct A {
                #[soap(nonsense)]
                b: u8,
            }
        )),
    );
    let cases = [
        (
            "Faults",
            quote!(
                enum A {
                    #[soap(nonsense)]
                    B,
                }
            ),
        ),
        (
            "Faults",
            quote!(
                #[soap(nonsense)]
                struct A;
            ),
        ),
        (
            "Enums of faults",
            quote!(
                #[soap(nonsense)]
                enum A {
                    B,
                }
            ),
        ),
        (
            "Fields of faults",
            quote!(
                enum A {
                    B {
                        #[soap(nonsense)]
                        c: u8,
                    },
                }
            ),
        ),
    ];
    for (heading, item) in cases {
        check(heading, &rows(heading), derive::expand_fault(item));
    }
}

#[test]
fn every_facet_stands_in_the_reference() {
    let written: BTreeSet<String> = rows("Facets").iter().flat_map(|row| keys(row[0])).collect();
    assert_eq!(written, facets::KEYS.map(str::to_owned).into());
}
