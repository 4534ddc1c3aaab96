//! Writes the WSDL of each service, and holds the services to what they have promised.

#[allow(dead_code)] // it is the program that calls it
#[path = "src/main.rs"]
mod program;

use soap_runtime::build::Wsdls;

fn main() {
    // The promise: commit it. A build that breaks it fails, until `SOAP_LOCK=accept cargo build` accepts the change.
    Wsdls::new().lock("contract");
    // What is registered with the platform, with the address that the world will see: git ignores it.
    Wsdls::new()
        .public_url("https://host.example")
        .write("wsdl");
}
