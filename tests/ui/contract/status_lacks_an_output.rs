use soap_runtime::{ServiceId, Status, soap_service};

struct Desk;

#[soap_service]
impl Desk {
    #[operation(outputs(status_base64, result, log))]
    fn start_waiter(&self, _service_id: ServiceId) -> (Status, String, String) {
        (Status::Completed, String::new(), String::new())
    }

    #[operation(outputs(status_base64, log))]
    fn get_service_status(&self, _service_id: ServiceId) -> (Status, String) {
        (Status::Completed, String::new())
    }
}

fn main() {}
