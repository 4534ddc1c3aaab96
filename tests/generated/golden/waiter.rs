// Generated from `waiter.wsdl` by soap_runtime::build::client.

use soap_runtime::{Fault, SoapOutput, soap_service};

/// Where the WSDL says that `Waiter` is.
pub const ADDRESS: &str = "http://localhost:8080/sintef/docker_services/waiter/Waiter";

#[soap_service(
    name = "WaiterService",
    path = "/sintef/docker_services/waiter/Waiter",
    namespace = "tns",
    naming = "flask-spyne",
    foreign
)]
pub trait Waiter {
    #[operation]
    async fn start_waiter(
        &self,
        service_id: Option<String>,
        session_token: Option<String>,
        seconds_to_wait: Option<i128>,
    ) -> Result<StartWaiterOutput, Fault>;
    #[operation]
    async fn get_service_status(
        &self,
        service_id: Option<String>,
        session_token: Option<String>,
    ) -> Result<GetServiceStatusOutput, Fault>;
    #[operation(outputs(success))]
    async fn abort_service(
        &self,
        service_id: Option<String>,
        session_token: Option<String>,
    ) -> Result<Option<bool>, Fault>;
}

/// The outputs of `startWaiter`.
#[derive(Clone, Debug, Default, PartialEq, SoapOutput)]
pub struct StartWaiterOutput {
    pub status_base64: Option<String>,
    pub result: Option<String>,
}

/// The outputs of `getServiceStatus`.
#[derive(Clone, Debug, Default, PartialEq, SoapOutput)]
pub struct GetServiceStatusOutput {
    pub status_base64: Option<String>,
    pub result: Option<String>,
}
