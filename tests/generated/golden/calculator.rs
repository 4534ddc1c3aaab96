// Generated from `calculator.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, soap_service};

/// Where the WSDL says that `Calculator` is.
pub const ADDRESS: &str = "http://localhost:8080/sintef/docker_services/calculator/Calculator";

#[soap_service(
    name = "CalculatorService",
    path = "/sintef/docker_services/calculator/Calculator",
    namespace = "tns",
    naming = "flask-spyne",
    foreign
)]
pub trait Calculator {
    #[operation]
    async fn multiply(
        &self,
        a: Option<f32>,
        b: Option<f32>,
    ) -> Result<Option<f32>, Fault>;
    #[operation]
    async fn add(&self, a: Option<f32>, b: Option<f32>) -> Result<Option<f32>, Fault>;
    #[operation]
    async fn subtract(
        &self,
        a: Option<f32>,
        b: Option<f32>,
    ) -> Result<Option<f32>, Fault>;
}
