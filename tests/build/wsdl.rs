//! `write_wsdl`: what is written, when, and what ends a build.

use std::path::Path;

use soap_runtime::Wsdl;
use soap_runtime::build::Wsdls;

use crate::package::Package;

#[allow(dead_code)] // as in a build script
#[path = "services/adder.rs"]
mod adder;

const ADDER: &str = include_str!("services/adder.rs");

const SCRIPT: &str = "#[allow(dead_code)]\n#[path = \"src/service.rs\"]\nmod service;\n\n\
                      fn main() {\n    soap_runtime::build::write_wsdl(\"made/wsdl\");\n}\n";

fn adder() -> Package {
    let package = Package::new("adder", SCRIPT);
    package.write("src/service.rs", ADDER);
    package
}

fn expected() -> String {
    let wsdl = Wsdl::of::<adder::Adder>().expect("the service keeps the rules");
    wsdl.at("http://localhost:8080/math/Adder")
}

#[test]
fn a_file_is_there_when_the_build_ends_and_nothing_is_done_twice() {
    const FILE: &str = "made/wsdl/Adder.wsdl";
    let package = adder();
    package.build();
    assert_eq!(package.read(FILE), expected());
    assert!(package.build().was_fresh());

    // As after a `git clean`, or somebody's editor: the script runs again, and is not compiled.
    package.remove(FILE);
    let built = package.build();
    assert!(!built.was_fresh() && !built.compiled_the_script(), "{}", built.said);
    assert_eq!(package.read(FILE), expected());
    assert!(package.build().was_fresh());
    package.write(FILE, "mine");
    package.build();
    assert_eq!(package.read(FILE), expected());
    assert!(package.build().was_fresh());

    // What does not matter to the description, and what does.
    package.write("src/service.rs", &ADDER.replace("a + b", "b + a"));
    assert!(package.build().compiled_the_script());
    assert_eq!(package.read(FILE), expected());
    assert!(package.build().was_fresh());
    package.write("src/service.rs", &ADDER.replace("outputs(sum)", "outputs(total)"));
    package.build();
    assert_eq!(package.read(FILE), expected().replace("\"sum\"", "\"total\""));
    assert!(package.build().was_fresh());

    // Two of one name: all lines of what is wrong, and no file is touched.
    let plain = ADDER.replace("//!", "//");
    package.write("src/service.rs", &format!("{}mod other {{\n{plain}}}\n", plain.replace("more", "less")));
    let built = package.build_with(&[]);
    assert!(!built.succeeded);
    let errors = built.errors();
    assert_eq!(
        errors,
        [
            "two services are called `Adder`: `build_script_build::service::Adder` and \
             `build_script_build::service::other::Adder`",
            "give one of them another name, `#[soap_service(name = \"…\")]`, or write each to a folder of its own, \
             `Wsdls::new().module(\"…\")`",
        ],
        "{}",
        built.said
    );
    assert_eq!(package.read(FILE), expected().replace("\"sum\"", "\"total\""));
}

#[test]
fn the_examples_have_theirs_from_the_build() {
    for (golden, made) in [
        ("calculator", "calculator/Calculator"),
        ("kitchen_sink", "kitchen_sink/KitchenSink"),
        ("kitchen_sink_guarded", "kitchen_sink/Guarded"),
        ("kitchen_sink_legacy", "kitchen_sink/Legacy"),
        ("waiter", "waiter/WaiterService"),
        ("waiter_by_hand", "waiter_by_hand/WaiterService"),
    ] {
        let read = |file: String| {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
            std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        };
        assert_eq!(read(format!("wsdl/{made}.wsdl")), read(format!("tests/wsdl/golden/{golden}.wsdl")), "{golden}");
    }
}

#[test]
fn the_address_is_that_of_a_server_with_the_same_settings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (wsdls, address) in [
        (Wsdls::new(), "http://localhost:8080/math/Adder"),
        (Wsdls::new().context_root("root/"), "http://localhost:8080/root/math/Adder"),
        (Wsdls::new().public_url("https://o.example").context_root("/root"), "https://o.example/root/math/Adder"),
        (Wsdls::new().public_url("https://o.example/out/").context_root("/root"), "https://o.example/out/math/Adder"),
    ] {
        wsdls.module("wsdl::adder").write(folder.path());
        let written = std::fs::read_to_string(folder.path().join("Adder.wsdl")).expect("it was written");
        assert!(written.contains(&format!("location=\"{address}\"")), "{address} is not in {written}");
    }
}
