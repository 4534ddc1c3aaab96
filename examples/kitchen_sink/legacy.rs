//! A service in rpc/literal, as contracts from before document/literal have it.

use soap_runtime::soap_service;

use super::types::{Address, Colour};

/// Answers to clients that hold an old contract.
pub(crate) struct Legacy;

#[soap_service(path = "/kitchen/Legacy", namespace = "urn:kitchen:legacy", style = "rpc", client)]
impl Legacy {
    /// The sum of two numbers.
    #[operation(outputs(sum))]
    fn add(&self, a: i32, b: i32) -> i32 {
        a + b
    }

    /// Sends back a list, which rpc wraps.
    #[operation(outputs(values))]
    fn echo_list(&self, values: Vec<f64>) -> Vec<f64> {
        values
    }

    /// Sends back a structure and a word, in two parts.
    #[operation(outputs(address, colour))]
    fn echo_pair(&self, address: Address, colour: Colour) -> (Address, Colour) {
        (address, colour)
    }
}
