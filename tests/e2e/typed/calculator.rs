//! The calculator, and what comes in place of its answers.

use std::net::TcpListener;
use std::time::Duration;

use soap_runtime::client::{CallError, HttpOptions};
use soap_runtime::{SoapFault, soap_service};

use crate::app::{Running, calculator};

#[derive(Debug, PartialEq, thiserror::Error, SoapFault)]
#[soap(client)]
enum CalculatorError {
    #[error("{dividend} cannot be divided by zero")]
    DivisionByZero { dividend: f64 },
}

/// What is called of it.
#[soap_service(path = "/calculator/Calculator")]
trait Calculator {
    #[operation]
    fn add(&self, a: f64, b: f64) -> f64;

    #[operation]
    fn divide(&self, a: f64, b: f64) -> Result<f64, CalculatorError>;
}

#[tokio::test]
async fn it_calculates_and_its_errors_come_back() {
    let running = Running::start(&mut calculator());
    let connected = CalculatorClient::connect(&running.endpoint).expect("that is a URL");
    for client in [connected.clone(), connected.soap12()] {
        assert_eq!(client.add(1.0, 2.0).await.expect("it adds"), 3.0);
        let CallError::Fault(fault) = client.divide(1.0, 0.0).await.expect_err("there is no answer") else {
            panic!("it is a fault");
        };
        assert_eq!(fault.to::<CalculatorError>(), Some(Ok(CalculatorError::DivisionByZero { dividend: 1.0 })));
        assert_eq!(fault.message, "1 cannot be divided by zero");
    }
}

#[tokio::test]
async fn a_wrong_address_is_told_by_the_server_that_is_there() {
    let running = Running::start(&mut calculator());
    let elsewhere = running.endpoint.replace("/Calculator", "/Elsewhere");
    let client = CalculatorClient::connect(&elsewhere).expect("that is a URL");
    let error = client.add(1.0, 2.0).await.expect_err("nobody is there").to_string();
    assert!(error.starts_with("nothing is at /calculator/Elsewhere; there are /calculator/Calculator"), "{error}");
}

#[tokio::test]
async fn who_cannot_be_reached_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    // It listens and never answers.
    let mut options = HttpOptions::default();
    options.timeout = Duration::from_millis(50);
    let client = CalculatorClient::connect_with(&address, options).expect("that is a URL");
    let error = client.add(1.0, 2.0).await.expect_err("it never answers");
    assert_eq!(error.to_string(), format!("{address} has not answered within 0.05 s"));
    drop(listener);
    let client = CalculatorClient::connect(&address).expect("that is a URL");
    let error = client.add(1.0, 2.0).await.expect_err("nobody listens").to_string();
    assert!(error.starts_with(&format!("{address} cannot be reached: ")), "{error}");
    let error = CalculatorClient::connect("localhost:8080").expect_err("that is none").to_string();
    assert_eq!(error, "localhost:8080 cannot be reached: `localhost` is neither http nor https");
}
