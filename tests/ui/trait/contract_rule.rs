use soap_runtime::{ServiceId, SessionToken, Status, soap_service};

#[soap_service]
trait Waiter {
    #[operation(outputs(status_base64, result))]
    fn start_waiter(&self, service_id: ServiceId, session_token: SessionToken) -> (Status, String);

    #[operation(outputs(status_base64))]
    fn get_service_status(&self, service_id: ServiceId, session_token: SessionToken) -> Status;
}

fn main() {}
