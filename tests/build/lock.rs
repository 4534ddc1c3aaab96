//! `lock`: which builds fail, what they say, and how it is accepted.

use crate::package::{Built, Package};

const SERVICE: &str = include_str!("services/adder.rs");

const SCRIPT: &str = "#[allow(dead_code)]\n#[path = \"src/service.rs\"]\nmod service;\n\n\
                      fn main() {\n    soap_runtime::build::lock(\"wsdl\");\n}\n";

const FILE: &str = "wsdl/Adder.wsdl";
const ACCEPTING: &str =
    "to accept it, and have the file written: SOAP_LOCK=accept cargo build, with the arguments that you gave";

#[track_caller]
fn failed(built: Built) -> Built {
    assert!(!built.succeeded, "{}", built.said);
    built
}

fn accept(package: &Package) -> Built {
    package.build_in(&[("SOAP_LOCK", "accept")], &[])
}

/// One package, for each build of another one takes its time.
#[test]
fn a_renamed_argument_fails_the_build_and_an_optional_one_is_let_through() {
    let package = Package::new("locked", SCRIPT);
    package.write("src/service.rs", SERVICE);

    // A service without a file: nothing is written where nobody would commit it.
    let built = failed(package.build_in(&[("CI", "true")], &[]));
    let missing = [
        "wsdl/Adder.wsdl is missing, and is not written where CI is set",
        "to have it: run `cargo build` with the same arguments on your own machine, and commit the file",
    ];
    assert_eq!(built.errors(), missing);
    assert!(!package.path(FILE).exists());
    let built = package.build();
    assert_eq!(built.warnings(), ["wsdl/Adder.wsdl is new; commit it: from now on the service has to fit it"]);
    let committed = package.read(FILE);
    assert!(package.build().was_fresh());

    // A renamed argument: the message names it, and the file stays.
    package.write("src/service.rs", &SERVICE.replace("a: f64", "first: f64").replace("a + b", "first + b"));
    for settings in [&[][..], &[("CI", "true")]] {
        let built = failed(package.build_in(settings, &[]));
        let renamed = [
            "wsdl/Adder.wsdl: the service no longer fits its contract",
            "  Adder.add: the input a is now called first",
            ACCEPTING,
        ];
        assert_eq!(built.errors(), renamed);
        assert_eq!(package.read(FILE), committed);
    }
    // Undone, or accepted.
    package.write("src/service.rs", SERVICE);
    assert_eq!(package.build().warnings(), [""; 0]);
    assert!(package.build().was_fresh());

    // An optional argument more: a note, and no error.
    let optional = SERVICE.replace("b: f64", "b: f64, #[soap(default = 2)] digits: u8");
    package.write("src/service.rs", &optional);
    let built = package.build();
    let added = [
        "wsdl/Adder.wsdl: the service has changed, and still fits its contract",
        "  Adder.add: the input digits is new, and may be left out",
        ACCEPTING,
    ];
    assert_eq!(built.warnings(), added);
    assert_eq!(package.read(FILE), committed);
    assert!(package.build().was_fresh());
    let built = accept(&package);
    assert!(built.succeeded, "{}", built.said);
    assert_eq!(built.warnings()[0], "wsdl/Adder.wsdl is written as the service is now; commit it");
    assert!(package.read(FILE).contains("name=\"digits\""));
    assert_eq!(package.build().warnings(), [""; 0]);
    assert!(package.build().was_fresh());

    // A file without its service. Others are left alone.
    let other = package.read(FILE);
    package.write("wsdl/auth.wsdl", &other);
    package.write("wsdl/Gone.wsdl", &other.replace("Adder", "Gone"));
    package.write("build.rs", &format!("{SCRIPT}\n"));
    let built = failed(package.build_with(&[]));
    let gone = [
        "wsdl/Gone.wsdl: the service Gone is gone",
        "to accept it, and have the file removed: SOAP_LOCK=accept cargo build, with the arguments that you gave",
    ];
    assert_eq!(built.errors(), gone);
    assert!(accept(&package).succeeded);
    assert!(!package.path("wsdl/Gone.wsdl").exists() && package.path("wsdl/auth.wsdl").exists());

    // A word that is none.
    let built = failed(package.build_in(&[("SOAP_LOCK", "yes")], &[]));
    assert_eq!(built.errors(), ["SOAP_LOCK is `yes`; the one value it knows is `accept`"]);
}
