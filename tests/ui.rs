//! What the macros refuse, and in which words.
//!
//! One run for all cases, for each run builds the crate anew. `TRYBUILD=overwrite cargo test --test ui`
//! accepts what has changed.

#[test]
fn mistakes_are_explained_where_they_stand() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    cases.compile_fail("tests/ui/*.rs");
    for rule in [
        "block",
        "contract",
        "endpoint",
        "fault",
        "job",
        "key",
        "messages",
        "method",
        "name",
        "output",
        "outputs",
        "parameter",
        "trait",
        "type",
    ] {
        cases.compile_fail(format!("tests/ui/{rule}/*.rs"));
    }
}
