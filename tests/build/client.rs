//! `client`: a client from a WSDL, through a build script.

use crate::package::Package;

const WSDL: &str = include_str!("../generated/wsdl/auth.wsdl");
const SCHEMA: &str = include_str!("../generated/wsdl/auth.xsd");

const SCRIPT: &str = "fn main() {\n    soap_runtime::build::client(\"wsdl/auth.wsdl\");\n}\n";

/// Nothing of what is generated may make a noise.
const PROGRAM: &str = r#"//! Asks who somebody is.
#![deny(warnings, missing_docs, unreachable_pub)]

/// The authentication manager.
pub mod auth {
    soap_runtime::include_client!("auth");
}

/// The name that belongs to a token.
pub async fn name(client: &auth::AuthManagerClient, token: String) -> Option<String> {
    client.get_token_info(token).await.ok()??.username
}

/// Where it is.
pub const fn address() -> &'static str {
    auth::ADDRESS
}
"#;

fn asker(name: &'static str) -> Package {
    let package = Package::new(name, SCRIPT);
    package.write("src/lib.rs", PROGRAM);
    package.write("wsdl/auth.wsdl", WSDL);
    package.write("wsdl/auth.xsd", SCHEMA);
    package
}

#[test]
fn a_client_is_made_when_the_wsdl_or_what_it_imports_has_changed_and_else_not() {
    let package = asker("asker");
    package.build();
    assert!(package.build().was_fresh());

    // A schema that it imports: the program does not fit any more.
    package.write("wsdl/auth.xsd", &SCHEMA.replace("\"username\"", "\"name\""));
    let built = package.build_with(&[]);
    assert!(!built.succeeded && built.said.contains("no field `username`"), "{}", built.said);

    package.write("wsdl/auth.xsd", SCHEMA);
    package.build();

    // What cannot be called is left out, and the build goes on.
    package.write("wsdl/auth.wsdl", &WSDL.replacen("<soap:body use=\"literal\"/>", "<soap:body use=\"encoded\"/>", 1));
    let built = package.build();
    let warning = "`getSessionToken` of `AuthManagerService` is left out: ";
    assert!(built.said.contains(&format!("warning: asker@0.0.0: auth.wsdl: {warning}")), "{}", built.said);
}

#[test]
fn a_wsdl_that_cannot_be_read_ends_the_build() {
    let package = asker("mistaken");
    package.write("wsdl/auth.wsdl", "<definitions");
    let built = package.build_with(&[]);
    let errors = built.errors();
    assert!(!built.succeeded && errors.len() == 1, "{}", built.said);
    assert!(errors[0].starts_with("no client of wsdl/auth.wsdl: "), "{errors:?}");

    package.remove("wsdl/auth.wsdl");
    let built = package.build_with(&[]);
    assert!(built.errors()[0].starts_with("no client of wsdl/auth.wsdl: "), "{}", built.said);

    package.write("wsdl/auth.wsdl", &WSDL.replace("use=\"literal\"", "use=\"encoded\""));
    let built = package.build_with(&[]);
    let errors = built.errors();
    assert_eq!(errors[0], "no client of wsdl/auth.wsdl: it has no operation that can be called", "{}", built.said);
    assert_eq!(errors.len(), 8, "each operation says why: {errors:?}");
}
