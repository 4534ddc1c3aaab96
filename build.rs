//! Writes the WSDL of each example's services to `wsdl/EXAMPLE/`, and locks the waiter to its committed one.
//!
//! Of the programs only the description of their services is wanted, so most of them is dead code here.
//! That is simpler than to divide each example, which is to be read as a whole.

#![allow(dead_code)]

#[path = "examples/calculator.rs"]
mod calculator;
#[path = "examples/kitchen_sink.rs"]
mod kitchen_sink;
#[path = "examples/waiter/main.rs"]
mod waiter;
#[path = "examples/waiter_by_hand.rs"]
mod waiter_by_hand;

use soap_runtime::build::Wsdls;

fn main() {
    // Both waiters are called `WaiterService`: each example gets a folder.
    let examples = [
        ("calculator", ""),
        ("kitchen_sink", ""),
        ("waiter", "/sintef/docker_services"),
        ("waiter_by_hand", "/sintef/docker_services"),
    ];
    for (example, context_root) in examples {
        Wsdls::new().module(example).context_root(context_root).write(format!("wsdl/{example}"));
    }
    // It answers to clients that are there already. `SOAP_LOCK=accept cargo build --examples` accepts a change.
    Wsdls::new().module("waiter").context_root("/sintef/docker_services").lock("examples/waiter/wsdl");
}
