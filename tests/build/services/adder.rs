//! A service for packages of the tests, and for the test itself.

use soap_runtime::soap_service;

pub(crate) struct Adder;

/// Adds & more.
#[soap_service(path = "/math/Adder", namespace = "urn:math")]
impl Adder {
    /// The sum of two numbers.
    #[operation(outputs(sum))]
    fn add(&self, a: f64, #[soap(default = 1.0)] b: f64) -> f64 {
        a + b
    }
}
