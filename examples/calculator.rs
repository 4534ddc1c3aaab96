//! The smallest service: four methods, one of which can fail.
//!
//! ```text
//! cargo run --example calculator
//! ```

use soap_runtime::{App, ExitCode, SoapFault, soap_service};

/// The service; it has nothing to remember.
struct Calculator;

/// What a calculator cannot do.
#[derive(Debug, thiserror::Error, SoapFault)]
#[soap(client)]
enum CalculatorError {
    /// The divisor was zero.
    #[error("{dividend} cannot be divided by zero")]
    DivisionByZero {
        /// What was to be divided.
        dividend: f64,
    },
}

/// Calculates with numbers of double precision.
#[soap_service(path = "/calculator/Calculator")]
impl Calculator {
    /// The sum of two numbers.
    #[operation]
    fn add(
        &self,
        /// The first number.
        a: f64,
        /// What is added to it.
        b: f64,
    ) -> f64 {
        a + b
    }

    /// The difference of two numbers.
    #[operation]
    fn subtract(
        &self,
        /// The first number.
        a: f64,
        /// What is taken from it.
        b: f64,
    ) -> f64 {
        a - b
    }

    /// The product of two numbers.
    #[operation]
    fn multiply(
        &self,
        /// The first number.
        a: f64,
        /// What it is multiplied by.
        b: f64,
    ) -> f64 {
        a * b
    }

    /// The quotient of two numbers.
    #[operation]
    fn divide(
        &self,
        /// What is divided.
        a: f64,
        /// What it is divided by; not zero.
        b: f64,
    ) -> Result<f64, CalculatorError> {
        if b == 0.0 { Err(CalculatorError::DivisionByZero { dividend: a }) } else { Ok(a / b) }
    }
}

fn main() -> ExitCode {
    App::new().service(Calculator).run()
}
